"""The views: questions with their denominators beside them."""

from scraper.publishing.schema.model import LAW_OF_SECTION, View
from scraper.publishing.schema.shared_columns import TOLD_AUTHORITY, TOLD_COVERAGE

_BODY = (*TOLD_AUTHORITY, ("sector", "Its sector."), ("nation", "Its nation."))
_YEAR = ("year", "The year in which the requests were sent.")
_LAW = ("regime", "The law: FOIA, EIR, FOISA or EISR.")
_SECTION = ("section", "The section, or the exception of the regulations.")
_ABOUT = ("title", "What it is about.")
_KIND = ("kind", "exemption, exception, cost_limit, vexatious, repeat, ncnd, ...")
_USED = ("requests", "Requests in which it is relied on.")
_READ = "The denominator: requests of that authority and year with an incoming letter read."
_PERCENT = ("percent_of_read", "The first as a percentage of the second.")
_NCND = ("ncnd", "Of the requests, those in which it is relied on to neither confirm nor deny.")
_EXAMPLE = ("example", "The mention in one of these requests.")
_COVERAGE = (("requests_fetched", "Requests of that authority and year in this database."), *TOLD_COVERAGE)

EXEMPTION_USE = View(
    name="exemption_use",
    description="One row for each request and ground relied on in it, counted once; the quote is the first mention. "
    "Grounds of every kind are here: filter on kind to leave out the cost limit and vexatious requests.",
    facets=("regime", "section", "kind", "sector"),
    columns=(
        ("request_id", "The request."),
        ("request_title", "Its title."),
        ("request_url", "Its page at the source."),
        *_BODY,
        ("year", "The year in which the request was sent."),
        _LAW,
        ("provision", "The ground, after rolling up: 40(2)."),
        ("section", "Its section or regulation: 40."),
        _ABOUT,
        _KIND,
        ("ncnd", "1 when relied on to neither confirm nor deny, at the first mention."),
        ("citations", "How many times the request's letters rely on it."),
        ("first_citation", "The first mention: the id of a row of citations."),
        (
            "quote",
            "The words of the first mention, often a heading; provision_replies leads to a sentence of each reply.",
        ),
    ),
    sql="""
SELECT u.request_id,
  (SELECT title FROM requests AS r WHERE r.id = u.request_id),
  (SELECT url FROM requests AS r WHERE r.id = u.request_id),
  u.authority_id, a.name, a.sector, a.nation,
  u.year, u.regime, u.provision, u.section,
  (SELECT short_title FROM provisions AS p WHERE p.id = u.provision_id),
  u.kind, u.ncnd,
  (SELECT count(*) FROM citations AS k WHERE k.request_id = u.request_id AND k.relied_on = 1
     AND k.counted_regime = u.regime AND k.counted_provision = u.provision),
  u.citation_id,
  (SELECT quote FROM citations AS c WHERE c.id = u.citation_id)
FROM grounds_used AS u
LEFT JOIN authorities AS a ON a.id = u.authority_id
""",
)

EXEMPTIONS_BY_AUTHORITY_YEAR = View(
    name="exemptions_by_authority_year",
    description="How many requests each authority refused on each ground, by year, beside the number of requests whose "
    "letters could be read and the authority's coverage. Shares are of this archive, not of all requests.",
    facets=("year", "regime", "section", "sector"),
    columns=(
        *_BODY,
        _YEAR,
        _LAW,
        ("provision", "The ground, after rolling up."),
        ("section", "Its section or regulation."),
        _ABOUT,
        _KIND,
        _USED,
        ("requests_read", _READ),
        _PERCENT,
        _EXAMPLE,
        *_COVERAGE,
    ),
    sql="""
SELECT u.authority_id, a.name, a.sector, a.nation, u.year, u.regime, u.provision, p.section, p.short_title, p.kind,
  u.requests, y.requests_read, round(100.0 * u.requests / nullif(y.requests_read, 0), 1), u.example, y.requests,
  v.known, v.fetched
FROM provision_years AS u
JOIN refusal_years AS y ON y.authority_id = u.authority_id AND y.year IS u.year
LEFT JOIN authorities AS a ON a.id = u.authority_id
LEFT JOIN provisions AS p ON p.id = u.provision_id
LEFT JOIN coverage AS v ON v.authority_id = u.authority_id
""",
)

