"""Words of a letter made fit to be shown: nothing in them can move a cursor, change a colour or turn the line round."""

import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterator
from typing import Literal

Style = Literal["plain", "title", "mark", "foreign", "gutter", "note", "rule"]
Piece = tuple[str, Style]
Row = tuple[Piece, ...]
"""One line of what is shown, without its end."""
Paint = Callable[[str, Style], str]

OPEN, CLOSE = "\u00ab", "\u00bb"
"""Around a mention of the letter. Where the letter has them itself they are written out, so none can be forged."""

_PLAIN_ASCII = re.compile(r"[ -~\u00a3]*")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})
"""Control and format characters (escapes, marks that turn the direction round), halves of pairs, odd line ends."""


def safe(text: str) -> str:
    """The text with tabs, form feeds and odd blanks as blanks, and all that is not seen written out as in ``\\x1b``."""
    return text if _PLAIN_ASCII.fullmatch(text) else "".join(map(_character, text))


def _character(character: str) -> str:
    category = unicodedata.category(character)
    if character in "\t\v\f" or category == "Zs":
        return " "
    if category in _HIDDEN or character in {OPEN, CLOSE}:
        return character.encode("unicode_escape").decode("ascii")
    return character


def quoted(text: str, most: int = 160) -> str:
    """Words of the letter on one line between quotation marks, shortened in their middle."""
    line = safe(" ".join(text[: most * 20].split()))
    if len(line) > most:
        half = (most - 5) // 2
        line = f"{line[:half].rstrip()} ... {line[-half:].lstrip()}"
    return f'"{line}"'


def wrapped(text: str, style: Style, *, width: int, indent: int, hang: int = 0) -> Iterator[Row]:
    """Prose over as many lines as it needs, each indented, all but the first by ``hang`` more."""
    first, rest = " " * indent, " " * (indent + hang)
    for line in textwrap.wrap(text, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False):
        yield ((line, style),)


def as_text(rows: Iterator[Row], paint: Paint | None = None) -> Iterator[str]:
    """The lines, each with its end, never two blank ones in a row; ``paint`` colours a piece."""
    blank = False
    for row in rows:
        if blank and not row:
            continue
        blank = not row
        pieces = (paint(words, style) if paint else words for words, style in row)
        yield "".join(pieces).rstrip(" ") + "\n"
