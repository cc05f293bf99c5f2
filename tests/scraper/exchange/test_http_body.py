"""Answers in the blocks of WARC records, as crawlers and servers really write them."""

import gzip
import zlib

import pytest

from scraper.exchange.http_body import TooBigError, UnusableError, read_answer

PAGE = b"<html>hello</html>"


def answer(head: bytes, body: bytes = PAGE, limit: int = 10_000) -> bytes:
    return read_answer(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n" + body, limit=limit).body


@pytest.mark.parametrize(
    "raw",
    [
        b"HTTP/1.1 200 OK\nX: y\n\nhello\r\n\r\nworld",
        b"HTTP/1.1 200 OK\r\nX: y\r\n\r\nhello\r\n\r\nworld",
        b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nX: y\r\n\r\nhello\r\n\r\nworld",
        b"HTTP/2 200\r\nX: y\r\n\r\nhello\r\n\r\nworld",
    ],
    ids=["line feeds", "both", "hints", "http/2"],
)
def test_the_body_begins_after_the_head_of_the_answer_itself(raw: bytes) -> None:
    found = read_answer(raw, limit=100)
    assert (found.status, found.headers, found.body) == (200, {"x": "y"}, b"hello\r\n\r\nworld")


def test_an_answer_that_never_comes_is_none() -> None:
    with pytest.raises(UnusableError):
        read_answer(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000, limit=100)


def test_each_gzip_member_is_read_and_padding_is_not() -> None:
    packed = gzip.compress(PAGE[:5]) + gzip.compress(PAGE[5:])
    assert answer(b"Content-Encoding: gzip\r\n", packed) == PAGE
    assert answer(b"Content-Encoding: gzip\r\n", packed + bytes(20)) == PAGE


def test_many_members_unpack_to_no_more_than_the_limit() -> None:
    with pytest.raises(TooBigError):
        answer(b"Content-Encoding: gzip\r\n", gzip.compress(bytes(400)) * 3, limit=1000)
    with pytest.raises(UnusableError):
        answer(b"Content-Encoding: gzip\r\n", gzip.compress(b"") * 2000)


@pytest.mark.parametrize("told", ["chunked", "gzip, chunked", "Chunked "])
def test_chunks_are_joined_however_they_are_told_of(told: str) -> None:
    assert answer(f"Transfer-Encoding: {told}\r\n".encode(), b"12\r\n" + PAGE + b"\r\n0\r\n\r\n") == PAGE


@pytest.mark.parametrize("packed", [zlib.compress(PAGE), zlib.compress(PAGE)[2:-4], PAGE])
def test_deflate_of_both_kinds_and_undone_is_read(packed: bytes) -> None:
    assert answer(b"Content-Encoding: deflate\r\n", packed) == PAGE


def test_a_header_with_a_name_that_is_none_is_left_out() -> None:
    raw = b"HTTP/1.1 200 OK\r\nX\rSet-Cookie: y\r\nA B: c\r\nGood: 1\r\n\r\n" + PAGE
    assert read_answer(raw, limit=100).headers == {"good": "1"}
