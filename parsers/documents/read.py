"""Bytes of a known type to pages of text: the one entry point, and the list of readers.

A new format is one module with a ``read_...`` function and one line in ``READERS``, or with an ``open_...`` function
and one in ``OPENERS`` where its files hold other files.
"""

from typing import Protocol

from parsers.documents.caps import CAPS, Caps
from parsers.documents.foreign import FOREIGN
from parsers.documents.later import Later
from parsers.documents.records import DocumentText, DocumentType, Opened
from parsers.documents.result import failure

READER_VERSION = "6"
"""Changes with any reader: documents read by another version are read again."""


class Reader(Protocol):
    """What reads files of one type."""

    def __call__(self, data: bytes, *, caps: Caps) -> DocumentText:
        """Its text by page, as far as ``caps`` allow, or why there is none."""
        ...


class Opener(Protocol):
    """What reads files that hold other files."""

    def __call__(self, data: bytes, *, caps: Caps) -> Opened:
        """The same with the files inside it."""
        ...


READERS: dict[DocumentType, Reader] = {
    "pdf": Later("pdf.pdf", "read_pdf"),
    "docx": Later("word.docx", "read_docx", "docx"),
    "docm": Later("word.docx", "read_docx", "docm"),
    "doc": Later("word.doc", "read_doc"),
    "odt": Later("word.odt", "read_odt"),
    "rtf": Later("word.rtf", "read_rtf"),
    "xlsx": Later("sheets.sheets", "read_sheets", "xlsx"),
    "xls": Later("sheets.sheets", "read_sheets", "xls"),
    "xlsb": Later("sheets.sheets", "read_sheets", "xlsb"),
    "ods": Later("sheets.sheets", "read_sheets", "ods"),
    "csv": Later("sheets.csv_table", "read_csv"),
    "pptx": Later("sheets.slides", "read_slides"),
    "html": Later("html", "read_html"),
    "txt": Later("text", "read_text", "txt"),
    "png": Later("scans.images", "read_image", "png"),
    "jpg": Later("scans.images", "read_image", "jpg"),
    "tiff": Later("scans.images", "read_image", "tiff"),
    "gif": Later("scans.images", "read_image", "gif"),
}
OPENERS: dict[DocumentType, Opener] = {
    "eml": Later("mail.mail", "open_mail"),
    "mbox": Later("mail.mbox", "open_mbox"),
    "msg": Later("mail.msg", "open_msg"),
    "tnef": Later("mail.tnef", "open_tnef"),
    "zip": Later("archive_zip", "open_zip"),
    "tar": Later("archive_tar", "open_tar"),
    "gz": Later("archive_tar", "open_gzip"),
}
READABLE: frozenset[DocumentType] = frozenset(READERS) | frozenset(OPENERS)
"""Types that anything here reads; of others only that is said."""


def open_document(data: bytes, *, document_type: DocumentType, caps: Caps = CAPS) -> Opened:
    """The text of a document by page, or why there is none, with the files inside it.

    It sets no limits of its own on time and memory: untrusted bytes are given to it only in a child process that
    has them (``scraper.reading``). What a reader did not foresee is raised.
    """
    reader, opener = READERS.get(document_type), OPENERS.get(document_type)
    if reader is not None:
        return Opened(document=reader(data, caps=caps))
    if opener is not None and data:
        return opener(data, caps=caps)
    return Opened(document=failure(document_type, "unsupported", _why_not(data, document_type)))


def _why_not(data: bytes, document_type: DocumentType) -> str:
    if not data:
        return "It is empty."
    if kind := FOREIGN.get(document_type):
        return f"It is {kind}, which is not read here."
    return "Its bytes are of no kind of file that is known here."


def read_document(data: bytes, *, document_type: DocumentType, caps: Caps = CAPS) -> DocumentText:
    """As ``open_document``, without the files inside."""
    return open_document(data, document_type=document_type, caps=caps).document
