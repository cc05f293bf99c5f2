"""The demo's clocks and reviews beside what the stand-in planted, counted by the official lists of bank holidays."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from scraper.standin.truth import truth_of_all
from scraper.standin.world import World
from tests.parsers.clock.official import holidays_of

pytestmark = pytest.mark.long

ANSWERS = {"response", "refusal_notice", "internal_review_outcome"}
STILL_WAITING = {"acknowledgement", "auto_reply", "holding"}
Request = dict[str, Any]


def planted() -> Iterator[Request]:
    """The requests that the stand-in lets be read in full; the odd ones have other tests."""
    told: Any = truth_of_all(World().requests)
    for request in told.values():
        if not request["odd"] and request["readable"] and not request["embargoed"]:
            yield request


def working_days(start: date, end: date, regime: str) -> int:
    """By the official lists, and in no way as the clock counts."""
    holidays = holidays_of(regime)
    days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
    return sum(day.weekday() < 5 and day not in holidays for day in days)


def kinds(message: dict[str, Any]) -> set[str]:
    letters = [message["letter"], *(file["letter"] for file in message["attachments"])]
    return {letter["kind"] for letter in letters if letter}


def day(moment: str) -> date:
    return date.fromisoformat(moment[:10])


def expected(request: Request) -> tuple[str, date | None, int | None]:
    """The official line, the day of the answer and the working days that count, by what was planted."""
    regime = request["regime"]
    started = day(next(event["created_at"] for event in request["events"] if event["event_type"] == "sent"))
    extended = held = False
    for message in request["messages"][1:]:
        told, on = kinds(message), day(message["sent_at"])
        days = working_days(started, on, regime)
        if message["direction"] == "outgoing":
            started, held = (on, False) if held else (started, held)
        elif told & ANSWERS:
            line = "in_time" if days <= 20 else "permitted_extension" if extended and days <= 40 else "late"
            return line, on, days
        elif "holding" in told:
            extended = regime != "FOISA" and days <= 20
        elif "clarification" in told or "fees_notice" in told:
            held = True
        elif not told & STILL_WAITING:
            return "not_known", None, None
    if request["described_state"] not in {"waiting_response", "waiting_clarification", "internal_review"}:
        return "not_known", None, None
    return "on_hold" if held else "overdue", None, None


def ask(demo: Path, statement: str) -> dict[int, sqlite3.Row]:
    """Rows of the public database by their request, which has one at most."""
    with closing(sqlite3.connect(demo / "public.db")) as public:
        public.row_factory = sqlite3.Row
        told = public.execute(statement).fetchall()
    assert len({row["request_id"] for row in told}) == len(told)
    return {row["request_id"]: row for row in told}


@pytest.fixture(scope="module")
def rows(demo: Path) -> dict[int, sqlite3.Row]:
    return ask(demo, "SELECT * FROM clocks")


def test_each_request_falls_in_the_line_that_was_planted(rows: dict[int, sqlite3.Row]) -> None:
    compared: Counter[str] = Counter()
    wrong = []
    for request in planted():
        row = rows.get(request["id"])
        if row is None:
            continue
        line, answered, days = expected(request)
        compared[line] += 1
        got = (row["timing"], row["answered_on"] and date.fromisoformat(row["answered_on"]), row["working_days"])
        if row["school"] and line == "late":
            continue
        if got != (line, answered, days):
            wrong.append((request["id"], got, (line, answered, days)))
    assert compared["in_time"] > 100
    assert compared["late"] > 20
    assert compared["permitted_extension"] >= 4
    assert compared["overdue"] >= 3
    assert wrong == []


def review_of(request: Request) -> tuple[date, date | None, str] | None:
    """When a review was asked for and decided, and what it changed, as planted; None where there was none."""
    asked = [event for event in request["events"] if event["described_state"] == "internal_review" and event["message"]]
    if not asked:
        return None
    for message in request["messages"]:
        for letter in [message["letter"], *(file["letter"] for file in message["attachments"])]:
            if letter and letter["kind"] == "internal_review_outcome":
                in_part = letter["outcome"] == "review_overturned" and letter["relied_on"]
                outcome = {"review_upheld": "upheld", "review_overturned": "overturned"}[letter["outcome"]]
                return day(asked[0]["created_at"]), day(message["sent_at"]), "upheld_in_part" if in_part else outcome
    return day(asked[0]["created_at"]), None, "open"


def test_each_review_is_found_with_its_days_and_what_it_changed(demo: Path) -> None:
    found = ask(demo, "SELECT * FROM reviews")
    published = ask(demo, "SELECT id AS request_id FROM requests")
    compared = 0
    for request in planted():
        if request["id"] not in published:
            continue
        told, row = review_of(request), found.get(request["id"])
        assert (told is None) == (row is None), request["id"]
        if told is None or row is None:
            continue
        compared += 1
        asked, decided, outcome = told
        assert (row["asked_on"], row["decided_on"]) == (str(asked), decided and str(decided))
        assert row["outcome"] == outcome, request["id"]
        assert row["working_days"] == (working_days(asked, decided, row["regime"]) if decided else None)
    assert compared > 15


def test_first_answers_say_what_was_planted(demo: Path) -> None:
    found = ask(demo, "SELECT id AS request_id, initial_outcome FROM requests")
    compared = wrong = 0
    for request in planted():
        letters = (
            letter
            for message in request["messages"]
            for letter in [message["letter"], *(file["letter"] for file in message["attachments"])]
            if letter and letter["kind"] in ANSWERS
        )
        first = next(letters, None)
        if first is not None and request["id"] in found:
            compared += 1
            wrong += found[request["id"]]["initial_outcome"] != first["outcome"]
    assert compared > 200
    assert wrong / compared < 0.02
