"""How long and how many: the assumed distributions, drawn with one throw each.

Long tails are Pareto's: ``int(u ** -a)`` of an even throw u has a mean of about 1 / (1 - a) and a few huge values.
"""

from math import exp
from random import Random
from typing import Literal

FileSort = Literal["picture", "pdf", "scan", "docx", "xlsx", "csv"]
SORTS: tuple[tuple[FileSort, float], ...] = (
    ("picture", 0.45), ("pdf", 0.28), ("xlsx", 0.1), ("docx", 0.08), ("scan", 0.05), ("csv", 0.04),
)  # fmt: skip
"""What is attached beside the letters: nearly half are logos and signatures, which come again and again."""
EXCHANGES, MOST_EXCHANGES = 0.5, 40
"""Share of answered requests with further letters both ways."""
ATTACHED, MOST_ATTACHED = 0.56, 30
"""Share of incoming messages with files beside the letter."""
MOST_PAGES = 60


def dice(*key: object) -> Random:
    """Throws that are the same for the same key."""
    return Random(" ".join(map(str, key)))  # noqa: S311 - a made-up archive, no secrets


def exchanges(random: Random) -> int:
    """Further messages and their answers in a thread: 1.05 on average, 40 at most."""
    if random.random() > EXCHANGES:
        return 0
    return min(MOST_EXCHANGES, int((1 - random.random()) ** -0.62))


def attached(random: Random) -> int:
    """Further files of an incoming message: about 1 on average, 30 at most."""
    if random.random() > ATTACHED:
        return 0
    return min(MOST_ATTACHED, int((1 - random.random()) ** -0.56))


def page_count(random: Random) -> int:
    """Pages of a file, or sheets: 2.3 on average, most have one."""
    return min(MOST_PAGES, int((1 - random.random()) ** -0.68))


def sort(random: Random) -> FileSort:
    """What a further file is."""
    throw = random.random()
    for name, share in SORTS:
        throw -= share
        if throw < 0:
            return name
    return "picture"


def characters(random: Random, median: float, spread: float, most: int) -> int:
    """How long a text is: a lognormal length, so most are short and a few are long."""
    return min(most, int(median * exp(random.normalvariate(0.0, spread))))
