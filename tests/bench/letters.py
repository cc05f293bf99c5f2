"""How long letters take: a usual one, ten times as long a one, and two megabytes that were made to be slow.

Time is the processor's, so that other work on the machine counts little, and the shortest of a few readings.
"""

import itertools
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass

from parsers.letters.reading import read_letter
from tests.bench.samples import letters, plain_words

LENGTH = 5_000
ROUNDS = 5
MEGABYTE = 1_000_000
SLOW = ("section 40(((((", "(a)(b)(c)")


@dataclass(frozen=True, kw_only=True)
class Limit:
    """One line of the table: what was measured, and what it may be at most, or is to be at least."""

    what: str
    measured: float
    most: float = math.inf
    least: float = 0.0
    unit: str

    @property
    def kept(self) -> bool:
        """Whether it is no more than it may be, and no less."""
        return self.least <= self.measured <= self.most

    @property
    def bound(self) -> str:
        """As it is printed."""
        return f"{self.most:.1f}" if self.most < math.inf else f">= {self.least:g}"


def limits() -> Iterator[Limit]:
    """Each measure in turn."""
    dense = of_length(LENGTH)
    yield Limit(what="a letter of 5 kB, mean", measured=1000 * _mean(usual(LENGTH)), most=3.0, unit="ms")
    yield Limit(what="5 kB of grounds and nothing else, mean", measured=1000 * _mean(dense), most=5.0, unit="ms")
    yield Limit(what="10 times the text", measured=growth(dense), most=12.0, unit="times")
    for piece in SLOW:
        text = (piece * (MEGABYTE // len(piece) + 1))[:MEGABYTE]
        yield Limit(what=f"a megabyte of {piece}", measured=seconds(text, rounds=2), most=2.0, unit="s")


def usual(length: int) -> list[str]:
    """Letters of about that many characters that name two or three provisions, as real ones of that length do.

    Those of the stand-in site are a third as long and are all about grounds, so each is followed by what authorities
    there wrote of other things.
    """
    further = itertools.cycle(plain_words())
    found = []
    for letter in letters():
        text = letter
        while len(text) < length:
            text += "\n\n" + next(further)
        found.append(text[:length])
    return found


def of_length(length: int) -> list[str]:
    """Texts of about that many characters, each of whole letters of the sample and the beginning of another."""
    found, text = [], ""
    for letter in letters():
        text += letter + "\n\n"
        if len(text) >= length:
            found.append(text[:length])
            text = ""
    return found


def growth(texts: list[str]) -> float:
    """How many times as long ten letters take in one text as apart, times ten."""
    tens = [texts[start : start + 10] for start in range(0, len(texts) - 9, 10)]
    apart = sum(seconds(text) for ten in tens for text in ten)
    return 10 * sum(seconds("".join(ten)) for ten in tens) / apart


def _mean(texts: list[str]) -> float:
    return sum(seconds(text) for text in texts) / len(texts)


def seconds(text: str, *, rounds: int = ROUNDS) -> float:
    """The shortest of a few readings."""
    return min(_once(text) for _ in range(rounds))


def _once(text: str) -> float:
    begun = time.process_time()
    read_letter(text)
    return time.process_time() - begun
