"""``/method``: what the archive is, how letters are read and how well, what it covers, its rules, how to cite it."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from datasette import Response

from archive_site.citing.cited import citer
from archive_site.links import Links
from archive_site.store import NoArchiveError, about
from archive_site.wording import labels

MEASURES = Path(__file__).parents[3] / "measures.json"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the table ``about`` says, as the page needs it."""

    told: dict[str, str]

    def number(self, key: str) -> int:
        """A figure; 0 where this database does not have it."""
        value = self.told.get(key, "")
        return int(value) if value.isdecimal() else 0

    def shown(self, key: str) -> str:
        """A figure as it is written; ``not counted`` where this database does not have it."""
        return labels.number(self.number(key)) if key in self.told else "not counted"

    def day(self, key: str) -> str:
        """A day in words."""
        return labels.day(self.told.get(key, "")) or "not known"

    def share(self, part: str, whole: str) -> str:
        """One figure as a share of another, as a percentage."""
        return labels.percent(self.number(part), self.number(whole))


@lru_cache(maxsize=1)
def measured() -> dict[str, Any]:
    """The measures recorded for this version of the reader, as ``data/README.md`` prints them."""
    found: dict[str, Any] = json.loads(MEASURES.read_text(encoding="utf-8"))
    return found


def scores() -> list[tuple[str, list[str], list[list[str]]]]:
    """For each set of letters its name, what the columns are, and the rows, without the name in each."""
    table = measured()["scores"]
    names = dict.fromkeys(row[0] for row in table["rows"])
    return [(name, table["heading"][1:], [row[1:] for row in table["rows"] if row[0] == name]) for name in names]


async def method_view(request: Any, datasette: Any) -> Response:
    """``/method``."""
    try:
        told = await about(datasette)
    except NoArchiveError:
        told = {}
    context = {
        "facts": Facts(told=told),
        "scores": scores(),
        "confidence": measured()["confidence"],
        "contact": (datasette.plugin_config("archive-site") or {}).get("contact"),
        "cite": await (await citer(datasette, request)).page("method", "") if told else None,
    }
    body = await datasette.render_template("method.html", context, request=request, view_name="archive")
    return Response.html(body)


async def about_view(datasette: Any) -> Response:
    """``/about``, where the method page once stood."""
    return Response.redirect(Links(datasette=datasette).method())
