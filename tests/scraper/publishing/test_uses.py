"""The summary tables of the pages of authorities and provisions, against the rows that they add up."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.data.threads import sample


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path: Path = sample().write(tmp_path_factory.mktemp("public") / "public.db")
    connection = sqlite3.connect(path)
    yield connection
    connection.close()


def one(public: sqlite3.Connection, sql: str) -> Any:
    return public.execute(sql).fetchone()


def test_each_ground_counted_is_in_the_summary_once(public: sqlite3.Connection) -> None:
    counted = one(public, "SELECT count(*) FROM citations WHERE counted = 1")
    assert one(public, "SELECT sum(exactly) FROM provision_use") == counted
    assert one(public, "SELECT sum(exactly) FROM authority_provisions") == counted
    assert one(public, "SELECT count(*) FROM provision_use WHERE exactly > requests") == (0,)


def test_a_section_counts_a_request_once_however_many_of_its_parts_are_relied_on(public: sqlite3.Connection) -> None:
    query = """
      SELECT count(DISTINCT c.request_id) FROM citations AS c JOIN provisions AS p ON p.id = c.provision_id
      WHERE c.counted = 1 AND c.counted_regime = 'FOIA' AND p.section = ?"""
    for section in ("40", "36", "12", "31"):
        (expected,) = public.execute(query, [section]).fetchone()
        found = "SELECT sum(requests) FROM provision_use WHERE regime = 'FOIA' AND provision = ?"
        assert public.execute(found, [section]).fetchone() == (expected,), section


def test_a_support_that_counts_as_another_ground_is_named_and_not_counted(public: sqlite3.Connection) -> None:
    assert one(public, "SELECT requests, named FROM provision_use WHERE regime = 'UKGDPR' AND provision = '6'") == (
        0,
        1,
    )


def test_each_reply_has_one_sentence_at_every_level(public: sqlite3.Connection) -> None:
    replies = public.execute(
        "SELECT provision, citation_id, sent_on, mentions FROM provision_replies"
        " WHERE regime = 'FOIA' AND provision LIKE '40%' AND authority_id = 1 ORDER BY 1"
    ).fetchall()
    assert replies == [(level, "attachment-1/citation/1", "2023-04-12", 2) for level in ("40", "40(2)")]
    assert one(public, "SELECT count(*) FROM provision_replies AS q JOIN citations AS c ON c.id = q.citation_id"
                       " WHERE c.relied_on = 0") == (0,)  # fmt: skip


def test_a_reply_is_shown_by_a_sentence_and_not_by_a_heading_that_stands_above_it(tmp_path: Path) -> None:
    made = sample()
    cited = [row for row in made.tables["citations"] if row["source"] == "attachment-1" and row["relied_on"]]
    heading, sentence = (row for row in cited if row["provision"] == "40(2)")
    heading |= {"role_rule": "heading_in_a_refusal"}
    with closing(sqlite3.connect(made.write(tmp_path / "public.db"))) as public:
        shown = "SELECT citation_id FROM provision_replies WHERE provision = '40(2)' AND citation_id GLOB ?"
        assert public.execute(shown, ["attachment-1/*"]).fetchone() == (sentence["id"],)


def test_the_years_of_an_authority_add_up_to_its_requests(public: sqlite3.Connection) -> None:
    for table in ("authority_times", "authority_outcomes"):
        wrong = f"""
          SELECT a.id FROM authorities AS a
          WHERE a.request_count <> coalesce((SELECT sum(requests) FROM {table} WHERE authority_id = a.id), 0)"""  # noqa: S608 - a name of ours
        assert public.execute(wrong).fetchall() == [], table
    columns = "in_time + permitted_extension + late + overdue + open + on_hold + not_known"
    assert one(public, f"SELECT count(*) FROM authority_times WHERE requests <> {columns}") == (0,)  # noqa: S608 - ours
    assert one(public, "SELECT sum(requests), sum(requests_read) FROM law_years") == one(
        public, "SELECT count(*), sum(letters_read > 0) FROM requests"
    )
