"""Exports of the demo, made once for each worker, and what reads them."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click.testing
import pytest

from scraper.cli import cli


@dataclass(frozen=True, kw_only=True)
class Exported:
    """An export and the database it was made of."""

    public: Path
    folder: Path

    @property
    def package(self) -> dict[str, Any]:
        """``datapackage.json``."""
        told: dict[str, Any] = json.loads((self.folder / "datapackage.json").read_text(encoding="utf-8"))
        return told

    def ask(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Rows of the database."""
        with closing(sqlite3.connect(f"{self.public.as_uri()}?mode=ro", uri=True)) as connection:
            return connection.execute(statement, values).fetchall()

    def resource(self, name: str) -> dict[str, Any]:
        """How a table is described."""
        return next(resource for resource in self.package["resources"] if resource["name"] == name)


def run(public: Path, folder: Path, *options: str) -> click.testing.Result:
    return click.testing.CliRunner().invoke(cli, ["export", "--public", str(public), *options, str(folder)])


def made(public: Path, folder: Path, *options: str) -> Exported:
    done = run(public, folder, *options)
    assert done.exit_code == 0, done.output
    return Exported(public=public, folder=folder)


@pytest.fixture(scope="session")
def demo_public(demo: Path) -> Path:
    return demo / "public.db"


@pytest.fixture(scope="session")
def parquet(demo_public: Path, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    return made(demo_public, tmp_path_factory.mktemp("exports") / "parquet")


@pytest.fixture(scope="session")
def csv(demo_public: Path, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    return made(demo_public, tmp_path_factory.mktemp("exports") / "csv", "--format", "csv")


@pytest.fixture(scope="session")
def with_text(demo_public: Path, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    return made(demo_public, tmp_path_factory.mktemp("exports") / "with_text", "--with-text")


@pytest.fixture
def changed(demo_public: Path, tmp_path: Path) -> Callable[..., Path]:
    """The demo's database with statements run on it."""

    def change(*statements: str) -> Path:
        copy = tmp_path / "changed.db"
        copy.write_bytes(demo_public.read_bytes())
        with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            for statement in statements:
                connection.execute(statement)
        return copy

    return change
