"""The views: questions with their denominators beside them."""

from scraper.publishing.model import View

EXEMPTION_USE = View(
    name="exemption_use",
    description="One row for each request and ground relied on in it, counted once; the quote is the first mention. "
    "Grounds of every kind are here: filter on kind to leave out the cost limit and vexatious requests.",
    facets=("regime", "section", "kind"),
    columns=(
        ("request_id", "The request."),
        ("request_title", "Its title."),
        ("request_url", "Its page at the source."),
        ("authority_id", "The authority."),
        ("authority", "The authority's name."),
        ("year", "The year in which the request was sent."),
        ("regime", "The law: FOIA, EIR, FOISA or EISR."),
        ("provision", "The ground, after rolling up: 40(2)."),
        ("section", "Its section or regulation: 40."),
        ("title", "What the ground is about."),
        ("kind", "exemption, exception, cost_limit, vexatious, repeat, ncnd, ..."),
        ("ncnd", "1 when relied on to neither confirm nor deny, at the first mention."),
        ("citations", "How many times the request's letters rely on it."),
        ("first_citation", "The first mention: the id of a row of citations."),
        ("quote", "The words of the first mention."),
    ),
    sql="""
SELECT r.id, r.title, r.url, r.authority_id, a.name, r.year, c.counted_regime, c.counted_provision,
  p.section, p.short_title, p.kind, c.role = 'relied_on_ncnd',
  (SELECT count(*) FROM citations AS k WHERE k.request_id = c.request_id AND k.relied_on = 1
     AND k.counted_regime = c.counted_regime AND k.counted_provision = c.counted_provision),
  c.id, c.quote
FROM citations AS c
JOIN requests AS r ON r.id = c.request_id
JOIN authorities AS a ON a.id = r.authority_id
JOIN provisions AS p ON p.id = c.provision_id
WHERE c.counted = 1
""",
)

EXEMPTIONS_BY_AUTHORITY_YEAR = View(
    name="exemptions_by_authority_year",
    description="How many requests each authority refused on each ground, by year, beside the number of requests whose "
    "letters could be read and the authority's coverage. Shares are of this archive, not of all requests.",
    facets=("year", "regime", "section"),
    columns=(
        ("authority_id", "The authority."),
        ("authority", "The authority's name."),
        ("year", "The year in which the requests were sent."),
        ("regime", "The law."),
        ("provision", "The ground, after rolling up."),
        ("section", "Its section or regulation."),
        ("title", "What the ground is about."),
        ("requests", "Requests in which it is relied on."),
        ("requests_read", "The denominator: requests of that authority and year with an incoming letter read."),
        ("percent_of_read", "The first as a percentage of the second."),
        ("requests_fetched", "Requests of that authority and year in this database."),
        ("known", "Requests of the authority, of all years, that the site says it has."),
        ("fetched", "Requests of the authority, of all years, in this database."),
    ),
    sql="""
WITH asked AS (
  SELECT authority_id, year, count(*) AS fetched, sum(letters_read > 0) AS read
  FROM requests GROUP BY authority_id, year
), used AS (
  SELECT r.authority_id, r.year, c.counted_regime, c.counted_provision, c.provision_id, count(*) AS requests
  FROM citations AS c JOIN requests AS r ON r.id = c.request_id
  WHERE c.counted = 1
  GROUP BY r.authority_id, r.year, c.counted_regime, c.counted_provision
)
SELECT u.authority_id, a.name, u.year, u.counted_regime, u.counted_provision, p.section, p.short_title,
  u.requests, asked.read, round(100.0 * u.requests / asked.read, 1), asked.fetched, v.known, v.fetched
FROM used AS u
JOIN asked ON asked.authority_id = u.authority_id AND asked.year IS u.year
JOIN authorities AS a ON a.id = u.authority_id
JOIN provisions AS p ON p.id = u.provision_id
JOIN coverage AS v ON v.authority_id = u.authority_id
""",
)

RESPONSE_TIMES = View(
    name="response_times",
    description="How fast each authority answered, by year, beside what is not known and the authority's coverage. "
    "Deadlines are counted without extensions, so a letter that extends the time counts as late.",
    facets=("year",),
    columns=(
        ("authority_id", "The authority."),
        ("authority", "The authority's name."),
        ("year", "The year in which the requests were sent."),
        ("requests", "Requests in this database."),
        ("answered", "Requests with a letter read as an answer."),
        ("in_time", "Answered by the due day."),
        ("late", "Answered after it, or not at all by the last check."),
        ("not_known", "Neither: something came that was not read as an answer, or no law sets a day."),
        ("percent_in_time", "in_time as a percentage of in_time and late together."),
        ("mean_working_days", "Mean of working_days_taken of those answered."),
        ("slowest_working_days", "The most working days that an answer took."),
        ("known", "Requests of the authority, of all years, that the site says it has."),
        ("fetched", "Requests of the authority, of all years, in this database."),
    ),
    sql="""
WITH timed AS (
  SELECT authority_id, year, count(*) AS requests, count(answered_on) AS answered, count(*) - count(late) AS not_known,
    count(late) - coalesce(sum(late), 0) AS in_time, coalesce(sum(late), 0) AS late,
    avg(working_days_taken) AS mean_days, max(working_days_taken) AS most_days
  FROM requests GROUP BY authority_id, year
)
SELECT t.authority_id, a.name, t.year, t.requests, t.answered, t.in_time, t.late, t.not_known,
  round(100.0 * t.in_time / nullif(t.in_time + t.late, 0), 1), round(t.mean_days, 1), t.most_days, v.known, v.fetched
FROM timed AS t
JOIN authorities AS a ON a.id = t.authority_id
JOIN coverage AS v ON v.authority_id = t.authority_id
""",
)
