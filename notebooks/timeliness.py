# %% [markdown]
# # How long do answers take, and who is late?
#
# The law gives 20 working days for a first answer, with some extensions, and stops the clock while an authority waits
# for the requester. The clock of each request is worked out step by step on the site; here its results are counted,
# in the lines of the official statistics. What is not known stays in sight: nothing is late only because it could not
# be read.

# %%
from drawing import ORANGE, TIMES, bars, stacked
from reading import Archive

DATABASE = ""  # the path of a public.db; empty: WDTK_PUBLIC_DB, else data/site/public.db, else the demo's
MOST = 12  # rows in a chart
FEWEST = 5  # authorities with fewer requests of known timing are left out where they are compared

archive = Archive.at(DATABASE)
ask = archive.ask
archive.coverage()

# %% [markdown]
# ## How do requests stand in time, year by year?

# %%
by_year = ask("""
SELECT coalesce(cast(year AS text), 'not known') AS year, sum(in_time) AS in_time,
  sum(permitted_extension) AS permitted_extension, sum(late) AS late, sum(overdue) AS overdue, sum(open) AS open,
  sum(on_hold) AS on_hold, sum(not_known) AS not_known, sum(requests) AS requests
FROM authority_times GROUP BY 1 ORDER BY 1
""").set_index("year")
stacked(
    archive,
    "Do authorities answer in time?",
    "All requests of each year (their number in brackets), by the line of the official statistics that they fall in.",
    by_year,
    TIMES,
).show("timeliness-years")
by_year

# %% [markdown]
# The blue and light blue parts together are what official statistics call "in time". The newest year always has more
# that is open: do not read a trend out of its last bar.
#
# ## How many working days do answers take?

# %%
days = ask("""
SELECT min(max(working_days_taken - 1, 0) / 5, 12) AS step, count(*) AS requests
FROM requests WHERE working_days_taken IS NOT NULL GROUP BY step
""").set_index("step")["requests"]
days = days.reindex(range(13), fill_value=0)
names = ["5 days or fewer", *(f"{5 * step + 1} to {5 * step + 5} days" for step in range(1, 12)), "more than 60 days"]
chart = bars(
    archive,
    "How many working days do answers take?",
    "Requests with an answer, by the working days from sending; orange: more than the 20 that the law first gives.",
    names,
    list(days),
    [int(days.sum())] * len(days),
)
for bar in chart.axes.patches[4:]:
    bar.set_color(ORANGE)
chart.show("timeliness-days")

# %% [markdown]
# Not every answer in orange is late: an extension may be permitted, or the clock may have stood still. Requests
# without an answer are in no bar.
#
# ## Who answers late?

# %%
late = ask(
    """
WITH told AS (
  SELECT authority_id, sum(late + overdue) AS late, sum(in_time + permitted_extension + late + overdue) AS decided,
    sum(not_known + open + on_hold) AS not_decided, max(slowest_working_days) AS slowest_working_days
  FROM authority_times GROUP BY authority_id
)
SELECT a.name AS authority, t.late, t.decided, t.not_decided, t.slowest_working_days, v.fetched, v.known
FROM told AS t
JOIN authorities AS a ON a.id = t.authority_id
LEFT JOIN coverage AS v ON v.authority_id = t.authority_id
WHERE t.decided >= :fewest
ORDER BY 1.0 * t.late / t.decided DESC, t.late DESC, authority
""",
    fewest=FEWEST,
)
shown = late[late["late"] > 0].head(MOST)
bars(
    archive,
    "Who answers late most often?",
    "Requests answered late or overdue, of those of which it can be said; authorities with fewer than "
    f"{FEWEST} such requests are left out.",
    shown["authority"],
    shown["late"],
    shown["decided"],
    shares=True,
).show("timeliness-authorities")
late.head(MOST)

# %% [markdown]
# The other end of the list is worth as much: authorities that were never late.

# %%
late[late["late"] == 0].sort_values("decided", ascending=False).head(MOST)

# %% [markdown]
# ## How long do they take to weigh the public interest?
#
# Where a qualified exemption applies, the law lets an authority take "reasonable" time more; guidance says 20 working
# days should do. The steps are those of the official table. Extra days run from the day first due to the answer.

# %%
STEPS = ["5 or less", "6 to 10", "11 to 15", "16 to 20", "21 to 30", "31 to 40", "41 to 60", "61 to 80", "81 to 100"]
STEPS.append("More than 100")
delays = (
    ask("""
SELECT bucket, count(*) AS requests FROM public_interest_delays
WHERE extension = 'public_interest' AND bucket IS NOT NULL GROUP BY bucket
""")
    .set_index("bucket")["requests"]
    .reindex(STEPS, fill_value=0)
)
chart = bars(
    archive,
    "How long do authorities take to weigh the public interest?",
    "Requests extended for it and answered since, by the extra working days; orange: more than guidance allows.",
    [f"{step} days" for step in STEPS],
    list(delays),
    [int(delays.sum())] * len(delays),
)
for bar in chart.axes.patches[4:]:
    bar.set_color(ORANGE)
chart.show("timeliness-public-interest")

# %%
extended = ask("""
SELECT extension, coalesce(why_not_permitted, '') AS why_not_permitted, count(*) AS requests,
  sum(extra_working_days IS NULL) AS not_answered, round(avg(extra_working_days), 1) AS mean_extra_days,
  max(extra_working_days) AS most_extra_days, (SELECT count(*) FROM clocks) AS of_requests
FROM public_interest_delays GROUP BY extension, why_not_permitted ORDER BY requests DESC, extension
""")
extended

# %% [markdown]
# "Not permitted" is more time taken than any law gives: after the day had passed, or without naming what it rests on.
