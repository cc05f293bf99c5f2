"""Whose words the passages of a letter are, told with their places."""

from pathlib import Path

import pytest

from parsers.letters.explained.background import find_background
from parsers.letters.reading import read_letter
from parsers.letters.records import LetterContext
from tests.golden import case_id, cases
from tests.measure.corpora import pages_and_context


@pytest.mark.parametrize("case", cases(Path(__file__).parent / "cases"), ids=case_id)
def test_mentions_read_as_in_other_voices_are_those_in_the_passages(case: Path) -> None:
    pages, context = pages_and_context(case)
    background = find_background(pages, context=context)
    for citation in read_letter(pages, context=context).citations:
        assert citation.printed_start is not None
        voices = [
            f"voice_{passage.voice}"
            for passage in background.passages
            if passage.page == citation.evidence.page and passage.start <= citation.printed_start < passage.end
        ]
        if citation.role_rule.startswith("voice_"):
            assert voices == [citation.role_rule]


def test_a_passage_over_two_pages_is_told_for_each() -> None:
    pages = [
        "Dear Ms Roe\nThe log is attached to this message.\n-----Original Message-----\nFrom: J Roe",
        "Send the log.",
    ]
    passages = find_background(pages).passages
    assert [(each.voice, each.page, pages[each.page - 1][each.start : each.end]) for each in passages] == [
        ("earlier_message", 1, "-----Original Message-----\nFrom: J Roe"),
        ("earlier_message", 2, "Send the log."),
    ]


def test_a_message_that_goes_out_is_the_requesters_all_of_it() -> None:
    (passage,) = find_background("I ask for the log.", context=LetterContext(direction="outgoing")).passages
    assert (passage.voice, passage.start, passage.end) == ("request", 0, 18)


def test_the_words_that_show_the_kind_are_told() -> None:
    letter = "Dear Ms Roe\n\nWe acknowledge receipt of your request. We will respond within 20 working days."
    shown = find_background(letter).kind_evidence
    assert shown is not None
    assert letter[shown.start : shown.end] == shown.quote
    assert shown.quote.startswith("acknowledge receipt")
