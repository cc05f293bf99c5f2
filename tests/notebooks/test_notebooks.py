"""Every notebook runs on the demo from the first cell to the last, and shows what it promises."""

import re
from pathlib import Path
from typing import Any

import jupytext
import pytest
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
FILES = sorted(NOTEBOOKS.glob("*.py"))
ON_THE_DEMO = [path for path in FILES if path.stem != "freshness"]


def outputs(notebook: Any, kind: str) -> list[str]:
    """What the cells answered with, of one kind of content."""
    found = []
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            found += [output["data"][kind]] if kind in output.get("data", {}) else []
            found += [output["text"]] if kind == "stream" and output["output_type"] == "stream" else []
    return found


def run(path: Path, public: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("WDTK_PUBLIC_DB", str(public))
    notebook = jupytext.read(path)
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": NOTEBOOKS}}).execute()
    return notebook


def test_there_is_a_notebook() -> None:
    assert FILES


def quiet(notebook: Any) -> bool:
    return "stderr" not in {output.get("name") for cell in notebook.cells for output in cell.get("outputs", ())}


def test_the_notebook_on_freshness_draws_what_is_left_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WDTK_SITE_SIZE", "500")
    notebook = run(NOTEBOOKS / "freshness.py", Path("none"), monkeypatch)
    assert len(outputs(notebook, "image/png")) == 1
    assert quiet(notebook)


@pytest.mark.parametrize("path", ON_THE_DEMO, ids=lambda path: path.stem)
def test_a_notebook_runs_on_the_demo(path: Path, demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notebook = run(path, demo / "public.db", monkeypatch)
    assert len(outputs(notebook, "image/png")) >= 3
    assert quiet(notebook)
    printed = "".join(outputs(notebook, "stream"))
    assert re.search(r"On the site: /citation/(incoming|attachment)-\d+", printed)
    assert re.search(r"At the source: http://127\.0\.0\.1:\d+/request/", printed)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_of_a_letter_is_kept_in_a_notebook(path: Path) -> None:
    assert all(not cell.get("outputs") for cell in jupytext.read(path).cells)
    assert not list(NOTEBOOKS.glob("*.ipynb"))
