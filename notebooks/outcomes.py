# %% [markdown]
# # What comes of requests, and do the accounts agree?
#
# There are three accounts: what was read in the letters, the label that the requester chose, and the return that
# government bodies make. Neither of the first two is the truth: a reading may be wrong, a label may be mistaken or
# old. The third cannot be seen here for single requests; its lines are worked out from the letters of the archive, so
# that they can be laid beside the published ones.

# %%
from drawing import OUTCOMES, bars, grid, stacked
from reading import Archive

DATABASE = ""  # the path of a public.db; empty: WDTK_PUBLIC_DB, else data/site/public.db, else the demo's
MOST = 12  # rows in a chart

archive = Archive.at(DATABASE)
ask = archive.ask
archive.coverage()

# %% [markdown]
# ## What comes of requests?

# %%
by_year = ask("""
SELECT coalesce(cast(year AS text), 'not known') AS year, outcome_class AS outcome, sum(requests) AS requests
FROM authority_outcomes GROUP BY 1, 2
""")
by_year["outcome"] = by_year["outcome"].where(by_year["outcome"].isin(OUTCOMES), "other")
counts = by_year.pivot_table(index="year", columns="outcome", values="requests", aggfunc="sum", fill_value=0)
counts = counts.reindex(columns=list(OUTCOMES), fill_value=0)
stacked(
    archive,
    "What comes of requests?",
    "All requests of each year (their number in brackets), by what the newest letter that was read says.",
    counts,
    OUTCOMES,
).show("outcomes-years")
counts.rename_axis(None, axis="columns").assign(requests=counts.sum(axis="columns"))

# %% [markdown]
# "Withheld in full" takes in the cost limit, vexatious requests and neither confirming nor denying, as the official
# statistics do. "Anything else": transferred, on hold, not delivered, told where to look, or not known.
#
# ## Does the requester's label agree with what was read?

# %%
labels = ask("""
SELECT label, outcome_class AS outcome, sum(requests) AS requests, max(agrees) AS agrees
FROM label_and_reading WHERE agrees IS NOT NULL GROUP BY label, outcome_class
""")
counts = labels.pivot_table(index="label", columns="outcome", values="requests", aggfunc="sum", fill_value=0)
counts = counts.loc[counts.sum(axis="columns").sort_values(ascending=False).index]
kinds = [kind for kind in OUTCOMES if kind in counts] + sorted(kind for kind in counts if kind not in OUTCOMES)
counts = counts[kinds].rename(columns=lambda name: name.replace("_", " "), index=lambda name: name.replace("_", " "))
grid(
    archive,
    "Does the requester's label agree with what was read?",
    "Requests whose label and reading can be compared: in rows the label, in columns what the letters say as read.",
    counts,
    counts.mul(0).add(counts.sum(axis="columns"), axis="index"),
).show("outcomes-labels")

# %%
agreed = int(labels.loc[labels["agrees"] == 1, "requests"].sum())
compared = int(labels["requests"].sum())
here = int(ask("SELECT coalesce(sum(requests), 0) AS n FROM label_and_reading")["n"].iloc[0])
print(f"The two agree in {agreed:,} of {compared:,} requests that can be compared, of {here:,} here.")

# %% [markdown]
# Where they part ways, read the letters: some labels were set before the last answer, some readings are mistaken.

# %%
ask(
    """
SELECT label, outcome_class AS read_as, requests, of_label, percent_of_label, example,
  (SELECT url FROM requests WHERE id = example) AS source
FROM label_and_reading WHERE agrees = 0 ORDER BY requests DESC, id LIMIT :most
""",
    most=MOST,
)

# %% [markdown]
# ## The return of government bodies
#
# What departments report each quarter, with the names of the published columns. "Resolvable" requests are those that
# could be answered on the substance. Lay shares and not numbers beside the official ones: the archive has the public
# requests of one site.

# %%
FIRST_OUTCOMES = {
    "Initial Outcome Granted in full": OUTCOMES["granted_in_full"],
    "Initial Outcome  Partially withheld": OUTCOMES["partially_withheld"],
    "Initial Outcome  Fully withheld": OUTCOMES["fully_withheld"],
    "Initial Outcome Response not yet provided": OUTCOMES["not_yet_answered"],
}
returned = ask("SELECT * FROM official_return WHERE sector = 'central_government'")
stacked(
    archive,
    "What would government bodies report?",
    "Resolvable requests to central government by the year received (their number in brackets), by the first outcome.",
    returned.groupby("year")[list(FIRST_OUTCOMES)].sum(),
    FIRST_OUTCOMES,
).show("outcomes-return")

# %%
sections = returned.filter(regex=r"^S\(").sum().sort_values(ascending=False, kind="stable")
sections = sections[sections > 0].head(MOST)
claimed = int(returned["Number of requests where an exemption was claimed"].sum())
bars(
    archive,
    "Which exemptions would government bodies report?",
    "Requests to central government withheld on the section, of those in which an exemption was claimed.",
    list(sections.index),
    list(sections),
    [claimed] * len(sections),
).show("outcomes-return-sections")

# %% [markdown]
# The same body by body, with what cannot be said and the coverage: how many requests of all years are here
# (`fetched`), and how many the site has (`known`).

# %%
NUMBERS = [
    "Total requests received", 'Total "resolvable" requests', "20-day deadline met",
    "Permitted extension to 20-day deadline", "Late response (i.e. 20-day deadline missed)", "requests_read",
    "outcome_not_known", "timing_not_known",
]  # fmt: skip
bodies = returned.groupby("Government body").agg(dict.fromkeys(NUMBERS, "sum") | {"fetched": "max", "known": "max"})
bodies.sort_values("Total requests received", ascending=False).head(MOST)

# %% [markdown]
# ## The Scottish return
#
# Scottish bodies report to their own Commissioner, under laws of their own, and count what is not held with the rest.

# %%
SCOTTISH = {
    "FOISA - full release": OUTCOMES["granted_in_full"],
    "FOISA - some released": OUTCOMES["partially_withheld"],
    "FOISA - none released": OUTCOMES["fully_withheld"],
    "FOISA - none held ": OUTCOMES["not_held"],
}
scottish = ask("SELECT * FROM scottish_return")
stacked(
    archive,
    "What would Scottish bodies report?",
    "Requests under the Freedom of Information (Scotland) Act by the year received, by what was released.",
    scottish.groupby("year")[list(SCOTTISH)].sum(),
    SCOTTISH,
).show("outcomes-return-scotland")

# %%
NUMBERS = [
    "FOISA requests", "FOISA response on time", "FOISA response late", "FOISA - faliure to respond", "EIR requests",
    "EIRs response on time", "EIRs response late", "EIRs - failure to respond", "requests_read", "outcome_not_known",
    "timing_not_known",
]  # fmt: skip
scottish.groupby("year")[NUMBERS].sum()
