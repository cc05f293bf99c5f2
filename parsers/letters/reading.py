"""Read one letter: the one entry point of ``parsers.letters``.

find (what is printed) → resolve (of which law) → role (what it does); beside that dates, references, signals, kind
and outcome. Reading never fails: whatever text comes in, a Reading comes out.
"""

from collections.abc import Iterator, Mapping, Sequence

from parsers.law.provision import written
from parsers.letters.citing.citations import find_citations
from parsers.letters.confidence import of_citation
from parsers.letters.laws.resolve import Resolved, resolve
from parsers.letters.outcomes.kinds import final_kind
from parsers.letters.outcomes.outcome import find_outcome, grounds_of
from parsers.letters.outcomes.signals import Scene, find_signals
from parsers.letters.records import RELIED_ON, Citation, Evidence, LetterContext, Reading
from parsers.letters.references.references import find_references
from parsers.letters.roles.interest import Conclusion
from parsers.letters.roles.roles import STRENGTH, Reader
from parsers.letters.roles.settle import settled
from parsers.letters.scan import Scan, scan
from parsers.letters.text.clean import Letter
from parsers.letters.text.layout import Layout

PARSER_VERSION = "5"
"""Raised whenever a letter may read differently than before."""

_QUOTE_BEFORE, _QUOTE_AFTER = 240, 160
_UNKNOWN = LetterContext()

Placed = tuple[int, Citation]
"""Where a mention ends in ``Letter.text``, and what was made of it."""


def read_letter(pages: str | Sequence[str], *, context: LetterContext = _UNKNOWN) -> Reading:
    """Read a letter given as one text, or as the texts of its pages in order.

    Offsets in the evidence count characters of the page as given, pages from 1:
    ``pages[evidence.page - 1][evidence.start:evidence.end] == evidence.quote``. No text makes it fail.
    """
    seen = scan(pages, context)
    letter, layout, own, stance = seen.letter, seen.layout, seen.own, seen.stance
    resolved = resolve(letter, layout, find_citations(letter), seen.acts, seen.law)
    reader = Reader(letter=letter, layout=layout, words=seen.words, own=own, voices=seen.voices, stance=stance)
    placed = tuple(settled(tuple(_citations(reader, resolved)), lambda: reader.tenor))
    citations = tuple(citation for _, citation in placed)
    outcome, shown = find_outcome(letter, layout, stance, citations, own, _decided(placed, seen.conclusions))
    refuses = bool(grounds_of(citations))
    return Reading(
        kind=final_kind(stance, refuses=refuses, outcome=outcome, own=own),
        letter_date=seen.letter_date,
        request_date=seen.request_date,
        references=find_references(letter, layout, seen.voices, seen.dates),
        citations=citations,
        outcome=outcome,
        outcome_evidence=shown,
        signals=find_signals(_scene(seen, refuses=refuses)),
        parser_version=PARSER_VERSION,
        notes=letter.notes,
    )


def _scene(seen: Scan, *, refuses: bool) -> Scene:
    return Scene(
        letter=seen.letter,
        layout=seen.layout,
        voices=seen.voices,
        words=seen.words,
        dates=seen.dates,
        conclusions=seen.conclusions,
        bearing=seen.stance.bearing,
        refuses=refuses,
    )


def strongest(citations: Sequence[Citation]) -> Mapping[tuple[str, str], Citation]:
    """For each regime and provision the mention whose role stands for the letter: relied on before mentioned."""
    found: dict[tuple[str, str], Citation] = {}
    for citation in citations:
        key = citation.regime, citation.provision
        best = found.get(key)
        if best is None or STRENGTH.index(citation.role) < STRENGTH.index(best.role):
            found[key] = citation
    return found


def reading_as_json(reading: Reading, *, id: str) -> dict[str, object]:  # noqa: A002 - the name of the field
    """A reading as ``wdtk letter`` prints it; ``page`` is given where a fact stands beyond the first page."""
    paged = any(citation.evidence.page > 1 for citation in reading.citations)
    return {
        "id": id,
        "kind": reading.kind,
        "letter_date": reading.letter_date.value if reading.letter_date else None,
        "request_date": reading.request_date.value if reading.request_date else None,
        "references": [reference.value for reference in reading.references],
        "citations": [_citation_as_json(citation, paged=paged) for citation in reading.citations],
        "outcome": reading.outcome,
        "signals": {signal.name: signal.value or signal.evidence.quote for signal in reading.signals},
        "parser_version": reading.parser_version,
    }


def _citation_as_json(citation: Citation, *, paged: bool) -> dict[str, object]:
    return {
        "regime": citation.regime,
        "provision": citation.provision,
        "role": citation.role,
        "quote": citation.evidence.quote,
        **({"page": citation.evidence.page} if paged else {}),
        "start": citation.evidence.start,
        "end": citation.evidence.end,
        "confidence": round(citation.confidence, 2),
    }


def _decided(placed: Sequence[Placed], conclusions: Sequence[Conclusion]) -> int:
    """Where the last refusal ends: its last mention, or the conclusion of its last public interest test."""
    relied = [end for end, citation in placed if citation.role in RELIED_ON]
    return max([*relied, *(conclusion.end for conclusion in conclusions)], default=0)


def _citations(reader: Reader, resolved: Sequence[Resolved]) -> Iterator[Placed]:
    for found in resolved:
        quote = _quote(reader.letter, reader.layout, found)
        for provision, ruling in zip(found.provisions, reader.rulings(found), strict=True):
            words = reader.letter.evidence(provision.item.start, provision.item.end)
            yield (
                found.mention.end,
                Citation(
                    regime=found.regime,
                    provision=written(provision.parts),
                    printed=words.quote,
                    printed_start=words.start,
                    role=ruling.role,
                    evidence=quote if quote.page == words.page else words,
                    confidence=of_citation(found.rule, ruling.rule, ruling.role, ambiguous=bool(found.candidates)),
                    regime_rule=found.rule,
                    role_rule=ruling.rule,
                    candidates=found.candidates,
                ),
            )


def _quote(letter: Letter, layout: Layout, found: Resolved) -> Evidence:
    """The sentence of a mention, or so much of it as stands close by."""
    mention = found.mention
    start, end = layout.sentence(mention.start, mention.end)
    if mention.start - start > _QUOTE_BEFORE:
        start = letter.text.find(" ", mention.start - _QUOTE_BEFORE, mention.start) + 1 or mention.start
    if end - mention.end > _QUOTE_AFTER:
        cut = letter.text.rfind(" ", mention.end, mention.end + _QUOTE_AFTER)
        end = cut if cut > 0 else mention.end
    return letter.evidence(start, end)
