"""Every day that a letter prints, in whatever form.

A day is taken as printed. One without its year (``3 July``) is kept apart: only ``DayInYear.before`` completes it, and
only from a day that the letter prints in full.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from parsers.letters.text.clean import Letter

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan ionawr",
            "february feb chwefror",
            "march mar mawrth fawrth",
            "april apr ebrill apri1 aprii",
            "may mai fai",
            "june jun mehefin fehefin",
            "july jul gorffennaf orffennaf ju1y juiy",
            "august aug awst augu5t",
            "september sept sep medi fedi 5eptember",
            "october oct hydref 0ctober 0ct",
            "november nov tachwedd dachwedd n0vember n0v",
            "december dec rhagfyr ragfyr",
        ),
        1,
    )
    for name in names.split()
}
"""English, Welsh with its mutations, and as a scan may damage them."""


def _any_of(names: Iterable[str]) -> str:
    """A pattern for the longest of some names, by their first letters, so that few of them are tried."""
    by_first: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(names, key=len, reverse=True):
        by_first[name[0]].append(name[1:])
    return "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in by_first.items())


_MONTH = _any_of(_MONTHS)
_SUFFIX = "(?:st|nd|rd|th|ain|af|il|ydd|edd|fed|ed|eg)"
_ORDINAL = rf"[ ]{{0,2}}\n?\^?{_SUFFIX}?"
_OF = "(?:of[ \n]|o[ ])?(?:day of[ ])?"
_GAP = r"[ ]{0,3}[,.]?(?:[ ]{0,12}\n[ ]{0,120}|[ ]{0,3})"
_YEAR = r"(?P<y>[0-9]{4}|[0-9]{2}(?=[ \n.,;:)]|$))(?![0-9])"
_FORMS = (
    re.compile(rf"(?P<d>[0-9]{{1,2}}){_ORDINAL}{_GAP}{_OF}(?P<m>{_MONTH})\.?{_GAP}'?{_YEAR}"),
    re.compile(
        r"(?P<d>[0-9]{1,2})[ ]?(?P<s>[/.-])[ ]?(?P<m>[0-9]{1,2})[ ]?(?P=s)[ ]?(?P<y>[0-9]{4}|[0-9]{2})"
        r"(?![0-9/]|[.-][0-9])"
    ),
    re.compile(r"(?P<y>(?:19|20)[0-9]{2})(?P<s>[.-])(?P<m>[0-9]{2})(?P=s)(?P<d>[0-9]{2})(?![0-9]|[/.-][0-9])"),
    re.compile(rf"(?P<d>[0-9]{{1,2}})(?P<s>[/.-])(?P<m>{_MONTH})(?P=s)(?P<y>[0-9]{{4}}|[0-9]{{2}})(?![0-9])"),
)
"""``3rd May, 2020``; ``3/5/2020``; ``2020-05-03``; ``03-May-20``: each begins with its first number."""
_NAMED = re.compile(rf"[0-9]{{1,2}}{_ORDINAL}{_GAP}{_OF}(?:{_MONTH})")
_SEPARATED = re.compile(r"[0-9]{1,4}[ ]?[/.-]")
"""How the first of the forms begins, and how the others do: most numbers do neither."""
_MONTH_BEFORE = re.compile(rf"(?<![a-z])(?P<m>{_MONTH})\.?[ ]{{1,2}}$")
_AFTER_MONTH = re.compile(r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?,?[ ]{1,3}(?P<y>[0-9]{4})(?![0-9])")
_FOLLOWS = {
    **dict.fromkeys((1, 2, 3), frozenset(" \n/.,^'-abcdefghijklmnopqrstuvwxyz")),
    4: frozenset(".-"),
}
"""What may stand behind the first number of a day, by its digits: many numbers of a letter fall away by it."""
_NOTHING: frozenset[str] = frozenset()
_DAY = r"[0-9](?<![0-9a-z./-].)[0-9]?"
"""One or two digits; the digit comes first, so that only digits are looked at."""
_NO_YEAR = re.compile(
    rf"(?P<d>{_DAY})(?:{_ORDINAL}[ ]{{0,3}}\n?{_OF}(?P<m>{_MONTH})(?![a-z0-9])"
    r"(?![ ]{0,3}[,.]?[ ]{0,3}\n?[ ]{0,3}'?[0-9]{2}(?:[0-9]{2})?(?![0-9]))"
    r"|(?:st|nd|rd|th)?[ ](?P<running>inst|ult)(?:ant|imo)?(?![a-z]))"
)
_MONTH_FIRST = re.compile(rf"(?P<d>{_DAY})(?:st|nd|rd|th)(?![a-z0-9]|,?[ ][0-9]{{4}})")
_DIGITS = re.compile(r"[0-9]+")
_TAKEN = frozenset("oli")
"""Letters that a scan makes of digits."""
_YEAR_BELOW = re.compile(r"(?:^|(?<=[ |]{2}))(?P<y>20[0-9]{2})(?=[ |]{2}|[ |]?$)")
_DAMAGED = re.compile(
    # Each alternative begins with the letters it may begin with, so that it is tried at these only.
    r"(?:[oli](?<![a-z0-9/.-].)[0-9]|[0-3](?<![a-z0-9/.-].)[oli])(?=(?:st|nd|rd|th)?[ /.-]|[ ]?$)|"
    r"2(?<![a-z0-9].)[0o][0-9oli]{2}(?![a-z0-9])"
)
_MENDED = str.maketrans("oli", "011")
WEEKDAY = r"(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?(?![a-z])[.,]?[ \n]{1,3}"
"""A day of the week before a date, as a pattern."""
_WEEKDAY_BEFORE = re.compile(r"(?<![a-z])(?P<w>mon|tue|wed|thu|fri|sat|sun)(?:[a-z]{0,6})[.,]?[ \n]{1,3}(?:the[ ])?$")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Span = tuple[int, int]
_RECENT = timedelta(days=200)
"""How far back a day without a year may lie: beyond it another year is as likely."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedDate:
    """A day as printed, with its place in ``Letter.text``."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayInYear:
    """A day printed without its year: ``month`` 0 is the running month (``inst``), -1 the last (``ult``)."""

    day: int
    month: int
    weekday: int | None
    start: int
    end: int

    def before(self, later: str) -> PrintedDate | None:
        """The last such day up to an ISO day, if it is recent and falls on the day of the week that is printed."""
        limit = date.fromisoformat(later)
        found = next((day for day in self._candidates(limit) if day and day <= limit), None)
        if found is None or limit - found > _RECENT or self.weekday not in {None, found.weekday()}:
            return None
        return PrintedDate(value=found.isoformat(), start=self.start, end=self.end)

    def _candidates(self, limit: date) -> Iterator[date | None]:
        if self.month > 0:
            yield _day(limit.year, self.month, self.day)
            yield _day(limit.year - 1, self.month, self.day)
        else:
            running = limit.replace(day=1)
            month = running if self.month == 0 else running - timedelta(days=1)
            yield _day(month.year, month.month, self.day)


def find_dates(letter: Letter) -> tuple[PrintedDate, ...]:
    """Every complete day, in order; impossible days and years before 1990 or after 2059 are not days."""
    lower, numbers = letter.lower, letter.words.numbers()
    mended = _mended(lower, numbers)
    if mended is not lower:
        numbers = [digits.span() for digits in _DIGITS.finditer(mended)]
    return tuple(_printed(mended, numbers))


def find_days_without_year(letter: Letter) -> Iterator[DayInYear]:
    """Days whose year is left out, in order."""
    end = 0
    for found in sorted((*_day_first(letter.lower), *_month_first(letter.lower)), key=lambda found: found.start):
        if found.start >= end:
            yield found
            end = found.end


def _day_first(lower: str) -> Iterator[DayInYear]:
    for match in _NO_YEAR.finditer(lower):
        number = _MONTHS[match["m"]] if match["m"] else 0 if match["running"] == "inst" else -1
        yield _in_year(lower, match["d"], number, match.start(), match.end())


def _month_first(lower: str) -> Iterator[DayInYear]:
    for match in _MONTH_FIRST.finditer(lower):
        month = _MONTH_BEFORE.search(lower, max(0, match.start() - 12), match.start())
        if month and month.end("m") + 1 == month.end() == match.start():
            yield _in_year(lower, match["d"], _MONTHS[month["m"]], month.start(), match.end())


def _in_year(lower: str, day: str, month: int, start: int, end: int) -> DayInYear:
    before = _WEEKDAY_BEFORE.search(lower, max(0, start - 16), start)
    weekday = _WEEKDAYS.index(before["w"]) if before else None
    return DayInYear(day=int(day), month=month, weekday=weekday, start=start, end=end)


def _mended(lower: str, numbers: Sequence[Span]) -> str:
    """The text with letters that stand for digits in days and years turned back, place for place."""
    pieces: list[str] = []
    done = 0
    for mixed in _mixed(lower, numbers):
        # A year may begin three places before the letter that spoils it.
        places = range(max(done, mixed - 3), mixed + 1)
        found = next((match for place in places if (match := _DAMAGED.match(lower, place))), None)
        if found is not None:
            pieces += (lower[done : found.start()], found[0].translate(_MENDED))
            done = found.end()
    return "".join([*pieces, lower[done:]]) if pieces else lower


def _mixed(lower: str, numbers: Sequence[Span]) -> Iterator[int]:
    """The digits beside a letter that may be one as well."""
    for start, end in numbers:
        first, last = lower[max(0, start - 1)] in _TAKEN, lower[end : end + 1] in _TAKEN
        if first:
            yield start
        if last and not (first and end - start == 1):
            yield end - 1


def _printed(lower: str, numbers: Sequence[Span]) -> Iterator[PrintedDate]:
    done = 0
    for start, end in numbers:
        if start < done or lower[end : end + 1] not in _FOLLOWS.get(end - start, _NOTHING):
            continue
        found = _at(lower, start)
        if found is not None:
            yield found
            done = found.end


def _at(lower: str, start: int) -> PrintedDate | None:
    """The day that begins with the number at a place, or whose month stands right before it."""
    within = start > 0 and lower[start - 1] in "/.-"
    named = _NAMED.match(lower, start) is not None
    for form in _FORMS[not named : 1 if within or not _SEPARATED.match(lower, start) else None]:
        match = form.match(lower, start)
        value = _iso(match["y"], match["m"], match["d"]) if match else None
        if match and value:
            return PrintedDate(value=value, start=start, end=match.end())
    match = _AFTER_MONTH.match(lower, start)
    month = _MONTH_BEFORE.search(lower, max(0, start - 12), start) if match else None
    value = _iso(match["y"], month["m"], match["d"]) if month and match else None
    if month and match and value:
        return PrintedDate(value=value, start=month.start(), end=match.end())
    return _over_two_lines(lower, start) if named else None


def _over_two_lines(lower: str, start: int) -> PrintedDate | None:
    """A day in a column of a letterhead whose year stands below it: another column is in between."""
    match = _NO_YEAR.match(lower, start)
    if match is None or not match["m"] or not lower.startswith(("  ", " |", "|"), match.end()):
        return None
    line_end = lower.find("\n", match.end(), match.end() + 200)
    column = start - (lower.rfind("\n", max(0, start - 200), start) + 1)
    if line_end < 0:
        return None
    below = lower[line_end + 1 : line_end + 200].split("\n", 1)[0]
    year = _YEAR_BELOW.search(below, max(0, column - 4), column + 12)
    value = _iso(year["y"], match["m"], match["d"]) if year else None
    return PrintedDate(value=value, start=start, end=line_end + 1 + year.end()) if year and value else None


def _iso(year: str, month: str, day: str) -> str | None:
    full = int(year) if len(year) == 4 else 2000 + int(year)
    number = _MONTHS[month] if month in _MONTHS else int(month)
    found = _day(full, number, int(day)) if 1990 <= full < 2060 else None
    return found.isoformat() if found else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
