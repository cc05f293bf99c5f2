"""winmail.dat, as Outlook sends to programs that are not (MS-OXTNEF): the message and what is attached to it.

A stream of attributes of two levels, the message's and those of one attachment after the other. What the stream says
of its own lengths is believed only as far as the file goes.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime

from parsers.documents.caps import CAPS, Caps
from parsers.documents.charsets import decoded
from parsers.documents.mail import mapi
from parsers.documents.mail.mail_words import MailHead
from parsers.documents.parts import Parts, unopened
from parsers.documents.records import Opened

TOOL = "tnef"
SIGNATURE = 0x223E9F78
SUBJECT, BODY, SENT, FROM, CODEPAGE, PROPERTIES = 0x8004, 0x800C, 0x8005, 0x8000, 0x9007, 0x9003
RENDERING, FILE, TITLE, FILE_PROPERTIES = 0x9002, 0x800F, 0x8010, 0x9005
_MESSAGE, _ATTACHMENT = 1, 2
_MOST_PROPERTIES = 5_000
_WIDTHS = {0x0002: 2, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4, 0x000B: 2, 0x0014: 8,
           0x0040: 8, 0x0048: 16}  # fmt: skip
_UNICODE, _ANSI, _BINARY, _OBJECT = 0x001F, 0x001E, 0x0102, 0x000D
_MANY = 0x1000
_MESSAGE_INTERFACE = 16
"""Bytes before a message inside a message that say that it is one."""


@dataclass
class _Attached:
    name: str | None = None
    data: bytes | None = None
    properties: dict[int, str | bytes | int] = field(default_factory=dict)


@dataclass
class _Mail:
    attributes: dict[int, bytes] = field(default_factory=dict)
    properties: dict[int, str | bytes | int] = field(default_factory=dict)
    attached: list[_Attached] = field(default_factory=list)
    is_whole: bool = True


def open_tnef(data: bytes, *, caps: Caps = CAPS) -> Opened:
    """A winmail.dat with the files in it."""
    mail = _read(data)
    if not mail.attributes and not mail.properties and not mail.attached:
        return unopened("tnef", "damaged", "It is damaged: nothing of the message is left in it.", tool=TOOL)
    parts = Parts()
    for one in mail.attached:
        _attachment(one, parts)
    notes = [] if mail.is_whole else ["It is damaged: it ends in the middle."]
    return parts.opened("tnef", _words(mail), caps=caps, tool=TOOL, notes=notes)


def _attachment(one: _Attached, parts: Parts) -> None:
    name = mapi.attachment_name(one.properties) or one.name
    data = one.properties.get(mapi.ATTACH_DATA)
    inner = data[_MESSAGE_INTERFACE:] if isinstance(data, bytes) else b""
    if inner.startswith(struct.pack("<I", SIGNATURE)):
        parts.add(f"{(name or 'Forwarded message').removesuffix('.dat')}.dat", inner)
    elif one.data is not None:
        parts.add(name, one.data)
    elif isinstance(data, bytes):
        parts.add(name, data)
    else:
        parts.fail(name, "damaged", "It is damaged: its bytes are missing.")


def _words(mail: _Mail) -> str:
    codepage = mail.attributes.get(CODEPAGE, b"")[:4]
    number = int.from_bytes(codepage, "little")
    properties: dict[int, str | bytes | int] = {mapi.MESSAGE_CODEPAGE: number} if number else {}
    for tag, attribute in ((mapi.SUBJECT, SUBJECT), (mapi.BODY, BODY)):
        if attribute in mail.attributes:
            properties[tag] = mail.attributes[attribute]
    properties |= mail.properties
    head, body = mapi.mail_words(properties)
    sender = head.sender or _sender(mail.attributes.get(FROM, b""), mapi.codepage(properties))
    date = head.date or _date(mail.attributes.get(SENT, b""))
    return MailHead(sender=sender, date=date, to=head.to, cc=head.cc, subject=head.subject).above(body)


def _sender(data: bytes, encoding: str) -> str:
    """A name with its address, behind four lengths; the address begins with the way it is sent, as ``SMTP:``."""
    if len(data) < 8:
        return ""
    _, _, name_size, address_size = struct.unpack_from("<4H", data)
    name = decoded(data[8 : 8 + name_size].partition(b"\0")[0], encoding)
    address = decoded(data[8 + name_size : 8 + name_size + address_size].partition(b"\0")[0], encoding)
    where = address.partition(":")[2] or address
    return f"{name} <{where}>" if name and "@" in where else name or where


def _date(data: bytes) -> str:
    """Seven numbers: year, month, day, hour, minute, second, day of the week; in universal time."""
    if len(data) < 12:
        return ""
    try:
        year, month, day, hour, minute, second = struct.unpack_from("<6H", data)
        return format_datetime(datetime(year, month, day, hour, minute, second, tzinfo=UTC))
    except ValueError:
        return ""


def _read(data: bytes) -> _Mail:
    mail = _Mail()
    place = 6
    while place < len(data):
        if place + 9 > len(data):
            mail.is_whole = False
            break
        level, tag, size = struct.unpack_from("<BII", data, place)
        value = data[place + 9 : place + 9 + size]
        mail.is_whole &= len(value) == size and level in {_MESSAGE, _ATTACHMENT}
        if level not in {_MESSAGE, _ATTACHMENT}:
            break
        _attribute(mail, level, tag & 0xFFFF, value, whole=len(value) == size)
        place += 9 + size + 2
    return mail


def _attribute(mail: _Mail, level: int, name: int, value: bytes, *, whole: bool) -> None:
    if level == _MESSAGE:
        if name == PROPERTIES:
            mail.properties.update(_properties(value))
        else:
            mail.attributes.setdefault(name, value)
        return
    if name == RENDERING or not mail.attached:
        mail.attached.append(_Attached())
    one = mail.attached[-1]
    if name == TITLE:
        one.name = decoded(value.partition(b"\0")[0], None) or None
    elif name == FILE and whole:
        one.data = value
    elif name == FILE_PROPERTIES:
        one.properties.update(_properties(value))


def _properties(data: bytes) -> dict[int, str | bytes | int]:
    found: dict[int, str | bytes | int] = {}
    try:
        for tag, value in _each_property(data):
            found.setdefault(tag, value)
    except struct.error:
        return found
    return found


def _each_property(data: bytes) -> Iterator[tuple[int, str | bytes | int]]:
    (count,) = struct.unpack_from("<I", data)
    place = 4
    for _ in range(min(count, _MOST_PROPERTIES)):
        kind, tag = struct.unpack_from("<HH", data, place)
        place += 4
        if tag >= 0x8000:
            place = _after_name(data, place)
        single = kind & ~_MANY
        values = 1
        if kind & _MANY or single not in _WIDTHS:
            (values,) = struct.unpack_from("<I", data, place)
            place += 4
        for number in range(min(values, _MOST_PROPERTIES)):
            value, place = _value(data, place, single)
            if number == 0 and tag < 0x8000:
                yield tag, value


def _after_name(data: bytes, place: int) -> int:
    """Past the name of a property that has no number of its own."""
    kind, number = struct.unpack_from("<II", data, place + 16)
    return place + 24 + (_padded(number) if kind == 1 else 0)


def _value(data: bytes, place: int, kind: int) -> tuple[str | bytes | int, int]:
    if kind in _WIDTHS:
        width = _WIDTHS[kind]
        if place + width > len(data):
            raise struct.error
        return int.from_bytes(data[place : place + width], "little"), place + _padded(width)
    if kind not in {_UNICODE, _ANSI, _BINARY, _OBJECT}:
        raise struct.error
    (size,) = struct.unpack_from("<I", data, place)
    raw = data[place + 4 : place + 4 + size]
    if len(raw) < size:
        raise struct.error
    value = raw.decode("utf-16-le", "replace") if kind == _UNICODE else raw
    return value, place + 4 + _padded(size)


def _padded(size: int) -> int:
    return -(-size // 4) * 4
