"""How the rows of a table fall by a column: as counted when the database was made, or of few rows there and then."""

from typing import Any

from datasette.facets import ColumnFacet
from datasette.utils import path_with_added_args, path_with_removed_args

from archive_site.limits.prepared import FACETED, SMALL, PreparedDatabase


class ValueFacet(ColumnFacet):  # type: ignore[misc] # Datasette has no types
    """Datasette's counts by a column, but never of more than ``FACETED`` rows of a large table."""

    sql: str

    async def facet_results(self) -> tuple[list[dict[str, Any]], list[str]]:
        """The counts, and the columns for which there are too many rows to count."""
        database = self.ds.databases[self.database]
        names = [one["config"].get("column") or one["config"]["simple"] for one in self.get_configs()]
        if not isinstance(database, PreparedDatabase) or not names:
            return await self._counted()
        prepared = {name: await database.values(self.table, name) if self._is_whole() else None for name in names}
        told = [self._told(name, values) for name, values in prepared.items() if values is not None]
        left = [name for name in names if prepared[name] is None]
        if left and (await database.rows(self.table) or 0) <= SMALL:
            return await self._counted()
        if left and self.row_count is not None and self.row_count <= FACETED:
            # With a limit these rows are found first; else SQLite would walk the whole index of the column.
            self.sql = f"{self.sql} limit {FACETED}"
            return await self._counted()
        asked = self.request.args.getlist("_facet")
        return told, [name for name in left if name in asked]

    async def _counted(self) -> tuple[list[dict[str, Any]], list[str]]:
        """Datasette's own counting, there and then."""
        counted: tuple[list[dict[str, Any]], list[str]] = await super().facet_results()
        return counted

    def _is_whole(self) -> bool:
        """Whether the page is of the whole table, or of further rows of it."""
        return not self.params or set(self.request.args) <= {"_next", "_facet", "_sort", "_sort_desc", "_size"}

    def _told(self, column: str, values: list[tuple[str | int, int]]) -> dict[str, Any]:
        asked, size = column in self.request.args.getlist("_facet"), self.get_facet_size()
        without = path_with_removed_args(self.request, {"_facet": column})
        return {
            "name": column,
            "type": self.type,
            "hideable": asked,
            "toggle_url": self.ds.urls.path(without),
            "results": [self._value(column, value, rows) for value, rows in values[:size]],
            "truncated": len(values) > size,
        }

    def _value(self, column: str, value: str | int, rows: int) -> dict[str, Any]:
        path = path_with_added_args(self.request, {column: value, "_next": None})
        address = self.ds.absolute_url(self.request, self.ds.urls.path(path))
        return {"value": value, "label": value, "count": rows, "toggle_url": address, "selected": False}