SECTIONS_BY_AUTHORITY_YEAR = View(
    name="sections_by_authority_year",
    description="As exemptions_by_authority_year, but as official statistics count: a request once for each section of "
    "an Act, whatever parts of it are named, and once for each exception of the environmental regulations.",
    facets=("year", "regime", "section", "sector"),
    columns=(
        *_BODY,
        _YEAR,
        _LAW,
        _SECTION,
        _ABOUT,
        _KIND,
        _USED,
        ("requests_read", _READ),
        _PERCENT,
        _NCND,
        _EXAMPLE,
        *_COVERAGE,
    ),
    sql="""
SELECT u.authority_id, a.name, a.sector, a.nation, u.year, u.regime, u.section, p.short_title, p.kind,
  u.requests, y.requests_read, round(100.0 * u.requests / nullif(y.requests_read, 0), 1), u.ncnd, u.example, y.requests,
  v.known, v.fetched
FROM section_years AS u
JOIN refusal_years AS y ON y.authority_id = u.authority_id AND y.year IS u.year
LEFT JOIN authorities AS a ON a.id = u.authority_id
LEFT JOIN coverage AS v ON v.authority_id = u.authority_id"""
    + LAW_OF_SECTION,
)

EXEMPTIONS_BY_SECTOR_YEAR = View(
    name="exemptions_by_sector_year",
    description="In how many requests each section or exception is relied on, by sector, nation and year, beside the "
    "requests of that sector, nation and year whose letters could be read. A request counts once for each section.",
    facets=("sector", "nation", "year", "regime"),
    columns=(
        ("sector", "The sector of the authorities, from their tags."),
        ("nation", "Their nation."),
        _YEAR,
        _LAW,
        _SECTION,
        _ABOUT,
        _KIND,
        _USED,
        ("requests_read", "The denominator: requests of that sector, nation and year with an incoming letter read."),
        _PERCENT,
        _NCND,
        ("relying_authorities", "Authorities that rely on it in these requests."),
        ("authorities", "Authorities of that sector and nation with a request of that year here."),
        ("requests_fetched", "Requests of that sector, nation and year in this database."),
        _EXAMPLE,
    ),
    sql="""
SELECT u.sector, u.nation, u.year, u.regime, u.section, p.short_title, p.kind, u.requests, y.requests_read,
  round(100.0 * u.requests / nullif(y.requests_read, 0), 1), u.ncnd, u.authorities, y.authorities, y.requests, u.example
FROM sector_sections AS u
JOIN sector_years AS y ON y.id = u.sector || '/' || u.nation || '/' || coalesce(u.year, 'unknown')"""
    + LAW_OF_SECTION,
)

REFUSAL_GROUNDS = View(
    name="refusal_grounds",
    description="How each authority refuses, by year, each kind apart: exemptions and exceptions, the cost limit, "
    "vexatious and repeated requests, neither confirm nor deny, and information not held, beside the requests whose "
    "letters could be read. One request may be in several columns.",
    facets=("year", "sector", "nation"),
    columns=(
        *_BODY,
        _YEAR,
        ("exemption", "Requests with an exemption or exception relied on."),
        ("cost_limit", "Requests refused on cost (section 12 of either Act)."),
        ("vexatious", "Requests refused as vexatious (section 14(1))."),
        ("repeated", "Requests refused as repeated (section 14(2))."),
        ("ncnd", "Requests in which it would neither confirm nor deny."),
        ("not_held", "Requests whose answer is that the information is not held."),
        ("any_ground", "Requests in which any ground is relied on."),
        ("requests_read", _READ),
        ("percent_refused", "any_ground as a percentage of requests_read."),
        *_COVERAGE,
    ),
    sql="""
SELECT y.authority_id, a.name, a.sector, a.nation, y.year, y.exemption, y.cost_limit, y.vexatious, y.repeated, y.ncnd,
  y.not_held, y.any_ground, y.requests_read, round(100.0 * y.any_ground / nullif(y.requests_read, 0), 1), y.requests,
  v.known, v.fetched
FROM refusal_years AS y
LEFT JOIN authorities AS a ON a.id = y.authority_id
LEFT JOIN coverage AS v ON v.authority_id = y.authority_id
""",
)
