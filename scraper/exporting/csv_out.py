"""Tables as CSV: RFC 4180, UTF-8 without a byte order mark, a line of names first, safe to open in a spreadsheet.

Nothing between two commas is NULL, two quotes are an empty text. A text that a spreadsheet would take for a formula is
given an apostrophe in front, and so is one that begins with an apostrophe: to have the values as they are in the
database, take one apostrophe off each text that begins with one.
"""

import gzip
import io
import re
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any

from scraper.exporting.parts import Part
from scraper.exporting.sink import Sink
from scraper.exporting.snapshot import Rows
from scraper.exporting.values import READ, read
from scraper.publishing.schema.model import Column

_QUOTED = re.compile(r'[",\r\n]|^$|^ | $')
_FORMULA = re.compile(r"['=+\-@\t\r\n＝＋－＠]")
_ODD = re.compile(rf"{_QUOTED.pattern}|\0|^{_FORMULA.pattern}")
_LEVEL = 6


class CsvFile:
    """One table, row by row into ``sink``, which ``packed`` puts through gzip."""

    def __init__(self, sink: Sink, part: Part, *, packed: bool = False) -> None:
        self.unreadable: Counter[str] = Counter()
        self._part = part
        self._open = ExitStack()
        self._out: io.RawIOBase | gzip.GzipFile = sink
        if packed:
            # Neither a name nor a time of day: the same rows give the same bytes.
            pack = gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=sink, mtime=0)
            self._out = self._open.enter_context(pack)
        self._put([[_quoted(column.name) for column in part.columns]])

    def write(self, rows: Rows) -> None:
        """Add rows, each with a value for every column of the part."""
        columns = [
            self._cells(column, values)
            for column, values in zip(self._part.columns, zip(*rows, strict=True), strict=True)
        ]
        self._put(zip(*columns, strict=True))

    def close(self) -> None:
        """Write what waits; the sink stays open."""
        self._open.close()

    def _cells(self, column: Column, values: Sequence[Any]) -> list[str]:
        if column.holds in READ:
            values, wrong = read(column.holds, values)
            self.unreadable[f"{self._part.name}.{column.name}"] += wrong
        cell: Callable[[Any], str] = _text if column.type == "TEXT" else repr
        return ["" if value is None else cell(value) for value in values]

    def _put(self, lines: Any) -> None:
        self._out.write("".join([f"{','.join(line)}\r\n" for line in lines]).encode("utf-8"))


def _text(value: str) -> str:
    if not _ODD.search(value):  # as nearly all are
        return value
    # No reader of CSV takes NUL; one character stands for one, so that places in texts stay right.
    value = value.replace("\0", "\ufffd")
    return _quoted(f"'{value}" if _FORMULA.match(value) else value)


def _quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"' if _QUOTED.search(value) else value
