"""The view of response times, on the clocks of requests."""

from scraper.publishing.model import View
from scraper.publishing.shared_columns import TOLD_AUTHORITY, TOLD_COVERAGE
from scraper.publishing.tables_answers import TIMES

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
JOIN authorities AS a ON a.id = y.authority_id
JOIN coverage AS v ON v.authority_id = y.authority_id
""",
)
