"""Every day that a letter prints, in whatever form.

A day is taken as printed and never completed: ``3 July`` without a year is no day here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from parsers.letters.clean import Letter

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan ionawr",
            "february feb chwefror",
            "march mar mawrth",
            "april apr ebrill",
            "may mai",
            "june jun mehefin",
            "july jul gorffennaf",
            "august aug awst",
            "september sept sep medi",
            "october oct hydref",
            "november nov tachwedd",
            "december dec rhagfyr",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ORDINAL = r"[ ]{0,2}\n?\^?(?:st|nd|rd|th|ain|af|fed|eg|ydd)?"
_GAP = r"[ ]{0,3}[,.]?(?:[ ]{0,12}\n[ ]{0,60}|[ ]{0,3})"
_YEAR = r"(?P<y>[0-9]{4}|[0-9]{2}(?=[ \n.,;)]|$))(?![0-9])"
_FORMS = (
    re.compile(rf"(?P<d>[0-9]{{1,2}}){_ORDINAL}{_GAP}(?:of[ \n])?(?:day of[ ])?(?P<m>{_MONTH})\.?{_GAP}'?{_YEAR}"),
    re.compile(
        r"(?P<d>[0-9]{1,2})[ ]?(?P<s>[/.-])[ ]?(?P<m>[0-9]{1,2})[ ]?(?P=s)[ ]?(?P<y>[0-9]{4}|[0-9]{2})"
        r"(?![0-9/]|[.-][0-9])"
    ),
    re.compile(r"(?P<y>(?:19|20)[0-9]{2})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})(?![0-9-])"),
    re.compile(rf"(?P<d>[0-9]{{1,2}})-(?P<m>{_MONTH})-(?P<y>[0-9]{{4}}|[0-9]{{2}})(?![0-9])"),
)
"""``3rd May, 2020``; ``3/5/2020``; ``2020-05-03``; ``03-May-20``: each begins with its first number."""
_MONTH_BEFORE = re.compile(rf"(?<![a-z])(?P<m>{_MONTH})\.?[ ]$")
_AFTER_MONTH = re.compile(r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?,?[ ]{1,3}(?P<y>[0-9]{4})(?![0-9])")
_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedDate:
    """A day as printed, with its place in ``Letter.text``."""

    value: str
    start: int
    end: int


def find_dates(letter: Letter) -> tuple[PrintedDate, ...]:
    """Every complete day, in order; impossible days and years before 1990 or after 2059 are not days."""
    return tuple(_printed(letter.lower))


def _printed(lower: str) -> Iterator[PrintedDate]:
    done = 0
    for digits in _DIGITS.finditer(lower):
        start = digits.start()
        if start < done or digits.end() - start > 4:
            continue
        found = _at(lower, start)
        if found is not None:
            yield found
            done = found.end


def _at(lower: str, start: int) -> PrintedDate | None:
    """The day that begins with the number at a place, or whose month stands right before it."""
    within = start > 0 and lower[start - 1] in "/.-"
    for form in _FORMS[:1] if within else _FORMS:
        match = form.match(lower, start)
        value = _iso(match["y"], match["m"], match["d"]) if match else None
        if match and value:
            return PrintedDate(value=value, start=start, end=match.end())
    month = _MONTH_BEFORE.search(lower, max(0, start - 12), start)
    match = _AFTER_MONTH.match(lower, start) if month else None
    value = _iso(match["y"], month["m"], match["d"]) if month and match else None
    return PrintedDate(value=value, start=month.start(), end=match.end()) if month and match and value else None


def _iso(year: str, month: str, day: str) -> str | None:
    full = int(year) if len(year) == 4 else 2000 + int(year)
    number = _MONTHS[month] if month in _MONTHS else int(month)
    if not 1990 <= full < 2060:
        return None
    try:
        return date(full, number, int(day)).isoformat()
    except ValueError:
        return None
