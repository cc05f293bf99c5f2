"""From the files and folders that were named to captures on the shelf. Every file is untrusted and opened with caps."""

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from parsers.wdtk.notices import classify
from scraper.exchange import zips
from scraper.exchange.addresses import Addresses
from scraper.exchange.captures import LATER, LONG_AGO, TOO_BIG, Address, Capture, FileKind, Tally, is_later, moment_of
from scraper.exchange.http_body import UnusableError
from scraper.exchange.saved import Part, document_capture, mhtml_parts, page_capture
from scraper.exchange.shelf import Shelf
from scraper.exchange.warc_in import shelve_warc

NOT_KNOWN = "not a page, JSON, WARC, zip or list of authorities that belongs to a request"
LOOKS = "styles, scripts and pictures of a page"
UNREADABLE = "cannot be opened: {}"
NO_FILE = "neither a file nor a folder that can be gone through"
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_FIRST = 4096
_PIECE = 1 << 20
_FOLDER_OF_A_PAGE = ("_files", "-Dateien", "_fichiers", "_archivos", "_bestanden", "-filer")
"""What browsers put behind the name of a page for the folder of its parts."""
_PAGES = frozenset({".html", ".htm", ".xhtml"})
_NO_LETTERS = frozenset({".css", ".js", ".woff", ".woff2", ".ttf", ".svg", ".ico", ".map", ".webmanifest"})


@dataclass(frozen=True, kw_only=True)
class Found:
    """A file to open; ``beside`` is the page whose folder it lies in."""

    path: Path
    beside: Path | None = None


class Opener:
    """Opens one file after the other; ``limit`` is the most bytes of one body."""

    def __init__(self, shelf: Shelf, addresses: Addresses, *, limit: int) -> None:
        self._shelf = shelf
        self._addresses = addresses
        self._limit = limit
        self._pages: dict[Path, str] = {}
        """Slug by page, for the files beside it."""

    def open(self, found: Found) -> Tally:
        """Put what a file holds on the shelf and tell what was left."""
        tally = self._shelf.begin(_shown(found.path.name))
        if found.path.exists() and not found.path.is_file():
            tally.leave(NO_FILE)
            return tally
        try:
            with found.path.open("rb") as file:
                tally.sha256 = _sha256(file)
                first = file.read(_FIRST)
                file.seek(0)
                tally.kind = "unknown" if found.beside else sniff(first)
                self._shelve(found, file, tally)
        except UnusableError as error:
            tally.leave(str(error) or TOO_BIG)
        except OSError as error:
            tally.leave(UNREADABLE.format(error.strerror or error))
        return tally

    def _shelve(self, found: Found, file: IO[bytes], tally: Tally) -> None:
        if tally.kind == "warc":
            shelve_warc(file, self._shelf, self._addresses, tally, limit=self._limit)
            return
        at = moment_of(found.path.stat().st_mtime)
        if is_later(at):
            raise UnusableError(LATER)
        if tally.kind == "zip":
            self._zip(found.path, file, tally)
            return
        body = file.read(self._limit + 1)
        if len(body) > self._limit:
            raise UnusableError(TOO_BIG)
        if found.beside is not None:
            self._beside(found, body)
        elif tally.kind == "mhtml":
            self._mhtml(body, tally, at)
        else:
            self._put(self._capture(found.path, body, tally.kind, at))

    def _capture(self, path: Path, body: bytes, kind: FileKind, at: str) -> Capture:
        if kind == "json":
            return document_capture(body, self._addresses, by=at)
        if kind == "csv":
            address = self._addresses.authorities_csv()
            headers = {"content-type": "text/csv"}
            return Capture(address=address, at=LONG_AGO, status=200, headers=headers, body=body, dated=False)
        if kind == "html":
            capture = page_capture(body, self._addresses, by=at)
            self._pages[path] = capture.address.key
            return capture
        raise UnusableError(NOT_KNOWN)

    def _mhtml(self, body: bytes, tally: Tally, at: str) -> None:
        location, told, parts = mhtml_parts(body)
        for part in parts:
            try:
                self._mhtml_part(part, told, at, location)
            except UnusableError as error:
                tally.leave(str(error))

    def _mhtml_part(self, part: Part, told: str | None, by: str, location: str | None) -> None:
        address = self._addresses.read(part.location)
        if isinstance(address, Address) and address.kind == "file":
            headers, at, dated = {"content-type": part.media}, told or LONG_AGO, told is not None
            self._put(Capture(address=address, at=at, status=200, headers=headers, body=part.body, dated=dated))
        elif part.media == "text/html" and part.location in {location, ""}:
            self._put(page_capture(part.page, self._addresses, by=by, at=told, location=location))
        else:
            raise UnusableError(LOOKS)

    def _zip(self, path: Path, file: IO[bytes], tally: Tally) -> None:
        slug = zips.slug_of(path)
        for member in zips.members(file, tally, limit=self._limit):
            if slug is None:
                tally.leave(zips.NO_REQUEST)
                continue
            url = f"zip:{member.message_place}/{member.part}/{member.name}"
            address = Address(kind="beside", url=url, key=slug)
            self._put(Capture(address=address, at=LONG_AGO, status=200, headers={}, body=member.body, dated=False))

    def _beside(self, found: Found, body: bytes) -> None:
        slug = self._pages.get(found.beside) if found.beside else None
        if slug is None or found.path.suffix.lower() in _NO_LETTERS:
            raise UnusableError(LOOKS)
        address = Address(kind="beside", url=f"file:{_shown(found.path.name)}", key=slug)
        self._put(Capture(address=address, at=LONG_AGO, status=200, headers={}, body=body, dated=False))

    def _put(self, capture: Capture) -> None:
        if is_later(capture.at):
            raise UnusableError(LATER)
        self._shelf.put(replace(capture, headers=dict(capture.headers)))


