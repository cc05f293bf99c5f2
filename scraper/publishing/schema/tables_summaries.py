"""Tables that are added up once, when the database is made, so that no question has to read a million requests."""

from scraper.publishing.schema.model import Column, Index, Table, integer, real, text
from scraper.publishing.schema.shared_columns import AUTHORITY, HERE, PLACE, READ, RELYING, SECTION, USE, YEAR

_KINDS: tuple[Column, ...] = (
    HERE,
    READ,
    integer("any_ground", "Requests in which any ground is relied on, of whatever kind.", required=True),
    integer(
        "exemption",
        "Requests with an exemption or exception relied on; without those that only neither confirm nor deny, or "
        "only rely on the exception for what is not held (EIR 12(4)(a), EISR 10(4)(a)).",
        required=True,
    ),
    integer("cost_limit", "Requests refused on cost: section 12 of either Act.", required=True),
    integer("vexatious", "Requests refused as vexatious: section 14(1) of either Act, or 14 alone.", required=True),
    integer("repeated", "Requests refused as repeated: section 14(2) of either Act.", required=True),
    integer(
        "ncnd",
        "Requests in which the authority would neither confirm nor deny, with or without naming a provision.",
        required=True,
    ),
    integer(
        "not_held",
        "Requests whose answer is that the information is not held, or that rely on the exception which says so.",
        required=True,
    ),
)
REFUSAL_YEARS = Table(
    name="refusal_years",
    description="The requests of each authority and year by the kind of refusal, each kind apart from the others. A "
    "request may be in several columns, since a letter may refuse on several grounds.",
    key=("id",),
    indexes=(
        Index(columns=("authority_id", "year", "requests", "requests_read", "ncnd")),
        Index(columns=("year", "authority_id", "requests", "requests_read")),
        Index(columns=("any_ground",)),
    ),
    facets=("year",),
    columns=(
        text("id", "The authority's number and the year: 7/2024, or 7/unknown."),
        AUTHORITY,
        YEAR,
        *_KINDS,
    ),
)

PROVISION_YEARS = Table(
    name="provision_years",
    description="In how many requests of each authority and year each ground is relied on, after rolling up: 40(2).",
    key=("id",),
    indexes=(Index(columns=("authority_id", "year")), Index(columns=("regime", "provision", "year"))),
    facets=("year", "regime"),
    columns=(
        text("id", "The authority's number, the year and the ground: 7/2024/FOIA 40(2)."),
        AUTHORITY,
        YEAR,
        text("regime", "The law.", required=True),
        text("provision", "The ground, after rolling up.", required=True),
        text("provision_id", "Its row of the law table, in its newest version that was used.", to="provisions.id"),
        *USE,
    ),
)

SECTION_YEARS = Table(
    name="section_years",
    description="In how many requests of each authority and year each section is relied on, as official statistics "
    "count: a request once for each section of an Act (40), and once for each exception of the environmental "
    "regulations (12(5)(e)).",
    key=("id",),
    # With all that is added up for a part of a name that fifteen thousand authorities share, and for all of them.
    indexes=(
        Index(columns=("authority_id", "year", "regime", "section", "requests", "example")),
        Index(columns=("regime", "section", "year", "authority_id", "requests", "example")),
    ),
    facets=("year", "regime"),
    columns=(
        text("id", "The authority's number, the year and the section: 7/2024/FOIA 40."),
        AUTHORITY,
        YEAR,
        *SECTION,
        *USE,
    ),
)

SECTOR_YEARS = Table(
    name="sector_years",
    description="The requests of each sector, nation and year by the kind of refusal, as in refusal_years.",
    key=("id",),
    indexes=(Index(columns=("year", "sector")),),
    facets=("sector", "nation", "year"),
    columns=(
        text("id", "Sector, nation and year: health/scotland/2024."),
        *PLACE,
        YEAR,
        integer("authorities", "Authorities with such a request.", required=True),
        *_KINDS,
    ),
)

SECTOR_SECTIONS = Table(
    name="sector_sections",
    description="In how many requests of each sector, nation and year each section is relied on, as in section_years.",
    key=("id",),
    indexes=(Index(columns=("regime", "section", "year")), Index(columns=("sector", "year"))),
    facets=("sector", "nation", "year", "regime"),
    columns=(
        text("id", "Sector, nation, year and section: health/scotland/2024/FOISA 38."),
        *PLACE,
        YEAR,
        *SECTION,
        RELYING,
        *USE,
    ),
)

SECTOR_SECTION_TOTALS = Table(
    name="sector_section_totals",
    description="As sector_sections, of all years together: an authority that relies on it in several is one.",
    key=("sector", "nation", "regime", "section"),
    indexes=(Index(columns=("regime", "section")),),
    facets=("sector", "nation", "regime"),
    columns=(*PLACE, *SECTION, RELYING, *USE),
)

SECTION_TOTALS = Table(
    name="section_totals",
    description="In how many requests of all authorities and years each section is relied on, as in section_years, and "
    "what internal reviews of these requests changed. A review is of the whole refusal, not of one section of it.",
    key=("regime", "section"),
    sort_desc="requests",
    facets=("regime",),
    columns=(
        *SECTION,
        *USE,
        integer("reviewed", "Of these, requests with an internal review whose outcome is known.", required=True),
        integer("changed", "Of those, requests in which a review gave more, in part or in whole.", required=True),
    ),
)

COMBINATIONS = Table(
    name="combinations",
    description="Which sections and exceptions are relied on together in one request. Each request with a ground is in "
    "one row of its year.",
    key=("id",),
    indexes=(Index(columns=("year", "requests")), Index(columns=("grounds", "year"))),
    sort_desc="requests",
    facets=("year", "sections"),
    columns=(
        text("id", "The year and the grounds: 2024/FOIA 31 + FOIA 40."),
        YEAR,
        text(
            "grounds",
            "The grounds with + between them: sections of the Acts, exceptions of the environmental regulations.",
            required=True,
        ),
        integer("sections", "How many there are.", required=True),
        integer("requests", "Requests that rely on exactly these.", required=True),
        integer("of_requests", "The denominator: requests of that year that rely on any ground.", required=True),
        integer("example", "One of these requests.", required=True, to="requests.id"),
    ),
)

APPEAL_RATES = Table(
    name="appeal_rates",
    description="How often the Information Commissioner upheld a complaint about a refusal under each section, as "
    "published by others. The complaints are those that requesters took so far, which are no sample of all refusals.",
    key=("regime", "section"),
    sort_desc="percent_upheld",
    columns=(
        text("regime", "The law.", required=True),
        text("section", "The section.", required=True),
        real("percent_upheld", "Complaints upheld, in whole or in part, as a percentage of decisions.", required=True),
        text("decided_by", "Who decided.", required=True),
        text("period", "Which decisions the figure is of.", required=True),
        text("published_by", "Who worked it out.", required=True),
        text("source_url", "Where it was published.", required=True),
    ),
)

TABLES: tuple[Table, ...] = (
    REFUSAL_YEARS,
    PROVISION_YEARS,
    SECTION_YEARS,
    SECTOR_YEARS,
    SECTOR_SECTIONS,
    SECTOR_SECTION_TOTALS,
    SECTION_TOTALS,
    COMBINATIONS,
    APPEAL_RATES,
)
