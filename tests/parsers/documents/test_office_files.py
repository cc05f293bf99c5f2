"""Files of an office program, and not of our own writers: no word of the letter is lost, and it says the same."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from parsers.documents.sniff import sniff
from tests.golden import cases
from tests.parsers.documents.every_layout import pages
from tests.parsers.documents.ordinary import letters, said

FOLDER = Path(__file__).parent / "office"
LETTERS = {letter.name: letter for letter in letters()}
FILES = sorted(file for case in cases(FOLDER) for file in case.glob("letter.*"))


def words(text: str) -> Counter[str]:
    """Each word as often as it is there, without the mark of a note behind it."""
    return Counter(re.findall(r"\w+", re.sub(r"(?<=[a-z])[1¹]\b", "", text)))


@pytest.mark.parametrize("file", FILES, ids=[f"{file.parent.name}{file.suffix}" for file in FILES])
def test_a_file_of_an_office_program_says_what_its_letter_says(file: Path) -> None:
    letter = LETTERS[json.loads((file.parent / "meta.json").read_text(encoding="utf-8"))["letter"]]
    data = file.read_bytes()
    found = pages(data, sniff(data, name=file.name))
    lost = words(letter.typed()) - words("\n".join(found))
    heads = words(" ".join(row[0] for row in heads_of(file, letter.body)))
    assert lost - heads == Counter()
    assert "Should we add" not in "".join(found)
    assert "36(2)(c)" not in "".join(found)
    assert said(found, letter.context) == letter.expected


def heads_of(file: Path, body: tuple[str | tuple[tuple[str, ...], ...], ...]) -> list[tuple[str, ...]]:
    """The heads of columns, which a list has not."""
    if file.parent.name != "numbered_list":
        return []
    return [(" ".join(each[0]),) for each in body if not isinstance(each, str)]
