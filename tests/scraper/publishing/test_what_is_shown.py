"""What of a request gets across: its words, its facts where they stand, its pages, and links to the source."""

from collections.abc import Callable
from pathlib import Path

import pytest

from scraper.archive.database import Archive
from scraper.publishing.policy import Policy
from scraper.publishing.publish import publish
from tests.scraper.publishing.archives import AUTHORITY, CHECKED, REFUSAL, REQUESTER, Seeds
from tests.scraper.publishing.conftest import Query

Published = Callable[..., Query]


@pytest.mark.usefixtures("refusal")
def test_a_refusal_comes_out_with_its_words_and_without_its_people(published: Published) -> None:
    ask = published()
    (text,) = ask("SELECT text FROM messages WHERE id = 'incoming-72'")[0]
    assert text == (
        "Dear Mr [name]\n\n"
        "Our ref: FOI-2025-0117\n\n"
        "We are withholding the names under section 40(2) of the Act. "
        "Section 43(2) was considered but does not apply.\n"
        "Ring [name] on [telephone number] or write to [email address].\n\n"
        "Yours sincerely\n\n[name]\nInformation Officer\n"
    )
    assert ask("SELECT id, sender, kind FROM messages ORDER BY position") == [
        ("outgoing-71", "requester", "initial_request"),
        ("incoming-72", AUTHORITY, "refusal_notice"),
    ]


@pytest.mark.usefixtures("refusal")
def test_every_fact_stands_where_it_says_in_the_published_text(published: Published) -> None:
    ask = published()
    (text,) = ask("SELECT text FROM messages WHERE id = 'incoming-72'")[0]
    for table in ("citations", "letter_references", "signals"):
        found = ask(f'SELECT quote, start, "end" FROM {table}')  # noqa: S608 - names of this test
        assert found
        assert all(text[start:end] == quote for quote, start, end in found)
    assert [quote for quote, *_ in ask("SELECT quote FROM citations ORDER BY start")] == [
        "section 40(2)",
        "Section 43(2)",
    ]
    assert text.index("section 40(2)") != REFUSAL.index("section 40(2)"), "masking has moved it"


def test_a_quote_with_a_name_in_it_is_widened_to_the_mask(seeds: Seeds, published: Published) -> None:
    seeds.authority()
    seeds.request()
    text = "Ms Doe says section 40(2) applies."
    seeds.message("incoming-1", text=text)
    seeds.reading(
        "incoming-1", "incoming-1", [text], citations=[("FOIA", "40(2)", "relied_on", "oe says section 40(2) applies")]
    )
    assert published()('SELECT quote, start, "end" FROM citations') == [("[name] says section 40(2) applies", 3, 36)]


@pytest.mark.usefixtures("refusal")
def test_a_request_says_what_became_of_it(published: Published) -> None:
    row = published()(
        "SELECT regime, asked_on, year, answered_on, due_on, working_days_taken, late, outcome, outcome_source,"
        " outcome_reading, letters_read, described_state FROM requests"
    )
    assert row == [
        (
            "FOIA",
            "2025-03-03",
            2025,
            "2025-04-03",
            "2025-04-01",
            22,
            1,
            "withheld",
            "reading",
            "incoming-72",
            1,
            "rejected",
        )
    ]


def test_links_lead_to_the_source(refusal: Seeds, published: Published) -> None:
    refusal.insert("runs", id=1, command="crawl", started_at=CHECKED, arguments="{}")
    fetch = {"url": "http://127.0.0.1:8099/request/request_7?unfold=1", "status": 200, "page_kind": "request"}
    refusal.insert("fetches", run_id=1, fetched_at=CHECKED, headers="{}", **fetch)
    ask = published()
    assert ask("SELECT url FROM requests") == [("http://127.0.0.1:8099/request/request_7",)]
    assert ask("SELECT url FROM messages WHERE position = 2") == [
        ("http://127.0.0.1:8099/request/request_7#incoming-72",)
    ]
    assert published(Policy(site="https://example.org"))("SELECT url FROM authorities") == [
        ("https://example.org/body/body_1",)
    ]


def test_pages_of_a_letter_are_published_and_its_citations_placed_in_them(refusal: Seeds, published: Published) -> None:
    pages = ["Dear Mr Featherstone\n\nWe hold it.", "It is exempt under section 36(2)(b)(i).\n\nRegards\nJane Doe"]
    refusal.attachment(3, "incoming-72", refusal.document(pages), name="Letter to Zed Featherstone.pdf")
    refusal.reading(
        "attachment-3", "incoming-72", pages, citations=[("FOIA", "36(2)(b)(i)", "relied_on", "section 36(2)(b)(i)")]
    )
    ask = published()
    assert ask("SELECT id, text FROM pages") == [
        ("attachment-3/1", "Dear Mr [name]\n\nWe hold it."),
        ("attachment-3/2", "It is exempt under section 36(2)(b)(i).\n\nRegards\n[name]"),
    ]
    assert ask("SELECT name, read_status, page_count, url FROM attachments") == [
        ("Letter to [name].pdf", "read", 2, "https://www.whatdotheyknow.com/request/request_7#incoming-72")
    ]
    assert ask('SELECT id, page, section, start, "end" FROM citations WHERE attachment_id IS NOT NULL') == [
        ("attachment-3/citation/1", 2, "36", 19, 38)
    ]


def test_whether_the_promised_looks_were_made_is_told(refusal: Seeds, published: Published) -> None:
    looked = {"looked_at": "2025-01-01T00:00:00Z", "whole_at": "2025-01-01T00:00:00Z"}
    refusal.insert("checks", request_id=7, next_check_at=CHECKED, why="waiting", weight=0.5, **looked)
    told: dict[str, str] = dict(
        published(built_at="2025-06-30T00:00:00Z")("SELECT key, value FROM about WHERE key LIKE '%looks_%'")
    )
    assert told == {
        "looks_promised_within_days": "90",
        "looks_behind": "1",
        "whole_looks_promised_within_days": "360",
        "whole_looks_behind": "0",
    }


@pytest.mark.usefixtures("refusal")
def test_a_reading_of_words_that_have_changed_is_left_out(archive: Archive, public: Path) -> None:
    archive.connection.execute("UPDATE citations SET start = start + 1")
    counts = publish(archive, public)
    assert (counts["readings"], counts["citations"], counts["readings_out_of_date"]) == (0, 0, 1)


def test_a_letter_over_which_the_reader_was_lost_is_no_reading(refusal: Seeds, published: Published) -> None:
    refusal.archive.connection.execute("""UPDATE readings SET notes = '["Not read (crashed): it crashed."]'""")
    assert published()("SELECT letters_read, outcome, outcome_source, late FROM requests") == [
        (0, None, "message", None)
    ]


def test_the_full_text_with_its_quotes_is_what_was_read(seeds: Seeds, published: Published) -> None:
    seeds.authority()
    seeds.request()
    whole = f"Thank you.\n\n> From: {REQUESTER}\n> What did it cost?"
    seeds.message("incoming-1", text="Thank you.", full_text=whole)
    assert published()("SELECT text FROM messages") == [("Thank you.\n\n> From: [name]\n> What did it cost?",)]
