"""Reading rows of the public database through Datasette, which keeps them read-only and within the time limit."""

from collections.abc import Mapping
from typing import Any

Row = Mapping[str, Any]
PUBLIC = "public"


class NoArchiveError(LookupError):
    """There is no public database behind the site."""


def database_name(datasette: Any) -> str:
    """The name of the public database: ``public``, or the only one there is."""
    names = [str(name) for name in datasette.databases if not name.startswith("_")]
    return names[0] if len(names) == 1 else PUBLIC


async def rows(datasette: Any, sql: str, **parameters: Any) -> list[Row]:
    """All rows of a query with bound parameters.

    Raises:
        NoArchiveError: Datasette was started without a public database.
        datasette.database.QueryInterrupted: it took longer than ``sql_time_limit_ms``.
    """
    database = datasette.databases.get(database_name(datasette))
    if database is None:
        raise NoArchiveError("There is no public.db here yet. Make one with: wdtk publish")
    found = await database.execute(sql, parameters)
    return [dict(row) for row in found.rows]


async def row(datasette: Any, sql: str, **parameters: Any) -> Row | None:
    """The first row, or None."""
    found = await rows(datasette, sql, **parameters)
    return found[0] if found else None


async def about(datasette: Any) -> dict[str, str]:
    """The table ``about``: what this database is."""
    return {str(fact["key"]): str(fact["value"]) for fact in await rows(datasette, "SELECT key, value FROM about")}
