"""The description of an export agrees with its data, and the citation file with its format."""

import csv as reader
import json
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from scraper.exporting.parts import parts
from tests.scraper.exporting.conftest import Exported, made

READ: dict[str, Callable[[str], Any]] = {
    "integer": int,
    "number": float,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "string": str,
}


def rows(exported: Exported, resource: dict[str, Any]) -> list[dict[str, Any]]:
    """Typed by the description alone."""
    with (exported.folder / resource["path"]).open(encoding="utf-8", newline="") as opened:
        first, *lines = reader.reader(opened, strict=True)
    fields = resource["schema"]["fields"]
    assert first == [field["name"] for field in fields]
    return [{field["name"]: typed(field, cell) for field, cell in zip(fields, line, strict=True)} for line in lines]


def typed(field: dict[str, Any], cell: str) -> Any:
    return None if cell in field.get("missingValues", [""]) else READ[field["type"]](cell)


@pytest.fixture(scope="module")
def tables(csv: Exported) -> dict[str, list[dict[str, Any]]]:
    return {resource["name"]: rows(csv, resource) for resource in csv.package["resources"]}


def test_every_table_is_described_with_as_many_rows_as_the_database_has(
    csv: Exported, parquet: Exported, tables: dict[str, Any]
) -> None:
    assert list(tables) == [part.name for part in parts(with_text=False)]
    for exported in (csv, parquet):
        for resource in exported.package["resources"]:
            ((count,),) = exported.ask(f"SELECT count(*) FROM {resource['name']}")  # noqa: S608
            assert (resource["wdtk"]["rows"], len(tables[resource["name"]])) == (count, count)


def test_keys_and_constraints_hold(csv: Exported, tables: dict[str, Any]) -> None:
    for resource in csv.package["resources"]:
        held, schema = tables[resource["name"]], resource["schema"]
        for key in [schema["primaryKey"], *schema.get("uniqueKeys", [])]:
            values = [tuple(row[name] for name in key) for row in held]
            assert len(set(values)) == len(values)
        for field in schema["fields"]:
            values = [row[field["name"]] for row in held]
            constraints = field.get("constraints", {})
            assert not (constraints.get("required") and None in values)
            assert set(values) - {None} <= set(constraints.get("enum", values))
            assert field["description"]


def test_foreign_keys_lead_to_rows(csv: Exported, tables: dict[str, Any]) -> None:
    followed = 0
    for resource in csv.package["resources"]:
        for key in resource["schema"].get("foreignKeys", []):
            ((name,), (target,)) = key["fields"], key["reference"]["fields"]
            there = {row[target] for row in tables[key["reference"]["resource"] or resource["name"]]}
            pointing = {row[name] for row in tables[resource["name"]]} - {None}
            assert pointing <= there
            followed += len(pointing)
    assert followed > 1000


def test_sizes_and_hashes_are_those_of_the_files(csv: Exported, parquet: Exported) -> None:
    lines = (csv.folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {line.split("  ")[1]: line.split("  ")[0] for line in lines}
    for resource in csv.package["resources"]:
        assert resource["bytes"] == (csv.folder / resource["path"]).stat().st_size
        assert resource["hash"] == f"sha256:{sums[resource['path']]}"
    for resource in parquet.package["resources"]:
        paths = [resource["path"]] if isinstance(resource["path"], str) else resource["path"]
        assert resource["bytes"] == sum((parquet.folder / path).stat().st_size for path in paths)


def test_facts_of_the_build_and_no_licence(parquet: Exported) -> None:
    package = parquet.package
    about = dict(parquet.ask("SELECT key, value FROM about"))
    assert package["created"] == about["built_at"]
    assert package["wdtk"]["schema_version"] == about["schema_version"]
    assert package["wdtk"]["coverage"]["requests_read"] == about["requests_read"]
    assert package["sources"] == [{"title": "WhatDoTheyKnow", "path": about["source"]}]
    assert "licenses" not in package
    assert re.fullmatch(r"20\d\d\.\d{1,2}\.\d{1,2}\+[0-9a-f]{12}", package["version"])
    text = (parquet.folder / "README.md").read_text(encoding="utf-8")
    assert f"| {about['requests_read']} |" in text
    assert "No licence is claimed on the letters." in text


def test_the_citation_file_has_what_its_format_requires(parquet: Exported) -> None:
    told = yaml.safe_load((parquet.folder / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= told.keys()
    assert (told["cff-version"], told["type"], told["version"]) == ("1.2.0", "dataset", parquet.package["version"])
    assert told["date-released"] == parquet.package["created"][:10]
    assert "license" not in told


def test_the_same_database_gives_the_same_bytes(
    demo_public: Path, parquet: Exported, csv: Exported, tmp_path: Path
) -> None:
    packed = made(demo_public, tmp_path / "packed", "--format", "csv", "--gzip")
    for before, options in ((parquet, ()), (csv, ("--format", "csv")), (packed, ("--format", "csv", "--gzip"))):
        again = made(demo_public, tmp_path / f"{before.folder.name} again", *options)
        assert (again.folder / "SHA256SUMS").read_bytes() == (before.folder / "SHA256SUMS").read_bytes()


def test_another_row_gives_another_version(changed: Any, parquet: Exported, tmp_path: Path) -> None:
    exported = made(
        changed("UPDATE requests SET title = title || '.' WHERE id IN (SELECT min(id) FROM requests)"),
        tmp_path / "export",
    )
    assert exported.package["version"] != parquet.package["version"]
    assert json.dumps(exported.package["resources"][1]) == json.dumps(parquet.package["resources"][1])


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_a_database_without_requests_leaves_as_a_package_without_rows(
    form: str, changed: Callable[..., Path], tmp_path: Path
) -> None:
    """As the first night of an archive, or one that all was taken down from, leaves it."""
    emptied = [f"DELETE FROM {part.name}" for part in parts(with_text=True) if part.request]  # noqa: S608 - names of the schema
    exported = made(changed("PRAGMA foreign_keys = OFF", *emptied), tmp_path / "export", "--format", form)
    for resource in exported.package["resources"]:
        paths = resource["path"] if isinstance(resource["path"], list) else [resource["path"]]
        assert paths
        assert all((exported.folder / path).stat().st_size for path in paths)
        if any(part.name == resource["name"] and part.request for part in parts(with_text=True)):
            assert resource["wdtk"]["rows"] == 0
    assert "| `requests` |" in (exported.folder / "README.md").read_text(encoding="utf-8")
