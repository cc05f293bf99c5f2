"""The corpus: for every type of file one of each kind, or the reason why there is none."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

from parsers.documents.probes.probe_findings import Probe
from parsers.documents.read import READABLE
from parsers.documents.records import DocumentText, DocumentType, Page
from tests.parsers.documents.corpus import archives, carriers, letters, pictures, tables
from tests.parsers.documents.corpus.sample import KINDS, Kind, Sample

SAMPLES: tuple[Sample, ...] = letters.SAMPLES + tables.SAMPLES + carriers.SAMPLES + archives.SAMPLES + pictures.SAMPLES
CASES = Path(__file__).parent.parent / "cases"
UNREAD = "no engine was given"
"""Why no picture is read in the tests of the corpus."""
LONG = 1_500
"""Characters of a page that are kept of what is expected."""

_NO_LOCK = "The format knows no password."
_ALL_SHOWN = "The format shows all that it holds."
_LOCKED_INSIDE = "What is locked lies in it as a file of its own."
_NO_MEANING = "Bytes of no known kind are neither locked nor damaged, and hide nothing that could be told."
_PICTURES: tuple[DocumentType, ...] = ("png", "jpg", "tiff", "gif")
WITHOUT: dict[tuple[DocumentType, Kind], str] = {
    ("rtf", "encrypted"): _NO_LOCK,
    ("csv", "encrypted"): _NO_LOCK,
    ("csv", "hidden"): _ALL_SHOWN,
    ("txt", "empty"): "Bytes without a word are of no kind: they are unknown and empty.",
    ("txt", "encrypted"): _NO_LOCK,
    ("txt", "hidden"): _ALL_SHOWN,
    ("html", "encrypted"): _NO_LOCK,
    ("tnef", "encrypted"): _LOCKED_INSIDE,
    ("mbox", "encrypted"): _LOCKED_INSIDE,
    ("mbox", "hidden"): _ALL_SHOWN,
    ("tar", "encrypted"): _NO_LOCK,
    ("gz", "encrypted"): _NO_LOCK,
    ("gz", "hidden"): _ALL_SHOWN,
    **dict.fromkeys(((kind, "encrypted") for kind in _PICTURES), _NO_LOCK),
    ("unknown", "encrypted"): _NO_MEANING,
    ("unknown", "damaged"): _NO_MEANING,
    ("unknown", "hidden"): _NO_MEANING,
}


def lacking() -> Iterator[tuple[DocumentType, Kind]]:
    """Types and kinds with neither a sample nor a reason. Types that are known and not read need none."""
    told = {(sample.document_type, sample.kind) for sample in SAMPLES} | set(WITHOUT)
    for document_type in get_args(DocumentType):
        if document_type in READABLE or document_type == "unknown":
            yield from ((document_type, kind) for kind in KINDS if (document_type, kind) not in told)


def told(document: DocumentText, probe: Probe) -> dict[str, Any]:
    """What came of a sample, as its case keeps it."""
    pages = [_page(page) for page in document.pages[:3]]
    return {
        "status": document.status,
        "detail": document.detail,
        "pages": pages,
        "pages_in_all": len(document.pages),
        "parts": [{name: value for name, value in asdict(part).items() if value} for part in document.parts[:5]],
        "parts_in_all": len(document.parts),
        "probe": probe.status,
        "probe_detail": probe.detail,
        "findings": [f"{one.kind}, {one.place}: {one.count} ({one.severity})" for one in probe.findings],
    }


def _page(page: Page) -> dict[str, Any]:
    text = page.text if len(page.text) <= LONG else f"{page.text[:200]}... ({len(page.text):,} characters)"
    told = {"title": page.title, "wants_ocr": page.wants_ocr}
    lines = text.split("\n")
    return {"number": page.number, "source": page.source, **{k: v for k, v in told.items() if v}, "text": lines}
