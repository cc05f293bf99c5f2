"""What is added up when the database is made, beside the rows that it is added up from."""

from collections.abc import Callable

import pytest

from tests.scraper.publishing.archives import Seeds, refused
from tests.scraper.publishing.conftest import Query

Published = Callable[..., Query]


@pytest.fixture
def answered(seeds: Seeds) -> Seeds:
    """Two authorities: of the first two refusals with several grounds, of the second one that is not held."""
    seeds.authority(tags=("local_council", "borough"))
    seeds.authority(2, tags=("nhs", "scotland"))
    refused(seeds, 7)
    refused(seeds, 8)
    text = "Sections 40(3A)(a), 31(1)(a) and 31(1)(b) apply. Section 12(1) applies. We do not say: 30(3)."
    seeds.attachment(1, "incoming-82", seeds.document([text]))
    citations = [
        ("FOIA", "40(3A)(a)", "relied_on", "40(3A)(a)"),
        ("FOIA", "31(1)(a)", "relied_on", "31(1)(a)"),
        ("FOIA", "31(1)(b)", "relied_on", "31(1)(b)"),
        ("FOIA", "12(1)", "relied_on", "12(1)"),
        ("FOIA", "30(3)", "relied_on_ncnd", "30(3)"),
    ]
    seeds.reading("attachment-1", "incoming-82", [text], 8, citations=citations)
    seeds.request(9, authority=2)
    seeds.event("sent", "outgoing-91", request=9, created_at="2024-02-05T10:00:00+00:00")
    seeds.message("incoming-92", request=9, text="We hold nothing.", sent_at="2024-02-12T10:00:00+00:00")
    seeds.reading("incoming-92", "incoming-92", ["We hold nothing."], 9, kind="response", outcome="not_held")
    return seeds


@pytest.mark.usefixtures("answered")
def test_a_request_counts_once_for_a_section_however_many_of_its_parts_are_named(published: Published) -> None:
    ask = published()
    assert ask("SELECT section, requests, ncnd FROM section_years ORDER BY cast(section AS integer)") == [
        ("12", 1, 0), ("30", 1, 1), ("31", 1, 0), ("40", 2, 0),
    ]  # fmt: skip
    assert ask("SELECT provision, requests FROM provision_years WHERE provision LIKE '31%' ORDER BY 1") == [
        ("31(1)(a)", 1),
        ("31(1)(b)", 1),
    ]


@pytest.mark.usefixtures("answered")
def test_kinds_of_refusal_are_kept_apart(published: Published) -> None:
    rows = published()(
        "SELECT year, sector, nation, exemption, cost_limit, vexatious, repeated, ncnd, not_held, any_ground,"
        " requests_read, requests_fetched, known FROM refusal_grounds ORDER BY year"
    )
    assert rows == [
        (2024, "health", "scotland", 0, 0, 0, 0, 0, 1, 0, 1, 1, 9),
        (2025, "local_government", "uk", 2, 1, 0, 0, 1, 0, 2, 2, 2, 9),
    ]


@pytest.mark.usefixtures("answered")
def test_sectors_are_sums_of_their_authorities_beside_all_of_their_requests(published: Published) -> None:
    rows = published()(
        "SELECT sector, year, section, title, requests, requests_read, percent_of_read, authorities"
        " FROM exemptions_by_sector_year WHERE section = '40'"
    )
    assert rows == [("local_government", 2025, "40", "Personal information", 2, 2, 100.0, 1)]


@pytest.mark.usefixtures("answered")
def test_grounds_relied_on_together_are_one_combination(published: Published) -> None:
    rows = published()("SELECT grounds, sections, requests, of_requests, example FROM combinations ORDER BY sections")
    assert rows == [
        ("FOIA 40", 1, 1, 2, 7),
        ("FOIA 12 + FOIA 30 + FOIA 31 + FOIA 40", 4, 1, 2, 8),
    ]


def test_a_ground_counts_in_every_way_in_which_it_is_relied_on_and_not_as_its_first_mention_alone(
    seeds: Seeds, published: Published
) -> None:
    seeds.authority()
    for number, ways in ((7, ("relied_on_ncnd", "relied_on")), (8, ("relied_on", "relied_on_ncnd"))):
        text = "Section 31 applies to the first part. Section 31 stops us from saying more."
        seeds.request(number)
        seeds.event("sent", f"outgoing-{number}1", request=number)
        seeds.message(f"incoming-{number}2", request=number, text=text, sent_at="2025-03-20T10:00:00+00:00")
        quotes = ("Section 31 applies", "Section 31 stops")
        citations = [("FOIA", "31", way, quote) for way, quote in zip(ways, quotes, strict=True)]
        seeds.reading(f"incoming-{number}2", f"incoming-{number}2", [text], number, citations=citations)
    ask = published()
    assert ask("SELECT requests, ncnd FROM section_years") == [(2, 2)]
    assert ask("SELECT any_ground, exemption, ncnd FROM refusal_years") == [(2, 2, 2)]


def test_nothing_held_stays_so_where_a_review_upholds_it(seeds: Seeds, published: Published) -> None:
    seeds.authority()
    seeds.request(7)
    seeds.event("sent", "outgoing-71")
    for number, (kind, outcome) in enumerate((("response", "not_held"), ("internal_review_outcome", "review_upheld"))):
        name, text = f"incoming-{72 + number}", f"Letter {number}: we hold nothing."
        seeds.message(name, position=2 + number, text=text, sent_at=f"2025-03-2{number}T10:00:00+00:00")
        seeds.reading(name, name, [text], kind=kind, outcome=outcome)
    ask = published()
    assert ask("SELECT outcome, outcome_class FROM requests") == [("review_upheld", "not_held")]
    assert ask("SELECT not_held FROM refusal_years") == [(1,)]
