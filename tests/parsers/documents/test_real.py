"""Real letters, where they are at hand: reading the file must say the same as reading the text made by hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from parsers.documents.pdf import read_pdf
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


@pytest.mark.real
def test_a_pdf_says_what_its_text_says(shared: Path) -> None:
    with (shared / "gold" / "dev.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    files = {path.stem: path for path in (shared / "gold" / "files").glob("*.pdf")}
    whole = [row for row in rows if row["id"] in files and not row["truncated"]]
    assert len(whole) > 30
    differing, differing_in_detail = [], []
    for row in whole:
        document = read_pdf(files[row["id"]].read_bytes())
        assert (document.status, document.detail) == ("read", None)
        pages, text = (
            said([page.text for page in document.pages], row["authority"]),
            said(row["text"], row["authority"]),
        )
        differing += [row["id"]] if weighs(pages) != weighs(text) else []
        differing_in_detail += [row["id"]] if pages != text else []
    assert differing == []
    assert len(differing_in_detail) <= 2, differing_in_detail


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
