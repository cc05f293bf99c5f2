"""Alarms about the state that the archive is in: what waits, what ends, what fills. Pure: facts in, alarms out."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from scraper.counts import count_of
from scraper.watch.model import Alarm, Facts, Session, moment
from scraper.watch.unusual import grouped, median, rise

SOON = timedelta(days=14)
"""So long before a permission ends, or a disk is full, a person is told."""
ERASE_WITHIN = timedelta(hours=4)
"""The promise: what is gone at the source is gone here this long after it was noticed."""
SETTLE_WITHIN = timedelta(days=8)
"""Between the two looks at a page that lacks something lies a night, or a week where updates are weekly."""
PUBLISH_WITHIN = timedelta(hours=12)
LEAST_FREE = 1 << 30
_WINDOW, _PART = 15, 5
_BUDGET_DAYS = 3
_BELIEVE = "`wdtk forget --missing` erases them here."
_GONE = f"they are gone for good, {_BELIEVE}"
_BACKLOGS = {
    "late": ("requests that should have been looked at by now", "Raise the budget if the site's people agree."),
    "unread": ("stored files that have not been read", "Run `wdtk read`, and see what keeps it from ending."),
    "unfetched": ("attached files that have not been fetched", "See fetch_detail in the archive's table attachments."),
}


def backlog_grows(facts: Facts) -> Iterator[Alarm]:
    """For two weeks of runs more has waited than before, and still more at the end."""
    for name, (words, do) in _BACKLOGS.items():
        known = [session for session in facts.sessions if name in session.measures][-_WINDOW:]
        values = [session.measures[name] for session in known]
        if len(values) == _WINDOW and _grew(values):
            what = (
                f"The backlog grows: {values[-1]:,} {words}, {values[-1] - values[0]:,} more than {_WINDOW} runs ago."
            )
            yield Alarm(kind="backlog_grows", what=what, since=known[0].started_at, do=do)


def budget_exhausted(facts: Facts) -> Iterator[Alarm]:
    """The budget was spent on several days in a row, and what waits is much beside it and has not become less."""
    spent = []
    for session in reversed(facts.sessions):
        if not any(reason.startswith("budget") for reason in session.reasons):
            break
        spent.append(session)
    days = {session.started_at[:10] for session in spent}
    if len(days) < _BUDGET_DAYS:
        return
    first, last = _waiting(spent[-1]), _waiting(spent[0])
    asked = spent[0].counts.get("asked", 0)
    if first is not None and last is not None and last >= max(first, asked // 4, 1):
        yield Alarm(
            kind="budget_exhausted",
            what=f"The budget was spent on {len(days)} days in a row, and what waits has not become less "
            f"({count_of(last, 'request')}).",
            since=spent[-1].started_at,
            do="Ask the people who run the site for a larger budget, or crawl fewer authorities.",
        )


def access(facts: Facts) -> Iterator[Alarm]:
    """The permission ends soon, or has ended."""
    if facts.access_until is None:
        return
    left = facts.access_until - facts.now.date()
    ask = "Ask the people who run the site again, and write down what they said with `wdtk init --force`."
    if left.days < 0:
        what = f"The permission to crawl ended on {facts.access_until}, and nothing is fetched."
        yield Alarm(kind="access_ended", what=what, since=None, do=ask)
    elif left <= SOON:
        what = f"The permission to crawl ends on {facts.access_until}."
        yield Alarm(kind="access_ends", what=what, since=None, do=ask)


def disk_fills(facts: Facts) -> Iterator[Alarm]:
    """Little is free, or what is free will be gone soon at the pace of the last runs."""
    free = facts.disk_free
    if free is None:
        return
    days = _days_left(facts.sessions, free)
    if free < max(LEAST_FREE, (facts.archive_bytes or 0) // 4):
        what = f"Only {free / 1e9:.1f} GB are free on the archive's disk."
    elif days is not None and days < SOON.days:
        what = f"The archive's disk will be full in about {count_of(max(1, round(days)), 'day')}."
    else:
        return
    do = "Free some space or move the archive to a larger disk before it is full; a full disk stops every run."
    yield Alarm(kind="disk_fills", what=what, since=None, do=do)


def bulk_removals(facts: Facts) -> Iterator[Alarm]:
    """Far more than usual vanished at once: an outage, or pages read wrongly, may be taken for removals."""
    yield from _doubted(facts)
    if facts.doubted.count or facts.doubted_parts.count:
        return
    known = [session for session in facts.sessions if {"withdrawn", "looked"} <= session.measures.keys()]
    if not known:
        return
    pairs = [(one.started_at, one.measures["withdrawn"], one.measures["withdrawn"] + _looks(one)) for one in known]
    since, gone, of = pairs[-1]
    unusual = rise(grouped(pairs), times=3)
    if gone >= 20 and (gone >= 0.25 * of or unusual):
        yield Alarm(
            kind="bulk_removals",
            what=f"{gone:,} of {of:,} requests looked at in the last run were not shown any more.",
            since=unusual.since if unusual else since,
            do="Open some of them at the source before they are erased here; if they are there, stop the schedule and "
            "report it.",
        )


def _doubted(facts: Facts) -> Iterator[Alarm]:
    requests, parts = facts.doubted, facts.doubted_parts
    there = "if they are there, its pages may have changed, and the parsers must follow"
    if requests.count:
        yield Alarm(
            kind="bulk_removals",
            what=f"{count_of(requests.count, 'request')} went at the source, so many at once that nothing of them is "
            "erased.",
            since=requests.since,
            do=f"Open some of them at the source: {there}; if they are gone, they are erased here in some days.",
        )
    if parts.count:
        yield Alarm(
            kind="bulk_removals",
            what=f"{count_of(parts.count, 'message, file or annotation', 'messages, files or annotations')} went from "
            "the pages of so many requests at once that nothing of them is erased.",
            since=parts.since,
            do=f"Open some of their requests at the source: {there}; if they are gone, {_BELIEVE} What other pages "
            "show such parts of again is erased by itself after three days.",
        )


def removals_wait(facts: Facts) -> Iterator[Alarm]:
    """Removals without a second look, or not carried out, for longer than is promised."""
    unconfirmed = "not been confirmed by a second look", "Run `wdtk update`, and see what keeps it from that."
    unsettled = (
        "not been confirmed by what other pages show",
        (f"Run `wdtk update` for another look. Open some of their requests at the source: if {_GONE}"),
    )
    unerased = "not been erased here", "Run `wdtk update`; `wdtk verify` tells what is left."
    for waiting, longest, (what, do) in (
        (facts.suspected, ERASE_WITHIN, unconfirmed),
        (facts.lacking, SETTLE_WITHIN, unsettled),
        (facts.unerased, ERASE_WITHIN, unerased),
    ):
        # By a clock that was wrong it may have begun later than now: that is no promise kept.
        if waiting.count and waiting.since and abs(facts.now - moment(waiting.since)) > longest:
            within = count_of(longest.days, "day") if longest.days else f"{longest.seconds // 3600} hours"
            said = f"{count_of(waiting.count, 'removal')} at the source {_have(waiting.count)} {what} in {within}."
            yield Alarm(kind="removals_wait", what=said, since=waiting.since, do=do)


def publish_behind(facts: Facts) -> Iterator[Alarm]:
    """What is published is older than what was fetched, or still holds what was erased."""
    if facts.published_at is None:
        return
    published = moment(facts.published_at)
    ended = [
        session.ended_at for session in facts.sessions if session.ended_at and moment(session.started_at) > published
    ]
    do = "Run `wdtk publish` and do what it says."
    if facts.erased_at and moment(facts.erased_at) > published and facts.now - moment(facts.erased_at) > ERASE_WITHIN:
        what = "The published database is older than the last removal, so it may show what was taken down."
        yield Alarm(kind="publish_behind", what=what, since=facts.erased_at, do=do)
    elif ended and facts.now - moment(min(ended)) > PUBLISH_WITHIN:
        what = f"The published database is of {published:%Y-%m-%d %H:%M} UTC, and the archive has been crawled since."
        yield Alarm(kind="publish_behind", what=what, since=min(ended), do=do)


def _grew(values: Sequence[int]) -> bool:
    """Whether the last third lies wholly above the first, by more than noise, and rises still."""
    first, middle, last = (values[start : start + _PART] for start in range(0, _WINDOW, _PART))
    margin = 50 + 5 * max(first) ** 0.5
    rises = median(first) < median(middle) < median(last) and median(last[-3:]) >= median(last[:3])
    return rises and min(last) > max(first) + margin


def _waiting(session: Session) -> int | None:
    names = ("due", "listed_missing")
    found = [session.measures[name] for name in names if name in session.measures]
    return sum(found) if found else None


def _days_left(sessions: Sequence[Session], free: int) -> float | None:
    """Days until the disk is full at the middle pace of the last runs; ``None`` while that is not known or not less."""
    known = [(moment(one.started_at), one.measures["disk_free"]) for one in sessions if "disk_free" in one.measures]
    known = known[-30:]
    if len(known) < 8 or known[-1][0] - known[0][0] < timedelta(days=7):
        return None
    half = len(known) // 2
    paces = [
        (early - late) / ((later - earlier).total_seconds() / 86_400)
        for (earlier, early), (later, late) in zip(known[:half], known[-half:], strict=True)
        if later > earlier
    ]
    pace = median(paces) if paces else 0.0
    return free / pace if pace > 0 else None


def _looks(session: Session) -> int:
    return max(session.measures["looked"], session.measures.get("looked_any", 0))


def _have(count: int) -> str:
    return "has" if count == 1 else "have"
