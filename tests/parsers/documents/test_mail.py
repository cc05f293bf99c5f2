"""Mails: what stands on the page, what is attached, and what becomes of the locked, the broken and the hostile."""

import base64
import io
import quopri
import random
import struct
from collections.abc import Callable

import olefile
import pytest
from oxmsg import Message as OtherReader

from parsers.documents import parts as bounds
from parsers.documents.charsets import decoded, encoding_of
from parsers.documents.mail.compound import Folder, compound_file
from parsers.documents.mail.lzfu import MOST_BYTES, unpacked_rtf
from parsers.documents.mail.mail_words import header_text
from parsers.documents.parts import part_name
from parsers.documents.read import open_document
from parsers.documents.records import DocumentType, Opened
from parsers.documents.sniff import sniff
from tests.parsers.documents import mails, samples
from tests.parsers.documents.mails import Mail
from tests.patience import spending

BODY = "Dear requester,\n\nThe names are withheld under section 40(2) of the Act: it’s the council’s duty.\n\nRecords"

FILES = (("Decision letter.pdf", samples.plain()), ("Costs 2024.csv", b"a,b,c\n1,2,3\n2,3,4\n"))
INNER = Mail(body="What the colleague wrote.", subject="Earlier words")
FULL = Mail(body=BODY, files=FILES, forwarded=[INNER])
ASCII = Mail(body=BODY.replace("’", "'"), files=FILES, forwarded=[INNER])
WRITERS: dict[DocumentType, Callable[[Mail], bytes]] = {"eml": mails.eml, "msg": mails.msg, "tnef": mails.tnef}
HEAD = ["From: Records Team", "Date: Tue, 05 Mar 2024 10:00:00 +0000", "Subject: Your request for information"]


def read(data: bytes, kind: DocumentType) -> Opened:
    assert sniff(data, name=f"x.{kind}") == kind
    return open_document(data, document_type=kind)


def names(opened: Opened) -> list[str | None]:
    return [part.name for part in opened.document.parts]


@pytest.mark.parametrize("kind", WRITERS)
def test_a_mail_is_a_page_and_what_is_attached_to_it(kind: DocumentType) -> None:
    opened = read(WRITERS[kind](ASCII), kind)
    document = opened.document
    (page,) = document.pages
    assert (document.status, document.detail, page.source) == ("read", None, "message")
    lines = page.text.split("\n")
    assert [line.partition(" <")[0] for line in lines if line.startswith(("From", "Date", "Subject"))] == HEAD
    assert page.text.endswith(f"\n\n{ASCII.body}")
    assert names(opened)[:2] == [name for name, _ in FILES]
    assert opened.files[:2] == tuple(data for _, data in FILES)
    assert [part.size for part in document.parts] == [len(data) for data in opened.files]
    forwarded = opened.files[2]
    inner = read(forwarded, sniff(forwarded, name=names(opened)[2]))
    assert "Subject: Earlier words" in inner.document.pages[0].text
    assert inner.document.pages[0].text.endswith("What the colleague wrote.")


@pytest.mark.parametrize("kind", WRITERS)
def test_a_mail_without_words_still_says_whose_it_is(kind: DocumentType) -> None:
    (page,) = read(WRITERS[kind](Mail(body="")), kind).document.pages
    assert page.text.strip().endswith("Your request for information")


