"""Mails and archives made to do harm through the real child with its limits."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from parsers.documents.sniff import sniff
from scraper.reading.limits import MEGABYTE, Limits
from scraper.reading.pool import ReaderPool
from tests.parsers.documents import mails, samples
from tests.parsers.documents.mails import Mail
from tests.patience import until
from tests.scraper.reading.leaks import held

LIMITS = Limits(memory_bytes=512 * MEGABYTE, cpu_seconds=5, wall_seconds=120)
PATIENT = replace(LIMITS, cpu_seconds=Limits().cpu_seconds)
"""For what comes to its own end: the processor seconds that any document has."""
BODY = "Dear requester,\n\nWe rely on section 40(2) of the Act.\n\nRecords"
MAIL = Mail(
    body=BODY,
    html=mails.as_html(BODY),
    files=[("Decision.pdf", samples.plain()), ("a.csv", b"a,b\n1,2\n")],
    forwarded=[Mail(body=BODY, subject="Earlier")],
)
TOP = b"Message-ID: <1@x>\nFrom: a\nSubject: b\n"


def zip_bomb() -> bytes:
    return mails.zipped({"bomb.txt": bytes(300 * MEGABYTE)})


def wide_mail() -> bytes:
    part = b"--x\nContent-Disposition: attachment\n\nx\n"
    return TOP + b"Content-Type: multipart/mixed; boundary=x\n\n" + part * 100_000 + b"--x--\n"


def deep_mail() -> bytes:
    levels = (b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(20_000))
    return TOP + b"".join(levels)


def mail_of_mails() -> bytes:
    return TOP + b"Content-Type: message/rfc822\n\n" * 50_000


def long_header() -> bytes:
    return TOP + b'Content-Type: text/plain; a="' + b'\\"' * 4_000_000 + b'"\n\nwords'


def html_bomb() -> bytes:
    return TOP + b"Content-Type: text/html\n\n" + b"<div>" * 200_000 + b"words"


def rtf_bomb() -> bytes:
    head = b"\xff\xff\xff\x7f\xff\xff\xff\x7fLZFu\0\0\0\0"
    return mails.msg(Mail(body=""), rtf=head + (b"\xff" + b"\0\x0f" * 8) * 90_000)


@pytest.mark.parametrize(
    ("make", "allowed"),
    [
        (zip_bomb, {"bomb"}),
        (wide_mail, {"read", "too_slow"}),
        (deep_mail, {"bomb", "too_slow"}),
        (mail_of_mails, {"bomb", "too_slow"}),
        (long_header, {"read", "too_slow"}),
        (html_bomb, {"read", "too_slow", "crashed"}),
        (rtf_bomb, {"read", "no_text", "too_slow"}),
    ],
)
def test_harm_ends_as_a_row(make: Callable[[], bytes], allowed: set[str]) -> None:
    data, before = make(), held()
    with ReaderPool(limits=LIMITS if "too_slow" in allowed else PATIENT) as pool:
        opened = pool.open(data, document_type=sniff(data))
        following = pool.open(mails.eml(MAIL), document_type="eml")
    assert opened.document.status in allowed
    assert len(opened.files) == len(opened.document.parts)
    assert len(following.files) == 3
    until(lambda: not held().since(before), "something is held that was not before")
