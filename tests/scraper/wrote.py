"""What the stand-in wrote into the letters of a request, as the lines of returns count it: no parser is asked."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import holidays

from scraper.standin.letters.styles import LAWS
from scraper.standin.truth import truth_of_all
from scraper.standin.world import World

Wrote = dict[str, Any]
SATURDAY = 5
NATIONS = {"UK": ("ENG", "WLS", "SCT", "NIR"), "Scotland": ("SCT",)}
BANK_HOLIDAYS = {
    where: {
        day for nation in nations for day in holidays.country_holidays("GB", subdiv=nation, years=range(2008, 2030))
    }
    for where, nations in NATIONS.items()
}
ANSWERS = {"response", "refusal_notice"}
WITHHELD = {"withheld", "ncnd", "cost_limit", "vexatious_or_repeat"}
PIT_STEPS = {5: "5 or Less", 10: "6 to 10", 15: "11 to 15", 20: "16 to 20", 30: "21 to 30", 40: "31 to 40"}
IR_STEPS = {10: "10 or less", 20: "11 to 20", 40: "21 to 40", 60: "41 to 60", 80: "61 to 80"}


def read_sources(public: Path) -> set[str]:
    """The letters that could be read: what a letter says is the stand-in's word, that it could be read is not."""
    with closing(sqlite3.connect(public)) as connection:
        return {source for (source,) in connection.execute("SELECT source FROM readings")}


def by_quarter(public: Path, laws: set[str]) -> dict[tuple[str, str], list[Wrote]]:
    """The stand-in's requests that are published as made under some laws, by body and quarter."""
    with closing(sqlite3.connect(public)) as connection:
        shown = {number for number, law in connection.execute("SELECT id, regime FROM requests") if law in laws}
    world: Any = truth_of_all(World().requests)
    found: dict[tuple[str, str], list[Wrote]] = {}
    for request in world.values():
        if request["id"] in shown:
            day = request["created_at"]
            quarter = f"Q{(int(day[5:7]) + 2) // 3} {day[:4]}"
            found.setdefault((request["authority_name"], quarter), []).append(request)
    return found


def returned(public: Path, table: str) -> dict[tuple[str, str], Wrote]:
    """The rows of a return, by body and quarter."""
    with closing(sqlite3.connect(public)) as connection:
        connection.row_factory = sqlite3.Row
        rows = connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - a name of a test
    return {(row["Government body"], row["Quarter"]): dict(row) for row in rows}


def letters(request: Wrote, read: set[str]) -> list[tuple[str, Wrote]]:
    """The incoming letters that could be read, in order, with the day of their message."""
    return [
        (message["sent_at"][:10], source["letter"] | {"words": _words(source)})
        for message in request["messages"]
        for source in [message, *message["attachments"]]
        if message["direction"] == "incoming" and source["letter"] and source["id"] in read
    ]


def _words(source: Wrote) -> str:
    return " ".join((source.get("letter_text") or source.get("text") or "").split())


def section(provision: str) -> str:
    return provision.split("(", maxsplit=1)[0]


def answers(request: Wrote, read: set[str]) -> list[tuple[str, Wrote]]:
    return [(day, letter) for day, letter in letters(request, read) if letter["kind"] in ANSWERS]


def grounds(request: Wrote, read: set[str]) -> set[tuple[str, str]]:
    """What its answers rely on, before any review; what hands a request over to the regulations is no ground."""
    found = {(law, provision) for _, letter in answers(request, read) for law, provision in letter["relied_on"]}
    if any(law in {"EIR", "EISR"} for law, _ in found):
        return {one for one in found if (one[0], section(one[1])) not in {("FOIA", "39"), ("FOISA", "39")}}
    return found


def handled_under(request: Wrote, read: set[str]) -> str:
    """The law that its letters, up to the first answer, say they answer under; else that which it was asked under.

    They say so by a provision, or in words: "handled under", "considered under".
    """
    law: str = request["regime"]
    act = {"EIR": "FOIA", "EISR": "FOISA"}.get(law, law)
    if law == act or request["law_used"] == "eir":
        return law
    for _, letter in letters(request, read):
        if letter["kind"] == "acknowledgement" and f"handling under the {LAWS[law][0]}" in letter["words"]:
            return law
        own = [(one, provision) for one, provision, role in letter["mentioned"] if role == "procedural"]
        invoked = [one for one, provision in [*letter["relied_on"], *own] if section(provision) not in {"2", "39"}]
        if (
            f"ed under the {LAWS[law][0]}" in letter["words"]
            or law in invoked
            or [act, "39(1)(a)"] in letter["supporting"]
            or [act, "39(2)"] in letter["supporting"]
        ):
            return law
        if letter["kind"] in ANSWERS:
            break
    return act


