"""Scans in the archive: read when there is something to read them with, and no surer than their words."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from parsers.documents.scans.dots import Raster
from parsers.documents.scans.recognised import Word
from scraper.archive.database import Archive, open_archive
from scraper.reading.run import read_archive
from tests.parsers.documents import samples
from tests.parsers.documents.scans import scanned
from tests.scraper.reading.archives import fill

LETTER = "The names are withheld under section 40(2) of the Freedom of Information Act 2000."


class Typist:
    """An engine that sees the same letter in every picture, and is as sure of it as it is told."""

    name = "typist 1"
    languages: Sequence[str] = ("eng",)

    def __init__(self, sure: float, citation: float | None = None) -> None:
        self.sure, self.citation = sure, sure if citation is None else citation

    def words(self, raster: Raster, dots: bytes, *, language: str = "eng") -> list[Word]:
        assert (len(dots), language) == (raster.width * raster.height, "eng")
        return [
            Word(
                text=text, line=(1,), left=100 * place, right=100 * place + 80, top=0, bottom=raster.height,
                confidence=self.citation if text == "40(2)" else self.sure,
            )
            for place, text in enumerate(LETTER.split())
        ]  # fmt: skip

    def close(self) -> None:
        """Nothing runs."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    fill(tmp_path / "archive", files=[("scan.pdf", scanned(samples.plain()))])
    return tmp_path / "archive"


def row(archive: Archive, statement: str) -> tuple[object, ...]:
    found = archive.connection.execute(statement).fetchone()
    assert isinstance(found, tuple)
    return found


DOCUMENT = "SELECT status, tool, pages_unrecognised FROM documents"
PAGE = "SELECT text, source, confidence, words FROM pages ORDER BY number LIMIT 1"
CITATION = """
SELECT c.provision, c.confidence FROM citations c JOIN readings r ON r.source = c.source
WHERE r.attachment_id IS NOT NULL
"""


def test_a_scan_waits_for_an_engine_and_is_taken_up_when_there_is_one(folder: Path) -> None:
    with open_archive(folder) as archive:
        assert read_archive(archive, workers=1)["documents no_text"] == 1
        assert row(archive, DOCUMENT) == ("no_text", "pypdfium2", 2)
        assert "documents no_text" not in read_archive(archive, workers=1), "without an engine there is nothing new"
        counts = read_archive(archive, workers=1, engine=Typist(0.96))
        assert (counts["documents read"], counts["letters read"]) == (1, 1)
        assert row(archive, DOCUMENT) == ("read", "pypdfium2, typist 1", 0)
        assert set(read_archive(archive, workers=1, engine=Typist(0.96))) == {"letters unchanged"}


def test_what_was_read_from_a_scan_is_no_surer_than_its_words(folder: Path) -> None:
    with open_archive(folder) as archive:
        read_archive(archive, workers=1, engine=Typist(1.0))
        provision, certain = row(archive, CITATION)
        read_archive(archive, again=True, workers=1, engine=Typist(0.97, citation=0.9))
        text, source, confidence, words = row(archive, PAGE)
        assert (source, confidence) == ("ocr", pytest.approx(0.966, abs=0.005))
        assert len(json.loads(str(words))) == len(str(text).split())
        assert isinstance(certain, float)
        assert row(archive, CITATION) == (provision, pytest.approx(certain * 0.9, abs=0.001))


def test_what_was_recognised_badly_is_kept_but_not_read(folder: Path) -> None:
    with open_archive(folder) as archive:
        counts = read_archive(archive, workers=1, engine=Typist(0.6))
        assert counts["documents no_text"] == 1
        text, source, confidence, _ = row(archive, PAGE)
        assert (text, source, confidence) == (LETTER, "ocr_doubtful", 0.6)
        assert archive.connection.execute(CITATION).fetchall() == []
        assert row(archive, "SELECT detail FROM documents")[0] == (
            "No page holds text. The words on pages 1, 2 could not be recognised with confidence and are not shown."
        )
