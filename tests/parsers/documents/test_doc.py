"""Old Word documents: what is shown is read, where it is shown; what is not shown is not."""

import struct

import pytest

from parsers.documents.sniff import sniff
from parsers.documents.word.doc import read_doc
from tests.parsers.documents import word97
from tests.parsers.documents.containers import ole, ole_file
from tests.parsers.documents.word97 import DELETED, HIDDEN, IN_TABLE, NEW_PAGE, ROW_END, Story, Word97, numbered, story


def text(document: Word97) -> str:
    """The pages of a document, parted by a line."""
    found = read_doc(document.bytes())
    assert (found.status, found.detail) == ("read", None)
    return "\n=====\n".join(page.text for page in found.pages)


@pytest.mark.parametrize("compressed", [True, False])
def test_text_lies_where_the_piece_table_says(compressed: bool) -> None:
    body = story("Dear requester’s – £20", "", "Our ref:\tFOI 12", "no\x1ebreak\x1f\x0bline")
    assert (
        text(Word97(body, compressed=compressed)) == "Dear requester’s – £20\n\nOur ref:   FOI 12\nno\u2011break\nline"
    )


def test_characters_beyond_the_first_plane_are_whole() -> None:
    assert text(Word97(Story().say("a \ud83d\ude00 b").end())) == "a \U0001f600 b"


def test_what_is_not_shown_is_not_read() -> None:
    body = Story().say("shown ").say("hidden", HIDDEN).say("deleted", DELETED).say("and \x05shown").end()
    body.say("hidden paragraph", HIDDEN).end()
    assert text(Word97(body)) == "shown and shown"


def test_fields_show_their_last_result() -> None:
    body = story("on \x13 DATE \x143 May\x13 x \x14!\x15\x15 page \x13 PAGE \x15.", "\x13 never ended")
    assert text(Word97(body)) == "on 3 May! page .\nnever ended"


def test_lists_have_the_numbers_that_are_shown() -> None:
    body = Story()
    for words, changes in (
        ("one", numbered(1)), ("two", numbered(1)), ("under", numbered(1, 1)), ("three", numbered(1)),
        ("point", numbered(2)), ("plain", b""), ("none", numbered(9)), ("time", numbered(3)),
    ):  # fmt: skip
        body.paragraph(words, changes)
    lists = [[(0, "\0."), (4, "(\1)")], [(23, "\uf0b7")], [(5, "\0")]]
    assert text(Word97(body, lists=lists)) == "1. one\n2. two\n(a) under\n3. three\n• point\nplain\nnone\n1st time"


def test_tables_are_read_row_by_row() -> None:
    body = story("before")
    body.row([["a"], ["b", "c"]]).row([["d", "e"], ["f"]]).paragraph("after")
    assert text(Word97(body)) == "before\n\na   b\nc\n\nd\ne\n\nf\n\nafter"


def test_a_table_in_a_cell_is_read_there() -> None:
    inner = IN_TABLE + b"\x49\x66\x02\0\0\0"
    body = story("before")
    for cell in ("in 1", "in 2"):
        body.say(cell).end(inner + b"\x4b\x24\x01")
    body.end(inner + b"\x4b\x24\x01\x4c\x24\x01")
    body.say("x").end(IN_TABLE, "\x07").say("y").end(IN_TABLE, "\x07").end(IN_TABLE + ROW_END, "\x07").paragraph(
        "after"
    )
    assert text(Word97(body)) == "before\n\nin 1   in 2\n\nx\n\ny\n\nafter"


def test_boxes_notes_headers_and_footers_stand_where_they_are_shown() -> None:
    body = story("first", "Dear\x02 requester")
    word = Word97(
        body,
        headers=("even", "Head", "", "Foot", "first", ""),
        boxes=[(6, story("Civic Way", "Town"))],
        notes=[(10, story("\x02 why"))],
    )
    assert text(word) == "Head\n\nfirst\n\nCivic Way\nTown\n\nDear¹ requester\n\n¹ why\n\nFoot"


def test_pages_are_those_that_the_writer_began() -> None:
    body = story("one").say("two\x0cthree").end().paragraph("four", NEW_PAGE)
    first = body.length + 5
    body.say("five").end(mark="\x0c").say("six").end(mark="\x0c").paragraph("seven")
    sections = [(first, b""), (first + 4, b"\x09\x30\x00"), (body.length, b"\x09\x30\x02")]
    assert text(Word97(body, sections=sections)) == "one\ntwo\n=====\nthree\n=====\nfour\nfive\nsix\n=====\nseven"


def test_a_locked_document_says_so() -> None:
    document = read_doc(Word97(story("x"), flags=0x100).bytes())
    assert (document.status, document.detail) == ("encrypted", "It needs a password to open.")
    locked = ole("EncryptedPackage", "EncryptionInfo")
    assert sniff(locked) == "docx"
    assert sniff(locked, name="figures.xlsx") == "xlsx"


def test_word_95_gives_its_bare_text() -> None:
    main = bytearray(0x300)
    struct.pack_into("<HH", main, 0, 0xA5DC, 104)
    words = "Dear requester\x07\rsection 40(2)\r".encode("cp1252")
    struct.pack_into("<II", main, 0x18, 0x300, 0x300 + len(words))
    document = read_doc(ole_file({"WordDocument": bytes(main) + words}))
    assert document.pages[0].text == "Dear requester\n\nsection 40(2)"
    assert document.detail == "It is of Word 6 or 95: its bare text was read."
    struct.pack_into("<H", main, 0x0A, 4)
    assert read_doc(ole_file({"WordDocument": bytes(main) + words})).status == "unsupported"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        ole("WordDocument"),
        ole_file({"WordDocument": b"x" * 5000}),
        ole_file({"Other": b""}),
    ],
)
def test_damage_is_a_record(data: bytes) -> None:
    document = read_doc(data)
    assert document.status in {"damaged", "no_text"}
    assert document.detail


def test_pieces_that_lie_over_each_other_end_at_the_cap() -> None:
    whole = Word97(story("x" * 3000)).bytes()
    assert read_doc(whole).status == "read"
    pieces = 900
    table = struct.pack(f"<{pieces + 1}I", *(n << 20 for n in range(pieces + 1)))
    table += struct.pack("<HIH", 0, 0x400, 0) * pieces  # each a million characters of the same two megabytes
    clx = b"\x02" + struct.pack("<I", len(table)) + table
    main = bytearray(2_000_000)
    struct.pack_into("<HH6xH", main, 0, 0xA5EC, 0xC1, 0x1200)
    struct.pack_into("<I", main, 0x4C, pieces << 20)
    struct.pack_into("<H", main, 0x98, 93)
    struct.pack_into("<II", main, 0x9A + 8 * word97.CLX, 0, len(clx))
    document = read_doc(ole_file({"WordDocument": bytes(main), "1Table": clx}))
    assert document.detail
    assert document.detail.endswith("Only its first 4,000,000 characters were read.")
