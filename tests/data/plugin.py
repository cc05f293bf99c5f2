"""The modules of the site's plugin, which lie outside the packages because Datasette loads them by path."""

import importlib
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2] / "data" / "site" / "plugins"))


def module(name: str) -> Any:
    """A module of the plugin, such as ``marks``."""
    return importlib.import_module(f"archive_site.{name}")
