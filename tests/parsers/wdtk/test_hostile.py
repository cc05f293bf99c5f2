"""Whatever is fed to a parser, it answers with a record or with a sentence."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.errors import ParseError
from parsers.wdtk.authority import parse_authority_json, parse_authority_page
from parsers.wdtk.authority_csv import parse_authorities_csv
from parsers.wdtk.listing import parse_authority_list, parse_listing
from parsers.wdtk.notices import classify
from parsers.wdtk.request_json import parse_request_json
from parsers.wdtk.request_page import parse_request_page

CASES = Path(__file__).parent / "cases"
Parser = Callable[[bytes], Any]
PAGES: tuple[Parser, ...] = (parse_request_page, parse_listing, parse_authority_list, parse_authority_page)
DOCUMENTS: tuple[Parser, ...] = (parse_request_json, parse_authority_json)
ALL: tuple[Parser, ...] = (*PAGES, *DOCUMENTS, parse_authorities_csv)
INPUTS = sorted(path.read_bytes() for path in CASES.glob("*/*/input.*") if path.stat().st_size)
PAGE = (CASES / "request_page" / "hidden-and-erased-attachments" / "input.html").read_bytes()
RECORD = (CASES / "request_json" / "environmental" / "input.json").read_bytes()
CSV = (CASES / "authorities_csv" / "empty-fields" / "input.csv").read_bytes()

every_parser = pytest.mark.parametrize("parser", ALL, ids=lambda parser: parser.__name__)
every_page_parser = pytest.mark.parametrize("parser", PAGES, ids=lambda parser: parser.__name__)


@every_parser
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" \n\t ",
        b"\0",
        b"\xff\xfe<\0p\0>\0",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        b"PK\x03\x04\x14\0\0\0",
        bytes(range(256)) * 40,
        b"<!-- nothing but a comment --></html>",
        b"</html>",
        b"<?xml version='1.0' encoding='utf-16'?><a/></html>",
        b"<html></html>",
        b"[]",
        b"null",
        b"{}",
        b'"text"',
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b'{"id":' + b"9" * 10_000 + b"}",
        b'{"id": NaN}',
        b'{"id": 1, "id": 2}',
        b"<div>" * 200_000 + b"</html>",
        b"a,b\n" * 10,
        b'"never closed',
    ],
    ids=lambda body: repr(body[:24]),
)
def test_what_is_nothing_of_the_kind_is_refused_in_words(parser: Parser, body: bytes) -> None:
    with pytest.raises(ParseError) as error:
        parser(body)
    assert len(str(error.value)) > 20


@every_page_parser
def test_a_page_that_was_cut_off_is_refused(parser: Parser) -> None:
    with pytest.raises(ParseError, match="ends before </html>"):
        parser(PAGE[: PAGE.index(b"incoming-7")])


def test_a_saved_page_without_end_tags_must_still_have_its_messages() -> None:
    with pytest.raises(ParseError, match="at least one message"):
        parse_request_page(PAGE[: PAGE.index(b'<div class="ff-print-fix">')] + b"<!-- Page saved with SingleFile -->")


@every_page_parser
def test_another_encoding_is_refused_with_its_place(parser: Parser) -> None:
    body = PAGE.replace(b"Quarry Lane", "Quarry Läne".encode("latin-1"), 1)
    with pytest.raises(ParseError, match=rf"expected UTF-8, found byte 0xe4 at offset {body.index(0xE4)}"):
        parser(body)


@every_page_parser
def test_a_nul_byte_is_refused_with_its_place(parser: Parser) -> None:
    with pytest.raises(ParseError, match="found a NUL byte at offset 40"):
        parser(PAGE[:40] + b"\0" + PAGE[40:])


def test_a_page_that_does_not_name_its_authority_is_refused() -> None:
    body = (CASES / "authority_page" / "whole" / "input.html").read_bytes()
    with pytest.raises(ParseError, match="expected a link to the JSON of the authority"):
        parse_authority_page(body.replace(b"/body/ambleford.json", b"/x"))


def test_nesting_beyond_the_parser_is_not_read_in_part() -> None:
    deep = b"<span>" * 300 + b"x" + b"</span>" * 300
    with pytest.raises(ParseError, match="cannot be read to its end"):
        parse_request_page(PAGE.replace(b"There are four.", deep, 1))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (b'id="left_column"', b'id="right_column"', "exactly one the column of messages"),
        (b"request-header__subtitle", b"x", "exactly one the sentence"),
        (b'href="/body/ambleford"', b'href="/x"', "expected a link to the authority"),
        (b'id="request_status"', b'id="x"', "exactly one the status"),
        (b"request-status-message--successful", b"icon", "expected a status in the classes"),
        (b'datetime="2031-03-20T16:05:09+00:00"', b'datetime="20 March"', "expected a time with an offset"),
        (b'datetime="2031-03-20T16:05:09+00:00"', b'datetime="2031-03-20T16:05:09"', "expected a time with an offset"),
        (b'class="correspondence_text"', b'class="x"', "exactly one the text of a message"),
        (b"<h1>Grit bins on Quarry Lane</h1>", b"", "exactly one the title"),
        (b"attach/2/replaced.txt?", b"attach/5/other.txt?", "expected one file in incoming-7 attachment 1"),
        (b"<em>This file has been erased.</em>", b"", "expected a link to the file, or why there is none"),
    ],
    ids=lambda value: value.decode()[:30] if isinstance(value, bytes) else None,
)
def test_what_every_request_has_is_missed_by_name(old: bytes, new: bytes, expected: str) -> None:
    assert old in PAGE
    icon = PAGE.replace(b"icon_successful", b"none") if b"status-message--" in old else PAGE
    with pytest.raises(ParseError, match=expected):
        parse_request_page(icon.replace(old, new, 1))


def test_a_message_inside_another_is_not_lost_in_silence() -> None:
    start, end = PAGE.index(b'<div class="incoming'), PAGE.index(b'<div id="right_column"')
    inside = PAGE.replace(b'<a class="cplink__button">Link to this</a></div></div>', PAGE[start:end], 1)
    with pytest.raises(ParseError, match="directly in the column of messages, found it inside another"):
        parse_request_page(inside)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"id": None}, "expected a number at 'id', found null"),
        ({"id": True}, "expected a number at 'id', found true or false"),
        ({"id": -1}, "expected a number at 'id'"),
        ({"id": 2**63}, "expected a number at 'id'"),
        ({"title": 3}, "expected a string at 'title', found 3"),
        ({"title": "\0"}, "expected text at 'title'"),
        ({"title": "\ud800"}, "expected text at 'title'"),
        ({"created_at": "yesterday"}, "expected a time with an offset at 'created_at'"),
        ({"created_at": "2031-03-03T09:30:00"}, "expected a time with an offset at 'created_at'"),
        ({"awaiting_description": "false"}, "expected true or false at 'awaiting_description'"),
        ({"tags": {}}, "expected a list at 'tags', found an object"),
        ({"tags": [["a"]]}, r"expected a pair of name and value at 'tags\[0\]'"),
        ({"user": []}, "expected an object at 'user', found a list"),
        ({"info_request_events": [1]}, r"expected an object at 'info_request_events\[0\]', found 1"),
        ({"info_request_events": [{}]}, "expected the key 'info_request_events.id', which is not there"),
        ({"public_body": {"id": 1}}, "expected the key 'public_body.url_name', which is not there"),
    ],
    ids=str,
)
def test_a_value_of_another_kind_is_refused_with_its_place(change: dict[str, Any], expected: str) -> None:
    with pytest.raises(ParseError, match=expected):
        parse_request_json(json.dumps({**json.loads(RECORD), **change}).encode())


@pytest.mark.parametrize("key", sorted(json.loads(RECORD).keys() - {"user"}))
def test_a_key_that_is_missing_is_named(key: str) -> None:
    values = {name: value for name, value in json.loads(RECORD).items() if name != key}
    with pytest.raises(ParseError, match=f"expected the key '{key}"):
        parse_request_json(json.dumps(values).encode())


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (b"Internal ID", b"Number", "lacks the column 'Internal ID'"),
        (b"31,", b"x31,", "record 2 of the list of authorities: 'x31' is not an internal id"),
        (b",ambleford,", b",,", "record 2 of the list of authorities has an empty 'URL name'"),
        (
            b"2020-01-02 03:04:05 +0000,2030",
            b"today,2030",
            "record 2 of the list of authorities: 'today' is not a time",
        ),
        (b",1\n", b"\n", "record 2 of the list of authorities has 11 fields, expected 12"),
        (b"Ambleford", b"Amblef\xf6rd", "expected CSV in UTF-8, found byte 0xf6"),
        (b"Ambleford", b"Ambl\0ford", "found a NUL byte"),
    ],
    ids=lambda value: value.decode("latin-1")[:30] if isinstance(value, bytes) else None,
)
def test_a_row_that_cannot_be_read_is_named(old: bytes, new: bytes, expected: str) -> None:
    with pytest.raises(ParseError, match=expected):
        parse_authorities_csv(CSV.replace(old, new, 1))


def test_a_list_of_authorities_without_rows_is_refused() -> None:
    with pytest.raises(ParseError, match="has a header and no row"):
        parse_authorities_csv(CSV.splitlines(keepends=True)[0])


@pytest.mark.parametrize(
    ("old", "new"), [(b"/request/grit_bins_2#", b"/body/x#"), (b'class="requester"', b'class="x"'), (b'"head"', b'"x"')]
)
def test_a_row_without_a_request_stops_the_list(old: bytes, new: bytes) -> None:
    body = (CASES / "listing" / "rows-of-every-kind" / "input.html").read_bytes()
    assert old in body
    with pytest.raises(ParseError):
        parse_listing(body.replace(old, new))


edits = st.lists(
    st.tuples(st.integers(0, 10_000), st.integers(0, 200), st.binary(max_size=12) | st.sampled_from(INPUTS)),
    min_size=1,
    max_size=4,
)


def _edited(body: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    for start, length, new in changes:
        place = start % (len(body) + 1)
        body = body[:place] + new + body[place + length :]
    return body


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(INPUTS), edits, st.sampled_from(ALL))
def test_only_a_parse_error_escapes(body: bytes, changes: list[tuple[int, int, bytes]], parser: Parser) -> None:
    with suppress(ParseError):
        parser(_edited(body, changes))


tags = st.sampled_from(
    [b"div", b"p", b"a", b"h1", b"h2", b"span", b"li", b"ul", b"em", b"table", b"br", b"time", b"strong", b"svg"]
)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 100), tags, st.sampled_from([b"", b"/"]), st.integers(0, 100))
def test_no_stray_tag_breaks_more_than_its_page(place: int, tag: bytes, slash: bytes, deleted: int) -> None:
    pieces = PAGE.split(b"<")
    at = place % len(pieces)
    kept = [piece for number, piece in enumerate(pieces) if number != deleted]
    for mangled in ([*pieces[:at], slash + tag + b">", *pieces[at:]], kept):
        with suppress(ParseError):
            parse_request_page(b"<".join(mangled))


@settings(max_examples=300, deadline=None)
@given(
    st.integers(100, 599),
    st.dictionaries(
        st.sampled_from(["content-type", "content-disposition", "location", "retry-after", "cf-mitigated"]),
        st.text(max_size=30) | st.sampled_from(["text/html", "application/json", "text/csv", "attachment", "9" * 50]),
    ),
    st.sampled_from(INPUTS) | st.binary(max_size=300),
    edits,
)
def test_an_answer_is_always_something(
    status: int, headers: dict[str, str], body: bytes, changes: list[tuple[int, int, bytes]]
) -> None:
    assert classify(status=status, headers=headers, body=_edited(body, changes)).kind


@pytest.mark.parametrize("unit", [b"[", b"{", b"(", b" ", b"\n", b"a ", b"icon_", b"&nbsp;", b"<br>", b"http://", b","])
def test_long_runs_are_read_in_linear_time(unit: bytes) -> None:
    words = unit * (400_000 // len(unit))
    page = parse_request_page(PAGE.replace(b"There are four.", words, 1).replace(b"Ruth Abara,", words[:50_000], 1))
    assert len(page.messages) == 2
    assert classify(status=200, headers={"content-type": "text/html"}, body=words).kind == "unknown"


@pytest.mark.parametrize("slug", ["..", "."])
def test_a_slug_that_is_no_step_of_an_address_is_refused_where_it_is_read(slug: str) -> None:
    record = json.loads(RECORD)
    with pytest.raises(ParseError, match="cannot be a step"):
        parse_request_json(json.dumps({**record, "url_title": slug}).encode())
