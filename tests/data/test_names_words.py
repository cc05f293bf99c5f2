"""A question by a word that very many authorities have in their names is answered from what is added up already."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from scraper.publishing.metadata import read_query
from scraper.publishing.serve import SITE
from scraper.publishing.totals import names
from tests.data.threads import sample

SQL = read_query(SITE / "queries" / "01-most-relied-on.sql").sql


@pytest.fixture
def public(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[sqlite3.Connection]:
    """The sample, in which every word of a name is a common one."""
    monkeypatch.setattr(names, "MANY_NAMES", 1)
    with closing(sqlite3.connect(sample().write(tmp_path / "public.db"))) as connection:
        yield connection


def _words(public: sqlite3.Connection) -> list[str]:
    return [word for (word,) in public.execute("SELECT DISTINCT word FROM name_word_sections ORDER BY word")]


def _asked(public: sqlite3.Connection, authority: str, *, law: str = "", year: str = "") -> list[tuple[Any, ...]]:
    return public.execute(SQL, {"authority": authority, "law": law, "year": year}).fetchall()


def test_the_answer_by_a_common_word_is_the_same_as_by_adding_up(public: sqlite3.Connection) -> None:
    words = _words(public)
    asked = [*words, words[0].upper(), words[0][:2], ""]
    given = [{}, {"year": "2023"}, {"law": "foia"}, {"law": "EIR", "year": "2024"}]
    told = [_asked(public, word, **more) for word in asked for more in given]
    assert len(words) > 1
    assert all(told[place] for place in range(0, 4 * len(words), 4))
    public.executescript("DELETE FROM name_word_years; DELETE FROM name_word_sections")
    assert [_asked(public, word, **more) for word in asked for more in given] == told


def test_an_authority_that_is_called_by_the_word_alone_is_meant_alone(public: sqlite3.Connection) -> None:
    name, word = "Ashwick Borough Council", "council"
    own = [(row[0], *row[2:]) for row in _asked(public, name)]
    assert word in _words(public)
    public.execute("UPDATE authorities SET name = ? WHERE name = ?", [word.title(), name])
    assert [(row[0], *row[2:]) for row in _asked(public, word)] == own != []
