"""Tables as Parquet: typed, zstd, with statistics of every column in row groups that follow the order of the rows."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from scraper.errors import WdtkError
from scraper.exporting.parts import Part
from scraper.exporting.sink import Sink
from scraper.exporting.snapshot import Rows
from scraper.exporting.values import READ, read
from scraper.publishing.schema.model import Column

_ROWS = 122_880
"""Most rows in a row group: as many as DuckDB takes at once; Polars and Spark do well with them too."""
_BYTES = 64 << 20
"""Most bytes of values in one, so that texts of letters stay out of memory too."""
_SMALL = frozenset({"year", "first_year", "last_year"})


@cache
def arrow() -> Any:
    """pyarrow with its Parquet part; WdtkError where it is not installed. It is loaded only where it is used."""
    try:
        module = import_module("pyarrow")
        import_module("pyarrow.parquet")
    except ImportError as error:
        raise WdtkError(
            f"Parquet needs pyarrow, which is not installed ({error}). Run `.venv/bin/pip install -e '.[export]'` "
            "in the checkout, or write CSV, which needs nothing more: --format csv."
        ) from error
    return module


class ParquetFile:
    """One file of one table, row group by row group into ``sink``; ``told`` goes into its metadata."""

    def __init__(self, sink: Sink, part: Part, told: Mapping[str, str]) -> None:
        self.unreadable: Counter[str] = Counter()
        self._part = part
        self._schema = schema(part, told)
        self._writer = arrow().parquet.ParquetWriter(
            sink, self._schema, compression="zstd", version="2.6", write_page_index=True, write_page_checksum=True
        )
        self._waiting: list[Any] = []
        self._rows = self._bytes = 0

    def write(self, rows: Rows) -> None:
        """Add rows, each with a value for every column of the part."""
        columns = zip(self._part.columns, self._schema, zip(*rows, strict=True), strict=True)
        arrays = [self._array(column, field.type, values) for column, field, values in columns]
        batch = arrow().record_batch(arrays, schema=self._schema)
        self._waiting.append(batch)
        self._rows += batch.num_rows
        self._bytes += batch.nbytes
        if self._rows >= _ROWS or self._bytes >= _BYTES:
            self._put()

    def close(self) -> None:
        """Write what waits and the end of the file; the sink stays open."""
        if self._waiting:
            self._put()
        self._writer.close()

    def _put(self) -> None:
        # One dictionary for a row group, or its words would be written out in full.
        table = arrow().Table.from_batches(self._waiting, schema=self._schema).unify_dictionaries()
        self._writer.write_table(table, row_group_size=max(self._rows, 1))
        self._waiting = []
        self._rows = self._bytes = 0

    def _array(self, column: Column, kind: Any, values: Sequence[Any]) -> Any:
        pa = arrow()
        if column.holds == "word":
            return pa.array(values, pa.string()).dictionary_encode()
        if column.holds not in READ:
            return pa.array(values, kind)
        try:
            return pa.array(values, pa.string()).cast(kind)
        except pa.ArrowInvalid:  # one of them is no day or moment: look at each
            read_one_by_one, wrong = read(column.holds, values)
            self.unreadable[f"{self._part.name}.{column.name}"] += wrong
            return pa.array(read_one_by_one, pa.string()).cast(kind)


def schema(part: Part, told: Mapping[str, str]) -> Any:
    """The Arrow schema of a table: types, which columns may be NULL, and what each holds.

    Descriptions stand at the fields, for Arrow, and once more in the metadata of the file as JSON, for all others.
    """
    pa = arrow()
    fields = [
        pa.field(
            column.name,
            _kind(column),
            nullable=not (column.required or column.name in part.table.key),
            metadata={"description": column.description},
        )
        for column in part.columns
    ]
    described = {column.name: column.description for column in part.columns}
    of_table = {"table": part.name, "description": part.table.description, "columns": json.dumps(described)}
    return pa.schema(fields, metadata={f"wdtk.{key}": value for key, value in {**of_table, **told}.items()})


def _kind(column: Column) -> Any:
    pa = arrow()
    if column.type == "INTEGER":
        # Flags and years are small; numbers of the site and sums may be of any size.
        return pa.int32() if column.check or column.name in _SMALL else pa.int64()
    if column.type == "REAL":
        return pa.float64()
    kinds = {"word": pa.dictionary(pa.int32(), pa.string()), "day": pa.date32(), "moment": pa.timestamp("us", tz="UTC")}
    return kinds.get(column.holds, pa.string())
