"""No exemption is lost to layout: the same words are the same reading, in whatever file and wherever on the page."""

import pytest

from tests.golden import Golden
from tests.parsers.documents.every_layout import LAYOUTS, pages
from tests.parsers.documents.ordinary import FOLDER, letters, said

LETTERS = {letter.name: letter for letter in letters()}


def test_there_are_twenty_letters() -> None:
    assert len(LETTERS) == 20


@pytest.mark.parametrize("name", LETTERS)
def test_the_typed_letter_says_what_it_means(name: str, golden: Golden) -> None:
    letter = LETTERS[name]
    golden.check(FOLDER / name / "expected.json", said([letter.typed("   ")], letter.context))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_says_the_same_however_it_is_laid_out(name: str, layout: str) -> None:
    letter = LETTERS[name]
    kind, write = LAYOUTS[layout]
    assert said(pages(write(letter), kind), letter.context) == letter.expected
