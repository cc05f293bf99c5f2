"""What is said where something goes wrong: what, and what to do; never where files lie or which line failed."""

import errno
import re
import sqlite3
import traceback
from collections.abc import Awaitable, Callable
from typing import Any

from datasette import Response
from datasette.database import QueryInterrupted
from datasette.views.base import DatasetteError

_TOO_MUCH = "The question needs more memory than this site gives one. Ask for fewer rows, or count instead of listing."
_NOT_HERE = "There is nothing at this address."
_JSON = "What is asked for with _through, _facet or a list is JSON, and this is not what it should be."
_IN_JSON = re.compile(r"(?:^|&)(?:_through|_facet\w{0,20}|[^=&]{1,200}__(?:not)?in)=")
"""Parameters that Datasette reads as JSON without looking what comes out."""
_NEXT = re.compile(r"(?:^|&)_next=")
_OURS = "Something went wrong here, and it is written to the site's log. The question itself may be in order."


def handler(datasette: Any, request: Any, exception: Exception) -> Callable[[], Awaitable[Response | None]]:
    """The answer to a question that SQLite or this site could not finish; None for what Datasette explains itself."""

    async def answer() -> Response | None:
        found = explained(datasette, exception, request.query_string)
        if found is None:
            return None
        status, title, said, sql = found
        if status == 500:
            traceback.print_exception(exception)
        return await _said(datasette, request, status=status, title=title, error=said, sql=sql)

    return answer


async def not_found(datasette: Any, request: Any) -> Response:
    """The answer where there is nothing to be seen."""
    return await _said(datasette, request, status=404, title="Not found", error=_NOT_HERE, sql=None)


def explained(datasette: Any, exception: BaseException, query: str = "") -> tuple[int, str, str, str | None] | None:
    """Status, title, sentence and SQL of what went wrong; None where Datasette has words of its own for it.

    ``query`` is that of the address.
    """
    if said := _misasked(exception, query):
        return 400, "This cannot be asked so", said, None
    if isinstance(exception, OSError) and exception.errno == errno.ENAMETOOLONG:
        return 404, "Not found", _NOT_HERE, None
    if hasattr(exception, "status") and not isinstance(exception.__context__, QueryInterrupted):
        return None
    return _unanswered(datasette, exception) or (500, "Something went wrong", _OURS, None)


def _misasked(exception: BaseException, query: str) -> str | None:
    """What is wrong with an address that Datasette takes for a fault of its own."""
    if isinstance(exception, DatasetteError):
        return str(exception.message) if exception.status == 500 else None
    if isinstance(exception, ValueError) and "_timelimit" in query:
        return "A time limit is a number of milliseconds."
    if isinstance(exception, ValueError) and _NEXT.search(query) and not _is_ours(exception):
        return "What comes next is asked for as the page before it says, and _next is not what any page says."
    if isinstance(exception, ValueError | KeyError | TypeError) and _IN_JSON.search(query) and not _is_ours(exception):
        return _JSON
    return None


def _is_ours(exception: BaseException) -> bool:
    frames = [frame for frame, _ in traceback.walk_tb(exception.__traceback__)]
    names = {str(frame.f_globals.get("__name__", "")) for frame in frames}
    return any(name.startswith("archive_site.") for name in names - _AROUND)


_AROUND = frozenset(
    f"archive_site.{name}"
    for name in ("hooks", "limits.large", "answers.lean", "limits.prepared", "answers.value_facets")
)
"""Modules that stand around Datasette's own: what passes through them may still be a fault of the address."""


def _unanswered(datasette: Any, exception: BaseException) -> tuple[int, str, str, str | None] | None:
    """The same of a question that SQLite did not finish."""
    cause = exception.__context__
    if isinstance(exception, QueryInterrupted) or isinstance(cause, QueryInterrupted):
        said = f"SQL was interrupted: it took longer than {datasette.setting('sql_time_limit_ms') / 1000:g} seconds."
        return 400, "The question took too long", said, str(getattr(cause or exception, "sql", "")) or None
    if isinstance(exception, MemoryError):
        return 400, "The question is too large", _TOO_MUCH, None
    if isinstance(exception, sqlite3.Error | OverflowError):
        return 400, "SQLite cannot answer this", f"SQLite says: {exception}", None
    return None


async def _said(datasette: Any, request: Any, *, status: int, title: str, error: str, sql: str | None) -> Response:
    path = request.path
    if path.endswith(".json"):
        return Response.json({"ok": False, "error": error, "status": status, "title": title}, status=status)
    if path.endswith((".csv", ".atom")):
        return Response.text(f"{title}. {error}\n", status)
    context = {"ok": False, "status": status, "title": title, "error": error, "sql": sql}
    return Response.html(await datasette.render_template("error.html", context, request=request), status=status)
