"""Datasette's own pages, asked for no more than they show: a home page of its own, and answers cut at a page's end."""

from typing import Any

from datasette import Response
from datasette.database import Results
from datasette.views.database import DatabaseView
from datasette.views.index import IndexView
from datasette.views.table import TableView

from archive_site.answers.tables import within
from archive_site.store import database_name

FOUND = "archive_site.rows"
"""Where the scope of a request says how many rows its question found."""


class _Lean:
    """Datasette for one page: of the rows of an answer, those that fit on the page."""

    def __init__(self, datasette: Any, request: Any) -> None:
        self._datasette, self._request = datasette, request

    def __getattr__(self, name: str) -> Any:
        return getattr(self._datasette, name)

    async def execute(self, name: str, sql: str, params: Any = None, *, truncate: bool = False, **more: Any) -> Any:
        """As Datasette's ``execute``; what is truncated anyway is cut to what a page can hold."""
        found = await self._datasette.execute(name, sql, params, truncate=truncate, **more)
        if not truncate:
            return found
        self._request.scope[FOUND] = len(found.rows)
        return Results(list(within(found.rows)), found.truncated, found.description)


async def home_view(request: Any, datasette: Any) -> Response:
    """``/``: Datasette would ask for every table and column, of which the page shows none."""
    told = {"metadata": datasette.metadata()}
    answer: Response = await IndexView(datasette).render(["index.html"], request=request, context=told)
    return answer


async def database_view(request: Any, datasette: Any) -> Any:
    """``/public``: all of the data, or the answer to a question in SQL."""
    request.scope["url_route"] = {"kwargs": {"database": database_name(datasette), "format": None}}
    return await DatabaseView(_Lean(datasette, request)).dispatch_request(request)


async def table_view(request: Any, datasette: Any) -> Any:
    """``/public/NAME``: a table, a view or a canned query."""
    named = {"database": database_name(datasette), "table": request.url_vars["table"], "format": None}
    request.scope["url_route"] = {"kwargs": named}
    return await TableView(_Lean(datasette, request)).dispatch_request(request)
