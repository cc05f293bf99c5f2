"""The documents that one address may be read from: captures on the shelf and what the archive holds, newest first."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from parsers.errors import ParseError
from scraper.archive.database import Archive
from scraper.exchange.captures import Address
from scraper.exchange.held import HERE, NEWER_HERE, UNDATED, Held, held, last_came
from scraper.exchange.shelf import Shelf, Shelved
from scraper.items import FetchItem

CANNOT_BE_READ = "pages and documents that cannot be read"
MOST_SENTENCES = 20
PAGE_KINDS = {"request_unfolded": "request"}
"""What the ledger calls a kind, where it has another name."""

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Chosen(Generic[T]):
    """The newest document of an address that can be read."""

    value: T
    fetch: FetchItem
    shelved: Shelved | None
    """``None`` where it is the one that the archive holds."""

    @property
    def at(self) -> str:
        """When it was taken."""
        return self.fetch.fetched_at

    @property
    def surely_after(self) -> str:
        """What is older than this is older than the document for sure: "" for one without a time of its own."""
        return self.at if self.shelved is None or self.shelved.dated else ""


class Documents:
    """Chooses between the shelf and the archive."""

    def __init__(self, archive: Archive, shelf: Shelf) -> None:
        self._archive = archive
        self._shelf = shelf

    def choose(self, address: Address, parse: Callable[[bytes], T], *, since: str = "") -> Chosen[T] | None:
        """The newest readable document of ``address`` that was taken at ``since`` or later.

        What the archive holds goes before a capture of the same second, and before any without a time of its own, of
        which nobody knows whether it is newer. Captures older than it are left, and those
        older than an answer whose body was given up, as it may have been cleaned of what they show; those that cannot
        be read are left with a sentence in their tally.
        """
        here, last = held(self._archive, address.url), last_came(self._archive, address.url)
        chosen: Chosen[T] | None = None
        for one in self._staged(address):
            if not one.dated and (here is not None or last):
                self._shelf.leave(one, HERE if here is not None and self._is(one, here) else UNDATED)
            elif here is not None and one.at <= here.at:
                self._shelf.leave(one, HERE if one.at == here.at else NEWER_HERE)
            elif one.at < last:
                self._shelf.leave(one, NEWER_HERE)
            elif chosen is None and one.at >= since:
                chosen = self._read(one, parse)
        if chosen is None and here is not None and here.at >= since:
            chosen = self._held(address, here, parse)
        return chosen

    def fetch(self, one: Shelved, body: bytes, page_kind: str | None = None) -> FetchItem:
        """A capture as the ledger takes it."""
        return FetchItem(
            url=one.address.url,
            fetched_at=one.at,
            status=one.status,
            page_kind=page_kind or PAGE_KINDS.get(one.address.kind, one.address.kind),
            headers=one.headers,
            body=body,
        )

    def _is(self, one: Shelved, here: Held) -> bool:
        return hashlib.sha256(self._shelf.body(one)).hexdigest() == here.sha256

    def _staged(self, address: Address) -> Iterator[Shelved]:
        return (one for one in self._shelf.newest(address.kind, address.key) if one.status == 200)

    def _read(self, one: Shelved, parse: Callable[[bytes], T]) -> Chosen[T] | None:
        body = self._shelf.body(one)
        try:
            return Chosen(value=parse(body), fetch=self.fetch(one, body), shelved=one)
        except ParseError as error:
            self._shelf.leave(one, CANNOT_BE_READ)
            tell(self._shelf, one, f"{one.address.url} cannot be read: {error}")
            return None

    def _held(self, address: Address, here: Held, parse: Callable[[bytes], T]) -> Chosen[T] | None:
        body = self._archive.files.get(here.sha256)
        kind = PAGE_KINDS.get(address.kind, address.kind)
        fetch = FetchItem(
            url=address.url, fetched_at=here.at, status=200, page_kind=kind, headers=here.headers, body=body
        )
        try:
            return Chosen(value=parse(body), fetch=fetch, shelved=None)
        except ParseError:
            return None


def tell(shelf: Shelf, one: Shelved, sentence: str) -> None:
    """Add a sentence to the tally of the file that a capture came from; a few are enough."""
    missing = shelf.tallies[one.source].missing
    if len(missing) < MOST_SENTENCES:
        missing.append(sentence)
