"""What the home page says: how much is here, how fresh it is, how requests end, what refusals rest on, what to ask.

Everything comes from tables that are added up when the database is made, and from one look at the replies of a ground.
"""

import ipaddress
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from archive_site.drawing import year_charts
from archive_site.drawing.charts import Chart, Series
from archive_site.links import Links
from archive_site.store import NoArchiveError, Row, about, database_name, row, rows
from archive_site.texts.marks import safe
from archive_site.wording import body_words
from archive_site.wording.body_words import Part

GROUNDS = """
SELECT t.regime, t.section AS ground, t.requests,
  (SELECT sum(y.requests_read) FROM law_years AS y
   WHERE (y.applies_in = 'Scotland') = (t.regime IN ('FOISA', 'EISR'))) AS requests_read,
  (SELECT p.short_title FROM provisions AS p WHERE p.regime = t.regime AND p.provision = t.section
   ORDER BY p.in_force_from DESC LIMIT 1) AS title
FROM section_totals AS t ORDER BY t.requests DESC, t.regime, t.section LIMIT 10"""

OUTCOMES = """
SELECT year, outcome_class, requests FROM outcome_years ORDER BY year, outcome_class"""

EXAMPLE = """
SELECT c.id, c.regime, c.provision, c.quote, c.start, c."end", c.request_id, coalesce(p.text, m.text) AS text,
  r.title, a.name AS authority, a.url_name, m.sent_at
FROM (
  SELECT citation_id FROM provision_replies WHERE regime = :regime AND provision = :provision
  ORDER BY sent_on DESC LIMIT 60
) AS newest
JOIN citations AS c ON c.id = newest.citation_id
JOIN messages AS m ON m.id = c.message_id
JOIN requests AS r ON r.id = c.request_id
JOIN authorities AS a ON a.id = r.authority_id
LEFT JOIN pages AS p ON p.attachment_id = c.attachment_id AND p.number = c.page
WHERE c.role = 'relied_on'
ORDER BY length(c.quote) BETWEEN 70 AND 240 DESC, m.sent_at DESC, c.id LIMIT 1"""

TRY = ("commercial interests", "“section 12”", "“neither confirm nor deny”", "personal data")

THEMES: Mapping[str, tuple[str, ...]] = {
    "Which grounds, and in what words": (
        "most-relied-on", "relying-on", "exemptions-by-sector", "combinations", "qualified-person",
    ),
    "How authorities refuse": ("refusal-grounds", "refused-on-cost", "neither-confirm-nor-deny", "same-request"),
    "How long it takes": ("response-times", "public-interest-delays"),
    "What happens to a refusal": ("internal-reviews", "worth-appealing"),
    "Official returns": ("official-return", "scottish-return"),
}  # fmt: skip
"""Canned queries by what they are about; those of no theme come last, under a name of their own."""
MORE = "More"


@dataclass(frozen=True, kw_only=True)
class Home:
    """Everything the home page shows that comes from the database."""

    about: dict[str, str]
    grounds: list[Row]
    example: Row | None
    outcomes: Chart
    sources: Mapping[str, tuple[tuple[str, str], ...]]
    """The chart and the table in other forms."""
    grounds_cited: str
    """How the table is cited; of a chart its figure says that."""

    def count(self, key: str) -> int:
        """A number of the table ``about``; 0 where it is not there."""
        told = self.about.get(key, "")
        return int(told) if told.isdecimal() else 0

    @property
    def invented(self) -> bool:
        """Whether the source is a site on the machine that made this, and its letters therefore stand-ins."""
        host = urlsplit(self.about.get("source", "")).hostname or ""
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"


