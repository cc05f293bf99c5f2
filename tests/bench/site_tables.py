"""The addresses of Datasette's own pages: tables, views and rows, as they come, narrowed, sorted and further on."""

import sqlite3
from collections.abc import Sequence
from urllib.parse import quote, urlencode

from datasette.utils import tilde_encode

from scraper.publishing.schema.model import Table, quoted
from scraper.publishing.schema.whole import TABLES, VIEWS

LARGE = 100_000


def tables(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Pages of tables and views by what is asked of them."""
    shown = [view.name for view in VIEWS if not view.hidden]
    names = [table.name for table in TABLES]
    grown = {name: _count(connection, name) for name in names}
    first = sorted(names, key=lambda name: -grown[name])[:12]
    of_requests = [f"/public/requests?{urlencode(given)}" for given in _narrowed(connection)]
    texts = [("requests", "title"), ("messages", "text"), ("citations", "quote"), ("attachments", "name")]
    return {
        "database": ["/public"],
        "table": [f"/public/{name}" for name in names],
        "view": [f"/public/{name}" for name in shown],
        "table, by a column": [
            f"/public/{table.name}?{quote(facet)}={quote(str(value))}"
            for table in TABLES if table.name in {*first, "requests"}
            for facet in table.facets for value in _values(connection, table.name, facet)
        ],
        "requests, narrowed": of_requests,
        "table, words in a column": [
            f"/public/{table}?{column}__contains={words}"
            for table, column in texts for words in ("council", "zyxwvut")
        ],
        "table, words searched for": [
            f"/public/{table}?_search={words}" for table in ("requests", "messages", "pages")
            for words in ("information", "helicopter", "zyxwvut")
        ],
        "table, counted by a column": [
            f"/public/{name}?_facet={quote(column)}" for name in first[:6] for column in _columns(connection, name)[1:6]
        ],
        "table, sorted": [
            f"/public/{name}?{way}={quote(column)}" for name in (*first[:5], "requests")
            for column in _columns(connection, name) for way in ("_sort", "_sort_desc")
        ],
        "table, a later page": [_later(connection, table) for table in TABLES if table.name in first],
        "view, a later page": [f"/public/{name}?_next={skipped}" for name in shown for skipped in (100, 5_000)],
        "view, by a column": [
            f"/public/{view.name}?{urlencode({facet: value})}" for view in VIEWS if not view.hidden
            for facet in view.facets for value in _values(connection, view.name, facet)[:1]
        ],
        "view, sorted": [
            f"/public/{view.name}?_sort_desc={name}" for view in VIEWS if not view.hidden
            for name, _ in view.columns if name in {"requests", "year", "authority", "working_days"}
        ],
        "table as JSON": [f"/public/{name}.json?_shape=array" for name in first],
        "table as CSV": [f"/public/{name}.csv?_size=100" for name in first],
        "table as a feed": ["/public/requests.atom", "/public/requests.atom?authority_id=1", "/public/changes.atom"],
    }  # fmt: skip


def rows(connection: sqlite3.Connection, requests: Sequence[int]) -> dict[str, list[str]]:
    """Pages of rows: of every table the first and one in the middle, and the requests."""
    found = [f"/public/requests/{one}" for one in requests]
    for table in TABLES:
        count = _count(connection, table.name)
        for place in {0, count // 2 if count < LARGE else LARGE // 2} if count else ():
            keys = ", ".join(map(quoted, table.key))
            sql = f"SELECT {keys} FROM {quoted(table.name)} LIMIT 1 OFFSET ?"  # noqa: S608 - names of the schema
            key = connection.execute(sql, [place]).fetchone()
            found.append(f"/public/{table.name}/" + ",".join(tilde_encode(str(part)) for part in key))
    return {"row": found, "row as JSON": [f"{one}.json" for one in found[:20]]}


def _count(connection: sqlite3.Connection, table: str) -> int:
    (count,) = connection.execute("SELECT value FROM about WHERE key = ?", [f"rows_in_{table}"]).fetchone() or (0,)
    return int(count)


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", [table])]


def _values(connection: sqlite3.Connection, table: str, column: str) -> list[str]:
    """Of the values in some thousands of rows the most frequent and the rarest."""
    some = f"SELECT {quoted(column)} AS value FROM {quoted(table)} LIMIT 5000"  # noqa: S608 - names of the schema
    sql = f"SELECT value FROM ({some}) WHERE value IS NOT NULL GROUP BY value ORDER BY count(*) DESC"  # noqa: S608 - ours
    found = [str(value) for (value,) in connection.execute(sql)]
    return list(dict.fromkeys([*found[:1], *found[-1:]]))


def _narrowed(connection: sqlite3.Connection) -> list[dict[str, str]]:
    """Requests as people narrow them, and as the charts of an authority lead to them."""
    most = "SELECT id FROM authorities ORDER BY request_count DESC LIMIT 1"
    (huge,) = connection.execute(most).fetchone()
    return [
        {"authority_id": str(huge)},
        {"authority_id": str(huge), "year": "2024", "outcome_class__in": "withheld,part_withheld"},
        {"authority_id": str(huge), "timing__in": "late,overdue", "_sort_desc": "asked_on"},
        {"authority_id": str(huge), "_facet": "timing", "_sort": "title"},
        {"year": "2024"},
        {"year": "2024", "regime": "EIR"},
        {"year__gte": "2020", "outcome_class": "withheld"},
        {"late": "1"},
        {"late": "1", "_facet": "year"},
        {"law_used": "eir", "_sort_desc": "working_days_taken"},
        {"asked_on__gte": "2024-01-01", "asked_on__lt": "2024-02-01"},
        {"outcome__isnull": "1"},
    ]


def _later(connection: sqlite3.Connection, table: Table) -> str:
    """A page that begins far down in the order of the key."""
    skipped = min(_count(connection, table.name) // 2, LARGE)
    keys = ", ".join(map(quoted, table.key))
    sql = f"SELECT {keys} FROM {quoted(table.name)} ORDER BY {keys} LIMIT 1 OFFSET ?"  # noqa: S608 - names of the schema
    key = connection.execute(sql, [skipped]).fetchone()
    order = {"_sort": table.key[0]} if table.sort or table.sort_desc else {}
    given = ",".join(tilde_encode(str(part)) for part in key)
    return f"/public/{table.name}?" + urlencode({"_next": f"{given},{given}" if order else given, **order})
