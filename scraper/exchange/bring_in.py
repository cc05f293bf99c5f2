"""The whole of an import: open every file, then decide address by address, so that no order of files matters."""

import json
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from parsers.records import Authority
from parsers.wdtk.authority import parse_authority_json
from parsers.wdtk.authority_csv import parse_authorities_csv
from scraper.archive.database import Archive
from scraper.archive.runs import Run
from scraper.archive.times import now
from scraper.exchange.addresses import Addresses
from scraper.exchange.captures import Tally
from scraper.exchange.documents import Documents
from scraper.exchange.files_in import FilesIn
from scraper.exchange.opening import Opener, find
from scraper.exchange.requests_in import KINDS, NOT_STORED, RequestsIn
from scraper.exchange.shelf import Shelf, Shelved
from scraper.items import AuthoritiesItem, Item, PageItem
from scraper.storing.store import Store

LISTS, AUTHORITIES, ROBOTS = "lists of authorities", "JSON of authorities", "robots.txt"


def bring_in(
    archive: Archive, run: Run, paths: Sequence[Path], *, site: str, limit: int, keep_requester_names: bool = False
) -> list[Tally]:
    """Import files and folders under ``run`` and tell what came of each file.

    ``limit`` is the most bytes of one body. Everything is stored as a crawl stores it, each request in a transaction
    of its own; what is here already is not stored again. Raises ``ArchiveError`` when the disk fails.
    """
    addresses = Addresses(site)
    store = Store(archive, run.id, keep_requester_names=keep_requester_names)
    with Shelf(archive.folder) as shelf:
        opener = Opener(shelf, addresses, limit=limit)
        for found in find(paths):
            opener.open(found)
        shelf.join_repeats()
        _Settling(archive, shelf, store, addresses, run).all()
        shelf.leave_the_rest()
        _record(archive, run, shelf.tallies)
        return shelf.tallies


class _Settling:
    def __init__(self, archive: Archive, shelf: Shelf, store: Store, addresses: Addresses, run: Run) -> None:
        self._shelf = shelf
        self._store = store
        self._addresses = addresses
        self._run = run
        self._documents = Documents(archive, shelf)
        self._requests = RequestsIn(archive, shelf, store, addresses)
        self._files = FilesIn(archive, shelf, store, addresses)

    def all(self) -> None:
        """Authorities, requests, then the files that requests list."""
        self._robots()
        self._authorities()
        for slug in self._shelf.keys(*KINDS):
            self._requests.settle(slug)
            self._run.counts["requests_stored"] = self._requests.stored
            self._run.save_if_due()
        for key in self._shelf.keys("file"):
            self._files.settle_place(key)
        for slug in self._shelf.keys("beside"):
            self._files.settle_beside(slug)

    def _robots(self) -> None:
        for _ in self._shelf.keys("robots"):
            found = self._documents.choose(self._addresses.robots(), bytes)
            if found and found.shelved:
                self._put(PageItem(fetch=found.fetch), found.shelved, ROBOTS)

    def _authorities(self) -> None:
        """In the order in which they were taken, as each tells of authorities that others tell of too."""
        lists = [self._addresses.authorities_csv() for _ in islice(self._shelf.keys("authorities_csv"), 1)]
        names = self._shelf.keys("authority_json")
        taken = [self._documents.choose(address, parse_authorities_csv) for address in lists]
        taken += [self._documents.choose(self._addresses.authority_json(name), _one_authority) for name in names]
        for one in sorted((one for one in taken if one and one.shelved), key=lambda one: (one.at, one.fetch.url)):
            if one.shelved is not None:
                what = LISTS if one.shelved.address.kind == "authorities_csv" else AUTHORITIES
                self._put(AuthoritiesItem(fetch=one.fetch, authorities=one.value), one.shelved, what)

    def _put(self, item: Item, shelved: Shelved, what: str) -> None:
        if self._store.store(item):
            self._shelf.take(shelved, what)
        else:
            self._shelf.leave(shelved, NOT_STORED)


def _one_authority(body: bytes) -> tuple[Authority, ...]:
    return (parse_authority_json(body),)


def _kept_name(tally: Tally) -> str:
    """A page or zip is called after its request, and the name of one that is forgotten must not live on here."""
    return tally.name if tally.kind in {"warc", "csv"} else f"*{Path(tally.name).suffix[:20]}"


def _record(archive: Archive, run: Run, tallies: Sequence[Tally]) -> None:
    with archive.transaction() as connection:
        for tally in tallies:
            connection.execute(
                "INSERT INTO imports (run_id, name, sha256, kind, imported_at, taken, left_out)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    run.id,
                    _kept_name(tally),
                    tally.sha256,
                    tally.kind,
                    now(),
                    tally.taken.total(),
                    json.dumps(dict(sorted(tally.left.items())), ensure_ascii=False),
                ],
            )
    run.counts["files_opened"] = len(tallies)
    run.counts["answers_taken"] = sum(tally.taken.total() for tally in tallies)
    run.counts["answers_left"] = sum(tally.left.total() for tally in tallies)