def working_days(first: str, last: str, where: str = "UK") -> int:
    """How many working days of the place follow ``first``, up to and with ``last``."""
    began, ended = date.fromisoformat(first), date.fromisoformat(last)
    days = (began + timedelta(days=number) for number in range(1, (ended - began).days + 1))
    return sum(day.weekday() < SATURDAY and day not in BANK_HOLIDAYS[where] for day in days)


def due_on(asked: str, where: str = "UK") -> str:
    """The 20th working day of the place after a day; the site leaves some bank holidays out."""
    days = (date.fromisoformat(asked) + timedelta(days=number) for number in range(1, 90))
    working = (day for day in days if day.weekday() < SATURDAY and day not in BANK_HOLIDAYS[where])
    return next(islice(working, 19, None)).isoformat()


def asked_on(request: Wrote) -> str:
    return str(request["messages"][0]["sent_at"][:10])


def in_time(request: Wrote, read: set[str], where: str) -> bool | None:
    """Whether the answer to a request came in time whose clock nothing stopped; None for any other."""
    stopped = {"holding", "clarification", "fees_notice", "transfer", "other"}
    if {letter["kind"] for _, letter in letters(request, read)} & stopped:
        return None
    found = answers(request, read)
    return found[0][0] <= due_on(asked_on(request), where) if found else None


def extended(request: Wrote, read: set[str], provision: tuple[str, str], where: str = "UK") -> bool:
    """Whether a letter takes more time by a provision before the first limit has passed."""
    limit = due_on(asked_on(request), where)
    return any(
        day <= limit and list(provision) in [one[:2] for one in letter["mentioned"]]
        for day, letter in letters(request, read)
        if letter["kind"] == "holding"
    )


def _step(days: int, steps: dict[int, str]) -> str:
    return next(name for most, name in steps.items() if days <= most)


def pit_lines(request: Wrote, read: set[str]) -> Iterator[str]:
    """The lines on more time for the public interest: only a request under FOIA can have it."""
    if not extended(request, read, ("FOIA", "10(3)")):
        return
    yield "PIT Total Requests Extended"
    found = answers(request, read)
    if found:
        yield "PIT Number Completed"
        limit = due_on(asked_on(request))
        yield f"PIT {_step(working_days(limit, max(limit, found[0][0])), PIT_STEPS)}"


def reviewed(request: Wrote, read: set[str]) -> list[tuple[str | None, str | None, str]]:
    """Its reviews: the day it was asked for, the day of its outcome, and what the outcome was."""
    asked = [
        event["created_at"][:10]
        for event in request["events"]
        if event["event_type"] == "followup_sent" and event["described_state"] == "internal_review"
    ]
    told = [(day, letter) for day, letter in letters(request, read) if letter["kind"] == "internal_review_outcome"]
    decided = [(day, _changed(letter)) for day, letter in told if letter["outcome"].startswith("review_")]
    if not decided:
        return [(asked[0], None, "open")] if asked else []
    return [(asked[0] if asked else None, *decided[0])]


def _changed(letter: Wrote) -> str:
    if letter["outcome"] == "review_upheld":
        return "upheld"
    return "upheld_in_part" if letter["relied_on"] else "overturned"


def review_lines(request: Wrote, read: set[str]) -> Iterator[str]:
    """The lines on internal reviews of the Cabinet Office return."""
    names = {"upheld": "upheld in full", "upheld_in_part": "upheld in part", "overturned": "overturned"}
    for asked, decided, outcome in reviewed(request, read):
        yield "Total Internal Reviews"
        if decided:
            yield "Internal Reviews with outcome known"
            yield f"IR number {names[outcome]}"
            yield "IR Total Reviews Completed"
        if asked and decided:
            yield f"IR {_step(working_days(asked, decided), IR_STEPS)}"
