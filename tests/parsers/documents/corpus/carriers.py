"""Texts, pages, mails and archives of the corpus, and what is of no known kind."""

import base64
import random
import struct
import zipfile

from parsers.documents.mail.compound import compound_file
from tests.parsers.documents import mails, samples
from tests.parsers.documents.containers import ole
from tests.parsers.documents.corpus.sample import LETTER, SECRET, Sample, half, maker
from tests.parsers.documents.mails import Mail

TEXT = "\n".join(LETTER) + "\nDiolch yn fawr; the deposit of £20 is the café’s — not ours."
WELSH = "Annwyl ymgeisydd,\nMae’r cyngor yn dal yr wybodaeth, ŵyn a thŷ.\n"
MAIL = Mail(
    body="\n".join(LETTER),
    html=mails.as_html("\n".join(LETTER)),
    files=[("Decision.pdf", samples.plain()), ("visits.csv", b"Ward,Visits\nElm,9\nOak,4\n")],
    forwarded=[Mail(body="What was asked before.", subject="Earlier")],
)
SIMPLE = Mail(body="\n".join(LETTER))
TOP = b"Message-ID: <1@x>\r\nFrom: a\r\nSubject: b\r\nMIME-Version: 1.0\r\n"
HIDING_PAGE = f"""<!DOCTYPE html><html><head><title>{SECRET}</title><style>p {{}}</style></head><body>
<p>{LETTER[4]}</p><p style="display: none">{SECRET}</p><!-- {SECRET} --><p hidden>{SECRET}</p>
<script>var a = "{SECRET}"</script><p>{LETTER[5]}</p></body></html>"""
FILES = {"letters/Decision.pdf": samples.plain(), "visits.csv": b"Ward,Visits\nElm,9\n", "letter.txt": TEXT.encode()}


def _locked_mail() -> bytes:
    body = base64.encodebytes(bytes(600)).replace(b"\n", b"\r\n")
    head = b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\nContent-Transfer-Encoding: base64\r\n"
    return TOP + head + b"\r\n" + body


def _pgp_mail() -> bytes:
    head = b'Content-Type: multipart/encrypted; boundary="x"; protocol="application/pgp-encrypted"\r\n\r\n'
    inner = b"--x\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n"
    return (
        TOP
        + head
        + inner
        + b"--x\r\nContent-Type: application/octet-stream\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n--x--"
    )


def _locked_msg() -> bytes:
    outlook = mails.msg_folder(Mail(body=""))
    outlook["__substg1.0_001A001F"] = "IPM.Note.SMIME".encode("utf-16-le")
    return compound_file(outlook)


def _msg_with_a_hole() -> bytes:
    data = mails.msg(MAIL)
    return data[:1_500] + bytes(3_000) + data[4_500:]


def _bomb_msg() -> bytes:
    """Rich text that repeats one letter for as long as its packing can."""
    head = b"\xff\xff\xff\x7f\xff\xff\xff\x7fLZFu\0\0\0\0"
    return mails.msg(Mail(body=""), rtf=head + (b"\xff" + b"\0\x0f" * 8) * 9_000)


def _hidden_in_rtf(text: str) -> str:
    return f"{text}{{\\v {SECRET}}}"


def _deep_mail() -> bytes:
    levels = (b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(2_000))
    return TOP + b"".join(levels)


def _tnef_of_lies() -> bytes:
    """Attributes that say they are of four thousand million bytes, over and over."""
    head = struct.pack("<IH", 0x223E9F78, 1)
    return head + struct.pack("<BII", 1, 0x00069003, 0xFFFFFFFF) * 20_000


def _nested(levels: int) -> bytes:
    data = mails.zipped(FILES)
    for level in range(levels):
        data = mails.zipped({f"level{level}.zip": data})
    return data


def _overlapping() -> bytes:
    """An archive of which every entry is the same bytes."""
    data = bytearray(mails.zipped({f"{n}.txt": bytes(1000) for n in range(200)}))
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        struct.pack_into("<I", data, place + 42, 0)
        place = data.find(b"PK\x01\x02", place + 4)
    return bytes(data)


def _circle() -> bytes:
    """A compound file whose directory is its own next sector."""
    data = bytearray(ole("Nothing", "Known"))
    data[512 + 4 : 512 + 8] = (1).to_bytes(4, "little")
    return bytes(data)


def _slack_zip() -> bytes:
    noise = dict.fromkeys(["__MACOSX/._letter.txt", "Thumbs.db", "folder/", "~$letter.docx"], SECRET.encode())
    return mails.zipped({**noise, "letter.txt": TEXT.encode()})


def _damaged_zip() -> bytes:
    data = bytearray(mails.zipped({"a.txt": b"A" * 500, "b.txt": b"B" * 500}, packing=zipfile.ZIP_STORED))
    data[60] ^= 0xFF
    return bytes(data)


