"""Writing an export: the tables, their description, how they are cited, what they are, and their checksums."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Literal, Protocol

from scraper.counts import count_of
from scraper.errors import WdtkError
from scraper.exporting import citation, package, readme
from scraper.exporting.csv_out import CsvFile
from scraper.exporting.folder import MARK, SUMS, new_folder
from scraper.exporting.parquet_out import ParquetFile, arrow
from scraper.exporting.parts import YEAR, Part, parts
from scraper.exporting.sink import Sink, Written
from scraper.exporting.snapshot import Rows, Snapshot, snapshot

Form = Literal["parquet", "csv"]
_UNKNOWN = 0
"""The year where it is not known: a folder that stands for NULL keeps pandas from reading the table."""


class Teller(Protocol):
    """What is told how far the work has come; ``scraper.reading.progress.Progress`` is one."""

    def begin(self, label: str, total: int) -> None:
        """A new piece of work of ``total`` steps."""

    def step(self, steps: int = 1) -> None:
        """So many more are done."""

    def end(self) -> None:
        """The piece of work is over."""


class TableFile(Protocol):
    """One file of rows."""

    unreadable: Counter[str]

    def write(self, rows: Rows) -> None:
        """Add rows."""

    def close(self) -> None:
        """No more come."""


def _silent(line: str) -> None:
    """Nobody is told."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What was asked for."""

    form: Form
    with_text: bool = False
    packed: bool = False
    """CSV through gzip."""


@dataclass(kw_only=True)
class Made:
    """What was written."""

    files: list[Written] = field(default_factory=list)
    """Of the tables."""
    unreadable: Counter[str] = field(default_factory=Counter)
    """Values by ``table.column`` that are no day or moment, and so left empty."""

    tables: int = 0

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(file.rows for file in self.files)


def export(
    public: Path,
    place: Path,
    wanted: Wanted,
    *,
    replace: bool,
    progress: Teller,
    tell: Callable[[str], None] = _silent,
) -> Made:
    """Write the tables of ``public`` into the new folder ``place``, whole or not at all.

    ``tell`` is given a line when the tables are counted, and one when each is written.

    The same database gives the same bytes, by the same version of pyarrow. Raises WdtkError where there is no such
    database, where ``place`` may not be replaced, where the disk is full, and where pyarrow is missing.
    """
    if wanted.form == "parquet":
        arrow()
    with snapshot(public) as taken, new_folder(place, replace=replace) as folder:
        leaving = parts(with_text=wanted.with_text)
        counts = _counts(taken, leaving, progress, tell)
        made = Made()
        progress.begin("Rows", sum(counts.values()))
        for part in leaving:
            written = list(_tables(taken, folder, part, wanted, made, progress))
            if sum(file.rows for file in written) != counts[part.name]:
                raise WdtkError(f"{public} is damaged: {part.name} has other rows than it counts. Run `wdtk publish`.")
            made.files += written
            made.tables += 1
            tell(f"{part.name}: {count_of(counts[part.name], 'row')} in {count_of(len(written), 'file')}.")
        progress.end()
        _describe(folder, taken, leaving, wanted, made)
    return made


def _counts(
    taken: Snapshot, leaving: tuple[Part, ...], progress: Teller, tell: Callable[[str], None]
) -> dict[str, int]:
    """How many rows each table has; of a large database to count them takes a while too."""
    tell(f"Counting the rows of {count_of(len(leaving), 'table')}.")
    progress.begin("Tables counted", len(leaving))
    counts = {}
    for part in leaving:
        counts[part.name] = taken.count(part)
        progress.step()
    progress.end()
    return counts


def _tables(
    taken: Snapshot, folder: Path, part: Part, wanted: Wanted, made: Made, progress: Teller
) -> Iterator[Written]:
    """Write one table; gives its files, one at least, so that its columns are known."""
    divided = wanted.form == "parquet" and part.request is not None
    together = taken.years if part.request else [None]
    pieces = [[year] for year in together] if divided else [together]
    found = False
    for number, years in enumerate(pieces, start=1):
        batches = (batch for year in years for batch in taken.rows(part, year))
        first = next(batches, [])
        if not first and (found or number < len(pieces)):
            continue
        found = True
        path = _path(part, wanted, years[0], divided=divided)
        yield _table(Sink(folder, path), part, wanted, taken, made, _counted(chain([first], batches), progress))


def _table(sink: Sink, part: Part, wanted: Wanted, taken: Snapshot, made: Made, batches: Iterable[Rows]) -> Written:
    with sink:
        table = _file(sink, part, wanted, taken)
        rows = 0
        for batch in filter(None, batches):
            table.write(batch)
            rows += len(batch)
        table.close()
        made.unreadable += table.unreadable
        return sink.done(rows)


def _counted(batches: Iterable[Rows], progress: Teller) -> Iterator[Rows]:
    for batch in batches:
        yield batch
        progress.step(len(batch))


def _path(part: Part, wanted: Wanted, year: int | None, *, divided: bool) -> str:
    ending = f"{wanted.form}.gz" if wanted.packed else wanted.form
    if not divided:
        return f"tables/{part.name}.{ending}"
    return f"tables/{part.name}/{YEAR}={_UNKNOWN if year is None else year}/{part.name}.{ending}"


def _file(sink: Sink, part: Part, wanted: Wanted, taken: Snapshot) -> TableFile:
    if wanted.form == "csv":
        return CsvFile(sink, part, packed=wanted.packed)
    told = {key: taken.about.get(key, "") for key in ("schema_version", "built_at", "source")}
    return ParquetFile(sink, part, told)


def _describe(folder: Path, taken: Snapshot, leaving: tuple[Part, ...], wanted: Wanted, made: Made) -> None:
    facts = package.Facts(
        about=taken.about,
        parts=leaving,
        files=tuple(made.files),
        form=wanted.form,
        packed=wanted.packed,
        with_text=wanted.with_text,
        unreadable=dict(+made.unreadable),
        version=_version(taken.about["built_at"], made.files),
    )
    texts = {MARK: package.described(facts), "CITATION.cff": citation.cff(facts), "README.md": readme.readme(facts)}
    files = [*made.files, *(_written(folder, name, text) for name, text in texts.items())]
    _written(folder, SUMS, _sums(files))


def _written(folder: Path, name: str, text: str) -> Written:
    with Sink(folder, name) as sink:
        sink.write(text.encode("utf-8"))
        return sink.done()


def _sums(files: list[Written]) -> str:
    """As ``sha256sum -c`` reads it."""
    return "".join(f"{file.sha256}  {file.path}\n" for file in sorted(files, key=lambda file: file.path))


def _version(built_at: str, files: list[Written]) -> str:
    """The day of the database and the beginning of the hash of its tables: ``2025.7.1+0123456789ab``."""
    year, month, day = (int(part) for part in built_at[:10].split("-"))
    return f"{year}.{month}.{day}+{hashlib.sha256(_sums(files).encode()).hexdigest()[:12]}"
