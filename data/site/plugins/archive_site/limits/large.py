"""What a page of a large table cannot be asked for: what no index answers, so that all its rows would be gone through.

Such a page is refused with a sentence that says what can be asked in its place. A table of up to ``WALKED`` rows
answers whatever it is asked, and so does a question in SQL, within its time limit.
"""

import json
from typing import Any
from urllib.parse import urlencode

from datasette.database import QueryInterrupted
from datasette.filters import Filters
from datasette.views.base import DatasetteError

from archive_site.limits import plans
from archive_site.limits.prepared import COUNTED, WALKED, PreparedDatabase

UNCOUNTED = "archive_site.uncounted"
"""Where the scope of a request says that there may be no index by which its rows could be counted."""
_TITLE = "This table is too large for that"
_MODE = "_searchmode"
_INDEXED = (
    "select distinct i.name from pragma_index_list(:table) as l, pragma_index_info(l.name) as i where i.seqno = 0"
)


async def check(datasette: Any, request: Any, database: str, table: str) -> None:
    """Raise DatasetteError where the page that ``request`` asks for has no index to go by."""
    prepared = datasette.databases[database]
    if not isinstance(prepared, PreparedDatabase):
        return
    rows = await prepared.rows(table) or 0
    await _check_through(prepared, request, table, rows)
    if rows <= WALKED:
        request.scope[UNCOUNTED] = "_where" in request.args
        return
    if _is_searched_its_own_way(request):
        raise DatasetteError(_by_search(datasette, request, table, rows), title=_TITLE, status=400)
    if words := request.args.get("_search"):
        await _check_words(datasette, prepared, table, words)
        return
    asked = _asked(request)
    clauses, params = Filters(asked, {}, None).build_where_clauses(table)
    order = _order(request)
    if "_where" in request.args or await _are_offered(prepared, table, asked):
        request.scope[UNCOUNTED] = True
        return
    if not (clauses or order):
        return
    where = f"where {' and '.join(clauses)} " if clauses else ""
    some = f"select 1 from [{table}] {where}"  # noqa: S608 - clauses of Datasette's, with parameters
    sql = f"{some}{order}limit 51"
    if clauses and await plans.goes_through(prepared.execute, some, params):
        raise DatasetteError(await _narrower(prepared, table, rows, "narrowed by that"), title=_TITLE, status=400)
    if not clauses and await plans.sorts_all(prepared.execute, sql, params):
        raise DatasetteError(await _narrower(prepared, table, rows, "sorted by that"), title=_TITLE, status=400)


async def _check_through(prepared: PreparedDatabase, request: Any, table: str, rows: int) -> None:
    """Rows of which another table says something: Datasette asks for these whether or not there is an index for it."""
    for given in request.args.getlist("_through"):
        named = _table_of(given)
        if max(rows, await prepared.rows(named) or 0) > WALKED:
            raise DatasetteError(
                f"{table} and {named} have too many rows for one to be narrowed by the other on a page. "
                "It can be asked in SQL, which may take its time.",
                title=_TITLE,
                status=400,
            )


def _table_of(given: str) -> str:
    """The table that a value of ``_through`` names, for SQLite in letters of any size; empty where it names none, of
    which Datasette speaks."""
    try:
        told = json.loads(given)
    except ValueError:
        return ""
    except RecursionError as error:
        raise DatasetteError("What is asked for with _through is nested too deeply.", status=400) from error
    return str(told.get("table", "")).lower() if isinstance(told, dict) else ""


def _is_searched_its_own_way(request: Any) -> bool:
    """Whether words are looked for in one column, in another index, or in the language of the index itself."""
    own = any(name.startswith("_search_") or name in {"_fts_table", "_fts_pk"} for name in request.args)
    return own or (request.args.get(_MODE) == "raw" and "_search" in request.args)


def _by_search(datasette: Any, request: Any, table: str, rows: int) -> str:
    words = next((request.args[name] for name in request.args if name.startswith("_search") and name != _MODE), "")
    address = datasette.urls.path(f"/search?{urlencode({'q': words})}")
    return (
        f"{table} has {rows:,} rows, too many to be searched by one column or in the language of its index. Search "
        f"knows whole words, phrases in quotation marks and beginnings of words with a star: {address}"
    )


def _asked(request: Any) -> list[tuple[str, str]]:
    """The conditions of an address, as Datasette finds them."""
    given = [(key, value) for key in request.args for value in request.args.getlist(key)]
    return sorted((key, value) for key, value in given if not (key.startswith("_") and "__" not in key))


async def _are_offered(prepared: PreparedDatabase, table: str, asked: list[tuple[str, str]]) -> bool:
    """Whether each condition is a value by which the page itself counts, and to which it links."""
    counted = [await prepared.values(table, key) for key, _ in asked]
    return bool(counted) and None not in counted


def _order(request: Any) -> str:
    for name, way in (("_sort", ""), ("_sort_desc", " desc")):
        if column := request.args.get(name):
            return f'order by "{column.replace(chr(34), chr(34) * 2)}"{way} '
    return ""


async def _narrower(prepared: PreparedDatabase, table: str, rows: int, what: str) -> str:
    indexed = sorted(str(name) for (name,) in (await prepared.execute(_INDEXED, {"table": table})).rows)
    told = f" It can be by {', '.join(indexed)}." if indexed else ""
    return (
        f"{table} has {rows:,} rows and no index by which it could be {what}: all of them would be gone through.{told} "
        "Words are found by search; anything else can be asked in SQL, which may take its time."
    )


async def _check_words(datasette: Any, prepared: PreparedDatabase, table: str, words: str) -> None:
    """Words that very many rows hold: search knows how to go about them."""
    index = await prepared.fts_table(table) or f"{table}_fts"
    count = (
        f"select count(*) from (select 1 from [{index}] where [{index}] match escape_fts(:words) limit {COUNTED + 1})"  # noqa: S608 - a name of the schema
    )
    try:
        found = (await prepared.execute(count, {"words": words})).rows[0][0]
    except QueryInterrupted:
        found = COUNTED + 1
    if found > COUNTED:
        address = datasette.urls.path(f"/search?{urlencode({'q': words})}")
        raise DatasetteError(
            f"More than {COUNTED:,} rows of {table} hold these words, too many to put in order. Search shows the best "
            f"or newest of them: {address}",
            title=_TITLE,
            status=400,
        )
