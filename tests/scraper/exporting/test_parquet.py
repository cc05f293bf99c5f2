"""Parquet as DuckDB, pandas and pyarrow read it: the same rows as the database, typed, described, easy to prune."""

import json
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow.parquet
import pytest

from scraper.exporting.parts import Part, parts
from scraper.publishing.schema.model import quoted
from scraper.publishing.schema.whole import SCHEMA_VERSION
from tests.scraper.exporting.conftest import Exported, made, run

PARTS = parts(with_text=False)
BY_NAME = {part.name: part for part in PARTS}


def files(exported: Exported, name: str) -> list[Path]:
    path = exported.resource(name)["path"]
    return [exported.folder / one for one in ([path] if isinstance(path, str) else path)]


def read(exported: Exported, name: str, columns: str = "*") -> list[tuple[Any, ...]]:
    paths = [str(path) for path in files(exported, name)]
    asked = f"SELECT {columns} FROM read_parquet({paths!r}, hive_partitioning = false)"  # noqa: S608
    relation = duckdb.sql(asked)
    assert relation is not None
    table = relation.to_arrow_table()  # rows of Python would need pytz for moments
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))


def plain(part: Part, row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row of the database as an engine gives it back."""
    made_of = []
    for column, value in zip(part.columns, row, strict=True):
        if value is not None and column.holds == "day":
            made_of.append(date.fromisoformat(value))
        elif value is not None and column.holds == "moment":
            made_of.append(datetime.fromisoformat(value).astimezone(UTC))
        else:
            made_of.append(value)
    return tuple(made_of)


def comparable(row: tuple[Any, ...]) -> str:
    return repr([value.isoformat() if isinstance(value, datetime) else value for value in row])


@pytest.mark.parametrize("kind", ["parquet", "with_text"])
def test_every_row_is_as_in_the_database(kind: str, request: pytest.FixtureRequest) -> None:
    exported: Exported = request.getfixturevalue(kind)
    for part in parts(with_text=kind == "with_text"):
        names = ", ".join(quoted(column.name) for column in part.columns)
        found = read(exported, part.name, names)
        expected = [plain(part, row) for row in exported.ask(f"SELECT {names} FROM {part.name}")]  # noqa: S608
        assert sorted(map(comparable, found)) == sorted(map(comparable, expected)), part.name


def test_tables_of_requests_lie_in_folders_by_year(parquet: Exported) -> None:
    for name in ("requests", "messages", "citations", "clocks"):
        for path in files(parquet, name):
            year = path.parent.name.removeprefix("request_year=")
            key = "request_id" if name != "requests" else "id"
            ids = {str(one) for (one,) in duckdb.execute(f"SELECT {key} FROM '{path}'").fetchall()}  # noqa: S608
            sent = parquet.ask(f"SELECT DISTINCT year FROM requests WHERE id IN ({','.join(ids)})")  # noqa: S608
            assert sent == [(int(year),)]
    assert files(parquet, "authorities")[0].parent.name == "tables"


def test_engines_skip_the_years_that_are_not_asked_for(parquet: Exported) -> None:
    (year,) = parquet.ask("SELECT max(year) FROM requests")[0]
    pattern = f"{parquet.folder}/tables/citations/*/*.parquet"
    found = duckdb.execute(
        f"SELECT count(*), min(request_year), typeof(min(request_year)) FROM '{pattern}' WHERE request_year = {year}"  # noqa: S608
    ).fetchall()
    count = "SELECT count(*) FROM citations JOIN requests AS r ON r.id = request_id WHERE year = ?"
    assert found == [(*parquet.ask(count, year)[0], year, "BIGINT")]
    frame = pd.read_parquet(parquet.folder / "tables" / "citations", filters=[("request_year", "==", year)])
    assert len(frame) == found[0][0]


def test_requests_of_no_known_year_are_in_a_folder_of_their_own(changed: Any, tmp_path: Path) -> None:
    public = changed("UPDATE requests SET asked_on = NULL, year = NULL WHERE id IN (SELECT min(id) FROM requests)")
    exported = made(public, tmp_path / "export")
    found = duckdb.execute(
        f"SELECT year, count(*) FROM '{exported.folder}/tables/requests/*/*.parquet' WHERE request_year = 0 GROUP BY 1"  # noqa: S608
    ).fetchall()
    assert found == [(None, 1)]
    frame = pd.read_parquet(exported.folder / "tables" / "requests")
    assert (len(frame), int((frame["request_year"] == 0).sum())) == (
        *exported.ask("SELECT count(*) FROM requests")[0],
        1,
    )


def test_columns_are_typed_described_and_required_as_the_schema_says(parquet: Exported) -> None:
    kinds = {
        ("requests", "id"): "int64",
        ("requests", "year"): "int32",
        ("requests", "late"): "int32",
        ("requests", "asked_on"): "date32[day]",
        ("requests", "last_checked_at"): "timestamp[us, tz=UTC]",
        ("requests", "outcome"): "dictionary<values=string, indices=int32, ordered=0>",
        ("requests", "title"): "string",
        ("citations", "confidence"): "double",
        ("events", "created_at"): "timestamp[us, tz=UTC]",
        ("coverage", "covered_from"): "date32[day]",
    }
    for part in PARTS:
        found = pyarrow.parquet.read_schema(files(parquet, part.name)[0])
        assert found.names == [column.name for column in part.columns]
        for column, one in zip(part.columns, found, strict=True):
            assert one.metadata[b"description"].decode() == column.description
            assert one.nullable == (not column.required and column.name not in part.table.key)
            assert str(one.type) == kinds.get((part.name, column.name), str(one.type))
        told = {key.decode(): value.decode() for key, value in found.metadata.items()}
        assert told["wdtk.schema_version"] == SCHEMA_VERSION
        assert (told["wdtk.table"], told["wdtk.description"]) == (part.name, part.table.description)
        assert json.loads(told["wdtk.columns"]) == {column.name: column.description for column in part.columns}


def test_row_groups_have_statistics_and_zstd(parquet: Exported) -> None:
    for name in ("requests", "events", "provision_replies"):
        for path in files(parquet, name):
            metadata = pyarrow.parquet.ParquetFile(path).metadata
            for column in range(metadata.num_columns):
                chunk = metadata.row_group(0).column(column)
                assert chunk.compression == "ZSTD"
                assert chunk.is_stats_set


def test_rows_are_in_the_order_of_their_requests(parquet: Exported) -> None:
    for path in files(parquet, "citations"):
        ids = pyarrow.parquet.read_table(path, columns=["request_id"])["request_id"].to_pylist()
        assert ids == sorted(ids)
    key = [row[:3] for row in read(parquet, "provision_replies", "regime, provision, citation_id")]
    assert key == sorted(key)


def test_a_large_table_is_written_in_several_row_groups(
    demo_public: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scraper.exporting.parquet_out._ROWS", 100)
    monkeypatch.setattr("scraper.exporting.snapshot._AT_ONCE", 30)
    exported = made(demo_public, tmp_path / "export")
    metadata = pyarrow.parquet.ParquetFile(exported.folder / "tables" / "provisions.parquet").metadata
    assert metadata.num_row_groups == 11
    regimes = pd.read_parquet(exported.folder / "tables" / "provisions.parquet")["regime"]
    assert sorted(map(str, regimes)) == sorted(regime for (regime,) in exported.ask("SELECT regime FROM provisions"))


def test_values_that_are_no_day_or_moment_are_left_empty_and_told(changed: Any, tmp_path: Path) -> None:
    public = changed(
        "UPDATE messages SET sent_at = 'yesterday' WHERE id IN (SELECT min(id) FROM messages)",
        "UPDATE readings SET letter_date = '2024-02-30' WHERE source IN (SELECT min(source) FROM readings)",
    )
    for form in ("parquet", "csv"):
        done = run(public, tmp_path / form, "--format", form)
        assert done.exit_code == 0
        assert "messages.sent_at: 1 value left empty, being no day or moment." in done.output
        assert "- `readings.letter_date`: 1" in (tmp_path / form / "README.md").read_text(encoding="utf-8")
    frame = pd.read_parquet(tmp_path / "parquet" / "tables" / "messages")
    assert (
        frame["sent_at"].isna().sum()
        == 1 + Exported(public=public, folder=tmp_path).ask("SELECT count(*) FROM messages WHERE sent_at IS NULL")[0][0]
    )


def test_what_the_readme_shows_works_as_it_stands(parquet: Exported, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(parquet.folder)
    text = Path("README.md").read_text(encoding="utf-8").replace("2024", "2023")
    (count,) = duckdb.execute(text.split("```sql\n")[1].split("```")[0].strip().removesuffix(";")).fetchall()[0]
    asked = "SELECT count(*) FROM citations JOIN requests AS r ON r.id = request_id WHERE year = 2023"
    assert (count,) == parquet.ask(f"{asked} AND counted = 1")[0]
    line = next(line for line in text.splitlines() if "pandas.read_parquet" in line)
    held: dict[str, Any] = {"pandas": pd}
    exec(line, held)  # noqa: S102 - a line of our own
    assert (len(held["citations"]),) == parquet.ask(asked)[0]


def test_the_sums_are_as_sha256sum_checks_them(parquet: Exported) -> None:
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"],
        cwd=parquet.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    named = {line.split("  ")[1] for line in (parquet.folder / "SHA256SUMS").read_text().splitlines()}
    there = {path.relative_to(parquet.folder).as_posix() for path in parquet.folder.rglob("*") if path.is_file()}
    assert there - named == {"SHA256SUMS"}
