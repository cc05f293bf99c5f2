"""What stands at the head of a request's page: what was asked, what came of it, the clock, and the grounds."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from archive_site.store import Row, rows
from archive_site.wording import labels

CLOCK = "SELECT * FROM clocks WHERE request_id = :request"
STEPS = "SELECT * FROM clock_steps WHERE request_id = :request ORDER BY position LIMIT 60"
REVIEWS = "SELECT * FROM reviews WHERE request_id = :request ORDER BY number LIMIT 20"
FAMILIES = """
SELECT DISTINCT f.* FROM family_members AS m JOIN families AS f ON f.id = m.family_id
WHERE m.request_id = :request ORDER BY f.id LIMIT 6"""

STEP_NAMES: Mapping[str, str] = {
    "received": "Asked",
    "resent": "Sent again",
    "regime_switched": "Answered under another law",
    "clarification_asked": "The authority asks what is meant",
    "clarified": "The requester answers",
    "fee_asked": "A fee is asked for",
    "fee_settled": "The fee is settled",
    "extended": "More time is taken",
    "extension_not_permitted": "More time is taken that the law does not give",
    "answered": "Answered",
    "due": "Last day for an answer",
    "review_asked": "A review is asked for",
    "review_answered": "The review is answered",
    "review_due": "Last day for the review",
}
TIMINGS: Mapping[str, str] = {
    "in_time": "In time",
    "permitted_extension": "In time, within an extension that the law permits",
    "late": "Late",
    "open": "No answer yet, and not due",
    "overdue": "No answer, and overdue",
    "on_hold": "On hold until the requester answers or pays",
    "not_known": "Not known",
}
LATE = frozenset({"late", "overdue"})
MOVING = frozenset({"resent", "regime_switched", "clarified", "fee_settled", "extended"})
"""Steps that may move the last day for an answer."""
_OF_REVIEWS = frozenset({"review_asked", "review_answered", "review_due"})
LONGEST_EXCERPT = 320
_GREETING = re.compile(r"(?:dear|hello|hi|good (?:morning|afternoon)|to whom)\b", re.IGNORECASE)
_CLOSE = re.compile(
    r"(?:yours (?:faithfully|sincerely)|(?:(?:kind|best) )?regards|many thanks|thank you|i look forward|\[name\])",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One day of the clock, and what happened on it."""

    day: str
    code: str
    name: str
    says: str = ""
    law: str = ""
    place: str | None = None
    """The message or citation that it rests on."""
    due_on: str | None = None
    """The last day for an answer after this step, where it moved."""

    @property
    def kind(self) -> str:
        """``due``, ``late``, ``stop`` or ``done``: how it is drawn."""
        return _KINDS.get(self.code, "done")


_KINDS = {
    "due": "due", "review_due": "due", "overdue": "late", "clarification_asked": "stop", "fee_asked": "stop",
    "extended": "stop", "extension_not_permitted": "late", "answered_late": "late",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Head:
    """All of it."""

    excerpt: str | None
    """The first words of the request itself."""
    excerpt_place: str | None
    clock: Row | None
    steps: tuple[Step, ...]
    reviews: tuple[Row, ...]
    families: tuple[Row, ...]
    agreement: str | None
    """What the two views of the outcome make of each other; None where there are no two."""

    @property
    def timing(self) -> str | None:
        """Whether it was answered in time, in words."""
        return labels.words(self.clock["timing"], TIMINGS) if self.clock else None

    @property
    def is_late(self) -> bool:
        """Whether the law's time was not kept."""
        return self.clock is not None and self.clock["timing"] in LATE


async def load(datasette: Any, request: Row, messages: Sequence[Row]) -> Head:
    """The head of a request's page; ``messages`` are those of its thread, in order."""

    async def all_of(sql: str) -> list[Row]:
        return await rows(datasette, sql, request=request["id"])

    clock = await all_of(CLOCK)
    steps = [_step(row) for row in await all_of(STEPS)]
    first = next((message for message in messages if message["direction"] == "outgoing" and message["text"]), None)
    return Head(
        excerpt=excerpt(first["text"]) if first else None,
        excerpt_place=first["id"] if first else None,
        clock=clock[0] if clock else None,
        steps=tuple(_told(steps)) or tuple(_plain(request)),
        reviews=tuple(await all_of(REVIEWS)),
        families=tuple(await all_of(FAMILIES)),
        agreement=agreement(request),
    )


def excerpt(text: str) -> str | None:
    """What a letter comes to between its greeting and its close, by lines, cut after a word; None for nothing."""
    told: list[str] = []
    for line in (" ".join(line.split()) for line in text[:4_000].splitlines()):
        if told and _CLOSE.match(line):
            break
        if line and not _GREETING.match(line):
            told.append(line)
    asked = "\n".join(told)
    if len(asked) <= LONGEST_EXCERPT:
        return asked or None
    cut = asked[:LONGEST_EXCERPT]
    return cut[: max(cut.rfind(" "), cut.rfind("\n"), LONGEST_EXCERPT // 2)].rstrip(",;: \n") + " …"


def agreement(request: Row) -> str | None:
    """Whether the requester's label and the outcome as read say one thing."""
    agrees = request.get("label_agrees")
    if agrees is None:
        return None if request["outcome"] is None else "The two cannot be compared"
    return "The two agree" if agrees else "The two differ"


def _step(row: Row) -> Step:
    place = row["citation_id"] or row["message_id"] or row["source"]
    return Step(
        day=row["day"],
        code=row["step"],
        name=labels.words(row["step"], STEP_NAMES),
        says=row["says"],
        law=labels.provision(*row["law"].split(" ", 1)) if " " in (row["law"] or "") else row["law"] or "",
        place=place,
        due_on=row["due_on"],
    )


def _told(steps: Sequence[Step]) -> Iterator[Step]:
    """The steps with the day due only where it moved."""
    due: str | None = None
    for step in steps:
        shown = due and step.due_on != due and step.code in MOVING
        late = step.code == "answered" and due is not None and step.day > due
        yield replace(step, due_on=step.due_on if shown else None, code="answered_late" if late else step.code)
        due = step.due_on if step.code not in _OF_REVIEWS and step.due_on else due


def _plain(request: Row) -> Iterator[Step]:
    """The clock by the columns of the request alone."""
    days = [("asked_on", "received"), ("due_on", "due"), ("answered_on", "answered")]
    steps = [(request[column], code) for column, code in days if request[column]]
    for day, code in sorted(steps, key=lambda one: one[0]):
        yield Step(day=day, code=code, name=labels.words(code, STEP_NAMES))
