"""What the site removes, changes or is asked to be forgotten is gone from every byte of every file."""

import copy
import json
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.scraper.pages import HIDDEN, NOT_FOUND, STATIC_NOT_FOUND, Reply, file, tagged
from tests.scraper.removals.everywhere import holding
from tests.scraper.scripted import ScriptedSite, rows, wdtk

pytestmark = pytest.mark.long

WORDS, SLUG, NAME, LETTER = "Quixotic marzipan", "zebra_marmalade", "Xylophone.txt", "Bergamot wainscot"
CANARIES = (WORDS, SLUG, NAME, LETTER)
LONG = " ".join(["It was said at length."] * 600)
"""So that words lie on overflow pages too."""


@pytest.fixture(scope="module")
def running() -> Iterator[ScriptedSite]:
    with ScriptedSite() as made:
        for number in range(20, 26):
            made.request(f"other_{number}", number)
        secret(made)
        yield made


@pytest.fixture
def site(running: ScriptedSite) -> Iterator[ScriptedSite]:
    """The site as it was at first, whatever a test changes."""
    answers, listed = copy.deepcopy(running.answers), list(running.listed)
    yield running
    running.answers, running.listed = answers, listed


def secret(site: ScriptedSite) -> None:
    letter = file(f"{LETTER} wrote to us about section 40(2). {LONG}".encode(), "text/plain")
    site.request(SLUG, 7, files={NAME: letter})
    say(site, f"{WORDS} lives there. {LONG}")


def say(site: ScriptedSite, words: str) -> None:
    """Let the reply say these words; only its page tells that they changed."""
    address = f"/request/{SLUG}"
    now = site.answers[address][0]
    body = re.sub(rb"<p>(?:Words of incoming-7|[^<]* lives there)\.[^<]*</p>", f"<p>{words}</p>".encode(), now.body)
    assert body != now.body
    site.say(address, tagged(replace(now, body=body)))


def run(folder: Path, *arguments: str, code: int = 0) -> "subprocess.CompletedProcess[str]":
    done = wdtk(*arguments, "--archive", "a", cwd=folder)
    assert done.returncode == code, done.stdout + done.stderr
    return done


def crawl(site: ScriptedSite, folder: Path) -> "subprocess.CompletedProcess[str]":
    return run(folder, "crawl", "--site", site.base, "--all")


def publish(folder: Path) -> None:
    run(folder, "read", "--ocr", "off", "--workers", "1")
    run(folder, "publish", "--public", "p/public.db")


