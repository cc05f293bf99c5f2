"""A place in a law: how it is written, what contains it, and in which order provisions stand."""

import functools
import re
from dataclasses import dataclass
from typing import Literal, Self, get_args

from parsers.errors import ParseError

LawRegime = Literal["FOIA", "EIR", "FOISA", "EISR", "DPA2018", "DPA1998", "UKGDPR", "OTHER"]
REGIMES: tuple[LawRegime, ...] = get_args(LawRegime)
"""In the order in which they are listed."""

_NUMBER = r"[0-9]{1,3}[A-Z]{0,2}"
_CODE = r"[A-Z][A-Za-z]{0,9}[0-9]{4}"
_LETTER = r"(?:[^\W\d_]|[.'&/-])"
_NAME = rf"[A-Z]{_LETTER}{{0,30}}(?:,? \(?{_LETTER}{{1,30}}\)?){{0,15}}(?:,? [12][0-9]{{3}})?"
_ACT = rf"(?:{_CODE}|{_NAME})"
_SCHEDULE = r"Sch[. ][0-9]{1,2}[A-Z]{0,2}"
_TAIL = (
    r"(?P<division> Pt[. ](?:[0-9]{1,2}|[IVX]{1,5}))?(?P<paragraph> para[. ][0-9]{1,3}[A-Z]{0,2})?"
    r"(?P<levels>(?:\([0-9a-z]{1,5}[A-Z]{0,2}\)){0,6})"
)
_FORM = re.compile(rf"(?P<head>{_SCHEDULE}|{_NUMBER}){_TAIL}")
_OTHER_FORM = re.compile(rf"(?P<head>(?:{_ACT} )?(?:{_SCHEDULE}|(?:s|reg|art|r){_NUMBER})|{_NUMBER}){_TAIL}")
_UNDOTTED = re.compile(r"\b(Sch|Pt|para) (?=[0-9IVX])")
_LEVEL = re.compile(r"[0-9A-Za-z]+")
_DIGITS = re.compile(r"(?:[A-Za-z]+\.)?[a-z]*([0-9]+)")
_ROMAN = re.compile(r"[ivx]+")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}
_NAMED = ("Sch.", "Pt.", "para.")

MOST = 200
"""Characters of the longest provision: the name of an Act, a section and its levels."""

SortKey = tuple[tuple[int, str, str], ...]


def roman_value(numeral: str) -> int:
    """4 for ``iv``; 0 where the letters are not a roman numeral below 40."""
    if not _ROMAN.fullmatch(numeral):
        return 0
    values = [_ROMAN_VALUES[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def roman_numeral(value: int) -> str:
    """``iv`` for 4; values from 1 to 39."""
    tens, rest = divmod(value, 10)
    units = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    return "x" * tens + units[rest]


@functools.total_ordering
@dataclass(frozen=True, slots=True)
class Provision:
    """A provision of one regime, from the section down to the deepest level that was named.

    ``parts`` are the section (``"40"``, ``"Sch.1"``, ``"CRCA2005 s18"``) and then each level: ``"2"``, ``"a"``,
    ``"Pt.I"``, ``"para.6"``. A provision of another Act begins with the Act's code, or with its name as printed
    (``"Charities Act 2011 s12"``); where the letter does not name the Act, with neither.
    """

    regime: LawRegime
    parts: tuple[str, ...]

    @classmethod
    def parse(cls, text: str, *, regime: LawRegime | None = None) -> Self:
        """Read the canonical form: ``FOIA 40(2)``, or ``40(2)`` with the regime given.

        Schedules are written ``Sch.2 para.6(1)``; ``Sch 2 para 6(1)`` is understood as well. Raises ParseError for
        anything else; printed forms of letters are read by ``parsers.letters``.
        """
        first, _, rest = text.partition(" ")
        if regime is None:
            regime = next((known for known in REGIMES if known == first), None)
            if regime is None:
                raise ParseError(f"expected a regime and a provision such as 'FOIA 40(2)', not {text!r}")
            text = rest
        return cls(regime, _parts(text, _OTHER_FORM if regime == "OTHER" else _FORM))

    def __str__(self) -> str:
        return f"{self.regime} {self.text}"

    @property
    def text(self) -> str:
        """The provision without its regime, as in the column ``provision`` of the table."""
        return written(self.parts)

    @property
    def section(self) -> str:
        """The section, regulation, article or schedule: ``40`` of ``40(2)(a)``."""
        return self.parts[0]

    @property
    def parent(self) -> Self | None:
        """One level up; None for a section."""
        return type(self)(self.regime, self.parts[:-1]) if len(self.parts) > 1 else None

    def ancestors(self) -> tuple[Self, ...]:
        """Every provision that contains this one, the nearest first."""
        return tuple(type(self)(self.regime, self.parts[:depth]) for depth in range(len(self.parts) - 1, 0, -1))

    def covers(self, other: "Provision") -> bool:
        """Whether ``other`` is this provision or lies within it: 40 covers 40(2), and 40(2) itself."""
        return self.regime == other.regime and other.parts[: len(self.parts)] == self.parts

    def __lt__(self, other: "Provision") -> bool:
        return self._key() < other._key()

    def _key(self) -> tuple[int, SortKey]:
        return REGIMES.index(self.regime), tuple(_part_key(self.parts, depth) for depth in range(len(self.parts)))


@functools.lru_cache(maxsize=8192)
def written(parts: tuple[str, ...]) -> str:
    """Parts in the canonical manner of writing: ``40(2)(a)``, ``Sch.2 para.6(1)``."""
    return parts[0] + "".join(f" {part}" if part.startswith(_NAMED) else f"({part})" for part in parts[1:])


def _parts(text: str, grammar: re.Pattern[str]) -> tuple[str, ...]:
    form = grammar.fullmatch(_UNDOTTED.sub(r"\1.", text)) if len(text) <= MOST else None
    if form is None:
        raise ParseError(f"{text[:MOST]!r} is not a canonical provision such as '40(2)(a)' or 'Sch.1 Pt.I para.1'")
    named = [form[name].strip() for name in ("division", "paragraph") if form[name]]
    return (form["head"], *named, *_LEVEL.findall(form["levels"]))


def _part_key(parts: tuple[str, ...], depth: int) -> tuple[int, str, str]:
    """Numbers by value, roman numerals below a letter or of a Part by value, everything else by the alphabet."""
    part = parts[depth]
    words, _, last = part.rpartition(" ")
    digits = _DIGITS.match(last)
    if digits is not None:
        return int(digits[1]), words, last
    if part.startswith("Pt."):
        return roman_value(part[3:].lower()), words, last
    if depth > 0 and parts[depth - 1].isalpha() and roman_value(last):
        return roman_value(last), words, last
    return 0, words, last
