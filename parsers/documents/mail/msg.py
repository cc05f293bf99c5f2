"""Outlook messages (MS-OXMSG): the message as one page with its header above it, and its attachments as parts.

A message that is attached to another lies in it as a folder of the compound file; it is taken out as a file of its
own, as Outlook does when one saves it. ``python-oxmsg``, which the tests have as a second opinion, gives neither
such messages nor text in other encodings.
"""

import re
import struct
from collections.abc import Iterator
from io import BytesIO
from typing import Union

from olefile import OleFileIO

from parsers.documents.caps import CAPS, Caps
from parsers.documents.containers import OLE_FAULTS, ole_stream
from parsers.documents.mail import mapi
from parsers.documents.mail.compound import Folder, compound_file
from parsers.documents.parts import MEGABYTE, Parts, unopened
from parsers.documents.records import Opened

TOOL = "olefile"
PROPERTIES = "__properties_version1.0"
_PROPERTY = re.compile(r"__substg1\.0_([0-9A-F]{8})", re.IGNORECASE)
ATTACHMENT = "__attach_version1.0_"
_TOP, _EMBEDDED, _ATTACHED = 32, 24, 8
"""Bytes before the properties of a message, of one in another, and of an attachment."""
_UNICODE, _ANSI, _BINARY = 0x001F, 0x001E, 0x0102
_Tree = dict[str, Union["_Tree", None]]


def open_msg(data: bytes, *, caps: Caps = CAPS) -> Opened:
    """An Outlook message with what is attached to it."""
    try:
        file = _File(data)
    except OLE_FAULTS:
        return unopened("msg", "damaged", "It is damaged: it is no Outlook message that can be opened.", tool=TOOL)
    properties = file.properties((), _TOP)
    if not properties:
        return unopened("msg", "damaged", "It is damaged: nothing of the message is left in it.", tool=TOOL)
    head, body = mapi.mail_words(properties)
    if mapi.is_sealed(properties) and not body.strip():
        return unopened("msg", "encrypted", "Its words are encrypted for those it was sent to.", tool=TOOL)
    parts = Parts()
    for name in sorted(file.folders(())):
        if name.lower().startswith(ATTACHMENT):
            _attachment(file, (name,), parts, signed=mapi.is_signed(properties))
    notes = ["It is damaged: something of it may be missing."] if file.is_broken else []
    return parts.opened("msg", head.above(body), caps=caps, tool=TOOL, notes=notes)


def message_properties(data: bytes) -> mapi.Properties:
    """The properties of the message itself; none where the file cannot be opened."""
    try:
        return _File(data).properties((), _TOP)
    except OLE_FAULTS:
        return {}


