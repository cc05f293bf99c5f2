"""The page of one authority: what it is, how much of it is here, its figures over the years, and its requests."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from datasette import Response

from archive_site.drawing import year_charts
from archive_site.drawing.charts import Chart, Series
from archive_site.links import Links
from archive_site.store import Row, row, rows
from archive_site.wording import body_words, labels
from archive_site.wording.body_words import Part

PAGE_SIZE = 25
MOST_GROUNDS = 20
DRAWN_GROUNDS = 6

AUTHORITY = """
SELECT a.*, v.known, v.found, v.fetched, v.missing, v.refused_by_robots, v.hidden, v.not_found, v.kept_back,
  v.requests_read, v.attachments, v.read, v.unreadable, v.held_back, v.refused, v.waiting,
  v.covered_from, v.covered_until
FROM authorities AS a LEFT JOIN coverage AS v ON v.authority_id = a.id WHERE a.url_name = :url_name"""
NAME = "SELECT url_name FROM authorities WHERE id = :id"
TAGS = "SELECT name, value FROM authority_tags WHERE authority_id = :authority_id ORDER BY name, value LIMIT 60"
TIMES = """
SELECT year, requests, requests_read, answered, in_time, permitted_extension, late, overdue, open, on_hold, not_known,
  median_working_days, slowest_working_days
FROM authority_times WHERE authority_id = :authority_id ORDER BY year"""
OUTCOMES = """
SELECT year, outcome_class, described_state, requests, compared, agreed
FROM authority_outcomes WHERE authority_id = :authority_id ORDER BY year, outcome_class, described_state"""
REVIEWS = """
SELECT year, outcome, timing, reviews, requests
FROM authority_reviews WHERE authority_id = :authority_id ORDER BY year, outcome, timing"""
SECTIONS = """
SELECT year, regime, section, requests, example
FROM section_years WHERE authority_id = :authority_id ORDER BY year, regime, section"""
GROUNDS = """
SELECT u.regime, u.provision, u.exactly AS requests, v.requests_read, u.first_year, u.last_year,
  (SELECT p.short_title FROM provisions AS p WHERE p.regime = u.regime AND p.provision = u.provision
   ORDER BY p.in_force_from DESC LIMIT 1) AS title
FROM authority_provisions AS u JOIN coverage AS v ON v.authority_id = u.authority_id
WHERE u.authority_id = :authority_id AND u.exactly > 0
ORDER BY u.exactly DESC, u.regime, u.provision"""
_REQUESTS = """
SELECT id, title, asked_on, outcome_class, described_state, timing, working_days_taken FROM requests
WHERE authority_id = :authority_id {narrowed}ORDER BY asked_on DESC, id DESC LIMIT :size OFFSET :skip"""
REQUESTS = _REQUESTS.format(narrowed="")
REQUESTS_OF_YEAR = _REQUESTS.format(narrowed="AND year = :year ")
USED_IN = """
SELECT c.request_id, c.counted_regime AS regime, c.counted_provision AS provision, c.id
FROM json_each(:requests) AS wanted CROSS JOIN citations AS c ON c.request_id = wanted.value
WHERE c.counted = 1 ORDER BY c.request_id, c.counted_regime, c.counted_provision"""
ALIKE = """
SELECT url_name, name FROM authorities WHERE instr(lower(name), lower(:words)) OR lower(short_name) = lower(:words)
ORDER BY request_count DESC, name LIMIT 8"""


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """Requesters' labels against outcomes as read: how many requests have both."""

    outcomes: tuple[str, ...]
    lines: tuple[tuple[str, tuple[int, ...]], ...]
    """A label, and its requests by outcome."""
    compared: int
    agreed: int


