"""Mails and archives made to do harm, and such files damaged by chance, through the real child with its limits."""

import io
import random
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from parsers.documents.sniff import sniff
from scraper.reading.limits import MEGABYTE, Limits
from scraper.reading.pool import ReaderPool
from tests.parsers.documents import mails, samples
from tests.parsers.documents.mails import Mail
from tests.scraper.reading.leaks import held
from tests.scraper.reading.mutations import Damage, damaged, damaged_numbers

LIMITS = Limits(memory_bytes=512 * MEGABYTE, cpu_seconds=5, wall_seconds=20)
ENDS = {"read", "no_text", "encrypted", "damaged", "too_big", "unsupported", "bomb"}
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
    with ReaderPool(limits=LIMITS) as pool:
        opened = pool.open(data, document_type=sniff(data))
        following = pool.open(mails.eml(MAIL), document_type="eml")
    assert opened.document.status in allowed
    assert len(opened.files) == len(opened.document.parts)
    assert len(following.files) == 3
    assert held() == before


def zip_with_damage_inside(data: bytes, chance: random.Random) -> bytes:
    """The archive with one of its files damaged before it is packed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(files))
    return mails.zipped(files | {name: damaged(files[name], chance)})


def files(count: int, seed: int) -> Iterator[bytes]:
    """Damaged mails and archives of every kind."""
    chance = random.Random(seed)  # noqa: S311 - the same damage every time
    archive = mails.zipped({"reply.eml": mails.eml(MAIL), "reply.msg": mails.msg(MAIL), "a.pdf": samples.plain()})
    ways: list[tuple[bytes, Damage]] = [
        (mails.eml(MAIL), damaged), (mails.msg(MAIL), damaged), (mails.msg(MAIL), damaged_numbers),
        (mails.tnef(MAIL), damaged), (mails.tnef(MAIL, old=True), damaged_numbers), (archive, damaged),
        (archive, damaged_numbers), (archive, zip_with_damage_inside), (mails.msg(MAIL)[:4096], damaged),
    ]  # fmt: skip
    for number in range(count):
        data, damage = ways[number % len(ways)]
        yield damage(data, chance)


def all_inside(pool: ReaderPool, data: bytes, depth: int = 0) -> list[str]:
    """The status of a file and of what lies in it, some levels down."""
    opened = pool.open(data, document_type=sniff(data))
    assert [part.size for part in opened.document.parts] == [len(file) for file in opened.files]
    assert opened.document.status == "read" or opened.document.detail
    inside = [file for file in opened.files if file] if depth < 3 else []
    return [opened.document.status, *(status for file in inside for status in all_inside(pool, file, depth + 1))]


def test_four_hundred_damaged_mails_hang_leak_and_lose_nothing() -> None:
    before = held()
    with ReaderPool(2, LIMITS) as pool, ThreadPoolExecutor(2) as threads:
        done = list(threads.map(lambda data: all_inside(pool, data), files(400, 20240305)))
    assert held() == before
    assert len(done) == 400
    assert {status for statuses in done for status in statuses} <= ENDS
