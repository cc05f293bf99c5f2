"""The capture of the real software, and the oracle that says what its database holds."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from parsers.records import Notice, RequestPage, RequestRecord
from parsers.wdtk.notices import classify

HOST = "https://www.whatdotheyknow.com"
EXCEPTIONS: dict[tuple[Any, ...], str] = {}
"""Facts that differ because the capture is defective, each with the reason. There are none."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    path: str
    asked_for: str
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def notice(self) -> Notice:
        return classify(status=self.status, headers=self.headers, body=self.body)


@dataclass(frozen=True, kw_only=True)
class Thread:
    """One open request: what the oracle says, and what was read."""

    slug: str
    truth: dict[str, Any]
    record: RequestRecord
    folded: RequestPage
    unfolded: RequestPage


def read_answers(path: Path) -> Iterator[Answer]:
    """Every answer of a capture in its order."""
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type == "response":
                yield Answer(
                    path=record.rec_headers.get_header("WARC-Target-URI").removeprefix(HOST),
                    asked_for=record.rec_headers.get_header("X-Replay-Kind"),
                    status=int(record.http_headers.get_statuscode()),
                    headers={name.lower(): value for name, value in record.http_headers.headers},
                    body=record.content_stream().read(),
                )


def assert_same(expected: Iterable[tuple[Any, ...]], found: Iterable[tuple[Any, ...]]) -> None:
    """Recall and precision of 1.00 over facts, repeated ones counted, but for the exceptions that have a reason."""
    wanted, got = Counter(expected), Counter(found)
    if not wanted:
        pytest.fail("the oracle has nothing to compare with")
    missing = [fact for fact in wanted - got if fact not in EXCEPTIONS]
    added = [fact for fact in got - wanted if fact not in EXCEPTIONS]
    if missing or added:
        pytest.fail(f"{len(missing)} missing: {missing[:3]}\n{len(added)} not in the oracle: {added[:3]}")


def seconds(time: str) -> str:
    """A time of the database as pages print it: without thousandths."""
    return re.sub(r"\.[0-9]+", "", time)


def on_one_line(text: str) -> str:
    """The oracle parts elements by spaces, so that a link in brackets stands off them."""
    return re.sub(r"\s*([\[\]])\s*", r"\1", " ".join(text.split()))
