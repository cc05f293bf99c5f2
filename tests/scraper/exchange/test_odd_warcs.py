"""Records that lie, repeat others, or lie in a gzip with others: what comes of them is theirs and nobody else's."""

import gzip
import io
from pathlib import Path

import pytest

from scraper.exchange.addresses import Addresses
from scraper.exchange.captures import Tally
from scraper.exchange.shelf import NO_ORIGINAL, Shelf
from scraper.exchange.warc_in import DAMAGED, NO_LENGTH, NO_TIME, shelve_warc
from tests.scraper.exchange.made import EARLY, LATE, SITE
from tests.scraper.pages import request_json

MIDDLE = "2024-09-01T10:00:00Z"
Row = tuple[str, str, str]


def record(path: str = "/request/drains", body: str = "hello", *, at: str = EARLY, **more: str) -> bytes:
    block = f"HTTP/1.1 200 OK\r\n\r\n{body}".encode()
    headers = {
        "WARC-Type": "response",
        "WARC-Target-URI": SITE + path,
        "WARC-Date": at,
        "Content-Length": str(len(block)),
        **{name.replace("_", "-"): value for name, value in more.items()},
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items() if value != "none")
    return f"WARC/1.0\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"


def revisit(path: str = "/request/drains", *, at: str = LATE, **more: str) -> bytes:
    return record(path, "", at=at, WARC_Type="revisit", **more)


def read(folder: Path, data: bytes) -> tuple[list[Row], Tally]:
    """Address, time and body of what was put on the shelf, and what was left."""
    with Shelf(folder) as shelf:
        tally = shelf.begin("a.warc")
        shelve_warc(io.BytesIO(data), shelf, Addresses(SITE), tally, limit=100_000)
        shelf.join_repeats()
        found = [
            (one.address.url.removeprefix(SITE), one.at, shelf.body(one).decode())
            for kind in ("request", "request_json")
            for key in shelf.keys(kind)
            for one in reversed(shelf.newest(kind, key))
        ]
    return found, tally


OTHER = record("/request/other", "other")
OTHER_ROW = ("/request/other", EARLY, "other")


@pytest.mark.parametrize("packed", [True, False])
def test_a_record_without_a_length_takes_nothing_of_those_behind_it(tmp_path: Path, *, packed: bool) -> None:
    parts = [OTHER, record(Content_Length="none"), OTHER]
    found, tally = read(tmp_path, b"".join(gzip.compress(part) if packed else part for part in parts))
    assert set(found) == {OTHER_ROW}
    assert tally.left[NO_LENGTH] == 1


@pytest.mark.parametrize("length", ["-5", "0", "3", "99999", "abc", "1e3", "99999999999999999999"])
def test_a_length_that_lies_gives_no_wrong_body(tmp_path: Path, length: str) -> None:
    for packed in (True, False):
        parts = [OTHER, record(Content_Length=length), OTHER]
        found, tally = read(tmp_path, b"".join(gzip.compress(part) if packed else part for part in parts))
        assert set(found) == {OTHER_ROW}
        assert tally.left.total()


def test_members_of_several_records_each_are_read_to_the_end(tmp_path: Path) -> None:
    found, tally = read(tmp_path, gzip.compress(OTHER + record()) + gzip.compress(record("/request/third") + OTHER))
    assert sorted(path for path, _, _ in found) == ["/request/drains", "/request/other", "/request/other",
                                                    "/request/third"]  # fmt: skip
    assert not tally.left


def test_noise_between_members_is_told(tmp_path: Path) -> None:
    found, tally = read(tmp_path, gzip.compress(OTHER + OTHER) + b"JUNK" + gzip.compress(record()))
    assert set(found) == {OTHER_ROW}
    assert tally.left[DAMAGED] == 1


def test_a_repeat_of_something_that_is_not_here_is_not_taken_for_what_is(tmp_path: Path) -> None:
    found, tally = read(tmp_path, record(WARC_Payload_Digest="sha1:AA") + revisit(WARC_Payload_Digest="sha1:BB"))
    assert found == [("/request/drains", EARLY, "hello")]
    assert tally.left[NO_ORIGINAL] == 1


def test_a_repeat_is_of_the_moment_that_it_refers_to(tmp_path: Path) -> None:
    newer = record(body="changed", at=MIDDLE, WARC_Payload_Digest="sha1:BB")
    told = revisit(WARC_Refers_To_Target_URI=f"{SITE}/request/drains", WARC_Refers_To_Date=EARLY)
    found, _ = read(tmp_path, record(WARC_Payload_Digest="sha1:AA") + newer + told)
    assert [body for _, _, body in found] == ["hello", "changed", "hello"]
    found, _ = read(tmp_path, record() + newer + revisit())  # no moment told: of the last before it
    assert [body for _, _, body in found] == ["hello", "changed", "changed"]


def test_a_repeat_of_a_json_asked_for_by_number_is_of_its_request(tmp_path: Path) -> None:
    body = request_json("drains", 7)
    data = record("/request/7.json", body, WARC_Payload_Digest="sha1:AA")
    data += revisit("/request/7.json", WARC_Payload_Digest="sha1:AA")
    found, _ = read(tmp_path, data)
    assert [(path, at) for path, at, _ in found] == [("/request/drains.json", EARLY), ("/request/drains.json", LATE)]


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "0999-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00"])
def test_times_from_before_the_web_and_after_the_calendar_are_none(tmp_path: Path, at: str) -> None:
    found, tally = read(tmp_path, record(at=at))
    assert found == []
    assert tally.left[NO_TIME] == 1


def test_a_request_that_is_called_like_a_language_keeps_its_name() -> None:
    place = "/request/en/response/7/attach/2/letter.pdf"
    for path in (place, f"/cy{place}"):
        address = Addresses(SITE).read(SITE + path)
        assert not isinstance(address, str)
        assert address.key == "7/2/letter.pdf"
