"""What a reading rests on and does not hold itself: whose words each passage is, what shows the kind of letter, and
what the letter as a whole says of its law.

It is asked for only where a reading is to be explained.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from parsers.letters.laws.letterlaw import LetterLaw
from parsers.letters.records import Evidence, LetterContext
from parsers.letters.scan import scan
from parsers.letters.text.clean import Letter
from parsers.letters.voices.quotes import Voice, Voices

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
    """The voices of a letter, the words that show its kind, and its law."""

    passages: tuple[Passage, ...]
    """In order, none overlapping another."""
    kind_evidence: Evidence | None
    """None where the kind follows from how the letter answers."""
    law: tuple[str, ...]
    """What the letter as a whole says of its law, a few words each: ``scottish: no``."""


def find_background(pages: str | Sequence[str], *, context: LetterContext = _UNKNOWN) -> Background:
    """The background of ``read_letter`` with the same arguments; offsets count as there, and no text makes it fail."""
    seen = scan(pages, context)
    shown = seen.stance.words
    return Background(
        passages=tuple(_passages(seen.letter, seen.voices)),
        kind_evidence=seen.letter.evidence(*shown) if shown else None,
        law=tuple(_told(seen.law)),
    )


def _passages(letter: Letter, voices: Voices) -> Iterator[Passage]:
    starts = (*letter.page_starts, len(letter.original) + 1)
    for run in _RUN.finditer(voices.codes):
        start, end = letter.original_start(run.start()), letter.original_end(run.end())
        page = bisect_right(letter.page_starts, start)
        while start < end:
            begin, after = starts[page - 1], starts[page]
            words = letter.original[start : min(end, after - 1)]
            if words.strip():
                first = start - begin + len(words) - len(words.lstrip())
                last = first + len(words.strip())
                yield Passage(voice=voices.at(run.start()), page=page, start=first, end=last)
            start, page = after, page + 1


def _told(law: LetterLaw) -> Iterator[str]:
    for field in fields(law):
        value = getattr(law, field.name)
        if isinstance(value, frozenset):
            value = ", ".join(sorted(filter(None, value)))
        elif isinstance(value, bool):
            value = "yes" if value else "no"
        if value:
            yield f"{field.name.replace('_', ' ')}: {value}"
