"""What a crawl is asked for, in the words of a command line."""

from datetime import date, datetime, tzinfo
from typing import Self

import pytest

from parsers.wdtk.urls import RequestReference
from scraper.archive.covered import FIRST_DAY
from scraper.errors import WdtkError
from scraper.spiders import targets
from scraper.spiders.targets import read_targets
from scraper.spiders.windows import AuthorityPages, Window

TOMORROW = date(2027, 1, 1)


class LastMoment(datetime):
    """Of a year: the next day is looked for in the next one."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls(2026, 12, 31, 23, 59, 59, tzinfo=tz)


@pytest.fixture(autouse=True)
def last_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(targets, "datetime", LastMoment)


def test_requests_are_named_by_slug_number_or_address() -> None:
    targets = read_targets({"request": "grit_bins, 812,https://foi.example.org/request/weirs.json?x=1,grit_bins"})
    assert targets.requests == (
        RequestReference(slug="grit_bins"),
        RequestReference(id=812),
        RequestReference(slug="weirs"),
    )
    assert not targets.lists
    assert targets.sources() == []


def test_authorities_alone_are_read_from_their_own_pages() -> None:
    targets = read_targets({"authority": "moe,tgq,moe"})
    assert targets.sources() == [AuthorityPages(authority=name, before=TOMORROW) for name in ("moe", "tgq")]


def test_authorities_with_days_are_windows_of_each() -> None:
    targets = read_targets({"authority": "moe,tgq", "since": "2026-01-31"})
    assert targets.sources() == [
        Window(after=date(2026, 1, 31), before=TOMORROW, authority=name) for name in ("moe", "tgq")
    ]


@pytest.mark.parametrize(
    ("arguments", "after", "before"),
    [
        ({"since": "2026-01-31"}, date(2026, 1, 31), TOMORROW),
        ({"until": "2026-01-31"}, FIRST_DAY, date(2026, 1, 31)),
        ({"since": "2026-01-31", "until": "2026-01-31"}, date(2026, 1, 31), date(2026, 1, 31)),
        ({"all": "yes"}, FIRST_DAY, TOMORROW),
    ],
)
def test_days_are_inside_the_window(arguments: dict[str, str], after: date, before: date) -> None:
    assert read_targets(arguments).sources() == [Window(after=after, before=before)]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({}, "Nothing is named"),
        ({"limit": "5"}, "Nothing is named"),
        ({"all": "no"}, "Nothing is named"),
        ({"all": "perhaps"}, "all must be yes or no"),
        ({"all": "yes", "since": "2026-01-01"}, "leave out"),
        ({"all": "yes", "authority": "moe"}, "leave out"),
        ({"since": "2026-02-01", "until": "2026-01-31"}, "wrong way round"),
        ({"since": "yesterday"}, "since must be a day such as 2026-01-31"),
        ({"until": "31/01/2026"}, "until must be a day"),
        ({"request": "no such thing"}, "names no request"),
        ({"request": "https://foi.example.org/body/moe"}, "names no request"),
        ({"authority": "../etc"}, "is not an authority"),
        ({"authority": ".."}, "is not an authority"),
        ({"authority": "moe tgq"}, "is not an authority"),
        ({"all": "yes", "limit": "0"}, "limit must be a whole number"),
        ({"all": "yes", "limit": "-1"}, "limit must be a whole number"),
        ({"all": "yes", "limit": "²"}, "limit must be a whole number"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_a_sentence(arguments: dict[str, str], sentence: str) -> None:
    with pytest.raises(WdtkError, match=sentence):
        read_targets(arguments)


def test_the_same_words_make_the_same_arguments() -> None:
    first, second = (read_targets({"authority": "moe", "since": "2026-01-31", "limit": "5"}) for _ in range(2))
    assert first.arguments() == second.arguments()
    assert first.arguments() == {
        "authority": ["moe"],
        "request": [],
        "since": "2026-01-31",
        "until": None,
        "all": False,
        "limit": 5,
    }
