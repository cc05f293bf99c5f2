"""What tesseract prints: a table of words with their places, tabs between its columns.

Columns: level, page, block, paragraph, line, word, left, top, width, height, confidence (0 to 100), text. Level 5 is a
word.
"""

from collections.abc import Iterator

from parsers.documents.scans.recognised import Word

COLUMNS = 12
WORD_LEVEL = "5"
MOST_WORDS = 20_000
"""On one page; a page of small print has some two thousand."""


def words(table: str) -> list[Word]:
    """The words of the table in the order of its rows; a row that is not as described is left out."""
    found: list[Word] = []
    for row in table.split("\n"):
        found += _words(row.rstrip("\r").split("\t", COLUMNS - 1))
        if len(found) >= MOST_WORDS:
            break
    return found


def _words(row: list[str]) -> Iterator[Word]:
    if len(row) != COLUMNS or row[0] != WORD_LEVEL:
        return
    try:
        block, paragraph, line, _, left, top, width, height = map(int, row[2:10])
        confidence = float(row[10]) / 100
    except ValueError:
        return
    if 0 <= confidence <= 1:
        yield Word(
            text=row[11],
            line=(block, paragraph, line),
            left=left,
            top=top,
            right=left + width,
            bottom=top + height,
            confidence=confidence,
        )
