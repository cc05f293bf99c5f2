"""What an engine is that recognises words in pictures of pages (``scraper.reading.engines`` finds one).

An engine is only ever given dots that a sealed child of ours drew (``parsers.documents.scans.raster``), never a file
that somebody sent.
"""

from collections.abc import Sequence
from typing import Protocol

from parsers.documents.scans.dots import Raster
from parsers.documents.scans.recognised import Word

INSTALL = (
    "install tesseract (on Debian and Ubuntu `apt install tesseract-ocr tesseract-ocr-cym`), or the engine from PyPI "
    "(`.venv/bin/pip install -e '.[ocr-bundled]'`), and run the command again"
)
SWITCHED_OFF = "recognising words in pictures is switched off"


class OcrError(Exception):
    """One page could not be recognised; the message is the end of a sentence on why."""


class Engine(Protocol):
    """Recognises words; may be used by several threads at once."""

    name: str
    """With its version, such as ``tesseract 5.3.0``."""
    languages: Sequence[str]
    """Which of ``eng`` and ``cym`` it knows."""

    def words(self, raster: Raster, dots: bytes, *, language: str = "eng") -> list[Word]:
        """The words of one page in reading order; ``OcrError`` where it fails on the page."""

    def close(self) -> None:
        """End whatever it started; every later page is an ``OcrError``."""
