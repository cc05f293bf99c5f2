"""Alarms about how runs went: found, met, filled, ended. Pure: facts in, alarms out."""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta

from scraper.counts import count_of
from scraper.watch.model import Alarm, Facts, Session, Stage, moment
from scraper.watch.rules_clock import clock
from scraper.watch.unusual import HISTORY, beyond_chance, fall, grouped, median, rise

_BROKEN = frozenset({"failed", "archive_failed", "start_error", "robots_refuse_all", "robots_unreadable"})
"""Finish reasons that need a person the first time."""
_ROBOTS = {
    "robots_unreadable": "The site gave something else in place of its rules for robots, so nothing was asked.",
    "robots_refuse_all": "The site's rules for robots refuse every page that is read here, so nothing was asked.",
}
_PASSING = frozenset({"unreachable", "asked_to_wait", "robots_unreachable"})
"""Finish reasons that pass by themselves, unless they come again and again."""
_TOLD_ITSELF = _PASSING | _ROBOTS.keys() | {"challenge"}
"""Finish reasons that say why nothing was found."""
_OUTAGES, _KILLS = 3, 2
_WELL_READ = frozenset({"read", "no_text", "unsupported"})
_FILLED = {
    "with_messages": "words in its messages",
    "with_attachments": "an attached file",
    "with_readings": "a letter that was read",
    "with_citations": "a provision that was found in a letter",
}
_UNKNOWN = ("unknown_values", "unexplained_in_requests", "unexplained_in_lists")
_LEAST_NEW = 60
_NEVER_QUIET = 20
"""Where no run found fewer than so many, one that finds none is told at once."""
_LONG_QUIET = 20
"""Runs; of an archive that holds something and whose updates never found anything."""
_CHANCE = 1e-6
_LEAST_GAP, _LONGEST_GAP = timedelta(hours=36), timedelta(days=15)


def runs_fail(facts: Facts) -> Iterator[Alarm]:
    """The last run of a command failed, was killed twice, or the site was out of reach three times."""
    failed = {stage.command for stage in facts.stages if _streak(stage, _is_broken)}
    for stage in facts.stages:
        broken = _streak(stage, _is_broken)
        explained = failed - {"update"} or any(True for rule in (challenge, clock) for _ in rule(facts))
        if broken and not (stage.command == "update" and explained):  # it failed because of what is told itself
            yield _refused(broken) if broken[0][1] in _ROBOTS else _ended_badly(stage, broken)
        killed = _streak(stage, lambda reason: reason == "killed")
        if len(killed) >= _KILLS:
            yield _failed(stage, f"The last {len(killed)} runs of `wdtk {stage.command}` were killed.", killed)
    away = _trailing(facts.sessions, lambda session: bool(session.reasons & _PASSING))
    if len(away) >= _OUTAGES:
        yield Alarm(
            kind="runs_fail",
            what=f"The site did not answer, or asked to wait, in each of the last {len(away)} runs.",
            since=away[0].started_at,
            do="Open it in a browser; if it answers there, look at this machine's network and at what robots.txt says.",
        )


def challenge(facts: Facts) -> Iterator[Alarm]:
    """The site answered with a page that is to keep robots out."""
    met = _trailing(facts.sessions, lambda session: "challenge" in session.reasons)
    if met:
        yield Alarm(
            kind="challenge",
            what="The site answered with a challenge, and the crawl stopped there.",
            since=met[0].started_at,
            do="Do not try to get round it: write to the people who run the site, with your contact and the times.",
        )


def found_nothing(facts: Facts) -> Iterator[Alarm]:
    """The site was asked and showed nothing; or nothing was new for longer than chance allows."""
    told = [session for session in facts.sessions if session.counts.get("asked", 0) > 0]
    empty = _trailing(told, lambda session: session.found == 0 and not session.reasons & _TOLD_ITSELF)
    if empty and _is_odd(told[: len(told) - len(empty)], len(empty), holds=facts.holds):
        asked = empty[-1].counts["asked"]
        yield Alarm(
            kind="found_nothing",
            what=f"The last run asked the site {count_of(asked, 'time')} and found nothing.",
            since=empty[0].started_at,
            do="Open a list of the site in a browser: if it shows requests, its pages may have changed, and the "
            "parsers must follow.",
        )
        return
    yield from _nothing_new(told)


