"""Storing what spiders yield: bodies first, then one transaction with the ledger and the rows."""

import logging
import sqlite3
from collections.abc import Sequence

from scraper.archive import attachments, lists
from scraper.archive.authorities import store_authority
from scraper.archive.database import Archive
from scraper.archive.ledger import Kept, clear_refusals, held, record_fetches, record_refusal
from scraper.archive.times import now
from scraper.counts import count_of
from scraper.due import looks
from scraper.items import (
    AttachmentItem,
    AuthoritiesItem,
    FetchItem,
    Item,
    ListItem,
    LookItem,
    PageItem,
    RefusalItem,
    RequestItem,
)
from scraper.removals import doubt, forgotten, withdrawals
from scraper.removals.changes import recorded, recorded_file
from scraper.removals.follow import addresses, give_up_older, supersede, suspect
from scraper.removals.release import release, unlink_released
from scraper.storing.requests import Bodies, store_request

_CAME = (200, 304)
_WITHDRAWN = {"hidden": "hidden", "erased": "erased"}
log = logging.getLogger(__name__)


class Store:
    """Puts items into an archive under one run."""

    def __init__(self, archive: Archive, run_id: int, *, keep_requester_names: bool = False) -> None:
        self.archive = archive
        self._run_id = run_id
        self._names = keep_requester_names

    def store(self, item: Item) -> bool:
        """Store one item, wholly or not at all; False when its rows could not be made and a refusal says why.

        Its answers are kept in either case. Raises ``ArchiveError`` when the disk fails.
        """
        lawful = forgotten.without(self.archive, item)
        return lawful is None or self._store_lawful(lawful)

    def _store_lawful(self, item: Item) -> bool:
        fetches = _fetches(item)
        stored = [(fetch, self.archive.files.put(fetch.body)) for fetch in fetches if fetch.body is not None]
        by_fetch = {id(fetch): sha256 for fetch, sha256 in stored}
        try:
            with self.archive.transaction() as connection:
                kept = _record(connection, self._run_id, fetches, by_fetch)
                self._store_rows(connection, item, kept)
                supersede(connection, kept)
        except (sqlite3.IntegrityError, OverflowError, doubt.DoubtedError) as error:
            url = _address(item, fetches)
            log.warning("%s could not be stored: %s", url, error)
            with self.archive.transaction() as connection:
                kept = _record(connection, self._run_id, fetches, by_fetch)
                supersede(connection, kept)
                _enter_failure(connection, item, url, f"not stored: {error}")
            return False
        finally:
            unlink_released(self.archive)
        return True

    def _store_rows(self, connection: sqlite3.Connection, item: Item, kept: Sequence[Kept]) -> None:
        match item:
            case RequestItem():
                self._store_request(connection, item, kept)
            case LookItem():
                _store_look(connection, item, kept[0])
            case AttachmentItem():
                _store_attachment(connection, self._run_id, item, kept)
                looks.file_looked(connection, item.request_id)
            case AuthoritiesItem():
                _store_authorities(connection, item)
            case RefusalItem():
                _store_refusal(connection, self._run_id, item)
            case ListItem():
                self._store_list(connection, item)
            case PageItem() if item.fetch.status in _CAME:
                clear_refusals(connection, [item.fetch.url])

    def _store_request(self, connection: sqlite3.Connection, item: RequestItem, kept: Sequence[Kept]) -> None:
        documents = [one.sha256 for one in kept]
        if len(documents) < 2 or documents[0] is None or documents[1] is None:
            raise ValueError(f"a request is stored with the bodies of its JSON and its page: {item.record.slug}")
        bodies = Bodies(json_sha256=documents[0], page_sha256=documents[1])
        checked_at = item.fetches[-1].fetched_at
        identity = item.record.id
        doubt.check(connection, item)
        with (
            looks.look(connection, identity, at=checked_at, whole=item.whole),
            recorded(connection, self._run_id, identity, checked_at) as told,
        ):
            store_request(connection, item, bodies, checked_at=checked_at, names=self._names)
        lists.fetched(connection, item.record.slug, identity)
        clear_refusals(connection, addresses(item))
        give_up_older(connection, item, told.before)

    def _store_list(self, connection: sqlite3.Connection, item: ListItem) -> None:
        if item.fetch is not None and item.fetch.status in _CAME:
            clear_refusals(connection, [item.fetch.url])
        seen_at = item.fetch.fetched_at if item.fetch else now()
        lists.record(connection, self._run_id, item.states, item.rows, seen_at=seen_at)


def _enter_failure(connection: sqlite3.Connection, item: Item, url: str, detail: str) -> None:
    seen_at = item.fetches[-1].fetched_at if isinstance(item, RequestItem) else now()
    record_refusal(connection, url=url, reason="failed", detail=detail, seen_at=seen_at)
    if isinstance(item, RequestItem):
        looks.failed(connection, item.record.id, url, at=seen_at)


