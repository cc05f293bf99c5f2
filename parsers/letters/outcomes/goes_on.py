"""Whether a letter goes on with the questions after its last refusal."""

import re
from itertools import pairwise

_ENUMERATED = re.compile(r"\n[ ]*(?:[0-9]{1,2}[.)]|\u2022|o |question [0-9]|q[0-9])[ ]*[^\n ]")
_QUESTION = re.compile(r"\?\n")
_NOTHING = re.compile(r"\?\s{1,80}(?:no (?:recorded )?information(?: is)?|(?:information )?not|none|nothing)[ ]held\b")
_SIGNED = re.compile(r"\n[ ]*(?:yours (?:sincerely|faithfully)|(?:kind|best|with) regards|regards)")


def goes_on(own: str, decided: int) -> bool:
    """Whether numbered questions follow after the last refusal, which ends at ``decided``: they are answered."""
    return _follows(own, _ENUMERATED, decided)


def asks_on(own: str, decided: int) -> bool:
    """Whether more of the questions follow after the last refusal."""
    return _follows(own, _QUESTION, decided)


def _follows(own: str, question: re.Pattern[str], start: int) -> bool:
    """Whether one of these comes after a place, and not only to be told that nothing is held."""
    signed = _SIGNED.search(own, start)
    end = signed.start() if signed else len(own)
    items = [match.start() for match in question.finditer(own, max(0, start - 1), end)]
    return any(_NOTHING.search(own, first, last) is None for first, last in pairwise([*items, end]))