@pytest.mark.parametrize("kind", WRITERS)
def test_a_mail_cut_short_anywhere_is_read_as_far_as_it_goes_or_is_a_row(kind: DocumentType) -> None:
    whole = WRITERS[kind](ASCII)
    for share in range(1, 20):
        opened = open_document(whole[: len(whole) * share // 20], document_type=kind)
        assert opened.document.status in {"read", "damaged", "no_text"}
        assert len(opened.files) == len(opened.document.parts)


@pytest.mark.parametrize("kind", WRITERS)
def test_noise_in_a_mail_costs_no_more_than_the_mail(kind: DocumentType) -> None:
    dice = random.Random(7)  # noqa: S311 - the same noise each time
    whole = WRITERS[kind](ASCII)
    for _ in range(60):
        broken = bytearray(whole)
        for _ in range(dice.randint(1, 30)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        opened = open_document(bytes(broken), document_type=kind)
        assert all(part.size == len(data) for part, data in zip(opened.document.parts, opened.files, strict=True))


def _encoded(raw: bytes, way: str) -> bytes:
    if way == "base64":
        return base64.b64encode(raw)
    return quopri.encodestring(raw) if way == "quoted-printable" else raw


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("utf-8", "the council’s £20 – Llŷr"),
        ("iso-8859-1", "the café's £20"),
        ("windows-1252", "the council’s £20 – €5"),
        ("iso-8859-14", "Llŷr Ŵ"),
        ("utf-16", "the council’s £20"),
        ("koi8-r", "совет"),
        ("us-ascii", "plain"),
    ],
)
@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit"])
def test_words_in_any_charset_and_any_transfer_encoding(charset: str, text: str, encoding: str) -> None:
    way = "base64" if charset == "utf-16" else encoding
    data = f"Message-ID: <1@x>\r\nFrom: a\r\nSubject: b\r\nContent-Type: text/plain; charset={charset}\r\n"
    data += f"Content-Transfer-Encoding: {way}\r\n\r\n"
    raw = text.encode(charset)
    mail = data.encode() + _encoded(raw, way)
    assert read(mail, "eml").document.pages[0].text.split("\n")[-1] == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("=?utf-8?B?Q2Fmw6k=?= =?utf-8?Q?_now?=", "Café now"),
        ("=?iso-8859-1*en?q?Caf=E9?=", "Café"),
        ("=?no-such-thing?q?Caf=C3=A9?= x", "Café x"),
        ("=?utf-8?B?!!!?=", "=?utf-8?B?!!!?="),
        ("Caf\udcc3\udca9", "Café"),
        ("=?utf-8?q?", "=?utf-8?q?"),
    ],
)
def test_lines_of_the_header_are_decoded(raw: str, text: str) -> None:
    assert header_text(raw) == text


def test_a_charset_that_is_none_is_not_believed() -> None:
    no_text = ("idna", "punycode", "unicode_escape", "rot13", "zip", "", None)
    assert [encoding_of(name) for name in no_text] == [None] * len(no_text)
    assert decoded("Café".encode(), "iso-2022-jp") == "Café"
    assert decoded(b"\x93quoted\x94", "iso-8859-1") == "“quoted”"


def test_of_two_forms_the_plain_one_counts_unless_it_says_next_to_nothing() -> None:
    html = "<p>The <b>whole</b> answer is here, with all that belongs to it and more words than the other.</p>"
    both = mails.eml(Mail(body=BODY, html=html))
    stub = mails.eml(Mail(body="See HTML.", html=html))
    assert "section 40(2)" in read(both, "eml").document.pages[0].text
    assert "The whole answer" in read(stub, "eml").document.pages[0].text


def test_a_mail_that_is_encrypted_says_so() -> None:
    head = b"Message-ID: <1@x>\r\nFrom: a\r\nSubject: b\r\nMIME-Version: 1.0\r\n"
    sealed = head + b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nMIAGCSq"
    pgp = head + b"Content-Type: multipart/encrypted; boundary=x\r\n\r\n"
    pgp += b"--x\r\nContent-Type: application/pgp\r\n\r\n1\r\n--x--"
    outlook = mails.msg_folder(Mail(body=""))
    outlook["__substg1.0_001A001F"] = "IPM.Note.SMIME".encode("utf-16-le")
    for data, kind in ((sealed, "eml"), (pgp, "eml"), (compound_file(outlook), "msg")):
        assert sniff(data) == kind
        assert open_document(data, document_type=sniff(data)).document.status == "encrypted"


def test_a_charset_that_is_none_costs_no_words() -> None:
    top = b"Message-ID: <1@x>\nFrom: a\nSubject: b\nContent-Type: text/plain; charset=utf\x00-8\n\n"
    document = read(top + "We hold £20.".encode(), "eml").document
    assert document.pages[0].text.endswith("We hold £20.")


def test_a_signed_message_is_the_mail_in_it() -> None:
    signed = b'Content-Type: multipart/signed; boundary="x"\n\n--x\nContent-Type: text/plain\n\nSigned words.\n--x--\n'
    outlook = mails.msg_folder(Mail(body="", files=[("smime.p7m", signed)]))
    outlook["__substg1.0_001A001F"] = "IPM.Note.SMIME.MultipartSigned".encode("utf-16-le")
    opened = read(compound_file(outlook), "msg")
    (part,) = opened.document.parts
    assert sniff(opened.files[0], name=part.name) == "eml"
    assert open_document(opened.files[0], document_type="eml").document.pages[0].text == "Signed words."


def test_a_forwarded_mail_that_was_encoded_as_a_whole_is_had() -> None:
    inner = base64.encodebytes(mails.eml(INNER)).decode()
    data = "Message-ID: <1@x>\nFrom: a\nSubject: b\nContent-Type: multipart/mixed; boundary=x\n\n--x\n"
    data += f"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{inner}\n--x--\n"
    opened = read(data.encode(), "eml")
    assert "What the colleague wrote." in open_document(opened.files[0], document_type="eml").document.pages[0].text