def unknown_things(facts: Facts) -> Iterator[Alarm]:
    """The parsers met more that they do not know than they used to."""
    for name in _UNKNOWN:
        yield from _unknown(facts.sessions, name)
    found = rise(grouped(_pairs(facts.sessions, "unexplained", "looked")), step=0.05)
    if found:
        yield Alarm(
            kind="unknown_things",
            what=f"{found.share:.0%} of the requests looked at hold something that no rule reads "
            f"(usually at most {found.usual:.0%}).",
            since=found.since,
            do="See the column unexplained of the archive's table requests: the site's pages may have changed.",
        )


def fill_fell(facts: Facts) -> Iterator[Alarm]:
    """Fewer requests than usual have what most have."""
    for name, words in _FILLED.items():
        found = fall(grouped(_pairs(facts.sessions, name, "looked")))
        if found:
            yield _fell(f"Only {found.share:.0%} of the requests looked at have {words}", found.usual, found.since)
    pages = [
        (session.started_at, session.measures["looked"], session.measures["looked"] + session.measures["failed_pages"])
        for session in facts.sessions
        if {"looked", "failed_pages"} <= session.measures.keys()
    ]
    found = fall(grouped(pages))
    if found:
        yield _fell(f"Only {found.share:.0%} of the request pages asked for could be read", found.usual, found.since)


def unreadable_rose(facts: Facts) -> Iterator[Alarm]:
    """More documents than usual could not be read."""
    counts = [(since, _unreadable(batch), sum(batch.values())) for since, batch in facts.read_batches]
    found = rise(grouped(counts), step=0.05)
    if found:
        yield Alarm(
            kind="unreadable_rose",
            what=f"{found.share:.0%} of the documents read last could not be read (usually at most {found.usual:.0%}).",
            since=found.since,
            do="See status and detail in the archive's table documents; then correct what fails and run `wdtk read`.",
        )


def no_run(facts: Facts) -> Iterator[Alarm]:
    """Nothing has run for longer than it usually takes until the next run."""
    starts = [moment(session.started_at) for session in facts.sessions]
    if len(starts) < 3:
        yield from _begun_and_left(facts)
        return
    gaps = [(later - earlier).total_seconds() for earlier, later in itertools.pairwise(starts)]
    usual = timedelta(seconds=median(gaps[-20:]))
    last = facts.sessions[-1]
    seen = moment(last.ended_at or last.started_at)
    if facts.now - seen > max(2 * usual, _LEAST_GAP):
        running = "The last run began and has not come to its end." if last.ended_at is None else "No run has ended."
        yield Alarm(
            kind="no_run",
            what=f"{running} Runs here usually begin {_span(usual)} apart.",
            since=last.ended_at or last.started_at,
            do="See whether its timer is on (`systemctl --user list-timers`, or `crontab -l`) and what its log says.",
        )


def _ended_badly(stage: Stage, broken: Sequence[tuple[str, str | None]]) -> Alarm:
    return _failed(stage, f"The last `wdtk {stage.command}` {_how(broken[0][1])}.", broken)


def _refused(broken: Sequence[tuple[str, str | None]]) -> Alarm:
    """The same reason all along: one of another reason before it began something else."""
    newest = broken[0][1] or ""
    same = list(itertools.takewhile(lambda run: run[1] == newest, broken))
    return Alarm(
        kind="runs_fail",
        what=_ROBOTS[newest],
        since=same[-1][0],
        do="Open robots.txt of the site in a browser, and ask the people who run the site if it says so there too; "
        "the next update reads it again.",
    )


def _begun_and_left(facts: Facts) -> Iterator[Alarm]:
    """Of an archive that was updated once or twice nobody knows how often it should be: once a week at the least."""
    updated = any(stage.command == "update" and stage.runs for stage in facts.stages)
    last = facts.sessions[-1:]
    if updated and last and facts.now - moment(last[0].started_at) > _LONGEST_GAP:
        days = (facts.now - moment(last[0].started_at)).days
        yield Alarm(
            kind="no_run",
            what=f"No update has run for {count_of(days, 'day')}.",
            since=last[0].started_at,
            do="Have it run by itself with `wdtk schedule --install`, or run `wdtk update`.",
        )


