"""What a letter says is no surer than the words that it was read from."""

from collections.abc import Sequence
from dataclasses import replace

from parsers.documents.scans.recognised import sureness
from parsers.letters.records import Evidence, Reading


def weighed(reading: Reading, pages: Sequence[str], sure: Sequence[Sequence[int]]) -> Reading:
    """The reading with the confidence of each citation and reference times that of its least sure word.

    ``sure`` is by page, in percent for each word of the page; empty for pages whose words were not recognised.
    """
    if not any(sure):
        return reading

    def times(confidence: float, place: Evidence) -> float:
        words = sure[place.page - 1]
        part = sureness(pages[place.page - 1], words, start=place.start, end=place.end) if words else 1.0
        return round(confidence * part, 3)

    return replace(
        reading,
        citations=tuple(replace(one, confidence=times(one.confidence, one.evidence)) for one in reading.citations),
        references=tuple(replace(one, confidence=times(one.confidence, one.evidence)) for one in reading.references),
    )
