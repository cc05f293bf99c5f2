"""Who wrote a file, as its properties tell: names of people and firms that nobody reads on its pages."""

import io
import struct

import olefile

from parsers.documents.containers import OLE_FAULTS
from parsers.documents.package import Package, UnreadableError
from parsers.documents.probes.probe_findings import Findings
from parsers.documents.sheets.sheets_parts import attribute

PARTS = {
    "docProps/core.xml": ("creator", "lastModifiedBy", "description", "keywords", "category"),
    "docProps/app.xml": ("Company", "Manager", "HyperlinkBase"),
    "docProps/custom.xml": ("property",),
    "meta.xml": ("creator", "initial-creator", "printed-by", "user-defined", "description", "keyword"),
}
OLE_PROPERTIES: dict[str, frozenset[int]] = {
    "\x05SummaryInformation": frozenset({4, 5, 6, 8}),
    "\x05DocumentSummaryInformation": frozenset({14, 15}),
}
"""Streams, and the numbers of author, keywords, comments and who saved it last; of manager and company (MS-OLEPS)."""
NARROW, WIDE = 0x1E, 0x1F
MOST_PROPERTIES = 1_000
CHART = "application/vnd.oasis.opendocument.chart"


def unopened() -> UnreadableError:
    """For a file with a part that a probe could not look at."""
    return UnreadableError("damaged", "It is damaged in places, so that it could not be looked at wholly.")


def probe_properties(package: Package, findings: Findings) -> None:
    """Names in the properties of a zipped office file."""
    for part, names in PARTS.items():
        root = package.xml(part) if part in package.names else None
        elements = root.iter(*(f"{{*}}{name}" for name in names)) if root is not None else ()
        findings.add(
            "document_properties", count=sum(bool("".join(map(str, one.itertext())).strip()) for one in elements)
        )


def open_document_objects(package: Package) -> int:
    """How many documents lie in an OpenDocument file; a chart is none, as its figures are those that it shows."""
    manifest = package.xml("META-INF/manifest.xml")
    entries = manifest.iter("{*}file-entry") if manifest is not None else ()
    told = {attribute(one, "full-path"): attribute(one, "media-type") for one in entries}
    folders = (name.removesuffix("content.xml") for name in package.names if name.endswith("/content.xml"))
    others = sum("/" not in name and name.startswith("Object ") for name in package.names)
    return others + sum(told.get(folder) != CHART for folder in folders)


def probe_ole_properties(data: bytes, findings: Findings) -> None:
    """The same of an old office file; one that cannot be read may name somebody.

    ``olefile`` would believe what a damaged list says of its length, and go on for minutes.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            told = [
                _said(ole.openstream(stream).read(), wanted)
                for stream, wanted in OLE_PROPERTIES.items()
                if ole.exists(stream)
            ]
        findings.add("document_properties", count=sum(told))
    except OLE_FAULTS:
        findings.add("document_properties")


def _said(stream: bytes, wanted: frozenset[int]) -> int:
    """How many of these properties have words in the first set of the stream."""
    (start,) = struct.unpack_from("<I", stream, 44)
    (count,) = struct.unpack_from("<I", stream, start + 4)
    said = 0
    for place in range(start + 8, start + 8 + 8 * min(count, MOST_PROPERTIES), 8):
        number, offset = struct.unpack_from("<II", stream, place)
        if number in wanted:
            kind, size = struct.unpack_from("<II", stream, start + offset)
            width = {NARROW: 1, WIDE: 2}.get(kind, 0)
            words = stream[start + offset + 8 : start + offset + 8 + size * width]
            said += bool(words.strip(b"\0 "))
    return said
