"""The official returns of the demo, beside figures worked out from what the stand-in wrote into its letters."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import holidays
import pytest

from scraper.publishing.official_return import EXCEPTIONS, SECTIONS
from scraper.standin.world import World

pytestmark = pytest.mark.long

CLASSES = {
    "disclosed_full": "Initial Outcome Granted in full",
    "disclosed_part": "Initial Outcome  Partially withheld",
    "not_held": "Requests where information not held",
}
SATURDAY = 5
BANK_HOLIDAYS = {
    day
    for nation in ("ENG", "WLS", "SCT", "NIR")
    for day in holidays.country_holidays("GB", subdiv=nation, years=range(2008, 2030))
}
MISREAD = {(("Driver Records Agency", "Q2 2016"), "Initial Outcome Granted in full")}
"""One letter, made of the site's marks of what was taken out, says nothing, and the reader takes it for an answer."""
WITHHELD = {"withheld", "ncnd", "cost_limit", "vexatious_or_repeat"}


def letters(request: dict[str, Any], read: set[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The incoming letters that could be read, in order, with the day of their message."""
    for message in request["messages"]:
        for source in [message, *message["attachments"]]:
            if message["direction"] == "incoming" and source["letter"] and source["id"] in read:
                yield message["sent_at"][:10], source["letter"]


def section(provision: str) -> str:
    return provision.split("(", maxsplit=1)[0]


def lines(request: dict[str, Any], read: set[str]) -> Iterator[str]:
    """The lines of the return that a request counts in, by the words of statistics.md and nothing else."""
    told = [letter for _, letter in letters(request, read)]
    answers = [letter for letter in told if letter["kind"] in {"response", "refusal_notice"}]
    grounds = {(regime, provision) for letter in answers for regime, provision in letter["relied_on"]}
    if any(regime == "EIR" for regime, _ in grounds):
        grounds = {(regime, provision) for regime, provision in grounds if section(provision) != "39"}
    first = answers[0]["outcome"] if answers else None
    if grounds and all((regime, section(provision)) == ("FOIA", "21") for regime, provision in grounds):
        yield "Total Section 21 exemptions used"
        return
    if first == "accessible_elsewhere" and not grounds:
        yield "Total Section 21 exemptions used"
        return
    if {letter["kind"] for letter in told} == {"bounce"}:
        return
    yield "Total requests received"
    if first in CLASSES:
        yield CLASSES[first]
    if first in WITHHELD:
        yield "Initial Outcome  Fully withheld"
        yield f"Fully refused - {route(request, first, grounds)}"
    claimed = first == "disclosed_part" or (first in WITHHELD and route(request, first, grounds) == "exemption")
    if claimed:
        yield "Number of requests where an exemption was claimed"
    used = {section(provision) for regime, provision in grounds if regime == "FOIA"}
    yield from (f"S({one}) - {SECTIONS[one]}" for one in used & SECTIONS.keys() if claimed and one != "39")
    for regime, provision in grounds:
        code = "3(a)" if section(provision) == "13" else provision.removeprefix("12(").replace(")", "", 1)
        if regime == "EIR" and code in EXCEPTIONS and (claimed or code == "4(a)"):
            yield f"{code} - {EXCEPTIONS[code]}"
    outcomes = [letter["outcome"] for letter in told if letter["kind"] == "internal_review_outcome"]
    yield from ("Internal Reviews with outcome known" for one in outcomes if one.startswith("review_"))
    yield from ("IR number upheld in full" for one in outcomes if one == "review_upheld")


def due_on(request: dict[str, Any]) -> str:
    """The 20th day after the request that is a working day everywhere in the Kingdom; the site leaves some out."""
    asked = date.fromisoformat(request["messages"][0]["sent_at"][:10])
    days = (asked + timedelta(days=number) for number in range(1, 90))
    working = (day for day in days if day.weekday() < SATURDAY and day not in BANK_HOLIDAYS)
    return next(islice(working, 19, None)).isoformat()


def timing(request: dict[str, Any], read: set[str]) -> str | None:
    """The line of a request whose clock nothing stopped; None for one that it is not so of, or that has no answer."""
    told = list(letters(request, read))
    if {letter["kind"] for _, letter in told} & {"holding", "clarification", "fees_notice", "transfer", "other"}:
        return None
    answered = [day for day, letter in told if letter["kind"] in {"response", "refusal_notice"}]
    if not answered:
        return None
    return "20-day deadline met" if answered[0] <= due_on(request) else "Late response (i.e. 20-day deadline missed)"


def route(request: dict[str, Any], outcome: str, grounds: set[tuple[str, str]]) -> str:
    if request["regime"] == "EIR" or outcome in {"withheld", "ncnd"}:
        return "exemption"
    if outcome == "cost_limit":
        return "cost limit"
    return "repeated" if ("FOIA", "14(2)") in grounds else "vexatious"


@pytest.fixture(scope="module")
def read(demo: Path) -> set[str]:
    """The letters that could be read: what a letter says is the stand-in's word, that it could be read is not."""
    with closing(sqlite3.connect(demo / "public.db")) as public:
        return {source for (source,) in public.execute("SELECT source FROM readings")}


@pytest.fixture(scope="module")
def groups(demo: Path) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """The stand-in's requests that are published, by body and quarter."""
    with closing(sqlite3.connect(demo / "public.db")) as public:
        shown = {number for (number,) in public.execute("SELECT id FROM requests WHERE regime IN ('FOIA', 'EIR')")}
    world: Any = World().truth()
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for request in world.values():
        if request["id"] in shown:
            day = request["created_at"]
            quarter = f"Q{(int(day[5:7]) + 2) // 3} {day[:4]}"
            found.setdefault((request["authority_name"], quarter), []).append(request)
    return found


@pytest.fixture(scope="module")
def returned(demo: Path) -> dict[tuple[str, str], dict[str, Any]]:
    with closing(sqlite3.connect(demo / "public.db")) as public:
        public.row_factory = sqlite3.Row
        rows = public.execute("SELECT * FROM official_return").fetchall()
    return {(row["Government body"], row["Quarter"]): dict(row) for row in rows}


def test_the_official_return_is_what_the_standin_wrote(
    groups: dict[tuple[str, str], list[dict[str, Any]]],
    returned: dict[tuple[str, str], dict[str, Any]],
    read: set[str],
) -> None:
    wanted = {key: Counter(line for one in requests for line in lines(one, read)) for key, requests in groups.items()}
    names = sorted({line for counted in wanted.values() for line in counted})
    assert len(names) > 25
    assert returned.keys() == wanted.keys()
    wrong = {(key, name) for key in wanted for name in names if returned[key][name] != wanted[key][name]}
    assert wrong == MISREAD


def test_answers_in_time_and_late_are_what_the_standin_wrote(
    groups: dict[tuple[str, str], list[dict[str, Any]]],
    returned: dict[tuple[str, str], dict[str, Any]],
    read: set[str],
) -> None:
    known = {key: [timing(one, read) for one in requests] for key, requests in groups.items()}
    plain = {key: Counter(lines) for key, lines in known.items() if None not in lines}
    assert len(plain) > 100
    names = ("20-day deadline met", "Late response (i.e. 20-day deadline missed)")
    only_21 = "Total Section 21 exemptions used"
    wrong = [
        (key, name, returned[key][name], counted[name])
        for key, counted in plain.items()
        for name in names
        if returned[key][name] != counted[name] and not returned[key][only_21]
    ]
    assert wrong == []
