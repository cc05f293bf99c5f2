"""How far long work has come: a bar on a terminal, a line a minute elsewhere."""

import sys
import time
from typing import TextIO

import click

EVERY_SECONDS = 60.0
REDRAW_SECONDS = 0.1
WIDTH = 30


class Progress:
    """Says on standard error how much of ``total`` is done; ``stream`` may be another."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._live = self._stream.isatty()
        self._label, self._total, self._done = "", 0, 0
        self._said_at = time.monotonic()

    def begin(self, label: str, total: int) -> None:
        """A new piece of work of ``total`` steps."""
        self._label, self._total, self._done = label, total, 0
        self._said_at = time.monotonic()

    def step(self) -> None:
        """One more is done."""
        self._done += 1
        if time.monotonic() - self._said_at >= (REDRAW_SECONDS if self._live else EVERY_SECONDS):
            self._say()

    def end(self) -> None:
        """The piece of work is over; clears the bar."""
        if self._live and self._total:
            self._write("\r\033[K")

    def _say(self) -> None:
        self._said_at = time.monotonic()
        total = max(self._total, self._done)
        counted = f"{self._label}: {self._done:,} of {total:,}"
        if not self._live:
            self._write(counted + "\n")
            return
        filled = WIDTH * self._done // total
        self._write(f"\r\033[K{counted} [{'#' * filled}{'.' * (WIDTH - filled)}]")

    def _write(self, text: str) -> None:
        click.echo(text, file=self._stream, nl=False)
