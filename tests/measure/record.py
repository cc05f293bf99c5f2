"""What the last recorded run said, and what has changed since.

A recorded run is a text: a heading with the scores, then for each letter its key and one fact a line. Of letters whose
labels the program has, only the differences from the labels are kept (``-`` a fact that the labels have and the reader
has not, ``+`` one that it has beyond them); of letters that are not ours the whole reading, with numbers, days and the
provisions of other Acts as hashes, so that no words of a letter can be read from it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from parsers.letters.records import RELIED_ON
from tests.measure.corpora import Corpus, Letter, short_hash
from tests.measure.facts import SUPPORTING, Facts, above, bare, reference_norm, same_status
from tests.measure.scores import score, table

Verdict = Literal["better", "worse", "neither"]
Recorded = Mapping[str, frozenset[tuple[str, "Fact"]]]
"""For each key the signs and facts of its letter."""

_FIELDS = ("kind", "outcome", "letter_date", "request_date")
_HIDDEN = frozenset({"reference", "letter_date", "request_date", "OTHER", "unknown"})
"""What may hold words of the letter."""
_DATA_PROTECTION = frozenset({"DPA1998", "DPA2018", "UKGDPR"})


@dataclass(frozen=True, order=True)
class Fact:
    """One thing said of a letter: a field or regime, its value or provision, and the role of a provision."""

    field: str
    value: str
    role: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, (self.field, self.value, self.role)))

    @property
    def about(self) -> tuple[str, str]:
        """What the fact settles, so that two facts about the same are one change."""
        return self.field, "" if self.field in _FIELDS else self.value


@dataclass(frozen=True, kw_only=True)
class Change:
    """A fact of one letter that was and is not, is and was not, or is another now."""

    letter: Letter
    before: Fact | None
    now: Fact | None
    verdict: Verdict

    def __str__(self) -> str:
        if self.before and self.now:
            what = "moved" if self.before.role else "changed"
            told = f"{self.before} → {self.now.role or self.now.value}"
        else:
            what, told = ("lost", str(self.before)) if self.before else ("gained", str(self.now))
        return f"{self.verdict:8} {what:8} {self.letter.name}: {told}"


def facts_in(facts: Facts) -> frozenset[Fact]:
    """The facts one by one."""
    found = {Fact(regime, provision, role) for (regime, provision), role in facts.provisions.items()}
    found |= {Fact("reference", value) for value in facts.references}
    return frozenset(found | {Fact(name, value) for name in _FIELDS if (value := getattr(facts, name))})


def render(corpus: Corpus, readings: Sequence[Facts]) -> str:
    """The text of a recorded run."""
    lines = [f"# {line}".rstrip() for line in table(corpus, score(corpus.letters, readings))]
    for letter, reading in sorted(zip(corpus.letters, readings, strict=True), key=lambda pair: pair[0].key):
        kept = sorted((fact, sign) for sign, fact in _kept(corpus, letter, facts_in(reading)))
        if kept:
            lines += [letter.key, *(f"  {sign} {fact}" for fact, sign in kept)]
    return "\n".join(lines) + "\n"


def _kept(corpus: Corpus, letter: Letter, facts: frozenset[Fact]) -> Iterator[tuple[str, Fact]]:
    base = _base(corpus, letter)
    if corpus.kept == "hashed":
        facts = frozenset(_hidden(fact, letter) for fact in facts)
    yield from (("-", fact) for fact in base - facts)
    yield from (("+", fact) for fact in facts - base)


def _base(corpus: Corpus, letter: Letter) -> frozenset[Fact]:
    """What need not be recorded: the labels, where the repository has them or makes them."""
    if corpus.kept in {"hashed", "not"}:
        return frozenset()
    return frozenset(replace(fact, role=_exact(fact)) for fact in facts_in(letter.wanted))


def _exact(fact: Fact) -> str:
    """The role that a supporting provision has in a reading: that of its ground, unless its law has no grounds."""
    if fact.role != SUPPORTING:
        return fact.role
    return "other_law" if fact.field in _DATA_PROTECTION else "relied_on"


def _hidden(fact: Fact, letter: Letter) -> Fact:
    """The fact without its words; who has not the letter cannot find them by trying."""
    return replace(fact, value=f"#{short_hash(*letter.pages, fact.value)}") if fact.field in _HIDDEN else fact


def parse(text: str) -> Recorded:
    """The facts of a recorded run; its heading is left out."""
    found: dict[str, set[tuple[str, Fact]]] = {}
    key = ""
    for line in text.splitlines():
        if line.startswith("  "):
            sign, field, rest = line.split(maxsplit=2)
            value, _, role = (rest, "", "") if field in {*_FIELDS, "reference"} else rest.rpartition(" ")
            found[key].add((sign, Fact(field, value, role)))
        elif not line.startswith("#"):
            key = line
            found[key] = set()
    return {key: frozenset(facts) for key, facts in found.items()}


def changes(corpus: Corpus, readings: Sequence[Facts], recorded: str) -> list[Change]:
    """What is another now than in the recorded run, what got worse first. New letters are not changes."""
    run = parse(recorded)
    found: list[Change] = []
    for letter, reading in zip(corpus.letters, readings, strict=True):
        if corpus.kept != "hashed" or letter.key in run:
            found += _changed(corpus, letter, facts_in(reading), run.get(letter.key, frozenset()))
    order = ("worse", "better", "neither")
    return sorted(found, key=lambda change: (order.index(change.verdict), change.letter.key))


def strangers(corpus: Corpus, recorded: str) -> int:
    """How many letters only the corpus or only the record has, as far as the record tells."""
    return len({letter.key for letter in corpus.letters} ^ parse(recorded).keys()) if corpus.kept == "hashed" else 0


def _changed(
    corpus: Corpus, letter: Letter, now: frozenset[Fact], kept: frozenset[tuple[str, Fact]]
) -> Iterator[Change]:
    clear = {_hidden(fact, letter): fact for fact in facts_in(letter.wanted) | now}
    clear |= {_hidden(fact, letter): fact for fact in now}
    missing = {fact for sign, fact in kept if sign == "-"}
    before = _base(corpus, letter) - missing | {clear.get(fact, fact) for sign, fact in kept if sign == "+"}
    for old, new in _pairs(before - now, now - before):
        yield Change(letter=letter, before=old, now=new, verdict=_verdict(corpus, letter, old, new))


def _pairs(gone: Iterable[Fact], come: Iterable[Fact]) -> Iterator[tuple[Fact | None, Fact | None]]:
    left = {fact.about: fact for fact in sorted(gone)}
    for fact in sorted(come):
        yield left.pop(fact.about, None), fact
    yield from ((fact, None) for fact in left.values())


def _verdict(corpus: Corpus, letter: Letter, before: Fact | None, now: Fact | None) -> Verdict:
    about = (now or before or Fact("", "")).about
    field = {"reference": "references"}.get(about[0], about[0] if about[0] in _FIELDS else "provisions")
    if field in letter.unsure:
        return "neither"
    was, is_now = (_right(corpus, letter, about, fact) for fact in (before, now))
    return "neither" if was == is_now else "better" if is_now else "worse"


def _right(corpus: Corpus, letter: Letter, about: tuple[str, str], fact: Fact | None) -> bool:
    """Whether the labels agree with what is said, or with nothing being said, about something."""
    field, value = about
    if field in _FIELDS:
        return bool(getattr(letter.wanted, field) == (fact.value if fact else None))
    if field == "reference":
        return (reference_norm(value) in map(reference_norm, letter.wanted.references)) == (fact is not None)
    exact = corpus.kept in {"labels", "differences"}
    labels = {place if exact else bare(place): role for place, role in letter.wanted.provisions.items()}
    place = about if exact else bare(about)
    wanted = labels.get(place)
    if wanted is None:
        return fact is None or any(above(place, deep) for deep in labels)
    if fact is None:
        return False
    if wanted == SUPPORTING:
        return True
    return fact.role == wanted if exact and wanted not in RELIED_ON else same_status(fact.role, wanted)
