"""Views of single grounds: who gave an opinion, who took more time, what others were told, what appeals bring."""

from scraper.publishing.schema.model import LAW_OF_SECTION, View
from scraper.publishing.schema.shared_columns import TOLD_REQUEST

QUALIFIED_PERSON_OPINIONS = View(
    name="qualified_person_opinions",
    description="Each request in which FOIA section 36 is relied on, and whether a letter speaks of the opinion of the "
    "qualified person, without which section 36 cannot be used (but for statistics). Section 30 of the Scottish Act "
    "needs no such opinion, so that it is not here. Whether the opinion was reasonable no letter can show.",
    facets=("year", "sector", "says_opinion"),
    columns=(
        *TOLD_REQUEST,
        ("provisions", "The parts of section 36 that are relied on."),
        ("says_opinion", "1 when a letter speaks of the qualified person's opinion, 0 when none that was read does."),
        ("qualified_person", "Who it was, where the letter says."),
        ("quote", "The words that speak of it."),
        ("said_in", "The letter with these words."),
        ("example", "The first mention of section 36."),
    ),
    sql="""
SELECT o.request_id, r.title, o.authority_id, a.name, a.sector, o.year, o.provisions,
  CAST(o.signal_id IS NOT NULL AS INTEGER), s.value, s.quote, s.source, o.example
FROM opinion_requests AS o
LEFT JOIN requests AS r ON r.id = o.request_id
LEFT JOIN authorities AS a ON a.id = o.authority_id
LEFT JOIN signals AS s ON s.id = o.signal_id
""",
)

PUBLIC_INTEREST_DELAYS = View(
    name="public_interest_delays",
    description="Each request for which an authority took more time: to weigh the public interest (FOIA 10(3)), for "
    "complex and voluminous information (EIR and EISR 7(1)), or without a law that permits it. Guidance says that "
    "weighing should take no more than 20 further working days.",
    facets=("extension", "year", "bucket", "sector"),
    columns=(
        *TOLD_REQUEST,
        ("regime", "The law that the clock runs under."),
        ("extension", "public_interest, complex_and_voluminous or not_permitted."),
        ("why_not_permitted", "Why no law permits it: too_late, no_qualified_exemption or no_such_extension."),
        ("provision", "The qualified exemption that the letter names: FOIA 43(2)."),
        ("first_due_on", "The last day for an answer without it."),
        ("claimed_on", "The day of the letter that takes more time."),
        ("until", "The day until which it takes it, as it states it."),
        ("answered_on", "The day of the answer; empty where there is none."),
        ("extra_working_days", "Working days from first_due_on to the answer."),
        ("bucket", "The same in the steps of the official table."),
        ("timing", "The line of the official statistics."),
        ("said_in", "The letter that takes more time."),
    ),
    sql="""
SELECT e.request_id, r.title, e.authority_id, a.name, a.sector, e.year, c.regime, e.extension, c.extension_refused,
  c.extension_provision, c.first_due_on, c.extension_claimed_on, c.extension_until, c.answered_on,
  e.extension_working_days, c.extension_bucket, c.timing, e.said_in
FROM extended_requests AS e
LEFT JOIN clocks AS c ON c.request_id = e.request_id
LEFT JOIN requests AS r ON r.id = e.request_id
LEFT JOIN authorities AS a ON a.id = e.authority_id
""",
)

SAME_REQUEST_ANSWERS = View(
    name="same_request_answers",
    description="What different authorities answered to the same request: one row for each request of a round robin, "
    "with the outcome and the grounds relied on.",
    facets=("outcome_class",),
    columns=(
        ("family_id", "The family of requests in the same words: a row of families."),
        ("family_title", "What it is called."),
        ("family_requests", "The denominator: requests of the family in this database."),
        ("family_authorities", "Authorities in it."),
        *TOLD_REQUEST,
        ("asked_on", "The day on which the request was sent."),
        ("outcome_class", "Where the request stands, in the lines of the official statistics."),
        ("grounds", "The grounds relied on, with commas between them; empty where there is none."),
        ("timing", "Whether the answer came in time."),
        ("working_days_taken", "Working days to the answer."),
        ("example", "The first mention of a ground."),
    ),
    sql="""
SELECT m.family_id, f.title, f.requests, f.authorities, m.request_id, r.title, m.authority_id, a.name, a.sector, r.year,
  r.asked_on, r.outcome_class,
  (SELECT group_concat(c.counted_regime || ' ' || c.counted_provision, ', ') FROM citations AS c
   WHERE c.request_id = m.request_id AND c.counted = 1),
  r.timing, r.working_days_taken,
  (SELECT min(c.id) FROM citations AS c WHERE c.request_id = m.request_id AND c.counted = 1)
FROM families AS f
JOIN family_members AS m ON m.family_id = f.id
LEFT JOIN requests AS r ON r.id = m.request_id
LEFT JOIN authorities AS a ON a.id = m.authority_id
WHERE f.kind = 'round_robin'
""",
)

USE_AND_APPEALS = View(
    name="use_and_appeals",
    description="How often each section is relied on here, beside how often others found that complaints about it were "
    "upheld by the Information Commissioner, and what internal reviews here changed. Complaints are brought by those "
    "who think them worth it: a rate is no forecast for another refusal.",
    facets=("regime",),
    columns=(
        ("regime", "The law."),
        ("section", "The section, or the exception of the regulations."),
        ("title", "What it is about."),
        ("requests", "Requests in this database in which it is relied on."),
        ("requests_read", "The denominator: requests to bodies under that country's law with an incoming letter read."),
        ("percent_of_read", "The first as a percentage of the second."),
        ("reviewed", "Of the requests, those with an internal review whose outcome is known."),
        ("changed", "Of these, those in which the review gave more."),
        ("percent_upheld", "Complaints to the Commissioner that were upheld, as published; empty where it is not."),
        ("period", "Which decisions that figure is of."),
        ("published_by", "Who worked it out."),
        ("source_url", "Where it was published."),
        ("example", "The mention in one of the requests."),
    ),
    sql="""
WITH asked AS (
  SELECT nation = 'scotland' AS scottish, sum(requests_read) AS requests_read FROM sector_years GROUP BY 1
)
SELECT u.regime, u.section, p.short_title, u.requests, k.requests_read,
  round(100.0 * u.requests / nullif(k.requests_read, 0), 1), u.reviewed, u.changed, f.percent_upheld, f.period,
  f.published_by, f.source_url, u.example
FROM section_totals AS u
JOIN asked AS k ON k.scottish = (u.regime IN ('FOISA', 'EISR'))
LEFT JOIN appeal_rates AS f ON f.regime = u.regime AND f.section = u.section"""  # noqa: S608 - words of this package
    + LAW_OF_SECTION,
)

VIEWS: tuple[View, ...] = (QUALIFIED_PERSON_OPINIONS, PUBLIC_INTEREST_DELAYS, SAME_REQUEST_ANSWERS, USE_AND_APPEALS)
