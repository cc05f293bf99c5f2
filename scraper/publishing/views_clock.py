"""The view of response times, on the clocks of requests."""

from scraper.publishing.model import View

RESPONSE_TIMES = View(
    name="response_times",
    description="How fast each authority answered, by year, in the lines of the official statistics, beside what is "
    "not known and the authority's coverage. Days due take in what the law permits: an extension for the public "
    "interest or for a complex and voluminous request, and the time of a question to the requester.",
    facets=("year",),
    columns=(
        ("authority_id", "The authority."),
        ("authority", "The authority's name."),
        ("year", "The year in which the requests were sent."),
        ("requests", "Requests in this database."),
        ("answered", "Requests with a letter read as an answer."),
        ("in_time", "Answered within the first time limit."),
        ("permitted_extension", "Answered within an extension that the law permits."),
        ("late", "Answered after the last day."),
        ("overdue", "Not answered by the last look, and due before it."),
        ("open", "Not answered by the last look, and not due then."),
        ("on_hold", "Waiting for clarification or a fee at the last look."),
        ("not_known", "None of these can be said; or no law sets a day."),
        (
            "percent_in_time",
            "in_time and permitted_extension as a percentage of these with late and overdue.",
        ),
        ("mean_working_days", "Mean of working_days_taken of those answered."),
        ("median_working_days", "Their median."),
        ("slowest_working_days", "The most working days that an answer took."),
        ("known", "Requests of the authority, of all years, that the site says it has."),
        ("fetched", "Requests of the authority, of all years, in this database."),
    ),
    sql="""
SELECT y.authority_id, a.name, y.year, y.requests, y.answered, y.in_time, y.permitted_extension, y.late, y.overdue,
  y.open, y.on_hold, y.not_known,
  round(100.0 * (y.in_time + y.permitted_extension)
    / nullif(y.in_time + y.permitted_extension + y.late + y.overdue, 0), 1),
  y.mean_working_days, y.median_working_days, y.slowest_working_days, v.known, v.fetched
FROM answer_years AS y
JOIN authorities AS a ON a.id = y.authority_id
JOIN coverage AS v ON v.authority_id = y.authority_id
""",
)
