"""Families found again after some requests have changed are those that would be found among all."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from scraper.publishing.families import renewed
from scraper.publishing.families.grouping import family_rows
from scraper.publishing.families.likened import likened_rows
from scraper.publishing.families.shared import shared
from scraper.publishing.schema import whole
from scraper.publishing.schema.columns import INSERTS, values
from scraper.publishing.schema.model import create_table

_WORDS = [f"w{number}ord" for number in range(400)]
_PLAIN = """
CREATE TABLE requests (id INTEGER PRIMARY KEY, title TEXT);
CREATE TABLE messages (id TEXT PRIMARY KEY, text TEXT);
CREATE TABLE pages (id TEXT PRIMARY KEY, text TEXT);
CREATE TABLE authorities (id INTEGER PRIMARY KEY, name TEXT, short_name TEXT);
"""
_TABLES = ("families", "family_members", "family_texts")
Letter = dict[str, Any]


@pytest.fixture
def public() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(_PLAIN)
        for name in _TABLES:
            connection.execute(create_table(whole.table(name)))
        yield connection


def _write(connection: sqlite3.Connection, number: int, letter: Letter | None) -> None:
    connection.execute("DELETE FROM requests WHERE id = ?", [number])
    connection.execute("DELETE FROM messages WHERE id = ?", [f"outgoing-{number}"])
    connection.execute("DELETE FROM family_texts WHERE request_id = ?", [number])
    if letter is None:
        return
    connection.execute("INSERT INTO requests VALUES (?, ?)", [number, letter["title"]])
    connection.execute("INSERT INTO messages VALUES (?, ?)", [f"outgoing-{number}", letter["text"]])
    request = {"id": number, "authority_id": number % 7, "asked_on": letter["day"], "batch_id": letter["batch"]}
    message = {"id": f"outgoing-{number}", "kind": "initial_request", "text": letter["text"], "sent_at": None}
    rows = likened_rows({"requests": [request], "messages": [message], "citations": []}, ())
    connection.executemany(INSERTS["family_texts"], values("family_texts", rows))


def _find(connection: sqlite3.Connection) -> None:
    for family, members in family_rows(connection):
        connection.executemany(INSERTS["families"], values("families", [family]))
        connection.executemany(INSERTS["family_members"], values("family_members", members))


def _letter(chance: random.Random) -> Letter:
    """One of a few letters with some words changed: some are alike, and some only like others that are."""
    start = 30 * chance.randrange(3)
    words = _WORDS[start : start + 60]
    for _ in range(chance.choice((0, 0, 1, 2, 4, 8, 16))):
        words[chance.randrange(60)] = chance.choice(_WORDS)
    batch = chance.choice((None, None, None, None, 3, 4))
    day = chance.choice(("2024-03-01", "2024-03-02", "2025-06-01", None))
    return {"title": chance.choice("ABC"), "text": " ".join(words), "batch": batch, "day": day}


def _all(connection: sqlite3.Connection) -> list[Any]:
    return [connection.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in _TABLES]  # noqa: S608 - names of the schema


@pytest.mark.parametrize("seed", range(4))
def test_what_a_change_reaches_is_found_again_and_nothing_else_changes(public: sqlite3.Connection, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - any will do
    for number in range(40):
        _write(public, number, _letter(chance))
    _find(public)
    for _ in range(8):
        changed = chance.sample(range(44), 3)
        renewed.keep(public, changed)
        for number in changed:
            _write(public, number, chance.choice((None, _letter(chance), _letter(chance))))
        _find(public)
        after = _all(public)
        public.execute("DELETE FROM families")
        public.execute("DELETE FROM family_members")
        _find(public)
        assert after == _all(public)
        assert len(after[0]) > 1
    assert not public.execute("SELECT name FROM temp.sqlite_master").fetchall()


def test_a_family_that_no_change_reaches_stays_where_it_is(public: sqlite3.Connection) -> None:
    for number in range(8):
        text = " ".join(_WORDS[60 * (number % 2) :][:60])
        _write(public, number, {"title": "A", "text": text, "batch": None, "day": "2024-03-01"})
    _find(public)
    public.execute("UPDATE families SET title = 'as it was'")
    renewed.keep(public, [2])
    _write(public, 2, None)
    _find(public)
    assert public.execute("SELECT id, size, title FROM families ORDER BY id").fetchall() == [
        ("round-robin-0", 3, "A"),
        ("round-robin-1", 4, "as it was"),
    ]


def test_every_band_of_two_texts_is_told_with_both() -> None:
    chance = random.Random(7)  # noqa: S311 - any will do
    texts = {node: tuple(chance.randrange(1 << 63) for _ in range(12)) for node in range(1, 400)}
    texts[17] = (texts[3][4], *texts[17][1:])
    told = list(shared(texts.items, len(texts), also=[texts[9][0]]))
    assert {(texts[3][4], 3), (texts[3][4], 17), (texts[9][0], 9)} <= {*told}
    assert len(told) < 12 * len(texts) / 4, "hardly any of the others"
