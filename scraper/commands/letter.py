"""``wdtk letter``: what letters that are in no archive say, as JSON."""

import json
import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO

import click

from scraper.commands.options import verbose_option
from scraper.errors import WdtkError

if TYPE_CHECKING:
    from scraper.reading.pool import ReaderPool

CONTEXT = ("authority", "nation", "law_used", "direction", "request_date")
MOST_SHOWN = 80
MOST_BYTES = 200 * 2**20
"""Of one file, or of one line of --jsonl: as much as the reader of documents opens."""
_TOO_BIG = f"has more than {MOST_BYTES // 2**20} MB, and is not opened."


class NotReadError(Exception):
    """One letter could not be read; the message is the sentence for the person who gave it."""


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--jsonl", is_flag=True, help='Each line of the input is {"id", "text"} and maybe what is known beside.')
@verbose_option
@click.pass_context
def command(ctx: click.Context, *, files: tuple[str, ...], jsonl: bool) -> None:
    """Read letters and print what each says: one line of JSON a letter.

    FILE is text, HTML or PDF, or - for standard input. With --jsonl each line may also tell what is known of the
    letter: authority, nation, law_used, direction, request_date. What cannot be read is named on standard error,
    the others are printed all the same, and the exit code is 1.

    Example: wdtk letter reply.pdf notice.txt
    """
    from scraper.reading.pool import ReaderPool  # noqa: PLC0415 - keeps `wdtk --help` quick

    out = sys.stdout.buffer
    failed = False
    with ReaderPool() as pool:
        for name in files:
            for printed in _printed(pool, name, jsonl=jsonl):
                if isinstance(printed, NotReadError):
                    failed = True
                    click.echo(str(printed), err=True)
                else:
                    _write(out, json.dumps(printed, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    ctx.exit(1 if failed else 0)


def _write(out: BinaryIO, line: bytes) -> None:
    try:
        out.write(line)
        out.flush()
    except BrokenPipeError:
        raise  # click ends quietly: whoever read the lines wanted no more of them
    except OSError as error:
        # Python would try once more at its end, and complain in its own words.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sentence = "The output cannot be written: {}. Free some space, or send it elsewhere, and run the command again."
        raise WdtkError(sentence.format(error.strerror)) from error


Printed = dict[str, object] | NotReadError


def _printed(pool: "ReaderPool", name: str, *, jsonl: bool) -> Iterator[Printed]:
    """For each letter of a file its reading, or why there is none."""
    try:
        if name == "-":
            yield from _letters(pool, "standard input", sys.stdin.buffer, jsonl=jsonl)
        else:
            with Path(name).open("rb") as file:
                yield from _letters(pool, name, file, jsonl=jsonl)
    except OSError as error:
        yield NotReadError(f"{name}: cannot be opened ({error.strerror}).")


def _letters(pool: "ReaderPool", name: str, file: IO[bytes], *, jsonl: bool) -> Iterator[Printed]:
    if not jsonl:
        data = file.read(MOST_BYTES + 1)
        yield NotReadError(f"{name}: it {_TOO_BIG}") if len(data) > MOST_BYTES else _file(pool, name, data)
        return
    for number, line in enumerate(iter(lambda: file.readline(MOST_BYTES + 1), b""), start=1):
        if len(line) > MOST_BYTES:
            yield NotReadError(f"{name}, line {number}: it {_TOO_BIG} The lines after it were not read.")
            return
        if line.strip():
            yield _line(pool, f"{name}, line {number}", line)


def _file(pool: "ReaderPool", name: str, data: bytes) -> Printed:
    source = "stdin" if name == "standard input" else Path(name).stem
    try:
        return _reading(pool, _pages(pool, name, data), {}, source)
    except NotReadError as error:
        return NotReadError(f"{name}: {error}")


def _pages(pool: "ReaderPool", name: str, data: bytes) -> tuple[str, ...]:
    from parsers.documents.sniff import sniff  # noqa: PLC0415 - keeps `wdtk --help` quick
    from parsers.documents.text import decode  # noqa: PLC0415

    kind = sniff(data, name=name)
    if kind in {"txt", "csv", "eml"}:
        text, note = decode(data)
        if note:
            click.echo(f"{name}: {note}", err=True)
        return (text,)
    document = pool.read(data, document_type=kind)
    if document.status != "read":
        raise NotReadError(document.detail or document.status)
    if document.detail:
        click.echo(f"{name}: {document.detail}", err=True)
    return tuple(page.text for page in document.pages)


def _line(pool: "ReaderPool", where: str, line: bytes) -> Printed:
    try:
        row = _row(line)
        text = _text(row, "text")
        return _reading(pool, (text,), {key: row[key] for key in CONTEXT if key in row}, _text(row, "id"))
    except NotReadError as error:
        return NotReadError(f"{where}: {error}")


def _row(line: bytes) -> dict[str, object]:
    try:
        row = json.loads(line)
    except UnicodeDecodeError as error:
        raise NotReadError(f"byte {error.start + 1} is not UTF-8; save the file as UTF-8.") from error
    except json.JSONDecodeError as error:
        raise NotReadError(f"it is not JSON ({error.msg} at character {error.pos + 1}).") from error
    except RecursionError as error:
        raise NotReadError("its JSON is nested too deeply.") from error
    except ValueError as error:
        raise NotReadError("one of its numbers has too many digits.") from error
    if not isinstance(row, dict):
        raise NotReadError(f'it is not an object with "id" and "text", but {json.dumps(row)[:MOST_SHOWN]}.')
    return row


def _text(row: dict[str, object], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str):
        raise NotReadError(f'its "{key}" is {"missing" if key not in row else "not text"}.')
    return value.encode("utf-8", "replace").decode("utf-8")


def _reading(pool: "ReaderPool", pages: tuple[str, ...], known: dict[str, object], source: str) -> dict[str, object]:
    from parsers.letters.reading import reading_as_json  # noqa: PLC0415 - keeps `wdtk --help` quick
    from parsers.letters.records import LetterContext  # noqa: PLC0415
    from scraper.reading.pool import LostError  # noqa: PLC0415
    from scraper.reading.strict import BadShapeError, load  # noqa: PLC0415

    try:
        context = load(LetterContext, known)
        if context.request_date is not None:
            date.fromisoformat(context.request_date)
        return reading_as_json(pool.read_letter(pages, context=context), id=source)
    except BadShapeError as error:
        raise NotReadError(f"{str(error).removeprefix('LetterContext.')}.") from error
    except ValueError as error:
        raise NotReadError(f"request_date is not a day such as 2026-01-31 ({error}).") from error
    except LostError as lost:
        raise NotReadError(lost.detail) from lost
