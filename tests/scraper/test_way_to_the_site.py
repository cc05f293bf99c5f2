"""What stands between us and the site: certificates, names, clocks, hours and budgets; on real sockets."""

import ipaddress
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from scraper.archive.times import written
from tests import warm
from tests.fast_time import environment_at, library
from tests.scraper.pages import Reply, text
from tests.scraper.raw import RawSite
from tests.scraper.scripted import ROOT, ScriptedSite, rows, scrapy

pytestmark = pytest.mark.long

DAY = timedelta(days=1)
faketime = pytest.mark.skipif(library() is None, reason="libfaketime is not installed")


@pytest.fixture
def site() -> Iterator[RawSite]:
    with RawSite() as running:
        for number in range(1, 6):
            running.request(f"request_{number}", number)
        yield running


def certificate(folder: Path, *, until: timedelta = 30 * DAY, host: str = "127.0.0.1") -> Path:
    """A certificate that signs itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A site of the tests")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - 60 * DAY)
        .not_valid_after(now + until)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    plain = serialization.NoEncryption()
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    )
    return path


def wdtk(*arguments: str, cwd: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    return warm.run_text("scraper", arguments, cwd=cwd, env={**os.environ, **environment}, timeout=240)


def crawl(site: ScriptedSite, folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    return wdtk("crawl", "--site", site.base, "--since", "2020-01-01", "--archive", "a", cwd=folder, **environment)


def reasons(folder: Path) -> list[str]:
    return [reason for (reason,) in rows(folder / "a", "SELECT finish_reason FROM runs ORDER BY id")]


@pytest.mark.parametrize("wrong", ["expired", "other name", "unknown"])
def test_a_certificate_that_is_not_good_ends_the_run_with_a_sentence(site: RawSite, tmp_path: Path, wrong: str) -> None:
    until, host = (-DAY if wrong == "expired" else DAY), ("127.0.0.2" if wrong == "other name" else "127.0.0.1")
    path = certificate(tmp_path, until=until, host=host)
    site.speak_tls(path)
    done = crawl(site, tmp_path, **({} if wrong == "unknown" else {"SSL_CERT_FILE": str(path)}))
    assert done.returncode == 1
    assert "the certificate of its site is not to be trusted" in done.stderr
    assert ("for another name" if wrong == "other name" else "it has expired") in done.stderr
    assert "Traceback" not in done.stderr
    assert site.asked == []
    assert reasons(tmp_path) == ["certificate"]


def test_a_certificate_that_is_good_is_taken(site: RawSite, tmp_path: Path) -> None:
    path = certificate(tmp_path)
    site.speak_tls(path)
    done = crawl(site, tmp_path, SSL_CERT_FILE=str(path))
    assert (done.returncode, done.stderr) == (0, "")
    assert rows(tmp_path / "a", "SELECT count(*) FROM requests") == [(5,)]


def test_a_name_that_nobody_knows_ends_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "wdtk.toml").write_text(
        'site = "https://nobody.invalid"\ncontact = "a@example.org"\n[access]\npurpose = "x"\npermission_from = "y"\n'
        "granted_on = 2020-01-01\nuntil = 2999-01-01\n",
        encoding="utf-8",
    )
    line = [
        "crawl",
        "authorities",
        "-s",
        f"WDTK_CONFIG={tmp_path / 'wdtk.toml'}",
        "-s",
        f"WDTK_ARCHIVE={tmp_path / 'a'}",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", *line, "-s", "WDTK_TRIES=1", "-s", "LOG_LEVEL=INFO"],
        cwd=ROOT, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert reasons(tmp_path) == ["unreachable"]
    assert "https://nobody.invalid does not answer" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_budget_of_a_run_is_kept_over_its_spiders_and_the_next_run_goes_on(site: RawSite, tmp_path: Path) -> None:
    (tmp_path / "wdtk.toml").write_text("[crawl]\nrun_budget = 8\n", encoding="utf-8")
    done = crawl(site, tmp_path)
    assert done.returncode == 1
    assert "The budget of 8 requests in one run is spent" in done.stderr
    assert len(site.asked) == 8
    for _ in range(2):
        done = crawl(site, tmp_path)
    assert done.returncode == 0
    assert rows(tmp_path / "a", "SELECT count(*) FROM requests") == [(5,)]


def test_nothing_is_asked_outside_the_hours(site: RawSite, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    later, later_still = (f"{(now + timedelta(hours=hours)):%H:%M}" for hours in (4, 8))
    (tmp_path / "wdtk.toml").write_text(f'[crawl]\nhours = "{later}-{later_still}"\n', encoding="utf-8")
    done = crawl(site, tmp_path)
    assert done.returncode == 1
    assert f"The crawl may run from {later} to {later_still} in the United Kingdom" in done.stderr
    assert site.asked == []
    assert reasons(tmp_path) == ["hours"]


def at(later: timedelta, site: ScriptedSite, folder: Path) -> "subprocess.CompletedProcess[str]":
    """A crawl at another time."""
    line = [sys.executable, "-m", "scraper", "crawl", "--site", site.base, "--since", "2020-01-01", "--archive", "a"]
    there = environment_at(datetime.now(UTC) + later)
    return subprocess.run(line, cwd=folder, env=there, capture_output=True, text=True, timeout=240, check=False)


@faketime
def test_a_clock_that_was_years_ahead_for_one_run_neither_fills_the_budget_anew_nor_blocks_it_for_years(
    site: RawSite, tmp_path: Path
) -> None:
    (tmp_path / "wdtk.toml").write_text("[crawl]\ndaily_budget = 8\n", encoding="utf-8")
    at(timedelta(days=1000), site, tmp_path)
    assert len(site.asked) == 8
    at(timedelta(days=0), site, tmp_path)
    assert len(site.asked) == 8  # they were sent at the latest just now
    site.ahead = 25 * 3_600
    at(timedelta(hours=25), site, tmp_path)
    assert len(site.asked) == 8 + 8


@faketime
def test_a_clock_put_forward_between_two_runs_fills_no_budget_as_the_site_tells_the_time(
    site: RawSite, tmp_path: Path
) -> None:
    (tmp_path / "wdtk.toml").write_text("[crawl]\ndaily_budget = 8\n", encoding="utf-8")
    at(timedelta(days=0), site, tmp_path)
    assert len(site.asked) == 8
    said = at(timedelta(days=3), site, tmp_path).stderr
    assert site.paths()[8:] == []  # robots.txt told the time
    assert "This machine's clock is 3 days ahead of the site's" in said


def test_a_run_that_begins_before_last_nights_is_over_waits_and_goes_on_behind_it(
    site: RawSite, tmp_path: Path
) -> None:
    (tmp_path / "wdtk.toml").write_text("[crawl]\ndaily_budget = 8\n", encoding="utf-8")
    crawl(site, tmp_path)
    assert len(site.asked) == 8
    yesterday = written(datetime.now(UTC) - timedelta(hours=24) + timedelta(seconds=3))
    with closing(sqlite3.connect(tmp_path / "a" / "archive.db", isolation_level=None)) as connection:
        connection.execute("UPDATE fetches SET fetched_at = ?, headers = '{}'", [yesterday])
        connection.execute("UPDATE runs SET started_at = ?, ended_at = ?", [yesterday, yesterday])
    crawl(site, tmp_path)
    later = [one.at for one in site.asked[8:]]
    assert len(later) == 8
    over = datetime.fromisoformat(yesterday) + timedelta(hours=24)
    assert min(later) - time.monotonic() + time.time() > over.timestamp() - 0.1


@faketime
@pytest.mark.parametrize("leap", ["+3d", "-3d"])
def test_a_clock_that_leaps_while_it_runs_fills_no_budget_and_shortens_no_pause(
    site: RawSite, tmp_path: Path, leap: str
) -> None:
    (tmp_path / "wdtk.toml").write_text("[crawl]\ndaily_budget = 9\n", encoding="utf-8")
    site.say("/robots.txt", text("User-agent: *\nCrawl-delay: 0.3\n"))
    path = "/request/request_1.json"
    site.say(path, Reply(status=429, headers={"Retry-After": "2"}), *site.answers[path])
    clock = tmp_path / "clock"
    clock.write_text("+0d", encoding="utf-8")
    library = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    environment = {
        **os.environ, "LD_PRELOAD": str(library), "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }  # fmt: skip
    named = ["--request", "request_1", "--since", "2020-01-01"]
    line = [sys.executable, "-m", "scraper", "crawl", "--site", site.base, *named, "--archive", "a"]
    with subprocess.Popen(line, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True) as process:
        while path not in site.paths() and process.poll() is None:
            time.sleep(0.02)
        newer = tmp_path / "newer"
        newer.write_text(leap, encoding="utf-8")
        newer.replace(clock)  # which is never half written
        _, said = process.communicate(timeout=240)
    assert "The budget of 9 requests in 24 hours is spent" in said
    assert len(site.asked) == 9
    first, again = [one.at for one in site.asked if one.path == path]
    assert again - first > 1.9


def asked_to_wait(site: RawSite, folder: Path) -> int:
    """A run that is asked to wait for two hours; how many requests it made. Afterwards all is well."""
    path = "/request/request_1.json"
    good = site.answers[path]
    site.say(path, Reply(status=429, headers={"Retry-After": "7200"}))
    scrapy("requests", "-a", "request=request_1", site=site, archive=folder / "a")
    site.say(path, *good)
    return len(site.asked)


def start_anew(folder: Path) -> None:
    """The machine, so that nothing but its clock tells how long ago something was."""
    with closing(sqlite3.connect(folder / "a" / "archive.db", isolation_level=None)) as connection:
        connection.execute("UPDATE about SET value = json_set(value, '$.boot', 'of before') WHERE key = 'hold'")


@faketime
def test_a_clock_that_was_put_back_keeps_a_pause_and_makes_it_no_longer(site: RawSite, tmp_path: Path) -> None:
    asked = asked_to_wait(site, tmp_path)
    start_anew(tmp_path)
    at(timedelta(days=-400), site, tmp_path)
    start_anew(tmp_path)
    at(timedelta(days=-400), site, tmp_path)
    assert len(site.asked) == asked
    start_anew(tmp_path)
    at(timedelta(days=-399), site, tmp_path)
    assert len(site.asked) > asked


@faketime
def test_a_clock_that_is_put_forward_between_two_runs_ends_no_pause(site: RawSite, tmp_path: Path) -> None:
    asked = asked_to_wait(site, tmp_path)
    said = at(timedelta(days=3), site, tmp_path).stderr
    assert len(site.asked) == asked
    assert "The site asked an earlier run to wait (Retry-After), which lasts 7" in said
