"""Prints a table of ratios: what our code costs beside the least that could do the job.

Absolute times are the machine's; the ratio is ours. Each pair is measured in turns, so that whatever
else the machine does falls on both.
"""

import itertools
import platform
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import bs4
import click
import lxml.html
import pypdfium2

from parsers.documents.read import read_document
from parsers.documents.records import DocumentType
from parsers.letters.reading import read_letter
from parsers.wdtk.request_page import parse_request_page
from scraper.archive.database import open_archive
from tests.bench.cluster import cluster_limits
from tests.bench.crawl import crawl_limits
from tests.bench.freshness import limits as freshness_limits
from tests.bench.letters import Limit, limits
from tests.bench.ocr import ocr_limits
from tests.bench.office import LIBRARIES, laid_out
from tests.bench.pdfs import pdf_limits
from tests.bench.samples import letters, pages, pdfs

ROUNDS = 7


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table: milliseconds a piece, ours and the reference's."""

    what: str
    ours: float
    reference: float
    beside: str


def main() -> None:
    """Measure and print; ends with 1 where a limit is missed."""
    click.echo(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.machine()}\n")
    click.echo(f"{'what':42}{'ours ms':>9}{'ref. ms':>9}{'ratio':>7}  reference")
    office = (office_reading(kind) for kind in ("docx", "odt", "rtf"))
    for row in (page_parsing(), page_against_soup(), letter_reading(), pdf_reading(), *office, archive_writes()):
        ratio = row.ours / row.reference
        click.echo(f"{row.what:42}{row.ours:9.3f}{row.reference:9.3f}{ratio:7.2f}  {row.beside}")
    click.echo(f"\n{'reading letters':42}{'measured':>9}{'most':>9}")
    kept = [_shown(limit) for limit in limits()]
    click.echo(f"\n{'reading scans':42}{'measured':>9}{'most':>9}")
    kept += [_shown(limit) for limit in ocr_limits()]
    click.echo(f"\n{'reading PDFs, with the limits on':42}{'measured':>9}{'limit':>9}")
    kept += [_shown(limit) for limit in pdf_limits()]
    click.echo(f"\n{'reading on a cluster':42}{'measured':>9}{'least':>9}")
    kept += [_shown(limit) for limit in cluster_limits()]
    click.echo(f"\n{'crawling':42}{'measured':>9}{'least':>9}")
    kept += [_shown(limit) for limit in crawl_limits()]
    click.echo(f"\n{'requests for the same freshness':42}{'measured':>9}{'limit':>9}")
    kept += [_shown(limit) for limit in freshness_limits()]
    sys.exit(0 if all(kept) else 1)


def _shown(limit: Limit) -> bool:
    """Print a line, and say whether the limit is kept."""
    mark = "" if limit.kept else "  MISSED"
    click.echo(f"{limit.what:42}{limit.measured:9.3f}{limit.bound:>9}  {limit.unit}{mark}")
    return limit.kept


def timed(
    ours: Callable[[], int], reference: Callable[[], int], *, clock: Callable[[], float] = time.process_time
) -> tuple[float, float]:
    """Median milliseconds a piece of two callables, taken in turns; each returns how many pieces it did."""
    rounds = [(_once(ours, clock), _once(reference, clock)) for _ in range(ROUNDS)]
    return statistics.median(mine for mine, _ in rounds), statistics.median(other for _, other in rounds)


def _once(call: Callable[[], int], clock: Callable[[], float]) -> float:
    start = clock()
    pieces = call()
    return (clock() - start) * 1000 / pieces


def page_parsing() -> Row:
    """Request pages, beside making a tree of them and doing nothing with it."""
    sample = pages()
    ours, reference = timed(
        lambda: len([parse_request_page(page) for page in sample]),
        lambda: len([lxml.html.fromstring(page) for page in sample]),
    )
    return Row(what="a request page to records", ours=ours, reference=reference, beside="lxml tree alone")


def page_against_soup() -> Row:
    """The same pages beside BeautifulSoup's tree."""
    sample = pages()[:20]
    ours, reference = timed(
        lambda: len([parse_request_page(page) for page in sample]),
        lambda: len([bs4.BeautifulSoup(page, "lxml") for page in sample]),
    )
    return Row(what="a request page to records", ours=ours, reference=reference, beside="BeautifulSoup tree alone")


def letter_reading() -> Row:
    """Letters, beside the plainest search for a section number."""
    import re  # noqa: PLC0415 - only the reference needs it

    pattern = re.compile(r"\b[Ss]ection\s+\d+")
    sample = letters()
    ours, reference = timed(
        lambda: len([read_letter(text) for text in sample]),
        lambda: len([pattern.findall(text) for text in sample]),
    )
    return Row(what="a letter to a reading", ours=ours, reference=reference, beside="one regular expression")


def pdf_reading() -> Row:
    """PDFs, beside pypdfium2's bare text."""
    sample = pdfs()
    ours, reference = timed(
        lambda: len([read_document(data, document_type="pdf") for data in sample]),
        lambda: len([_bare_text(data) for data in sample]),
    )
    return Row(what="a PDF to pages of text", ours=ours, reference=reference, beside="pypdfium2 alone")


def _bare_text(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def office_reading(kind: DocumentType) -> Row:
    """Letters as a word processor writes them, beside a library that reads less of them."""
    sample = laid_out(kind)
    library, read = LIBRARIES[kind]
    ours, reference = timed(
        lambda: len([read_document(data, document_type=kind) for data in sample]),
        lambda: len([read(data) for data in sample]),
    )
    return Row(what=f"a letter as {kind} to pages of text", ours=ours, reference=reference, beside=library)


def archive_writes() -> Row:
    """Keeping new bodies of 4 kB for good, beside inserting each into a table and committing it for good."""
    numbers = itertools.count()
    with tempfile.TemporaryDirectory() as folder, open_archive(Path(folder) / "a", create=True) as archive:
        plain = sqlite3.connect(Path(folder) / "plain.db", isolation_level=None)
        plain.execute("CREATE TABLE bodies (body BLOB)")
        ours, reference = timed(
            lambda: len([archive.files.put(body) for body in _bodies(numbers)]),
            lambda: len([plain.execute("INSERT INTO bodies VALUES (?)", [body]) for body in _bodies(numbers)]),
            clock=time.perf_counter,
        )
        plain.close()
    return Row(what="a new body into the file store (wall)", ours=ours, reference=reference, beside="INSERT and commit")


def _bodies(numbers: Iterator[int]) -> list[bytes]:
    return [f"{next(numbers)} ".encode() * 800 for _ in range(100)]


if __name__ == "__main__":
    main()
