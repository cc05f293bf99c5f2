"""The statements that a page runs, and what they take by themselves: plain SELECT in ``sqlite3`` on the same file."""

import asyncio
import re
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.database import Database
from datasette.utils import escape_fts

from scraper.publishing.serve import NAME, SITE

_READS = re.compile(r"(?:\s|--[^\n]{0,500}\n)*(?:select|with)\b", re.IGNORECASE)
MOST_ROWS = 2_001


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One statement with its parameters."""

    sql: str
    given: Any


class _Telling:
    """A connection, or a cursor of one, that writes down what it is asked."""

    def __init__(self, real: Any, asked: list[Statement]) -> None:
        self._real, self._asked = real, asked

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def execute(self, sql: str, given: Any = ()) -> Any:
        self._asked.append(Statement(sql=sql, given=given))
        return self._real.execute(sql, given)

    def cursor(self) -> Any:
        return _Telling(self._real.cursor(), self._asked)


class Pages:
    """The site in this process, over one database, to see what its pages ask of it."""

    def __init__(self, public: Path) -> None:
        self._asked: list[Statement] = []
        self._loop = asyncio.Runner()
        self._datasette = Datasette([], immutables=[str(public)], config_dir=SITE)
        self._loop.run(self._datasette.invoke_startup())

    def statements(self, address: str) -> tuple[Statement, ...]:
        """What the page at ``address`` asks, once everything that is kept between pages is there."""
        with _telling(self._asked):
            self._loop.run(self._datasette.client.get(address))
            self._asked.clear()
            self._loop.run(self._datasette.client.get(address))
        found = tuple(one for one in self._asked if _READS.match(one.sql))
        self._asked.clear()
        return found

    def close(self) -> None:
        """End the loop."""
        self._loop.close()


@contextmanager
def pages(public: Path) -> Iterator[Pages]:
    """The site over ``public``, whose name may be any."""
    with tempfile.TemporaryDirectory() as folder:
        named = Path(folder) / NAME
        named.symlink_to(public.resolve())
        made = Pages(named)
        try:
            yield made
        finally:
            made.close()


@contextmanager
def _telling(asked: list[Statement]) -> Iterator[None]:
    execute = Database.execute_fn

    async def telling(self: Database, function: Callable[[Any], Any]) -> Any:
        if self.name.startswith("_"):
            return await execute(self, function)
        return await execute(self, lambda connection: function(_Telling(connection, asked)))

    Database.execute_fn = telling
    try:
        yield
    finally:
        Database.execute_fn = execute


def plain(public: Path) -> sqlite3.Connection:
    """The file, opened to be read and with nothing of the site but the function that Datasette's searches name."""
    connection = sqlite3.connect(f"{public.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    connection.create_function("escape_fts", 1, escape_fts)
    return connection


def selected(connection: sqlite3.Connection, statements: tuple[Statement, ...]) -> tuple[float, float]:
    """Milliseconds of the clock and of the processor that the statements take, one after the other."""
    worked, began = time.thread_time(), time.perf_counter()
    for one in statements:
        connection.execute(one.sql, one.given).fetchmany(MOST_ROWS)
    return (time.perf_counter() - began) * 1000, (time.thread_time() - worked) * 1000
