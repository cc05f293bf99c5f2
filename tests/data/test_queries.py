"""The canned queries answer rightly on the sample: every figure here was counted by hand from tests/data/threads.py."""

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.data.canned import LOOSE
from tests.data.conftest import SITE, Site, words


def picked(rows: list[dict[str, Any]], *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in rows]


def test_most_relied_on(site: Site) -> None:
    rows = site.rows("most-relied-on")
    assert picked(rows, "year", "provision", "requests", "requests_read", "percent_of_read", "in_archive") == [
        (2024, "FOIA 23", 1, 4, 25.0, 5), (2024, "FOIA 24", 1, 4, 25.0, 5), (2024, "FOIA 31", 1, 4, 25.0, 5),
        (2024, "FOIA 43", 1, 4, 25.0, 5), (2024, "FOISA 12", 1, 1, 100.0, 1),
        (2023, "FOIA 40", 2, 3, 66.7, 3), (2023, "FOIA 12", 1, 3, 33.3, 3), (2023, "FOIA 36", 1, 3, 33.3, 3),
        (2023, "FOISA 38", 1, 1, 100.0, 1),
    ]  # fmt: skip
    assert {row["coverage_percent"] for row in rows} == {3.6}


def test_most_relied_on_of_one_authority_and_law(site: Site) -> None:
    rows = site.rows("most-relied-on", authority="ashwick", year="2023")
    assert picked(rows, "authority", "provision", "requests", "requests_read") == [
        ("ashwick", "FOIA 12", 1, 2),
        ("ashwick", "FOIA 40", 1, 2),
    ]
    assert rows[0]["coverage_percent"] == 10.0
    assert {row["provision"] for row in site.rows("most-relied-on", law="foisa")} == {"FOISA 12", "FOISA 38"}
    assert site.rows("most-relied-on", authority="nobody") == []


def test_replies_relying_on_a_provision(site: Site) -> None:
    rows = site.rows("relying-on")
    assert picked(rows, "sent_on", "authority", "provision", "citation", "mentions", "request_id") == [
        ("2023-06-29", "Department for Weights and Measures", "FOIA 40(2)", "incoming-8/citation/2", 2, 201),
        ("2023-04-12", "Ashwick Borough Council", "FOIA 40(2)", "attachment-1/citation/1", 2, 101),
    ]
    assert "because they are exempt under section 40(2) of the Act. We thought" in rows[1]["sentence"]
    assert rows[0]["quote"] == "under section 40(2)"


@pytest.mark.parametrize(
    ("provision", "citations"),
    [
        ("FOIA 36", ["incoming-8/citation/1"]),
        ("foia 36(2)", ["incoming-8/citation/1"]),
        ("36(2)(b)", ["incoming-8/citation/1"]),
        ("FOIA s.36(2)(b)", ["incoming-8/citation/1"]),
        ("FOIA 3", []),
        ("FOIA 36(2)(bb)", []),
        ("FOISA 38", ["incoming-15/citation/1"]),
        ("UKGDPR 6", ["incoming-8/citation/3"]),
        ("FOIA 43", ["incoming-21/citation/2"]),
        ("nonsense", []),
    ],
)
def test_a_provision_may_be_named_as_people_do(site: Site, provision: str, citations: list[str]) -> None:
    assert [row["citation"] for row in site.rows("relying-on", provision=provision)] == citations


def test_a_provision_may_be_taken_without_its_parts(site: Site) -> None:
    assert len(site.rows("relying-on", provision="FOIA 40")) == 2
    assert site.rows("relying-on", provision="FOIA 40", exactly="yes") == []
    assert len(site.rows("relying-on", provision="FOIA 40(2)", exactly="yes")) == 2


def test_replies_are_narrowed_by_year_and_authority(site: Site) -> None:
    assert len(site.rows("relying-on", provision="FOIA 40", year="2023")) == 2
    assert site.rows("relying-on", provision="FOIA 40", year="2024") == []
    rows = site.rows("relying-on", provision="FOIA 40", authority="Ashwick Borough Council")
    assert [row["request_id"] for row in rows] == [101]


def test_refusals_on_cost(site: Site) -> None:
    columns = ("authority", "provision", "refused_on_cost", "requests_read", "percent_of_read", "in_archive", "known")
    assert picked(site.rows("refused-on-cost", **LOOSE), *columns) == [
        ("all authorities", None, 2, 9, 22.2, 10, None),
        ("Glenmarrow Council", "FOISA 12", 1, 2, 50.0, 2, 10),
        ("Ashwick Borough Council", "FOIA 12", 1, 4, 25.0, 4, 40),
        ("Department for Weights and Measures", None, 0, 2, 0.0, 3, 200),
        ("Brookfen Constabulary", None, 0, 1, 0.0, 1, None),
    ]
    assert picked(site.rows("refused-on-cost"), "authority") == [("all authorities",)]
    assert picked(site.rows("refused-on-cost", min_requests="3"), "authority")[1:] == [("Ashwick Borough Council",)]
    assert picked(site.rows("refused-on-cost", authority="glenmarrow"), "authority", "refused_on_cost") == [
        ("all authorities", 2),
        ("Glenmarrow Council", 1),
    ]
    assert picked(site.rows("refused-on-cost", year="2023", **LOOSE), "authority", "refused_on_cost")[:2] == [
        ("all authorities", 1),
        ("Ashwick Borough Council", 1),
    ]


