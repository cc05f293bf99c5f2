"""The table of a year, and whether it went well."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from statistics import mean, median

from scraper.standin.truth import Facet
from tests.year.lag import Behind
from tests.year.year import Night, Year, facets_behind

SLACK = timedelta(days=4)
"""An outage of two days, a night on which the job was killed, and the day until the next."""
AT_EACH_LOOK: frozenset[Facet] = frozenset({"record", "events"})
"""What even a light look sees."""


def row(night: Night) -> str:
    """A line of the table: day, requests spent, share fresh, requests held and to be seen, removals followed."""
    notes = [night.outage] if night.outage else []
    notes += ["killed"] if night.killed else []
    notes += [f"exit {code}" for code in night.codes if code > 0]
    notes += [f"{secret.kind} after {days:.1f} d" for secret, days in night.followed]
    return (
        f"{night.day} {night.requests:5} requests  {night.fresh:6.1%} fresh  {night.held:4}/{night.readable:<4}  "
        f"{', '.join(notes)}"
    ).rstrip()


def late(found: Iterable[Behind], *, delay: timedelta, whole: timedelta) -> list[str]:
    """What is further behind than was promised."""
    lines = []
    for one in found:
        promised = (delay if one.facet in AT_EACH_LOOK or not one.held or not one.shown else whole) + SLACK
        if one.days is None or one.days > promised.days:
            since = "never" if one.days is None else f"{one.days} days ago"
            lines.append(f"request {one.request}, {one.facet}, as {since}: {_apart(one)}")
    return lines


def _apart(one: Behind) -> str:
    held, shown = repr(one.held), repr(one.shown)
    same = next((place for place, pair in enumerate(zip(held, shown, strict=False)) if pair[0] != pair[1]), 0)
    start = max(0, same - 40)
    return f"held ...{held[start : same + 120]!r}, shown ...{shown[start : same + 120]!r}"


def calls(nights: Iterable[Night]) -> Iterator[str]:
    """A line for each night on which the job asked for a person: the day, and what it said."""
    for night in nights:
        if any(code > 0 for code in night.codes):
            said = [line for line in night.said.splitlines() if line.strip()]
            alarms = [line.removeprefix("alarm: ") for line in said if line.startswith("alarm: ")]
            yield f"{night.day}: {' '.join(alarms or said[-1:])}"


def report(year: Year, *, delay: timedelta, whole: timedelta) -> tuple[str, bool]:
    """The end of a year in words, and whether everything that was promised held."""
    found = year.behind()
    broken = late(found, delay=delay, whole=whole)
    left = year.traces(delay=delay + SLACK, silent=whole + SLACK)
    lately = {line.partition(" (")[0] for line in year.traces(delay=timedelta(0), silent=timedelta(0))}
    forbidden = year.forbidden()
    called = list(calls(year.nights))
    spent = [night.requests for night in year.nights]
    delays = sorted(days for night in year.nights for _, days in night.followed) or [0.0]
    killed = sum(night.killed for night in year.nights)
    outages = sum(bool(night.outage) for night in year.nights)
    quiet = [night.fresh for night in year.nights if not night.outage]
    lines = [
        "",
        f"Nights: {len(spent)}, {killed} with a kill, {outages} in an outage.",
        f"Requests spent: {sum(spent)}; a night {median(spent):.0f} at the median, {max(spent)} at most.",
        f"Fresh: {mean(quiet):.1%} of the requests on average, {year.nights[-1].fresh:.1%} at the end.",
        f"Nights that needed a person: {len(called)}.",
        *called,
        f"Removals followed: {len(delays)}, after {median(delays):.1f} days at the median, {delays[-1]:.1f} at most.",
        f"Behind at the end: {facets_behind(found)}.",
        f"Behind by more than is promised: {len(broken)}.",
        *broken,
        f"Traces of what was removed longer ago than is promised: {len(left)}.",
        *left,
        f"Removals with traces, old and new: {len(lately)} ({', '.join(sorted(lately)) or 'none'}).",
        f"Asked for against robots.txt: {len(forbidden)}.",
        *forbidden,
    ]
    return "\n".join(lines), not (broken or left or forbidden)
