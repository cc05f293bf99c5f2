"""Writing rows so that what is unchanged is not touched.

Names of tables and columns in the statements come from the code of this package alone; every value is a parameter.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

Value = str | int | float | None
Row = Mapping[str, Value]


def upsert(
    connection: sqlite3.Connection,
    table: str,
    rows: Iterable[Row],
    *,
    key: Sequence[str],
    keep: Sequence[str] = (),
) -> None:
    """Insert rows, or update those whose ``key`` is there and whose other columns differ.

    All rows have the same columns in the same order. Columns in ``keep`` are written on insertion only.
    """
    clean = [{name: sound(value) for name, value in row.items()} for row in rows]
    if clean:
        connection.executemany(_upsert(table, tuple(clean[0]), tuple(key), tuple(keep)), clean)


def prune(
    connection: sqlite3.Connection,
    table: str,
    *,
    key: Sequence[str],
    kept: Iterable[Sequence[Value]],
    owner: str,
    owner_id: int,
) -> None:
    """Delete the rows of ``owner_id`` whose ``key`` is not among ``kept``.

    ``owner`` is the column that holds the owner's id.
    """
    wanted = json.dumps([[sound(value) for value in values] for values in kept])
    connection.execute(_prune(table, tuple(key), owner), {"owner": owner_id, "kept": wanted})


def store_tags(
    connection: sqlite3.Connection, table: str, owner: str, owner_id: int, tags: Sequence[tuple[str, str | None]]
) -> None:
    """Make the tags of ``owner_id`` exactly these; a plain tag has the value ``''``."""
    pairs = [(name, value or "") for name, value in tags]
    rows: list[Row] = [{owner: owner_id, "name": name, "value": value} for name, value in pairs]
    upsert(connection, table, rows, key=[owner, "name", "value"])
    prune(connection, table, key=["name", "value"], kept=pairs, owner=owner, owner_id=owner_id)


def free_name(connection: sqlite3.Connection, table: str, column: str, value: str, owner: int) -> None:
    """Take ``value`` from any row but ``owner``'s: the site has given the name to another.

    The row that had it keeps everything else and is called ``#ID`` until the site tells its new name; no name
    of the site holds a ``#``, and ``/request/ID`` leads to the page whatever it is called.
    """
    connection.execute(
        f"UPDATE {table} SET {column} = '#' || id WHERE {column} = ? AND id <> ?",  # noqa: S608 - names from code
        [value, owner],
    )


def json_list(values: Iterable[str]) -> str:
    """A list of texts as the column of a row holds it."""
    return json.dumps(list(values), ensure_ascii=False)


def sound(value: Value) -> Value:
    """The value as UTF-8 can hold it: half of a surrogate pair, which JSON may smuggle in, becomes ``U+FFFD``."""
    if not isinstance(value, str) or value.isascii():
        return value
    try:
        value.encode()
    except UnicodeEncodeError:
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value


@cache
def _upsert(table: str, columns: tuple[str, ...], key: tuple[str, ...], keep: tuple[str, ...]) -> str:
    changing = [column for column in columns if column not in key and column not in keep]
    names, values = ", ".join(columns), ", ".join(f":{column}" for column in columns)
    statement = f"INSERT INTO {table} ({names}) VALUES ({values}) ON CONFLICT ({', '.join(key)}) DO "  # noqa: S608 - see module
    if not changing:
        return statement + "NOTHING"
    settings = ", ".join(f"{column} = excluded.{column}" for column in changing)
    differs = " OR ".join(f"{table}.{column} IS NOT excluded.{column}" for column in changing)
    return f"{statement}UPDATE SET {settings} WHERE {differs}"


@cache
def _prune(table: str, key: tuple[str, ...], owner: str) -> str:
    parts = ", ".join(f"json_extract(value, '$[{number}]')" for number in range(len(key)))
    return (
        f"DELETE FROM {table} WHERE {owner} = :owner "  # noqa: S608 - see module
        f"AND ({', '.join(key)}) NOT IN (SELECT {parts} FROM json_each(:kept))"
    )