def test_neither_confirm_nor_deny(site: Site) -> None:
    rows = site.rows("neither-confirm-nor-deny")
    assert picked(rows, "authority", "provision", "requests", "requests_read", "example") == [
        ("all authorities", None, 2, 9, "incoming-12/citation/1"),
        ("Brookfen Constabulary", None, 1, 1, "incoming-19"),
        ("Department for Weights and Measures", "FOIA 23(5)", 1, 2, "incoming-12/citation/1"),
        ("Department for Weights and Measures", "FOIA 24(2)", 1, 2, "incoming-12/citation/2"),
    ]
    assert site.rows("neither-confirm-nor-deny", year="2023") == []


def test_response_times(site: Site) -> None:
    columns = ("authority", "requests", "answered", "in_time", "late", "never_answered", "not_known", "percent_late",
               "median_working_days", "slowest_working_days")  # fmt: skip
    assert picked(site.rows("response-times", **LOOSE), *columns) == [
        ("all authorities", 10, 8, 6, 3, 1, 1, 33.3, 19.0, 31),
        ("Department for Weights and Measures", 3, 2, 1, 2, 1, 0, 66.7, 25.5, 31),
        ("Ashwick Borough Council", 4, 3, 2, 1, 0, 1, 33.3, 19.0, 28),
        ("Glenmarrow Council", 2, 2, 2, 0, 0, 0, 0.0, 19.0, 19),
        ("Brookfen Constabulary", 1, 1, 1, 0, 0, 0, 0.0, 19.0, 19),
    ]
    assert picked(site.rows("response-times", year="2024", **LOOSE), *columns)[:2] == [
        ("all authorities", 6, 4, 3, 2, 1, 1, 40.0, 19.0, 31),
        ("Department for Weights and Measures", 2, 1, 0, 2, 1, 0, 100.0, 31.0, 31),
    ]
    assert picked(site.rows("response-times", min_requests="4"), "authority") == [("all authorities",)]
    asked_for = site.rows("response-times", authority="brookfen", min_requests="4")
    assert picked(asked_for, "authority", "requests") == [("all authorities", 10), ("Brookfen Constabulary", 1)]


def test_internal_reviews(site: Site) -> None:
    columns = (
        "authority",
        "reviews_asked_for",
        "decided",
        "upheld",
        "changed",
        "unclear",
        "percent_changed",
        "example",
    )
    assert picked(site.rows("internal-reviews"), *columns) == [
        ("all authorities", 1, 1, 0, 1, 0, 100.0, "incoming-10"),
        ("Department for Weights and Measures", 1, 1, 0, 1, 0, 100.0, "incoming-10"),
    ]
    assert site.rows("internal-reviews", year="2024") == []


def test_an_internal_review_leads_to_its_letter_and_to_the_reviews_one_by_one(site: Site) -> None:
    rows = site.get("/public/single_reviews.json?_shape=array&authority_id=2&year=2023").json()
    assert picked(rows, "review_id", "request_id", "outcome", "working_days", "example") == [
        ("request/201/review/1", 201, "overturned", 21, "incoming-10"),
    ]
    assert site.rows("internal-reviews", authority="ashwick", min_reviews="0") == []


def test_kinds_of_refusal_side_by_side(site: Site) -> None:
    columns = ("authority", "year", "exemption", "cost_limit", "vexatious", "repeated", "ncnd", "not_held",
               "any_ground", "requests_read")  # fmt: skip
    rows = site.rows("refusal-grounds", authority="brookfen")
    assert picked(rows, *columns) == [
        ("all of these", "all years", 0, 0, 0, 0, 1, 0, 0, 1),
        ("Brookfen Constabulary", 2024, 0, 0, 0, 0, 1, 0, 0, 1),
    ]
    (first, *_) = site.rows("refusal-grounds")
    assert picked([first], *columns) == [("all authorities", "all years", 4, 2, 0, 0, 2, 0, 7, 9)]


def test_a_nation_alone_has_its_own_first_row(site: Site) -> None:
    rows = site.rows("refusal-grounds", nation="scotland")
    assert picked(rows, "authority", "nation", "any_ground", "requests_read", "in_archive") == [
        ("all authorities", "scotland", 2, 2, 2),
        ("Glenmarrow Council", "scotland", 1, 1, 2),
        ("Glenmarrow Council", "scotland", 1, 1, 2),
    ]


def test_exemptions_by_sector(site: Site) -> None:
    rows = site.rows("exemptions-by-sector", provision="foia 40")
    columns = ("sector", "nation", "provision", "requests", "requests_read", "percent_of_read", "asked_authorities")
    assert picked(rows, *columns) == [
        ("central_government", "uk", "FOIA 40", 1, 2, 50.0, 1),
        ("local_government", "england", "FOIA 40", 1, 4, 25.0, 1),
    ]


