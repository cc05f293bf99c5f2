"""The words that introduce the number of a provision, whole, shortened, in Welsh, or spoilt by a scanner."""

import re
from dataclasses import dataclass
from typing import Literal

NounFamily = Literal[
    "section", "regulation", "article", "schedule", "exemption", "exception", "act", "principle", "none"
]


@dataclass(frozen=True, slots=True)
class Noun:
    """The word before a number: which family it is of, whether it is a plural, and the regime it names itself."""

    family: NounFamily
    plural: bool = False
    regime: str = ""
    short: bool = False
    """A bare letter (``s``, ``r``), which other things are written with as well."""


NOUNS: dict[str, Noun] = {
    **dict.fromkeys(("section", "sect", "sec", "\u00a7", "adran", "hadran"), Noun("section")),
    **dict.fromkeys(
        ("sections", "sects", "secs", "ss", "s's", "\u00a7\u00a7", "adrannau"), Noun("section", plural=True)
    ),
    "s": Noun("section", short=True),
    "a": Noun("section", short=True),
    **dict.fromkeys(("regulation", "reg", "rheoliad", "reoliad"), Noun("regulation")),
    **dict.fromkeys(("regulations", "regs", "rheoliadau", "reoliadau"), Noun("regulation", plural=True)),
    "r": Noun("regulation", short=True),
    **dict.fromkeys(("article", "art", "erthygl"), Noun("article")),
    **dict.fromkeys(("articles", "arts", "erthyglau"), Noun("article", plural=True)),
    **dict.fromkeys(("schedule", "sch", "sched", "atodlen"), Noun("schedule")),
    **dict.fromkeys(("schedules", "schs"), Noun("schedule", plural=True)),
    **dict.fromkeys(("exemption", "exemptions", "exempt", "eithriad"), Noun("exemption", plural=True)),
    **dict.fromkeys(("exception", "exceptions"), Noun("exception", plural=True)),
    **dict.fromkeys(("foia", "foi"), Noun("act", regime="FOIA")),
    "foisa": Noun("act", regime="FOISA"),
    **dict.fromkeys(("eir", "eirs"), Noun("act", regime="EIR")),
    **dict.fromkeys(("eisr", "eisrs"), Noun("act", regime="EISR")),
}


_SHORT_JOINS = re.compile(r"[ ]?\.?[ ]?(?:\n[ ]*)?\(?")
_AS_DOLLARS = re.compile(r"\$\.?[0-9]{1,3}[a-z]?[(]")
"""``$.43(2)``: what scanners make of ``s.43(2)``."""
_REACH = 80
"""Characters between a number and its noun: blanks, a line end, the indent of a column."""
_LONGEST = 12


def number_start(lower: str, at: int) -> int:
    """Step back over letters that a scanner made of digits: ``l2(1)``, ``Sl2``."""
    while at > 0 and lower[at - 1] in "lo|" and (at < 2 or not lower[at - 2].isalpha()):
        at -= 1
    if lower[at - 2 : at] in {" z", " b", " i"} and lower[at : at + 1].isdigit():
        at -= noun_before(lower, at - 1)[0] is not None
    return at


def noun_before(lower: str, at: int) -> tuple[Noun | None, int]:
    """The noun that ends just before a number, across blanks, one line end, a dot and an opening bracket."""
    floor = max(0, at - _REACH)
    end = floor + len(lower[floor:at].rstrip(" \n.([:"))
    if end > floor and lower[end - 1] == "$" and _AS_DOLLARS.match(lower, end - 1):
        return NOUNS["s"], end - 1
    if end == floor or not (lower[end - 1].isalnum() or lower[end - 1] in "\u00a7'"):
        return None, at
    if lower.count("\n", end, at) > 1:
        return None, at
    start = _word_start(lower, max(floor, end - _LONGEST), end)
    if lower[start - 4 : start] in {"sub-", "sub "}:
        return None, at
    noun = NOUNS.get(lower[start:end].strip("'"))
    if noun is None:
        while start > floor and lower[start - 1].isalnum() and end - start < _LONGEST - 2:
            start -= 1
        noun = _damaged(lower[start:end])
    if noun is None or (start > 0 and (lower[start - 1].isalnum() or (noun.short and lower[start - 1] in "-/.@_"))):
        return None, at
    return (noun, start) if _may_join(noun, lower[start:end], lower[end:at]) else (None, at)


def _word_start(lower: str, floor: int, end: int) -> int:
    """Where the letters before a place begin, a section sign and an apostrophe being letters too."""
    word = lower[floor:end].rpartition(" ")[2]
    if word.isalpha():
        return end - len(word)
    start = end
    while start > floor and (lower[start - 1].isalpha() or lower[start - 1] in "\u00a7'"):
        start -= 1
    return start


def _may_join(noun: Noun, word: str, between: str) -> bool:
    """Whether what stands between noun and number joins them: a dot only abbreviates, a list starts after a colon."""
    if noun.short:
        return _SHORT_JOINS.fullmatch(between) is not None and (word != "a" or between in {"", "."})
    if "." in between and between != "." and (len(word) > 5 or noun.family == "act"):
        return False
    if ":" in between and "\n" in between:
        return False
    return not ("\n" in between and noun.family in {"act", "exemption", "exception"})


_SOUND = frozenset(
    ["session", "sessions", "station", "stations", "suction", "selection", "seasons", "sanction", "sanctions"]
)
"""Words that are spelt like a spoilt *section* and are none."""


def _damaged(word: str) -> Noun | None:
    """*section* as a scanner spoils it: one or two letters wrong, missing or swapped."""
    if not (5 <= len(word) <= 9 and word[0] == "s" and word[-1] in "nusoil") or word in _SOUND:
        return None
    for intact in ("section", "sections"):
        if _distance(word, intact) <= 2:
            return Noun("section", plural=intact.endswith("s"))
    return None


def _distance(left: str, right: str) -> int:
    """Edit distance of two short words."""
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(right, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]
