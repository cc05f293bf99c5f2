"""The site's own zip of a request: ``correspondence.txt`` or ``.pdf``, and ``K_N_NAME`` files (alaveteli.md 1.1).

K counts messages, N is the part in its message, NAME is as in the file's address. The words of the correspondence
are not read: they have neither ids nor times of the site, and the request's page says the same.
"""

import os
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from parsers.errors import ParseError
from parsers.wdtk.urls import request_reference
from scraper.exchange.captures import TOO_BIG, Tally
from scraper.exchange.http_body import UnusableError

NOT_OF_THE_SITE = "what is in a zip that is not the site's own of a request: unpack it and import the folder"
NO_REQUEST = "files of a zip whose name is not that of a request: call it SLUG.zip, as in /request/SLUG"
WORDS = "the correspondence in one file: the page of the request has the same words, with their times"
STRANGE = "members of a zip whose names are not of the form K_N_NAME"
DAMAGED = "members of a zip that are damaged or locked"

_CORRESPONDENCE = frozenset({"correspondence.txt", "correspondence.pdf"})
_MEMBER = re.compile(r"([0-9]{1,6})_([0-9]{1,6})_([^/\\\x00]{1,255})")
_COPY = re.compile(r" ?\([0-9]{1,4}\)$")
_MOST_MEMBERS = 5_000
_MOST_BYTES = 2_000_000_000
_PIECE = 1 << 20
_LONGEST_END, _LONGEST_LIST = 66_000, 4_000_000


@dataclass(frozen=True, kw_only=True)
class Member:
    """One file of one message."""

    message_place: int
    part: int
    name: str
    body: bytes


def slug_of(path: Path) -> str | None:
    """The request that a zip is of, by its name; browsers put ``(1)`` behind a second one of the same name."""
    try:
        return request_reference(_COPY.sub("", path.stem)).slug
    except ParseError:
        return None


def members(file: IO[bytes], tally: Tally, *, limit: int) -> Iterator[Member]:
    """The files in the zip, one at a time; what is left is counted in the tally. Nothing is written to any folder."""
    try:
        _refuse_long_list(file)
        with zipfile.ZipFile(file) as opened:
            yield from _members(opened, tally, limit)
    except UnusableError as error:
        tally.leave(str(error))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        tally.leave(DAMAGED)


def _members(opened: zipfile.ZipFile, tally: Tally, limit: int) -> Iterator[Member]:
    entries = [entry for entry in opened.infolist() if not entry.is_dir()]
    if not _CORRESPONDENCE & {entry.filename for entry in entries}:
        tally.leave(NOT_OF_THE_SITE, len(entries))
        return
    room = _MOST_BYTES
    for number, entry in enumerate(entries):
        named = _MEMBER.fullmatch(entry.filename)
        if entry.filename in _CORRESPONDENCE:
            tally.leave(WORDS)
        elif named is None:
            tally.leave(STRANGE)
        elif number >= _MOST_MEMBERS or room <= 0:
            tally.leave(TOO_BIG)
        else:
            body = _body(opened, entry, tally, min(limit, room))
            room -= limit if body is None else len(body)
            if body is not None:
                place, part, name = named.groups()
                yield Member(message_place=int(place), part=int(part), name=name, body=body)


def _refuse_long_list(file: IO[bytes]) -> None:
    """UnusableError where the list of members, which is held in memory whole, is long (APPNOTE.TXT 4.3.14 to 4.3.16).

    A zip of more than 65,535 members or 4 GB has its numbers in another place, and is none of a request either.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _LONGEST_END))
    end = file.read()
    file.seek(0)
    place = end.rfind(b"PK\x05\x06")
    if place < 0 or len(end) < place + 16:
        return
    if end[max(0, place - 20) : place].startswith(b"PK\x06\x07"):
        raise UnusableError(TOO_BIG)
    if int.from_bytes(end[place + 12 : place + 16], "little") > _LONGEST_LIST:
        raise UnusableError(TOO_BIG)


def _body(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, tally: Tally, limit: int) -> bytes | None:
    """The bytes, never more than ``limit`` whatever the zip claims."""
    pieces, size = [], 0
    try:
        with opened.open(entry) as file:
            while piece := file.read(_PIECE):
                size += len(piece)
                if size > limit:
                    tally.leave(TOO_BIG)
                    return None
                pieces.append(piece)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError):
        tally.leave(DAMAGED)
        return None
    return b"".join(pieces)
