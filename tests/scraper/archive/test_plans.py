"""What is asked for each request, batch or page is answered from indexes, so that it costs no more as archives grow."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from parsers.records import ListingRow
from scraper.archive import lists, queries
from scraper.archive.database import Archive
from scraper.due import held, queue
from scraper.exchange import warc_out
from scraper.items import ListItem, LookItem
from scraper.removals import follow, forget, forgotten, withdrawals
from scraper.removals.release import unlink_released
from scraper.storing.store import Store
from tests.scraper.archive.samples import (
    attachment,
    comment,
    event,
    fetch,
    fetched,
    hidden_attachment,
    hidden_message,
    list_state,
    message,
    refusal,
    request,
    resend,
)

AT = "2027-01-01T00:00:00Z"
SMALL = {"runs", "imports", "erasures", "about", "sqlite_master"}
"""Tables whose rows do not grow with the number of requests."""
SORTS_FEW = (
    "request_id = ",  # of one request
    "url = ",  # of one address
    "FROM listed WHERE slug > ",  # a page of each run, as SQLite stops where the rest of a run comes later
    "ORDER BY weight * ",  # all that is due, from an index, for 500 at a time: each moment has its own order
)
LISTED = ListingRow(
    slug="potholes", url="/request/potholes", title="Potholes", event_at="2026-01-05T00:20:00+01:00",
    authority_slug="council_1", status="rejected",
)  # fmt: skip


@pytest.fixture
def statements(archive: Archive) -> Iterator[list[str]]:
    """Each statement as SQLite ran it."""
    ran: list[str] = []
    archive.connection.set_trace_callback(ran.append)
    yield ran
    archive.connection.set_trace_callback(None)


def items() -> Iterator[Any]:
    """What a crawl stores: requests new, changed, renamed and removed, their files, lists, and looks at JSON alone."""
    letters = [message(1, "outgoing"), message(2, attachments=(attachment(8, 2), attachment(9, 2)))]
    first, second = event(1, "sent"), event(2)
    yield request(messages=letters, events=[first], comments=[comment(1)], resends=[resend("outgoing-1", 2)])
    yield fetched("attachment-8", b"a letter")
    yield request(messages=letters, events=[first, second], fetched_at="2026-03-01T00:00:00Z")
    look = fetch("/request/a_slug.json", b"{}", fetched_at="2026-04-01T00:00:00Z")
    yield LookItem(fetch=look, request_id=7)
    yield request(messages=[*letters[:1], hidden_message(2)], slug="renamed", fetched_at="2026-05-01T00:00:00Z")
    yield request(
        messages=[message(2, attachments=(hidden_attachment(8),))], slug="renamed", fetched_at="2026-06-01T00:00:00Z"
    )
    page = fetch("/list", None, fetched_at="2026-03-10T12:00:00Z")
    yield ListItem(fetch=page, states=(list_state("/list", "whole"),), rows=(LISTED,))
    yield refusal("/request/renamed", "hidden", request_id=7)
    yield refusal("/request/7", "not_found", request_id=7)
    yield refusal("/request/elsewhere", "failed", slug="elsewhere")


def crawl(archive: Archive, store: Store) -> None:
    for item in items():
        store.store(item)
    connection = archive.connection
    queue.take(connection, at=AT, budget=10)
    queue.NotHeld(connection, "https://example.org").following(at=AT, most=5)
    queue.mark_listed(connection, AT)
    queue.mark_broken_off(connection, AT)
    queries.known_request(archive, 7)
    queries.known_request(archive, "a_slug")
    queries.validator(archive, "https://example.org")
    list(queries.known_requests(archive))
    list(lists.shown_by(archive, [1]))
    held.files_wanted(archive, 7)
    follow.controls(connection, 7)
    forgotten.parts(connection, 7)
    withdrawals.is_forgotten(connection, "request/7")
    unlink_released(archive)
    for name in ("request/7", "incoming-2", "attachment-9"):
        forget.forget(archive, forget.named(archive, name))


def test_nothing_goes_through_a_large_table_or_sorts_one(archive: Archive, store: Store, statements: list[str]) -> None:
    crawl(archive, store)
    archive.connection.set_trace_callback(None)
    kinds = {re.sub(r"'[^']*'|\b[0-9]+\b", "?", one): one for one in statements if _is_question(one)}
    assert len(kinds) > 100
    tables = {name for (name,) in archive.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    slow = {}
    for one in kinds.values():
        plan = [step for *_, step in archive.connection.execute(f"EXPLAIN QUERY PLAN {one}")]
        if steps := [step for step in plan if _is_slow(step, one, tables)]:
            slow[" ".join(one.split())] = steps
    assert slow == {}


def _is_question(statement: str) -> bool:
    return statement.lstrip().upper().startswith(("SELECT", "WITH", "INSERT", "UPDATE", "DELETE"))


def _is_slow(step: str, statement: str, tables: set[str]) -> bool:
    if "TEMP B-TREE FOR" in step:
        return not any(few in " ".join(statement.split()) for few in SORTS_FEW)
    if not step.startswith("SCAN "):
        return "AUTOMATIC" in step
    until_enough = " INDEX " in step and "LIMIT" in statement
    return step.split()[1] in tables - SMALL and not until_enough


def test_a_row_that_goes_finds_what_points_to_it_by_an_index(archive: Archive) -> None:
    """Else each erasure would go through whole tables, though no statement says so."""
    found = archive.connection.execute(
        'SELECT tables.name, refers."from" FROM sqlite_master AS tables, pragma_foreign_key_list(tables.name) AS refers'
        " WHERE tables.type = 'table' AND NOT EXISTS ("
        "   SELECT 1 FROM pragma_index_list(tables.name) AS listed, pragma_index_info(listed.name) AS columns"
        '   WHERE columns.seqno = 0 AND columns.name = refers."from" AND NOT listed.partial)'
        " AND NOT EXISTS (SELECT 1 FROM pragma_table_info(tables.name) AS own"
        '   WHERE own.name = refers."from" AND own.pk = 1)'
    )
    assert found.fetchall() == []


def test_what_is_attached_a_hundred_thousand_times_is_not_gone_by(archive: Archive) -> None:
    asked = (warc_out.HEADERS, warc_out.LISTED)
    plans = [archive.connection.execute(f"EXPLAIN QUERY PLAN {one}", ["", ""]) for one in asked]
    steps = [step for plan in plans for *_, step in plan]
    assert any("fetches_url" in step for step in steps)
    assert any("attachments_message" in step for step in steps)
    assert not any("sha256" in step for step in steps)
