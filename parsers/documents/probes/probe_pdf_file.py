"""What a PDF holds beside its pages: who wrote it, files, programs, and what it said before it was changed."""

import re

import pypdfium2
import pypdfium2.raw as pdfium

from parsers.documents.probes.probe_findings import Findings

PROPERTIES = ("Author", "Subject", "Keywords")
PACKET_AUTHOR = re.compile(rb"<dc:creator>\s{0,99}(?:<rdf:(?:Seq|Bag)>\s{0,99})?<rdf:li[^>]{0,99}>[^<\s]")
PROGRAM = re.compile(rb"/(?:JavaScript|JS|Launch)\b")
ENDING, OBJECT = b"%%EOF", re.compile(rb"\d obj\b")
SPLIT = b"/Linearized"
"""Stands in front of a file that is laid out to be shown while it comes, which has two endings from the first."""
FRONT = 2_048


def probe_file(pdf: pypdfium2.PdfDocument, data: bytes, findings: Findings) -> None:
    """All that belongs to no page. What is packed away in streams of objects is told only as far as pdfium tells it."""
    findings.add("attached_file", count=pdf.count_attachments())
    told = pdf.get_metadata_dict()
    known = sum(bool(told.get(name)) for name in PROPERTIES)
    findings.add("document_properties", count=known or int(PACKET_AUTHOR.search(data) is not None))
    programs = pdfium.FPDFDoc_GetJavaScriptActionCount(pdf.raw)
    findings.add("macros", count=max(programs, int(PROGRAM.search(data) is not None)))
    findings.add("earlier_versions", count=_versions(data) - 1)


def _versions(data: bytes) -> int:
    """How often the file was written on: what is behind an ending and brings an object was put there later.

    Some programs write an ending twice, with nothing between that could change what is shown.
    """
    parts = data.split(ENDING)[:-1]
    return sum(OBJECT.search(part) is not None for part in parts) - (SPLIT in data[:FRONT])
