"""Each check finds the harm that it is there for."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scraper.archive.database import Archive
from scraper.publishing.making import checks
from scraper.publishing.making.build import Built
from scraper.publishing.making.checks import Finished, first_failure
from scraper.publishing.policy import Policy
from scraper.publishing.publish import publish
from tests.scraper.publishing.archives import Seeds, refused


@pytest.fixture
def finished(seeds: Seeds, archive: Archive, public: Path) -> Iterator[Finished]:
    """A database that passes, open for harming."""
    seeds.authority()
    refused(seeds)
    sha256 = seeds.document(["It is exempt under section 36(2)(b)(i)."])
    seeds.attachment(3, "incoming-72", sha256)
    publish(archive, public)
    connection = sqlite3.connect(public, isolation_level=None)
    yield Finished(public=connection, archive=archive.connection, policy=Policy(), built=Built(tables=Counter()))
    connection.close()


def test_a_sound_database_passes(finished: Finished) -> None:
    assert first_failure(finished) is None


@pytest.mark.parametrize("text", ["Préfectures abroad", "Section40 then", "Antidisestablishmentarianism", "naïveté"])
def test_letters_that_are_part_of_a_word_are_not_looked_for(
    seeds: Seeds, archive: Archive, public: Path, text: str
) -> None:
    seeds.authority()
    refused(seeds)
    seeds.attachment(3, "incoming-72", seeds.document([text]))
    publish(archive, public)
    assert public.exists()


@pytest.mark.parametrize(
    ("harm", "failure"),
    [
        ("UPDATE requests SET authority_id = 99", "foreign keys: row 7 of requests points to no row of authorities"),
        (
            "INSERT INTO events (id, request_id, event_type, created_at) VALUES (1, 7, 'edit', '2025-03-03')",
            "row counts: events has 3 rows, and the archive 2",
        ),
        (
            "UPDATE messages SET text = 'x' || text WHERE id = 'incoming-72'",
            "quotes: the quote of incoming-72/citation/1 is not where it says",
        ),
        ("UPDATE signals SET start = start + 1", "quotes: the quote of incoming-72/signal/1 is not where it says"),
        ("UPDATE pages SET text = text || ' Ring 01234 567890.'", "masking: text of pages attachment-3/1 holds"),
        ("UPDATE attachments SET name = 'a@b.example wrote'", "masking: name of attachments attachment-3 holds"),
        (
            "UPDATE attachments SET sha256 = 'another'",
            "probed: the text of attachment-3 is shown, and no probe has cleared it",
        ),
        ("UPDATE coverage SET waiting = 5", "coverage: the files of authority 1 do not add up"),
        ("UPDATE coverage SET hidden = 5", "coverage: the requests of authority 1 do not add up"),
        ("UPDATE coverage SET found = 2, missing = 1, listed = 1", "coverage: coverage tells of 2 requests"),
        (
            "INSERT INTO pages_fts(pages_fts, rowid, text) VALUES ('delete', 1, 'It is exempt under section')",
            "search: searching pages for exempt finds nothing",
        ),
        (
            "INSERT INTO messages_fts(rowid, text) VALUES (99, 'qzxjkvwqqzx')",
            "search: searching messages for qzxjkvwqqzx finds something",
        ),
    ],
)
def test_harm_is_found_and_named(finished: Finished, harm: str, failure: str) -> None:
    finished.public.execute("PRAGMA foreign_keys = OFF")
    finished.public.execute(harm)
    assert (first_failure(finished) or "").startswith(failure)


def test_the_address_of_a_request_that_is_not_here_is_found(finished: Finished) -> None:
    times = "'2025-06-30T09:00:00Z', '2025-06-30T09:00:00Z'"
    finished.public.execute(f"INSERT INTO refusals VALUES (9, 'http://a/request/a_title.json', 'failed', {times})")  # noqa: S608 - as above
    told = list(checks.addresses(finished))
    assert told == ["refusal 9 shows the address of a request that is not here"]


def test_a_refused_request_that_is_told_as_missing_is_found(finished: Finished) -> None:
    finished.public.execute("UPDATE coverage SET found = 2, missing = 1, listed = 1")
    told = list(checks.refused_not_missing(finished))
    assert told == ["1 request is said to be missing, and all but 0 of them are refused"]


def test_a_damaged_file_is_found(finished: Finished, public: Path) -> None:
    (page_size,) = finished.public.execute("PRAGMA page_size").fetchone()
    (root,) = finished.public.execute("SELECT rootpage FROM sqlite_master WHERE name = 'provisions'").fetchone()
    with public.open("r+b") as file:
        file.seek((root - 1) * page_size + 12)
        file.write(b"\xff" * 64)
    with sqlite3.connect(public) as again:
        harmed = Finished(public=again, archive=finished.archive, policy=Policy(), built=finished.built)
        assert (first_failure(harmed) or "").startswith("integrity: ")
    again.close()


def test_contacts_may_stay_where_the_policy_says_so(finished: Finished) -> None:
    finished.public.execute("UPDATE attachments SET name = 'a@b.example wrote'")
    open_policy = Policy(mask_contacts=False)
    told = Finished(public=finished.public, archive=finished.archive, policy=open_policy, built=finished.built)
    assert first_failure(told) is None


@pytest.mark.parametrize("check", checks.CHECKS, ids=lambda check: check.__name__)
def test_every_check_says_what_it_is_for(check: Callable[[Finished], Iterator[str]]) -> None:
    assert check.__doc__
