"""Letters in files are real: their words can be read back, citations and all."""

import re
from collections import Counter
from collections.abc import Iterator

import pypdfium2
import pytest

from scraper.standin.letters.styles import LAWS
from scraper.standin.records import StandinFile, StandinRequest
from scraper.standin.world import World


def pdf_text(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        texts = []
        for page in document:
            text_page = page.get_textpage()
            texts.append(text_page.get_text_range())
            text_page.close()
            page.close()
    return "\n".join(texts)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def pdf_letters(world: World) -> Iterator[tuple[StandinRequest, StandinFile]]:
    for request in world.requests:
        for message in request.messages:
            for file in message.files:
                if file.truth and file.media_type == "application/pdf" and "scanned_letter" not in request.odd:
                    yield request, file


def test_every_pdf_says_what_the_truth_says(world: World) -> None:
    count = 0
    for request, file in pdf_letters(world):
        truth = file.truth
        assert truth is not None
        text = squeezed(pdf_text(file.data))
        assert truth.references[0] in text
        for regime, provision in truth.relied_on:
            assert _printed(provision) & _numbers(text), (request.slug, regime, provision)
        assert squeezed(request.authority.name).replace("Ž", "Z") in text
        count += 1
    assert count > 60


def _printed(provision: str) -> set[str]:
    """A second limb may be printed after its sibling: ``36(2)(b)(i) and (ii)``."""
    section, _, rest = provision.partition("(")
    return {provision, f"{section} ({rest}", provision[provision.rindex("(") :] if "(" in provision else provision}


def _numbers(text: str) -> set[str]:
    found = re.findall(r"\d{1,3}[A-Z]?(?: ?\(\w{1,4}\)){0,4}", text)
    return set(found) | {limb for number in re.findall(r"and (\(\w{1,4}\))", text) for limb in [number]}


def test_letters_name_the_law_in_full_or_in_short(world: World) -> None:
    for request, file in pdf_letters(world):
        full, short, _ = LAWS[request.regime]
        text = squeezed(pdf_text(file.data))
        if file.truth and file.truth.relied_on:
            assert full in text or short in text


def test_days_are_printed_as_the_truth_has_them(world: World) -> None:
    forms: Counter[str] = Counter()
    for _, file in pdf_letters(world):
        assert file.truth is not None
        day = file.truth.letter_date
        assert day is not None
        text = squeezed(pdf_text(file.data))
        printed = [
            form
            for form, words in {
                "long": f"{day.day} {day:%B %Y}",
                "numeric": f"{day:%d/%m/%Y}",
                "ordinal": f"{day.day}{_suffix(day.day)} {day:%B %Y}",
            }.items()
            if words in text
        ]
        assert printed
        forms.update(printed)
    assert set(forms) == {"long", "numeric", "ordinal"}


def _suffix(day: int) -> str:
    return "th" if 10 < day % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def test_house_styles_differ(world: World) -> None:
    heads: set[str] = set()
    pages: Counter[int] = Counter()
    for request, file in pdf_letters(world):
        with pypdfium2.PdfDocument(file.data) as document:
            pages[len(document)] += 1
        heads.add(request.authority.kind)
    assert len(heads) > 8
    assert pages[1]
    assert pages[2] + pages[3] > 10
    styles = {style.noun for style in world._styles.values()}
    assert styles == {"plain", "capital", "short", "tight", "spaced"}
    assert {style.layout for style in world._styles.values()} == {"prose", "headed", "table", "annex"}
    assert len({style.reference_form for style in world._styles.values()}) > 12


def test_annexes_quote_the_statute(world: World) -> None:
    quoting = [
        file
        for _, file in pdf_letters(world)
        if file.truth and any(role == "statute_quotation" for _, _, role in file.truth.mentioned)
    ]
    assert len(quoting) > 5
    for file in quoting:
        text = pdf_text(file.data)
        assert "Annex A" in text
        assert re.search(r"(Section|Regulation) \d+ – ", squeezed(text).partition("Annex A")[2])


def test_a_scanned_letter_has_pages_and_no_words(world: World) -> None:
    request = next(request for request in world.requests if "scanned_letter" in request.odd)
    file = next(file for message in request.messages for file in message.files)
    assert pdf_text(file.data).strip() == ""
    assert file.truth is not None
    assert file.truth.relied_on


@pytest.mark.parametrize("name", ["Decision.doc", "Annex.docx"])
def test_files_that_are_not_what_they_are_called(world: World, name: str) -> None:
    request = next(request for request in world.requests if "misnamed_file" in request.odd)
    file = next(file for message in request.messages for file in message.files if file.name == name)
    assert file.data.startswith(b"%PDF" if name.endswith(".doc") else b"PK")


def test_the_same_file_twice_is_the_same_bytes(world: World) -> None:
    _, file = next(pdf_letters(world))
    assert file.make() == file.make()