def noise(size: int = 3_000) -> bytes:
    """Bytes without meaning."""
    return random.Random(4).randbytes(size)  # noqa: S311 - the same every time


txt, html, eml, msg = maker("txt"), maker("html"), maker("eml"), maker("msg")
tnef, archive, unknown = maker("tnef"), maker("zip"), maker("unknown")
SAMPLES: tuple[Sample, ...] = (
    txt("plain", TEXT.encode),
    txt("plain", lambda: WELSH.encode("utf-8-sig"), "UTF-8 with a mark"),
    txt("plain", lambda: TEXT.encode("cp1252"), "Windows-1252"),
    txt("plain", lambda: WELSH.encode("utf-16"), "UTF-16"),
    txt("plain", lambda: WELSH.encode("utf-16-be"), "UTF-16 without a mark"),
    txt("plain", lambda: WELSH.encode("utf-32"), "UTF-32"),
    txt("plain", lambda: WELSH.replace("’", "'").encode("iso8859-14"), "ISO 8859-14"),
    txt("plain", lambda: TEXT.encode("mac-roman"), "Macintosh Roman"),
    txt("plain", lambda: "The café charges £20 for the old fête.".encode("cp850"), "DOS"),
    txt("plain", lambda: TEXT.encode("ascii", "replace").replace(b"\n", b"\r"), "lines of old Macintoshes"),
    txt("damaged", lambda: TEXT.encode()[:-20] + b"\xe2\x80", "half a letter"),
    txt("hostile", lambda: b"a\f" * 5_000 + b"x" * 3_000_000, "pages without end"),
    html("plain", lambda: mails.as_html("\n".join(LETTER)).encode()),
    html("plain", lambda: b'<html><meta charset="windows-1252"><table><tr><td>Piers<td>\xa341,000</table>', "table"),
    html("empty", lambda: b"<html><body><p> </p></body></html>"),
    html("damaged", lambda: half(mails.as_html("\n".join(LETTER)).encode())),
    html("hidden", HIDING_PAGE.encode),
    html("hostile", lambda: b"<html>" + b"<table><tr><td>" * 3_000 + b"end", "tables in tables"),
    eml("plain", lambda: mails.eml(MAIL)),
    eml("plain", lambda: mails.eml(SIMPLE, charset="iso-8859-1", encoding="quoted-printable"), "quoted printable"),
    eml("plain", lambda: mails.eml(Mail(body="x", html=MAIL.html), plain=False), "HTML only"),
    eml("empty", lambda: TOP + b"Content-Type: text/plain\r\n\r\n\r\n"),
    eml("encrypted", _locked_mail),
    eml("encrypted", _pgp_mail, "PGP"),
    eml("damaged", lambda: half(mails.eml(MAIL))),
    eml("hidden", lambda: mails.eml(Mail(body="x", html=HIDING_PAGE), plain=False)),
    eml("hostile", lambda: TOP + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\nx\r\n" * 5_000,
        "five thousand parts"),
    eml("hostile", _deep_mail, "parts in parts"),
    msg("plain", lambda: mails.msg(MAIL)),
    msg("plain", lambda: mails.msg(SIMPLE, ansi="cp1252"), "old"),
    msg("empty", lambda: compound_file({"__properties_version1.0": bytes(32)})),
    msg("encrypted", _locked_msg),
    msg("damaged", _msg_with_a_hole),
    msg("hidden", lambda: mails.msg(Mail(body="", html=HIDING_PAGE))),
    msg("hostile", _bomb_msg),
    tnef("plain", lambda: mails.tnef(MAIL)),
    tnef("plain", lambda: mails.tnef(MAIL, old=True), "old"),
    tnef("empty", lambda: struct.pack("<IH", 0x223E9F78, 1)),
    tnef("damaged", lambda: half(mails.tnef(MAIL))),
    tnef("hidden", lambda: mails.tnef(Mail(body=_hidden_in_rtf(LETTER[4])))),
    tnef("hostile", _tnef_of_lies),
    archive("plain", lambda: mails.zipped(FILES)),
    archive("plain", lambda: _nested(3), "nested"),
    archive("empty", lambda: mails.zipped({})),
    archive("encrypted", lambda: mails.locked(mails.zipped(FILES))),
    archive("damaged", _damaged_zip),
    archive("damaged", lambda: half(mails.zipped(FILES), 0.7), "cut short"),
    archive("hidden", _slack_zip),
    archive("hostile", lambda: mails.zipped({"bomb.txt": bytes(80 << 20)}), "bomb"),
    archive("hostile", _overlapping, "overlapping"),
    archive("hostile", lambda: mails.zipped({"../../etc/passwd": b"x", "C:\\boot.ini": b"y"}), "names"),
    unknown("plain", noise),
    unknown("empty", bytes),
    unknown("hostile", _circle),
)  # fmt: skip
