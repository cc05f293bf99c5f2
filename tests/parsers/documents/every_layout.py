"""The same letter as a file of every kind that authorities send."""

from collections.abc import Callable
from html import escape
from textwrap import fill

from parsers.documents.read import open_document
from parsers.documents.records import DocumentType
from parsers.documents.sniff import sniff
from tests.parsers.documents import mails, printed
from tests.parsers.documents.layouts import Laid, as_doc, as_docx, as_odt, as_rtf
from tests.parsers.documents.mails import Mail
from tests.parsers.documents.ordinary import Letter, Table, in_lines

MAIL_WIDTH = 72


def laid(letter: Letter) -> Laid:
    """As a word processor has it: the letterhead a table without rules, the page number at the foot."""
    head = ((letter.facts, letter.head),)
    body: list[str | tuple[tuple[tuple[str, ...], ...], ...]] = [head]
    for each in letter.body:
        body += ["", *each.split("\n")] if isinstance(each, str) else ["", _cells(each)]
    return Laid(body=tuple(body), header=letter.head[0], footer="Page 1 of 1")


def _cells(table: Table) -> tuple[tuple[tuple[str, ...], ...], ...]:
    return tuple(tuple((cell,) for cell in row) for row in table)


def html_mail(letter: Letter) -> bytes:
    """Words and table as HTML, with no plain form beside it."""
    return mails.eml(Mail(body="", html=as_html(letter), day=letter.day), plain=False)


def as_html(letter: Letter) -> str:
    """Paragraphs and tables as mail programs write them."""
    blocks = ["\n".join(letter.head), "\n".join(letter.facts), *letter.body]
    return f"<html><body>{''.join(_html(each) for each in blocks)}</body></html>"


def _html(each: str | Table) -> str:
    if isinstance(each, str):
        return f"<p>{'<br>'.join(map(escape, each.splitlines()))}</p>"
    rows = ("".join(f"<td><p>{escape(cell)}</p></td>" for cell in row) for row in each)
    return f"<table border='1'><tbody>{''.join(f'<tr>{row}</tr>' for row in rows)}</tbody></table>"


def plain_mail(letter: Letter) -> bytes:
    """Broken into lines of 72 characters, rows of tables as lines of their own."""
    return mails.eml(Mail(body=_broken(letter), day=letter.day), encoding="quoted-printable")


def forwarded_msg(letter: Letter) -> bytes:
    """As Outlook keeps it, inside the message that passed it on."""
    inside = Mail(body=letter.typed("\t"), day=letter.day)
    return mails.msg(Mail(body="Please see below.", subject="FW: answer", forwarded=[inside]))


def _broken(letter: Letter) -> str:
    blocks = [each if isinstance(each, str) else in_lines(each, ": ") for each in letter.body]
    wide = ["\n".join(letter.head), "\n".join(letter.facts), *blocks]
    return "\n\n".join("\n".join(fill(line, MAIL_WIDTH) for line in block.split("\n")) for block in wide)


LAYOUTS: dict[str, tuple[DocumentType, Callable[[Letter], bytes]]] = {
    "one column": ("pdf", printed.one_column),
    "two-column letterhead": ("pdf", printed.two_column_letterhead),
    "table of refusals": ("pdf", printed.table_of_refusals),
    "redaction schedule": ("pdf", printed.redaction_schedule),
    "docx": ("docx", lambda letter: as_docx(laid(letter))),
    "odt": ("odt", lambda letter: as_odt(laid(letter))),
    "rtf": ("rtf", lambda letter: as_rtf(laid(letter))),
    "doc": ("doc", lambda letter: as_doc(laid(letter))),
    "html mail": ("eml", html_mail),
    "plain mail": ("eml", plain_mail),
    "forwarded msg": ("msg", forwarded_msg),
}
"""All that need no recognising."""


def pages(data: bytes, kind: DocumentType) -> list[str]:
    """The words of a file by page, or of the innermost file inside it."""
    assert sniff(data, name=f"letter.{kind}") == kind
    opened = open_document(data, document_type=kind)
    assert (opened.document.status, opened.document.detail) == ("read", None)
    if opened.files:
        inside = opened.document.parts[0].name or ""
        return pages(opened.files[0], sniff(opened.files[0], name=inside))
    return [page.text for page in opened.document.pages]
