"""Answers as text to copy, which mostly goes into a spreadsheet: what that could run is written as text."""

from collections.abc import Sequence
from typing import Any

from datasette_copyable import render_copyable  # type: ignore[import-untyped] # it has no types

from archive_site.answers.spreadsheet import plain


def renderer() -> dict[str, Any]:
    """The output renderer, in place of the one that hands cells over as they are."""
    return {"extension": "copyable", "render": copyable}


async def copyable(
    rows: Sequence[Any],
    columns: Sequence[str],
    request: Any,
    datasette: Any,
    database: str,
    table: str,
    query_name: str,
) -> Any:
    """The page of ``datasette-copyable`` with every text made harmless."""
    safe = [[_cell(value) for value in row] for row in rows]
    return await render_copyable(safe, columns, request, datasette, database, table, query_name)


def _cell(value: Any) -> Any:
    return {**value, "label": plain(value["label"])} if isinstance(value, dict) else plain(value)
