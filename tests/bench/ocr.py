"""How well and how fast words in pictures are read: letters of the tests, from a good scanner and from a worn one."""

import time
from collections.abc import Iterator

from scraper.reading.ocr import Engine
from scraper.reading.ocr_bundled import find_bundled
from scraper.reading.ocr_tesseract import find_tesseract
from scraper.reading.pool import ReaderPool
from tests.bench.figures import Figure
from tests.parsers.documents.scans import CLEAN, FONTS, LETTERS, WORN, Scanner, errors, printed, scanned, words

SCANNERS: tuple[tuple[str, Scanner, float], ...] = (("clean", CLEAN, 2.0), ("worn", WORN, 6.0))
FEW = 6
"""Letters for the slower engine."""
LEAST_PAGES = {"tesseract": 0.5, "rapidocr": 0.1}
"""A second of wall clock, one page after another."""


def figures() -> Iterator[Figure]:
    """For each engine that is installed: wrong letters in a hundred of a good and a bad scan, and seconds a page."""
    for engine, names in ((find_tesseract(), LETTERS), (find_bundled(), LETTERS[:FEW])):
        if engine is not None:
            yield from _measured(engine, names)


def _measured(engine: Engine, names: tuple[str, ...]) -> Iterator[Figure]:
    name = engine.name.split()[0]
    pages, begun = 0, time.perf_counter()
    with ReaderPool(1, engine=engine) as pool:
        for label, scanner, most in SCANNERS:
            wrong = 0.0
            for place, letter in enumerate(names):
                lines = words(letter)
                scan = scanned(printed(lines, font=FONTS[place % len(FONTS)]), scanner)
                document = pool.read(scan, document_type="pdf")
                wrong += errors("\n".join(lines), "\n".join(page.text for page in document.pages))
                pages += len(document.pages)
            yield Figure(
                part="scans", what=f"{name}, {label} scans, letters wrong", unit="%", ours=100 * wrong / len(names),
                limit=most, repeats=len(names),
            )  # fmt: skip
    yield Figure(
        part="scans", what=f"{name}, a page, scanning it included", unit="s",
        ours=(time.perf_counter() - begun) / pages, limit=1 / LEAST_PAGES[name], repeats=pages,
    )  # fmt: skip
