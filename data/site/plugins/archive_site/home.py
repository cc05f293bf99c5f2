"""What the home page says: how much is here, how fresh it is, what refusals rest on most, and what to ask first."""

import ipaddress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from archive_site.marks import safe
from archive_site.store import NoArchiveError, Row, about, database_name, row, rows

AMOUNTS = """
SELECT
  (SELECT count(*) FROM requests) AS requests,
  (SELECT count(DISTINCT authority_id) FROM requests) AS authorities,
  (SELECT count(*) FROM requests WHERE letters_read > 0) AS requests_read,
  (SELECT count(*) FROM messages) AS messages,
  (SELECT count(*) FROM readings AS r JOIN messages AS m ON m.id = r.message_id WHERE m.direction = 'incoming')
    AS letters,
  (SELECT count(*) FROM pages) AS pages,
  (SELECT count(*) FROM citations) AS citations,
  (SELECT count(*) FROM citations WHERE relied_on = 1) AS relied_on,
  (SELECT count(*) FROM withdrawals) AS withdrawals,
  (SELECT sum(known) FROM coverage) AS known,
  (SELECT sum(fetched) FROM coverage WHERE known IS NOT NULL) AS fetched_of_known,
  (SELECT sum(found) FROM coverage) AS found,
  (SELECT sum(missing) FROM coverage) AS missing,
  (SELECT sum(refused_by_robots) FROM coverage) AS by_robots,
  (SELECT sum(hidden + not_found) FROM coverage) AS gone,
  (SELECT sum(kept_back) FROM coverage) AS kept_back,
  (SELECT sum(attachments) FROM coverage) AS attachments,
  (SELECT sum(read) FROM coverage) AS attachments_read,
  (SELECT sum(unreadable) FROM coverage) AS unreadable,
  (SELECT sum(held_back) FROM coverage) AS held_back,
  (SELECT sum(refused) FROM coverage) AS refused,
  (SELECT sum(waiting) FROM coverage) AS waiting,
  (SELECT min(asked_on) FROM requests) AS first_asked,
  (SELECT max(asked_on) FROM requests) AS last_asked,
  (SELECT min(last_checked_at) FROM requests) AS first_checked,
  (SELECT max(last_checked_at) FROM requests) AS last_checked"""

GROUNDS = """
WITH read AS (
  SELECT coalesce(regime IN ('FOISA', 'EISR'), 0) AS scottish, count(*) AS requests
  FROM requests WHERE letters_read > 0 GROUP BY 1
), used AS (
  SELECT c.counted_regime AS regime,
    CASE WHEN c.counted_regime IN ('EIR', 'EISR') THEN c.counted_provision ELSE p.section END AS ground,
    count(DISTINCT c.request_id) AS requests
  FROM citations AS c JOIN provisions AS p ON p.id = c.provision_id
  WHERE c.counted = 1 GROUP BY 1, 2
)
SELECT u.regime, u.ground, u.requests, read.requests AS requests_read,
  (SELECT short_title FROM provisions AS t WHERE t.regime = u.regime AND t.provision = u.ground
   ORDER BY in_force_from DESC LIMIT 1) AS title
FROM used AS u JOIN read ON read.scottish = (u.regime IN ('FOISA', 'EISR'))
ORDER BY u.requests DESC, u.regime, u.ground LIMIT 10"""

EXAMPLE = """
SELECT c.id, c.regime, c.provision, c.quote, c.start, c."end", c.request_id, coalesce(p.text, m.text) AS text,
  r.title, a.name AS authority, m.sent_at
FROM citations AS c
JOIN messages AS m ON m.id = c.message_id
JOIN requests AS r ON r.id = c.request_id
JOIN authorities AS a ON a.id = r.authority_id
LEFT JOIN pages AS p ON p.attachment_id = c.attachment_id AND p.number = c.page
WHERE c.id = (
  SELECT id FROM citations
  WHERE regime = :regime AND section = :section AND role = 'relied_on' AND relied_on = 1
  ORDER BY length(quote) BETWEEN 70 AND 240 DESC, id LIMIT 1)"""

TRY = ("commercial interests", "“section 12”", "“neither confirm nor deny”", "personal data")


@dataclass(frozen=True, kw_only=True)
class Home:
    """Everything the home page shows that comes from the database."""

    about: dict[str, str]
    amounts: Row
    grounds: list[Row]
    example: Row | None

    @property
    def invented(self) -> bool:
        """Whether the source is a site on the machine that made this, and its letters therefore stand-ins."""
        host = urlsplit(self.about.get("source", "")).hostname or ""
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"


class Cache:
    """Keeps the answers until the database is built anew: they read whole tables."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], Home] = {}

    async def home(self, datasette: Any) -> Home | None:
        """What the home page shows, or None where there is no public database."""
        try:
            facts = await about(datasette)
        except NoArchiveError:
            return None
        database = datasette.databases[database_name(datasette)]
        key = (str(database.path), facts.get("built_at", ""))
        if key not in self._made:
            self._made = {key: await _made(datasette, facts)}
        return self._made[key]


async def _made(datasette: Any, facts: dict[str, str]) -> Home:
    grounds = await rows(datasette, GROUNDS)
    example = await _example(datasette, grounds[0]) if grounds else None
    return Home(
        about=facts,
        amounts=await row(datasette, AMOUNTS) or {},
        grounds=grounds,
        example={**example, "sentence": sentence_marked(example)} if example else None,
    )


async def _example(datasette: Any, ground: Row) -> Row | None:
    """A reply that relies on ``ground``, to show how a figure is followed."""
    return await row(datasette, EXAMPLE, regime=ground["regime"], section=str(ground["ground"]).partition("(")[0])


def sentence_marked(citation: Row) -> Markup:
    """The sentence around a citation, with its words marked."""
    text, start, end = citation["text"] or "", citation["start"], citation["end"]
    if text[start:end] != citation["quote"]:
        return safe(citation["quote"])
    left, right = (start, end) if end - start >= 70 else sentence(text, start, end)
    parts = (text[left:start], text[start:end], text[end:right])
    before, quote, after = (safe(" ".join(part.split())) for part in parts)
    space, gap = " " if text[start - 1 : start].isspace() else "", " " if text[end : end + 1].isspace() else ""
    return Markup('{}{}<mark class="cite relied">{}</mark>{}{}').format(before, space, quote, gap, after)


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
