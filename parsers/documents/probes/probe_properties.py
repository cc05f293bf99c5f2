"""Who wrote a file, as its properties tell: names of people and firms that nobody reads on its pages."""

import io
from collections.abc import Sequence

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
OLE_PROPERTIES: Sequence[str] = ("author", "last_saved_by", "company", "manager", "comments", "keywords")
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
    """The same of an old office file."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            told = ole.get_metadata()
        findings.add("document_properties", count=sum(bool(getattr(told, name, None)) for name in OLE_PROPERTIES))
    except OLE_FAULTS:
        findings.add("document_properties")
