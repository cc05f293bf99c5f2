"""The state of an archive in words for people, and as JSON for programs."""

import dataclasses
import math
from collections.abc import Iterator
from typing import Any

from scraper.counts import count_of
from scraper.due.promises import Promise
from scraper.watch.model import moment
from scraper.watch.state import RunTold, State

_COUNTED = {
    "requests_stored": ("request stored", "requests stored"),
    "changed": ("changed", "changed"),
    "attachments_stored": ("file stored", "files stored"),
    "letters read": ("letter read", "letters read"),
    "requests": ("request", "requests"),
    "asked": ("asked", "asked"),
}


def as_json(state: State) -> dict[str, Any]:
    """Everything, under the names of ``State`` and its parts; days and times as text."""
    found = dataclasses.asdict(state)
    found["access_until"] = state.access_until.isoformat() if state.access_until else None
    found["fresh"] = state.fresh
    found["budget_left"] = None if state.budget is None else max(0, state.budget - state.asked)
    found["promised"] = _promised_json(state)
    found["alarms"] = [dataclasses.asdict(alarm) | {"sentence": alarm.sentence} for alarm in state.alarms]
    found["well"] = not state.alarms
    return found


def as_text(state: State) -> Iterator[str]:
    """Lines for a terminal."""
    yield f"Archive    {state.archive}, {moment(state.at):%Y-%m-%d %H:%M} UTC"
    if state.job is not None:
        job, since, pid = (state.job.get(key, "unknown") for key in ("job", "since", "pid"))
        yield f"Running    {job}, since {since} (process {pid})"
    yield f"Holds      {_holds(state)}"
    yield f"Fresh      {_fresh(state)}"
    yield f"Promised   {_promise('every request looked at', state.promised.looked)}"
    yield f"           {_promise('with its page and files', state.promised.whole)}"
    yield f"           {_needed(state)}"
    yield f"Waiting    {_waiting(state)}"
    yield f"Budget     {_budget(state)}"
    yield f"Access     {_access(state)}"
    yield f"Published  {_when(state.published_at) if state.published_at else 'never'}"
    if "disk_free" in state.counts:
        yield f"Disk       {_size(state.counts['disk_free'])} free"
    yield from _runs(state)
    yield from _alarms(state)


def _holds(state: State) -> str:
    counts = state.counts
    known = max(counts["known"], counts["listed"])
    of = f" of {known:,} that the site is known to have" if known else ""
    return f"{count_of(counts['held'], 'request')}{of}, {count_of(counts.get('withdrawals', 0), 'withdrawal')}"


def _fresh(state: State) -> str:
    if state.fresh is None:
        newest = f"; the newest look was on {_when(state.newest_check)}" if state.newest_check else ""
        return f"no looks are planned yet{newest}"
    late = state.counts["late"]
    return (
        f"{state.fresh:.1%} of the requests were looked at when they should be "
        f"({count_of(late, 'is', 'are')} late); the oldest look is of {_when(state.oldest_check)}"
    )


def _promise(what: str, promise: Promise) -> str:
    said = f"{what} within {count_of(promise.days, 'day')}"
    if not promise.of:
        return f"{said}: none is planned yet"
    if promise.kept:
        return f"{said}: kept"
    behind = f"{promise.behind:,} of {count_of(promise.of, 'request')}"
    return f"{said}: not kept of {behind}, the oldest of {_when(promise.oldest)}"


def _needed(state: State) -> str:
    needed = count_of(math.ceil(state.promised.needed_per_day), "request a day keeps", "requests a day keep")
    if state.promised.budget_per_day is None:
        return f"{needed} both; no limit, as the site is on this machine"
    enough = "enough" if state.promised.within_budget else "not enough: what is most likely stale goes first"
    return f"{needed} both, of {state.promised.budget_per_day:,} that may be made, which is {enough}"


def _promised_json(state: State) -> dict[str, Any]:
    promised = state.promised
    parts = {"looked": promised.looked, "whole": promised.whole}
    return {
        **{name: dataclasses.asdict(part) | {"kept": part.kept} for name, part in parts.items()},
        "needed_per_day": round(promised.needed_per_day, 2),
        "budget_per_day": promised.budget_per_day,
        "within_budget": promised.within_budget,
    }


def _waiting(state: State) -> str:
    counts = state.counts
    parts = [
        f"{counts['due']:,} due",
        f"{counts['listed_missing']:,} listed and not fetched",
        f"{count_of(counts['unfetched'], 'file')} not fetched",
        f"{count_of(counts.get('unread', 0), 'document')} not read",
    ]
    counted = f" (documents as of {_when(state.counted_at)})" if state.counted_at else ""
    return ", ".join(parts) + counted


def _budget(state: State) -> str:
    asked = f"{count_of(state.asked, 'request')} in the last 24 hours"
    if state.budget is None:
        return f"{asked}; no limit, as the site is on this machine"
    return f"{asked}, {max(0, state.budget - state.asked):,} of {state.budget:,} left"


def _access(state: State) -> str:
    if state.local:
        return "no permission needed, as the site is on this machine"
    if state.access_until is None:
        return "no permission is written down"
    return f"by permission of {state.permission_from}, until {state.access_until}"


def _runs(state: State) -> Iterator[str]:
    yield "Last runs"
    for run in state.runs:
        told = ", ".join(count_of(run.counts[name], *words) for name, words in _COUNTED.items() if run.counts.get(name))
        yield f"  {run.id:>6}  {_when(run.started_at)}  {run.command:<8} {_ended(run, state):<12} {told}".rstrip()
    if not state.runs:
        yield "  none yet"


def _ended(run: RunTold, state: State) -> str:
    if run.finish_reason:
        return run.finish_reason.replace("_", " ")
    return "running" if state.job is not None else "not ended"


def _alarms(state: State) -> Iterator[str]:
    if not state.alarms:
        yield "All is well: nothing needs a person."
        return
    yield f"{count_of(len(state.alarms), 'alarm')}:"
    for alarm in state.alarms:
        yield f"  ! {alarm.sentence}"


def _when(time: str | None) -> str:
    return f"{moment(time):%Y-%m-%d %H:%M}" if time else "unknown"


def _size(octets: int) -> str:
    return f"{octets / 1e9:,.1f} GB"
