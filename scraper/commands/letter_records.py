"""A letter as it was given to ``wdtk letter``, and how to say that one could not be read."""

from dataclasses import dataclass

import click

from parsers.letters.explained.shown import safe
from parsers.letters.records import LetterContext


class NotReadError(Exception):
    """One letter could not be read; the message is the sentence for the person who gave it."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """One letter as it was given, and what is known of it."""

    id: str
    where: str
    """The file, or the file and the line: for a sentence about this letter."""
    title: str
    pages: tuple[str, ...]
    context: LetterContext
    sure: tuple[tuple[int, ...], ...] = ()
    """By page how sure each word is, in percent; empty for a page whose words were not recognised."""


def complain(sentence: str) -> None:
    """Say something on standard error; names of files and words of letters in it cannot speak to the terminal."""
    click.echo(safe(sentence), err=True)
