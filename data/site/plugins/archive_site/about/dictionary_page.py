"""``/dictionary``: every table, view and column, in the words of the schema itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from datasette import Response

from archive_site.store import PUBLIC, NoArchiveError, Row, database_name, rows

COLUMNS = """
SELECT m.name AS holder, m.type AS kind, c.name, lower(c.type) AS type, c.pk, f."table" AS to_table, f."to" AS to_column
FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c
LEFT JOIN pragma_foreign_key_list(m.name) AS f ON f."from" = c.name
WHERE m.type IN ('table', 'view') ORDER BY m.name, c.cid"""


@dataclass(frozen=True, kw_only=True)
class Holder:
    """A table or a view with its columns."""

    name: str
    is_view: bool
    description: str
    columns: tuple[tuple[Row, str], ...]
    """Each column as SQLite has it, with its description."""
    prose: frozenset[str]
    """Columns of words that somebody wrote, which exports leave out unless asked for."""
    is_hidden: bool
    """Whether it has no page of its own."""
    rows: str | None
    """How many rows it has, where that was counted."""


async def holders(datasette: Any) -> list[Holder]:
    """All that is described, in the order of the schema."""
    described: Mapping[str, Any] = (datasette.metadata(database=PUBLIC) or {}).get("tables", {})
    facts = {str(fact["key"]): str(fact["value"]) for fact in await rows(datasette, "SELECT key, value FROM about")}
    found: dict[str, list[Row]] = {}
    for column in await rows(datasette, COLUMNS):
        found.setdefault(column["holder"], []).append(column)
    return [
        _holder(name, told, found[name], facts.get(f"rows_in_{name}"))
        for name, told in described.items()
        if name in found
    ]


def _holder(name: str, told: Mapping[str, Any], columns: list[Row], count: str | None) -> Holder:
    said = told.get("columns", {})
    return Holder(
        name=name,
        is_view=columns[0]["kind"] == "view",
        description=told.get("description", ""),
        columns=tuple((column, said.get(column["name"], "")) for column in columns),
        prose=frozenset(told.get("prose", ())),
        is_hidden=bool(told.get("hidden")),
        rows=count,
    )


async def dictionary_view(request: Any, datasette: Any) -> Response:
    """``/dictionary``."""
    try:
        found = await holders(datasette)
    except NoArchiveError:
        found = []
    context = {"holders": found, "database": database_name(datasette)}
    body = await datasette.render_template("dictionary.html", context, request=request, view_name="archive")
    return Response.html(body)
