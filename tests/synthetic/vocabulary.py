"""Words without end, as letters have them: a few very common, many rare, and new ones that keep coming.

Sentences are taken from a stock made once, whose words follow Zipf's law with Mandelbrot's shift (exponent 1.07, shift
2.7, usual for English prose) over 40,000 words. A third of a text's clauses hold fresh words, whose numbers follow a
Pareto law without an upper end: among n of them about n to the power of 1 / 1.7 are different, which is Heaps' law with
an exponent of 0.59. Together they make some 150,000 different words in 10,000 requests and two million in a million,
about as many as 44 * n ** 0.49 of n words, which is what the news of Reuters have (RCV1, a usual yardstick).
"""

import tomllib
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from random import Random

from tests.synthetic.lengths import dice

BASE_WORDS = 40_000
STOCK = 24_000
"""Sentences that are made once."""
EXPONENT, SHIFT = 1.07, 2.7
TAIL = 1.7
FIRST_FRESH = 1_000
MOST_FRESH = 10**12
SENTENCE_WORDS = 15.0
_ONSETS = (
    "b", "br", "c", "cl", "cr", "d", "dr", "f", "fl", "g", "gl", "gr", "h", "j", "k", "kl", "l", "m", "n", "p", "pl",
    "pr", "qu", "r", "s", "sc", "sh", "sk", "sl", "st", "t", "th", "tr", "v", "w", "wh", "y", "z",
)  # fmt: skip
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ea", "ee", "io", "oa", "ou")
_CODAS = ["", "", "n", "r", "l", "st", "m", "ck"]
_SYLLABLES = [onset + vowel + coda for onset in _ONSETS for vowel in _VOWELS for coda in _CODAS]
_ENDINGS = ("", "s", "ed", "al", "ing", "ion")
_CLAUSES = (
    "The {} by the {} is on sheet {}.",
    "See {} and {} in box {}.",
    "{} and {}: {} in all.",
    "Of {} and {} there were {}.",
    "The {} of {} came to £{}.",
)


def spelled(number: int) -> str:
    """The word of a number: the same for ever, another for each, in lower case."""
    ending = _ENDINGS[number % len(_ENDINGS)]
    number //= len(_ENDINGS)
    parts = []
    while True:
        number, place = divmod(number, len(_SYLLABLES))
        parts.append(_SYLLABLES[place])
        if not number:
            return "".join(parts) + ending


def named(number: int, endings: Sequence[str]) -> str:
    """A name of a place or a person: ``named(7, ("ford", "ham"))``."""
    number, place = divmod(number, len(endings))
    word = _SYLLABLES[number * 1597 % len(_SYLLABLES)]
    number //= len(_SYLLABLES)
    if number:
        word += _SYLLABLES[number * 911 % len(_SYLLABLES)]
    return (word + endings[place]).capitalize()


class Vocabulary:
    """The words of one synthetic archive."""

    def __init__(self, seed: int) -> None:
        self._random = dice("vocabulary", seed)

    @cached_property
    def words(self) -> list[str]:
        """The words of the stock, the commonest first."""
        told = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
        found = dict.fromkeys([*told["common"].split(), *told["ordinary"].split()])
        while len(found) < BASE_WORDS:
            found[spelled(int(self._random.random() ** 3 * 2 * 10**7))] = None
        return list(found)

    @cached_property
    def _cumulative(self) -> list[float]:
        return list(accumulate(1 / (rank + SHIFT) ** EXPONENT for rank in range(1, len(self.words) + 1)))

    @cached_property
    def stock(self) -> list[str]:
        """Sentences, each with a capital and a full stop."""
        drawn = iter(
            self._random.choices(self.words, cum_weights=self._cumulative, k=int(STOCK * SENTENCE_WORDS * 1.5))
        )
        lengths = (max(4, min(40, round(self._random.lognormvariate(2.6, 0.45)))) for _ in range(STOCK))
        sentences = (" ".join(next(drawn) for _ in range(length)) for length in lengths)
        return [f"{one[0].upper()}{one[1:]}." for one in sentences]

    def fresh(self, random: Random) -> str:
        """A word that may never have been used before."""
        return spelled(min(MOST_FRESH, int(FIRST_FRESH * (1 - random.random()) ** -TAIL)))

    def clause(self, random: Random) -> str:
        """A short sentence with fresh words and a number."""
        told = self.fresh(random), self.fresh(random), int(random.random() ** 3 * 9_000) + 1
        clause = _CLAUSES[int(random.random() * len(_CLAUSES))].format(*told)
        return clause[0].upper() + clause[1:]

    def paragraph(self, random: Random) -> str:
        """Two to five sentences and a clause with fresh words: some 350 characters."""
        return " ".join([*random.choices(self.stock, k=2 + int(random.random() * 4)), self.clause(random)])

    def text(self, random: Random, characters: int) -> str:
        """Paragraphs parted by empty lines, about so many characters; one at least."""
        parts: list[str] = []
        length = 0
        while not parts or length + 170 < characters:
            part = self.paragraph(random)
            parts.append(part)
            length += len(part) + 2
        return "\n\n".join(parts)

    def rows(self, random: Random, characters: int) -> str:
        """A sheet as text: rows of cells parted by tabs."""
        lines, length = ["Heading\tSheet\tNumber\tCost"], 27
        while length < characters:
            number = int(random.random() ** 2 * 5_000)
            line = f"{self.fresh(random)}\t{random.choice(self.words)}\t{number}\t{number * 7 + 3}"
            lines.append(line)
            length += len(line) + 1
        return "\n".join(lines)
