"""The same words are the same reading when they come out of a scanner."""

import pytest

from scraper.reading.ocr_tesseract import find_tesseract
from scraper.reading.pool import ReaderPool
from tests.scraper.reading.layouts_scanned import STRAIGHT, differing, needs_tesseract

pytestmark = pytest.mark.long


@needs_tesseract
@pytest.mark.parametrize("number", range(len(STRAIGHT)))
def test_a_scan_says_what_the_letter_says(number: int) -> None:
    with ReaderPool(2, engine=find_tesseract()) as pool:
        assert differing(pool, number, turned=False) == {}
