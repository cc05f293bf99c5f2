"""What a question in SQL may do: read the tables, within so much memory, and so that the time limit can end it.

Datasette ends a question between two steps of SQLite's machine. A single step that takes long it cannot end, so that
functions which take time by the product of two lengths stand here in a form that takes it by their sum, or are not to
be had.
"""

import contextlib
import math
import re
import sqlite3
import threading
import time
import weakref
from collections.abc import Callable
from typing import Any

MEGABYTE = 1_000_000
LONGEST_VALUE = 24 * MEGABYTE
"""Octets of a text or of a row; more than any page of a document has, which is read up to 20 million characters."""
LARGEST_ANSWER = 32 * MEGABYTE
"""Octets of all the values of an answer."""
MOST_MEMORY = 384 * MEGABYTE
"""Octets that SQLite may hold for all questions at a time; sorting is done within it and never on the disk."""
LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: LONGEST_VALUE,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 20_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 300,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 100,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 300,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 250_000,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 100,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
}
MOST_TRIMMED = 1_000
MOST_CALLS = 800
"""Functions that the text of a question may call, since nothing ends it between two of them in one row."""
DEAR = {"like": 40, "glob": 40, "format": 2, "printf": 2}
"""Functions that count for several, by the time that they may take."""
PAUSE = 0.2
"""Seconds without a function after which another question is being prepared."""
WIDEST = 1_000_000
"""Characters that ``printf`` may be told to fill up to."""
GRACE = 0.5
"""Seconds after the time limit at which a question is ended that Datasette, which looks but seldom, has let go on."""
PRAGMAS = frozenset(
    {
        *("data_version", "database_list", "foreign_key_list", "function_list", "index_info", "index_list"),
        *("index_xinfo", "page_count", "page_size", "schema_version", "table_info", "table_xinfo"),
    }
)
"""Those that Datasette asks for itself, and full-text search; they change nothing."""
CLOSED_TABLES = frozenset({"pragma_database_list", "sqlite_stmt", "dbstat", "fts3tokenize"})
"""They tell where the file lies, what others ask, or how memory lies."""
CLOSED_FUNCTIONS = frozenset({"fts3_tokenizer", "json_patch", "load_extension", "optimize", "rtreecheck", "sqlite_log"})
"""They tell addresses in memory, load code, write to the log, or take time by the product of two lengths."""
_READING = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE})


TOO_LARGE = "the answer is larger than"
"""How the refusal of an answer begins that is larger than ``LARGEST_ANSWER``."""


class TooMuchError(sqlite3.OperationalError):
    """An answer that is larger than ``LARGEST_ANSWER``."""


def bind(connection: sqlite3.Connection, *, seconds: float) -> None:
    """Hold every question on ``connection`` within the bounds, and end it somewhat after so many seconds."""
    connection.execute(f"PRAGMA hard_heap_limit = {MOST_MEMORY}")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA query_only = 1")
    for limit, most in LIMITS.items():
        connection.setlimit(limit, most)
    for name, arguments, function in _FUNCTIONS:
        connection.create_function(name, arguments, function, deterministic=True)
    connection.row_factory = _Rows()
    calls = _Calls()
    connection.set_authorizer(calls.allowed)

    def begins(sql: str) -> None:
        if not _is_within(sql):
            calls.counted = 0
            _WATCH.begins(connection, seconds + GRACE)

    connection.set_trace_callback(begins)


def _is_within(sql: str) -> bool:
    """Whether a statement is one that another runs, as full-text search does by the hundred, and no new question.

    SQLite writes it with every line as a comment (sqlite3_trace); a text that is all comment is never run by itself.
    """
    return all(line.startswith("-- ") for line in sql.split("\n"))


class _Calls:
    """Counts the functions that the text of a question calls; SQLite asks for each while it prepares it.

    What could not be prepared never begins, so that a pause ends its count as well.
    """

    def __init__(self) -> None:
        self.counted = 0
        self._last = 0.0

    def allowed(self, action: int, first: str | None, second: str | None, where: str | None, by: str | None) -> int:
        if action == sqlite3.SQLITE_FUNCTION:
            now = time.monotonic()
            self.counted = self.counted if now - self._last < PAUSE else 0
            self._last = now
            self.counted += DEAR.get((second or "").lower(), 1)
            if self.counted > MOST_CALLS:
                self.counted = 0
                return sqlite3.SQLITE_DENY
        return allowed(action, first, second, where, by)


