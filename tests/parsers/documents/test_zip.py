"""Zip archives: the files in them, and those that are locked, broken, or made to fill a disk."""

import random
import struct
import zipfile
import zlib

import pytest

from parsers.documents import parts as bounds
from parsers.documents.read import open_document
from parsers.documents.records import Opened
from parsers.documents.sniff import sniff
from tests.parsers.documents import samples
from tests.parsers.documents.mails import locked, zipped
from tests.patience import spending

FILES = {"letters/Decision.pdf": samples.plain(), "café.txt": "the café".encode(), "inner.zip": zipped({"a.txt": b"A"})}


def read(data: bytes) -> Opened:
    assert sniff(data) == "zip"
    return open_document(data, document_type="zip")


def problems(opened: Opened) -> list[tuple[str | None, str | None]]:
    return [(part.name, part.problem) for part in opened.document.parts]


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_the_files_of_an_archive(packing: int) -> None:
    opened = read(zipped(FILES, packing=packing))
    assert (opened.document.status, opened.document.pages, opened.document.detail) == ("read", (), None)
    assert dict(zip((part.name for part in opened.document.parts), opened.files, strict=True)) == FILES


def test_what_systems_put_beside_files_is_left_out_and_said() -> None:
    noise = ["folder/", "__MACOSX/._a.txt", "a/.DS_Store", "Thumbs.db", "a/~$letter.docx", "back\\"]
    opened = read(zipped({**dict.fromkeys(noise, b""), "a/letter.txt": b"A"}))
    assert [part.name for part in opened.document.parts] == ["a/letter.txt"]
    assert opened.document.detail == "6 entries were left out: folders and what systems put beside files."


def test_an_empty_archive_holds_nothing() -> None:
    assert read(zipped({})).document.status == "no_text"


def test_locked_files_are_rows() -> None:
    whole = open_document(locked(zipped(FILES)), document_type="zip")
    assert whole.document.status == "encrypted"
    assert {problem for _, problem in problems(whole)} == {"encrypted"}
    assert whole.files == (b"", b"", b"")


def test_a_damaged_file_costs_only_itself() -> None:
    data = bytearray(zipped({"a.txt": b"A" * 500, "b.txt": b"B" * 500}, packing=zipfile.ZIP_STORED))
    data[60] ^= 0xFF
    assert problems(read(bytes(data))) == [("a.txt", "damaged"), ("b.txt", None)]


def test_an_archive_cut_short_gives_what_is_whole() -> None:
    first, second = random.Random(1).randbytes(4000), random.Random(2).randbytes(4000)  # noqa: S311 - the same bytes
    for packing in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        opened = read(zipped({"a.bin": first, "b.bin": second}, packing=packing)[:6000])
        assert problems(opened) == [("a.bin", None), ("b.bin", "damaged")]
        assert opened.files == (first, b"")
        assert opened.document.detail == "It is damaged: its list of files is lost."
    assert open_document(b"PK\x03\x04" + b"noise" * 20, document_type="zip").document.status == "damaged"


def test_bombs_are_rows_whatever_they_say_of_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_BYTES", 1 << 20)
    bomb = bytearray(zipped({"bomb.txt": bytes(40 << 20), "small.txt": b"x"}))
    assert problems(read(bytes(bomb))) == [("bomb.txt", "bomb"), ("small.txt", None)]
    entry = bomb.find(b"PK\x01\x02")
    struct.pack_into("<I", bomb, entry + 24, 10)
    with spending(20):
        (first, _) = problems(read(bytes(bomb)))
        assert first in {("bomb.txt", "bomb"), ("bomb.txt", "damaged"), ("bomb.txt", None)}
        assert sum(map(len, read(bytes(bomb)).files)) < 100
    cut = read(bytes(bomb)[: entry - 20])
    assert sum(map(len, cut.files)) <= 1 << 20


def test_files_that_share_their_bytes_are_not_opened() -> None:
    data = bytearray(zipped({f"{n}.txt": bytes(1000) for n in range(20)}))
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        struct.pack_into("<I", data, place + 42, 0)
        place = data.find(b"PK\x01\x02", place + 4)
    assert read(bytes(data)).document.status == "bomb"


def test_names_lead_nowhere() -> None:
    opened = read(zipped({"../../etc/cron.d/job": b"1", "C:\\boot.ini": b"2", "/abs.txt": b"3"}))
    assert [part.name for part in opened.document.parts] == ["etc/cron.d/job", "boot.ini", "abs.txt"]


def test_an_archive_of_a_hundred_thousand_names_is_not_listed() -> None:
    data = zipped({f"{n}": b"" for n in range(30_000)}, packing=zipfile.ZIP_STORED)
    with spending(10):
        assert read(data).document.status == "bomb"


@pytest.mark.parametrize("cut", [0, 22, 400])
def test_archives_damaged_by_chance_are_read_or_rows(cut: int) -> None:
    dice = random.Random(cut)  # noqa: S311 - the same damage each time
    whole = zipped(FILES)
    for _ in range(150):
        broken = bytearray(whole[: len(whole) - cut])
        for _ in range(dice.randint(1, 20)):
            broken[dice.randrange(4, len(broken))] = dice.randrange(256)
        opened = open_document(bytes(broken), document_type="zip")
        assert all(part.size == len(data) for part, data in zip(opened.document.parts, opened.files, strict=True))


def test_a_sound_file_is_taken_by_its_sum_where_the_list_is_lost() -> None:
    data = bytearray(zipped({"a.txt": b"A" * 300}, packing=zipfile.ZIP_STORED))
    end = data.rfind(b"PK\x01\x02")
    assert struct.unpack_from("<I", data, 14)[0] == zlib.crc32(b"A" * 300)
    data[100] ^= 1
    assert problems(open_document(bytes(data[:end]), document_type="zip")) == [("a.txt", "damaged")]
