"""How a table of the public database is described: one description gives the SQL, the metadata and the dictionary."""

from dataclasses import dataclass, field
from typing import Literal

ColumnType = Literal["TEXT", "INTEGER", "REAL"]
Holds = Literal["value", "word", "day", "moment", "prose"]
"""What a TEXT column holds: one of few words that come again and again, a day (2024-03-01), a moment with its offset
from UTC (2024-03-01T09:00:00Z), words that somebody wrote (of a letter, or the name of a file), or something else.
Prose leaves the database in an export only where it is asked for."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: what it holds, and where it points."""

    name: str
    type: ColumnType
    description: str
    required: bool = False
    references: str | None = None
    """``table.column`` of the row it points to."""
    check: str | None = None
    """The closed list of values, as SQL text after ``IN``; never made from data."""
    holds: Holds = "value"


@dataclass(frozen=True, kw_only=True)
class Index:
    """An index beyond those that keys and foreign keys get by themselves.

    One by a column with few values ends in the key where that is a text: the pages of a table are in the order of its
    key, and SQLite would else go through all of it until it has met enough rows of the value.
    """

    columns: tuple[str, ...]
    where: str | None = None


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table and how Datasette shows it."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    unique: tuple[tuple[str, ...], ...] = ()
    indexes: tuple[Index, ...] = ()
    label: str | None = None
    """The column that stands for the row where another table points to it."""
    facets: tuple[str, ...] = ()
    sort: str | None = None
    sort_desc: str | None = None
    exported: bool = True
    """False where it only says again what other tables do, so that no export needs it."""


LAW_OF_SECTION = """
LEFT JOIN provisions AS p ON p.id = (
  SELECT id FROM provisions AS q WHERE q.regime = u.regime AND q.provision = u.section
  ORDER BY q.in_force_from DESC LIMIT 1)
"""
"""Joins ``p``, the newest version of the section that a row ``u`` of a summary is about."""


@dataclass(frozen=True, kw_only=True)
class View:
    """One view: a question already asked of the tables."""

    name: str
    description: str
    columns: tuple[tuple[str, str], ...]
    """Name and description, in order."""
    sql: str
    """The SELECT of the view."""
    facets: tuple[str, ...] = field(default=())
    hidden: bool = False
    """Left out of the site's lists: nobody need read it."""


def text(
    name: str, description: str, *, required: bool = False, to: str | None = None, check: str | None = None
) -> Column:
    """A TEXT column; ``to`` is the ``table.column`` it points to."""
    holds: Holds = "word" if check else "value"
    return Column(
        name=name, type="TEXT", description=description, required=required, references=to, check=check, holds=holds
    )


def word(name: str, description: str, *, required: bool = False) -> Column:
    """A TEXT column of few different words."""
    return Column(name=name, type="TEXT", description=description, required=required, holds="word")


def day(name: str, description: str, *, required: bool = False) -> Column:
    """A TEXT column of days."""
    return Column(name=name, type="TEXT", description=description, required=required, holds="day")


def moment(name: str, description: str, *, required: bool = False) -> Column:
    """A TEXT column of moments."""
    return Column(name=name, type="TEXT", description=description, required=required, holds="moment")


def prose(name: str, description: str, *, required: bool = False) -> Column:
    """A TEXT column of words that somebody wrote."""
    return Column(name=name, type="TEXT", description=description, required=required, holds="prose")


def integer(
    name: str, description: str, *, required: bool = False, to: str | None = None, check: str | None = None
) -> Column:
    """An INTEGER column; ``to`` is the ``table.column`` it points to."""
    return Column(name=name, type="INTEGER", description=description, required=required, references=to, check=check)


def real(name: str, description: str, *, required: bool = False) -> Column:
    """A REAL column."""
    return Column(name=name, type="REAL", description=description, required=required)


def quoted(name: str) -> str:
    """A name as an SQL identifier; names come from the schema, never from data."""
    return '"' + name.replace('"', '""') + '"'


def create_table(table: Table) -> str:
    """The CREATE TABLE of ``table``: STRICT, with its keys and foreign keys."""
    lines = [_column_sql(column, alone=table.key == (column.name,)) for column in table.columns]
    if len(table.key) > 1:
        lines.append(f"PRIMARY KEY ({_listed(table.key)})")
    lines += [f"UNIQUE ({_listed(columns)})" for columns in table.unique]
    body = ",\n  ".join(lines)
    return f"CREATE TABLE {quoted(table.name)} (\n  {body}\n) STRICT"


def create_indexes(table: Table) -> list[str]:
    """The CREATE INDEX statements of ``table``; every foreign key column leads one, a key or a UNIQUE."""
    asked = list(table.indexes)
    leading = {index.columns[0] for index in asked if index.where is None}
    leading |= {table.key[0]} | {columns[0] for columns in table.unique}
    pointing = [column.name for column in table.columns if column.references and column.name not in leading]
    asked += [Index(columns=(name,)) for name in pointing]
    return [_index_sql(table.name, index) for index in asked]


def create_view(view: View) -> str:
    """The CREATE VIEW of ``view``, with the names that its description gives."""
    names = _listed(tuple(name for name, _ in view.columns))
    return f"CREATE VIEW {quoted(view.name)} ({names}) AS\n{view.sql.strip()}"


def _column_sql(column: Column, *, alone: bool) -> str:
    parts = [quoted(column.name), column.type]
    if alone:
        parts.append("PRIMARY KEY")
    if column.required or alone:
        parts.append("NOT NULL")
    if column.check:
        parts.append(f"CHECK ({quoted(column.name)} IN ({column.check}))")
    if column.references:
        table, name = column.references.split(".")
        parts.append(f"REFERENCES {quoted(table)}({quoted(name)})")
    return " ".join(parts)


def _index_sql(table: str, index: Index) -> str:
    name = f"{table}_{'_'.join(index.columns)}"
    where = f" WHERE {index.where}" if index.where else ""
    return f"CREATE INDEX {quoted(name)} ON {quoted(table)} ({_listed(index.columns)}){where}"


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(quoted(name) for name in names)
