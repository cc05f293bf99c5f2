"""``ADDRESS.csv``: any table, view, row, canned query or question in SQL as CSV, made of the same in JSON.

Datasette writes CSV of its own, which hands the cells over as they are; these routes come before it. All rows of a
table are read page by page, so that no more than a page of them is in memory at a time.
"""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from datasette import Response
from datasette.utils import tilde_decode

from archive_site.answers import spreadsheet
from archive_site.limits.bounds import TOO_LARGE

OWN = frozenset(
    {"_stream", "_dl", "_header", "_bom", "_trace", "_shape", "_nl", "_json", "_json_infinity", "_nocount", "_nofacet"}
)
"""Parameters of this form of an answer, and those that would give the JSON behind it another shape."""
Send = Callable[[dict[str, Any]], Awaitable[None]]
PIECE = 60_000


class BrokenError(RuntimeError):
    """A page of a long table could not be read when the first ones were sent already: the answer must not end well."""


@dataclass(kw_only=True)
class _Answer:
    """The rows at one address."""

    datasette: Any
    path: str
    asked: list[tuple[str, str]]
    most: int = field(default=0)
    """Rows of a page; halved where their texts are long."""

    async def page(self, after: str | None = None) -> tuple[int, dict[str, Any]]:
        """The status and the JSON of the rows after ``after``, as many as an answer may hold."""
        while True:
            status, told = await self._read(after)
            if status == 200 or TOO_LARGE not in str(told.get("error")) or self._rows() < 2 or "/" not in self.path[1:]:
                return status, told
            self.most = self._rows() // 2

    def _rows(self) -> int:
        return self.most or int(self.datasette.setting("max_returned_rows"))

    async def _read(self, after: str | None) -> tuple[int, dict[str, Any]]:
        more = [("_shape", "arrays"), ("_nocount", "1"), ("_nofacet", "1"), ("_json_infinity", "1")]
        more += [("_next", after)] if after else []
        given = [(name, value) for name, value in self.asked if name != "_next" or not after]
        if self.most or not any(name == "_size" for name, _ in given):
            given = [(name, value) for name, value in given if name != "_size"]
            more.append(("_size", str(self.most or "max")))
        address = f"{self.path}.json?{urlencode([*given, *more])}"
        answer = await self.datasette.client.get(address, headers={"accept-encoding": "identity"})
        if not answer.headers.get("content-type", "").startswith("application/json"):
            return answer.status_code if answer.status_code != 200 else 500, {}
        told: dict[str, Any] = answer.json()
        return answer.status_code if told.get("ok", True) else max(400, answer.status_code), told


async def csv_view(request: Any, datasette: Any, send: Send) -> Response | None:
    """The rows; ``_stream=on`` all of a table, ``_header=off`` and ``_bom=off`` without the head of the file."""
    asked = parse_qsl(request.query_string, keep_blank_values=True)
    path = "/" + request.url_vars["path"]
    given, asked = dict(asked), [pair for pair in asked if pair[0] not in OWN]
    if given.get("_stream") and (key := await _key(datasette, path)):
        asked = [*(pair for pair in asked if pair[0] not in {"_sort", "_sort_desc"}), ("_sort", key)]
    answer = _Answer(datasette=datasette, path=path, asked=asked)
    status, first = await answer.page()
    if status != 200 or "rows" not in first:
        said = first.get("error") or ("There is nothing at this address" if status == 404 else "It could not be read")
        return Response.text(f"There is no CSV of this. {said}\n", status if status >= 400 else 404)
    head = [(b"content-type", b"text/csv; charset=utf-8"), (b"content-disposition", _name(path))]
    head.append((b"cache-control", f"max-age={datasette.setting('default_cache_ttl')}".encode()))
    await send({"type": "http.response.start", "status": 200, "headers": head})
    async for piece in _pieces(_lines(answer, first, given)):
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})
    return None


async def _key(datasette: Any, path: str) -> str | None:
    """The key of the table at ``path``, by which all its rows are read, whatever the order asked for.

    Datasette goes on after the key of the last row of a page, though rows that are alike in the column that they are
    ordered by may come in falling order of their keys, so that some would be left out and others come twice.
    """
    database, _, table = path.strip("/").partition("/")
    if database not in datasette.databases or "/" in table:
        return None
    keys = await datasette.databases[database].primary_keys(tilde_decode(table))
    return keys[0] if keys else None


def _name(path: str) -> bytes:
    name = re.sub(r"[^A-Za-z0-9_-]{1,200}", "-", path.strip("/").rpartition("/")[2])[:80].strip("-") or "rows"
    return f'attachment; filename="{name}.csv"'.encode()


async def _lines(answer: _Answer, page: dict[str, Any], given: dict[str, str]) -> AsyncIterator[str]:
    labelled = [column in (page.get("expanded_columns") or ()) for column in page["columns"]]
    yield spreadsheet.MARK if given.get("_bom") != "off" else ""
    if given.get("_header") != "off":
        yield spreadsheet.row(spreadsheet.headings(page["columns"], labelled))
    while True:
        for values in page["rows"]:
            # With labels a row comes as an object.
            listed = [values[name] for name in page["columns"]] if isinstance(values, dict) else values
            yield spreadsheet.row(spreadsheet.expanded(listed, labelled))
        after = page.get("next")
        if not (after and given.get("_stream")):
            return
        status, page = await answer.page(after)
        if status != 200:
            raise BrokenError(f"{answer.path}.csv: a page after the first was answered {status}: {page.get('error')}")


async def _pieces(lines: AsyncIterator[str]) -> AsyncIterator[bytes]:
    """Lines in pieces of some size: a piece for every line would take as long again."""
    held: list[str] = []
    size = 0
    async for line in lines:
        held.append(line)
        size += len(line)
        if size > PIECE:
            yield "".join(held).encode("utf-8", "replace")
            held, size = [], 0
    yield "".join(held).encode("utf-8", "replace")
