"""Tables added up from the clocks and from the labels, once, when the database is made."""

from scraper.publishing.model import Index, Table, integer, real, text

ANSWER_YEARS = Table(
    name="answer_years",
    description="How many requests of each authority and year fall in each line of the official statistics of time, "
    "and how long answers took. requests = in_time + permitted_extension + late + open + overdue + on_hold + "
    "not_known; see clocks for what each means.",
    key=("id",),
    indexes=(Index(columns=("authority_id", "year")), Index(columns=("year",))),
    facets=("year",),
    columns=(
        text("id", "The authority's number and the year: 7/2024, or 7/unknown."),
        integer("authority_id", "The authority.", required=True, to="authorities.id"),
        integer("year", "The year in which the requests were sent; empty where it is not known."),
        integer("requests", "Requests in this database.", required=True),
        integer("answered", "Requests with a letter read as an answer.", required=True),
        integer("in_time", "Answered within the first time limit.", required=True),
        integer("permitted_extension", "Answered within an extension that the law permits.", required=True),
        integer("late", "Answered after the last day.", required=True),
        integer("open", "Not answered by the last look, and not due then.", required=True),
        integer("overdue", "Not answered by the last look, and due before it.", required=True),
        integer("on_hold", "Waiting for clarification or a fee at the last look.", required=True),
        integer("not_known", "None of these can be said; or no law sets a day.", required=True),
        integer("extended", "Requests for which the law permitted an extension.", required=True),
        integer("not_permitted", "Requests for which more time was taken that no law gives.", required=True),
        real("mean_working_days", "Mean of working_days_taken of those answered."),
        real("median_working_days", "Their median."),
        integer("slowest_working_days", "The most working days that an answer took."),
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

TABLES: tuple[Table, ...] = (ANSWER_YEARS, LABEL_AND_READING)
