"""How much of a page's ink is in no word that was recognised."""

from collections.abc import Iterable

from PIL import Image, ImageDraw

from parsers.documents.scans.recognised import Word

SHRUNK = 4
"""Dots to one that is counted: a speck of one dot pales."""
DARK = 200
AROUND = 6
"""Dots around a word that belong to it."""


def unread(dots: bytes, *, width: int, height: int, words: Iterable[Word]) -> float:
    """The share of dark places outside of words, 0 to 1; 0 for a page without any.

    On real scans with a table, a stamp or a logo it is 0.25 and less.
    """
    picture = Image.frombytes("L", (width, height), dots)
    whole = _dark(picture)
    draw = ImageDraw.Draw(picture)
    for word in words:
        # Edges in the wrong order are an error to Pillow.
        right, bottom = max(word.left, word.right), max(word.top, word.bottom)
        draw.rectangle((word.left - AROUND, word.top - AROUND, right + AROUND, bottom + AROUND), fill=255)
    return _dark(picture) / whole if whole else 0.0


def _dark(picture: Image.Image) -> int:
    size = max(1, picture.width // SHRUNK), max(1, picture.height // SHRUNK)
    return sum(picture.resize(size, Image.Resampling.BOX).histogram()[:DARK])
