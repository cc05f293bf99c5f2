"""The notebooks run to their end, in a kernel and as plain Python, on much, on little and on nothing."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import jupytext
import pytest
from nbclient import NotebookClient

from tests.data.sample import Sample
from tests.data.threads import sample
from tests.notebooks.running import FILES, NOTEBOOKS, ON_A_DATABASE, ran


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Databases with nothing in them, with one request that nobody answered, and of authorities of no known size."""
    folder = tmp_path_factory.mktemp("small")
    Sample(tables={"coverage": [], "requests": []}).write(folder / "empty.db")
    one = Sample()
    one.authority(1, "Ashwick Council", nation="england", regimes="FOIA, EIR", known=None)
    one.request(1, 1, "Bins", asked="2024-01-02")
    one.write(folder / "one.db")
    with closing(sqlite3.connect(sample().write(folder / "uncovered.db"))) as connection:
        connection.execute("DELETE FROM coverage")
        connection.commit()
    return folder


@pytest.mark.parametrize("path", ON_A_DATABASE, ids=lambda path: path.stem)
def test_every_question_is_asked_of_the_demo_and_drawn(path: Path, charts: Path) -> None:
    drawn = sorted(charts.glob(f"{path.stem.replace('_', '-')}-*.svg"))
    assert len(drawn) == path.read_text(encoding="utf-8").count(".show(")
    assert len(drawn) >= 2
    for chart in drawn:
        svg = chart.read_text(encoding="utf-8")
        assert "Coverage: 295 requests to 56 authorities" in svg
        assert "are all invented" in svg
        assert "nothing here to count" not in svg


@pytest.mark.parametrize("name", ["empty", "one", "uncovered"])
@pytest.mark.parametrize("path", ON_A_DATABASE, ids=lambda path: path.stem)
def test_little_or_nothing_in_the_database_breaks_no_notebook(
    path: Path, name: str, small: Path, tmp_path: Path
) -> None:
    ran(path, charts=tmp_path, WDTK_PUBLIC_DB=str(small / f"{name}.db"))
    said = {
        "empty": ["Coverage: 0 requests to 0 authorities", "There is nothing here to count."],
        "one": ["Coverage: 1 requests to 1 authorities, sent 2024-01-02", "how many the site has is not known"],
        "uncovered": ["Coverage: 10 requests to 4 authorities", "how many the site has is not known"],
    }[name]
    text = "".join(chart.read_text(encoding="utf-8") for chart in tmp_path.glob("*.svg"))
    assert [words for words in said if words not in text] == []


def test_a_missing_database_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"There is no database at .*none\.db\. Make one with `wdtk demo --no-serve`"):
        ran(ON_A_DATABASE[0], WDTK_PUBLIC_DB=str(tmp_path / "none.db"))


def test_a_database_of_another_version_is_told(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "old.db")) as connection:
        connection.execute("CREATE TABLE requests (id)")
    with pytest.raises(SystemExit, match=r"old\.db is not of this version of wdtk-archive"):
        ran(ON_A_DATABASE[0], WDTK_PUBLIC_DB=str(tmp_path / "old.db"))


def test_in_a_kernel_a_notebook_shows_tables_and_charts_with_words_for_who_cannot_see_them(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WDTK_PUBLIC_DB", str(demo / "public.db"))
    notebook = jupytext.read(NOTEBOOKS / "exemptions.py")
    NotebookClient(
        notebook, timeout=600, startup_timeout=240, kernel_name="python3", resources={"metadata": {"path": NOTEBOOKS}}
    ).execute()
    given = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    drawn = [output for output in given if "image/png" in output.get("data", {})]
    assert len(drawn) >= 4
    assert all(output["metadata"]["image/png"]["alt"].count(" of ") > 1 for output in drawn)
    assert sum("text/html" in output.get("data", {}) for output in given) >= 4
    assert not [output for output in given if output.get("name") == "stderr"]
    printed = "".join(output["text"] for output in given if output["output_type"] == "stream")
    assert "The quote stands there: True" in printed
    assert re.search(r"On the site: /citation/(incoming|attachment)-\d+", printed)
    assert re.search(r"At the source: http://127\.0\.0\.1:\d+/request/", printed)


def test_the_notebook_on_freshness_tells_what_is_left_stale() -> None:
    told = ran(NOTEBOOKS / "freshness.py", WDTK_SITE_SIZE="300")
    assert list(told["points"]["way"].unique()) == list(told["BUDGETS"])
    assert told["points"]["fresh"].between(0, 1).all()
    assert len(told["axes"].lines) == len(told["BUDGETS"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_of_a_letter_is_kept_in_a_notebook(path: Path) -> None:
    assert all(not cell.get("outputs") for cell in jupytext.read(path).cells)
    assert not list(NOTEBOOKS.glob("*.ipynb"))
