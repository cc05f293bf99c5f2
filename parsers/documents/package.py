"""The parts of a zipped office file, unpacked and parsed within bounds.

What is opened is what a reader asks for by name. A part that unpacks beyond ``MOST_XML`` ends the reading, as does
one that declares entities: no office program writes them, and files made to do harm live on them. Nothing outside
the file is ever fetched, and nesting deeper than libxml2's 256 levels is not followed.
"""

import io
import re
import zipfile
import zlib

from lxml import etree

from parsers.documents.records import DocumentText, DocumentType, ReadStatus
from parsers.documents.result import failure

MEGABYTE = 1 << 20
MOST_XML = 32 * MEGABYTE
"""Of one part; a tree takes some ten times as much memory."""
MOST_UNPACKED = 96 * MEGABYTE
"""Of all parts that are asked for."""
MOST_PARTS = 10_000
BOMB_RATIO = 100
"""Letters pack to a tenth; what packs to a hundredth and is too big was made to be."""
ENTITY = "<!ENTITY"
ENTITIES = re.compile(b"|".join(re.escape(ENTITY.encode(name)) for name in ("ascii", "utf-16-le", "utf-16-be")))
STRICT = re.compile(
    rb"http://purl\.oclc\.org/ooxml/(wordprocessingml/main|officeDocument/relationships|drawingml/main)"
)
TRANSITIONAL = {
    b"wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
}
"""Files saved as "strict" say the same in other names."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, OverflowError)
"""How a damaged part shows when it is unpacked."""


class UnreadableError(Exception):
    """The file cannot be read; the status and sentence for its record."""

    def __init__(self, status: ReadStatus, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail

    def record(self, document_type: DocumentType, *, tool: str) -> DocumentText:
        """The record of the document that could not be read."""
        return failure(document_type, self.status, self.detail, tool=tool)


class Package:
    """An office file that is a zip of XML parts."""

    def __init__(self, data: bytes) -> None:
        if data.startswith(OLE):
            raise UnreadableError("encrypted", "It needs a password to open.")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except FAULTS as error:
            raise UnreadableError("damaged", "It is damaged: it is no zip file that can be opened.") from error
        self.names = frozenset(self._archive.namelist())
        if len(self.names) > MOST_PARTS:
            raise UnreadableError("bomb", f"It has more than {MOST_PARTS:,} parts.")
        self._left = MOST_UNPACKED
        self.is_broken = False
        """Whether a part that was asked for is damaged, so that something may be missing."""

    def xml(self, name: str) -> etree._Element | None:
        """The root of a part, or ``None`` where there is none that can be read."""
        data = self._unpacked(name)
        if data is None:
            return None
        if ENTITIES.search(data):
            raise UnreadableError("bomb", "Its XML declares entities, as only files made to do harm do.")
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True, remove_pis=True
        )
        try:
            root: etree._Element | None = etree.fromstring(STRICT.sub(lambda one: TRANSITIONAL[one[1]], data), parser)
        except etree.XMLSyntaxError:
            root = None
        self.is_broken |= root is None or any(entry.level >= etree.ErrorLevels.ERROR for entry in parser.error_log)
        return root

    def required(self, name: str) -> etree._Element:
        """The root of a part without which there is nothing to read."""
        root = self.xml(name)
        if root is None:
            raise UnreadableError("damaged", "It is damaged: the part that holds its text cannot be opened.")
        return root

    def head(self, name: str, size: int) -> bytes:
        """The first bytes of a part, whatever it is; none where they cannot be had."""
        try:
            with self._archive.open(name) as part:
                return part.read(size)
        except (*FAULTS, KeyError, RuntimeError):  # a part behind a password is a RuntimeError
            return b""

    def _unpacked(self, name: str) -> bytes | None:
        if name not in self.names:
            return None
        info = self._archive.getinfo(name)
        if info.flag_bits & 1:
            raise UnreadableError("encrypted", "It needs a password to open.")
        most = min(MOST_XML, self._left)
        try:
            with self._archive.open(info) as part:
                data = part.read(most + 1)
        except FAULTS:
            self.is_broken = True
            return None
        if len(data) > most:
            ratio = len(data) / max(info.compress_size, 1)
            status: ReadStatus = "bomb" if ratio > BOMB_RATIO else "too_big"
            raise UnreadableError(status, f"It unpacks to more than {most // MEGABYTE} MB of text and marks.")
        self._left -= len(data)
        return data