def test_mails_nested_without_end_are_a_row() -> None:
    data = "Message-ID: <1@x>\nFrom: a\nSubject: b\n" + "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3_000)
    )
    with spending(60):
        assert open_document(data.encode(), document_type="eml").document.status in {"bomb", "read"}


@pytest.mark.parametrize("header", ["Content-Type: text/plain; " + 'a="' * 60_000, "Subject: " + "=?utf-8?q?" * 60_000])
def test_a_header_without_end_costs_no_time(header: str) -> None:
    data = f"Message-ID: <1@x>\nFrom: a\n{header}\n\nwords".encode()
    with spending(60):
        open_document(data, document_type="eml")


def test_more_parts_and_more_bytes_than_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_PARTS", 3)
    many = read(mails.eml(Mail(body=BODY, files=[(f"{n}.txt", b"x") for n in range(9)])), "eml")
    assert len(many.files) == 3
    assert many.document.detail == "6 more parts were left out: 3 of one file are taken."
    monkeypatch.setattr(bounds, "MOST_BYTES", 100)
    for write in WRITERS.values():
        data = write(Mail(body="words", files=[("big.bin", bytes(200)), ("small.bin", b"x")]))
        opened = open_document(data, document_type=sniff(data))
        assert [part.problem for part in opened.document.parts] == ["too_big", None]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("C:\\Users\\x\\letter.pdf", "Users/x/letter.pdf"),
        ("/absolute.pdf", "absolute.pdf"),
        ("a\x00b\x1b[2J\u202efdp.exe", "ab[2Jfdp.exe"),
        ("..", None),
        ("x" * 500 + ".pdf", "x" * 196 + ".pdf"),
        ("half \ud83d", "half"),
    ],
)
def test_names_are_words_and_lead_nowhere(name: str, shown: str | None) -> None:
    assert part_name(name) == shown


def test_outlook_text_that_is_not_unicode_is_in_its_code_page() -> None:
    data = mails.msg(Mail(body="совет", subject="письмо"), ansi="cp1251", codepage=1251)
    assert read(data, "msg").document.pages[0].text.endswith("Subject: письмо\n\nсовет")


def test_rich_text_is_unpacked_and_never_beyond_its_bound() -> None:
    for packed in (mails.packed_rtf(BODY.replace("’", "'")), mails.plain_rtf(BODY.replace("’", "'"))):
        (page,) = read(mails.msg(Mail(body=""), rtf=packed), "msg").document.pages
        assert "withheld under section 40(2)" in page.text
    bomb = struct.pack("<II4sI", 0, 0xFFFFFFFF, b"LZFu", 0) + b"\xff" + b"\x00\x0f" * 8
    assert len(unpacked_rtf(bomb * 50_000) or b"") <= MOST_BYTES
    assert unpacked_rtf(b"no rich text in here") is None


def test_a_second_reader_opens_the_messages_that_we_write_out() -> None:
    opened = read(mails.msg(FULL), "msg")
    again = OtherReader.load(io.BytesIO(opened.files[2]))
    assert (again.subject, again.body) == ("Earlier words", "What the colleague wrote.")
    other = OtherReader.load(io.BytesIO(mails.msg(FULL)))
    assert other.body == BODY.replace("\n", "\r\n")
    assert [one.file_name for one in other.attachments][:2] == [name for name, _ in FILES]


def test_compound_files_of_any_size_are_sound() -> None:
    folders: list[Folder] = [
        {}, {"a": b""}, {"a": b"x" * 4095, "b": b"y" * 4096, "c": {"d": {"e": b"z"}}},
        {"in": {f"stream {n}": bytes([n % 256]) * n for n in range(300)}}, {"big": bytes(5 << 20)},
    ]  # fmt: skip
    for folder in folders:
        file = olefile.OleFileIO(io.BytesIO(compound_file(folder)), raise_defects=olefile.DEFECT_INCORRECT)
        assert file.parsing_issues == []
        found = {tuple(path): file.openstream(path).read() for path in file.listdir()}
        assert found == dict(flat(folder))


def flat(folder: Folder, above: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], bytes]]:
    found: list[tuple[tuple[str, ...], bytes]] = []
    for name, inner in folder.items():
        found += [((*above, name), inner)] if isinstance(inner, bytes) else flat(inner, (*above, name))
    return found
