"""Kinds of file that offices send and nothing here reads: named, so that a person knows what to open them with."""

import re

from parsers.documents.records import DocumentType

FOREIGN: dict[DocumentType, str] = {
    "7z": "a 7-Zip archive",
    "rar": "a RAR archive",
    "bz2": "a file packed with bzip2",
    "xz": "a file packed with xz",
    "cab": "a Windows cabinet",
    "bmp": "a Windows bitmap",
    "webp": "a WebP picture",
    "heic": "a picture from a telephone (HEIC or AVIF)",
    "jp2": "a JPEG 2000 picture",
    "svg": "a drawing (SVG)",
    "metafile": "a drawing in a Windows metafile",
    "audio": "a sound recording",
    "video": "a film",
    "ics": "a calendar entry",
    "vcf": "an address card",
    "ppt": "an old PowerPoint presentation",
    "odp": "an OpenDocument presentation",
    "odg": "an OpenDocument drawing",
    "visio": "a Visio drawing",
    "publisher": "a Publisher document",
    "xps": "an XPS document",
    "epub": "an electronic book",
    "iwork": "a document of Pages, Numbers or Keynote",
    "access": "an Access database",
    "officexml": "an office document saved as one XML file",
    "postscript": "a PostScript file",
    "signature": "a signature or certificate",
    "pgp": "a message or key of PGP",
    "program": "a program",
}
"""What to call them in a sentence."""
_RIFF: dict[bytes, DocumentType] = {b"WEBP": "webp", b"WAVE": "audio", b"AVI ": "video"}
_BRANDS: dict[bytes, DocumentType] = {
    **dict.fromkeys((b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"), "heic"),
    **dict.fromkeys((b"M4A ", b"M4B "), "audio"),
}
"""Of files in the container that films have too, by its brand; any other is a film."""
_MAGIC: tuple[tuple[int, bytes, DocumentType], ...] = (
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"Rar!\x1a\x07", "rar"),
    (0, b"BZh", "bz2"),
    (0, b"\xfd7zXZ\x00", "xz"),
    (0, b"MSCF\0\0\0\0", "cab"),
    (0, b"\0\0\0\x0cjP  \r\n", "jp2"),
    (0, b"\xff\x4f\xff\x51", "jp2"),
    (0, b"\xd7\xcd\xc6\x9a", "metafile"),
    (40, b" EMF", "metafile"),
    (0, b"ID3", "audio"),
    (0, b"OggS", "audio"),
    (0, b"fLaC", "audio"),
    (0, b"#!AMR", "audio"),
    (0, b"\x1a\x45\xdf\xa3", "video"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video"),
    (0, b"\0\0\x01\xba", "video"),
    (0, b"\0\x01\0\0Standard ACE DB", "access"),
    (0, b"\0\x01\0\0Standard Jet DB", "access"),
    (0, b"%!PS", "postscript"),
    (0, b"\xc5\xd0\xd3\xc6", "postscript"),
    (0, b"-----BEGIN PGP ", "pgp"),
    (0, b"-----BEGIN CERTIFICATE-----", "signature"),
    (0, b"-----BEGIN PKCS7-----", "signature"),
    (0, b"\x7fELF", "program"),
)
_MP3 = re.compile(rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb][\x10-\xef]")
_SIGNED = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07"
"""The name of PKCS #7 in its own notation, near the beginning of such files."""
_TEXTS: tuple[tuple[re.Pattern[bytes], DocumentType], ...] = (
    (re.compile(rb"\s{0,20}BEGIN:VCALENDAR\b", re.IGNORECASE), "ics"),
    (re.compile(rb"\s{0,20}BEGIN:VCARD\b", re.IGNORECASE), "vcf"),
    (re.compile(rb"\s{0,20}-----BEGIN PGP "), "pgp"),
)
_XML = re.compile(rb"\s{0,20}<(?:\?xml\b|svg\b)", re.IGNORECASE)
_XML_ROOTS: tuple[tuple[bytes, DocumentType], ...] = (
    (b"<?mso-application", "officexml"),
    (b"<w:wordDocument", "officexml"),
    (b"<pkg:package", "officexml"),
    (b"<office:document", "officexml"),
    (b"urn:schemas-microsoft-com:office:spreadsheet", "officexml"),
    (b"<svg", "svg"),
)


def foreign_binary(data: bytes) -> DocumentType | None:
    """The kind of a file that is not read, by how it begins; ``None`` where it is none of them."""
    for place, magic, kind in _MAGIC:
        if data.startswith(magic, place):
            return kind
    if data.startswith(b"RIFF") or data[4:8] == b"ftyp":
        return _RIFF.get(data[8:12]) if data.startswith(b"RIFF") else _BRANDS.get(data[8:12], "video")
    return _by_shape(data)


def _by_shape(data: bytes) -> DocumentType | None:
    """The kind of a file whose first bytes alone would fit too much else."""
    if data.startswith(b"BM") and data[6:10] == bytes(4) and data[14:18] in _BITMAP_HEADERS:
        return "bmp"
    if data.startswith(b"MZ") and b"\0" in data[:64]:
        return "program"
    if data.startswith((b"\x30\x80", b"\x30\x82", b"\x30\x83")) and _SIGNED in data[:32]:
        return "signature"
    return "audio" if _MP3.match(data) and b"\0" in data[:4096] else None


_BITMAP_HEADERS = frozenset(size.to_bytes(4, "little") for size in (12, 40, 52, 56, 64, 108, 124))


def foreign_text(head: bytes) -> DocumentType | None:
    """The same for what is written in letters; ``head`` without its mark and in bytes of one letter each."""
    for pattern, kind in _TEXTS:
        if pattern.match(head):
            return kind
    if _XML.match(head):
        return next((kind for mark, kind in _XML_ROOTS if mark in head[:2048]), None)
    return next((kind for mark, kind in _XML_ROOTS[1:4] if head.lstrip().startswith(mark)), None)
