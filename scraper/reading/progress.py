"""How far long work has come: a bar on a terminal, a line a minute elsewhere."""

import sys
import time
from typing import TextIO

import click

from scraper.watch import look


class Progress:
    """Says on standard error how much of ``total`` is done, how fast, and what remains; ``stream`` may be another."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._live = self._stream.isatty()
        self._label, self._total, self._done = "", 0, 0
        self._began = self._said_at = self._logged_at = time.monotonic()

    def begin(self, label: str, total: int) -> None:
        """A new piece of work of ``total`` steps."""
        self._label, self._total, self._done = label, total, 0
        self._began = self._said_at = self._logged_at = time.monotonic()

    def step(self, steps: int = 1) -> None:
        """One more is done, or so many."""
        self._done += steps
        now = time.monotonic()
        if now - self._logged_at >= look.ELSEWHERE_SECONDS:
            self._logged_at = now
            look.told(self._label, self._done, self._total, now - self._began)
        if now - self._said_at >= (look.TERMINAL_SECONDS if self._live else look.ELSEWHERE_SECONDS):
            self._said_at = now
            self._say(now - self._began)

    def tell(self, line: str) -> None:
        """A line of its own where there is no bar that shows as much."""
        if not self._live:
            self._write(f"{line}\n")

    def end(self) -> None:
        """The piece of work is over; clears the bar."""
        if self._live and self._total:
            self._write(look.CLEAR)

    def _say(self, seconds: float) -> None:
        said = look.line(self._label, self._done, self._total, seconds, bar=self._live)
        self._write(f"{look.CLEAR}{said}" if self._live else f"{said}\n")

    def _write(self, text: str) -> None:
        click.echo(text, file=self._stream, nl=False)