def _address(item: Item, fetches: Sequence[FetchItem]) -> str:
    if isinstance(item, RefusalItem):
        return item.url
    if isinstance(item, RequestItem):
        return item.fetches[1].url  # a look at the JSON alone, which finds nothing wrong, does not strike this out
    return item.states[0].url if isinstance(item, ListItem) and not fetches else fetches[0].url


def _fetches(item: Item) -> tuple[FetchItem, ...]:
    if isinstance(item, RequestItem | AttachmentItem):
        return item.fetches
    return (item.fetch,) if item.fetch else ()


def _record(
    connection: sqlite3.Connection, run_id: int, fetches: Sequence[FetchItem], stored: dict[int, str]
) -> list[Kept]:
    kept = []
    for fetch in fetches:
        sha256 = held(connection, fetch.url) if fetch.not_modified else stored.get(id(fetch))
        size = len(fetch.body) if fetch.body is not None else None
        kept.append(Kept(fetch=fetch, sha256=sha256, size=size))
    record_fetches(connection, run_id, kept)
    return kept


def _store_look(connection: sqlite3.Connection, item: LookItem, kept: Kept) -> None:
    if kept.sha256 is not None:
        given = [kept.sha256, item.request_id]
        old = connection.execute("SELECT json_sha256 FROM requests WHERE id = ?", [item.request_id]).fetchall()
        connection.execute("UPDATE requests SET json_sha256 = ? WHERE id = ?", given)
        release(connection, [sha256 for (sha256,) in old])
    looks.looked(connection, item.request_id, at=item.fetch.fetched_at, changed=False, whole=False)
    clear_refusals(connection, [item.fetch.url])


def _store_authorities(connection: sqlite3.Connection, item: AuthoritiesItem) -> None:
    clear_refusals(connection, [item.fetch.url])
    seen_at = item.fetch.fetched_at
    nameless = [one.url_name for one in item.authorities if store_authority(connection, one, seen_at) is None]
    if nameless:
        told = count_of(len(nameless), "authority", "authorities")
        detail = f"{told} not stored, because nothing gives an id: {', '.join(nameless[:20])}"
        record_refusal(connection, url=item.fetch.url, reason="failed", detail=detail, seen_at=seen_at)


def _store_attachment(connection: sqlite3.Connection, run_id: int, item: AttachmentItem, kept: Sequence[Kept]) -> None:
    seen_at = item.fetches[-1].fetched_at if item.fetches else now()
    with recorded_file(connection, run_id, item.attachment_id, item.request_id, seen_at) as told:
        _store_file(connection, item, kept, seen_at)
    release(connection, told.before.bodies)


def _store_file(connection: sqlite3.Connection, item: AttachmentItem, kept: Sequence[Kept], seen_at: str) -> None:
    subject, status = item.attachment_id, item.fetch_status
    if status == "fetched" and item.sha256 not in {one.sha256 for one in kept} - {None}:
        raise ValueError(f"{subject} is said to be fetched, but its bytes are not among its answers")
    before = connection.execute("SELECT sha256 FROM attachments WHERE id = ?", [subject]).fetchone()
    known = attachments.record_outcome(
        connection, subject, status=status, detail=item.detail, sha256=item.sha256, checked_at=seen_at
    )
    if status == "fetched":
        clear_refusals(connection, [fetch.url for fetch in item.fetches])
    if not known:
        log.info("%s is no longer listed by request %d", subject, item.request_id)
    elif status == "fetched":
        withdrawals.restore_file(connection, subject)
    elif status in _WITHDRAWN and before[0]:
        state = _WITHDRAWN[status]
        withdrawals.withdraw(
            connection, subject, request_id=item.request_id, state=state, seen_at=seen_at, evidence="removal_page"
        )


def _store_refusal(connection: sqlite3.Connection, run_id: int, item: RefusalItem) -> None:
    seen_at = item.fetch.fetched_at if item.fetch else now()
    record_refusal(connection, url=item.url, reason=item.reason, detail=item.detail, seen_at=seen_at)
    known = _known(connection, item)
    if known is None:
        withdrawals.seen_gone(connection, item.request_id, seen_at)
        looks.refused(connection, item, at=seen_at)
    else:
        suspect(connection, run_id, known, item, seen_at)
        connection.execute("UPDATE requests SET last_checked_at = ? WHERE id = ?", [seen_at, known])
        looks.looked(connection, known, at=seen_at, changed=False, whole=False)


def _known(connection: sqlite3.Connection, item: RefusalItem) -> int | None:
    """The request here that this refusal withdraws.

    A 403 names what is hidden. A 404 of a slug may be a mere renaming, so only one of ``/request/ID`` counts,
    which the spider tells by giving the id alone.
    """
    if item.reason == "hidden":
        clause, value = ("id = ?", item.request_id) if item.request_id is not None else ("slug = ?", item.slug)
    elif item.reason == "not_found" and item.slug is None:
        clause, value = "id = ?", item.request_id
    else:
        return None
    found = connection.execute(f"SELECT id FROM requests WHERE {clause}", [value]).fetchone()  # noqa: S608 - names from code
    return found[0] if found else None
