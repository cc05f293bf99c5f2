"""The letters that somebody gives to ``wdtk letter``: files, standard input, lines of JSON."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import IO

from parsers.letters.explained.shown import quoted
from parsers.letters.records import LetterContext
from scraper.commands.letter_inside import file_letters
from scraper.commands.letter_records import Given, NotReadError, complain
from scraper.counts import count_of
from scraper.reading.pool import ReaderPool
from scraper.reading.strict import BadShapeError, load

CONTEXT = ("authority", "nation", "law_used", "direction", "request_date")
KEYS = ("id", "text", *CONTEXT)
"""What a line of JSON may tell."""
MOST_SHOWN = 80
MOST_KEYS = 8
"""Keys of lines that are named as not used; of more only the number is told."""
MOST_BYTES = 200 * 2**20
"""Of one file, or of one line of --jsonl: as much as the reader of documents opens."""
_TOO_BIG = f"has more than {MOST_BYTES // 2**20} MB, and is not opened."


def given_letters(pool: ReaderPool, name: str, *, jsonl: bool) -> Iterator[Given | NotReadError]:
    """The letters of a file (``-`` is standard input), each or the reason why it cannot be read."""
    try:
        if name == "-":
            yield from _letters(pool, "standard input", sys.stdin.buffer, jsonl=jsonl)
        else:
            with Path(name).open("rb") as file:
                yield from _letters(pool, name, file, jsonl=jsonl)
    except IsADirectoryError:
        yield NotReadError(f"{name}: it is a folder. Name the files in it, such as {name.rstrip('/')}/*.")
    except OSError as error:
        yield NotReadError(f"{name}: cannot be opened ({error.strerror}).")


def _letters(pool: ReaderPool, name: str, file: IO[bytes], *, jsonl: bool) -> Iterator[Given | NotReadError]:
    if jsonl:
        yield from _lines(name, file)
        return
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        yield NotReadError(f"{name}: it {_TOO_BIG}")
    else:
        yield from file_letters(pool, name, data)


def _lines(name: str, file: IO[bytes]) -> Iterator[Given | NotReadError]:
    unused: Counter[str] = Counter()
    empty = True
    for number, line in enumerate(iter(lambda: file.readline(MOST_BYTES + 1), b""), start=1):
        empty = empty and not line.strip()
        if len(line) > MOST_BYTES:
            yield NotReadError(f"{name}, line {number}: it {_TOO_BIG} The lines after it were not read.")
            break
        if line.strip():
            yield _line(f"{name}, line {number}", line, unused)
    if empty:
        yield NotReadError(f"{name}: it has no line with a letter.")
    if unused:
        complain(_not_used(name, unused))


def _line(where: str, line: bytes, unused: Counter[str]) -> Given | NotReadError:
    try:
        row = _row(line)
        unused.update(key[:MOST_SHOWN] for key in row if key not in KEYS)
        known = {key: row[key] for key in CONTEXT if key in row}
        text, source = _text(row, "text"), _text(row, "id")
        return Given(id=source, where=where, title=f"{source} ({where})", pages=(text,), context=_context(known))
    except NotReadError as error:
        return NotReadError(f"{where}: {error}")


def _not_used(name: str, unused: Counter[str]) -> str:
    named = [
        f"{quoted(key, most=MOST_SHOWN)} (on {count_of(lines, 'line')})" for key, lines in unused.most_common(MOST_KEYS)
    ]
    if len(unused) > MOST_KEYS:
        named.append(count_of(len(unused) - MOST_KEYS, "other key"))
    return f"{name}: not used: {', '.join(named)}. What a line may tell is {', '.join(KEYS)}."


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


def _context(known: dict[str, object]) -> LetterContext:
    try:
        context = load(LetterContext, known)
    except BadShapeError as error:
        raise NotReadError(f"{str(error).removeprefix('LetterContext.')}.") from error
    return replace(context, request_date=_day(context.request_date)) if context.request_date is not None else context


def _day(words: str) -> str:
    try:
        return date.fromisoformat(words).isoformat()
    except ValueError as error:
        raise NotReadError(f"request_date is not a day such as 2026-01-31, but {words[:MOST_SHOWN]!r}.") from error
