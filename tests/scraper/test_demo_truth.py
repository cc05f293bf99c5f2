"""The demo from end to end: what its archive says of each letter, beside what the stand-in wrote into it."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from scraper.standin.truth import truth_of_all
from scraper.standin.world import World

pytestmark = pytest.mark.long

Letters = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def truth() -> Letters:
    """What every letter that a visitor gets truly says, by the id of its message or attachment."""
    return dict(_letters(World()))


def _letters(world: World) -> Iterator[tuple[str, dict[str, Any]]]:
    told: Any = truth_of_all(world.requests)
    for request in told.values():
        for message in request["messages"]:
            for source in [message, *message["attachments"]]:
                if message["direction"] == "incoming" and source.get("letter"):
                    yield source["id"], source["letter"]


@pytest.fixture(scope="module")
def readings(demo: Path) -> dict[str, sqlite3.Row]:
    with closing(sqlite3.connect(demo / "archive" / "archive.db")) as archive:
        archive.row_factory = sqlite3.Row
        return {row["source"]: row for row in archive.execute("SELECT * FROM readings")}


@pytest.fixture(scope="module")
def relied_on(demo: Path) -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    with closing(sqlite3.connect(demo / "archive" / "archive.db")) as archive:
        rows = archive.execute(
            "SELECT source, regime, provision FROM citations WHERE role IN ('relied_on', 'relied_on_ncnd')"
        )
        for source, regime, provision in rows:
            found.setdefault(source, set()).add((regime, provision))
    return found


def test_nearly_all_letters_are_there_to_compare(truth: Letters, readings: dict[str, sqlite3.Row]) -> None:
    assert len(truth.keys() & readings.keys()) > 500


def test_what_an_authority_relies_on_is_found_and_nothing_else(
    truth: Letters, readings: dict[str, sqlite3.Row], relied_on: dict[str, set[tuple[str, str]]]
) -> None:
    hits = missed = spurious = 0
    for source in truth.keys() & readings.keys():
        wanted = {(regime, provision) for regime, provision in truth[source]["relied_on"]}
        beside = {(regime, provision) for regime, provision in truth[source]["supporting"]}
        got = relied_on.get(source, set()) - beside
        hits += len(wanted & got)
        missed += len(wanted - got)
        # A shallower form of what is wanted is neither a hit nor a mistake.
        spurious += sum(1 for one in got - wanted if not any(_above(one, deeper) for deeper in wanted))
    assert hits > 200
    assert hits / (hits + missed) >= 0.98
    assert hits / (hits + spurious) >= 0.96


def _above(short: tuple[str, str], deep: tuple[str, str]) -> bool:
    return short[0] == deep[0] and deep[1].startswith(f"{short[1]}(")


@pytest.mark.parametrize(("column", "least"), [("kind", 0.95), ("outcome", 0.95), ("letter_date", 0.98)])
def test_each_letter_is_taken_for_what_it_is(
    truth: Letters, readings: dict[str, sqlite3.Row], column: str, least: float
) -> None:
    both = truth.keys() & readings.keys()
    wrong = [(source, truth[source][column]) for source in both if readings[source][column] != truth[source][column]]
    assert 1 - len(wrong) / len(both) >= least, wrong


def test_the_odd_event_type_is_kept_and_counted_and_nothing_is_left_unread(demo: Path) -> None:
    with closing(sqlite3.connect(demo / "archive" / "archive.db")) as archive:
        counts = [json.loads(row[0]) for row in archive.execute("SELECT counts FROM runs WHERE command = 'crawl'")]
    assert sum(count.get("unknown_values", 0) for count in counts) == 1
    assert [name for count in counts for name in count if name.startswith("unexplained")] == []