def _failed(stage: Stage, what: str, runs: Sequence[tuple[str, str | None]]) -> Alarm:
    do = f"Run `wdtk {stage.command} -v` by hand and do what it says."
    return Alarm(kind="runs_fail", what=what, since=runs[-1][0], do=do)


def _streak(stage: Stage, is_bad: Callable[[str | None], bool]) -> list[tuple[str, str | None]]:
    """The newest runs that are bad, newest first; one that is under way says nothing."""
    ended = [run for run in stage.runs if run[1] is not None]
    good = next((number for number, run in enumerate(ended) if not is_bad(run[1])), len(ended))
    return ended[:good]


def _is_broken(reason: str | None) -> bool:
    return reason in _BROKEN


def _trailing(sessions: Sequence[Session], is_so: Callable[[Session], bool]) -> list[Session]:
    """The newest sessions of which it is so, oldest first."""
    found: list[Session] = []
    for session in reversed(sessions):
        if not is_so(session):
            break
        found.append(session)
    return found[::-1]


def _is_odd(before: Sequence[Session], empty: int, *, holds: bool) -> bool:
    """Whether so many empty runs are more than a quiet spell: small archives have days on which nothing happens.

    What holds something found it by some other way, such as a crawl by hand, and its first updates may be quiet.
    """
    found = [session.found for session in before]
    if not any(found):
        return not holds or empty >= _LONG_QUIET
    if len(found) < HISTORY:
        return False
    quiet = (found.count(0) + 1) / (len(found) + 2)
    return min(found) >= _NEVER_QUIET or quiet**empty < _CHANCE


def _nothing_new(told: Sequence[Session]) -> Iterator[Alarm]:
    quiet = _trailing(told, lambda session: session.counts.get("changed", 0) == 0)
    before = told[: len(told) - len(quiet)]
    if len(quiet) < 3 or len(before) < HISTORY:
        return
    usual = sum(session.counts.get("changed", 0) for session in before) / len(before)
    if usual * len(quiet) >= _LEAST_NEW:
        yield Alarm(
            kind="found_nothing",
            what=f"The last {len(quiet)} runs found nothing new, where a run usually finds about "
            f"{count_of(round(usual), 'request')} that {'is' if round(usual) == 1 else 'are'} new or changed.",
            since=quiet[0].started_at,
            do="Compare the newest list of the site with the archive: the lists may be read wrongly, or be stale.",
        )


def _unknown(sessions: Sequence[Session], name: str) -> Iterator[Alarm]:
    rows = [session for session in sessions if session.counts.get("asked", 0) > 0]
    since, most = None, 0.0
    for number, session in enumerate(rows):
        count, asked = session.counts.get(name, 0), session.counts["asked"]
        usual = max(most, 0.5 / sum(one.counts["asked"] for one in rows[:number] or rows))
        above = count >= 5 and count > 2 * usual * asked and beyond_chance(min(count, asked), asked, usual)
        if number >= HISTORY and above:
            since = since or session.started_at
        else:
            since, most = None, max(most, count / asked)
    if since:
        what = name.replace("_", " ").replace("unexplained", "unexplained things")
        yield Alarm(
            kind="unknown_things",
            what=f"The last run met {rows[-1].counts[name]:,} {what}, more than runs before it did.",
            since=since,
            do="The site has something new that no rule reads; see the lines of the crawl with -v, and teach the "
            "parsers.",
        )


def _fell(what: str, usual: float, since: str) -> Alarm:
    return Alarm(
        kind="fill_fell",
        what=f"{what} (usually at least {usual:.0%}).",
        since=since,
        do="Compare a page of the site with what the archive holds of it: the pages, or the reader, may have changed.",
    )


def _pairs(sessions: Sequence[Session], hits: str, total: str) -> list[tuple[str, int, int]]:
    return [
        (session.started_at, session.measures[hits], session.measures[total])
        for session in sessions
        if {hits, total} <= session.measures.keys()
    ]


def _unreadable(batch: Mapping[str, int]) -> int:
    return sum(count for status, count in batch.items() if status not in _WELL_READ)


def _how(reason: str | None) -> str:
    return "failed" if reason in {None, "failed"} else f"failed ({str(reason).replace('_', ' ')})"


def _span(gap: timedelta) -> str:
    hours = gap.total_seconds() / 3600
    return count_of(round(hours / 24), "day") if hours >= 36 else count_of(max(1, round(hours)), "hour")
