"""How SQLite would go about a question, asked before it is run: by an index, or through all the rows of a table."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

Execute = Callable[..., Awaitable[Any]]
_THROUGH = re.compile(r"SCAN (?!CONSTANT|\(subquery|json_each)(?P<what>\S+)(?P<how>.*)")
_SORTED = "USE TEMP B-TREE FOR ORDER BY"


async def steps(execute: Execute, sql: str, params: Any) -> tuple[str, ...]:
    """The steps, as EXPLAIN QUERY PLAN has them."""
    found = await execute(f"explain query plan {sql}", params)
    return tuple(str(row[3]) for row in found.rows)


async def goes_through(execute: Execute, sql: str, params: Any) -> bool:
    """Whether the question goes through all rows of a table, or of an index."""
    told = await steps(execute, sql, params)
    return bool(told) and any(map(_through, told))


async def sorts_all(execute: Execute, sql: str, params: Any) -> bool:
    """Whether it goes through all rows of a table and then sorts what it found."""
    told = await steps(execute, sql, params)
    return any(map(_through, told)) and any(_SORTED in step for step in told)


def _through(step: str) -> bool:
    match = _THROUGH.match(step)
    return match is not None and "VIRTUAL TABLE INDEX" not in match["how"]
