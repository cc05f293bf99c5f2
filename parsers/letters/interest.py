"""How a letter's public interest tests come out: for disclosure, or for the exemption."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from parsers.letters.layout import Layout

Verdict = Literal["disclose", "withhold"]

_BLANKS = re.compile(r"[ \n]+")
_KEEP = r"(?:maintain|withh|non-disclosure|not (?:to )?(?:disclos|releas)|refus|(?:the|this|our) (?:exempti|excepti)|applying|upholding|neither confirm|not confirm)"
_GIVE = r"(?:disclos|releas|openness|transparen|provid)"
_WITHHOLD = re.compile(
    rf"{_KEEP}[^.]{{0,200}}?outweighs?\b|outweighed by[^.]{{0,100}}?{_KEEP}|"
    rf"(?:favours?|lies in|lies with|falls in|in favour of|supports?|weighted towards|rests with)[^.]{{0,40}}?{_KEEP}|"
    rf"{_GIVE}[^.]{{0,120}}?(?:is|are) outweighed|(?:arguments?|factors?|considerations?|interest) against {_GIVE}[a-z]*[^.]{{0,60}}?outweigh|"
    rf"not (?:be )?in the (?:wider )?public interest to {_GIVE}|in the public interest (?:not )?to (?:withhold|maintain|refuse)"
)
_DISCLOSE = re.compile(
    rf"{_GIVE}[a-z]*[^.]{{0,120}}?outweighs?\b|(?:favours?|lies in|falls in favour of|in favour of|supports?) (?:the )?(?:full )?(?:disclos|releas)[a-z]*\b|"
    r"\bin the public interest to (?:disclose|release|provide)"
)
_UNDECIDED = re.compile(
    r"\b(?:whether|unless|if)\b[^.]{0,160}(?:outweigh|favour|lies|balance)|must (?:consider|weigh|be weighed)|required to|requires (?:us|the|that|a)|"
    r"(?:arguments|factors|considerations|reasons)[^.]{0,30} (?:in favour of|for|favouring|supporting)|subject to|only (?:if|where)|not yet"
)


@dataclass(frozen=True, slots=True)
class Conclusion:
    """The sentence in which a public interest test ends, as offsets into ``Letter.text``."""

    verdict: Verdict
    start: int
    end: int


def find_conclusions(own: str, layout: Layout) -> tuple[Conclusion, ...]:
    """Every sentence of the authority's own voice that says where the public interest lies, in order."""
    return tuple(_conclusions(own, layout))


def _conclusions(own: str, layout: Layout) -> Iterator[Conclusion]:
    done = -1
    for place in _occurrences(own):
        start, end = layout.sentence(place, place + 1)
        if start <= done:
            continue
        done = start
        sentence = _BLANKS.sub(" ", own[start:end])
        if _UNDECIDED.search(sentence):
            continue
        if _WITHHOLD.search(sentence):
            yield Conclusion("withhold", start, end)
        elif _DISCLOSE.search(sentence):
            yield Conclusion("disclose", start, end)


def _occurrences(own: str) -> Iterator[int]:
    for needle in ("public interest", "public\ninterest"):
        place = own.find(needle)
        while place >= 0:
            yield place
            place = own.find(needle, place + 1)
