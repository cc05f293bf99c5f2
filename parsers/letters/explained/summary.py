"""What the reader says of a letter as a whole, as rows to be shown, each fact with the words it rests on."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache

from parsers.law.table import lookup, other_acts
from parsers.letters.explained.background import Background, Passage
from parsers.letters.explained.marks import VOICE_WORDS, line_number, page_lines
from parsers.letters.explained.shown import CLOSE, OPEN, Row, quoted, safe, wrapped
from parsers.letters.reading import strongest
from parsers.letters.records import Citation, DateFact, Evidence, LetterContext, Reading, Role
from parsers.letters.roles.roles import STRENGTH

ROLE_WORDS: Mapping[Role, str] = {
    "relied_on": "relied on",
    "relied_on_ncnd": "relied on to neither confirm nor deny",
    "considered_not_applied": "considered, not applied",
    "withdrawn": "withdrawn",
    "possible_future": "might apply later",
    "claimed_pending_pit": "claimed, public interest still open",
    "procedural": "procedure, no ground",
    "statute_quotation": "quoted from the Act",
    "requester_quotation": "quoted, not said now",
    "boilerplate": "general words",
    "other_law": "other law",
    "unknown": "unknown",
}
_LABEL = 16
_INDENT = 2


def summary_rows(
    pages: Sequence[str],
    reading: Reading,
    background: Background,
    citations: Sequence[Citation],
    *,
    context: LetterContext,
    width: int,
) -> Iterator[Row]:
    """The facts of a reading and the provisions by the role that stands; mentions are numbered as in ``citations``."""
    teller = _Teller(lines=[page_lines(page) for page in pages], width=width)
    yield (("What the reader says of the letter", "title"),)
    yield from _facts(teller, reading, background)
    yield from teller.field("not its own", _others(teller, background.passages))
    yield from teller.field("its law", safe("; ".join(background.law)))
    known = [f"{key} {safe(value)[:80]}" for key, value in asdict(context).items() if value is not None]
    yield from teller.field("known before", ", ".join(known) or "nothing")
    yield from teller.field("reader", f"version {reading.parser_version}")
    for note in reading.notes:
        yield from teller.field("note", safe(note))
    yield ()
    yield (("What stands for the letter, and which mention decides", "title"),)
    yield from _provisions(reading, citations, width=width)


@dataclass(frozen=True, kw_only=True)
class _Teller:
    lines: Sequence[Sequence[tuple[int, int]]]
    """Of each page."""
    width: int

    def field(self, label: str, value: str, evidence: Evidence | None = None) -> Iterator[Row]:
        """A fact under its label, and below it the place and the words it rests on."""
        start = f"{label:<{_LABEL - _INDENT}}"
        yield from wrapped(start + value, "plain", width=self.width, indent=_INDENT, hang=_LABEL - _INDENT)
        if evidence is not None:
            words = f"{self.place(evidence.page, evidence.start)}: {quoted(evidence.quote)}"
            yield from wrapped(words, "rule", width=self.width, indent=_LABEL + 2, hang=2)

    def place(self, page: int, position: int) -> str:
        """``line 12``, with its page where there are several."""
        number = line_number(self.lines[page - 1], position)
        return f"line {number}" if len(self.lines) == 1 else f"page {page}, line {number}"


def _facts(teller: _Teller, reading: Reading, background: Background) -> Iterator[Row]:
    shown = background.kind_evidence
    kind = _words(reading.kind)
    yield from teller.field("kind", kind if shown else f"{kind}, as its outcome shows", shown)
    outcome = _words(reading.outcome)
    said = outcome if reading.outcome_evidence else f"{outcome}, though no words say so"
    yield from teller.field("outcome", said, reading.outcome_evidence)
    yield from _day(teller, "its date", reading.letter_date)
    yield from _day(teller, "request of", reading.request_date)
    if not reading.references:
        yield from teller.field("reference", "none found")
    for reference in reading.references:
        value = f"{safe(reference.value)}, confidence {reference.confidence:.2f}"
        yield from teller.field("reference", value, reference.evidence)
    for signal in reading.signals:
        value = _words(signal.name) + (f": {safe(signal.value)}" if signal.value else "")
        yield from teller.field("signal", value, signal.evidence)


def _day(teller: _Teller, label: str, fact: DateFact | None) -> Iterator[Row]:
    if fact is None:
        yield from teller.field(label, "none found")
    else:
        yield from teller.field(label, f"{fact.value}, confidence {fact.confidence:.2f}", fact.evidence)


def _words(name: str) -> str:
    return "neither confirm nor deny" if name == "ncnd" else name.replace("_", " ")


def _others(teller: _Teller, passages: Sequence[Passage]) -> str:
    """Which lines are in other voices than the authority's."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for passage in passages:
        first = teller.place(passage.page, passage.start)
        last = line_number(teller.lines[passage.page - 1], passage.end - 1)
        place = first if first.endswith(f"line {last}") else f"{first.replace('line', 'lines')}-{last}"
        found[VOICE_WORDS[passage.voice]].append(place)
    return "; ".join(f"{voice} ({', '.join(places)})" for voice, places in found.items()) or "nothing"


def law_of(citation: Citation) -> str:
    """The law and the provision; of another Act the provision names it."""
    provision = safe(citation.provision)
    if citation.regime == "OTHER":
        return provision
    return f"law unknown, {provision}" if citation.regime == "unknown" else f"{citation.regime} {provision}"


@cache
def _act_names() -> Mapping[str, str]:
    return {act.code: act.name for act in other_acts()}


def _title(citation: Citation) -> str:
    """What the provision, or the one it is part of, is about; empty where the table has neither.

    Titles of limbs go on from that of the whole (``...free and frank advice``), and are told with it.
    """
    if citation.regime == "OTHER":
        return _act_names().get(citation.provision.partition(" ")[0], "")
    titles: list[str] = []
    provision = citation.provision
    while provision and not (titles and not titles[0].startswith("...")):
        row = lookup(citation.regime, provision)
        titles[:0] = [row.short_title] if row else []
        provision = provision.rpartition("(")[0]
    return " ".join(titles)


def _provisions(reading: Reading, citations: Sequence[Citation], *, width: int) -> Iterator[Row]:
    standing = strongest(reading.citations)
    mentions: defaultdict[tuple[str, str], list[tuple[int, Citation]]] = defaultdict(list)
    for number, citation in enumerate(citations, start=1):
        mentions[citation.regime, citation.provision].append((number, citation))
    if not mentions:
        yield (("  No provision is mentioned.", "plain"),)
    role: Role | None = None
    for key, best in sorted(standing.items(), key=lambda item: STRENGTH.index(item[1].role)):
        if best.role != role:
            role = best.role
            yield ((f"  {ROLE_WORDS[role]}", "note"),)
        title = _title(best)
        words = f"{law_of(best)}: {title}" if title else law_of(best)
        yield from wrapped(words, "plain", width=width, indent=4, hang=4)
        yield from wrapped(_decided(best, mentions[key]), "rule", width=width, indent=8, hang=2)


def _decided(best: Citation, mentions: Sequence[tuple[int, Citation]]) -> str:
    """Which mention decides, and what the others do."""
    decides = next(number for number, citation in mentions if citation is best)
    others: defaultdict[str, list[str]] = defaultdict(list)
    for number, citation in mentions:
        if number != decides:
            others[ROLE_WORDS[citation.role]].append(f"{OPEN}{number}{CLOSE}")
    rest = "".join(f"; {role}: {', '.join(numbers)}" for role, numbers in others.items())
    return f"decided by {OPEN}{decides}{CLOSE}{rest}"
