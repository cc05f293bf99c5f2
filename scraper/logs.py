"""A log for programs: one JSON object a line, with the time, the level, the event and its fields.

Nothing of a letter, no name and no address goes into it: of an event only numbers and words of closed vocabularies
are written, and of any other line of the program only where it comes from, its wording without what was filled in,
and the kind of error. What a person needs to read in full stays on standard error.
"""

import json
import logging
import logging.handlers
import os
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from scraper.errors import WdtkError

Level = str
LEVELS = ("debug", "info", "warning", "error")
Field = int | float | bool | str | None
_OWN = ("scraper", "parsers")
_FIELDS = "wdtk_fields"
_WORD = re.compile(r"[A-Za-z0-9_.:,+ /-]{0,80}")
_FILLED_IN = re.compile(r"%(\([a-z_]+\))?[-#0 +]*[0-9.]*[a-zA-Z]")
events = logging.getLogger("scraper.event")


@dataclass(frozen=True, kw_only=True)
class LogSettings:
    """The table [log] of wdtk.toml."""

    file: Path | None = None
    level: Level = "info"
    megabytes: int = 10
    """A file is put aside when it is this long."""
    keep: int = 5
    """So many are kept aside."""


def event(name: str, /, **fields: Field | Mapping[str, int]) -> None:
    """Log an event. Fields are numbers, or words that this program chose; never words of the site."""
    events.info("%s", name, extra={_FIELDS: fields})


class Lines(logging.Formatter):
    """Records as lines of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """One object; keys ``time`` (UTC, milliseconds), ``level``, ``event``, and the fields."""
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        head = {"time": f"{stamp}.{int(record.msecs):03}Z", "level": record.levelname.lower()}
        fields = getattr(record, _FIELDS, None)
        body = _event(record, fields) if isinstance(fields, dict) else _line(record)
        return json.dumps(head | body, ensure_ascii=True)


def _event(record: logging.LogRecord, fields: Mapping[str, Any]) -> dict[str, Any]:
    return {"event": record.getMessage(), **{name: _safe(value) for name, value in fields.items()}}


def _line(record: logging.LogRecord) -> dict[str, Any]:
    """Where a line comes from and how it is worded; nothing of what was filled in."""
    body: dict[str, Any] = {"event": "line", "where": f"{record.name}.{record.funcName}"}
    if record.name.split(".")[0] in _OWN and isinstance(record.msg, str):
        body["wording"] = _FILLED_IN.sub("…", record.msg)
    if record.exc_info and record.exc_info[0]:
        body["error"] = record.exc_info[0].__name__
    return body


def _safe(value: object) -> object:
    """Numbers as they are, words of ours as they are, counts by name; everything else by its type alone."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {name: count for name, count in value.items() if isinstance(count, int) and _WORD.fullmatch(str(name))}
    return value if isinstance(value, str) and _WORD.fullmatch(value) else type(value).__name__


@contextmanager
def logging_to(settings: LogSettings) -> Iterator[None]:
    """Write to the file while the block lasts; nothing where no file is named. WdtkError where it cannot be written."""
    if settings.file is None:
        yield
        return
    handler = _handler(settings, settings.file)
    handler.setFormatter(Lines())
    handler.setLevel(settings.level.upper())
    root, own = logging.getLogger(), [logging.getLogger(name) for name in _OWN]
    before = [logger.level for logger in own]
    for other in root.handlers:  # what is not for people must not reach them because this file wants it
        if other.level == logging.NOTSET:
            other.setLevel(root.level)
    root.addHandler(handler)
    for logger in own:
        logger.setLevel(min(handler.level, root.level))
    try:
        yield
    finally:
        root.removeHandler(handler)
        handler.close()
        for logger, level in zip(own, before, strict=True):
            logger.setLevel(level)


def _handler(settings: LogSettings, file: Path) -> logging.handlers.RotatingFileHandler:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        return _Rotating(
            file, maxBytes=settings.megabytes * 1_000_000, backupCount=settings.keep, encoding="utf-8", errors="replace"
        )
    except OSError as error:
        raise WdtkError(f"The log {file} cannot be written: {error.strerror}. Name another with --log.") from error


class _Rotating(logging.handlers.RotatingFileHandler):
    def emit(self, record: logging.LogRecord) -> None:
        with suppress(OSError):  # a command that this one started, or somebody else, may have put the file aside
            if self.stream and not self._is_there(self.stream):
                self.stream.close()
                self.stream = self._open()
        super().emit(record)

    def _is_there(self, stream: TextIO) -> bool:
        try:
            return os.path.samestat(os.fstat(stream.fileno()), Path(self.baseFilename).stat())
        except FileNotFoundError:
            return False

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """A log that cannot be written, as on a full disk, must not stop the work that it tells of."""

    def close(self) -> None:
        with suppress(OSError):  # as above: closing writes what is left
            super().close()
