"""Ordinary letters out of several scanners, and what is read of them: for tests that each take some of them."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest

from scraper.reading.pool import ReaderPool
from tests.parsers.documents import printed
from tests.parsers.documents.ordinary import letters, said
from tests.parsers.documents.scans import Scanner, scanned

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="needs tesseract: apt install tesseract-ocr"
)
STRAIGHT = (
    Scanner(grain=5.0, quality=80),
    Scanner(lean=1.0, quality=75),
    Scanner(lean=-2.5, quality=75),
    Scanner(blur=0.4, grain=6.0, quality=75),
)
"""Such as offices have, the page on the glass more or less straight."""
TURNED = (
    Scanner(turned=90, lean=-1.2, quality=75),
    Scanner(turned=180, lean=0.6, quality=75),
    Scanner(turned=270, lean=0.8, quality=75),
    Scanner(lean=-4.0, quality=75),
)
"""On its side either way, upside down, and askew."""
UPSIDE_DOWN = 1


def differing(pool: ReaderPool, number: int, *, turned: bool) -> dict[str, Any]:
    """Of every fourth letter from that number on: what its scan says that the letter does not, by name.

    A page that is turned is read three times and more, so of those every eighth.
    """

    # Upside down, the rules around the head of a table are still taken for parts of its words now and then.
    lay = printed.table_of_refusals if turned and number != UPSIDE_DOWN else printed.two_column_letterhead
    scanner = (TURNED if turned else STRAIGHT)[number]
    some = letters()[number :: 8 if turned else 4]
    scans = [scanned(lay(letter), scanner) for letter in some]
    with ThreadPoolExecutor(2) as threads:
        found = list(threads.map(partial(pool.read, document_type="pdf"), scans))
    wrong = {}
    for letter, document in zip(some, found, strict=True):
        assert {page.source for page in document.pages} == {"ocr"}, letter.name
        read_as = said([page.text for page in document.pages], letter.context)
        if read_as != letter.expected:
            wrong[letter.name] = {key: value for key, value in read_as.items() if value != letter.expected[key]}
    return wrong