class Cache:
    """Keeps the answers until the database is built anew."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str, str], Home] = {}

    async def home(self, datasette: Any) -> Home | None:
        """What the home page shows, or None where there is no public database."""
        try:
            facts = await about(datasette)
        except NoArchiveError:
            return None
        database = datasette.databases[database_name(datasette)]
        key = (str(database.path), facts.get("built_at", ""), str(datasette.setting("base_url")))
        if key not in self._made:
            self._made = {key: await _made(datasette, facts)}
        return self._made[key]


async def _made(datasette: Any, facts: dict[str, str]) -> Home:
    grounds = await rows(datasette, GROUNDS)
    example = await _example(datasette, grounds[0]) if grounds else None
    links = Links(datasette=datasette)
    return Home(
        about=facts,
        grounds=grounds,
        example={**example, "sentence": sentence_marked(example)} if example else None,
        outcomes=outcome_chart(await rows(datasette, OUTCOMES), links),
        sources={name: links.sources(sql) for name, sql in (("outcomes", OUTCOMES), ("grounds", GROUNDS))},
        grounds_cited=links.cited(links.sql(GROUNDS)),
    )


def outcome_chart(found: Sequence[Row], links: Links) -> Chart:
    """The requests of each year by how they ended; a number leads to these requests."""
    years = year_charts.years_of(found)

    def to(year: int, part: Part) -> str | None:
        return links.search(year=year, outcome=min(part.codes)) if len(part.codes) == 1 else None

    everything = Series(
        name="All",
        values=year_charts.summed(found, years, "requests"),
        links=tuple(links.search(year=year) if year is not None else None for year in years),
        drawn=False,
    )
    return year_charts.chart(
        "outcomes", "stacked", "How requests end",
        "Requests in this archive by the year in which they were sent, and what became of them as their letters were "
        "read by the program.",
        years,
        *year_charts.parts(found, years, body_words.OUTCOME_PARTS, by="outcome_class", column="requests", to=to),
        everything,
    )  # fmt: skip


async def _example(datasette: Any, ground: Row) -> Row | None:
    """A reply that relies on ``ground``, to show how a figure is followed."""
    return await row(datasette, EXAMPLE, regime=ground["regime"], provision=ground["ground"])


def sentence_marked(citation: Row) -> Markup:
    """The sentence around a citation, with its words marked."""
    text, start, end = citation["text"] or "", citation["start"], citation["end"]
    if text[start:end] != citation["quote"]:
        return safe(citation["quote"])
    left, right = (start, end) if end - start >= 70 else sentence(text, start, end)
    parts = (text[left:start], text[start:end], text[end:right])
    before, quote, after = (safe(" ".join(part.split())) for part in parts)
    space, gap = " " if text[start - 1 : start].isspace() else "", " " if text[end : end + 1].isspace() else ""
    kind = "cite relied" if before or after else "cite relied whole"
    return Markup('{}{}<mark class="{}">{}</mark>{}{}').format(before, space, kind, quote, gap, after)


def sentence(text: str, start: int, end: int, *, most: int = 260) -> tuple[int, int]:
    """Where the sentence around ``text[start:end]`` begins and ends; at most so many characters to either side."""
    before, after = text[max(0, start - most) : start], text[end : end + most]
    left = max((before.rfind(stop) + len(stop) for stop in _STOPS if stop in before), default=0)
    right = min((after.find(stop) + 1 for stop in _STOPS if stop in after), default=len(after))
    return start - len(before) + left, end + right


_STOPS = (". ", ".\n", "\n\n", "? ", "! ")


async def questions(datasette: Any) -> list[dict[str, Any]]:
    """The canned queries in the order of the metadata, each with name, title and description."""
    found = await datasette.get_canned_queries(database_name(datasette), None)
    return [{**query, "name": name} for name, query in found.items()]


def by_theme(asked: Sequence[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The canned queries under the themes that they belong to."""
    named = {query["name"]: query for query in asked}
    themes = [(theme, [named.pop(name) for name in names if name in named]) for theme, names in THEMES.items()]
    return [(theme, queries) for theme, queries in [*themes, (MORE, list(named.values()))] if queries]