class _File:
    """A compound file, read stream by stream."""

    def __init__(self, data: bytes) -> None:
        self._ole = OleFileIO(BytesIO(data))
        self.is_broken = False
        self._tree: _Tree = {}
        for path in self._ole.listdir(streams=True, storages=False):
            place = self._tree
            for step in path[:-1]:
                inner = place.setdefault(step, {})
                if inner is None:
                    break
                place = inner
            else:
                place.setdefault(path[-1], None)

    def _at(self, path: tuple[str, ...]) -> _Tree:
        place = self._tree
        for step in path:
            place = place.get(step) or {}
        return place

    def folders(self, path: tuple[str, ...]) -> list[str]:
        return [name for name, inner in self._at(path).items() if inner is not None]

    def streams(self, path: tuple[str, ...]) -> list[str]:
        return [name for name, inner in self._at(path).items() if inner is None]

    def size(self, path: tuple[str, ...]) -> int:
        """Of all streams below a folder, or of one stream, as the file says."""
        if self._is_folder(path):
            names = self._at(path)
            return sum(self.size((*path, name)) for name in names)
        try:
            return int(self._ole.get_size(list(path)))
        except OLE_FAULTS:
            return 0

    def _is_folder(self, path: tuple[str, ...]) -> bool:
        return path == () or self._at(path[:-1]).get(path[-1]) is not None

    def read(self, path: tuple[str, ...]) -> bytes | None:
        """The bytes of a stream; ``None`` where they cannot be had."""
        try:
            return ole_stream(self._ole, path)
        except OLE_FAULTS:
            self.is_broken = True
            return None

    def folder(self, path: tuple[str, ...]) -> Folder:
        """All that lies below a folder."""
        found: dict[str, bytes | Folder] = {name: self.read((*path, name)) or b"" for name in self.streams(path)}
        found |= {name: self.folder((*path, name)) for name in self.folders(path)}
        return found

    def properties(self, path: tuple[str, ...], head: int) -> dict[int, str | bytes | int]:
        """The properties of a message or an attachment, those of type binary up to a size."""
        found: dict[int, str | bytes | int] = dict(self._fixed(path, head))
        for name in self.streams(path):
            tag, kind = _tag(name)
            if tag == mapi.ATTACH_DATA or kind not in {_UNICODE, _ANSI, _BINARY}:
                continue
            data = self.read((*path, name)) if self.size((*path, name)) <= 32 * MEGABYTE else None
            if data is not None and (kind != _ANSI or not isinstance(found.get(tag), str)):
                found[tag] = data.decode("utf-16-le", "replace") if kind == _UNICODE else data
        return found

    def _fixed(self, path: tuple[str, ...], head: int) -> Iterator[tuple[int, int]]:
        """Numbers and times, which stand in one stream, sixteen bytes each."""
        name = next((each for each in self.streams(path) if each.lower() == PROPERTIES), None)
        data = (self.read((*path, name)) if name else None) or b""
        for place in range(head, len(data) - 15, 16):
            kind, tag, _, value = struct.unpack_from("<HHIQ", data, place)
            if kind == 0x0040:
                yield tag, value
            elif kind in {0x0002, 0x0003, 0x000B}:
                yield tag, value & 0xFFFFFFFF


def _tag(name: str) -> tuple[int, int]:
    """Number and type of the property in a stream: 0x1000 and 0x001F for ``__substg1.0_1000001F``; else zeros."""
    found = _PROPERTY.fullmatch(name)
    return divmod(int(found[1], 16), 0x10000) if found else (0, 0)


def _attachment(file: _File, path: tuple[str, ...], parts: Parts, *, signed: bool) -> None:
    properties = file.properties(path, _ATTACHED)
    name = "Signed message.eml" if signed else mapi.attachment_name(properties)
    inner = next((each for each in file.folders(path) if _tag(each)[0] == mapi.ATTACH_DATA), None)
    stream = next((each for each in file.streams(path) if _tag(each)[0] == mapi.ATTACH_DATA), None)
    place = (*path, inner or stream or "")
    if inner is None and stream is None:
        if properties.get(mapi.ATTACH_METHOD) in mapi.BY_REFERENCE:
            parts.fail(name, "unsupported", "It is not in the message, which only says where it lay.")
        else:
            parts.fail(name, "damaged", "It is damaged: its bytes are missing.")
    elif not parts.has_room_for(file.size(place)):
        parts.fail(name, "too_big", f"With it the parts would be more than {parts.left // MEGABYTE} MB.")
    elif inner is not None:
        _embedded(file, place, name, parts)
    else:
        data = file.read(place)
        if data is None:
            parts.fail(name, "damaged", "It is damaged: its bytes cannot be had whole.")
        else:
            parts.add(name, data)


def _embedded(file: _File, path: tuple[str, ...], name: str | None, parts: Parts) -> None:
    """A message in the message, or an object of an office program, as a file of its own."""
    folder = file.folder(path)
    head = next((each for each in folder if each.lower() == PROPERTIES), None)
    told = folder.get(head) if head else None
    if head and isinstance(told, bytes):
        folder[head] = told[:_EMBEDDED] + bytes(_TOP - _EMBEDDED) + told[_EMBEDDED:]
        subject = mapi.text_of(file.properties(path, _EMBEDDED), mapi.SUBJECT).replace("/", " ")
        name = name or subject or "Forwarded message"
        name = name if name.lower().endswith(".msg") else f"{name}.msg"
    parts.add(name, compound_file(folder))
