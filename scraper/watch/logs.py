"""Which file the commands write their log for programs to (``scraper.logs`` writes it)."""

import functools
import inspect
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from scraper.config import load_config
from scraper.errors import WdtkError
from scraper.logs import event, logging_to

_INHERITED = "WDTK_LOG"
"""Variable of the environment that tells a command which file the one that started it writes to."""
_F = TypeVar("_F", bound=Callable[..., Any])


@contextmanager
def logging_of(config: Path | None, given: Path | None = None) -> Iterator[None]:
    """Write to the file given, or to that of the command which started this one, or to that of wdtk.toml, or to none.

    What is started meanwhile writes to the same file.
    """
    settings, inherited = load_config(config).log, os.environ.get(_INHERITED)
    file = given or (Path(inherited) if inherited else settings.file)
    with logging_to(replace(settings, file=file)):
        if file is None:
            yield
            return
        os.environ[_INHERITED] = str(file.absolute())
        try:
            yield
        finally:
            os.environ.pop(_INHERITED)
            if inherited:
                os.environ[_INHERITED] = inherited


def log_option(function: _F) -> _F:
    """``--log FILE`` for a long job; without it, what wdtk.toml says. The command itself takes no parameter for it."""

    @functools.wraps(function)
    def logged(*arguments: Any, log: Path | None, **options: Any) -> Any:
        with logging_of(options.get("config"), log):
            return _told(function, arguments, options)

    return click.option(
        "--log",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Also write a log for programs, a line of JSON an event.  [default: as wdtk.toml says]",
    )(logged)  # type: ignore[return-value]  # the same command with one option more


def _told(function: Callable[..., Any], arguments: tuple[Any, ...], options: Mapping[str, Any]) -> Any:
    command = inspect.getmodule(function)
    name = (command.__name__ if command else "unknown").rpartition(".")[2].rstrip("_")
    begun = time.monotonic()
    event("command began", command=name)
    outcome = "failed"
    try:
        found = function(*arguments, **options)
        outcome = "done"
    except WdtkError:
        outcome = "refused or failed with a sentence"
        raise
    except KeyboardInterrupt:
        outcome = "stopped"
        raise
    except click.exceptions.Exit as ended:
        outcome = f"exit code {ended.exit_code}"
        raise
    finally:
        event("command ended", command=name, outcome=outcome, seconds=round(time.monotonic() - begun, 1))
    return found
