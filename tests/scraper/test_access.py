"""Who may be crawled: this machine freely, any other site with a record of its permission only."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.access import (
    allowed_delay,
    check_access,
    check_archive,
    daily_budget,
    is_loopback,
    most_per_day,
    site_base,
    user_agent,
)
from scraper.archive.database import Archive, open_archive
from scraper.config import AccessRecord, Config
from scraper.errors import WdtkError
from scraper.hours import Hours

TODAY = date(2026, 6, 15)
SITE = "https://foi.example.org"
RECORD = AccessRecord(
    purpose="A study", permission_from="Jo Keeper", granted_on=date(2026, 1, 1), until=date(2026, 12, 31)
)
ALLOWED = Config(site=SITE, contact="crawler@example.org", access=RECORD)


@pytest.mark.parametrize(
    "site",
    ["http://127.0.0.1", "http://127.0.0.1:8099", "https://127.8.9.1", "http://[::1]:80", "http://localhost:9"],
)
def test_this_machine_needs_no_record(site: str) -> None:
    assert is_loopback(site)
    check_access(Config(), site, today=TODAY)


@pytest.mark.parametrize(
    "site",
    [
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "http://127.0.0.1@example.com",
        "http://127.1",
        "http://0x7f000001",
        "http://2130706433",
        "http://0.0.0.0",
        "http://[::ffff:127.0.0.1]",
        "http://[::]",
        "http://128.0.0.1",
        "http://10.0.0.1",
        "http://localhost.",
        "https://www.whatdotheyknow.com",
    ],
)
def test_names_and_numbers_that_only_look_like_this_machine_do_not_pass(site: str) -> None:
    assert not is_loopback(site)
    with pytest.raises(WdtkError):
        check_access(Config(), site, today=TODAY)


@given(st.ip_addresses(v=4))
def test_only_the_loopback_network_is_loopback(address: object) -> None:
    assert is_loopback(f"http://{address}:80") == str(address).startswith("127.")


def test_everything_missing_is_named_at_once() -> None:
    with pytest.raises(WdtkError) as caught:
        check_access(Config(site=SITE, access=AccessRecord(purpose="A study")), SITE, today=TODAY)
    for key in ("contact", "access.permission_from", "access.granted_on", "access.until"):
        assert key in caught.value.message
    assert "access.purpose" not in caught.value.message
    assert "wdtk init" in caught.value.message


def test_a_full_record_lets_its_own_site_pass() -> None:
    check_access(ALLOWED, SITE, today=TODAY)
    check_access(ALLOWED, SITE + "/", today=date(2026, 1, 1))
    check_access(ALLOWED, SITE, today=date(2026, 12, 31))


@pytest.mark.parametrize(
    ("today", "sentence"), [(date(2027, 1, 1), "ended on 2026-12-31"), (date(2025, 12, 31), "begins on 2026-01-01")]
)
def test_a_permission_has_days(today: date, sentence: str) -> None:
    with pytest.raises(WdtkError, match=sentence):
        check_access(ALLOWED, SITE, today=today)


@pytest.mark.parametrize("other", ["https://other.example.org", "http://foi.example.org", SITE + ":8443"])
def test_a_record_is_for_one_site(other: str) -> None:
    with pytest.raises(WdtkError, match=r"is for https://foi\.example\.org, not for"):
        check_access(ALLOWED, other, today=TODAY)


@pytest.mark.parametrize("site", ["", "example.org", "ftp://example.org", "https://", SITE + "/list", SITE + "?a=b"])
def test_what_is_no_address_of_a_site_is_refused(site: str) -> None:
    with pytest.raises(WdtkError, match="is not the address of a site"):
        site_base(site)


def test_delays_under_five_seconds_are_for_this_machine() -> None:
    assert allowed_delay(Config(), "http://127.0.0.1:1") == 0
    assert allowed_delay(Config(delay=0.5), "http://127.0.0.1:1") == 0.5
    assert allowed_delay(ALLOWED, SITE) == 5
    assert allowed_delay(ALLOWED, SITE, 30) == 30
    assert allowed_delay(replace(ALLOWED, delay=9.0), SITE) == 9
    for config, asked in ((ALLOWED, 4.99), (ALLOWED, 0.0), (replace(ALLOWED, delay=1.0), None)):
        with pytest.raises(WdtkError, match="at least 5 s"):
            allowed_delay(config, SITE, asked)


def test_only_this_machine_has_no_budget() -> None:
    assert daily_budget(Config(), "http://127.0.0.1:1") is None
    assert daily_budget(ALLOWED, SITE) == 10_000
    assert daily_budget(replace(ALLOWED, daily_budget=5), SITE) == 5


def test_a_day_has_room_for_what_budget_hours_and_delay_allow() -> None:
    assert most_per_day(Config(), "http://127.0.0.1:1") is None
    assert most_per_day(ALLOWED, SITE) == 10_000
    assert most_per_day(replace(ALLOWED, delay=10.0), SITE) == 8_640
    assert most_per_day(replace(ALLOWED, hours=Hours.read("22:00-06:00")), SITE) == 5_760


def test_the_user_agent_says_who_and_where_to_write() -> None:
    assert user_agent(ALLOWED).startswith("wdtk-archive/")
    assert user_agent(ALLOWED).endswith(" (+crawler@example.org)")


@pytest.mark.parametrize(
    ("first", "second", "passes"),
    [
        (None, SITE, True),
        (SITE, SITE, True),
        ("http://127.0.0.1:8099", "http://127.0.0.1:8100", True),
        ("http://127.0.0.1:8099", SITE, False),
        (SITE, "http://127.0.0.1:8099", False),
        (SITE, "https://foi.example.com", False),
    ],
)
def test_an_archive_holds_one_site(tmp_path: Path, first: str | None, second: str, passes: bool) -> None:
    with open_archive(tmp_path, create=True) as archive:
        if first:
            fetched(archive, f"{first}/request/grit_bins")
        if passes:
            check_archive(archive, second)
            return
        with pytest.raises(WdtkError, match=f"holds pages of {first}, and {second} is another site"):
            check_archive(archive, second)


def fetched(archive: Archive, url: str) -> None:
    """An archive in which ``url`` was stored."""
    sha256 = archive.files.put(b"a page")
    with archive.connection as db:
        db.execute("INSERT INTO files VALUES (?, 6, '2026-01-01')", [sha256])
        db.execute("INSERT INTO runs (id, command, started_at, arguments) VALUES (1, 'crawl', '2026-01-01', '{}')")
        db.execute("INSERT INTO fetches VALUES (1, 1, ?, '2026-01-01', 200, 'request', '{}', ?)", [url, sha256])
