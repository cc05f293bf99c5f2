"""Whether an answer says that something was taken down, or only that the site is not well (alaveteli.md 2.7, 5.2, 6.4).

The site says with a page of its own, and status 403, what it has hidden or erased: one such look is enough. It says
404 of what was deleted, of what is under embargo, of what was never there and of an address that was renamed, so 404
of the slug and of the number together confirms it when it is seen twice and another request comes in between.
Everything else is an outage, a wall or a wait and says nothing of the request. Nothing here reads or writes; times are
UTC text as ``scraper.archive.times`` has it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from parsers.records import Notice

Asked = Literal["page", "json", "number", "file"]
"""What was asked for: ``/request/SLUG``, its JSON, ``/request/ID``, or a file of a message."""

Verdict = Literal[
    "shown",
    "backpage",
    "hidden",
    "erased",
    "not_found",
    "elsewhere",
    "waiting",
    "challenge",
    "rate_limited",
    "outage",
    "maintenance",
    "refused",
    "unclear",
]
"""``elsewhere``: it leads to another address, as a renamed request does when asked for by its number.
``not_found``: deleted, under embargo, renamed or never there; one look cannot tell which.
``refused``: 403 without a page of the site that says why; for JSON the page is to be asked.
``maintenance``: status 200 and a page that is not the one asked for."""

Evidence = Literal[
    "removal_page", "request_page", "page_and_json", "not_listed", "slug_and_number", "many_at_once", "operator"
]  # fmt: skip
"""What shows a removal: the site's own page in its place; its request's page, which shows it as hidden; the page lists
it no more, and the JSON beside it tells as much; the page alone lists it no more; 404 of slug and number; any but the
second, but of so many requests in one run that it may be an outage or a change of the site's pages; somebody who runs
this archive."""
AT_ONCE: frozenset[Evidence] = frozenset({"removal_page", "request_page", "page_and_json"})
"""Evidence of which one look is enough."""
OF_REQUESTS: frozenset[Evidence] = frozenset({"removal_page", "slug_and_number"})
"""Evidence that a second look at the same request may confirm by itself."""

Control = Literal["came", "not_seen", "none_known"]
"""Whether between two looks a page that is known to be public answered as it should; ``none_known``: there is none."""

HOURS_APART = 4
"""Between two looks at a page that confirm one another: longer than any cache of the site keeps one."""
HOURS_WHEN_MANY = 72
"""Before removals are believed that came many at once, or beside which nothing else could be asked for: longer than an
outage that nobody mends."""
MANY = 5
MANY_OF = 0.2
"""More than this number, and more than this part of the requests looked at in one run, are many at once."""

_NAMED: dict[str, Verdict] = {
    "hidden_request": "hidden",
    "hidden_message": "hidden",
    "hidden_attachment": "hidden",
    "erased_attachment": "erased",
}
SCANNED = "found a problem with this file"
"""In the words of the site where it hides a spreadsheet by itself, while it is looked through for what it hides
(alaveteli.md 2.7): it is often back within hours."""
FILE_KINDS = frozenset({"file", "data", "request_json", "authority_json", "authorities_csv"})
"""Answers that are not a page; any of them may be what somebody attached."""
FILE_GONE = {
    "hidden_attachment": "hidden",
    "hidden_message": "hidden",
    "hidden_request": "hidden",
    "erased_attachment": "erased",
    "not_found": "missing",
}
"""What became of a file, by the page that stands in its place (alaveteli.md 2.7)."""
_PAGES = {
    "page": frozenset({"request"}),
    "json": frozenset({"request_json"}),
    "number": frozenset({"request"}),
    "file": FILE_KINDS,
}


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What one answer says."""

    verdict: Verdict
    enough: bool = False
    """Whether this one look confirms a removal."""

    @property
    def removed(self) -> bool:
        """Whether it says, surely or perhaps, that the thing is no longer to be had."""
        return self.verdict in {"hidden", "erased", "not_found"}


def judge(asked: Asked, *, status: int, notice: Notice, noindex: bool = False) -> Judgement:
    """What an answer to ``asked`` says; ``noindex`` is whether the page or its headers ask to be left out of search."""
    if notice.kind == "challenge":
        return Judgement(verdict="challenge")
    if status in {408, 429} or status >= 500:
        limited = status == 429 or (status == 503 and notice.retry_seconds is not None)
        return Judgement(verdict="rate_limited" if limited else "outage")
    if notice.kind in _NAMED:  # such a heading with another status is no page of the site
        removed = status == 403
        return Judgement(verdict=_NAMED[notice.kind] if removed else "unclear", enough=removed)
    return Judgement(verdict=_other(asked, status, notice, noindex=noindex))


def _other(asked: Asked, status: int, notice: Notice, *, noindex: bool) -> Verdict:
    if notice.kind == "not_found" and status == 404:
        return "not_found"
    if 300 <= status < 400 and status != 304:
        return "elsewhere"
    if notice.kind in {"wait", "done"}:
        return "waiting"
    if status == 304 or (status == 200 and notice.kind in _PAGES[asked]):
        return "backpage" if noindex and asked in {"page", "number"} else "shown"
    if status in {401, 403}:
        return "refused"
    return "maintenance" if status == 200 else "unclear"


def second_look_confirms(first_seen_at: str, seen_at: str, *, control: Control, evidence: str | None) -> bool:
    """Whether a look at ``seen_at`` confirms what was first seen at ``first_seen_at`` on this evidence.

    Time alone proves nothing of one request where another could be asked for and was not, or did not come either.
    Where many requests went at once the control counts for nothing, and days do.
    """
    if control == "came" and evidence != "many_at_once":
        return True
    lasted = _moment(seen_at) - _moment(first_seen_at) >= timedelta(hours=HOURS_WHEN_MANY)
    return lasted and (control == "none_known" or evidence == "many_at_once")


def many_at_once(removed: int, looked_at: int) -> bool:
    """Whether so many of the requests looked at in one run were gone that the site itself is to be doubted."""
    return removed > MANY and removed > MANY_OF * looked_at


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
