"""Runs notebooks as plain Python in this process, which costs a tenth of what a kernel for each would."""

import os
import runpy
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
HELPERS = ("reading", "drawing")
FILES = sorted(path for path in NOTEBOOKS.glob("*.py") if path.stem not in HELPERS)
ON_A_DATABASE = [path for path in FILES if path.stem not in ("freshness", "parquet")]


def ran(notebook: Path, *, charts: Path | None = None, **environment: str) -> Mapping[str, Any]:
    """Every name that a notebook has given by its end; it draws into the folder ``charts``, or nothing."""
    drawing = {"WDTK_CHARTS": str(charts)} if charts else {}
    with _place({"MPLBACKEND": "template", **environment, **drawing}):
        return runpy.run_path(str(notebook))


@contextmanager
def _place(environment: Mapping[str, str]) -> Iterator[None]:
    """The notebooks' folder as the one that they import from, and only there what they imported."""
    cleared = {key: value for key, value in os.environ.items() if not key.startswith("WDTK_")}
    with (
        patch.dict(os.environ, {**cleared, **environment}, clear=True),
        patch.object(sys, "path", [str(NOTEBOOKS), *sys.path]),
    ):
        try:
            yield
        finally:
            for name in HELPERS:
                sys.modules.pop(name, None)
