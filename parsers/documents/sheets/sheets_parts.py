"""Parts of a zipped spreadsheet: small ones as trees, sheets as streams, so that a long one takes little memory."""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import Literal

from lxml import etree

from parsers.documents.package import BOMB_RATIO, ENTITIES, FAULTS, MEGABYTE, Package, UnreadableError
from parsers.documents.records import ReadStatus

CHUNK = 1 << 16
MOST_STREAMED = 384 * MEGABYTE
"""Of all parts that are walked; a sheet of a million rows unpacks to about as much."""
SOON = 24 * MEGABYTE
"""The same where a part packs better than any table does."""
OVERLAP = 64
RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
EXTERNAL = "External"
LOCKED = "It needs a password to open."
CONTROL = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""How newer formats write a control character."""


class SheetPackage(Package):
    """A zipped spreadsheet."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self._streamed = 0
        self._by_low = {name.lower(): name for name in self.names}

    def elements(self, name: str, tags: Sequence[str]) -> Iterator[etree._Element]:
        """Every element of one of these local names, whole, in order; what lies before it is let go.

        Names are compared without their namespace, so that "strict" files read like others.
        """
        for _, element in self.events(name, tags, ("end",)):
            yield element

    def events(
        self, name: str, tags: Sequence[str], kinds: Sequence[Literal["start", "end"]]
    ) -> Iterator[tuple[str, etree._Element]]:
        """The same with what happens to the element, ``start`` or ``end``: at its start it has its attributes."""
        parser = etree.XMLPullParser(
            events=kinds, tag=[f"{{*}}{tag}" for tag in tags], resolve_entities=False, no_network=True,
            load_dtd=False, remove_comments=True, remove_pis=True,
        )  # fmt: skip
        is_whole = True
        for chunk in self.chunks(name):
            is_whole = self._feed(parser, chunk)
            for event, element in parser.read_events():
                if not isinstance(element, etree._Element):  # noqa: SLF001 - the only name of the type
                    continue
                yield event, element
                if event == "end":
                    _let_go(element)
            if not is_whole:
                return
        self._end(parser)

    def chunks(self, name: str, *, is_xml: bool = True) -> Iterator[bytes]:
        """The bytes of a part, some at a time; none where it cannot be unpacked."""
        if name not in self.names:
            self.is_broken = True
            return
        info = self._archive.getinfo(name)
        if info.flag_bits & 1:
            raise UnreadableError("encrypted", LOCKED)
        before, size = b"", 0
        try:
            with self._archive.open(info) as part:
                while chunk := part.read(CHUNK):
                    size += len(chunk)
                    self._count(len(chunk), size, info)
                    if is_xml and ENTITIES.search(before + chunk):
                        raise UnreadableError("bomb", "Its XML declares entities, as only files made to do harm do.")
                    yield chunk
                    before = chunk[-OVERLAP:]
        except FAULTS:
            self.is_broken = True

    def links(self, name: str) -> dict[str, tuple[str, str, bool]]:
        """What a part links to, by the id of each link: the kind, the part or address, whether it lies outside."""
        folder, file = posixpath.split(name)
        root = self.xml(f"{folder}/_rels/{file}.rels".lstrip("/"))
        found: dict[str, tuple[str, str, bool]] = {}
        for link in root.iter(RELATIONSHIPS) if root is not None else ():
            kind = str(link.get("Type", "")).rpartition("/")[2]
            target = str(link.get("Target", ""))
            outside = link.get("TargetMode") == EXTERNAL
            part = target if outside else self.actual(posixpath.normpath(posixpath.join("/", folder, target)))
            found[str(link.get("Id", ""))] = (kind, part, outside)
        return found

    def actual(self, name: str) -> str:
        """The name of a part as the file has it: large and small letters are told apart by some programs only."""
        plain = name.lstrip("/")
        return plain if plain in self.names else self._by_low.get(plain.lower(), plain)

    def _feed(self, parser: etree.XMLPullParser, chunk: bytes) -> bool:
        try:
            parser.feed(chunk)
        except etree.XMLSyntaxError:
            self.is_broken = True
            return False
        return True

    def _end(self, parser: etree.XMLPullParser) -> None:
        """Tell the parser that nothing follows: only then it misses what was cut off."""
        try:
            parser.close()
        except etree.XMLSyntaxError:
            self.is_broken = True

    def _count(self, more: int, size: int, info: zipfile.ZipInfo) -> None:
        self._streamed += more
        is_bomb = size > BOMB_RATIO * max(info.compress_size, 1)
        if self._streamed > (SOON if is_bomb else MOST_STREAMED):
            status: ReadStatus = "bomb" if is_bomb else "too_big"
            raise UnreadableError(status, f"Its sheets unpack to more than {(self._streamed - 1) // MEGABYTE} MB.")


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: etree._Element, name: str) -> str | None:
    """The value of an attribute, whatever its namespace."""
    value = element.get(name)
    if value is not None:
        return str(value)
    return next((str(found) for key, found in element.items() if str(key).rpartition("}")[2] == name), None)


def is_true(value: str | None) -> bool:
    """Whether an attribute says yes."""
    return value in {"1", "true", "on"}


def number(value: str | None, otherwise: float) -> float:
    """An attribute as a number."""
    try:
        return float(value) if value else otherwise
    except ValueError:
        return otherwise


def whole(value: str | None, otherwise: int) -> int:
    """An attribute as a whole number of at most nine digits."""
    if value is None or len(value) > 9 or not value.isascii() or not value.isdigit():
        return otherwise
    return int(value)


def uncontrolled(text: str) -> str:
    """The text with control characters that were written as ``_x000D_`` as what they stand for."""
    return CONTROL.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _let_go(element: etree._Element) -> None:
    parent = element.getparent()
    element.clear()
    while parent is not None and (before := element.getprevious()) is not None:
        parent.remove(before)
