"""Bytes of a known type to what they hold beside what they show: the one entry point of the probes.

A probe either looks at the whole file or says that it could not, and then nothing of the document is shown: what
was not looked at may hide anything. Like the readers it sets no limits of its own and is called in a limited child
process only.
"""

from typing import Protocol

from parsers.documents.later import Later
from parsers.documents.package import UnreadableError
from parsers.documents.probes.probe_findings import Findings, Probe
from parsers.documents.records import DocumentType

PROBE_VERSION = "3"
"""Changes with any probe: documents probed by another version are probed again."""


class Prober(Protocol):
    """What looks into files of one type, or raises ``UnreadableError``."""

    def __call__(self, data: bytes, findings: Findings) -> None:
        """Add what the file holds beside what it shows."""
        ...


PROBERS: dict[DocumentType, Prober] = {
    "xlsx": Later("probes.probe_sheets", "probe_xlsx"),
    "xlsb": Later("probes.probe_sheets", "probe_xlsb"),
    "xls": Later("probes.probe_sheets", "probe_xls"),
    "ods": Later("probes.probe_sheets", "probe_ods"),
    "pptx": Later("probes.probe_slides", "probe_slides"),
    "docx": Later("probes.probe_docx", "probe_docx"),
    "docm": Later("probes.probe_docx", "probe_docx"),
    "odt": Later("probes.probe_odt", "probe_odt"),
    "doc": Later("probes.probe_doc", "probe_doc"),
    "rtf": Later("probes.probe_rtf", "probe_rtf"),
    "pdf": Later("probes.probe_pdf", "probe_pdf"),
    "png": Later("probes.probe_images", "probe_image"),
    "jpg": Later("probes.probe_images", "probe_image"),
    "tiff": Later("probes.probe_images", "probe_image"),
    "gif": Later("probes.probe_images", "probe_image"),
    "html": Later("probes.probe_html", "probe_html"),
    "eml": Later("probes.probe_mail", "probe_eml"),
    "msg": Later("probes.probe_mail", "probe_msg"),
}
SHOWS_ALL: frozenset[DocumentType] = frozenset({
    "csv", "txt", "mbox", "tnef", "zip", "tar", "gz",
})  # fmt: skip
"""Of these the readers here tell only what is shown; what lies in them is probed as documents of its own."""


def probe_document(data: bytes, *, document_type: DocumentType) -> Probe:
    """What the document holds beside what it shows. What a probe did not foresee is raised."""
    if document_type in SHOWS_ALL:
        return Probe(status="probed")
    prober = PROBERS.get(document_type)
    if prober is None:
        return Probe(status="unsupported", detail="There is no probe for such files.")
    findings = Findings(document_type)
    try:
        prober(data, findings)
    except UnreadableError as error:
        return Probe(status=error.status, detail=error.detail)
    return Probe(status="probed", findings=findings.all())
