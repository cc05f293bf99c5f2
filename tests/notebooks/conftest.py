"""The notebooks, run once on the demo for all the tests that look at what they found."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.notebooks.running import ON_A_DATABASE, ran


@pytest.fixture(scope="session")
def found(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, Any]]:
    """By notebook, every name that it has given by its end; ``charts`` is where all of them draw."""
    charts = tmp_path_factory.mktemp("charts")
    public = str(demo / "public.db")
    return {path.stem: {"charts": charts, **ran(path, charts=charts, WDTK_PUBLIC_DB=public)} for path in ON_A_DATABASE}


@pytest.fixture(scope="session")
def charts(found: Mapping[str, Mapping[str, Any]]) -> Path:
    """What the notebooks have drawn, as SVG."""
    folder: Path = found["exemptions"]["charts"]
    return folder


@pytest.fixture(scope="session")
def public(demo: Path) -> Iterator[sqlite3.Connection]:
    """The demo's database, to be asked in plain SQL."""
    with closing(sqlite3.connect(f"file:{demo / 'public.db'}?mode=ro", uri=True)) as connection:
        yield connection
