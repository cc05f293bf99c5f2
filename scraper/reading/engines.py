"""Which engine recognises words in pictures of pages: the one that is chosen, as far as it is installed."""

from pathlib import Path

from scraper.choices import Choice
from scraper.config import load_config
from scraper.errors import WdtkError
from scraper.reading.ocr import INSTALL, SWITCHED_OFF, Engine
from scraper.reading.ocr_bundled import find_bundled
from scraper.reading.ocr_tesseract import find_tesseract


def chosen_engine(choice: Choice | None, config: Path | None = None) -> tuple[Engine | None, str]:
    """The engine that was chosen, or by wdtk.toml, and what to say of pages where there is none."""
    wanted = choice or load_config(config).reading.ocr
    return find_engine(wanted), SWITCHED_OFF if wanted == "off" else INSTALL


def find_engine(choice: Choice = "auto") -> Engine | None:
    """The engine to use: tesseract before the bundled one; ``None`` where none is installed, or none wanted.

    Raises ``WdtkError`` where the one that was asked for by name is not there.
    """
    engine: Engine | None = None
    if choice in {"auto", "tesseract"}:
        engine = find_tesseract()
    if engine is None and choice in {"auto", "bundled"}:
        engine = find_bundled()
    if engine is None and choice in {"tesseract", "bundled"}:
        raise WdtkError(f"The engine {choice!r} for pictures of text is not installed: {INSTALL}.")
    return engine
