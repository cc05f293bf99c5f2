"""CSV as strict readers and spreadsheets take it: the values of the database, whatever they hold."""

import csv as reader
import gzip
import io
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from scraper.exporting.parts import parts
from scraper.exporting.values import day, moment
from scraper.publishing.schema.model import quoted
from tests.scraper.exporting.conftest import Exported, made

TRAPS = {
    '=HYPERLINK("//evil.invalid")': '\'=HYPERLINK("//evil.invalid")',
    "+44 and more": "'+44 and more",
    "-1": "'-1",
    "@SUM(A1)": "'@SUM(A1)",
    "\tindented": "'\tindented",
    "\rreturned": "'\rreturned",
    "\nfed": "'\nfed",
    "＝1+1": "'＝1+1",
    "'quoted' already": "''quoted' already",
    'commas, "quotes"\r\nand lines': 'commas, "quotes"\r\nand lines',
    "": "",
    " ": " ",
    "nul\0in it": "nul\ufffdin it",
    "NULL": "NULL",
    "3,000 = a sum": "3,000 = a sum",
    "\u202eesrever\ufeff مرحبا 😀": "\u202eesrever\ufeff مرحبا 😀",
    "\ufeffmarked": "\ufeffmarked",
}
"""What a text is in the database, and in the file."""


@pytest.fixture
def trapped(demo_public: Path, tmp_path: Path) -> Path:
    """The demo with a trap in the title of as many requests, and one more title in a column that may be NULL."""
    copy = tmp_path / "trapped.db"
    copy.write_bytes(demo_public.read_bytes())
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        ids = [one for (one,) in connection.execute("SELECT id FROM requests ORDER BY id")]
        for request, trap in zip(ids, TRAPS, strict=False):
            connection.execute("UPDATE requests SET title = ? WHERE id = ?", [trap, request])
        connection.execute("UPDATE authorities SET short_name = '' WHERE id = (SELECT min(id) FROM authorities)")
        connection.execute("UPDATE authorities SET short_name = NULL WHERE id = (SELECT max(id) FROM authorities)")
    return copy


def strictly(data: bytes) -> list[list[str]]:
    return list(reader.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))


def safe(value: str) -> str:
    return f"'{value}" if value.startswith(("'", "=", "+", "-", "@")) else value


def column(data: bytes, key: str, name: str) -> dict[str, str]:
    first, *rows = strictly(data)
    return {row[first.index(key)]: row[first.index(name)] for row in rows}


def test_what_a_spreadsheet_would_run_is_made_harmless_and_can_be_undone(trapped: Path, tmp_path: Path) -> None:
    exported = made(trapped, tmp_path / "export", "--format", "csv")
    data = (exported.folder / "tables" / "requests.csv").read_bytes()
    titles = column(data, "id", "title")
    for identity, title in exported.ask("SELECT id, title FROM requests"):
        found = titles[str(identity)]
        assert found == TRAPS.get(title, title)
        assert found.removeprefix("'") == title.replace("\0", "\ufffd")


def test_null_and_an_empty_text_differ(trapped: Path, tmp_path: Path) -> None:
    exported = made(trapped, tmp_path / "export", "--format", "csv")
    lines = (exported.folder / "tables" / "authorities.csv").read_bytes().split(b"\r\n")
    place = strictly(lines[0])[0].index("short_name")
    firsts = {line.split(b",")[0]: line for line in lines[1:] if line}
    (low, high) = exported.ask("SELECT min(id), max(id) FROM authorities")[0]
    assert b',"",' in firsts[str(low).encode()]
    assert strictly(firsts[str(high).encode()])[0][place] == ""
    assert b'""' not in firsts[str(high).encode()]


def test_engines_read_the_traps(trapped: Path, tmp_path: Path) -> None:
    exported = made(trapped, tmp_path / "export", "--format", "csv", "--gzip")
    path = exported.folder / "tables" / "requests.csv.gz"
    expected = sorted(TRAPS.get(title, title) for (title,) in exported.ask("SELECT title FROM requests"))
    frame = pd.read_csv(path, keep_default_na=False, na_values=[""], lineterminator=None)
    assert sorted(frame["title"].fillna("")) == expected
    found = duckdb.execute(f"SELECT title FROM read_csv('{path}', header = true, all_varchar = true)").fetchall()  # noqa: S608
    assert sorted(title or "" for (title,) in found) == expected


def test_every_row_is_as_in_the_database(csv: Exported) -> None:
    for part in parts(with_text=False):
        data = (csv.folder / "tables" / f"{part.name}.csv").read_bytes()
        assert data.endswith(b"\r\n")
        first, *rows = strictly(data)
        assert first == [column.name for column in part.columns]
        names = ", ".join(quoted(name) for name in first)
        kept = {"day": day, "moment": moment}
        reading: list[Callable[[Any], Any]] = [
            kept.get(column.holds, safe if column.type == "TEXT" else str) for column in part.columns
        ]
        expected = [
            ["" if value is None else read(value) for read, value in zip(reading, row, strict=True)]
            for row in csv.ask(f"SELECT {names} FROM {part.name}")  # noqa: S608
        ]
        assert sorted(rows) == sorted(expected)


def test_packed_files_hold_the_same(csv: Exported, demo_public: Path, tmp_path: Path) -> None:
    packed = made(demo_public, tmp_path / "packed", "--format", "csv", "--gzip")
    for path in (csv.folder / "tables").iterdir():
        assert gzip.decompress((packed.folder / "tables" / f"{path.name}.gz").read_bytes()) == path.read_bytes()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-03-01T09:00:00Z", "2024-03-01T09:00:00Z"),
        ("2024-07-01T09:00:00.250+01:00", "2024-07-01T08:00:00.250000Z"),
        ("2024-07-01T09:00:00.000+01:00", "2024-07-01T08:00:00Z"),
        ("0001-01-01T00:00:00+01:00", None),
        ("2024-07-01T09:00:00", None),
        ("soon", None),
    ],
)
def test_moments_are_in_utc(value: str, expected: str | None) -> None:
    assert moment(value) == expected


@pytest.mark.parametrize("value", ["2024-W01-1", "20240301", "2024-02-30", "", "2024-03-01T09:00:00Z"])
def test_what_is_no_day_is_none(value: str) -> None:
    assert day(value) is None
