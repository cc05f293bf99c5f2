"""Writes what the schema says for its readers: ``data/site/metadata.yml`` and the dictionary in ``data/README.md``.

``python -m scraper.publishing.metadata`` writes both, and ``data/site/measures.json`` from the measured tables of that
document; a test fails while what is committed differs.

``metadata.yml`` also holds the canned queries, each from a file of ``data/site/queries``: lines ``-- title: ...`` and
``-- description: ...`` (with further ``--`` lines as its continuation), then the SQL. The name of a query is the name
of its file without a leading number (``01-most-used.sql`` is ``most-used``), and files are shown in the order of
their names. Top-level keys of ``data/site/site.yml``, such as ``title`` or ``plugins``, are taken over as they are.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import yaml

from scraper.errors import WdtkError
from scraper.publishing.measures import FILE, measures_json
from scraper.publishing.schema.model import Table, View
from scraper.publishing.schema.tables_search import SEARCHED
from scraper.publishing.schema.whole import SCHEMA_VERSION, TABLES, VIEWS

DATABASE = "public"
BEGIN, END = "<!-- dictionary: begin -->\n", "<!-- dictionary: end -->\n"
_HEADER = re.compile(r"^--\s?(?:(?P<key>[a-z_]{1,20}):\s)?(?P<value>.*)$")
_TITLE = "wdtk-archive"
PROSE = "prose"
"""How the dictionary marks a column that exports leave out unless asked for."""
_DESCRIPTION = (
    "Public Freedom of Information correspondence, read letter by letter: what was asked, what was answered, and "
    "which provisions were relied on, each with the words that say so. Names, e-mail addresses and telephone numbers "
    "are masked. No licence is claimed on the letters."
)
PROSE_SAID = (
    f"Columns marked *{PROSE}* hold words that somebody wrote: `wdtk export` leaves them out unless asked with "
    "`--with-text`."
)
_FIRST = (
    "# Written by `python -m scraper.publishing.metadata` from the schema, queries/*.sql and site.yml: change those.\n"
)


@dataclass(frozen=True, kw_only=True)
class Query:
    """A canned query as its file gives it."""

    name: str
    title: str
    description: str
    sql: str


def read_query(path: Path) -> Query:
    """The canned query in ``path``; WdtkError where it has no title, no description or no SQL."""
    lines = path.read_text(encoding="utf-8").splitlines()
    split = next((number for number, line in enumerate(lines) if not line.startswith("--")), len(lines))
    header: dict[str, list[str]] = {}
    key = ""
    for match in filter(None, map(_HEADER.match, lines[:split])):
        key = match["key"] or key
        header.setdefault(key, []).append(match["value"].strip())
    title, description = (" ".join(header.get(name, ())).strip() for name in ("title", "description"))
    sql = "\n".join(lines[split:]).strip()
    if not (title and description and sql):
        raise WdtkError(f"{path} needs the lines `-- title: ...` and `-- description: ...`, then the SQL.")
    return Query(name=re.sub(r"^\d{1,3}[-_]", "", path.stem), title=title, description=description, sql=sql)


def metadata(site: Path) -> dict[str, Any]:
    """What Datasette is told of the database that is served with the folder ``site``."""
    own = site / "site.yml"
    extra = yaml.safe_load(own.read_text(encoding="utf-8")) if own.exists() else {}
    described: dict[str, Any] = {table.name: _table(table) for table in TABLES}
    described |= {view.name: _view(view) for view in VIEWS}
    queries = [read_query(path) for path in sorted((site / "queries").glob("*.sql"))]
    shown = {query.name: {k: getattr(query, k) for k in ("title", "description", "sql")} for query in queries}
    database = {"tables": described, **({"queries": shown} if shown else {})}
    return {"title": _TITLE, "description": _DESCRIPTION, **extra, "databases": {DATABASE: database}}


def metadata_yaml(site: Path) -> str:
    """``metadata.yml`` as it is committed."""
    return _FIRST + yaml.dump(metadata(site), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)


def dictionary() -> str:
    """The data dictionary as Markdown: every table and view, every column."""
    head = f"Version {SCHEMA_VERSION} of the schema. Tables first, then views. {PROSE_SAID}\n"
    tables = [_section(table.name, table.description, _rows(table)) for table in TABLES]
    views = [
        _section(f"{view.name} (view)", view.description, [(name, "", said) for name, said in view.columns])
        for view in VIEWS
    ]
    return "\n".join([head, *tables, *views])


def with_dictionary(readme: str) -> str:
    """``readme`` with the part between its two markers replaced by the dictionary of today."""
    before, found, rest = readme.partition(BEGIN)
    _, closed, after = rest.partition(END)
    if not (found and closed):
        raise WdtkError(f"data/README.md has lost the markers {BEGIN.strip()} and {END.strip()}.")
    return f"{before}{BEGIN}\n{dictionary()}\n{END}{after}"


def _table(table: Table) -> dict[str, Any]:
    shown: dict[str, Any] = {"description": table.description}
    if table.label:
        shown["label_column"] = table.label
    if table.sort:
        shown["sort"] = table.sort
    if table.sort_desc:
        shown["sort_desc"] = table.sort_desc
    if table.facets:
        shown["facets"] = list(table.facets)
    if table.name in SEARCHED:
        shown |= {"fts_table": f"{table.name}_fts", "fts_pk": "rowid"}
    if written := [column.name for column in table.columns if column.holds == PROSE and table.exported]:
        shown[PROSE] = written
    return shown | {"columns": {column.name: column.description for column in table.columns}}


def _view(view: View) -> dict[str, Any]:
    facets = {"facets": list(view.facets)} if view.facets else {}
    hidden = {"hidden": True} if view.hidden else {}
    return {"description": view.description, **facets, **hidden, "columns": dict(view.columns)}


def _rows(table: Table) -> list[tuple[str, str, str]]:
    return [(column.name, _kind(table, column.name), column.description) for column in table.columns]


def _kind(table: Table, name: str) -> str:
    column = next(column for column in table.columns if column.name == name)
    key = "key" if name in table.key else ""
    points = f"→ {column.references}" if column.references else ""
    written = f"*{PROSE}*" if column.holds == PROSE and table.exported else ""
    return ", ".join(part for part in (column.type.lower(), key, points, written) if part)


def _section(title: str, description: str, rows: list[tuple[str, str, str]]) -> str:
    lines = [f"| {name} | {kind} | {said} |" for name, kind, said in rows]
    return "\n".join(
        [f"### {title}", "", description, "", "| Column | Type | What it holds |", "|---|---|---|", *lines, ""]
    )


class _Dumper(yaml.SafeDumper):
    """Writes SQL as a block, so that it reads as SQL."""


def _string(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


_Dumper.add_representer(str, _string)


@click.command()
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), default=Path("data"), show_default=True)
def main(data: Path) -> None:
    """Write data/site/metadata.yml, the dictionary in data/README.md, and data/site/measures.json."""
    site, readme = data / "site", data / "README.md"
    site.mkdir(parents=True, exist_ok=True)
    (site / "metadata.yml").write_text(metadata_yaml(site), encoding="utf-8")
    readme.write_text(with_dictionary(readme.read_text(encoding="utf-8")), encoding="utf-8")
    (site / FILE).write_text(measures_json(readme), encoding="utf-8")
    click.echo(f"Wrote {site / 'metadata.yml'}, {site / FILE} and {readme}")


if __name__ == "__main__":
    main()
