"""How the matches of a search fall into years, outcomes, laws, grounds and authorities, where they are few enough."""

import json
from dataclasses import dataclass
from typing import Any

from archive_site.store import rows
from archive_site.wording import body_words, labels

_SHOWN = 8

_MATCHES = """
WITH matches AS (
  SELECT value AS request_id FROM json_each(:titles)
  UNION ALL SELECT request_id FROM messages WHERE rowid IN (SELECT value FROM json_each(:messages))
  UNION ALL SELECT request_id FROM pages WHERE rowid IN (SELECT value FROM json_each(:documents))
), found AS MATERIALIZED (SELECT request_id, count(*) AS places FROM matches GROUP BY request_id)
"""
_OF_REQUESTS = f"""{_MATCHES}
SELECT r.year, r.outcome_class AS outcome, r.regime, r.authority_id, f.places
FROM found AS f JOIN requests AS r ON r.id = f.request_id"""  # noqa: S608 - SQL of this module
_GROUNDS = f"""{_MATCHES}
SELECT c.counted_regime || ' ' || c.counted_provision AS value, count(DISTINCT c.request_id) AS requests,
  sum(f.places) AS places
FROM found AS f JOIN citations AS c ON c.request_id = f.request_id AND c.counted = 1
GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT {_SHOWN}"""  # noqa: S608 - as above
_AUTHORITIES = "SELECT id, url_name, name FROM authorities WHERE id IN (SELECT value FROM json_each(:ids))"


@dataclass(frozen=True, kw_only=True)
class Value:
    """One value of a facet: what it is called, what the parameter is then, and how many places have it."""

    name: str
    value: str
    places: int


@dataclass(frozen=True, kw_only=True)
class Facet:
    """The places by one filter that is not in use yet."""

    name: str
    parameter: str
    values: tuple[Value, ...]


async def facets(datasette: Any, keys: dict[Any, list[int]], asked: Any) -> tuple[Facet, ...]:
    """The facets of the matches with these keys; none where there are none, or too many to count."""
    if sum(map(len, keys.values())) < 2:
        return ()
    given = {kind: json.dumps(keys.get(kind, [])) for kind in ("titles", "messages", "documents")}
    found = await rows(datasette, _OF_REQUESTS, **given)
    chosen = asked.filters
    made = []
    if not chosen.year:
        made.append(_facet("Year asked", "year", _added(found, "year"), str, by_value=True))
    if not chosen.outcome:
        made.append(_facet("Outcome", "outcome", _added(found, "outcome"), body_words.CLASSES.__getitem__))
    if not chosen.grounds:
        grounds = {one["value"]: one["places"] for one in await rows(datasette, _GROUNDS, **given)}
        made.append(_facet("Ground relied on", "provision", grounds, lambda one: labels.provision(*one.split(" ", 1))))
    if not chosen.authority:
        made.append(await _of_authorities(datasette, _added(found, "authority_id")))
    if not chosen.regime:
        made.append(_facet("Law", "regime", _added(found, "regime"), str))
    return tuple(one for one in made if len(one.values) > 1)


def _added(found: Any, column: str) -> dict[Any, int]:
    totals: dict[Any, int] = {}
    for one in found:
        if one[column] is not None:
            totals[one[column]] = totals.get(one[column], 0) + one["places"]
    return totals


def _facet(name: str, parameter: str, totals: dict[Any, int], told: Any, *, by_value: bool = False) -> Facet:
    in_order = sorted(totals.items(), key=lambda one: (one[0] if by_value else one[1], str(one[0])), reverse=True)
    shown = in_order if by_value else in_order[:_SHOWN]
    values = tuple(Value(name=told(value), value=str(value), places=places) for value, places in shown)
    return Facet(name=name, parameter=parameter, values=values)


async def _of_authorities(datasette: Any, totals: dict[Any, int]) -> Facet:
    most = sorted(totals.items(), key=lambda one: (-one[1], one[0]))[:_SHOWN]
    named = {one["id"]: one for one in await rows(datasette, _AUTHORITIES, ids=json.dumps([key for key, _ in most]))}
    values = tuple(Value(name=named[key]["name"], value=named[key]["url_name"], places=places) for key, places in most)
    return Facet(name="Authority", parameter="authority", values=values)
