"""CSV files to text: a line a row, each value with the reference it has in a spreadsheet; long ones on several pages.

The delimiter is the one of comma, semicolon, tab and bar that parts the first lines most evenly. A file with quotes
that never end is read as lines without them.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from parsers.documents.caps import CAPS, Caps
from parsers.documents.records import DocumentText, Page
from parsers.documents.result import capped, document
from parsers.documents.sheets.sheets_model import LAST_COLUMN, in_pages, letters
from parsers.documents.text import decode

DELIMITERS = ",;\t|"
LOOKED_AT = 50
"""Lines that decide on the delimiter."""
LONGEST_FIELD = 1 << 17


def read_csv(data: bytes, *, caps: Caps = CAPS) -> DocumentText:
    """The rows of the file in the form that spreadsheets have here."""
    text, note = decode(data)
    text = text.replace("\0", "").removeprefix("\ufeff")
    separator, text = _declared(text)
    texts = in_pages(_told(text, separator or delimiter(text)), caps.page_characters)
    pages, cuts = capped((Page(number=n, text=one, source="plain") for n, one in enumerate(texts, start=1)), caps)
    return document("csv", pages, tool="csv", notes=[note, *cuts] if note else cuts)


def delimiter(text: str) -> str:
    """What stands between two values: of each candidate the share of lines with the same count of it decides.

    Where two do as well, it is the one that is not a comma, which then stands in numbers.
    """
    lines = [line for line in text[: 1 << 16].splitlines()[:LOOKED_AT] if line.strip()]

    def evenness(candidate: str) -> tuple[float, bool, int]:
        counts = Counter(_unquoted(line).count(candidate) for line in lines)
        count, times = max(counts.items(), key=lambda one: (one[0] > 0, one[1], one[0]), default=(0, 0))
        return (times / len(lines), candidate != ",", count) if count else (0.0, False, 0)

    return max(DELIMITERS, key=evenness)


def _declared(text: str) -> tuple[str | None, str]:
    """The delimiter that a first line such as ``sep=;`` names for Excel, and what follows."""
    first, _, rest = text.partition("\n")
    named = first.strip("\r")
    return (named[4], rest) if len(named) == 5 and named.lower().startswith("sep=") else (None, text)


def _unquoted(line: str) -> str:
    return "".join(line.split('"')[::2])


def _told(text: str, separator: str) -> Iterator[list[str]]:
    """The cells of each row that hold something, with their references."""
    for number, row in enumerate(_rows(text, separator), start=1):
        values = enumerate(row[:LAST_COLUMN], start=1)
        told = ((column, " ".join(value.split())) for column, value in values)
        yield [f"{letters(column)}{number}: {value}" for column, value in told if value]


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    done = 0
    try:
        for row in reader:
            done = reader.line_num
            yield row
    except csv.Error:
        for line in text.splitlines()[done:]:
            yield line.split(separator)
