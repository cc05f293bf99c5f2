"""``/runs``: how the archive has been kept up; what each run did, why it ended, what was refused, how fresh it is."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from datasette import Response

from archive_site.about.health import promises
from archive_site.store import NoArchiveError, Row, about, rows
from archive_site.wording.labels import plural, words

SHOWN = 60
_RUNS = "SELECT id, command, started_at, ended_at, finish_reason, counts FROM runs ORDER BY id DESC LIMIT :most"
_REFUSALS = """
SELECT reason, count(*) AS count, max(last_seen_at) AS last_seen_at FROM refusals GROUP BY reason
ORDER BY count DESC, reason"""
FRESH: Mapping[int, str] = {7: "a week", 30: "a month", 90: "three months", 365: "a year"}
"""Days before the building within which ``about`` counts the requests that were looked at, and how one says that."""
COMMANDS: Mapping[str, str] = {
    "update": "Kept up",
    "crawl": "Fetched",
    "read": "Read",
    "publish": "Published",
    "import": "Taken from files",
    "forget": "Erased",
    "verify": "Checked",
}
ENDINGS: Mapping[str, str] = {
    "finished": "Came to its end",
    "limit": "Stopped at the limit it was given",
    "budget": "Stopped when the day’s requests were spent; the next run goes on",
    "hours": "Stopped at the end of its hours; the next run goes on",
    "challenge": "Stopped: the site asked for a proof that no robot is asking",
    "robots_unreachable": "Stopped: the site’s rules for robots could not be read",
    "robots_unreadable": "Stopped: in place of the site’s rules for robots there was something else",
    "robots_refuse_all": "Stopped: the site’s rules for robots refuse every page",
    "unreachable": "Stopped: the site did not answer",
    "asked_to_wait": "Stopped: the site asked to wait",
    "archive_failed": "Stopped: the archive could not be written",
    "start_error": "Did not begin",
    "failed": "Failed",
    "shutdown": "Was stopped by hand",
    "interrupted": "Was stopped by hand",
    "killed": "Was cut off",
}
COUNTS: Mapping[str, tuple[str, str]] = {
    "requests_stored": ("request looked at", "requests looked at"),
    "changed": ("of them new or changed", "of them new or changed"),
    "looked": ("request as it was before", "requests as they were before"),
    "attachments_stored": ("attached file", "attached files"),
    "authorities": ("authority", "authorities"),
    "documents read": ("document read", "documents read"),
    "letters read": ("letter read", "letters read"),
    "requests_erased": ("request erased", "requests erased"),
    "messages_erased": ("message erased", "messages erased"),
    "files_erased": ("file erased", "files erased"),
    "asked": ("page asked of the site", "pages asked of the site"),
}
REFUSED: Mapping[str, str] = {
    "robots": "The site’s rules for robots do not allow the page",
    "hidden": "Hidden at the source",
    "not_found": "No longer at the source",
    "erased": "Erased at the source",
    "absent": "No longer on its page at the source",
    "too_big": "Larger than the limit",
    "challenge": "The site asked for a proof that no robot is asking",
    "budget": "The day’s requests were spent",
    "failed": "Could not be fetched or read; asked for again later",
    "off_site": "Leads off the site",
    "unreachable": "The site did not answer",
    "asked_to_wait": "The site asked to wait",
    "robots_unreachable": "The site’s rules for robots could not be read",
    "robots_unreadable": "In place of the site’s rules for robots there was something else",
}


@dataclass(frozen=True, kw_only=True)
class Told:
    """One run in words."""

    id: int
    what: str
    started_at: str
    took: str
    ended: str
    well: bool
    counts: str


async def runs_view(request: Any, datasette: Any) -> Response:
    """The page; it says so where there is no database yet."""
    context: dict[str, Any] = {"runs": [], "refusals": [], "fresh": None, "facts": {}}
    try:
        facts = await about(datasette)
        context = {
            "facts": facts,
            "promises": promises(facts),
            "runs": [told(run) for run in await rows(datasette, _RUNS, most=SHOWN)],
            "refusals": [
                {**one, "words": sentence(one["reason"], REFUSED)} for one in await rows(datasette, _REFUSALS)
            ],
            "fresh": fresh(facts),
        }
    except NoArchiveError:
        pass
    body = await datasette.render_template("runs.html", context, request=request, view_name="archive")
    return Response.html(body)


def fresh(facts: Mapping[str, str]) -> dict[str, Any]:
    """How many requests there are, and how many were looked at within each time, as counted when this copy was made."""
    counts = {words: facts.get(f"requests_checked_within_{days}_days", "") for days, words in FRESH.items()}
    return {
        "total": int(facts.get("rows_in_requests") or 0),
        "oldest": facts.get("first_checked_at"),
        "newest": facts.get("last_checked_at"),
        "within": {words: int(count) for words, count in counts.items() if count},
    }


def told(run: Row) -> Told:
    """A run in words; what was counted under names not known here is left to the table."""
    reason = run["finish_reason"]
    return Told(
        id=run["id"],
        what=sentence(run["command"], COMMANDS),
        started_at=run["started_at"],
        took=took(run["started_at"], run["ended_at"]),
        ended=sentence(reason, ENDINGS) if reason else "Was under way",
        well=reason in {"finished", "limit", "budget", "hours", None},
        counts=counted(run["counts"]),
    )


def sentence(code: str, known: Mapping[str, str]) -> str:
    """The words for a code; a code that nobody has named yet is shown as it is, with a capital."""
    return known.get(code) or words(code, {}).capitalize()


def counted(text: str) -> str:
    """Such as ``12 requests looked at, 3 of them new or changed``; empty where nothing was counted."""
    return ", ".join(_named(_numbers(text)))


def all_counted(text: str) -> str:
    """The same with what has no words of its own behind it, as ``; documents damaged: 1``."""
    numbers = _numbers(text)
    others = [f"{words(name.replace('/', ' '), {})}: {n:,}" for name, n in numbers.items() if name not in COUNTS]
    return "; ".join([", ".join(_named(numbers)), *others] if _named(numbers) else others)


def _named(numbers: Mapping[str, int]) -> list[str]:
    return [plural(numbers[name], *forms) for name, forms in COUNTS.items() if numbers.get(name, 0) > 0]


def _numbers(text: str) -> dict[str, int]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    numbers = found if isinstance(found, dict) else {}
    return {name: n for name, n in numbers.items() if isinstance(n, int) and not isinstance(n, bool)}


def took(began: str, ended: str | None) -> str:
    """``3 h 20 min``, ``5 min`` or ``under a minute``; empty where the run did not end."""
    try:
        seconds = (datetime.fromisoformat(ended or "") - datetime.fromisoformat(began)).total_seconds()
    except (ValueError, TypeError):
        return ""
    hours, minutes = divmod(int(max(0, seconds)) // 60, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min" if minutes else "under a minute"
