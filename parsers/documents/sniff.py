"""What a file is, by its bytes. A name is a hint where bytes cannot tell: CSV from other text.

Pure Python over bounded parts of the file: nothing is unpacked, so it may look at untrusted bytes in any process.
"""

import codecs
import csv
import re
from io import StringIO

from parsers.documents.containers import ole_names, zip_names
from parsers.documents.foreign import foreign_binary, foreign_text
from parsers.documents.records import DocumentType
from parsers.documents.text import wide_encoding

HEAD = 4096
PDF_WITHIN = 1024
"""Readers accept a PDF whose header comes this late; mail gateways put lines in front.
Of an archive it is one of its files."""
MAGIC: tuple[tuple[bytes, DocumentType], ...] = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"II+\x00", "tiff"),
    (b"MM\x00+", "tiff"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"\x78\x9f\x3e\x22", "tnef"),
    (b"\x1f\x8b\x08", "gz"),
)
RTF = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,20}\{\\rtf")
OPEN_DOCUMENT: dict[bytes, DocumentType] = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
    b"application/vnd.oasis.opendocument.graphics": "odg",
    b"application/epub+zip": "epub",
}
MEDIA = b"mimetypeapplication/"
"""The name of the part that says what such a file is, and how it goes on where it is not packed."""
OPEN_DOCUMENT_NAMES: dict[str, DocumentType] = {"odt": "odt", "ods": "ods"}
"""For files that were packed anew and do not begin with what they are."""
OFFICE_PARTS: tuple[tuple[str, DocumentType], ...] = (
    ("word/vbaProject.bin", "docm"),
    ("word/document.xml", "docx"),
    ("xl/workbook.bin", "xlsb"),
    ("xl/workbook.xml", "xlsx"),
    ("ppt/presentation.xml", "pptx"),
    ("visio/document.xml", "visio"),
    ("FixedDocumentSequence.fdseq", "xps"),
    ("FixedDocSeq.fdseq", "xps"),
    ("Index/Document.iwa", "iwork"),
)
OFFICE_FOLDERS: tuple[tuple[str, DocumentType], ...] = (
    ("word/document", "docx"), ("xl/workbook", "xlsx"), ("ppt/presentation", "pptx"),
)  # fmt: skip
"""Some programs number the main part: ``word/document2.xml``."""
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
    ("powerpoint document", "ppt"),
    ("visiodocument", "visio"),
    ("quill", "publisher"),
)
LOCKED_NAMES: dict[str, DocumentType] = {"docm": "docm", "xlsx": "xlsx", "xlsb": "xlsb", "pptx": "pptx"}
"""Behind a password the bytes of newer office files look alike."""
HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,500}-->\s*){0,3}<(?:!doctype\s+html|html|head|body|meta|title)\b",
    re.IGNORECASE,
)
FRAGMENT = re.compile(
    rb"\s{0,100}<(?:p|div|table|span|font|br|center|h[1-6]|ul|ol|b|strong|a|style|img)(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
"""How a piece of a page begins; one of its elements also ends."""
ENDING = re.compile(rb"</[a-z][a-z0-9]{0,10}>", re.IGNORECASE)
MAIL_HEADER = re.compile(
    rb"^(?:return-path|received|from|to|cc|subject|date|message-id|mime-version|delivered-to|reply-to"
    rb"|content-type|x-[a-z-]{1,40}|dkim-signature|thread-topic): ?\S",
    re.IGNORECASE | re.MULTILINE,
)
MACHINE_HEADERS = (b"return-path", b"received", b"message-id", b"mime-version", b"delivered-to", b"x-", b"dkim")
"""Headers that no person types: a text that merely begins with From, To, Date and Subject is a text."""
TEXT_NAMES: dict[str, DocumentType] = {"csv": "csv", "txt": "txt", "eml": "eml", "htm": "html", "html": "html"}
CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
FEW_CONTROLS = 0.01
"""The share of such bytes that a text may have: a stray nought, the mark that ended files under DOS."""
WRITTEN = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 \t\r\n.,;:-")
MOST_BEYOND_ASCII = 0.4
TAR_MARK, TAR_PLACE = b"ustar", 257
MBOX = re.compile(rb"From \S{1,200} {1,3}[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d [\d:]{5,8} [^\r\n]{4,60}\r?\n")


def sniff(data: bytes, *, name: str | None = None) -> DocumentType:
    """The kind of file that ``data`` is; ``unknown`` where no rule knows it, or where it is empty."""
    ending = (name or "").rpartition(".")[2].lower()
    for magic, kind in MAGIC:
        if data.startswith(magic):
            return kind
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK\x03\x04", b"PK00PK\x03\x04")):
        return _zip(data, ending)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole(data, ending)
    if RTF.match(data):
        return "rtf"
    if data.startswith(TAR_MARK, TAR_PLACE):
        return "tar"
    return _pdf(data) or foreign_binary(data[:HEAD]) or _text(data, ending)


def _pdf(data: bytes) -> DocumentType | None:
    """Whether it is one: at its beginning any header will do, behind a gateway's lines only a whole one."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    begin = LATE_PDF.search(data[:PDF_WITHIN])
    return "pdf" if begin and not _is_mail(_without_mark(data[: begin.start()])) else None


LATE_PDF = re.compile(rb"%PDF-\d\.\d")


def _zip(data: bytes, ending: str) -> DocumentType:
    names = zip_names(data)
    if kind := _declared(data, names):
        return kind
    if "content.xml" in names and ending in OPEN_DOCUMENT_NAMES:
        return OPEN_DOCUMENT_NAMES[ending]
    known = next((kind for part, kind in OFFICE_PARTS if part in names), None)
    if known is None and OFFICE_MARK in names:
        return _by_folder(names) or OFFICE_NAMES.get(ending, "unknown")
    return known or "zip"


def _declared(data: bytes, names: frozenset[str]) -> DocumentType | None:
    """What a file says of itself in a part that is not packed: mostly the first, in files packed anew any other."""
    place = data.find(MEDIA) if "mimetype" in names else 30
    declared = data[place + 8 : place + 100] if data.startswith(MEDIA, place) else b""
    found = (kind for media, kind in sorted(OPEN_DOCUMENT.items(), reverse=True) if declared.startswith(media))
    return next(found, None)


def _by_folder(names: frozenset[str]) -> DocumentType | None:
    low = [name.lower() for name in names]
    return next((kind for start, kind in OFFICE_FOLDERS if any(name.startswith(start) for name in low)), None)


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
    if kind := _by_beginning(plain):
        return kind
    if ending == "eml" or _is_mail(plain):
        return "eml"
    if ending == "csv" or (ending not in TEXT_NAMES and _has_columns(plain, is_cut=len(data) > HEAD)):
        return "csv"
    is_page = (ending in {"htm", "html"} and b"<" in plain) or (FRAGMENT.match(plain) and ENDING.search(plain))
    return "html" if is_page else "txt"


def _by_beginning(plain: bytes) -> DocumentType | None:
    if HTML.match(plain):
        return "html"
    return "mbox" if MBOX.match(plain) else foreign_text(plain)


def _is_text(head: bytes) -> bool:
    if encoding := wide_encoding(head):
        text = head.decode(encoding, errors="replace")
        return bool(text.strip("\ufeff\ufffd \r\n\t\0")) and sum(map(_is_sign, text)) >= 0.9 * len(text) - 2
    plain = head.replace(b"\x00", b"")
    if not plain.strip():
        return False
    few = FEW_CONTROLS * len(head) + 1
    controls = len(CONTROLS.findall(plain))
    zeros = len(head) - len(plain)
    return controls <= few and zeros <= few and _is_written(head, controls + zeros)


def _is_sign(sign: str) -> bool:
    return sign != "\ufffd" and (sign.isprintable() or sign.isspace())


def _is_written(head: bytes, controls: int) -> bool:
    """Whether it can be text in our languages: other scripts are known in Unicode only, and EBCDIC is no letters."""
    if controls and sum(map(WRITTEN.__contains__, head)) < 0.5 * (len(head) - head.count(0)):
        return False
    beyond = sum(byte >= 0x80 for byte in head)
    return beyond <= MOST_BEYOND_ASCII * len(head) or not head.decode("utf-8", "replace").count("\ufffd") > 3


def _without_mark(head: bytes) -> bytes:
    return head.replace(b"\x00", b"").removeprefix(codecs.BOM_UTF8).lstrip(b"\xff\xfe")


def _is_mail(head: bytes) -> bool:
    """At least three known headers before the first blank line: the first line is one, and a machine wrote one."""
    top = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    found = {match[0].lower() for match in MAIL_HEADER.finditer(top)}
    by_machine = any(header.startswith(MACHINE_HEADERS) for header in found)
    return MAIL_HEADER.match(top) is not None and by_machine and len(found) >= 3


def _has_columns(head: bytes, *, is_cut: bool) -> bool:
    """Three or more rows, all of them with the same three or more values; what stands in quotes is one value."""
    text = head.decode("latin-1")
    return any(_is_table(text, delimiter, is_cut=is_cut) for delimiter in ",;\t|")


def _is_table(text: str, delimiter: str, *, is_cut: bool) -> bool:
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=not is_cut))
    except csv.Error:
        return False
    whole = [len(row) for row in (rows[:-1] if is_cut else rows) if row]
    return len(whole) >= 3 and len(set(whole)) == 1 and whole[0] >= 3
