"""Tar archives, packed files and mailboxes: each file in them is a document of its own, within bounds."""

import gzip
import io
import random
import tarfile

import pytest

from parsers.documents.mail.mbox import open_mbox
from parsers.documents.parts import MOST_BYTES
from parsers.documents.read import open_document
from parsers.documents.sniff import sniff

LETTER = b"Dear requester,\nwe hold nothing.\n"


def tarred(*entries: tuple[str, bytes], kind: bytes = tarfile.REGTYPE) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, body in entries:
            entry = tarfile.TarInfo(name)
            entry.size, entry.type = len(body), kind
            archive.addfile(entry, io.BytesIO(body))
    return out.getvalue()


def test_a_tar_archive_gives_its_files() -> None:
    data = tarred(("letters/tŷ.txt", LETTER), ("../../etc/out.txt", b"x"), ("._letters", b"x"))
    assert sniff(data, name="reply.zip") == "tar"
    opened = open_document(data, document_type="tar")
    assert [part.name for part in opened.document.parts] == ["letters/tŷ.txt", "etc/out.txt"]
    assert opened.files == (LETTER, b"x")
    assert opened.document.detail == "1 entry was left out: folders and what systems put beside files."


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_links_devices_and_folders_of_a_tar_archive_are_left_out(kind: bytes) -> None:
    opened = open_document(tarred(("passwords", b""), kind=kind), document_type="tar")
    assert (opened.document.status, opened.files) == ("no_text", ())


def test_a_packed_file_has_the_name_in_its_header() -> None:
    out = io.BytesIO()
    with gzip.GzipFile("figures.tar.gz", "wb", fileobj=out) as file:
        file.write(tarred(("a.txt", LETTER)))
    opened = open_document(out.getvalue(), document_type="gz")
    ((part,), (body,)) = opened.document.parts, opened.files
    assert (part.name, sniff(body)) == ("figures.tar", "tar")
    two = gzip.compress(b"one ") + gzip.compress(b"two") + bytes(20)
    assert open_document(two, document_type="gz").files == (b"one two",)


def test_a_bomb_is_a_row() -> None:
    data = gzip.compress(bytes(MOST_BYTES + 10))
    document = open_document(data, document_type="gz").document
    assert (document.status, document.parts[0].problem) == ("bomb", "bomb")


@pytest.mark.parametrize("kind", ["tar", "gz"])
def test_a_damaged_archive_keeps_what_is_whole(kind: str) -> None:
    data = tarred(("a.txt", LETTER), ("b.bin", random.Random(1).randbytes(5_000)))  # noqa: S311 - a test
    if kind == "tar":
        opened = open_document(data[:3_000], document_type="tar")
        assert [part.problem for part in opened.document.parts] == [None, "damaged"]
        assert opened.files == (LETTER, b"")
        return
    opened = open_document(gzip.compress(data)[:3_000], document_type="gz")
    assert (opened.document.status, opened.document.parts[0].problem) == ("damaged", "damaged")
    assert open_document(b"\x1f\x8b\x08", document_type="gz").document.status == "damaged"


@pytest.mark.parametrize("kind", ["tar", "gz"])
def test_damage_by_chance_costs_no_more_than_the_archive(kind: str) -> None:
    chance = random.Random(7)  # noqa: S311 - a test
    sample = tarred(("a.txt", LETTER), ("b.txt", LETTER * 50))
    sample = gzip.compress(sample) if kind == "gz" else sample
    for _ in range(300):
        data = bytearray(sample)
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        opened = open_document(bytes(data), document_type="tar" if kind == "tar" else "gz")
        assert len(opened.files) == len(opened.document.parts)


MAILBOX = b"""From records@dolwen.example Tue May  3 09:00:00 2022
From: Records <records@dolwen.example>
Subject: =?utf-8?q?T=C5=B7?= a/b

Dear requester,

>From Monday we are closed.
From here it is not far.

From records@dolwen.example Wed May  4 09:00:00 2022
From: Records <records@dolwen.example>
To: A Requester <a@b.example>

A second reply.
"""


def test_a_mailbox_gives_its_mails() -> None:
    assert sniff(MAILBOX, name="archive.txt") == "mbox"
    opened = open_document(MAILBOX, document_type="mbox")
    assert [part.name for part in opened.document.parts] == ["Tŷ a b.eml", "Mail 2.eml"]
    first, second = opened.files
    assert b"\nFrom Monday we are closed.\nFrom here it is not far.\n" in first
    assert sniff(second, name="Mail 2.eml") == "eml"
    assert second.endswith(b"A second reply.\n")


def test_a_long_mailbox_is_cut_and_says_so() -> None:
    mail = b"From a@b.example Tue May  3 09:00:00 2022\nFrom: a@b.example\n\nDear all\n\n"
    document = open_mbox(mail * 500).document
    assert (len(document.parts), document.detail) == (400, "100 more parts were left out: 400 of one file are taken.")
