"""The measured accuracy of the reader, from the tables of ``data/README.md`` into a file that the site's pages show.

The tables there are written by ``make compare`` and ``make calibrate``; this takes them over as they stand, so that the
site and the document cannot say different things.
"""

import json
from pathlib import Path
from typing import Any

from scraper.errors import WdtkError

FILE = "measures.json"
_TABLES = ("scores", "confidence")


def measures(readme: str) -> dict[str, Any]:
    """For each measured part of the document its heading, its rows and the line that stands before them."""
    return {name: _table(_block(readme, name)) for name in _TABLES}


def measures_json(readme: Path) -> str:
    """``measures.json`` as it is committed."""
    return json.dumps(measures(readme.read_text(encoding="utf-8")), ensure_ascii=False, indent=1) + "\n"


def _block(text: str, name: str) -> list[str]:
    begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->"
    if text.count(begin) != 1 or text.count(end) != 1:
        raise WdtkError(f"data/README.md needs the markers {begin.strip()} and {end} once each.")
    return text.partition(begin)[2].partition(end)[0].splitlines()


def _table(lines: list[str]) -> dict[str, Any]:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    if len(rows) < 3 or len({len(row) for row in rows}) != 1:
        raise WdtkError("A measured table of data/README.md has no rows, or rows of different lengths.")
    told = " ".join(line for line in lines if line and not line.startswith("|"))
    return {"told": told, "heading": rows[0], "rows": rows[2:]}