class _Watch:
    """One thread that ends what runs for too long. To end what has ended is to do nothing (sqlite3_interrupt)."""

    def __init__(self) -> None:
        self._running: dict[int, tuple[float, sqlite3.Connection]] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def begins(self, connection: sqlite3.Connection, seconds: float) -> None:
        """A statement begins on ``connection``, which is to end within so many seconds."""
        with self._lock:
            self._running[id(connection)] = (time.monotonic() + seconds, connection)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="sql-watch", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            time.sleep(GRACE / 2)
            with self._lock:
                late = [key for key, (end, _) in self._running.items() if end < time.monotonic()]
                ended = [self._running.pop(key)[1] for key in late]
            for connection in ended:
                with contextlib.suppress(sqlite3.ProgrammingError):  # it was closed meanwhile
                    connection.interrupt()
            del ended


_WATCH = _Watch()


def allowed(action: int, first: str | None, second: str | None, _: str | None, __: str | None) -> int:
    """Whether a statement may do one thing, as SQLite asks while it prepares it."""
    if action in _READING or (action == sqlite3.SQLITE_READ and first not in CLOSED_TABLES):
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() not in CLOSED_FUNCTIONS:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_PRAGMA and (first or "").lower() in PRAGMAS:
        return sqlite3.SQLITE_OK
    # SQLite reads the columns of a virtual table as though it wrote them into the schema; the file stays as it is.
    if action == sqlite3.SQLITE_UPDATE and first == "sqlite_master":
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


class _Rows:
    """Makes the rows of answers, and ends one that grows too large."""

    def __init__(self) -> None:
        self._cursor: Callable[[], object] = lambda: None
        self._octets = 0

    def __call__(self, cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> sqlite3.Row:
        if self._cursor() is not cursor:
            self._cursor, self._octets = weakref.ref(cursor), 0
        self._octets += sum(len(value) for value in values if isinstance(value, str | bytes))
        if self._octets > LARGEST_ANSWER:
            raise TooMuchError(f"{TOO_LARGE} {LARGEST_ANSWER // MEGABYTE} MB; ask for fewer rows or shorter texts")
        return sqlite3.Row(cursor, values)


def _instr(text: Any, wanted: Any) -> int | None:
    if type(text) is str and type(wanted) is str:
        return text.find(wanted) + 1
    if text is None or wanted is None:
        return None
    if isinstance(text, bytes) and isinstance(wanted, bytes):
        return text.find(wanted) + 1
    return _text(text).find(_text(wanted)) + 1


def _replace(text: Any, old: Any, new: Any) -> Any:
    if text is None or old is None:
        return None
    words, wanted = _text(text), _text(old)
    if not wanted:
        return text
    if new is None:
        return None
    other = _text(new)
    if len(words) + words.count(wanted) * (len(other) - len(wanted)) > LONGEST_VALUE:
        raise ValueError("what replace() makes is too long")
    return words.replace(wanted, other)


def _trimmed(strip: Callable[[str, str], str]) -> Callable[[Any, Any], str | None]:
    def trim(text: Any, characters: Any) -> str | None:
        if text is None or characters is None:
            return None
        if len(_text(characters)) > MOST_TRIMMED:
            raise ValueError(f"at most {MOST_TRIMMED} characters can be trimmed")
        return strip(_text(text), _text(characters)) if _text(characters) else _text(text)

    return trim


class _Printer:
    """SQLite's own ``printf``, in a database of its own, for it fills up to any width without asking anyone."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect(":memory:", check_same_thread=False)
        self._lock = threading.Lock()

    def __call__(self, *given: Any) -> str | None:
        told = str(given[:1])
        widths = [int(digits) for digits in _DIGITS.findall(told)]
        if "*" in told:
            widths += [int(one) for one in given[1:] if isinstance(one, int | float) and abs(one) < math.inf]
        if any(abs(width) > WIDEST for width in widths):
            raise ValueError(f"printf fills up to {WIDEST} characters")
        places = ", ".join("?" * len(given))
        with self._lock:
            made: str | None = self._connection.execute(f"SELECT printf({places})", given).fetchone()[0]
        return made


_DIGITS = re.compile(r"\d{1,18}")


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


_FUNCTIONS: tuple[tuple[str, int, Callable[..., Any]], ...] = (
    ("format", -1, _Printer()),
    ("instr", 2, _instr),
    ("printf", -1, _Printer()),
    ("replace", 3, _replace),
    ("trim", 2, _trimmed(str.strip)),
    ("ltrim", 2, _trimmed(str.lstrip)),
    ("rtrim", 2, _trimmed(str.rstrip)),
)
