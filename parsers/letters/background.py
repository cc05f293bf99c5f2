"""What a reading rests on and does not hold itself: whose words each passage is, and what shows the kind of letter.

It is asked for only where a reading is to be explained; ``read_letter`` goes through the same steps.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.letters.clean import Letter, prepare
from parsers.letters.interest import find_conclusions
from parsers.letters.kinds import find_stance
from parsers.letters.layout import lay_out
from parsers.letters.phrases import Words
from parsers.letters.quotes import Voice, Voices, find_voices
from parsers.letters.records import Evidence, LetterContext

_RUN = re.compile(rb"([\x01-\xff])\1*")
_UNKNOWN = LetterContext()


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A part of one page that is not in the authority's own voice: ``page_text[start:end]``."""

    voice: Voice
    page: int
    """1-based."""
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Background:
    """The voices of a letter and the words that show its kind."""

    passages: tuple[Passage, ...]
    """In order, none overlapping another."""
    kind_evidence: Evidence | None
    """None where the kind follows from how the letter answers."""


def find_background(pages: str | Sequence[str], *, context: LetterContext = _UNKNOWN) -> Background:
    """The background of ``read_letter`` with the same arguments; offsets count as there, and no text makes it fail."""
    letter = prepare([pages] if isinstance(pages, str) else pages)
    layout = lay_out(letter)
    words = Words(letter.lower)
    voices = find_voices(letter, layout, words, outgoing=context.direction == "outgoing")
    own = words.within(voices.own(letter.lower), voices.codes)
    stance = find_stance(own, layout, find_conclusions(own, layout))
    return Background(
        passages=tuple(_passages(letter, voices)),
        kind_evidence=letter.evidence(*stance.words) if stance.words else None,
    )


def _passages(letter: Letter, voices: Voices) -> Iterator[Passage]:
    starts = (*letter.page_starts, len(letter.original) + 1)
    for run in _RUN.finditer(voices.codes):
        start, end = letter.original_start(run.start()), letter.original_end(run.end())
        page = bisect_right(letter.page_starts, start)
        while start < end:
            begin, after = starts[page - 1], starts[page]
            last = min(end, after - 1)
            if start < last:
                yield Passage(voice=voices.at(run.start()), page=page, start=start - begin, end=last - begin)
            start, page = after, page + 1
