"""Two plainer ways to read a letter, to compare this reader with.

``plain`` is what one writes in five minutes. ``detector`` follows what is published of the refusal detector of the
site's software: one singular noun, its number and levels, lists joined by ``&``, ``,`` or ``or``; always of the law
that the request is filed under; a refusal where the section is one of twelve. It was written from that description and
shares no code with it.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from tests.measure.corpora import Letter
from tests.measure.facts import Facts, Place

_PLAIN = re.compile(
    r"\b(?:sections?|ss?|regulations?|regs?)\b\.?[ \n]{0,3}([0-9]{1,3}[A-Z]?)((?: ?\([0-9A-Za-z]{1,4}\)){0,5})"
    r"|\b[Ss]([0-9]{2}[A-Z]?)((?: ?\([0-9A-Za-z]{1,4}\)){0,5})",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"\bref(?:erence)?(?: (?:no|number))?\b[.:]{0,2}[ ]{0,20}([A-Za-z/-]{0,8} ?[0-9][^\s,;)]{2,20})", re.IGNORECASE
)
_DAY = re.compile(
    r"\b([0-9]{1,2})(?:st|nd|rd|th)? (January|February|March|April|May|June|July|August|September|October|November"
    r"|December),? ((?:19|20)[0-9]{2})\b"
)

_RELIED = {"FOIA": {12, 14, *range(21, 45)}, "EIR": {12, 13}}

_NOUN = re.compile(r"\b(?:section|s|article|art|regulation|reg)\.?[ \n]{0,3}(?=[0-9])", re.IGNORECASE)
_ITEM = re.compile(r"([0-9]{1,3})((?:\.[0-9]{1,2}|[ ]?\([0-9A-Za-z]{1,4}\)){0,5})")
_JOINER = re.compile(r"[ ]{0,2}(?:&|,|\bor\b)[ ]{0,2}(?=[0-9])")
_LEVEL = re.compile(r"[0-9A-Za-z]+")

REFUSALS = frozenset({"11", "12", "14", "21", "22", "30", "31", "35", "38", "40", "41", "43"})
"""The sections that the site takes for refusals."""


def plain(letter: Letter) -> Facts:
    """Every section from 21 to 44, 12 and 14 and every regulation 12 and 13 is relied on; the first number and day."""
    text = "\n".join(letter.pages)
    roles: dict[Place, str] = {}
    for match in _PLAIN.finditer(text):
        number, levels = match[1] or match[3], match[2] or match[4] or ""
        regime = "EIR" if match[0].lower().startswith("r") else "FOIA"
        relied = int(re.sub("[A-Za-z]", "", number)) in _RELIED[regime]
        place = regime, number.upper() + "".join(levels.split())
        roles[place] = "relied_on" if relied else "mentioned"
    number = _REFERENCE.search(text)
    return Facts(provisions=roles, references=(number[1],) if number else (), letter_date=_first_day(text))


def _first_day(text: str) -> str | None:
    for match in _DAY.finditer(text):
        try:
            return datetime.strptime(" ".join(match.groups()), "%d %B %Y").date().isoformat()  # noqa: DTZ007 - a day
        except ValueError:
            continue
    return None


def detector(letter: Letter) -> Facts:
    """The provisions that the site's software would see in the letter, and those it would call refusals."""
    regime = "EIR" if letter.law == "eir" else "FOIA"
    text = "\n".join(letter.pages)
    return Facts(
        provisions={
            (regime, number + "".join(f"({level})" for level in levels)): (
                "relied_on" if number in REFUSALS else "mentioned"
            )
            for number, levels in detected(text)
        }
    )


def detected(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Numbers with their levels, in the order in which they are printed."""
    for noun in _NOUN.finditer(text):
        at: int | None = noun.end()
        while at is not None and (item := _ITEM.match(text, at)):
            yield item[1], tuple(_LEVEL.findall(item[2]))
            joiner = _JOINER.match(text, item.end())
            at = joiner.end() if joiner else None
