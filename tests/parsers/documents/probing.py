"""What a probe finds, by kind, and texts and slides for it."""

import dataclasses
import io
from collections.abc import Callable

from docx import Document
from odfdo import Document as OpenDocument
from odfdo import Paragraph
from pptx import Presentation
from pptx.util import Inches

from parsers.documents.probes.probe import probe_document
from parsers.documents.probes.probe_findings import Probe
from parsers.documents.records import DocumentType
from tests.parsers.documents import books

SECRET = books.SECRET


def kinds(probe: Probe) -> dict[str, int]:
    """Findings by kind, of a probe that came to its end."""
    assert probe.status == "probed", probe.detail
    counts: dict[str, int] = {}
    for finding in probe.findings:
        counts[finding.kind] = counts.get(finding.kind, 0) + finding.count
    return counts


def probed(data: bytes, kind: DocumentType) -> dict[str, int]:
    found = probe_document(data, document_type=kind)
    assert SECRET not in repr(dataclasses.asdict(found))
    return kinds(found)


def docx(change: Callable[..., None] | None = None) -> bytes:
    document = Document()
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    document.add_paragraph("Words that are shown.")
    if change:
        change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def odt(*paragraphs: Paragraph) -> bytes:
    document = OpenDocument("text")
    document.body.clear()
    document.body.append(Paragraph("Words that are shown."))
    for one in paragraphs:
        document.body.append(one)
    out = io.BytesIO()
    document.save(out)
    # The library names the author of its template.
    return books.with_parts(out.getvalue(), {"meta.xml": "<m/>"})


def rtf(words: str) -> bytes:
    return rf"{{\rtf1\ansi{{\colortbl;\red255\green255\blue255;\red0\green0\blue0;}}\pard {words}\par}}".encode()


def pptx(change: Callable[..., None] | None = None) -> bytes:
    show = Presentation()
    properties = show.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "Costs"
    box = slide.shapes.add_textbox(Inches(1), Inches(2), Inches(3), Inches(1))
    box.text_frame.text = "In 2020: 12"
    if change:
        change(show, slide, box)
    out = io.BytesIO()
    show.save(out)
    return out.getvalue()
