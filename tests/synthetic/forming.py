"""Finds for each letter of a thread the freest form of which a copy reads as it says."""

import json
import re
from collections.abc import Sequence
from typing import Any

from parsers.letters.reading import read_letter
from parsers.letters.records import LetterContext, Reading
from scraper.publishing.became.kinds import ANSWERS
from tests.synthetic.cloze import Cloze, Filled, boundaries, cut, whole
from tests.synthetic.days import number_of
from tests.synthetic.letterform import LetterForm, Quote, Told, Value, Words
from tests.synthetic.pattern import Pattern, Row

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Maker:
    """Makes the forms of one thread's letters."""

    def __init__(self, pattern: Pattern, samples: Sequence[Words], context: LetterContext) -> None:
        """``samples`` and ``context`` are of copies on which each form is tried."""
        self._pattern, self._samples, self._context = pattern, samples, context

    def form(self, reading: Row, texts: Sequence[str]) -> tuple[LetterForm, bool]:
        """The freest form that reads in a sample as it says, and whether any does; else the very words."""
        quotes = _evidence(reading, *self._pattern.facts[reading["source"]])
        rooms = boundaries(texts[0], [(start, end) for page, start, end in quotes if page == 1])
        if reading["kind"] not in ANSWERS:
            rooms = []  # an acknowledgement is short, and a long one would be taken for an answer
        tries = [(self._pattern.gaps, room) for room in [*rooms[:3], *rooms[-1:], None]]
        for gaps, room in tries:
            form = self._made(reading, texts, gaps, room)
            if self._reads(form):
                return form, True
        strict = self._made(reading, texts, {}, None)
        return strict, self._reads(strict)

    def _made(self, reading: Row, texts: Sequence[str], gaps: dict[str, int], room: int | None) -> LetterForm:
        references, citations = self._pattern.facts[reading["source"]]
        evidence = _evidence(reading, references, citations)
        pages, places = [], {}
        for number, text in enumerate(texts, start=1):
            own = [place for place in evidence if place[0] == number]
            cloze, cuts = cut(text, gaps, [(start, end) for _, start, end in own], room if number == 1 else None)
            pages.append(cloze)
            places.update({place: Quote(number, *found) for place, found in zip(own, cuts, strict=True)})
        make = _Told(places, gaps, moves=bool(gaps))
        return make.form(reading, references, citations, tuple(pages), filled=room is not None)

    def _reads(self, form: LetterForm) -> bool:
        for sample in self._samples if form.filled else self._samples[:1]:
            pages = [page.fill(sample.words) for page in form.pages]
            found = read_letter([page.text for page in pages], context=self._context)
            if _as_told(found) != _as_formed(form, pages, sample):
                return False
        return True


_Spot = tuple[int, int, int]
"""Page, beginning and end of a quote."""


def _spot(told: Any) -> _Spot:
    return told["page"], told["start"], told["end"]


def _evidence(reading: Row, references: Sequence[Row], citations: Sequence[Row]) -> list[_Spot]:
    columns = ("letter_date_evidence", "request_date_evidence", "outcome_evidence")
    single = [json.loads(reading[column]) for column in columns if reading[column]]
    found = [_spot(told) for told in (*single, *json.loads(reading["signals"]), *references, *citations)]
    return list(dict.fromkeys(found))


class _Told:
    """Puts what was read into forms."""

    def __init__(self, places: dict[_Spot, Quote], gaps: dict[str, int], *, moves: bool) -> None:
        self._places, self._gaps, self._moves = places, gaps, moves

    def form(
        self,
        reading: Row,
        references: Sequence[Row],
        citations: Sequence[Row],
        pages: tuple[Cloze, ...],
        *,
        filled: bool,
    ) -> LetterForm:
        cited = ("regime", "provision", "printed", "role", "confidence", "regime_rule", "role_rule", "candidates")
        return LetterForm(
            pages=pages,
            filled=filled,
            kind=reading["kind"],
            outcome=reading["outcome"],
            notes=reading["notes"],
            letter_date=self._dated(reading["letter_date"], reading["letter_date_evidence"]),
            request_date=self._dated(reading["request_date"], reading["request_date_evidence"]),
            shown=self._places[_spot(json.loads(reading["outcome_evidence"]))] if reading["outcome_evidence"] else None,
            signals=tuple((told["name"], self._told(told["value"], told)) for told in json.loads(reading["signals"])),
            references=tuple(self._told(row["value"], row, row["confidence"]) for row in references),
            citations=tuple(self._told(None, row, *(row[column] for column in cited)) for row in citations),
        )

    def _dated(self, value: str | None, evidence: str | None) -> Told | None:
        return self._told(value, json.loads(evidence)) if value is not None and evidence else None

    def _told(self, value: str | None, told: Any, *rest: Value) -> Told:
        return Told(self._value(value), self._places[_spot(told)], rest)

    def _value(self, value: str | None) -> Cloze | int | None:
        if value is None:
            return None
        if self._moves and _DAY.fullmatch(value):
            return number_of(value)
        return cut(value, self._gaps, [], None)[0] if self._moves else whole(value)


def _as_told(reading: Reading) -> tuple[Any, ...]:
    """What a reader says, for comparison."""

    def placed(evidence: Any) -> Any:
        return evidence and (evidence.quote, evidence.page, evidence.start, evidence.end)

    days = [day and (day.value, placed(day.evidence)) for day in (reading.letter_date, reading.request_date)]
    return (
        reading.kind,
        reading.outcome,
        *days,
        placed(reading.outcome_evidence),
        [(one.name, one.value, placed(one.evidence)) for one in reading.signals],
        [(one.value, placed(one.evidence), one.confidence) for one in reading.references],
        [(one.regime, one.provision, one.printed, one.role, placed(one.evidence)) for one in reading.citations],
    )


def _as_formed(form: LetterForm, pages: Sequence[Filled], words: Words) -> tuple[Any, ...]:
    days = [told and (told.of(words), told.quote.cut(pages)) for told in (form.letter_date, form.request_date)]
    return (
        form.kind,
        form.outcome,
        *days,
        form.shown and form.shown.cut(pages),
        [(name, told.of(words), told.quote.cut(pages)) for name, told in form.signals],
        [(told.of(words), told.quote.cut(pages), *told.rest) for told in form.references],
        [(*told.rest[:4], told.quote.cut(pages)) for told in form.citations],
    )
