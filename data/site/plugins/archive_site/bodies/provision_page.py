"""The page of one provision: what it is, how often it is relied on, by whom, and in what words."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote

from datasette import Response

from archive_site.about.home import sentence_marked
from archive_site.drawing import year_charts
from archive_site.drawing.charts import Chart, Series
from archive_site.links import Links
from archive_site.store import Row, row, rows
from archive_site.wording import body_words, labels

PAGE_SIZE = 20
LAST_PAGE = 100
MOST_AUTHORITIES = 20
AROUND = 400
"""How many characters before and after a mention are read, to find the ends of its sentence."""

VERSIONS = "SELECT * FROM provisions WHERE regime = :regime AND provision = :provision ORDER BY in_force_from DESC"
PARENTS = """
WITH RECURSIVE up(provision, parent, level) AS (
  SELECT provision, parent, 0 FROM provisions WHERE regime = :regime AND provision = :provision
  UNION SELECT p.provision, p.parent, up.level + 1 FROM up JOIN provisions AS p ON p.regime = :regime
    AND p.provision = up.parent WHERE up.level < 8
)
SELECT up.provision, (
  SELECT p.short_title FROM provisions AS p WHERE p.regime = :regime AND p.provision = up.provision
  ORDER BY p.in_force_from DESC LIMIT 1
) AS short_title FROM up WHERE level > 0 GROUP BY up.provision ORDER BY max(level) DESC"""
PARTS = """
SELECT p.provision, p.short_title, p.refusal_ground,
  (SELECT sum(u.requests) FROM provision_use AS u WHERE u.regime = p.regime AND u.provision = p.provision) AS requests
FROM provisions AS p WHERE p.regime = :regime AND p.section = :section AND p.parent = :provision
GROUP BY p.provision ORDER BY min(p.rowid) LIMIT 80"""
YEARS = """
SELECT l.year, coalesce(u.requests, 0) AS requests, coalesce(u.exactly, 0) AS exactly, coalesce(u.named, 0) AS named,
  coalesce(u.authorities, 0) AS authorities, l.requests_read,
  round(100.0 * coalesce(u.requests, 0) / nullif(l.requests_read, 0), 1) AS percent_of_read
FROM law_years AS l
LEFT JOIN provision_use AS u ON u.regime = :regime AND u.provision = :provision AND u.year IS l.year
WHERE l.applies_in = :applies_in ORDER BY l.year"""
AUTHORITIES = """
SELECT u.authority_id, a.name AS authority, a.url_name, u.requests, v.requests_read,
  round(100.0 * u.requests / nullif(v.requests_read, 0), 1) AS percent_of_read, u.first_year, u.last_year
FROM authority_provisions AS u
JOIN authorities AS a ON a.id = u.authority_id
JOIN coverage AS v ON v.authority_id = u.authority_id
WHERE u.regime = :regime AND u.provision = :provision AND u.requests > 0
ORDER BY u.requests DESC LIMIT :size"""
_REPLIES = """
SELECT q.citation_id, q.sent_on, q.mentions FROM provision_replies AS q
WHERE q.regime = :regime AND q.provision = :provision{narrowed}
ORDER BY q.sent_on DESC, q.citation_id DESC LIMIT :size OFFSET :skip"""
REPLIES = {
    (False, False): _REPLIES.format(narrowed=""),
    (False, True): _REPLIES.format(narrowed=" AND q.year = :year"),
    (True, False): _REPLIES.format(narrowed=" AND q.authority_id = :authority_id"),
    (True, True): _REPLIES.format(narrowed=" AND q.authority_id = :authority_id AND q.year = :year"),
}
"""By whether an authority is chosen, and whether a year is."""
SENTENCES = f"""
SELECT c.id, c.regime, c.provision, c.role, c.quote, c.request_id, r.title, a.name AS authority, a.url_name,
  c.start - max(0, c.start - {AROUND}) AS start, c."end" - max(0, c.start - {AROUND}) AS "end",
  substr(coalesce(p.text, m.text), max(0, c.start - {AROUND}) + 1, c."end" - c.start + {2 * AROUND}) AS text,
  m.url AS source
