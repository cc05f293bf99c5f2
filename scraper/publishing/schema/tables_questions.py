"""Tables of the few requests that a question is about, drawn out once, so that it need not look for them in all."""

from scraper.publishing.schema.model import Index, Table, integer, text, word
from scraper.publishing.schema.shared_columns import AUTHORITY, YEAR

GROUNDS_USED = Table(
    name="grounds_used",
    description="One row for each request and ground relied on in it, counted once: what the view exemption_use shows "
    "with the names, the titles and the words.",
    key=("request_id", "regime", "provision"),
    indexes=(
        Index(columns=("authority_id", "year")),
        Index(columns=("regime", "section", "year")),
        Index(columns=("kind", "year")),
        Index(columns=("year",)),
    ),
    facets=("regime", "kind", "year"),
    columns=(
        integer("request_id", "The request.", required=True, to="requests.id"),
        word("regime", "The law.", required=True),
        text("provision", "The ground, after rolling up.", required=True),
        text("section", "Its section or regulation: 40.", required=True),
        word("kind", "exemption, exception, cost_limit, vexatious, repeat, ncnd, ...", required=True),
        AUTHORITY,
        YEAR,
        integer("ncnd", "1 when relied on to neither confirm nor deny, at the first mention.", required=True),
        text("citation_id", "The first mention.", required=True, to="citations.id"),
        text("provision_id", "Its row of the law table, in the version of its day.", required=True, to="provisions.id"),
    ),
)

NCND_YEARS = Table(
    name="ncnd_years",
    description="In how many requests of each authority and year the authority would neither confirm nor deny, by the "
    "ground that it relies on for that. A request with two grounds is in two rows; refusal_years counts it once.",
    key=("id",),
    indexes=(
        Index(columns=("authority_id", "regime", "provision", "year", "requests", "example")),
        Index(columns=("year",)),
    ),
    facets=("year", "regime"),
    columns=(
        text("id", "The authority's number, the year and the ground: 7/2024/FOIA 40(5B)(a)(i), or 7/2024/none."),
        AUTHORITY,
        YEAR,
        text("regime", "The law of the ground; empty where a letter names none."),
        text("provision", "The ground, after rolling up; empty where a letter names none."),
        integer("requests", "Requests: each counted once for the ground.", required=True),
        text(
            "example",
            "The mention in one of these requests; where no ground is named, the letter: a row of citations or of "
            "readings.",
            required=True,
        ),
    ),
)

EXTENDED_REQUESTS = Table(
    name="extended_requests",
    description="The requests for which an authority took more time than the law first gives. How, and what became of "
    "it, is in clocks; the view public_interest_delays has both.",
    key=("request_id",),
    indexes=(
        Index(columns=("authority_id", "year")),
        Index(columns=("extension_working_days",)),
    ),
    columns=(
        integer("request_id", "The request.", to="requests.id"),
        AUTHORITY,
        YEAR,
        word("extension", "Which: see clocks.", required=True),
        integer("extension_working_days", "Working days that it took: see clocks."),
        text("said_in", "The letter that takes more time: a row of readings, or of messages."),
    ),
)

OPINION_REQUESTS = Table(
    name="opinion_requests",
    description="The requests refused on FOIA section 36, and the signal of one of their letters that speaks of the "
    "qualified person's opinion. The view qualified_person_opinions says more of each.",
    key=("request_id",),
    indexes=(Index(columns=("authority_id", "year")), Index(columns=("year",))),
    columns=(
        integer("request_id", "The request.", to="requests.id"),
        AUTHORITY,
        YEAR,
        text("provisions", "The parts of section 36 that are relied on, with commas between them.", required=True),
        text("signal_id", "Where a letter speaks of the opinion; empty where none does.", to="signals.id"),
        text("example", "The first mention of section 36.", required=True, to="citations.id"),
    ),
)

TABLES: tuple[Table, ...] = (GROUNDS_USED, NCND_YEARS, EXTENDED_REQUESTS, OPINION_REQUESTS)
