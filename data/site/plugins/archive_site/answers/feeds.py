"""Atom feeds (RFC 4287) as text: pure, so that whatever has entries can make one."""

import hashlib
import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from markupsafe import Markup

from archive_site.texts.marks import REPLACEMENT, UNSEEN

MOST = 100
"""Entries of a feed: the newest so many."""
LONGEST_TITLE, LONGEST_SUMMARY = 240, 2_000
CONTENT_TYPE = "application/atom+xml; charset=utf-8"
RIGHTS = "No licence is claimed on the letters. Names, e-mail addresses and telephone numbers are masked."
_FORBIDDEN = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 forbids beside the control characters, which ``UNSEEN`` takes."""
_SPACE = uuid.UUID("6f3fbd0a-0d3c-5b3f-9d0c-5c0d2f0f5a11")
"""The name space of ids that are made of names."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing that a feed tells of. Its texts may come from letters: they are written out as plain text."""

    id: str
    title: str
    updated: str
    """A time as RFC 3339 has it: see ``moment``."""
    link: str
    """Its page on this site, in full."""
    summary: str = ""
    source: str | None = None
    """Its page at the source, in full."""
    is_figure: bool = False
    """Whether it is a figure of the database, which building it anew may change."""


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A feed and where it is; all addresses are in full."""

    id: str
    title: str
    here: str
    """The address of the feed itself."""
    page: str
    """The page for people with the same rows."""
    updated: str
    """When the database was built; taken for the feed's own time where it has no entry, or figures."""
    entries: tuple[Entry, ...]
    subtitle: str = ""


def feed(told: Feed) -> str:
    """``told`` as an Atom document with its newest entries first; entries with an id that was there are left out."""
    entries = newest(told.entries)
    dated = not any(one.is_figure for one in entries)
    updated = max((one.updated for one in entries), default=told.updated) if dated else told.updated
    lines = [
        Markup('<?xml version="1.0" encoding="utf-8"?>'),
        Markup('<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">'),
        _element("id", told.id),
        _element("title", _one_line(told.title, LONGEST_TITLE)),
        *([_element("subtitle", _one_line(told.subtitle, LONGEST_SUMMARY))] if told.subtitle else []),
        _element("updated", updated),
        _link("self", "application/atom+xml", told.here),
        _link("alternate", "text/html", told.page),
        Markup("<author><name>wdtk-archive</name></author>"),
        Markup("<generator>wdtk-archive</generator>"),
        _element("rights", RIGHTS),
        *(_entry(one) for one in entries),
        Markup("</feed>"),
    ]
    return "\n".join(lines) + "\n"


def newest(entries: Iterable[Entry], *, most: int = MOST) -> list[Entry]:
    """At most so many entries, newest first, in their own order where they are equally new, each id once."""
    once: dict[str, Entry] = {}
    for one in entries:
        once.setdefault(one.id, one)
    return sorted(once.values(), key=lambda one: one.updated, reverse=True)[:most]


def named(what: str) -> str:
    """An id for what has no lasting address: a UUID made of ``what``, the same for the same (RFC 9562, version 5)."""
    return f"urn:uuid:{uuid.uuid5(_SPACE, what)}"


def digest(parts: Iterable[object]) -> str:
    """A short name for what ``parts`` say together."""
    told = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def moment(value: object) -> str | None:
    """A day or a time as RFC 3339 has it, in UTC to the second; None for what is neither. A day begins at midnight."""
    if not isinstance(value, str) or not 10 <= len(value) <= 40:
        return None
    try:
        found = datetime.fromisoformat(value.strip().replace(" UTC", "Z"))
        found = found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return found.strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")


def _entry(one: Entry) -> Markup:
    parts = [
        Markup("<entry>"),
        _element("id", one.id),
        _element("title", _one_line(one.title, LONGEST_TITLE)),
        _element("updated", one.updated),
        _link("alternate", "text/html", one.link),
        *([_link("via", "text/html", one.source)] if one.source else []),
        *([_element("summary", _cut(_clean(one.summary), LONGEST_SUMMARY))] if one.summary else []),
        Markup("</entry>"),
    ]
    return Markup("\n").join(parts)


def _element(name: str, text: str) -> Markup:
    kind = Markup(' type="text"') if name in {"title", "subtitle", "summary", "rights"} else ""
    return Markup("<{name}{kind}>{text}</{name}>").format(name=Markup(name), kind=kind, text=_clean(text))  # noqa: S704 - names of this module


def _link(relation: str, kind: str, address: str) -> Markup:
    told = Markup('<link rel="{}" type="{}" href="{}"/>')
    return told.format(relation, kind, "".join(_in_address(_clean(address))))


def _in_address(address: str) -> Iterator[str]:
    """Characters that no address may hold are written as their octets."""
    for character in address:
        odd = character.isspace() or ord(character) > 126 or character in '<>"{}|\\^`'
        yield "".join(f"%{octet:02X}" for octet in character.encode()) if odd else character


def _clean(text: str) -> str:
    """Text without what XML forbids, which would break a reader, and without what no reader sees."""
    return _FORBIDDEN.sub(REPLACEMENT, text.replace("\r\n", "\n").translate(UNSEEN))


def _one_line(text: str, most: int) -> str:
    return _cut(" ".join(_clean(text).split()), most) or "Without a title"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
