"""The public database as Datasette sees it: it never changes while it is served, and its rows are counted already.

What Datasette asks of the schema on every page is asked once. What it would count is taken from ``about`` and
``value_counts``, which are made with the database; what is not there is counted by an index, and up to ``COUNTED``.
"""

import copy
import hashlib
import re
from collections.abc import Callable, Coroutine
from typing import Any

from datasette.database import Database, QueryInterrupted, Results

from archive_site.limits.plans import goes_through

COUNTED = 5_000
"""Rows up to which a large table that is narrowed is counted."""
FACETED = 2_000
"""And up to which they are counted by a column."""
SMALL = 20_000
"""Rows of a table that may be gone through as a whole."""
WALKED = 100_000
"""Rows that are gone through in about a tenth of a second, the widest among them."""
_KEPT = 2_000
"""Answers about the schema that are kept; people ask for tables of any name."""
_ABOUT = "select key, value from about where key = 'built_at' or key like 'rows_in_%'"
_COUNTS = "select of_table, of_column, value, is_number, rows from value_counts order by rows desc, value"
_TABLES = "select name from sqlite_master where type = 'table'"
_COUNT = re.compile(r"select count\(\*\) from (?P<table>\[?[\w ]{1,100}\]?) (?P<where>where .{1,20000})?", re.DOTALL)
_ONE_VALUE = re.compile(r'where "(?P<column>\w{1,100})" = :p0 ')
_PAGE = re.compile(
    r"(?P<head>select (?:\[?\w{1,100}\]?, ){0,200}\[?\w{1,100}\]? "
    r"from (?P<table>\w{1,100}) (?P<where>where .{1,20000} ))"
    r"order by (?P<order>\w{1,100}(?: desc)?) (?P<tail>limit \d{1,9})",
    re.DOTALL,
)
"""The rows of a page that is narrowed, as Datasette asks for them."""
_VIEW_PAGE = re.compile(
    r"(?P<head>select (?:\[?\w{1,100}\]?, ){0,200}\[?\w{1,100}\]? from (?P<view>\w{1,100})) "
    r"order by (?P<column>[a-zA-Z_]\w{0,99})(?P<way>(?: desc)?) (?P<part>limit \d{1,9}(?: offset \d{1,9})?)\s*"
)
"""The rows of a page of a whole view, in the order of a column; a number would be the place of one."""
_VIEW_KEYS = {
    "public_interest_delays": "request_id", "qualified_person_opinions": "request_id", "single_reviews": "review_id",
}  # fmt: skip
"""The views that have a row for each of their key, which is in one table of theirs."""
_MORE_THAN_ROWS = re.compile(r"\b(?:union|intersect|except|group|window)\b", re.IGNORECASE)
"""Only a reader's own question has such a word: it means something else in another order."""
_SCHEMA = (
    "table_exists", "table_names", "table_columns", "table_column_details", "primary_keys", "fts_table",
    "label_column_for_table", "foreign_keys_for_table", "hidden_table_names", "view_names", "get_all_foreign_keys",
    "get_table_definition", "get_view_definition",
)  # fmt: skip


