"""What a mail says, however its body is written: soft line ends, files written in, wrong borders, seals."""

import base64

import pytest

from parsers.documents.mail.body import unflowed, without_files
from parsers.documents.mail.mail import open_mail
from parsers.documents.records import Opened
from parsers.documents.sniff import sniff
from tests.patience import spending

HEAD = "From: Records <records@dolwen.example>\nTo: A Requester <a@b.example>\nSubject: Reply\nMIME-Version: 1.0\n"


def opened(rest: str, encoding: str = "utf-8") -> Opened:
    data = (HEAD + rest).replace("\n", "\r\n").encode(encoding)
    assert sniff(data) == "eml"
    return open_mail(data)


def words(mail: Opened) -> str:
    (page,) = mail.document.pages
    return page.text.partition("\n\n")[2]


def test_soft_line_ends_are_joined() -> None:
    body = "We withhold the names under \nsection 40(2).\n\n"
    body += "> You asked for \n> the names.\n>> Once \n> again\n\n-- \nRecords\n"
    mail = opened(f"Content-Type: text/plain; charset=utf-8; format=flowed\n\n{body}")
    assert words(mail) == (
        "We withhold the names under section 40(2).\n\n> You asked for the names.\n>> Once\n> again\n\n-- \nRecords"
    )
    mail = opened("Content-Type: text/plain; format=flowed; delsp=yes\n\nhttps://dolwen.example/a- \nb\n From here\n")
    assert words(mail) == "https://dolwen.example/a-b\nFrom here"


def test_a_body_that_is_not_flowed_keeps_its_lines() -> None:
    assert words(opened("Content-Type: text/plain\n\nDear Ms Roe, \nwe hold it.\n")) == "Dear Ms Roe, \nwe hold it."


def test_files_written_into_the_body_are_parts() -> None:
    mail = opened('Content-Type: text/plain\n\nSee below.\n\nbegin 644 costs.csv\n)=V%R9"QC;W-T\n`\nend\n\nYours\n')
    assert [part.name for part in mail.document.parts] == ["costs.csv"]
    assert mail.files == (b"ward,cost",)
    assert words(mail) == "See below.\n\n\n\nYours"


@pytest.mark.parametrize("text", ["begin 644 a\n", "begin 644 a\nnot of it é\nend\n", "We begin 644 days ago\nend\n"])
def test_what_only_looks_like_a_file_stays(text: str) -> None:
    assert without_files(text) == (text, [])


def test_long_bodies_made_to_do_harm_end_in_time() -> None:
    with spending(5):
        without_files("begin 644 a\n" * 100_000)
        unflowed("> a \n" * 200_000, without_spaces=False)


PARTS = (
    "\n--cc\nContent-Type: text/plain\n\nWe hold it.\n--cc\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\n--cc--\n"
)


def test_parts_are_found_though_the_border_is_another() -> None:
    mail = opened(f"Content-Type: multipart/mixed; boundary=bb\n{PARTS}")
    assert words(mail) == "We hold it."
    assert mail.document.detail == "It is damaged: its parts do not begin and end as it declares."
    assert [part.name for part in mail.document.parts] == ["calendar.ics"]


@pytest.mark.parametrize("declared", ["us-ascii", "iso-8859-1", "windows-1252", "no-such-charset"])
def test_a_mail_may_declare_another_charset_than_its_own(declared: str) -> None:
    mail = opened(
        f"Content-Type: text/plain; charset={declared}\nContent-Transfer-Encoding: 8bit\n\nTŷ’r Cyngor: £20\n"
    )
    assert words(mail) == "Tŷ’r Cyngor: £20"


def test_two_encodings_in_one_body() -> None:
    body = "It costs =A320; it=E2=80=99s =\nT=C5=B7.\n"
    mail = opened(f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n{body}")
    assert words(mail) == "It costs £20; it’s Tŷ."


PGP = "-----BEGIN PGP MESSAGE-----\n\nhQEMA0\n=abcd\n-----END PGP MESSAGE-----\n"


@pytest.mark.parametrize(
    "rest",
    [
        f"Content-Type: text/plain\n\n{PGP}",
        f"Content-Type: multipart/encrypted; boundary=b\n\n--b\nContent-Type: application/octet-stream\n\n{PGP}--b--\n",
        "Content-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nMIIK\n",
    ],
)
def test_an_encrypted_mail_is_named_and_its_cipher_is_no_text(rest: str) -> None:
    document = opened(rest).document
    assert (document.status, document.pages) == ("encrypted", ())


def test_words_inside_a_signature_are_said_to_be_there() -> None:
    sealed = base64.b64encode(b"\x30\x82\x01\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02 We hold it.").decode()
    head = "Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m"
    mail = opened(f"{head}\nContent-Transfer-Encoding: base64\n\n{sealed}\n")
    assert mail.document.detail == "Its words are inside its signature, which is not read here."
    assert [(part.name, sniff(body)) for part, body in zip(mail.document.parts, mail.files, strict=True)] == [
        ("smime.p7m", "signature")
    ]
