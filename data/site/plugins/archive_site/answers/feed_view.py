"""``/public/QUERY.atom``, and the same of tables and of questions in SQL: an answer as an Atom feed."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from datasette import Response

from archive_site.answers import entries, feeds
from archive_site.links import Links
from archive_site.store import about, database_name

RISING = frozenset({("requests", "id")})
"""Numbers that the site gives as time goes on."""


def renderer() -> dict[str, Any]:
    """The output renderer, as Datasette registers it."""
    return {"extension": "atom", "render": atom, "can_render": makes_sense}


def makes_sense(
    datasette: Any, request: Any, columns: Sequence[str], query_name: str | None, table: str | None, view_name: str
) -> bool:
    """Whether a page offers its rows as a feed: a canned query always, a question in SQL where its rows have a day or a
    page, a table where its order is by a day, so that the feed tells the newest."""
    if query_name:
        return True
    if table is not None:
        order = _order(datasette, request, table)
        return view_name == "table" and (entries.is_day(order) or (table, order) in RISING)
    return any(name == "request_id" or name in entries.CITATIONS or entries.is_day(name) for name in columns)


def _order(datasette: Any, request: Any, table: str) -> str:
    """The column by which the table is shown, falling; empty where it is by none."""
    if given := request.args.get("_sort_desc"):
        return str(given)
    own = "" if request.args.get("_sort") else _told(datasette, table).get("sort_desc")
    return own or ""


def _told(datasette: Any, table: str) -> dict[str, Any]:
    tables = (datasette.metadata(database=database_name(datasette)) or {}).get("tables") or {}
    return tables.get(table) or {}


async def atom(
    datasette: Any, request: Any, columns: Sequence[str], rows: Sequence[Any], query_name: str | None, data: Any
) -> Response | None:
    """The answer to a question as a feed; a question that fails says why in words."""
    if data.get("error"):
        return Response.text(f"There is no feed of this, as the question failed. SQLite says: {data['error']}\n", 400)
    if "columns" not in data or request.url_vars.get("pks"):
        return None
    facts, links = await about(datasette), Links(datasette=datasette)
    asked, said = _asked(request, links, data, facts), await _said(datasette, query_name, data)
    return _response(feeds.feed(_feed(asked, request, columns, rows, said)), facts.get("built_at", ""))


def _asked(request: Any, links: Links, data: Any, facts: dict[str, str]) -> entries.Asked:
    given = sorted((name, value) for name, value in parse_qsl(request.query_string) if not _of_form(name))
    path = links.path(request.path).removesuffix(".atom")
    return entries.Asked(
        address=path + (f"?{urlencode(given)}" if given else ""),
        whole=lambda address: links.whole(request, address),
        lasting=links.address is not None,
        source=facts.get("source", ""),
        built_at=facts.get("built_at", ""),
        links=links,
        table=data.get("table"),
        keys=data.get("primary_keys") or (),
    )


def _of_form(name: str) -> bool:
    """Parameters that change the form of an answer and not what it says."""
    return name in {"_labels", "_size", "_nofacet", "_nocount", "_ttl", "_shape"}


def _feed(
    asked: entries.Asked, request: Any, columns: Sequence[str], rows: Sequence[Any], said: tuple[str, str]
) -> feeds.Feed:
    page = asked.whole(asked.address)
    query = f"?{request.query_string}" if request.query_string else ""
    return feeds.Feed(
        id=entries.identity(asked.address, asked),
        title=said[0],
        subtitle=f"{said[1]} {_rest(len(rows), page)}".strip(),
        here=asked.whole(asked.links.path(request.path) + query),
        page=page,
        updated=feeds.moment(asked.built_at) or "1970-01-01T00:00:00Z",
        entries=entries.entries(columns, rows, asked),
    )


def _rest(rows: int, page: str) -> str:
    """Where the rows are that are not told of."""
    if rows <= feeds.MOST:
        return ""
    return f"Here are the newest {feeds.MOST} of {rows:,} rows; {page} has them all as CSV and JSON."


async def _said(datasette: Any, query_name: str | None, data: Any) -> tuple[str, str]:
    """The title and the description of what was asked, with the values that narrow it."""
    if query_name:
        query = await datasette.get_canned_query(database_name(datasette), query_name, None) or {}
        values = [f"{name} {value}" for name, value in (data["query"].get("params") or {}).items() if value]
        narrowed = f" ({', '.join(values)})" if values else ""
        return f"{query.get('title') or query_name}{narrowed}", query.get("description") or ""
    if table := data.get("table"):
        title = f"{table} {data.get('human_description_en') or ''}".strip()
        return title, _told(datasette, table).get("description") or ""
    return "A question in SQL", data["query"]["sql"]


def _response(told: str, built_at: str) -> Response:
    octets = told.encode()
    headers = {"ETag": f'W/"{hashlib.sha256(octets).hexdigest()[:32]}"'}
    if found := feeds.moment(built_at):
        headers["Last-Modified"] = format_datetime(datetime.fromisoformat(found), usegmt=True)
    return Response(told, headers=headers, content_type=feeds.CONTENT_TYPE)
