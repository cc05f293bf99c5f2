"""A synthetic archive is like a real one, true to itself, and what the crawl's own write path would have made."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from parsers.letters.reading import read_letter
from scraper.archive.compare import contents, differences
from scraper.archive.database import Archive, open_archive
from scraper.errors import WdtkError
from scraper.publishing.publish import publish
from scraper.reading import letters
from scraper.removals.verify import verify
from scraper.standin import running
from scraper.standin.world import World
from tests.synthetic.direct import Direct
from tests.synthetic.make import check_room, make
from tests.synthetic.measure import Measured, measured
from tests.warm import run_text

REQUESTS = 300


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("synthetic") / "archive"
    make(folder, REQUESTS, kernel=60, tell=lambda _: None)
    with open_archive(folder) as archive:
        yield archive


def test_it_is_whole_and_can_be_published(made: Archive, tmp_path: Path) -> None:
    public = tmp_path / "public.db"
    counts = publish(made, public)  # its own checks hold: every quote stands where it says
    assert counts["requests"] > 0.95 * REQUESTS
    assert counts["readings_out_of_date"] == 0
    assert counts["requests_with_a_name_left"] == 0
    assert {result.name: result.problems for result in verify(made, public) if result.problems} == {}


def test_reading_it_again_would_find_nothing_to_do(made: Archive) -> None:
    stale = [letter.source for letter, is_known in letters.candidates(made.connection) if not is_known]
    assert stale == []


def test_what_it_says_of_its_letters_is_what_a_reader_finds_in_them(made: Archive) -> None:
    found = (letter for letter, _ in letters.candidates(made.connection))
    chosen = sorted(found, key=lambda letter: (letter.attached_sha256 is not None, letter.source))[::13]
    wrong = [letter.source for letter in chosen if not _is_read_so(made, letter)]
    assert len(chosen) > 50
    assert len(wrong) <= 0.03 * len(chosen), wrong


def _is_read_so(archive: Archive, letter: letters.Letter) -> bool:
    reading = read_letter(letters.words(archive.connection, letter).pages, context=letter.context)
    statement = "SELECT kind, outcome, letter_date FROM readings WHERE source = ?"
    told = archive.connection.execute(statement, [letter.source]).fetchone()
    citations = 'SELECT regime, provision, role, page, start, "end" FROM citations WHERE source = ? ORDER BY number'
    cited = archive.connection.execute(citations, [letter.source]).fetchall()
    found = (reading.kind, reading.outcome, reading.letter_date.value if reading.letter_date else None)
    places = [
        (one.regime, one.provision, one.role, one.evidence.page, one.evidence.start, one.evidence.end)
        for one in reading.citations
    ]
    return told == found and cited == places


def test_the_same_seed_makes_the_same_rows(made: Archive, tmp_path: Path) -> None:
    make(tmp_path / "again", REQUESTS, kernel=60, tell=lambda _: None)
    with open_archive(tmp_path / "again") as again:
        assert differences(contents(made), contents(again)) == []


def test_a_world_without_http_is_what_a_crawl_of_it_stores(tmp_path: Path) -> None:
    with running(seed=2, requests=40) as site:
        asked = ["crawl", "--site", site, "--all", "--archive", str(tmp_path / "crawled")]
        done = run_text("scraper", asked, cwd=tmp_path, timeout=300)
        assert done.returncode == 0, done.stderr
        with open_archive(tmp_path / "direct", create=True) as direct:
            Direct(direct, World(seed=2, requests=40), base=site).crawl()
            with open_archive(tmp_path / "crawled") as crawled:
                assert differences(contents(crawled), contents(direct)) == []


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Measured:
    folder = tmp_path_factory.mktemp("figures") / "archive"
    make(folder, 2_000, kernel=100, all_bytes=False, tell=lambda _: None)
    with closing(sqlite3.connect(folder / "archive.db")) as connection:
        return measured(connection)


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("messages", 4.0, 6.0),
        ("most_messages", 20, 120),
        ("attachments", 2.8, 4.2),
        ("citations", 2.4, 4.2),
        ("message_length", 750, 2_000),
        ("page_length", 900, 2_200),
        ("pages", 1.5, 3.0),
        ("top_share", 0.15, 0.5),
        ("asked_once", 0.4, 0.9),
        ("personal", 0.2, 0.6),
        ("shared_files", 0.3, 0.6),
        ("vocabulary", 0.5, 2.0),
        ("zipf", 20, 150),
    ],
)
def test_its_figures_spread_as_they_are_meant_to(figures: Measured, name: str, low: float, high: float) -> None:
    assert low <= getattr(figures, name) <= high


def test_it_is_not_begun_without_room_or_over_another(tmp_path: Path) -> None:
    with pytest.raises(WdtkError, match=r"takes about [\d,.]+ GB, and .* has room for"):
        check_room(tmp_path, 10**10, all_bytes=True)
    (tmp_path / "archive.db").touch()
    with pytest.raises(WdtkError, match="There is an archive in"):
        check_room(tmp_path, 10, all_bytes=True)