@pytest.fixture(scope="module")
def made(running: ScriptedSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive read and published with all of it."""
    folder = tmp_path_factory.mktemp("made")
    crawl(running, folder)
    publish(folder)
    for canary in CANARIES:
        assert holding(folder, canary), "the search finds what is there"
    return folder


@pytest.fixture
def folder(made: Path, site: ScriptedSite, tmp_path: Path) -> Path:  # noqa: ARG001 - puts the site back
    """A copy of it; the site is as it was."""
    return Path(shutil.copytree(made, tmp_path / "copy"))


def verify(folder: Path) -> None:
    done = run(folder, "verify", "--json", "--public", "p/public.db")
    assert json.loads(done.stdout)["ok"]


def hide(site: ScriptedSite) -> None:
    site.say(f"/request/{SLUG}.json", Reply(status=403))
    site.say(f"/request/{SLUG}", HIDDEN)
    site.listed.remove(SLUG)


def test_a_hidden_request_is_gone_and_a_tombstone_stays(site: ScriptedSite, folder: Path) -> None:
    hide(site)
    done = crawl(site, folder)
    assert "Erased, as the source no longer shows it: 1 request," in done.stdout
    assert holding(folder / "a", *CANARIES) == []
    publish(folder)
    assert holding(folder, *CANARIES) == []
    tombstone = "SELECT subject, state, evidence, erased_at IS NOT NULL FROM withdrawals"
    assert rows(folder / "a", tombstone) == [("request/7", "hidden", "removal_page", 1)]
    verify(folder)
    assert "Erased" not in crawl(site, folder).stdout
    site.answers.pop(f"/request/{SLUG}")
    secret(site)
    crawl(site, folder)
    assert rows(folder / "a", "SELECT count(*) FROM withdrawals") == [(0,)]
    assert rows(folder / "a", "SELECT kind FROM changes WHERE subject = 'request/7'") == [("hidden",), ("shown_again",)]
    verify(folder)


def test_words_and_bytes_that_were_replaced_are_gone(site: ScriptedSite, folder: Path) -> None:
    say(site, f"[name removed] lives there. {LONG}")
    (address,) = [path for path in site.answers if path.endswith(NAME)]
    site.say(address, file(b"Nobody wrote to us.", "text/plain"))
    crawl(site, folder)
    assert holding(folder / "a", WORDS, LETTER) == []
    publish(folder)
    assert holding(folder, WORDS, LETTER) == []
    kinds = "SELECT subject, kind, before, after FROM changes ORDER BY id"
    assert rows(folder / "a", kinds)[:1] == [("incoming-7", "text_censored", None, None)]
    assert rows(folder / "a", kinds)[1][1:] == ("file_replaced", None, None)
    published = rows_of(folder / "p" / "public.db", "SELECT kind FROM changes ORDER BY id")
    assert published == [("text_censored",), ("file_replaced",)]
    verify(folder)


def rows_of(database: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query).fetchall()


def test_a_request_that_is_not_found_is_erased_after_a_second_look_while_others_come(
    site: ScriptedSite, folder: Path
) -> None:
    site.say(f"/request/{SLUG}.json", NOT_FOUND)
    site.say("/request/7", STATIC_NOT_FOUND)
    site.listed.remove(SLUG)
    crawl(site, folder)
    tombstone = "SELECT state, evidence, looks, erased_at IS NOT NULL FROM withdrawals"
    assert rows(folder / "a", tombstone) == [("not_found", "slug_and_number", 2, 1)]
    assert holding(folder / "a", *CANARIES) == []


def test_a_site_that_finds_nothing_any_more_is_taken_for_ill(site: ScriptedSite, folder: Path) -> None:
    for number, slug in [(7, SLUG), *((number, f"other_{number}") for number in range(20, 26))]:
        site.say(f"/request/{slug}.json", NOT_FOUND)
        site.say(f"/request/{number}", STATIC_NOT_FOUND)
    site.listed.clear()
    site.request("still_there", 99)
    done = crawl(site, folder)
    assert "7 requests were gone at once, which may be an outage" in done.stdout
    assert rows(folder / "a", "SELECT count(*) FROM requests") == [(8,)]
    assert rows(folder / "a", "SELECT DISTINCT evidence, confirmed_at FROM withdrawals") == [("many_at_once", None)]
    publish(folder)
    assert holding(folder / "p", *CANARIES) == []


class TestForget:
    """A person says what goes."""

    def test_a_request(self, site: ScriptedSite, folder: Path) -> None:
        told = run(folder, "forget", f"{site.base}/request/{SLUG}", "--yes", "--public", "p/public.db")
        assert "request/7 will be erased: 2 messages, 1 file and" in told.stdout
        assert holding(folder, *CANARIES) == []
        verify(folder)
        crawl(site, folder)
        publish(folder)
        assert holding(folder, WORDS, NAME, LETTER) == []
        again = run(folder, "forget", "7", "--public", "p/public.db")
        assert "request/7 is forgotten already." in again.stdout

    def test_a_message(self, site: ScriptedSite, folder: Path) -> None:
        run(folder, "forget", "incoming-7", "--yes", "--public", "p/public.db")
        assert holding(folder, WORDS, NAME, LETTER) == []
        verify(folder)
        crawl(site, folder)
        publish(folder)
        assert holding(folder, WORDS, NAME, LETTER) == []
        assert rows(folder / "a", "SELECT id, text IS NULL FROM messages WHERE request_id = 7 ORDER BY position") == [
            ("outgoing-7", 0),
            ("incoming-7", 1),
        ]
        verify(folder)

    def test_a_file(self, site: ScriptedSite, folder: Path) -> None:
        ((file_id,),) = rows(folder / "a", "SELECT id FROM attachments")
        refused = wdtk("forget", file_id, "--archive", "a", "--public", "p/public.db", cwd=folder)
        assert refused.returncode == 130  # nobody answered the question
        assert holding(folder / "a", LETTER)
        run(folder, "forget", file_id, "--yes", "--public", "p/public.db")
        assert holding(folder, NAME, LETTER) == []
        crawl(site, folder)
        assert holding(folder / "a", NAME, LETTER) == []
        assert holding(folder / "a", WORDS), "the message stays"
        verify(folder)

    def test_what_is_not_there_is_said(self, folder: Path) -> None:
        assert "No request here is called nobody_knows" in run(folder, "forget", "nobody_knows", code=1).stderr
        assert "is not in this archive" in run(folder, "forget", "attachment-999", code=1).stderr
        ahead = run(folder, "forget", "77", "--yes").stdout
        assert "request/77 is not stored here." in ahead
        assert "it is never stored, whatever the site shows" in ahead

    def test_what_another_site_or_another_request_has_is_no_way_to_name_it(
        self, site: ScriptedSite, folder: Path
    ) -> None:
        elsewhere = run(folder, "forget", "--yes", f"https://foi.example.org/request/{SLUG}", code=1)
        assert "https://foi.example.org is not the site that this archive is of." in elsewhere.stderr
        crossed = run(folder, "forget", "--yes", f"{site.base}/request/other_20#incoming-7", code=1)
        assert "incoming-7 is of request/7, and" in crossed.stderr
        assert holding(folder / "a", WORDS, LETTER)
        run(folder, "forget", "--yes", f"{site.base}/request/{SLUG}#incoming-7")
        assert not holding(folder / "a", WORDS, LETTER)
