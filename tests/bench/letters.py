"""How long letters take: a usual one, ten times as long a one, and two megabytes that were made to be slow.

Time is the processor's, so that other work on the machine counts little, and the shortest of a few readings.
"""

import itertools
import re
import time
from collections.abc import Iterator

from parsers.letters.reading import read_letter
from tests.bench.figures import Figure, Unit
from tests.bench.samples import letters, plain_words
from tests.bench.turns import ROUNDS as TURNS
from tests.bench.turns import a_piece, in_turns

LENGTH = 5_000
ROUNDS = 5
MEGABYTE = 1_000_000
SLOW = ("section 40(((((", "(a)(b)(c)")
_PATTERN = re.compile(r"\b[Ss]ection\s+\d+")


def figures() -> Iterator[Figure]:
    """Each measure in turn."""
    yield _beside_a_pattern()
    dense = of_length(LENGTH)
    yield _bounded("a letter of 5 kB, mean", 1000 * _mean(usual(LENGTH)), "ms", 3.0)
    yield _bounded("5 kB of grounds and nothing else, mean", 1000 * _mean(dense), "ms", 5.0)
    yield _bounded("10 times the text", growth(dense), "times", 12.0)
    for piece in SLOW:
        text = (piece * (MEGABYTE // len(piece) + 1))[:MEGABYTE]
        yield _bounded(f"a megabyte of {piece}", seconds(text, rounds=2), "s", 2.0, repeats=2)


def _beside_a_pattern() -> Figure:
    sample = letters()
    ours, reference = in_turns(
        a_piece(lambda: len([read_letter(text) for text in sample])),
        a_piece(lambda: len([_PATTERN.findall(text) for text in sample])),
    )
    return Figure(
        part="letters", what="a letter to a reading", unit="ms", ours=ours, reference=reference,
        beside="one regular expression for a section number", repeats=TURNS,
    )  # fmt: skip


def _bounded(what: str, ours: float, unit: Unit, most: float, *, repeats: int = ROUNDS) -> Figure:
    return Figure(part="letters", what=what, unit=unit, ours=ours, limit=most, repeats=repeats)


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
