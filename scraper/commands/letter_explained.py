"""How ``wdtk letter --explain`` shows a letter: in the colours and the width of a terminal, or plainly elsewhere."""

import os
import shutil
import sys
from collections.abc import Mapping
from typing import Any

import click

from parsers.letters.explained.explain import WIDTH, explain
from parsers.letters.explained.shown import Style, as_text
from parsers.letters.records import Reading
from scraper.commands.letter_records import Given
from scraper.reading.pool import ReaderPool

COLOURS: Mapping[Style, Mapping[str, Any]] = {
    "title": {"bold": True},
    "mark": {"bold": True, "fg": "yellow"},
    "note": {"bold": True},
    "foreign": {"dim": True},
    "gutter": {"dim": True},
    "rule": {"fg": "cyan"},
}
MOST_COLUMNS = 120
"""Longer lines are hard to read, however wide the terminal is."""


def explained(pool: ReaderPool, letter: Given, reading: Reading) -> str:
    """The letter with its mentions marked, and all that was made of it; ``LostError`` as from the pool."""
    terminal = sys.stdout.isatty()
    rows = explain(
        letter.pages,
        reading,
        pool.read_background(letter.pages, context=letter.context),
        name=letter.title,
        context=letter.context,
        width=min(shutil.get_terminal_size((WIDTH, 24)).columns, MOST_COLUMNS) if terminal else WIDTH,
    )
    return "".join(as_text(rows, _paint if terminal and _wants_colour() else None))


def _wants_colour() -> bool:
    """As https://no-color.org asks, and not where the terminal knows no colours."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _paint(words: str, style: Style) -> str:
    colours = COLOURS.get(style)
    return click.style(words, **colours) if colours and words.strip() else words
