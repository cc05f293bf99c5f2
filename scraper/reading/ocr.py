"""Engines that recognise words in pictures of pages, and which of them there is.

An engine is only ever given dots that a sealed child of ours drew (``parsers.documents.scans.raster``), never a file
that somebody sent.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from parsers.documents.scans.dots import Raster
from parsers.documents.scans.recognised import Word
from scraper.config import load_config
from scraper.errors import WdtkError
from scraper.reading.choices import Choice

INSTALL = (
    "install tesseract (on Debian and Ubuntu `apt install tesseract-ocr tesseract-ocr-cym`), or the engine from PyPI "
    "(`pip install '.[ocr-bundled]'`), and run the command again"
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


def chosen_engine(choice: Choice | None, config: Path | None = None) -> tuple[Engine | None, str]:
    """The engine that was chosen, or by wdtk.toml, and what to say of pages where there is none."""
    wanted = choice or load_config(config).reading.ocr
    return find_engine(wanted), SWITCHED_OFF if wanted == "off" else INSTALL


def find_engine(choice: Choice = "auto") -> Engine | None:
    """The engine to use: tesseract before the bundled one; ``None`` where none is installed, or none wanted.

    Raises ``WdtkError`` where the one that was asked for by name is not there.
    """
    from scraper.reading.ocr_bundled import find_bundled  # noqa: PLC0415 - few commands recognise anything
    from scraper.reading.ocr_tesseract import find_tesseract  # noqa: PLC0415

    engine: Engine | None = None
    if choice in {"auto", "tesseract"}:
        engine = find_tesseract()
    if engine is None and choice in {"auto", "bundled"}:
        engine = find_bundled()
    if engine is None and choice in {"tesseract", "bundled"}:
        raise WdtkError(f"The engine {choice!r} for pictures of text is not installed: {INSTALL}.")
    return engine
