"""Failures that a person must act on. The message is the sentence they read."""

import signal
from types import FrameType
from typing import IO, Any, NoReturn

import click


class WdtkError(click.ClickException):
    """A command could not do its work; says what happened, where, and what to do. Exit code 1."""


class StoppedBySignalError(KeyboardInterrupt):
    """A signal asked for an end; what was begun is undone or stored on the way out."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class StoppedError(WdtkError):
    """Somebody pressed Ctrl-C, or the machine asked for an end; the exit code is the one that shells know."""

    def __init__(self, number: int = signal.SIGINT) -> None:
        super().__init__("Stopped. Nothing that was stored is lost; run the same command again to go on.")
        self.exit_code = 128 + number  # type: ignore[misc]  # click's own exceptions set it so too

    def show(self, file: IO[Any] | None = None) -> None:
        """The sentence alone: to stop is no error."""
        click.echo(f"\n{self.message}", file=file, err=file is None)


def stop(number: int, _frame: FrameType | None) -> NoReturn:
    """Handler of a signal: ends the command as Ctrl-C does."""
    raise StoppedBySignalError(number)
