"""``/body/all-authorities.csv``: every authority, one a row, defunct ones among them (alaveteli.md 1.4)."""

import csv
import io
import re

from parsers.errors import ParseError
from parsers.records import Authority, Tag
from parsers.wdtk.fields import is_time

_COLUMNS = (
    "Internal ID",
    "Name",
    "Short name",
    "URL name",
    "Tags",
    "Home page",
    "Publication scheme",
    "Disclosure log",
    "Notes",
    "Created at",
    "Updated at",
    "Version",
)
_RUBY_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9]{2}:[0-9]{2}:[0-9]{2}) ([+-][0-9]{2})([0-9]{2})")
_ID = re.compile(r"[0-9]{1,18}")


def parse_authorities_csv(body: bytes) -> tuple[Authority, ...]:
    """Every row in order. An empty field is ``None``; times are written in ISO 8601, offset kept.

    Columns beside the twelve known ones are reported in each authority's ``unexplained``; a column that is missing,
    a row of another length, an unreadable number or time, or no row at all is a :class:`ParseError`.
    """
    try:
        rows = list(csv.reader(io.StringIO(_decoded(body), newline=""), strict=True))
    except csv.Error as error:
        raise ParseError(f"the list of authorities is not CSV: {error}") from error
    if not rows:
        raise ParseError("expected the list of authorities, found no row")
    header = rows[0]
    missing = [name for name in _COLUMNS if header.count(name) != 1]
    if missing:
        raise ParseError(f"the list of authorities lacks the column {missing[0]!r}, or has it twice; found {header}")
    if len(rows) == 1:
        raise ParseError("the list of authorities has a header and no row")
    unknown = tuple(name for name in header if name not in _COLUMNS)
    return tuple(_authority(header, row, line, unknown) for line, row in enumerate(rows[1:], start=2))


def _decoded(body: bytes) -> str:
    if b"\0" in body:
        raise ParseError("expected CSV, found a NUL byte: this is a binary file")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ParseError(f"expected CSV in UTF-8, found byte 0x{body[error.start]:02x} at {error.start}") from error


def _authority(header: list[str], row: list[str], line: int, unknown: tuple[str, ...]) -> Authority:
    if len(row) != len(header):
        raise ParseError(f"record {line} of the list of authorities has {len(row)} fields, expected {len(header)}")
    values = dict(zip(header, row, strict=True))
    return Authority(
        id=_id(values["Internal ID"], line),
        url_name=_needed(values["URL name"], "URL name", line),
        name=_needed(values["Name"], "Name", line),
        short_name=values["Short name"] or None,
        tags=tuple(_tag(word) for word in values["Tags"].split()),
        home_page=values["Home page"] or None,
        publication_scheme=values["Publication scheme"] or None,
        disclosure_log=values["Disclosure log"] or None,
        notes=values["Notes"].replace("\r\n", "\n").replace("\r", "\n") or None,
        created_at=_time(values["Created at"], line),
        updated_at=_time(values["Updated at"], line),
        unexplained=unknown,
    )


def _id(value: str, line: int) -> int:
    if not _ID.fullmatch(value):
        raise ParseError(f"record {line} of the list of authorities: {value[:40]!r} is not an internal id")
    return int(value)


def _needed(value: str, column: str, line: int) -> str:
    if not value:
        raise ParseError(f"record {line} of the list of authorities has an empty {column!r}")
    return value


def _tag(word: str) -> Tag:
    name, colon, value = word.partition(":")
    return name, value if colon else None


def _time(value: str, line: int) -> str | None:
    if not value:
        return None
    # Rails prints "UTC" for an offset of nought.
    found = _RUBY_TIME.fullmatch(value.replace(" UTC", " +0000"))
    written = "{}T{}{}:{}".format(*found.groups()) if found else value
    if not is_time(written):
        raise ParseError(f"record {line} of the list of authorities: {value[:40]!r} is not a time")
    return written
