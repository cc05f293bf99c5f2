"""Mails of every kind with a letter in them: as MIME, as Outlook keeps them, as winmail.dat. All words are invented."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from html import escape

from parsers.documents.mail.compound import Folder, compound_file

SENDER = "Records Team <records@brackenfold.example>"
DAY = "Tue, 05 Mar 2024 10:00:00 +0000"
Told = tuple[int, int, str | bytes | int]
"""Type, number and value of a property."""
UNICODE, ANSI, BINARY, OBJECT, NUMBER, TIME = 0x001F, 0x001E, 0x0102, 0x000D, 0x0003, 0x0040


@dataclass(frozen=True, kw_only=True)
class Mail:
    """A mail before it is written down."""

    body: str
    subject: str = "Your request for information"
    html: str | None = None
    files: Sequence[tuple[str, bytes]] = ()
    forwarded: Sequence["Mail"] = ()
    day: str = DAY

    @property
    def ticks(self) -> int:
        """The same moment as Windows counts it: tenths of a microsecond since 1601."""
        return round((parsedate_to_datetime(self.day).timestamp() + 11644473600) * 10**7)


def as_html(text: str) -> str:
    """The text as mail programs write it: a block for each line."""
    return (
        "<html><body>" + "".join(f"<div>{escape(line) or '<br>'}</div>" for line in text.split("\n")) + "</body></html>"
    )


def eml(mail: Mail, *, charset: str = "utf-8", encoding: str | None = None, plain: bool = True) -> bytes:
    """The mail as MIME; without ``plain`` its words are there as HTML only."""
    return message(mail, charset=charset, encoding=encoding, plain=plain).as_bytes()


def message(mail: Mail, *, charset: str = "utf-8", encoding: str | None = None, plain: bool = True) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Date"], made["Subject"] = SENDER, "a requester", mail.day, mail.subject
    made["Message-ID"] = f"<{len(mail.body)}@brackenfold.example>"
    if plain:
        made.set_content(mail.body, charset=charset, cte=encoding)
    if mail.html is not None:
        (made.add_alternative if plain else made.set_content)(mail.html, subtype="html", charset=charset, cte=encoding)
    for name, data in mail.files:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    for inner in mail.forwarded:
        made.add_attachment(message(inner))
    for number, part in enumerate(part for part in made.walk() if part.is_multipart() and part is not None):
        if part.get_content_maintype() == "multipart":
            part.set_boundary(f"==part-{number}==")
    return made


def property_stream(fixed: Mapping[int, tuple[int, int]], head: int) -> bytes:
    """Numbers and times as they stand in one stream."""
    rows = (struct.pack("<HHIQ", kind, tag, 6, value) for tag, (kind, value) in fixed.items())
    return bytes(head) + b"".join(rows)


def _kind(value: str | bytes, ansi: str | None) -> int:
    return BINARY if isinstance(value, bytes) else ANSI if ansi else UNICODE


def _streams(values: Mapping[int, str | bytes], *, ansi: str | None = None) -> Folder:
    found: Folder = {}
    for tag, value in values.items():
        if isinstance(value, bytes):
            found[f"__substg1.0_{tag:04X}{BINARY:04X}"] = value
        elif ansi:
            found[f"__substg1.0_{tag:04X}{ANSI:04X}"] = value.encode(ansi, "replace")
        else:
            found[f"__substg1.0_{tag:04X}{UNICODE:04X}"] = value.encode("utf-16-le")
    return found


def msg_folder(
    mail: Mail, *, head: int = 32, ansi: str | None = None, codepage: int = 1252, rtf: bytes = b""
) -> Folder:
    """An Outlook message as a folder of a compound file."""
    told: dict[int, str | bytes] = {0x001A: "IPM.Note", 0x0037: mail.subject, 0x0C1A: SENDER.partition(" <")[0],
                                    0x5D01: "records@brackenfold.example", 0x0E04: "a requester"}  # fmt: skip
    if mail.body:
        told[0x1000] = mail.body.replace("\n", "\r\n")
    if mail.html is not None:
        told[0x1013] = mail.html.encode("utf-8")
    if rtf:
        told[0x1009] = rtf
    fixed = {0x0039: (TIME, mail.ticks), 0x3FFD: (NUMBER, codepage), 0x3FDE: (NUMBER, 65001)}
    fixed |= {tag: (_kind(value, ansi), len(value)) for tag, value in told.items()}
    found = _streams(told, ansi=ansi) | {"__properties_version1.0": property_stream(fixed, head)}
    inside: list[tuple[str, bytes | Folder]] = [*mail.files]
    inside += [(each.subject, msg_folder(each, head=24)) for each in mail.forwarded]
    for number, (name, data) in enumerate(inside):
        found[f"__attach_version1.0_#{number:08X}"] = _attached(name, data, ansi)
    return found


def _attached(name: str, data: "bytes | Folder", ansi: str | None) -> Folder:
    method = 1 if isinstance(data, bytes) else 5
    told: dict[int, str | bytes] = {0x3707: name, 0x3001: name}
    fixed = {0x3705: (NUMBER, method), 0x3701: (BINARY if method == 1 else OBJECT, len(data))}
    fixed |= {tag: (_kind(value, ansi), len(value)) for tag, value in told.items()}
    found = _streams(told, ansi=ansi) | {"__properties_version1.0": property_stream(fixed, 8)}
    found[f"__substg1.0_3701{BINARY if method == 1 else OBJECT:04X}"] = data
    return found


def msg(mail: Mail, *, ansi: str | None = None, codepage: int = 1252, rtf: bytes = b"") -> bytes:
    """The mail as Outlook saves it."""
    return compound_file(msg_folder(mail, ansi=ansi, codepage=codepage, rtf=rtf))


def plain_rtf(text: str) -> bytes:
    """Rich text in the packing that packs nothing."""
    words = "".join(f"{line}\\par\n" for line in text.split("\n"))
    body = ("{\\rtf1\\ansi " + words + "}").encode("cp1252")
    return struct.pack("<II4sI", len(body) + 12, len(body), b"MELA", 0) + body


def packed_rtf(text: str) -> bytes:
    """Rich text as LZFu, letter by letter but for one reference into what the dictionary holds at the start."""
    words = "".join(f"{line}\\par\n" for line in text.split("\n"))
    body = ("{\\rtf1\\ansi " + words + "}").encode("cp1252")
    known = b"{\\rtf1\\ansi"
    assert body.startswith(known)
    items: list[bytes] = [struct.pack(">H", 0 << 4 | (len(known) - 2))]
    references = [True]
    for byte in body[len(known) :]:
        items.append(bytes([byte]))
        references.append(False)
    write = (207 + len(body)) % 4096
    items.append(struct.pack(">H", write << 4))
    references.append(True)
    out = bytearray()
    for start in range(0, len(items), 8):
        flags = sum(1 << bit for bit, is_one in enumerate(references[start : start + 8]) if is_one)
        out += bytes([flags]) + b"".join(items[start : start + 8])
    return struct.pack("<II4sI", len(out) + 12, len(body), b"LZFu", 0) + bytes(out)


def tnef(mail: Mail, *, old: bool = False) -> bytes:
    """The mail as winmail.dat; ``old`` programs tell of it in attributes of their own."""
    out = struct.pack("<IH", 0x223E9F78, 1) + _attribute(1, 0x00069007, struct.pack("<II", 1252, 0))
    if old:
        sender = b"Records Team\0", b"SMTP:records@brackenfold.example\0"
        head = struct.pack("<4H", 4, sum(map(len, sender)) + 16, *map(len, sender))
        out += _attribute(1, 0x00008000, head + b"".join(sender))
        out += _attribute(1, 0x00018004, mail.subject.encode("cp1252") + b"\0")
        out += _attribute(1, 0x00038005, struct.pack("<7H", 2024, 3, 5, 10, 0, 0, 2))
        out += _attribute(1, 0x0002800C, mail.body.replace("\n", "\r\n").encode("cp1252") + b"\0")
    else:
        told: list[Told] = [
            (UNICODE, 0x0037, mail.subject),
            (UNICODE, 0x0C1A, "Records Team"),
            (TIME, 0x0039, mail.ticks),
            (BINARY, 0x1009, plain_rtf(mail.body)),
        ]
        out += _attribute(1, 0x00069003, _properties(told))
    for name, data in mail.files:
        out += _attribute(2, 0x00069002, bytes(14)) + _attribute(2, 0x00018010, name.encode("cp1252") + b"\0")
        out += _attribute(2, 0x0006800F, data) + _attribute(2, 0x00069005, _properties([(UNICODE, 0x3707, name)]))
    for inner in mail.forwarded:
        within: list[Told] = [(UNICODE, 0x3001, inner.subject), (OBJECT, 0x3701, bytes(16) + tnef(inner))]
        out += _attribute(2, 0x00069002, bytes(14)) + _attribute(2, 0x00069005, _properties(within))
    return out


def _attribute(level: int, name: int, data: bytes) -> bytes:
    return struct.pack("<BII", level, name, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def _properties(told: Sequence[Told]) -> bytes:
    out = struct.pack("<I", len(told) + 1)
    out += struct.pack("<HH16sII", 0x0003, 0x8001, bytes(16), 0, 1) + struct.pack("<I", 7)
    for kind, tag, value in told:
        out += struct.pack("<HH", kind, tag)
        if isinstance(value, int):
            out += struct.pack("<Q", value)
            continue
        data = (value + "\0").encode("utf-16-le") if isinstance(value, str) else value
        out += struct.pack("<II", 1, len(data)) + data + bytes(-len(data) % 4)
    return out


def zipped(files: Mapping[str, bytes], *, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive with these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, date_time=(2024, 3, 5, 10, 0, 0))
            entry.compress_type = packing
            archive.writestr(entry, data)
    return out.getvalue()


def locked(archive: bytes) -> bytes:
    """The same with every file marked as locked with a password."""
    out = bytearray(archive)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = out.find(mark)
        while start >= 0:
            out[start + place] |= 1
            start = out.find(mark, start + 4)
    return bytes(out)
