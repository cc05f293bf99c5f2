"""Answers of a child that are of the right shape, and say something that cannot be so.

``strict`` holds an answer to its types. This holds it to what was asked: a child that something hostile has taken over
may say of its own document what it likes, but not break the archive, keep its parent at work or act on a terminal.
Each function gives the record, cleaned, or raises ``ValueError``.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from parsers.documents.caps import CAPS
from parsers.documents.parts import MOST_PARTS, part_name
from parsers.documents.probes.probe_findings import Probe
from parsers.documents.records import Opened, Page, Part
from parsers.documents.result import REMOVED
from parsers.documents.scans.dots import Raster
from parsers.letters.explained.background import Background
from parsers.letters.reading import PARSER_VERSION
from parsers.letters.records import Citation, DateFact, Evidence, Reading, Reference, Signal

CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
LONGEST_SENTENCE = 20_000
MOST_FINDINGS = 100_000
TURNS = frozenset({0, 90, 180, 270})
LONGEST_SIDE = 65_500
DOTS_PER_INCH = (1.0, 10_000.0)


class ImpossibleError(ValueError):
    """An answer that no reader gives."""


def opened(answer: Opened) -> Opened:
    """A document: pages in order within the caps, and no more parts than may be."""
    document = answer.document
    numbers = [page.number for page in document.pages]
    _require(not numbers or numbers[0] >= 1, "a page before the first")
    _require(all(one < other for one, other in pairwise(numbers)), "pages out of order")
    _require(len(numbers) <= CAPS.pages and len(document.parts) <= MOST_PARTS, "too many pages or parts")
    _require(sum(len(page.text) for page in document.pages) <= CAPS.characters, "too many words")
    cleaned = replace(
        document,
        pages=tuple(map(_page, document.pages)),
        parts=tuple(map(_part, document.parts)),
        detail=_sentence(document.detail),
        tool=_sentence(document.tool) or "",
    )
    return replace(answer, document=cleaned)


def probe(answer: Probe) -> Probe:
    """Findings: not without number, each of one thing at least."""
    _require(len(answer.findings) <= MOST_FINDINGS, "too many findings")
    _require(all(finding.count >= 0 for finding in answer.findings), "less than nothing")
    findings = tuple(replace(one, place=_sentence(one.place) or "") for one in answer.findings)
    return replace(answer, findings=findings, detail=_sentence(answer.detail))


def pictures(answer: Sequence[tuple[Raster, bytes]], asked: Sequence[int]) -> list[tuple[Raster, bytes]]:
    """Pages as dots: those that were asked for and no others, so that no more are recognised than the file has."""
    _require([raster.number for raster, _ in answer] == list(asked), "other pages than were asked for")
    return [(_raster(raster), dots) for raster, dots in answer]


def reading(answer: Reading, pages: Sequence[str]) -> Reading:
    """A letter: every fact on words of the letter, by the reader that this program has."""
    _require(answer.parser_version == PARSER_VERSION, "another reader")
    for evidence in _evidence(answer):
        _require(_stands(evidence, pages), "words that the letter does not have")
    facts: list[Citation | Reference | DateFact] = [*answer.citations, *answer.references, *_dates(answer)]
    _require(all(0 <= fact.confidence <= 1 for fact in facts), "a confidence that is none")
    for day in _dates(answer):
        date.fromisoformat(day.value)
    return replace(answer, notes=tuple(_sentence(note) or "" for note in answer.notes))


def background(answer: Background, pages: Sequence[str]) -> Background:
    """Passages of the letter."""
    for one in answer.passages:
        _require(1 <= one.page <= len(pages) and 0 <= one.start <= one.end, "a passage of no page")
    if answer.kind_evidence is not None:
        _require(_stands(answer.kind_evidence, pages), "words that the letter does not have")
    return answer


def _page(page: Page) -> Page:
    _require(len(page.text) <= CAPS.page_characters, "a page too long")
    _require(page.confidence is None or 0 <= page.confidence <= 1, "a confidence that is none")
    _require(all(0 <= sure <= 100 for sure in page.words), "a confidence that is none")
    return replace(page, text=REMOVED.sub("", page.text), title=_sentence(page.title))


def _part(part: Part) -> Part:
    return replace(part, name=part_name(part.name), detail=_sentence(part.detail))


def _raster(raster: Raster) -> Raster:
    least, most = DOTS_PER_INCH
    _require({raster.turned, *raster.other_turns} <= TURNS and len(raster.other_turns) < len(TURNS), "no such turn")
    _require(least <= raster.dots_per_inch <= most, "dots of no size")
    within = 0 < raster.width <= LONGEST_SIDE and 0 < raster.height <= LONGEST_SIDE
    _require(within or (raster.problem is not None and raster.width * raster.height == 0), "a picture of no size")
    return replace(raster, problem=_sentence(raster.problem))


def _evidence(answer: Reading) -> Iterator[Evidence]:
    facts: list[Citation | Reference | Signal | DateFact]
    facts = [*answer.citations, *answer.references, *answer.signals, *_dates(answer)]
    yield from (fact.evidence for fact in facts)
    if answer.outcome_evidence is not None:
        yield answer.outcome_evidence


def _dates(answer: Reading) -> Iterator[DateFact]:
    yield from (day for day in (answer.letter_date, answer.request_date) if day is not None)


def _stands(evidence: Evidence, pages: Sequence[str]) -> bool:
    if not (1 <= evidence.page <= len(pages) and 0 <= evidence.start <= evidence.end):
        return False
    return pages[evidence.page - 1][evidence.start : evidence.end] == evidence.quote


def _sentence(words: str | None) -> str | None:
    """Words that may be printed: on one line, and no more than a reader ever says."""
    return None if words is None else CONTROLS.sub("", words[:LONGEST_SENTENCE])


def _require(holds: bool, what: str) -> None:  # noqa: FBT001 - a condition
    if not holds:
        raise ImpossibleError(what)
