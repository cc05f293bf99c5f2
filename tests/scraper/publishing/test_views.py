"""Figures, and the way from a figure to the sentence."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from scraper.publishing.schema.model import View
from scraper.publishing.schema.whole import VIEWS
from tests.scraper.publishing.archives import AUTHORITY, Seeds, refused
from tests.scraper.publishing.conftest import Query

Published = Callable[..., Query]


@pytest.fixture
def used(seeds: Seeds) -> Seeds:
    """Two refusals on section 40(2), one of them with other grounds, roles and mentions."""
    seeds.authority(tags=("council",))
    refused(seeds, 7)
    refused(seeds, 8)
    pages = [
        "Section 40(3A)(a) again, section 40(2) again. Section 12(1) applies. We neither confirm nor deny: 31(3).",
        "Section 21 may apply. Article 6(1)(f) is not met. Section 17 notice. Zz 99 of the Act.",
    ]
    seeds.attachment(1, "incoming-82", seeds.document(pages))
    seeds.reading(
        "attachment-1",
        "incoming-82",
        pages,
        8,
        letter_date="2025-04-02",
        citations=[
            ("FOIA", "40(3A)(a)", "relied_on", "Section 40(3A)(a)"),
            ("FOIA", "40(2)", "relied_on", "section 40(2)"),
            ("FOIA", "12(1)", "relied_on", "Section 12(1)"),
            ("FOIA", "31(3)", "relied_on_ncnd", "31(3)"),
            ("FOIA", "21", "possible_future", "Section 21"),
            ("FOIA", "17", "relied_on", "Section 17"),
            ("unknown", "Zz 99", "relied_on", "Zz 99"),
        ],
    )
    return seeds


def test_handing_over_to_the_environmental_regulations_is_no_ground_beside_them(
    seeds: Seeds, published: Published
) -> None:
    seeds.authority(tags=("council",))
    refused(seeds, 7)
    text = "Section 39(1)(a) of the Act applies, so we answer under the Regulations. Regulation 12(5)(e) applies."
    seeds.attachment(1, "incoming-72", seeds.document([text]))
    citations = [("FOIA", "39(1)(a)", "relied_on", "Section 39(1)(a)"), ("EIR", "12(5)(e)", "relied_on", "12(5)(e)")]
    seeds.reading("attachment-1", "incoming-72", [text], 7, letter_date="2025-04-02", citations=citations)
    grounds = published()("SELECT regime, provision FROM exemption_use ORDER BY regime, provision")
    assert grounds == [("EIR", "12(5)(e)"), ("FOIA", "40(2)")]
    assert published()("SELECT relied_on FROM citations WHERE provision = '39(1)(a)'") == [(1,)]


@pytest.mark.usefixtures("used")
def test_a_ground_is_counted_once_a_request(published: Published) -> None:
    rows = published()(
        "SELECT request_id, authority, year, regime, provision, section, kind, ncnd, citations, first_citation, quote"
        " FROM exemption_use ORDER BY request_id, section, provision"
    )
    assert rows == [
        (7, AUTHORITY, 2025, "FOIA", "40(2)", "40", "exemption", 0, 1, "incoming-72/citation/1", "section 40(2)"),
        (8, AUTHORITY, 2025, "FOIA", "12(1)", "12", "cost_limit", 0, 1, "attachment-1/citation/3", "Section 12(1)"),
        (8, AUTHORITY, 2025, "FOIA", "31(3)", "31", "ncnd", 1, 1, "attachment-1/citation/4", "31(3)"),
        (8, AUTHORITY, 2025, "FOIA", "40(2)", "40", "exemption", 0, 3, "incoming-82/citation/1", "section 40(2)"),
    ]


@pytest.mark.usefixtures("used")
def test_every_figure_leads_to_its_sentence(published: Published) -> None:
    ask = published()
    lost = ask(
        "SELECT first_citation FROM exemption_use AS u JOIN citations AS c ON c.id = u.first_citation"
        " JOIN messages AS m ON m.id = c.message_id LEFT JOIN pages AS p ON p.attachment_id = c.attachment_id"
        ' AND p.number = c.page WHERE substr(coalesce(p.text, m.text), c.start + 1, c."end" - c.start) <> u.quote'
    )
    assert lost == []
    assert ask("SELECT count(*) FROM exemption_use WHERE first_citation NOT IN (SELECT id FROM citations)") == [(0,)]


def test_what_a_requester_cites_is_not_relied_on(seeds: Seeds, published: Published) -> None:
    seeds.authority()
    seeds.request()
    text = "You relied on section 40(2)."
    seeds.message("outgoing-1", text=text)
    seeds.reading("outgoing-1", "outgoing-1", [text], citations=[("FOIA", "40(2)", "relied_on", "section 40(2)")])
    ask = published()
    assert ask("SELECT role, relied_on, counted FROM citations") == [("relied_on", 0, 0)]
    assert ask("SELECT letters_read FROM requests") == [(0,)]


@pytest.mark.usefixtures("used")
def test_a_citation_counts_under_the_version_of_its_day(published: Published) -> None:
    ask = published()
    assert ask(
        "SELECT provision, counted_provision, provision_id FROM citations WHERE section = '40' AND page = 1"
    ) == [
        ("40(2)", "40(2)", "FOIA 40(2)"),
        ("40(2)", "40(2)", "FOIA 40(2)"),
        ("40(3A)(a)", "40(2)", "FOIA 40(2)"),
        ("40(2)", "40(2)", "FOIA 40(2)"),
    ]
    assert ask("SELECT section, provision_id FROM citations WHERE regime = 'unknown'") == [(None, None)]


@pytest.mark.usefixtures("used")
def test_shares_stand_beside_their_denominators(published: Published) -> None:
    rows = published()(
        "SELECT authority, year, provision, requests, requests_read, percent_of_read, requests_fetched, known, fetched"
        " FROM exemptions_by_authority_year ORDER BY requests DESC, provision"
    )
    assert rows == [
        (AUTHORITY, 2025, "40(2)", 2, 2, 100.0, 2, 9, 2),
        (AUTHORITY, 2025, "12(1)", 1, 2, 50.0, 2, 9, 2),
        (AUTHORITY, 2025, "31(3)", 1, 2, 50.0, 2, 9, 2),
    ]


def test_response_times_say_what_is_not_known(used: Seeds, published: Published) -> None:
    used.request(9)
    used.event("sent", "outgoing-91", request=9)
    used.message("incoming-92", request=9)
    rows = published()(
        "SELECT year, requests, answered, in_time, late, not_known, percent_in_time, mean_working_days, fetched"
        " FROM response_times"
    )
    assert rows == [(2025, 3, 2, 0, 2, 1, 0.0, 22.0, 3)]


@pytest.mark.usefixtures("used")
@pytest.mark.parametrize("view", [one for one in VIEWS if not one.hidden], ids=lambda view: view.name)
def test_views_read_no_table_from_end_to_end_that_grows_with_letters(
    published: Published, public: Path, view: View
) -> None:
    published()
    with sqlite3.connect(public) as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN SELECT * FROM {view.name}").fetchall()  # noqa: S608 - names of the schema
    connection.close()
    scans = [step for *_, step in plan if step.startswith("SCAN") and "INDEX" not in step]
    assert [step for step in scans if any(table in step for table in ("SCAN c", "SCAN r", "SCAN m"))] == []
