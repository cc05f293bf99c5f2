"""Slugs and names follow the title and wander between rows; ids stay."""

import dataclasses
from typing import Any

from scraper.archive.compare import contents, differences
from scraper.archive.database import Archive
from scraper.items import AuthoritiesItem
from scraper.storing.store import Store
from tests.scraper.archive.samples import authority, fetch, message, request


def rows(archive: Archive, sql: str) -> list[tuple[Any, ...]]:
    return archive.connection.execute(sql).fetchall()


class TestSlugs:
    """Of requests."""

    def slugs(self, archive: Archive) -> list[tuple[Any, ...]]:
        return rows(archive, "SELECT id, slug FROM requests ORDER BY id")

    def test_a_new_title_renames_the_request(self, archive: Archive, store: Store) -> None:
        store.store(request(7, "old", [message(1)]))
        store.store(request(7, "new", [message(1)]))
        assert self.slugs(archive) == [(7, "new")]

    def test_a_slug_taken_by_another_leaves_the_first_nameless_but_whole(self, archive: Archive, store: Store) -> None:
        store.store(request(7, "potholes", [message(1)]))
        store.store(request(8, "potholes", [message(2)]))
        assert self.slugs(archive) == [(7, "#7"), (8, "potholes")]
        assert rows(archive, "SELECT request_id FROM messages ORDER BY id") == [(7,), (8,)]
        store.store(request(7, "potholes_2", [message(1)]))
        assert self.slugs(archive) == [(7, "potholes_2"), (8, "potholes")]

    def test_two_requests_may_swap(self, archive: Archive, store: Store) -> None:
        for number, slug in [(7, "a"), (8, "b"), (7, "b"), (8, "a")]:
            store.store(request(number, slug, [message(number)]))
        assert self.slugs(archive) == [(7, "b"), (8, "a")]

    def test_authorities_are_renamed_alike(self, archive: Archive, store: Store) -> None:
        one, other = (authority(number, url_name="the_council") for number in (1, 2))
        store.store(request(7, "a", record={"authority": one}))
        store.store(request(8, "b", record={"authority": other}))
        assert rows(archive, "SELECT id, url_name FROM authorities") == [(1, "#1"), (2, "the_council")]


class TestAuthorities:
    """A body is told in part by several pages."""

    def row(self, archive: Archive) -> tuple[Any, ...]:
        (found,) = rows(archive, "SELECT name, short_name, home_page, created_at, requests_count FROM authorities")
        return tuple(found)

    def list_of(self, *authorities: Any) -> AuthoritiesItem:
        return AuthoritiesItem(fetch=fetch("/body/all-authorities.csv", b"csv"), authorities=authorities)

    def test_a_page_that_leaves_something_out_erases_nothing(self, archive: Archive, store: Store) -> None:
        csv = authority(short_name="CC", home_page="", created_at="2008-01-31 10:11:12 +0000")
        json = authority(home_page="https://council.example", created_at="2008-01-31T10:11:12.345Z", requests_count=3)
        told = ("Council 1", "CC", "https://council.example", "2008-01-31 10:11:12 +0000", 3)
        store.store(self.list_of(csv))
        store.store(request(record={"authority": json}))
        assert self.row(archive) == told
        before = contents(archive)
        store.store(self.list_of(csv))
        store.store(request(record={"authority": json}))
        assert differences(before, contents(archive)) == []

    def test_a_new_name_replaces_the_old_one_and_tags_are_replaced_whole(self, archive: Archive, store: Store) -> None:
        store.store(self.list_of(authority(tags=(("council", None), ("defunct", None)))))
        store.store(self.list_of(authority(name="New Council", tags=(("council", None), ("unitary", "yes")))))
        assert self.row(archive)[0] == "New Council"
        assert rows(archive, "SELECT name, value FROM authority_tags") == [("council", ""), ("unitary", "yes")]

    def test_one_without_an_id_is_found_by_its_name_or_refused(self, archive: Archive, store: Store) -> None:
        store.store(self.list_of(authority(1)))
        nameless = dataclasses.replace(authority(1, short_name="CC", tags=()), id=None)
        unknown = dataclasses.replace(authority(9), id=None)
        store.store(self.list_of(nameless, unknown))
        assert self.row(archive)[:2] == ("Council 1", "CC")
        assert rows(archive, "SELECT name FROM authority_tags") == [("council",)]
        assert rows(archive, "SELECT reason, detail FROM refusals") == [
            ("failed", "1 authority not stored, because nothing gives an id: council_9")
        ]
