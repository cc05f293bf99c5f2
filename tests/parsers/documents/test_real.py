"""Real letters, where they are at hand: reading the file must say the same as reading the text made by hand."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from parsers.documents.pdf.pdf import read_pdf
from parsers.documents.read import read_document
from parsers.documents.sniff import sniff
from parsers.letters.reading import read_letter, reading_as_json
from parsers.letters.records import LetterContext


def said(words: str | list[str], authority: str) -> dict[str, Any]:
    reading = reading_as_json(read_letter(words, context=LetterContext(authority=authority)), id="")
    citations, signals = reading.pop("citations"), reading.pop("signals")
    assert isinstance(citations, list)
    assert isinstance(signals, dict)
    mentions = sorted({(one["regime"], one["provision"], one["role"]) for one in citations})
    return {**reading, "mentions": mentions, "signals": sorted(signals)}


def weighs(one: dict[str, Any]) -> object:
    relied = {mention[:2] for mention in one["mentions"] if mention[2].startswith("relied_on")}
    return one["letter_date"], one["request_date"], one["references"], relied


def without_unseen(reading: dict[str, Any], text: str) -> dict[str, Any]:
    """The reading without references that the text lacks: it was taken from Word files without their text boxes."""
    return {**reading, "references": [one for one in reading["references"] if one in text]}


@pytest.fixture(scope="module")
def letters(shared: Path) -> list[tuple[dict[str, Any], list[str]]]:
    """Each labelled letter whose original is at hand, with the pages of the original."""
    with (shared / "gold" / "dev.jsonl").open(encoding="utf-8") as lines:
        rows = {row["id"]: row for row in map(json.loads, lines)}
    found = []
    for path in sorted((shared / "gold" / "files").iterdir()):
        document = read_document(path.read_bytes(), document_type=sniff(path.read_bytes()))
        assert (document.status, document.detail) == ("read", None)
        found.append((rows[path.stem], [page.text for page in document.pages]))
    return found


@pytest.mark.real
def test_a_file_says_what_its_text_says(letters: list[tuple[dict[str, Any], list[str]]]) -> None:
    whole = [(row, pages) for row, pages in letters if not row["truncated"]]
    assert len(whole) > 40
    differing, differing_in_detail = [], []
    for row, pages in whole:
        file = without_unseen(said(pages, row["authority"]), row["text"])
        text = said(row["text"], row["authority"])
        differing += [row["id"]] if weighs(file) != weighs(text) else []
        differing_in_detail += [row["id"]] if file != text else []
    assert differing == []
    assert len(differing_in_detail) <= 2, differing_in_detail


@pytest.mark.real
def test_reading_the_files_costs_no_figure_more_than_a_hundredth(
    shared: Path, tmp_path: Path, letters: list[tuple[dict[str, Any], list[str]]]
) -> None:
    def scored(readings: list[dict[str, Any]]) -> dict[str, float]:
        for name, each in (("gold", [row for row, _ in letters]), ("read", readings)):
            (tmp_path / name).write_text("".join(json.dumps(one) + "\n" for one in each), encoding="utf-8")
        command = [sys.executable, str(shared / "gold" / "score.py"), str(tmp_path / "gold"), str(tmp_path / "read")]
        table = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[2:]
        return {line.split()[0]: float(line.split()[3 if "accuracy" not in line else 2]) for line in table}

    def read(words: str | list[str], row: dict[str, Any]) -> dict[str, Any]:
        context = LetterContext(authority=row["authority"])
        return without_unseen(reading_as_json(read_letter(words, context=context), id=row["id"]), row["text"])

    from_files = scored([read(pages, row) for row, pages in letters])
    from_texts = scored([read(row["text"], row) for row, _ in letters])
    assert len(from_files) == 7
    assert {name: figure for name, figure in from_files.items() if figure < from_texts[name] - 0.01} == {}


@pytest.mark.real
def test_files_are_what_their_names_say(shared: Path) -> None:
    files = [path for folder in ("files", "attachments") for path in (shared / "gold" / folder).iterdir()]
    assert len(files) > 50
    assert [path.name for path in files if sniff(path.read_bytes()) != path.suffix[1:]] == []


@pytest.mark.real
def test_scans_and_a_garbled_text_layer_are_not_passed_off_as_text(shared: Path) -> None:
    folder = shared / "gold" / "attachments"
    found = {path.stem: read_pdf(path.read_bytes()).status for path in sorted(folder.glob("*.pdf"))}
    assert found == {
        "garbled-text-layer": "no_text",
        "scanned-data": "no_text",
        "scanned-script": "no_text",
        "screenshots-little-text": "read",
    }
