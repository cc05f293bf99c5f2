"""Names in the properties of old office files, and lists of properties that lie about themselves."""

import struct

import pytest

from parsers.documents.probes.probe import probe_document
from parsers.documents.probes.probe_findings import Probe
from tests.parsers.documents import books
from tests.patience import spending

SUMMARY, MORE = "\x05SummaryInformation", "\x05DocumentSummaryInformation"
AUTHOR, TITLE, COMPANY = 4, 2, 15
NARROW, WIDE, MANY = 0x1E, 0x1F, 0x100C


def properties(*told: tuple[int, int, int, bytes], count: int | None = None) -> bytes:
    """A set of properties by [MS-OLEPS]: number, type, length and bytes of each."""
    head, body = b"", b""
    for number, kind, size, data in told:
        head += struct.pack("<II", number, 8 + 8 * len(told) + len(body))
        body += struct.pack("<II", kind, size) + data + bytes(-len(data) % 4)
    one = struct.pack("<II", 8 + len(head) + len(body), len(told) if count is None else count) + head + body
    return struct.pack("<HHI16sI16sI", 0xFFFE, 0, 2, bytes(16), 1, bytes(16), 48) + one


def probed(**streams: bytes) -> Probe:
    return probe_document(books.xls(extra=streams), document_type="xls")


@pytest.mark.parametrize(
    ("stream", "told", "found"),
    [
        (SUMMARY, (AUTHOR, NARROW, 8, b"A. Clerk"), 1),
        (SUMMARY, (AUTHOR, WIDE, 5, "Clerk".encode("utf-16-le")), 1),
        (SUMMARY, (AUTHOR, NARROW, 4, b" \0\0\0"), 0),
        (SUMMARY, (TITLE, NARROW, 8, b"Expenses"), 0),
        (MORE, (COMPANY, NARROW, 8, b"The firm"), 1),
    ],
)
def test_names_are_counted_and_titles_are_not(stream: str, told: tuple[int, int, int, bytes], found: int) -> None:
    findings = probed(**{stream: properties(told)}).findings
    assert [(one.kind, one.count) for one in findings] == [("document_properties", 1)] * found


def test_lists_that_lie_about_their_length_cost_no_time() -> None:
    with spending(20):
        many = (AUTHOR, MANY, 0xFFFFFFFF, b"\x1e\0\0\0")
        for lies in (properties(many), properties(many, count=0xFFFFFFFF), b"short", bytes(60)):
            assert probed(**{SUMMARY: lies}).status == "probed"