def sniff(first: bytes) -> FileKind:
    """What a file is by its first bytes; names are not believed."""
    start = first.removeprefix(b"\xef\xbb\xbf").lstrip()
    if (_inflated(first) if first.startswith(_GZIP) else start).startswith(b"WARC/"):
        return "warc"
    if first.startswith(_ZIP):
        return "zip"
    lower = first.lower()
    if b"multipart/related" in lower and b"mime-version:" in lower:
        return "mhtml"
    return _text_kind(start, lower)


def _text_kind(start: bytes, lower: bytes) -> FileKind:
    if classify(status=200, headers={}, body=start).kind == "authorities_csv":
        return "csv"
    if start[:1] in {b"{", b"["}:
        return "json"
    return "html" if (start.startswith(b"<") and b"<html" in lower) or b"<!doctype html" in lower else "unknown"


def find(paths: Sequence[Path]) -> Iterator[Found]:
    """The files that paths name, folders gone through; a page comes before the files in its folder.

    Links are not followed, so that a folder that somebody sent cannot lead elsewhere. A folder that cannot be gone
    through comes itself, so that it is told of.
    """
    waiting = list(reversed(paths))
    while waiting:  # however deep the folders lie in one another
        path = waiting.pop()
        if path.is_dir():
            yield from _within(path, waiting)
        else:
            yield Found(path=path)
            yield from _parts_of(path)


def _within(folder: Path, waiting: list[Path]) -> Iterator[Found]:
    """The files of one folder; the folders in it are put to those that wait."""
    entries = _entries(folder)
    if entries is None:
        yield Found(path=folder)
        return
    owned = {parts for entry in entries if entry.suffix.lower() in _PAGES for parts in _folders(entry)}
    for entry in entries:
        if entry.is_file():
            yield Found(path=entry)
            yield from _parts_of(entry)
    waiting += [entry for entry in reversed(entries) if entry.is_dir() and entry not in owned]


def _entries(folder: Path) -> list[Path] | None:
    """What lies in a folder, links left out; ``None`` where it cannot be gone through."""
    try:
        return sorted(entry for entry in folder.iterdir() if not entry.is_symlink())
    except OSError:
        return None


def _parts_of(page: Path) -> Iterator[Found]:
    if page.suffix.lower() not in _PAGES:
        return
    for folder in _folders(page):
        if folder.is_dir() and not folder.is_symlink():
            for path in _entries(folder) or ():
                if path.is_file():
                    yield Found(path=path, beside=page)


def _shown(name: str) -> str:
    """A name that can be printed and stored: on the disk it may be in no encoding at all."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _folders(page: Path) -> list[Path]:
    return [page.with_name(page.stem + ending) for ending in _FOLDER_OF_A_PAGE]


def _inflated(first: bytes) -> bytes:
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(first, _FIRST)
    except zlib.error:
        return b""


def _sha256(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := file.read(_PIECE):
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()