async def authority_view(request: Any, datasette: Any) -> Response:
    """``/authority/URL_NAME``."""
    url_name = unquote(request.url_vars["name"])
    found = await row(datasette, AUTHORITY, url_name=url_name)
    if found is None:
        return await _missing(request, datasette, url_name)
    year = _whole(request.args.get("year"))
    times = await rows(datasette, TIMES, authority_id=found["id"])
    total = sum(one["requests"] for one in times if year is None or one["year"] == year)
    page = min(max(1, _whole(request.args.get("page")) or 1), max(1, -(-total // PAGE_SIZE)))
    context = {
        "authority": found,
        "tags": await rows(datasette, TAGS, authority_id=found["id"]),
        "year": year,
        "years": [one["year"] for one in times if one["year"] is not None],
        "total": total,
        "page_number": page,
        "page_count": max(1, -(-total // PAGE_SIZE)),
        "requests": await _requests(datasette, found["id"], year, page),
        **await _figures(datasette, found, times),
    }
    body = await datasette.render_template("authority.html", context, request=request, view_name="archive")
    return Response.html(body)


async def number_view(request: Any, datasette: Any) -> Response:
    """``/authority/id/7``: to the page of the authority with that number."""
    number = request.url_vars["id"]
    found = await row(datasette, NAME, id=int(number))
    if found is None:
        return await _missing(request, datasette, number)
    return Response.redirect(Links(datasette=datasette).authority(found["url_name"]))


def _whole(asked: str | None) -> int | None:
    return int(asked) if asked and asked.isascii() and asked.isdecimal() and len(asked) < 8 else None


async def _requests(datasette: Any, authority_id: int, year: int | None, page: int) -> list[Row]:
    """The requests of one page, newest first, each with the grounds that are relied on in it."""
    given: dict[str, Any] = {"authority_id": authority_id, "size": PAGE_SIZE, "skip": (page - 1) * PAGE_SIZE}
    if year is None:
        found = await rows(datasette, REQUESTS, **given)
    else:
        found = await rows(datasette, REQUESTS_OF_YEAR, year=year, **given)
    wanted = "[" + ", ".join(str(one["id"]) for one in found) + "]"
    used: dict[int, list[Row]] = {}
    for one in await rows(datasette, USED_IN, requests=wanted):
        used.setdefault(one["request_id"], []).append(one)
    return [{**one, "grounds": used.get(one["id"], [])} for one in found]


async def _figures(datasette: Any, authority: Row, times: Sequence[Row]) -> dict[str, Any]:
    key, links = authority["id"], Links(datasette=datasette)
    outcomes = await rows(datasette, OUTCOMES, authority_id=key)
    sections = await rows(datasette, SECTIONS, authority_id=key)
    reviews = await rows(datasette, REVIEWS, authority_id=key)
    grounds = await rows(datasette, GROUNDS, authority_id=key)
    years = year_charts.years_of(times)
    return {
        "outcomes": outcome_chart(outcomes, times, years, _to_rows(links, "requests", key, "outcome_class")),
        "crossing": crossing(outcomes),
        "sections": section_chart(sections, times, years, authority["url_name"], links),
        "grounds": grounds[:MOST_GROUNDS],
        "ground_count": len(grounds),
        "times": time_chart(times, years, _to_rows(links, "requests", key, "timing")),
        "reviews": review_chart(reviews, years, _to_rows(links, "single_reviews", key, "outcome")),
        "reviews_decided": _sum(reviews, {"upheld", "upheld_in_part", "overturned"}),
        "reviews_changed": _sum(reviews, {"upheld_in_part", "overturned"}),
        "review_count": sum(one["reviews"] for one in reviews),
        "sources": {
            name: links.sources(sql, authority_id=key)
            for name, sql in (("outcomes", OUTCOMES), ("sections", SECTIONS), ("grounds", GROUNDS), ("times", TIMES),
                              ("reviews", REVIEWS))
        },
        "requests_sources": links.sources(REQUESTS, authority_id=key, size=2000, skip=0),
    }  # fmt: skip


def _sum(found: Sequence[Row], outcomes: set[str]) -> int:
    return sum(int(one["reviews"]) for one in found if one["outcome"] in outcomes)


def _to_rows(links: Links, table: str, authority_id: int, column: str) -> year_charts.Address:
    """A number leads to its rows in the table or view."""

    def address(year: int, part: Part) -> str:
        return links.table(
            table, authority_id=authority_id, year=year, **{f"{column}__in": ",".join(sorted(part.codes))}
        )

    return address


def outcome_chart(
    found: Sequence[Row], times: Sequence[Row], years: Sequence[int | None], to: year_charts.Address
) -> Chart:
    """What came of the requests of each year, as their letters were read."""
    return year_charts.chart(
        "outcomes", "stacked", "What came of its requests",
        "Requests to it in this archive by the year in which they were sent, and how they stand as their letters were "
        "read by the program.",
        years,
        *year_charts.parts(found, years, body_words.OUTCOME_PARTS, by="outcome_class", column="requests", to=to),
        Series(name="All", values=year_charts.summed(times, years, "requests"), drawn=False),
    )  # fmt: skip


def time_chart(times: Sequence[Row], years: Sequence[int | None], to: year_charts.Address) -> Chart:
    """How the requests of each year stand in time."""
    middle = {one["year"]: one["median_working_days"] for one in times}
    slowest = {one["year"]: one["slowest_working_days"] for one in times}
    return year_charts.chart(
        "times", "stacked", "How long answers took",
        "Requests by the year in which they were sent, and whether the first answer came within the time that the law "
        "gives.",
        years,
        *year_charts.columns(times, years, body_words.TIMING_PARTS, to=to),
        Series(name="Median working days", values=tuple(middle.get(year) for year in years), drawn=False),
        Series(name="Slowest", values=tuple(slowest.get(year) for year in years), drawn=False),
    )  # fmt: skip


def review_chart(found: Sequence[Row], years: Sequence[int | None], to: year_charts.Address) -> Chart:
    """What internal reviews changed."""
    return year_charts.chart(
        "reviews", "bars" if len(found) == 0 else "stacked", "What internal reviews changed",
        "Internal reviews of its answers, by the year in which the request was sent.",
        years,
        *(year_charts.parts(found, years, body_words.REVIEW_PARTS, by="outcome", column="reviews", to=to)),
        Series(name="All", values=year_charts.summed(found, years, "reviews"), drawn=False),
    )  # fmt: skip


def section_chart(
    found: Sequence[Row], times: Sequence[Row], years: Sequence[int | None], url_name: str, links: Links
) -> Chart:
    """The sections and exceptions relied on most, by year; each number leads to its sentences."""
    totals: dict[tuple[str, str], int] = {}
    for one in found:
        ground = (one["regime"], one["section"])
        totals[ground] = totals.get(ground, 0) + one["requests"]
    first = sorted(totals, key=lambda ground: (-totals[ground], ground))[:DRAWN_GROUNDS]
    series = [
        _ground_series(
            ground, [one for one in found if (one["regime"], one["section"]) == ground], years, url_name, links
        )
        for ground in first
    ]
    rest = [one for one in found if (one["regime"], one["section"]) not in first]
    if rest:
        series.append(Series(name="Others", values=year_charts.summed(rest, years, "requests"), shade=7))
    read = Series(name="Requests read", values=year_charts.summed(times, years, "requests_read"), drawn=False)
    return year_charts.chart(
        "grounds-by-year", "stacked", "Grounds for refusing, by year",
        "In how many requests it relies on each section of an Act, or exception of the environmental regulations. A "
        "request counts once for each of them, so one that rests on two stands in the column twice. The denominator "
        "is the requests with a letter that could be read.",
        years, *series, read,
    )  # fmt: skip


def _ground_series(
    ground: tuple[str, str], found: Sequence[Row], years: Sequence[int | None], url_name: str, links: Links
) -> Series:
    values = year_charts.summed(found, years, "requests")
    return Series(
        name=labels.provision(*ground),
        values=values,
        links=tuple(
            links.provision(*ground, authority=url_name, year=year, anchor="words") if value and year else None
            for value, year in zip(values, years, strict=True)
        ),
    )


def crossing(found: Sequence[Row]) -> Crossing:
    """Labels against outcomes, the most frequent label first."""
    outcomes = tuple(code for code in body_words.CLASSES if any(one["outcome_class"] == code for one in found))
    totals: dict[str, dict[str, int]] = {}
    for one in found:
        line = totals.setdefault(one["described_state"], {})
        line[one["outcome_class"]] = line.get(one["outcome_class"], 0) + one["requests"]
    ordered = sorted(totals, key=lambda state: (-sum(totals[state].values()), state))
    return Crossing(
        outcomes=outcomes,
        lines=tuple((state, tuple(totals[state].get(code, 0) for code in outcomes)) for state in ordered),
        compared=sum(one["compared"] for one in found),
        agreed=sum(one["agreed"] for one in found),
    )


async def _missing(request: Any, datasette: Any, url_name: str) -> Response:
    words = " ".join(url_name.replace("_", " ").split())[:100]
    alike = await rows(datasette, ALIKE, words=words) if len(words) > 2 else []
    context = {"asked": words, "alike": alike, "kind": "authority", "uncited": True}
    body = await datasette.render_template("no_such_body.html", context, request=request, view_name="archive")
    return Response.html(body, status=404)
