"""The world's own time: one fixed day is today, clocks stand at London, and nothing ever asks the machine."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

TODAY = date(2026, 6, 30)
LONDON = ZoneInfo("Europe/London")
EPOCH_OF_DATA_PROTECTION = date(2018, 5, 25)
"""From here on letters speak of the Data Protection Act 2018 and the UK GDPR."""


def at(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A moment in London."""
    return datetime.combine(day, time(hour, minute, second), tzinfo=LONDON)


def utc_day(moment: datetime) -> date:
    """The UTC day of an event, which is what windows of the lists go by (site/README.md)."""
    return moment.astimezone(UTC).date()


def iso_milliseconds(moment: datetime) -> str:
    """As in JSON: ``2024-06-01T10:11:12.345+01:00`` (alaveteli.md part 2)."""
    return moment.isoformat(timespec="milliseconds")


def iso_seconds(moment: datetime) -> str:
    """As in ``time[datetime]``."""
    return moment.isoformat(timespec="seconds")


def ruby(moment: datetime) -> str:
    """As Ruby prints a time: ``2024-06-01 10:11:12 +0100``."""
    return moment.strftime("%Y-%m-%d %H:%M:%S %z")


def padded_day(day: date) -> str:
    """The theme's ``%e %B %Y``: a day of one digit has a space before it (alaveteli.md 3.4)."""
    return f"{day.day:2d} {day:%B %Y}"


def long_day(day: date) -> str:
    """As letters print it: ``1 March 2024``."""
    return f"{day.day} {day:%B %Y}"


def add_working_days(start: date, days: int) -> date:
    """The day that so many working days follow ``start``."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day


def next_working_day(day: date) -> date:
    """The day itself, or the next on which offices are open."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def is_working_day(day: date) -> bool:
    """Neither a weekend nor a bank holiday of England and Wales."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Bank holidays of England and Wales; the stand-in keeps to one calendar, as a site does."""
    easter = _easter(year)
    spring = date(year, 6, {2012: 4, 2022: 2}[year]) if year in {2012, 2022} else _last_monday(year, 5)
    days = {
        easter - timedelta(days=2),
        easter + timedelta(days=1),
        date(2020, 5, 8) if year == 2020 else _first_monday(year, 5),
        spring,
        _last_monday(year, 8),
        *(day for day in ONE_OFF if day.year == year),
    }
    for month, number in ((1, 1), (12, 25), (12, 26)):
        day = date(year, month, number)
        while day.weekday() > 4 or day in days:
            day += timedelta(days=1)
        days.add(day)
    return frozenset(days)


ONE_OFF = (date(2012, 6, 5), date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8))


def _first_monday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=-first.weekday() % 7)


def _last_monday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=last.weekday())


def _easter(year: int) -> date:
    """The Gregorian computus in the form of Meeus, Jones and Butcher."""
    golden, century, rest = year % 19, year // 100, year % 100
    shift = (century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 19 * golden + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - shift - rest % 4) % 7
    late = (golden + 11 * shift + 22 * weekday) // 451
    month, day = divmod(shift + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
