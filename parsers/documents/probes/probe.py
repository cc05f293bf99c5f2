"""Bytes of a known type to what they hold beside what they show: the one entry point of the probes.

A probe either looks at the whole file or says that it could not, and then nothing of the document is shown: what
was not looked at may hide anything. Like the readers it sets no limits of its own and is called in a limited child
process only.
"""

from collections.abc import Callable
from importlib import import_module

from parsers.documents.package import UnreadableError
from parsers.documents.probes.probe_findings import Findings, Probe
from parsers.documents.records import DocumentType

PROBE_VERSION = "1"
"""Changes with any probe: documents probed by another version are probed again."""

Prober = Callable[[bytes, Findings], None]
PROBERS: dict[DocumentType, tuple[str, str]] = {
    "xlsx": ("probe_sheets", "probe_xlsx"),
    "xlsb": ("probe_sheets", "probe_xlsb"),
    "xls": ("probe_sheets", "probe_xls"),
    "ods": ("probe_sheets", "probe_ods"),
    "pptx": ("probe_slides", "probe_slides"),
    "docx": ("probe_docx", "probe_docx"),
    "docm": ("probe_docx", "probe_docx"),
    "odt": ("probe_odt", "probe_odt"),
    "doc": ("probe_doc", "probe_doc"),
    "rtf": ("probe_rtf", "probe_rtf"),
    "pdf": ("probe_pdf", "probe_pdf"),
    "png": ("probe_images", "probe_image"),
    "jpg": ("probe_images", "probe_image"),
    "tiff": ("probe_images", "probe_image"),
    "gif": ("probe_images", "probe_image"),
}
"""Module and function by type; each is imported when first asked for, as a child pays only for what it opens."""
SHOWS_ALL: frozenset[DocumentType] = frozenset({"csv", "txt", "html", "eml", "msg", "tnef", "zip"})
"""Of these the readers here tell only what is shown; what lies in them is probed as documents of its own."""


def probe_document(data: bytes, *, document_type: DocumentType) -> Probe:
    """What the document holds beside what it shows. What a probe did not foresee is raised."""
    if document_type in SHOWS_ALL:
        return Probe(status="probed")
    if document_type not in PROBERS:
        return Probe(status="unsupported", detail="There is no probe for such files.")
    module, name = PROBERS[document_type]
    prober: Prober = getattr(import_module(f"parsers.documents.probes.{module}"), name)
    findings = Findings(document_type)
    try:
        prober(data, findings)
    except UnreadableError as error:
        return Probe(status=error.status, detail=error.detail)
    return Probe(status="probed", findings=findings.all())