class PreparedDatabase(Database):  # type: ignore[misc] # Datasette has no types
    """``Database`` over a file that nobody changes: publishing puts another in its place."""

    def __init__(self, ds: Any, path: str) -> None:
        super().__init__(ds, path, is_mutable=False)
        self._kept: dict[tuple[Any, ...], Any] = {}
        self._rows: dict[str, int] | None = None
        self._values: dict[tuple[str, str], list[tuple[str | int, int]]] = {}
        for name in _SCHEMA:
            setattr(self, name, self._once(getattr(self, name)))

    def _once(self, ask: Callable[..., Coroutine[Any, Any, Any]]) -> Callable[..., Coroutine[Any, Any, Any]]:
        """``ask`` with its answers kept; each caller has a copy of its own."""

        async def asked(*given: Any, **more: Any) -> Any:
            key = (ask.__name__, *given, *sorted(more.items()))
            if key in self._kept:
                return copy.copy(self._kept[key])
            answer = await ask(*given, **more)
            if len(self._kept) < _KEPT:
                self._kept[key] = answer
            return copy.copy(answer)

        return asked

    @property
    def hash(self) -> str:
        """Stands for the file. Datasette would read all of it."""
        return hashlib.sha256(f"{self.size} {self.mtime_ns}".encode()).hexdigest()

    async def rows(self, table: str) -> int | None:
        """How many rows a table or view has; None for one that is not described."""
        await self._prepare()
        return (self._rows or {}).get(table)

    async def values(self, table: str, column: str) -> list[tuple[str | int, int]] | None:
        """How many rows have each value of a column, the most frequent first; None where that is not prepared."""
        await self._prepare()
        return self._values.get((table, column))

    async def _prepare(self) -> None:
        if self._rows is not None:
            return
        found = {str(key): str(value) for key, value in (await super().execute(_ABOUT)).rows}
        rows = {key.removeprefix("rows_in_"): int(value) for key, value in found.items() if value.isdecimal()}
        rows["about"] = (await super().execute("select count(*) from about")).rows[0][0]
        if await self.table_exists("value_counts"):
            for table, column, value, is_number, count in (await super().execute(_COUNTS)).rows:
                if column:
                    self._values.setdefault((table, column), []).append((int(value) if is_number else value, count))
                else:
                    rows[table] = count
        self._rows = rows

    async def table_counts(self, limit: int = 10) -> dict[str, int | None]:  # noqa: ARG002 - the name is Datasette's
        """The rows of every table, as counted when it was made."""
        return {name: await self.rows(name) for name in await self.table_names()}

    async def execute(self, sql: str, params: Any = None, **more: Any) -> Any:
        """As Datasette's; a count of rows for a page is taken from what is prepared, or is bounded.

        What a reader asks in SQL is truncated, as no count for a page is: that may take its time.
        """
        counting = None if more.get("truncate") else _COUNT.fullmatch(sql)
        if counting is None:
            return await super().execute(await self._in_order(sql, params), params, **more)
        table = counting["table"].strip("[]")
        rows = await self.rows(table)
        known = rows if counting["where"] is None else await self._of_value(table, counting["where"], params)
        if known is not None:
            return Results([(known,)], truncated=False, description=(("count(*)",),))
        if counting["where"] is None or rows is None or rows <= WALKED:
            return await super().execute(sql, params, **more)
        return await self._bounded(counting.string, counting, params)

    async def _in_order(self, sql: str, params: Any) -> str:
        """The question of a page; few rows are found first and then put in order, which SQLite cannot know to be few.

        It would go through the table in that order until it has met enough of them.
        """
        if view := _VIEW_PAGE.fullmatch(sql):
            return _by_key(view)
        page = _PAGE.fullmatch(sql) if sql.startswith("select ") and " where " in sql else None
        if page is None or (await self.rows(page["table"]) or 0) <= SMALL or _MORE_THAN_ROWS.search(page["where"]):
            return sql
        some = f"select 1 from {page['table']} {page['where']}limit {COUNTED + 1}"  # noqa: S608 - as Datasette wrote it
        if await goes_through(super().execute, some, params):
            return sql
        count = (await super().execute(f"select count(*) from ({some})", params)).rows[0][0]  # noqa: S608 - as above
        return sql if count > COUNTED else f"{page['head']}order by +{page['order']} {page['tail']}"

    async def _of_value(self, table: str, where: str, params: Any) -> int | None:
        """The rows in which a column has one value, where these are counted."""
        alone = _ONE_VALUE.fullmatch(where)
        values = await self.values(table, alone["column"]) if alone else None
        return next((rows for value, rows in values or () if str(value) == str(params["p0"])), None)

    async def _bounded(self, sql: str, counting: re.Match[str], params: Any) -> Any:
        some = f"select 1 from {counting['table']} {counting['where']}"  # noqa: S608 - as Datasette wrote it
        if await goes_through(super().execute, some, params):
            raise QueryInterrupted("not counted", sql, params)
        count = f"select count(*) from ({some} limit {COUNTED + 1})"  # noqa: S608 - as Datasette wrote it
        found = await super().execute(count, params)
        if found.rows[0][0] > COUNTED:
            raise QueryInterrupted("not counted", sql, params)
        return found


def _by_key(page: re.Match[str]) -> str:
    """The question of a page of a view: its rows are found by their keys alone, and only those shown are put together.

    SQLite would join all rows with their titles and names, and then sort these.
    """
    key = _VIEW_KEYS.get(page["view"])
    if key is None:
        return page.string
    # Both must agree on the order of rows that are alike: the last one found is where the next page begins.
    order = f"order by {page['column']}{page['way']}, {key}{page['way']}"
    found = f"select {key} from {page['view']} {order} {page['part']}"  # noqa: S608 - as Datasette wrote it
    return f"{page['head']} where {key} in ({found}) {order}"


def prepare(datasette: Any, name: str) -> None:
    """Have ``datasette`` see the database ``name`` as one that is prepared."""
    database = datasette.databases[name]
    if database.path is None or isinstance(database, PreparedDatabase):
        return
    datasette.remove_database(name)
    datasette.add_database(PreparedDatabase(datasette, database.path), name=name)
