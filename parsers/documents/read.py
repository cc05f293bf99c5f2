"""Bytes of a known type to pages of text: the one entry point, and the list of readers.

A new format is one module with a ``read_...`` function and one line in ``READERS``.
"""

from collections.abc import Callable

from parsers.documents.caps import CAPS, Caps
from parsers.documents.records import DocumentText, DocumentType, Opened
from parsers.documents.result import failure

READER_VERSION = "4"
"""Changes with any reader: documents read by another version are read again."""

Reader = Callable[[bytes, Caps], DocumentText]
Opener = Callable[[bytes, Caps], Opened]

# Each imports its library when it is first called: a child process pays only for the formats it opens.


def _pdf(data: bytes, caps: Caps) -> DocumentText:
    from parsers.documents.pdf.pdf import read_pdf  # noqa: PLC0415 - see above

    return read_pdf(data, caps=caps)


def _text(data: bytes, caps: Caps) -> DocumentText:
    from parsers.documents.text import read_text  # noqa: PLC0415 - see above

    return read_text(data, caps=caps)


def _html(data: bytes, caps: Caps) -> DocumentText:
    from parsers.documents.html import read_html  # noqa: PLC0415 - see above

    return read_html(data, caps=caps)


def _docx(data: bytes, caps: Caps) -> DocumentText:
    from parsers.documents.word.docx import read_docx  # noqa: PLC0415 - see above

    return read_docx(data, caps=caps)


def _docm(data: bytes, caps: Caps) -> DocumentText:
    from parsers.documents.word.docx import read_docx  # noqa: PLC0415 - see above

    return read_docx(data, document_type="docm", caps=caps)


def _rtf(data: bytes, caps: Caps) -> DocumentText:
    from parsers.documents.word.rtf import read_rtf  # noqa: PLC0415 - see above

    return read_rtf(data, caps=caps)


def _odt(data: bytes, caps: Caps) -> DocumentText:
    from parsers.documents.word.odt import read_odt  # noqa: PLC0415 - see above

    return read_odt(data, caps=caps)


def _doc(data: bytes, caps: Caps) -> DocumentText:
    from parsers.documents.word.doc import read_doc  # noqa: PLC0415 - see above

    return read_doc(data, caps=caps)


def _image(document_type: DocumentType) -> Reader:
    def read(data: bytes, caps: Caps) -> DocumentText:
        from parsers.documents.scans.images import read_image  # noqa: PLC0415 - see above

        return read_image(data, document_type=document_type, caps=caps)

    return read


def _sheets(document_type: DocumentType) -> Reader:
    def read(data: bytes, caps: Caps) -> DocumentText:
        from parsers.documents.sheets.sheets import read_sheets  # noqa: PLC0415 - see above

        return read_sheets(data, document_type=document_type, caps=caps)

    return read


def _csv(data: bytes, caps: Caps) -> DocumentText:
    from parsers.documents.sheets.csv_table import read_csv  # noqa: PLC0415 - see above

    return read_csv(data, caps=caps)


def _slides(data: bytes, caps: Caps) -> DocumentText:
    from parsers.documents.sheets.slides import read_slides  # noqa: PLC0415 - see above

    return read_slides(data, caps=caps)


def _mail(data: bytes, caps: Caps) -> Opened:
    from parsers.documents.mail.mail import open_mail  # noqa: PLC0415 - see above

    return open_mail(data, caps=caps)


def _msg(data: bytes, caps: Caps) -> Opened:
    from parsers.documents.mail.msg import open_msg  # noqa: PLC0415 - see above

    return open_msg(data, caps=caps)


def _tnef(data: bytes, caps: Caps) -> Opened:
    from parsers.documents.mail.tnef import open_tnef  # noqa: PLC0415 - see above

    return open_tnef(data, caps=caps)


def _zip(data: bytes, caps: Caps) -> Opened:
    from parsers.documents.archive_zip import open_zip  # noqa: PLC0415 - see above

    return open_zip(data, caps=caps)


def _words(opener: Opener) -> Reader:
    def read(data: bytes, caps: Caps) -> DocumentText:
        return opener(data, caps).document

    return read


OPENERS: dict[DocumentType, Opener] = {"eml": _mail, "msg": _msg, "tnef": _tnef, "zip": _zip}
"""Readers of files that hold other files."""
READERS: dict[DocumentType, Reader] = {
    "png": _image("png"), "jpg": _image("jpg"), "tiff": _image("tiff"), "gif": _image("gif"),
    "pdf": _pdf, "txt": _text, "html": _html, "docx": _docx, "docm": _docm, "doc": _doc, "odt": _odt, "rtf": _rtf,
    "xlsx": _sheets("xlsx"), "xls": _sheets("xls"), "xlsb": _sheets("xlsb"), "ods": _sheets("ods"), "csv": _csv,
    "pptx": _slides, **{kind: _words(opener) for kind, opener in OPENERS.items()},
}  # fmt: skip


def open_document(data: bytes, *, document_type: DocumentType, caps: Caps = CAPS) -> Opened:
    """The text of a document by page, or why there is none, with the files inside it; else as ``read_document``."""
    opener = OPENERS.get(document_type)
    if opener is not None and data:
        return opener(data, caps)
    return Opened(document=read_document(data, document_type=document_type, caps=caps))


def read_document(data: bytes, *, document_type: DocumentType, caps: Caps = CAPS) -> DocumentText:
    """The text of a document by page, or why there is none.

    It sets no limits of its own on time and memory: untrusted bytes are given to it only in a child process that
    has them (``scraper.reading``). What a reader did not foresee is raised.
    """
    reader = READERS.get(document_type)
    if reader is not None and (data or document_type not in OPENERS):
        return reader(data, caps)
    if not data:
        return failure(document_type, "unsupported", "It is empty.")
    return failure(document_type, "unsupported", "Its bytes are of no kind of file that is known here.")