FROM json_each(:citations) AS wanted
CROSS JOIN citations AS c ON c.id = wanted.value
JOIN messages AS m ON m.id = c.message_id
JOIN requests AS r ON r.id = c.request_id
JOIN authorities AS a ON a.id = r.authority_id
LEFT JOIN pages AS p ON p.attachment_id = c.attachment_id AND p.number = c.page
ORDER BY wanted.key"""  # noqa: S608 - a number of this module
APPEALS = "SELECT * FROM appeal_rates WHERE regime = :regime AND section = :section"
AUTHORITY = "SELECT id, name, url_name FROM authorities WHERE url_name = :url_name"
ALIKE = """
SELECT DISTINCT regime, provision, short_title FROM provisions
WHERE regime = :regime AND section = :section ORDER BY length(provision), provision LIMIT 8"""


async def provision_view(request: Any, datasette: Any) -> Response:
    """``/provision/REGIME/PROVISION``."""
    regime, number = unquote(request.url_vars["regime"]), unquote(request.url_vars["provision"])
    versions = await rows(datasette, VERSIONS, regime=regime, provision=number)
    if not versions:
        return await _missing(request, datasette, regime, number)
    law: dict[str, Any] = {"regime": regime, "provision": number}
    newest = versions[0]
    applies_in = "Scotland" if newest["applies_in"] == "Scotland" else "UK/E&W/NI"
    years = await rows(datasette, YEARS, applies_in=applies_in, **law)
    links, parents = Links(datasette=datasette), await rows(datasette, PARENTS, **law)
    context = {
        "law": newest,
        "versions": versions,
        "parents": parents,
        "title": title(newest, parents),
        "parts": await rows(datasette, PARTS, section=newest["section"], **law),
        "counts_as": counts_as(newest),
        "used": {column: sum(one[column] or 0 for one in years) for column in _COUNTED},
        "chart": use_chart(years, number, regime, links),
        "authorities": await rows(datasette, AUTHORITIES, size=MOST_AUTHORITIES, **law),
        "appeals": await rows(datasette, APPEALS, regime=regime, section=newest["section"]),
        "sources": links.sources(YEARS, applies_in=applies_in, **law),
        "authority_sources": links.sources(AUTHORITIES, size=2000, **law),
        **await _words(request, datasette, law),
    }
    body = await datasette.render_template("provision.html", context, request=request, view_name="archive")
    return Response.html(body)


_COUNTED = ("requests", "exactly", "named", "requests_read")


def title(law: Row, parents: Sequence[Row]) -> str:
    """What it is about; a title that goes on from that of the provision above stands behind it."""
    told = str(law["short_title"])
    for above in reversed(parents):
        if not told.startswith(_GOES_ON):
            break
        told = f"{above['short_title']} … {told.lstrip('.… ')}"
    return told


_GOES_ON = ("...", "…")


def counts_as(law: Row) -> tuple[str, str] | None:
    """Law and provision that a mention counts as, where that is another."""
    target = law["rolls_up_to"]
    if not target:
        return None
    regime, space, provision = target.partition(" ")
    return (regime, provision) if space and regime.isupper() else (law["regime"], target)


def use_chart(found: Sequence[Row], number: str, regime: str, links: Links) -> Chart:
    """In how many requests of each year it is relied on, with the denominator in the table."""
    used = [one for one in found if one["requests"]]
    first = min((one["year"] for one in used if one["year"] is not None), default=None)
    shown = [one for one in found if one["requests"] or (first is not None and (one["year"] or 0) >= first)]
    years = year_charts.years_of(shown)
    requests = year_charts.summed(shown, years, "requests")
    read = year_charts.summed(shown, years, "requests_read")
    return year_charts.chart(
        "use", "bars", "Requests in which it is relied on, by year",
        "Requests by the year in which they were sent. A request counts once, however often it is named. The "
        "denominator is the requests of that year, under the same country’s law, with a letter that could be read.",
        years,
        Series(
            name="Requests",
            values=requests,
            links=tuple(
                links.provision(regime, number, year=year, anchor="words") if value and year else None
                for value, year in zip(requests, years, strict=True)
            ),
        ),
        Series(name="Of those read", values=read, drawn=False),
        Series(
            name="Share",
            values=requests,
            drawn=False,
            words=tuple(labels.percent(one, all_) for one, all_ in zip(requests, read, strict=True)),
        ),
        Series(name="Authorities", values=year_charts.summed(shown, years, "authorities"), drawn=False),
    )  # fmt: skip


async def _words(request: Any, datasette: Any, law: dict[str, Any]) -> dict[str, Any]:
    """The sentences, newest first: one for each reply."""
    asked_year = request.args.get("year") or ""
    year = int(asked_year) if asked_year.isascii() and asked_year.isdecimal() and len(asked_year) < 8 else None
    asked = request.args.get("authority")
    authority = await row(datasette, AUTHORITY, url_name=asked) if asked else None
    asked_page = request.args.get("page") or ""
    is_page = asked_page.isascii() and asked_page.isdecimal() and len(asked_page) < 8
    page = min(max(1, int(asked_page) if is_page else 1), LAST_PAGE)
    given: dict[str, Any] = {**law}
    if authority:
        given["authority_id"] = authority["id"]
    if year is not None:
        given["year"] = year
    sql = REPLIES[bool(authority), year is not None]
    found = await rows(datasette, sql, size=PAGE_SIZE + 1, skip=(page - 1) * PAGE_SIZE, **given)
    return {
        "replies": await _sentences(datasette, found[:PAGE_SIZE]),
        "has_more": len(found) > PAGE_SIZE and page < LAST_PAGE,
        "page_number": page,
        "year": year,
        "chosen": authority,
        "reply_sources": Links(datasette=datasette).sources(sql, size=2000, skip=0, **given),
    }


async def _sentences(datasette: Any, found: Sequence[Row]) -> list[Row]:
    wanted = "[" + ", ".join('"' + one["citation_id"].replace('"', "") + '"' for one in found) + "]"
    replies = {one["citation_id"]: one for one in found}
    return [
        {**one, **replies[one["id"]], "sentence": sentence_marked(one)}
        for one in await rows(datasette, SENTENCES, citations=wanted)
    ]


async def _missing(request: Any, datasette: Any, regime: str, number: str) -> Response:
    section = number.partition("(")[0].strip()
    alike = await rows(datasette, ALIKE, regime=regime.upper(), section=section)
    context = {"asked": f"{regime} {number}"[:100], "alike": alike, "kind": "provision", "uncited": True}
    body = await datasette.render_template("no_such_body.html", context, request=request, view_name="archive")
    return Response.html(body, status=404)


def in_plain_words(law: Row) -> list[str]:
    """What a provision is and what an authority must show to use it, in sentences."""
    name = labels.provision(law["regime"], law["provision"])
    act = body_words.FULL_LAWS.get(law["regime"], law["regime"])
    kind = body_words.KINDS.get(law["kind"], "a provision")
    told = [f"{name} is {kind} in the {act}."]
    if law["refusal_ground"] == "no":
        told.append("No authority can refuse a request on it alone.")
        return told
    told += _TESTS.get(law["test"], [])
    told += _BASES.get(law["basis"], [])
    if law["ncnd"] == "yes":
        told.append("With it an authority need not say whether it holds the information at all.")
    return told


_TESTS = {
    "absolute": ["It is absolute: where it applies, the authority need not weigh the public interest."],
    "qualified": [
        "It is qualified: the authority may use it only where the public interest in withholding is the greater one."
    ],
}
_BASES = {
    "class": ["It covers a class of information: no harm need be shown."],
    "prejudice": ["It rests on harm: the authority must say what harm disclosure would, or would be likely to, do."],
}