def test_exemptions_by_law_and_nation(site: Site) -> None:
    found = {(row["nation"], row["provision"]) for row in site.rows("exemptions-by-sector", law="foisa", year="2024")}
    assert found == {("scotland", "FOISA 12")}
    assert {row["nation"] for row in site.rows("exemptions-by-sector", nation="England")} == {"england"}


def test_grounds_relied_on_together(site: Site) -> None:
    rows = site.rows("combinations")
    assert picked(rows, "grounds", "requests", "of_requests") == [
        ("FOIA 23 + FOIA 24", 1, 7),
        ("FOIA 31 + FOIA 43", 1, 7),
        ("FOIA 36 + FOIA 40", 1, 7),
    ]
    assert picked(site.rows("combinations", provision="FOIA 4", alone="yes"), "grounds") == []


def test_more_time_for_the_public_interest(site: Site) -> None:
    columns = ("authority", "extension", "provision", "extra_working_days", "extended", "of_requests")
    assert picked(site.rows("public-interest-delays"), *columns) == [
        ("Department for Weights and Measures", "public_interest", "FOIA 24(1)", 11, 1, 3),
    ]


def test_section_36_says_whose_opinion(site: Site) -> None:
    rows = site.rows("qualified-person")
    assert picked(rows, "authority", "parts_of_36", "of_requests", "request_id") == [
        ("Department for Weights and Measures", "36(2)(b)", 1, 201),
    ]


def test_the_same_request_to_two_bodies(site: Site) -> None:
    rows = site.rows("same-request", words="DRAINS")
    assert picked(rows, "authority", "grounds", "of_requests") == [
        ("Ashwick Borough Council", "FOIA 12(1)", 2),
        ("Department for Weights and Measures", "FOIA 36(2)(b), FOIA 40(2)", 2),
    ]


def test_the_official_return_is_of_central_government_unless_asked_for(site: Site) -> None:
    assert {row["Government body"] for row in site.rows("official-return")} == {"Department for Weights and Measures"}
    assert len({row["Government body"] for row in site.rows("official-return", sector="all")}) == 3
    rows = site.rows("scottish-return", year="2024")
    assert picked(rows, "Quarter", "FOISA requests") == [("Q1 2024", 1)]


def test_appeals_stand_beside_use_with_their_source(site: Site) -> None:
    rows = site.rows("worth-appealing", published="yes")
    assert picked(rows, "provision", "requests", "upheld_by_commissioner_percent")[0] == ("FOIA 43", 1, 47.0)
    assert all(row["source_page"].startswith("https://") and row["period"] for row in rows)


def test_a_figure_is_followed_to_its_sentence_and_its_source_in_two_clicks(site: Site) -> None:
    page = site.page("/public/most-relied-on?authority=Ashwick+Borough+Council&year=2023")
    figure = next(one for one in page.cssselect("td a") if words(one) == "FOIA s.40")
    replies = site.page(figure.get("href"))
    assert words(replies.cssselect("td.words mark")[0]) == "exempt under section 40(2)"
    assert replies.cssselect("td a[rel]")[0].get("href").startswith("https://source.invalid/")
    sentence = next(one for one in replies.cssselect("td a") if words(one) == "read it in the letter")
    thread = site.page(sentence.get("href"))
    assert thread.cssselect("#citation-attachment-1-1")


def test_the_home_page_counts_as_the_query_does(site: Site) -> None:
    page = site.page("/")
    shown = [
        (words(row.cssselect("th a")[0]), *map(words, row.cssselect("td.number")))
        for row in page.cssselect(".grounds tbody tr")
    ]
    assert shown[:2] == [("FOIA s.40", "2 of 7", "28.6%"), ("FOIA s.12", "1 of 7", "14.3%")]
    assert ("FOISA s.38", "1 of 2", "50.0%") in shown
    for row in page.cssselect(".grounds tbody th a"):
        assert len(site.page(row.get("href")).cssselect("tbody tr")) >= 1


@pytest.mark.parametrize(
    "name",
    [path.stem.split("-", 1)[1] for path in sorted((SITE / "queries").glob("*.sql")) if ":auth" in path.read_text()],
)
def test_the_whole_name_of_an_authority_names_no_other_that_holds_it(public: Path, tmp_path: Path, name: str) -> None:
    copy = shutil.copy(public, tmp_path / "public.db")
    source = next((SITE / "queries").glob(f"*-{name}.sql")).read_text(encoding="utf-8")
    given = dict.fromkeys(re.findall(r"^-- :(\w+)", source, re.MULTILINE), "")
    with closing(sqlite3.connect(copy)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("UPDATE authorities SET name = 'Council' WHERE id = 3")
        connection.execute("UPDATE authorities SET name = name || ' Council' WHERE id <> 3")
        for authority in ("Council", "council"):
            found = connection.execute(source, given | LOOSE | {"authority": authority}).fetchall()
            ids = {row["authority_id"] for row in found if "authority_id" in row.keys()}  # noqa: SIM118 - of SQLite
            assert ids <= {3, None}
        parts = connection.execute(source, given | LOOSE | {"authority": "ounci"}).fetchall()
        assert len(parts) >= len(found)
