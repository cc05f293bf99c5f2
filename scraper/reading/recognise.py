"""The words of a document's pictures: its pages drawn in a sealed child, recognised by an engine, set in their place.

A page of less than good words is tried without its grain, then upside down and on its sides. A page that seems Welsh is
recognised once more with the Welsh words, where the engine knows them, and the surer one taken.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from parsers.documents.records import DocumentText
from parsers.documents.result import numbered
from parsers.documents.scans.dots import Raster
from parsers.documents.scans.letterpairs import is_welsh
from parsers.documents.scans.recognised import LEAST_CONFIDENCE, Recognised, recognised
from parsers.documents.scans.settled import settled
from scraper.reading.ocr import INSTALL, Engine, OcrError

log = logging.getLogger(__name__)

MOST_PAGES = 100
"""Of one document: more than twice as many as are read of a letter."""
TOGETHER = 6
"""Pages drawn at a time, so that a file is not handed over once for each; 24 MB of A4."""
GOOD = 0.92
"""Confidence in a page that nothing is wrong with; below it smoothing is tried, and unread ink is looked for."""
MUCH = 0.5
"""Share of a page's ink in no word: words were passed over, however sure those are that were not."""
FEW_WORDS = 5
"""A page on which fewer were found is not tried in other ways: it has next to none."""


class Draw(Protocol):
    """Pages of one document as dots, from a sealed child."""

    def __call__(
        self, numbers: Sequence[int], *, turn: int | None = None, smooth: bool = False
    ) -> Iterator[tuple[Raster, bytes]]:
        """Every page asked for, with its dots, or a ``problem`` and none."""


def recognise(document: DocumentText, draw: Draw, engine: Engine | None, *, unread: str = INSTALL) -> DocumentText:
    """The document with the words of those of its pages that want it, or with a sentence on why not."""
    numbers = [page.number for page in document.pages if page.wants_ocr]
    if not numbers or engine is None:
        return settled(document, {}, unread=unread)
    found: dict[int, Recognised] = {}
    failed: dict[int, str] = dict.fromkeys(numbers[MOST_PAGES:], f"only the first {MOST_PAGES} of such pages are")
    cut: set[int] = set()
    for start in range(0, min(len(numbers), MOST_PAGES), TOGETHER):
        for raster, dots in draw(numbers[start : min(start + TOGETHER, MOST_PAGES)]):
            cut |= {raster.number} if raster.is_cut else set()
            try:
                found[raster.number] = _Page(draw, engine, raster, dots).best()
            except OcrError as error:
                failed[raster.number] = str(error)
                log.info("%s was not recognised: %s", numbered([raster.number]), error)
    return settled(document, found, tool=engine.name, unread=unread, failed=failed, cut=cut)


@dataclass(frozen=True, kw_only=True)
class _Try:
    raster: Raster
    dots: bytes
    found: Recognised


class _Page:
    def __init__(self, draw: Draw, engine: Engine, raster: Raster, dots: bytes) -> None:
        self.draw, self.engine = draw, engine
        self.raster, self.dots = raster, dots

    def best(self) -> Recognised:
        """What was recognised with most confidence in the ways worth trying."""
        best = self._try(self.raster, self.dots)
        if best.found.confidence < GOOD and not best.raster.smoothed:
            best = self._better(best, turn=best.raster.turned)
        for turn in self.raster.other_turns:
            if best.found.confidence >= LEAST_CONFIDENCE or len(best.found.words) < FEW_WORDS:
                break
            best = self._better(best, turn=turn)
        return self._in_welsh(best)

    def _better(self, best: _Try, *, turn: int) -> _Try:
        """The better of the best so far and the page turned so and smoothed."""
        tries = [self._try(raster, dots) for raster, dots in self.draw([self.raster.number], turn=turn, smooth=True)]
        return max([best, *tries], key=lambda one: one.found.confidence)

    def _in_welsh(self, best: _Try) -> Recognised:
        if "cym" not in self.engine.languages or not is_welsh(best.found.text):
            return best.found
        other = self._try(best.raster, best.dots, language="cym+eng").found
        return max(best.found, other, key=lambda found: found.confidence)

    def _try(self, raster: Raster, dots: bytes, *, language: str = "eng") -> _Try:
        if raster.problem is not None:
            raise OcrError(raster.problem)
        words = self.engine.words(raster, dots, language=language)
        found = recognised(words, dots_per_inch=raster.dots_per_inch)
        if found.confidence < GOOD:
            from parsers.documents.scans.ink import unread  # noqa: PLC0415 - Pillow, which few documents need

            left = unread(dots, width=raster.width, height=raster.height, words=words)
            found = replace(found, confidence=round(found.confidence * (1 - left), 3)) if left > MUCH else found
        return _Try(raster=raster, dots=dots, found=found)
