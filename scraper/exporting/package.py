"""``datapackage.json``: the export as Data Package (version 2) describes tables, from the schema itself."""

import ast
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scraper.exporting.parts import YEAR, Part
from scraper.exporting.sink import Written
from scraper.publishing.schema.model import Column

NAME = "wdtk-archive"
TITLE = "Public Freedom of Information correspondence, read letter by letter"
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_TABLE_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
_MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
_TYPES = {"INTEGER": "integer", "REAL": "number"}
_TEXTS = {"day": "date", "moment": "datetime"}


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that is said of an export."""

    about: Mapping[str, str]
    """What the database says of itself."""
    parts: tuple[Part, ...]
    files: tuple[Written, ...]
    """Of the tables."""
    form: str
    packed: bool
    with_text: bool
    unreadable: Mapping[str, int]
    """How many values of ``table.column`` are no day or moment, and so left empty."""
    version: str

    def files_of(self, part: Part) -> list[Written]:
        """The files of one table, in order."""
        return [file for file in self.files if file.path.split("/")[1].split(".")[0] == part.name]

    def rows_of(self, part: Part) -> int:
        """How many rows the table has."""
        return sum(file.rows for file in self.files_of(part))


def described(facts: Facts) -> str:
    """The text of ``datapackage.json``. No licence is named, since none is claimed on letters."""
    about = facts.about
    told = {
        "$schema": _PROFILE,
        "name": NAME,
        "id": f"{NAME}-{facts.version}",
        "title": TITLE,
        "description": description(facts),
        "version": facts.version,
        "created": about["built_at"],
        "sources": [{"title": "WhatDoTheyKnow", "path": about.get("source", "")}],
        "keywords": ["freedom of information", "FOIA", "EIR", "FOISA", "United Kingdom"],
        "wdtk": {
            "schema_version": about["schema_version"],
            "with_text": facts.with_text,
            "coverage": {key: value for key, value in about.items() if not key.startswith("rows_in_")},
            "unreadable": dict(facts.unreadable),
        },
        "resources": [_resource(facts, part) for part in facts.parts],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def description(facts: Facts) -> str:
    """What it is, in a few sentences."""
    text = "with" if facts.with_text else "without"
    return (
        f"Tables of an archive of requests under Freedom of Information law and what authorities answered, as it stood "
        f"on {facts.about['built_at'][:10]}, {text} the text of letters. No licence is claimed on the letters. "
        "See README.md for what it covers, how grounds are counted, what is left out, and removals."
    )


def _resource(facts: Facts, part: Part) -> dict[str, Any]:
    files = facts.files_of(part)
    divided = facts.form == "parquet" and part.request is not None
    told: dict[str, Any] = {
        "name": part.name,
        "type": "table",
        "title": part.name,
        "description": part.table.description,
        "path": [file.path for file in files] if divided else files[0].path,
        "format": facts.form,
        "mediatype": _MEDIA[facts.form],
        "bytes": sum(file.size for file in files),
        "wdtk": {"rows": facts.rows_of(part), "left_out": [column.name for column in part.left_out]},
    }
    if divided:
        said = "The year in which the request was sent, 0 where it is not known: in the name of the folder alone."
        told["wdtk"]["divided_by"] = {"name": YEAR, "type": "integer", "description": said}
    else:
        told["hash"] = f"sha256:{files[0].sha256}"
    if facts.form == "csv":
        told |= {"encoding": "utf-8", "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"'}}
    if facts.packed:
        told["compression"] = "gz"
    return {**told, "schema": _schema(part)}


def _schema(part: Part) -> dict[str, Any]:
    leaving = {column.name for column in part.columns}
    told: dict[str, Any] = {
        "$schema": _TABLE_PROFILE,
        "fields": [_field(part, column) for column in part.columns],
        "primaryKey": list(part.table.key),
        "missingValues": [""],
    }
    if unique := [list(columns) for columns in part.table.unique if set(columns) <= leaving]:
        told["uniqueKeys"] = unique
    if foreign := [_foreign(part, column) for column in part.columns if column.references]:
        told["foreignKeys"] = foreign
    return told


def _field(part: Part, column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required or column.name in part.table.key:
        constraints["required"] = True
    if part.table.key == (column.name,):
        constraints["unique"] = True
    if column.check:
        constraints["enum"] = allowed(column)
    kind = _TYPES.get(column.type) or _TEXTS.get(column.holds, "string")
    told: dict[str, Any] = {"name": column.name, "type": kind, "description": column.description}
    if kind == "string" and constraints.get("required"):
        told["missingValues"] = []  # an empty text is a value where there is no NULL
    return {**told, **({"constraints": constraints} if constraints else {})}


def allowed(column: Column) -> list[str | int]:
    """The values of a closed list: texts, or the numbers 0 and 1."""
    return list(ast.literal_eval(f"[{column.check}]"))


def _foreign(part: Part, column: Column) -> dict[str, Any]:
    table, _, name = (column.references or "").partition(".")
    return {"fields": [column.name], "reference": {"resource": "" if table == part.name else table, "fields": [name]}}
