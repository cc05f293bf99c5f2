"""The same letter says the same as text, as mail of every kind, and forwarded inside one."""

from pathlib import Path
from typing import Any

import pytest

from parsers.documents.read import open_document
from parsers.documents.sniff import sniff
from tests.parsers.documents import mails
from tests.parsers.documents.mails import Mail
from tests.parsers.documents.test_same_reading import LETTERS, said

CASES = Path(__file__).parent.parent / "letters" / "cases"
HEAD = f"From: {mails.SENDER}\nDate: {mails.DAY}\nTo: a requester\nSubject: Your request for information\n\n"
NOTE = Mail(body="Please see our answer.", subject="Our answer")


def letter(name: str) -> str:
    return (CASES / name / "input.txt").read_text(encoding="utf-8").expandtabs().strip("\n")


def forwarding(body: str) -> Mail:
    return Mail(body=NOTE.body, subject=NOTE.subject, forwarded=[Mail(body=body)])


def innermost(data: bytes, name: str) -> str:
    """The words of a mail, or of the one inside it where there is one."""
    opened = open_document(data, document_type=sniff(data, name=name))
    if opened.files:
        return innermost(opened.files[0], opened.document.parts[0].name or "")
    (page,) = opened.document.pages
    return page.text


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_says_the_same_in_every_kind_of_mail(name: str) -> None:
    body = letter(name)
    html = Mail(body="", html=mails.as_html(body))
    written = {
        "quoted-printable.eml": mails.eml(Mail(body=body), encoding="quoted-printable"),
        "base64.eml": mails.eml(Mail(body=body), encoding="base64"),
        "html.eml": mails.eml(html, plain=False),
        "both.eml": mails.eml(Mail(body=body, html=mails.as_html(body))),
        "forwarded.eml": mails.eml(forwarding(body)),
        "plain.msg": mails.msg(Mail(body=body)),
        "html.msg": mails.msg(html),
        "rich.msg": mails.msg(Mail(body=""), rtf=mails.packed_rtf(body)) if body.isascii() else mails.msg(html),
        "forwarded.msg": mails.msg(forwarding(body)),
        "winmail.dat": mails.tnef(Mail(body=body), old=True) if body.isascii() else mails.msg(html),
        "forwarded.dat": mails.tnef(forwarding(body)) if body.isascii() else mails.msg(html),
    }
    context: dict[str, Any] = {}
    expected = said(HEAD + body, context)
    typed = said(body, context)
    assert expected["mentions"] == typed["mentions"]
    assert (expected["kind"], expected["outcome"], expected["references"]) == (
        typed["kind"], typed["outcome"], typed["references"],
    )  # fmt: skip
    for kind, data in written.items():
        assert said(innermost(data, kind), context) == expected, kind
