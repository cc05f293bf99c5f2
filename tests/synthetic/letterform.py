"""A letter with gaps and what was read in it, so that a copy's reading is had without reading it again.

Every quote is cut out of the copy's own text at the place where it stands there, so it is always true. Whether a reader
would read the same in a copy is tried out once, when the form is made: the form that is kept is the freest one of which
a sample reads as it says; at the strictest it is the stand-in's letter word for word.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from parsers.letters.reading import PARSER_VERSION
from parsers.letters.records import LetterContext
from scraper.reading.letters import MOST_PAGES
from tests.synthetic.cloze import Cloze, Filled, Place
from tests.synthetic.days import ISO

plain = json.JSONEncoder(ensure_ascii=False).encode
"""A value as the columns of readings have it."""
escaped = json.JSONEncoder().encode

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Words:
    """What fills the gaps of one copy, and by how many days its times are moved."""

    words: list[str]
    days: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A piece of evidence: its page and its places there."""

    page: int
    first: Place
    last: Place

    def cut(self, pages: Sequence[Filled]) -> tuple[str, int, int, int]:
        """Its words, page, beginning and end in a copy."""
        page = pages[self.page - 1]
        start, end = page.at(self.first), page.at(self.last)
        return page.text[start:end], self.page, start, end

    def json(self, pages: Sequence[Filled]) -> str:
        """The same as a column has it."""
        quote, page, start, end = self.cut(pages)
        return f'{{"end": {end}, "page": {page}, "quote": {plain(quote)}, "start": {start}}}'


@dataclass(frozen=True, slots=True)
class Told:
    """A value that was read with its quote; a day moves with the copy, and a reference has the copy's numbers."""

    value: Cloze | int | None
    quote: Quote
    rest: tuple[Value, ...]

    def of(self, words: Words) -> str | None:
        """The value in a copy."""
        if self.value is None:
            return None
        return self.value.word(words.words) if isinstance(self.value, Cloze) else ISO[self.value + words.days]


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterForm:
    """A letter with gaps, and its reading."""

    pages: tuple[Cloze, ...]
    filled: bool
    """Whether it has room for further words."""
    kind: str
    outcome: str
    notes: str
    letter_date: Told | None
    request_date: Told | None
    shown: Quote | None
    signals: tuple[tuple[str, Told], ...]
    references: tuple[Told, ...]
    citations: tuple[Told, ...]

    def reading(self, pages: Sequence[Filled], words: Words) -> tuple[Value, ...]:
        """The columns of ``readings`` from ``kind`` to ``notes``."""
        signals = ", ".join([self._signal(name, told, pages, words) for name, told in self.signals])
        return (
            self.kind,
            *_dated(self.letter_date, pages, words),
            *_dated(self.request_date, pages, words),
            self.outcome,
            self.shown.json(pages) if self.shown else None,
            f"[{signals}]",
            self.notes,
        )

    def _signal(self, name: str, told: Told, pages: Sequence[Filled], words: Words) -> str:
        quote, page, start, end = told.quote.cut(pages)
        place = f'"page": {page}, "quote": {plain(quote)}, "start": {start}'
        return f'{{"end": {end}, "name": "{name}", {place}, "value": {plain(told.of(words))}}}'

    def reference_rows(self, source: str, pages: Sequence[Filled], words: Words) -> list[tuple[Value, ...]]:
        """Rows of ``letter_references``."""
        return [
            (source, number, told.of(words), *told.quote.cut(pages), *told.rest)
            for number, told in enumerate(self.references, start=1)
        ]

    def citation_rows(self, source: str, pages: Sequence[Filled]) -> list[tuple[Value, ...]]:
        """Rows of ``citations``."""
        return [
            (source, number, *told.rest[:4], *told.quote.cut(pages), *told.rest[4:])
            for number, told in enumerate(self.citations, start=1)
        ]


def _dated(told: Told | None, pages: Sequence[Filled], words: Words) -> tuple[Value, Value]:
    return (told.of(words), told.quote.json(pages)) if told else (None, None)


def input_key(sha256: str | None, text: str, fields: str) -> str:
    """``Letter.input_key``; ``fields`` is the context as JSON (``context_json``)."""
    told = f'[{escaped(sha256)}, {escaped(text)}, {fields}, "{PARSER_VERSION}", {MOST_PAGES}]'
    return hashlib.sha256(told.encode("ascii")).hexdigest()


def context_json(context: LetterContext) -> str:
    """A context as input keys have it."""
    return json.dumps(asdict(context), sort_keys=True)
