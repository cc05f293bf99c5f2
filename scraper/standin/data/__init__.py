"""Tables of invented names, topics and wordings, read once."""

import csv
import io
import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """A TOML file of this folder."""
    return tomllib.loads(_text(f"{name}.toml"))


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """A CSV file of this folder."""
    return tuple(csv.DictReader(io.StringIO(_text(f"{name}.csv"))))


def _text(name: str) -> str:
    return resources.files(__name__).joinpath(name).read_text(encoding="utf-8")
