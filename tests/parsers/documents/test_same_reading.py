"""The same words say the same, whatever they are laid out as and wherever on the page they stand."""

import json
from pathlib import Path
from typing import Any

import pytest

from parsers.documents.read import read_document
from parsers.documents.sniff import sniff
from parsers.letters.reading import read_letter, reading_as_json
from parsers.letters.records import LetterContext
from tests.parsers.documents.layouts import WRITERS, Laid, Table

CASES = Path(__file__).parent.parent / "letters" / "cases"
LETTERS = [
    "eir_refusal", "foia_accessible_elsewhere", "exemption_column", "acts_named_by_year", "extension_eir",
    "cost_of_searching_files", "eir_review_upheld", "fees_notice", "answers_and_exemptions_by_question",
    "acknowledgement_with_fee_remark", "clarification_police_questions", "department_names_and_policy",
    "disclosure_with_general_remarks", "eir_manifestly_unreasonable", "eisr_refusal", "fire_service_refusal",
    "foia_cost_limit", "foia_partly_confirmed", "foia_statute_in_annex", "planning_obligation",
]  # fmt: skip
LETTERHEAD: Table = (
    (
        ("Brackenfold District Council", "Civic Way", "Brackenfold BK1 1AA"),
        ("Telephone: 01999 555555", "www.brackenfold.example"),
    ),
)
SCHEDULE: Table = (
    (("Document",), ("Decision",), ("Exemption",)),
    (("Minutes of 4 May",), ("Withheld",), ("section 36(2)(b)(i)",)),
    (("Staff list",), ("Redacted",), ("section 40(2)",)),
    (("Tender",), ("Withheld", "in full"), ("section 43(2)",)),
)


def words(name: str) -> tuple[str, ...]:
    """The lines of a case, one a paragraph."""
    return tuple(line.expandtabs() for line in (CASES / name / "input.txt").read_text(encoding="utf-8").splitlines())


def layouts(name: str) -> dict[str, Laid]:
    lines = words(name)
    return {
        "plain": Laid(body=lines),
        "header and footer": Laid(body=lines, header="Brackenfold District Council", footer="Page 1 of 2"),
        "letterhead in two columns": Laid(body=(LETTERHEAD, *lines)),
        "letterhead in a box": Laid(body=lines, box=LETTERHEAD[0][0]),
        "schedule of refusals": Laid(body=(*lines, "The schedule shows what is withheld.", SCHEDULE)),
        "letter in a table": Laid(body=(tuple((lines[at : at + 1],) for at in range(len(lines))),)),
        "all of it": Laid(
            body=(*lines, SCHEDULE, "Yours sincerely"),
            header="Brackenfold",
            footer="Page 1",
            box=("FOI team", "Civic Way"),
        ),
    }


LAID = [(name, layout) for name in LETTERS for layout in layouts("eir_refusal") if layout != "all of it" or name < "e"]


def said(text: str, context: dict[str, Any]) -> dict[str, Any]:
    """The reading without the places of its words, which blank lines move."""
    reading = reading_as_json(read_letter(text, context=LetterContext(**context)), id="")
    citations, signals = reading.pop("citations"), reading.pop("signals")
    assert isinstance(citations, list)
    assert isinstance(signals, dict)
    mentions = [(one["regime"], one["provision"], one["role"]) for one in citations]
    return {**reading, "mentions": mentions, "signals": sorted(signals)}


@pytest.mark.parametrize(("name", "layout"), LAID, ids=[f"{name}-{layout}" for name, layout in LAID])
def test_a_letter_reads_alike_in_every_format(name: str, layout: str) -> None:
    letter = layouts(name)[layout]
    typed = "\n".join(line.strip() for line in letter.text().split("\n"))
    for kind, write in WRITERS.items():
        data = write(letter)
        assert sniff(data) == kind
        document = read_document(data, document_type=sniff(data))
        assert (document.status, document.detail, len(document.pages)) == ("read", None, 1), kind
        assert document.pages[0].text == typed, kind


@pytest.mark.parametrize("name", LETTERS)
def test_a_file_says_what_the_typed_letter_says(name: str) -> None:
    typed = (CASES / name / "input.txt").read_text(encoding="utf-8")
    context = json.loads((CASES / name / "meta.json").read_text(encoding="utf-8"))
    document = read_document(WRITERS["docx"](Laid(body=words(name))), document_type="docx")
    assert said(document.pages[0].text, context) == said(typed, context)
