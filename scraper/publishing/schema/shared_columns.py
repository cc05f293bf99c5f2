"""Columns that several summary tables have, described once, and those of views."""

from scraper.publishing.schema.model import Column, integer, text

AUTHORITY: Column = integer("authority_id", "The authority.", required=True, to="authorities.id")
YEAR: Column = integer("year", "The year in which the requests were sent; empty where it is not known.")
PLACE: tuple[Column, ...] = (
    text("sector", "The sector: see authorities.", required=True),
    text("nation", "The nation: see authorities.", required=True),
)
SECTION: tuple[Column, ...] = (
    text("regime", "The law.", required=True),
    text("section", "The section of the Act, or the exception of the regulations.", required=True),
)
USE: tuple[Column, ...] = (
    integer("requests", "Requests in which an authority relies on it: each counted once.", required=True),
    integer("ncnd", "Of these, requests in which it is relied on to neither confirm nor deny.", required=True),
    text("example", "The mention in one of these requests.", required=True, to="citations.id"),
)
RELYING: Column = integer("authorities", "Authorities that rely on it in these requests.", required=True)
HERE: Column = integer("requests", "Requests in this database.", required=True)
READ: Column = integer(
    "requests_read", "Of these, requests with an incoming letter that could be read: the denominator.", required=True
)

TOLD_AUTHORITY: tuple[tuple[str, str], ...] = (
    ("authority_id", "The authority."),
    ("authority", "The authority's name."),
)
"""Names and descriptions of columns of views."""
TOLD_COVERAGE: tuple[tuple[str, str], ...] = (
    ("known", "Requests of the authority, of all years, that the site says it has."),
    ("fetched", "Requests of the authority, of all years, in this database."),
)
TOLD_REQUEST: tuple[tuple[str, str], ...] = (
    ("request_id", "The request."),
    ("request_title", "Its title."),
    *TOLD_AUTHORITY,
    ("sector", "Its sector."),
    ("year", "The year in which the request was sent."),
)
