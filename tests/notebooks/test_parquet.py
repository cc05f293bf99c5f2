"""The notebook on Parquet finds in an export what the others find in the database."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click.testing
import pandas as pd
import pytest

from scraper.cli import cli
from scraper.publishing.schema.whole import SCHEMA_VERSION
from tests.data.sample import BUILT_AT, Sample
from tests.notebooks.running import NOTEBOOKS, ran

PARQUET = NOTEBOOKS / "parquet.py"


def exported(public: Path, folder: Path) -> Path:
    done = click.testing.CliRunner().invoke(cli, ["export", "--public", str(public), str(folder)])
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture(scope="module")
def asked(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    folder = tmp_path_factory.mktemp("parquet")
    tables = exported(demo / "public.db", folder / "tables")
    return {**ran(PARQUET, charts=folder, WDTK_TABLES=str(tables)), "charts": folder}


def test_grounds_are_those_of_the_database(asked: Mapping[str, Any], found: Mapping[str, Mapping[str, Any]]) -> None:
    expected = found["exemptions"]["used"][["ground", "requests", "requests_read"]]
    pd.testing.assert_frame_equal(asked["used"], expected, check_dtype=False)


def test_time_and_waits_are_those_of_the_requests(asked: Mapping[str, Any], public: Any) -> None:
    requests = pd.read_sql_query(
        "SELECT a.sector, r.timing, r.outcome_class, r.working_days_taken AS days FROM requests AS r "
        "JOIN authorities AS a ON a.id = r.authority_id",
        public,
    )
    lines = requests.groupby([requests["sector"].str.replace("_", " "), "timing"]).size()
    assert {key: n for key, n in asked["counts"].stack().items() if n} == dict(lines)
    days = requests.groupby("outcome_class")["days"].agg(["count", "median", "max"])
    expected = {name: tuple(row) for name, row in days[days["count"] >= 5].iterrows()}
    rows = asked["waits"].set_index("outcome")[["requests", "median_days", "slowest"]]
    assert {name: tuple(row) for name, row in rows.iterrows()} == expected


def test_its_charts_bear_the_same_coverage(asked: Mapping[str, Any]) -> None:
    drawn = list(asked["charts"].glob("parquet-*.svg"))
    assert len(drawn) == 3
    assert all("Coverage: 295 requests to 56 authorities" in chart.read_text(encoding="utf-8") for chart in drawn)


def test_one_request_that_nobody_answered_breaks_nothing(tmp_path: Path) -> None:
    one = Sample()
    one.authority(1, "Ashwick Council", nation="england", regimes="FOIA, EIR", known=None)
    one.request(1, 1, "Bins", asked="2024-01-02")
    one.add("about", key="schema_version", value=SCHEMA_VERSION)
    one.add("about", key="built_at", value=BUILT_AT)
    tables = exported(one.write(tmp_path / "public.db"), tmp_path / "tables")
    told = ran(PARQUET, charts=tmp_path, WDTK_TABLES=str(tables))
    assert told["used"].empty
    assert told["counts"].to_numpy().sum() == 1
    assert "There is nothing here to count" in (tmp_path / "parquet-grounds.svg").read_text(encoding="utf-8")


def test_missing_tables_are_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"There are no tables in .*Write them with `wdtk export "):
        ran(PARQUET, WDTK_TABLES=str(tmp_path))
