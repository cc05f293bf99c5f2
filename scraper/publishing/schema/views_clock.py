"""Views on the clocks of requests: response times, and internal reviews one by one."""

from scraper.publishing.schema.model import View
from scraper.publishing.schema.shared_columns import TOLD_AUTHORITY, TOLD_COVERAGE, TOLD_REQUEST
from scraper.publishing.schema.tables_answers import TIMES

RESPONSE_TIMES = View(
    name="response_times",
    description="How fast each authority answered, by year, in the lines of the official statistics, beside what is "
    "not known and the authority's coverage. Days due take in what the law permits: an extension for the public "
    "interest or for a complex and voluminous request, and the time of a question to the requester.",
    facets=("year",),
    columns=(
        *TOLD_AUTHORITY,
        ("year", "The year in which the requests were sent."),
        ("requests", "Requests in this database."),
        ("answered", "Requests with a letter read as an answer."),
        *TIMES.items(),
        (
            "percent_in_time",
            "in_time and permitted_extension as a percentage of these with late and overdue.",
        ),
        ("mean_working_days", "Mean of the working days that the law counts up to the answer: clocks.working_days."),
        ("median_working_days", "Their median."),
        ("slowest_working_days", "The most of them that an answer took."),
        *TOLD_COVERAGE,
    ),
    sql="""
SELECT y.authority_id, a.name, y.year, y.requests, y.answered, y.in_time, y.permitted_extension, y.late, y.overdue,
  y.open, y.on_hold, y.not_known,
  round(100.0 * (y.in_time + y.permitted_extension)
    / nullif(y.in_time + y.permitted_extension + y.late + y.overdue, 0), 1),
  y.mean_working_days, y.median_working_days, y.slowest_working_days, v.known, v.fetched
FROM authority_times AS y
LEFT JOIN authorities AS a ON a.id = y.authority_id
LEFT JOIN coverage AS v ON v.authority_id = y.authority_id
""",
)

SINGLE_REVIEWS = View(
    name="single_reviews",
    description="Each internal review with its request and authority: what became of the first decision, and when.",
    facets=("outcome", "timing", "regime", "year"),
    columns=(
        ("review_id", "The review: a row of reviews."),
        *TOLD_REQUEST,
        ("regime", "The law that it runs under; empty where none does."),
        ("asked_on", "The day on which it was asked for; empty where only its outcome is here."),
        ("due_on", "The last day for its outcome, by law or by guidance."),
        ("decided_on", "The day of its outcome."),
        ("outcome", "upheld, upheld_in_part, overturned, not_known or open: see reviews."),
        ("working_days", "Working days from asked_on to decided_on."),
        ("bucket", "The same in the steps of the official table."),
        ("timing", "Whether it came in time: see reviews."),
        ("example", "The letter with its outcome; where none came, the message that asks for it."),
    ),
    sql="""
SELECT v.id, v.request_id, r.title, r.authority_id, a.name, a.sector, r.year, v.regime, v.asked_on, v.due_on,
  v.decided_on, v.outcome, v.working_days, v.bucket, v.timing,
  coalesce(v.decided_source, v.decided_message, v.asked_message)
FROM reviews AS v
LEFT JOIN requests AS r ON r.id = v.request_id
LEFT JOIN authorities AS a ON a.id = r.authority_id
""",
)
