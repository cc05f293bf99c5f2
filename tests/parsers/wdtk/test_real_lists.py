"""Captured authorities, and lists made of captured rows and served on loopback."""

import urllib.error
import urllib.request
from typing import Any

import pytest

from parsers.records import Authority, ListingRow
from parsers.wdtk.authority import parse_authority_json, parse_authority_page
from parsers.wdtk.authority_csv import parse_authorities_csv
from parsers.wdtk.listing import parse_listing
from parsers.wdtk.request_page import parse_request_page
from parsers.wdtk.urls import SiteUrls
from tests.parsers.wdtk.capture import Answer, Thread, assert_same, seconds

pytestmark = pytest.mark.real


def test_authorities(by_path: dict[str, Answer], truth: dict[str, Any]) -> None:
    listed = parse_authorities_csv(by_path["/body/all-authorities.csv"].body)
    assert_same(
        ((body["id"], body["slug"], body["name"]) for body in truth["authorities"] if body["in_csv"]),
        ((authority.id, authority.url_name, authority.name) for authority in listed),
    )
    for authority in listed:
        assert _comparable(parse_authority_json(by_path[f"/body/{authority.url_name}.json"].body)) == _comparable(
            authority
        )


def _comparable(authority: Authority) -> tuple[Any, ...]:
    links = (authority.home_page, authority.publication_scheme, authority.disclosure_log)
    times = tuple(seconds(time or "") for time in (authority.created_at, authority.updated_at))
    return (authority.id, authority.name, authority.short_name, authority.tags, authority.notes, links, times)


def _get(address: str) -> bytes:
    try:
        with urllib.request.urlopen(address, timeout=240) as answer:  # noqa: S310  # loopback, from the fixture
            body: bytes = answer.read()
            return body
    except urllib.error.HTTPError as error:
        with error:
            return error.read()


def _rows(replay: str, address: str) -> list[ListingRow]:
    rows: list[ListingRow] = []
    following: str | None = address
    while following is not None:
        page = parse_listing(_get(following))
        assert page.unexplained == ()
        assert page.rows
        rows.extend(page.rows)
        following = None if page.next_page is None else replay + page.next_page
    return rows


def test_lists_hold_every_listed_request_once(replay: str, threads: tuple[Thread, ...]) -> None:
    for path in ("", "successful", "unsuccessful", "awaiting"):
        rows = _rows(replay, SiteUrls(replay).listing(path=path))
        assert_same(
            (
                (thread.slug, thread.folded.title, thread.folded.status, thread.folded.authority_slug)
                for thread in threads
                if thread.truth["visitor"]["listed"] and (not path or path in thread.truth["visitor"]["in_lists"])
            ),
            ((row.slug, row.title, row.status, row.authority_slug) for row in rows),
        )


def test_pages_of_authorities(replay: str, threads: tuple[Thread, ...], truth: dict[str, Any]) -> None:
    listed = {thread.slug: thread.folded.authority_slug for thread in threads if thread.truth["visitor"]["listed"]}
    for body in truth["authorities"]:
        mine = {slug for slug, name in listed.items() if name == body["slug"]}
        address = SiteUrls(replay).authority(body["slug"])
        if body["in_csv"]:
            authority = parse_authority_page(_get(address))
            assert (authority.url_name, authority.name) == (body["slug"], body["name"])
            assert (authority.requests_count or 0) == len(mine)
        if mine:
            assert {row.slug for row in _rows(replay, address)} == mine


def test_a_page_is_the_same_at_another_address(replay: str, threads: tuple[Thread, ...]) -> None:
    site = SiteUrls(replay)
    for thread in threads:
        assert parse_request_page(_get(site.request_unfolded(thread.slug))) == thread.unfolded
