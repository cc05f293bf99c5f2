# %% [markdown]
# # Is it worth asking for a review, or appealing?
#
# Who is refused can ask the authority to look again (an internal review), and after that complain to the Information
# Commissioner. The archive shows the first where it happened in public; what the Commissioner decided is taken from a
# published count, with its source. Those who go on are those who think it worth it: **no rate here is a forecast**
# for another refusal.

# %%
import pandas as pd
from drawing import BLUE, GREY, ORANGE, PALE, SKY, bars, stacked
from reading import Archive

DATABASE = ""  # the path of a public.db; empty: WDTK_PUBLIC_DB, else data/site/public.db, else the demo's
MOST = 12  # rows in a chart

CHANGES = {
    "overturned": ("overturned", BLUE),
    "upheld_in_part": ("more was given", SKY),
    "upheld": ("nothing changed", ORANGE),
    "not_known": ("an outcome that does not say", GREY),
    "open": ("no outcome", PALE),
}
archive = Archive.at(DATABASE)
ask = archive.ask
archive.coverage()

# %% [markdown]
# ## What do internal reviews change?

# %%
by_law = ask("""
SELECT coalesce(regime, 'no law') AS law, sum(outcome = 'overturned') AS overturned,
  sum(outcome = 'upheld_in_part') AS upheld_in_part, sum(outcome = 'upheld') AS upheld,
  sum(outcome = 'not_known') AS not_known, sum(outcome = 'open') AS open, count(*) AS reviews,
  count(DISTINCT request_id) AS requests
FROM reviews GROUP BY law ORDER BY reviews DESC, law
""").set_index("law")
everything = by_law.sum().rename("all laws").to_frame().T
stacked(
    archive,
    "What do internal reviews change?",
    "Internal reviews that were asked for or carried out (their number in brackets), by the law that they ran under.",
    pd.concat([everything, by_law]) if len(by_law) > 1 else by_law,
    CHANGES,
).show("reviews-changes")
by_law

# %% [markdown]
# A refusal of which nobody asked a review is in no bar. How many of the requests with a ground went to review at all:

# %%
ask("""
SELECT
  (SELECT count(DISTINCT request_id) FROM reviews) AS requests_with_a_review,
  (SELECT coalesce(sum(any_ground), 0) FROM refusal_years) AS requests_with_a_ground,
  (SELECT coalesce(sum(requests_read), 0) FROM refusal_years) AS requests_read
""")

# %% [markdown]
# ## How long do they take?
#
# The steps of the official table. For the environmental regulations and in Scotland a law sets the day; under the
# Freedom of Information Act guidance does: 20 working days, and 40 where the case is complex.

# %%
STEPS = ["10 or less", "11 to 20", "21 to 40", "41 to 60", "61 to 80", "81 to 100", "More than 100"]
waits = (
    ask("""
SELECT bucket, count(*) AS reviews FROM reviews WHERE bucket IS NOT NULL GROUP BY bucket
""")
    .set_index("bucket")["reviews"]
    .reindex(STEPS, fill_value=0)
)
bars(
    archive,
    "How many working days do internal reviews take?",
    "Reviews of which both days are known, by the working days from the asking to the outcome.",
    [f"{step} days" for step in STEPS],
    list(waits),
    [int(waits.sum())] * len(waits),
).show("reviews-days")

# %%
ask("""
SELECT coalesce(regime, 'no law') AS law, coalesce(basis, 'nothing') AS day_set_by, sum(timing = 'in_time') AS in_time,
  sum(timing = 'permitted_extension') AS within_40_days_of_guidance, sum(timing = 'late') AS late,
  sum(timing = 'overdue') AS overdue, sum(timing IN ('open', 'on_hold', 'not_known')) AS not_said, count(*) AS reviews
FROM reviews GROUP BY law, basis ORDER BY reviews DESC, law
""")

# %% [markdown]
# ## Which authorities change their minds?

# %%
by_authority = ask("""
SELECT a.name AS authority, sum(r.reviews) AS reviews,
  sum(CASE WHEN r.outcome IN ('upheld', 'upheld_in_part', 'overturned') THEN r.reviews ELSE 0 END) AS decided,
  sum(CASE WHEN r.outcome IN ('upheld_in_part', 'overturned') THEN r.reviews ELSE 0 END) AS changed,
  v.fetched, v.known
FROM authority_reviews AS r
JOIN authorities AS a ON a.id = r.authority_id
LEFT JOIN coverage AS v ON v.authority_id = r.authority_id
GROUP BY a.id ORDER BY decided DESC, changed DESC, authority
""")
by_authority.head(MOST)

# %% [markdown]
# ## How does each provision fare?
#
# Beside what reviews here changed stands how many complaints about it the Commissioner upheld, of all decisions, as
# published. A review is of a whole refusal, and so counts for each section in it.

# %%
fares = ask("""
SELECT regime || ' ' || section AS ground, title, requests, requests_read, reviewed, changed, percent_upheld, period,
  published_by, source_url
FROM use_and_appeals
WHERE percent_upheld IS NOT NULL OR reviewed > 0
ORDER BY percent_upheld DESC NULLS LAST, reviewed DESC, requests DESC, ground
""")
shown = fares[fares["percent_upheld"].notna()].head(MOST)
sources = "; ".join(
    f"{by}, {when}" for by, when in shown[["published_by", "period"]].drop_duplicates().itertuples(index=False)
)
bars(
    archive,
    "Which refusals does the Information Commissioner overturn most often?",
    f"Complaints upheld, of those decided ({sources}). Not of this archive; without a published rate, not here.",
    shown["ground"] + " " + shown["title"].fillna(""),
    shown["percent_upheld"].round().astype(int),
    unit="%",
).show("reviews-appeals")
fares

# %% [markdown]
# `changed` of `reviewed` is of this archive, and mostly of so few that a share would mislead.
#
# ## In their own words
#
# The newest reviews that changed something, and where to read them at the source.

# %%
ask(
    """
SELECT a.name AS authority, r.title AS request, v.asked_on, v.decided_on, v.outcome, m.url AS source
FROM reviews AS v
JOIN requests AS r ON r.id = v.request_id
JOIN authorities AS a ON a.id = r.authority_id
LEFT JOIN messages AS m ON m.id = v.decided_message
WHERE v.outcome IN ('upheld_in_part', 'overturned')
ORDER BY v.decided_on DESC, v.request_id LIMIT :most
""",
    most=MOST,
)
