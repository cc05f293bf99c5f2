"""What a file is, by its bytes. A name is a hint where bytes cannot tell: CSV from other text.

Pure Python over bounded parts of the file: nothing is unpacked, so it may look at untrusted bytes in any process.
"""

import codecs
import re

from parsers.documents.containers import ole_names, zip_names
from parsers.documents.records import DocumentType

HEAD = 4096
PDF_WITHIN = 1024
"""Readers accept a PDF whose header comes this late; mail gateways put lines in front.
Of an archive it is one of its files."""
MAGIC: tuple[tuple[bytes, DocumentType], ...] = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"\x78\x9f\x3e\x22", "tnef"),
    (b"{\\rtf", "rtf"),
)
OPEN_DOCUMENT: dict[bytes, DocumentType] = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
OPEN_DOCUMENT_NAMES: dict[str, DocumentType] = {"odt": "odt", "ods": "ods"}
"""For files that were packed anew and do not begin with what they are."""
OFFICE_PARTS: tuple[tuple[str, DocumentType], ...] = (
    ("word/vbaProject.bin", "docm"),
    ("word/document.xml", "docx"),
    ("xl/workbook.bin", "xlsb"),
    ("xl/workbook.xml", "xlsx"),
    ("ppt/presentation.xml", "pptx"),
)
OFFICE_MARK = "[Content_Types].xml"
"""In every newer office file, and the first thing in it: one that was cut short holds little else."""
OFFICE_NAMES: dict[str, DocumentType] = {
    "docx": "docx", "docm": "docm", "xlsx": "xlsx", "xlsm": "xlsx", "xlsb": "xlsb", "pptx": "pptx",
}  # fmt: skip
OLE_STREAMS: tuple[tuple[str, DocumentType], ...] = (
    ("__properties_version1.0", "msg"),
    ("encryptedpackage", "docx"),
    ("worddocument", "doc"),
    ("workbook", "xls"),
    ("book", "xls"),
)
LOCKED_NAMES: dict[str, DocumentType] = {"docm": "docm", "xlsx": "xlsx", "xlsb": "xlsb", "pptx": "pptx"}
"""Behind a password the bytes of newer office files look alike."""
HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*|<!--[^>]{0,500}-->\s*)?<(?:!doctype\s+html|html|head|body|meta|title)\b",
    re.IGNORECASE,
)
MAIL_HEADER = re.compile(
    rb"^(?:return-path|received|from|to|cc|subject|date|message-id|mime-version|delivered-to|reply-to"
    rb"|content-type|x-[a-z-]{1,40}|dkim-signature|thread-topic): ?\S",
    re.IGNORECASE | re.MULTILINE,
)
MACHINE_HEADERS = (b"return-path", b"received", b"message-id", b"mime-version", b"delivered-to", b"x-", b"dkim")
"""Headers that no person types: a text that merely begins with From, To, Date and Subject is a text."""
TEXT_NAMES: dict[str, DocumentType] = {"csv": "csv", "txt": "txt", "eml": "eml", "htm": "html", "html": "html"}
CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def sniff(data: bytes, *, name: str | None = None) -> DocumentType:
    """The kind of file that ``data`` is; ``unknown`` where no rule knows it, or where it is empty."""
    ending = (name or "").rpartition(".")[2].lower()
    for magic, kind in MAGIC:
        if data.startswith(magic):
            return kind
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(data, ending)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole(data, ending)
    return "pdf" if b"%PDF-" in data[:PDF_WITHIN] else _text(data, ending)


def _zip(data: bytes, ending: str) -> DocumentType:
    declared = data[30:200]
    if declared.startswith(b"mimetype"):
        for media, kind in sorted(OPEN_DOCUMENT.items(), reverse=True):
            if declared[8:].startswith(media):
                return kind
    names = zip_names(data)
    if "content.xml" in names and ending in OPEN_DOCUMENT_NAMES:
        return OPEN_DOCUMENT_NAMES[ending]
    known = next((kind for part, kind in OFFICE_PARTS if part in names), None)
    if known is None and OFFICE_MARK in names:
        return OFFICE_NAMES.get(ending, "unknown")
    return known or "zip"


def _ole(data: bytes, ending: str) -> DocumentType:
    names = {name.lower() for name in ole_names(data)}
    if "encryptedpackage" in names and ending in LOCKED_NAMES:
        return LOCKED_NAMES[ending]
    return next((kind for stream, kind in OLE_STREAMS if stream in names), "unknown")


def _text(data: bytes, ending: str) -> DocumentType:
    head = data[:HEAD]
    if not _is_text(head):
        return "unknown"
    plain = _without_mark(head)
    if HTML.match(plain):
        return "html"
    if ending == "eml" or _is_mail(plain):
        return "eml"
    if ending == "csv" or (ending not in TEXT_NAMES and _has_columns(plain)):
        return "csv"
    return "html" if ending in {"htm", "html"} and b"<" in plain else "txt"


def _is_text(head: bytes) -> bool:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    if not head.strip():
        return False
    zeros = head.count(0)
    return not CONTROLS.search(head) or (zeros > 0.3 * len(head) and not CONTROLS.search(head.replace(b"\x00", b"")))


def _without_mark(head: bytes) -> bytes:
    return head.replace(b"\x00", b"").removeprefix(codecs.BOM_UTF8).lstrip(b"\xff\xfe")


def _is_mail(head: bytes) -> bool:
    """At least three known headers before the first blank line: the first line is one, and a machine wrote one."""
    top = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    found = {match[0].lower() for match in MAIL_HEADER.finditer(top)}
    by_machine = any(header.startswith(MACHINE_HEADERS) for header in found)
    return MAIL_HEADER.match(top) is not None and by_machine and len(found) >= 3


def _has_columns(head: bytes) -> bool:
    """Three or more lines, all of them with the same two or more commas."""
    rows = head.splitlines()[:-1] if len(head) == HEAD else head.splitlines()
    counts = {row.count(b",") for row in rows}
    return len(rows) >= 3 and len(counts) == 1 and counts.pop() >= 2
