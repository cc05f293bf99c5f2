"""Tables added up from the clocks and from the labels, once, when the database is made."""

from scraper.publishing.schema.model import Column, Index, Table, integer, real, text
from scraper.publishing.schema.shared_columns import AUTHORITY, READ, YEAR

TIMES = {
    "in_time": "Answered within the first time limit.",
    "permitted_extension": "Answered within an extension that the law permits.",
    "late": "Answered late.",
    "overdue": "No answer by the last look, though the last day for one had passed.",
    "open": "No answer by the last look, and not due.",
    "on_hold": "The clock stands still: the authority waits for clarification or a fee.",
    "not_known": "Nothing that came was read as an answer, or no law sets a day.",
}
"""How the requests of a year stand in time: ``requests.timing``, one column each."""

_TIMED: tuple[Column, ...] = (
    integer("requests", "Requests in this database: the sum of the seven columns from in_time on.", required=True),
    READ,
    integer("answered", "Requests with a letter read as an answer.", required=True),
    *(integer(name, told, required=True) for name, told in TIMES.items()),
    integer("extended", "Requests for which the law permitted an extension.", required=True),
    integer("not_permitted", "Requests for which more time was taken that no law gives.", required=True),
    real("mean_working_days", "Mean of clocks.working_days: the working days that the law counts up to the answer."),
    real("median_working_days", "Their median: half of the answers took no more, half no fewer."),
    integer("slowest_working_days", "The most of them that an answer took."),
)

AUTHORITY_TIMES = Table(
    name="authority_times",
    description="How the requests to each authority stand in time, by the year in which they were sent, in the lines "
    "of the official statistics, and how many working days answers took.",
    key=("id",),
    indexes=(Index(columns=("authority_id", "year")), Index(columns=("year",))),
    facets=("year",),
    columns=(
        text("id", "The authority's number and the year: 7/2024, or 7/unknown."),
        AUTHORITY,
        YEAR,
        *_TIMED,
    ),
)

TIME_TOTALS = Table(
    name="time_totals",
    description="As authority_times, of all years of each authority together, and of all authorities together by year. "
    "A median cannot be added up from those of years, so it is worked out for each of these by itself.",
    key=("id",),
    indexes=(Index(columns=("period", "authority_id")),),
    facets=("period",),
    columns=(
        text("id", "The authority's number, or all, and the period: 7/all, all/2024, all/all."),
        integer("authority_id", "The authority; empty for all together.", to="authorities.id"),
        text("period", "The year in which the requests were sent, unknown, or all.", required=True),
        *_TIMED,
    ),
)

LABEL_AND_READING = Table(
    name="label_and_reading",
    description="What requesters say came of their requests beside what was read in the letters, in the lines of the "
    "official statistics. Labels are claims of people and readings are those of a program: neither is the truth. The "
    "share of the compared that part ways is in about.",
    key=("id",),
    indexes=(Index(columns=("agrees",)),),
    facets=("label", "outcome_class", "agrees"),
    columns=(
        text("id", "The four columns that follow, with a stroke between them."),
        text("label", "The label: described_state of the requests.", required=True),
        text(
            "label_class",
            "What it stands for; empty for a label that stands for no line, and where the newest reply has no label.",
        ),
        text("outcome_class", "Where the requests stand, as read.", required=True),
        text("outcome_source", "How that was found: reading, message, event or none.", required=True),
        integer("agrees", "1 when the two are the same, 0 when they are not; empty where not compared.", check="0, 1"),
        integer("requests", "How many requests.", required=True),
        integer("of_label", "Of how many that bear the label.", required=True),
        real("percent_of_label", "The first as a percentage of the second.", required=True),
        integer("example", "One of these requests, the newest.", required=True, to="requests.id"),
    ),
)

TABLES: tuple[Table, ...] = (AUTHORITY_TIMES, TIME_TOTALS, LABEL_AND_READING)
