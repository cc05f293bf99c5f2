"""``/-/health``: whether the site is up and its database is kept up, for a monitor.

The age after which a database counts as stale is ``stale_after_hours`` of the plugin ``archive-site`` in the metadata,
72 unless told otherwise, or ``?max_age=HOURS`` of whoever asks.
"""

from datetime import UTC, datetime
from typing import Any

from datasette import Response

from archive_site.store import NoArchiveError, Row, about, row

STALE_AFTER_HOURS = 72
LONGEST_HOURS = 10 * 366 * 24
_LAST_CRAWL = """
SELECT started_at, ended_at, finish_reason FROM runs WHERE command IN ('crawl', 'update') ORDER BY id DESC LIMIT 1"""
_CLOCKS_DIFFER = 1
"""Hours; what was built later than this from now was built by a wrong clock, and would seem fresh for years."""
_ROWS = "rows_in_"
_COUNTED = ("requests", "messages", "attachments", "citations", "withdrawals")


async def health_view(request: Any, datasette: Any) -> Response:
    """One JSON object; the status of the answer is 200 where ``status`` is ``ok``, and 503 where it is not."""
    most = _hours(request.args.get("max_age")) or _configured(datasette)
    try:
        facts = await about(datasette)
        crawl = await row(datasette, _LAST_CRAWL)
    except NoArchiveError:
        return _answer({"status": "missing", "stale_after_hours": most})
    return _answer(told(facts, crawl, most=most, now=datetime.now(UTC)))


def told(facts: dict[str, str], crawl: Row | None, *, most: int, now: datetime) -> dict[str, Any]:
    """What a monitor is told of a database that says ``facts`` of itself."""
    age = _age(facts.get("built_at"), now)
    return {
        "status": "ok" if age is not None and -_CLOCKS_DIFFER <= age <= most else "stale",
        "built_at": facts.get("built_at"),
        "age_hours": None if age is None else round(age, 1),
        "stale_after_hours": most,
        "last_checked_at": facts.get("last_checked_at"),
        "last_crawl": dict(crawl) if crawl else None,
        "promises": promises(facts),
        "counts": {name: int(facts[_ROWS + name]) for name in _COUNTED if facts.get(_ROWS + name, "").isdecimal()},
    }


def promises(facts: dict[str, str]) -> dict[str, dict[str, Any]]:
    """Within how many days requests are looked at again, and whether that is kept; empty where none are planned."""
    found = {}
    for name, prefix in (("looked", "looks"), ("whole", "whole_looks")):
        days, behind = facts.get(f"{prefix}_promised_within_days", ""), facts.get(f"{prefix}_behind", "")
        if days.isdecimal() and behind.isdecimal() and facts.get("requests_planned", "0") != "0":
            found[name] = {"within_days": int(days), "behind": int(behind), "kept": behind == "0"}
    return found


def _age(built_at: str | None, now: datetime) -> float | None:
    try:
        built = datetime.fromisoformat(built_at or "")
    except ValueError:
        return None
    return (now - (built if built.tzinfo else built.replace(tzinfo=UTC))).total_seconds() / 3600


def _hours(asked: str | None) -> int | None:
    if asked is None or not (asked.isascii() and asked.isdecimal() and len(asked) < 9):
        return None
    return min(int(asked), LONGEST_HOURS)


def _configured(datasette: Any) -> int:
    found = (datasette.plugin_config("archive-site") or {}).get("stale_after_hours")
    return found if isinstance(found, int) and not isinstance(found, bool) else STALE_AFTER_HOURS


def _answer(body: dict[str, Any]) -> Response:
    status = 200 if body["status"] == "ok" else 503
    return Response.json(body, status=status, headers={"cache-control": "no-store"})
