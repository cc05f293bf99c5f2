# %% [markdown]
# # How do authorities refuse?
#
# "Refused" may mean many things: an exemption, a cost limit, a vexatious request, an authority that will neither
# confirm nor deny, or nothing held. They are kept apart here. One request may be in several of them, since a letter
# may refuse on several grounds. Shares are of the requests that had a letter which could be read.

# %%
from drawing import bars, grid, years
from reading import Archive, top

DATABASE = ""  # the path of a public.db; empty: WDTK_PUBLIC_DB, else data/site/public.db, else the demo's
MOST = 12  # rows in a chart

KINDS = {
    "exemption": "an exemption or exception",
    "cost_limit": "the cost limit",
    "vexatious": "vexatious",
    "repeated": "repeated",
    "ncnd": "neither confirm nor deny",
    "not_held": "not held",
}
archive = Archive.at(DATABASE)
ask = archive.ask
archive.coverage()

# %% [markdown]
# ## How often is each kind met?

# %%
kinds = (
    ask("""
SELECT sum(exemption) AS exemption, sum(cost_limit) AS cost_limit, sum(vexatious) AS vexatious,
  sum(repeated) AS repeated, sum(ncnd) AS ncnd, sum(not_held) AS not_held, sum(any_ground) AS any_ground,
  sum(requests_read) AS requests_read
FROM refusal_years
""")
    .fillna(0)
    .astype(int)
)
bars(
    archive,
    "How do authorities refuse?",
    "Requests by the kind of refusal, of all requests read. A request may be in several bars.",
    list(KINDS.values()),
    kinds[list(KINDS)].iloc[0],
    [kinds["requests_read"].iloc[0]] * len(KINDS),
).show("refusals-kinds")
kinds

# %% [markdown]
# "Not held" is an answer and no refusal in law, but leaves the asker with nothing. Neither confirming nor denying is
# counted by itself even where it names the exemption that it rests on.
#
# ## Do sectors refuse in different ways?

# %%
sectors = ask("""
SELECT replace(sector, '_', ' ') AS sector, sum(exemption) AS exemption, sum(cost_limit) AS cost_limit,
  sum(vexatious) AS vexatious, sum(repeated) AS repeated, sum(ncnd) AS ncnd, sum(not_held) AS not_held,
  sum(requests_read) AS requests_read
FROM sector_years GROUP BY sector HAVING sum(requests_read) > 0 ORDER BY requests_read DESC, sector
""").set_index("sector")
shown = sectors.head(MOST)
counts = shown[list(KINDS)].rename(columns=KINDS)
grid(
    archive,
    "Do sectors refuse in different ways?",
    "Requests by the kind of refusal, of those read of the sector; the darker, the larger the share.",
    counts,
    counts.mul(0).add(shown["requests_read"], axis="index"),
).show("refusals-sectors")

# %% [markdown]
# Read down a column. Sectors are asked for different things, so a difference is a question to follow up, not yet an
# answer.
#
# ## Is it changing?

# %%
by_year = ask("""
SELECT year, sum(exemption) AS exemption, sum(cost_limit) AS cost_limit, sum(vexatious) AS vexatious,
  sum(repeated) AS repeated, sum(ncnd) AS ncnd, sum(not_held) AS not_held, sum(requests_read) AS requests_read
FROM refusal_years WHERE year IS NOT NULL GROUP BY year ORDER BY year
""").set_index("year")
span = range(by_year.index.min(), by_year.index.max() + 1) if len(by_year) else range(0)
by_year = by_year.reindex(span).fillna(0).astype(int)
counts = by_year[list(KINDS)].rename(columns=KINDS)
years(
    archive,
    "Are some kinds of refusal becoming more usual?",
    "Requests by the kind of refusal, as a share of the year's requests read.",
    counts,
    counts.mul(0).add(by_year["requests_read"], axis="index"),
).show("refusals-years")
by_year

# %% [markdown]
# ## Who refuses on cost?
#
# Section 12 of either Act, where an answer would cost more than the limit. `known` and `fetched` are the authority's
# coverage: the requests that the site says it has, and those that are here.

# %%
cost = ask("""
SELECT a.name AS authority, sum(y.cost_limit) AS refused_on_cost, sum(y.requests_read) AS requests_read, v.fetched,
  v.known
FROM refusal_years AS y
JOIN authorities AS a ON a.id = y.authority_id
LEFT JOIN coverage AS v ON v.authority_id = y.authority_id
GROUP BY a.id HAVING sum(y.cost_limit) > 0 ORDER BY refused_on_cost DESC, requests_read, authority
""")
shown = top(cost, MOST, "authority")
bars(
    archive,
    "Who refuses on cost?",
    "Requests refused under section 12 of either Act, of the authority's requests read.",
    shown["authority"],
    shown["refused_on_cost"],
    shown["requests_read"],
).show("refusals-cost")
cost.head(MOST)

# %% [markdown]
# An authority that is asked for counts over many years will be here more often. Section 12 says nothing of what is
# held.
#
# ## Under which provisions do they neither confirm nor deny?

# %%
ncnd = ask("""
SELECT u.regime || ' ' || u.section AS ground,
  (SELECT short_title FROM provisions AS p WHERE p.regime = u.regime AND p.provision = u.section
   ORDER BY in_force_from DESC LIMIT 1) AS title,
  u.ncnd AS to_neither_confirm_nor_deny, u.requests AS of_requests_relying_on_it, u.example
FROM section_totals AS u WHERE u.ncnd > 0 ORDER BY u.ncnd DESC, ground
""")
named, said = int(ncnd["to_neither_confirm_nor_deny"].sum()), int(kinds["ncnd"].iloc[0])
print(f"{said:,} requests were answered so; a ground is named {named:,} times (some name several, some none).")
ncnd.head(MOST)

# %% [markdown]
# ## Whose opinion does section 36 rest on?
#
# Section 36 (effective conduct of public affairs) needs the reasonable opinion of a qualified person. Whether a
# letter speaks of one can be counted; whether the opinion was reasonable no letter can show.

# %%
opinions = ask("""
SELECT year, authority, provisions, says_opinion, qualified_person, quote, example
FROM qualified_person_opinions ORDER BY year DESC, request_id
""")
print(
    f"In {opinions['says_opinion'].sum():,} of {len(opinions):,} requests refused on section 36 a letter speaks of it."
)
opinions.assign(says_opinion=opinions["says_opinion"].map({1: "yes", 0: "no"}, na_action="ignore")).head(MOST)

# %% [markdown]
# ## Who calls requests vexatious or repeated?

# %%
vexatious = ask("""
SELECT a.name AS authority, sum(y.vexatious) AS vexatious, sum(y.repeated) AS repeated,
  sum(y.requests_read) AS requests_read, v.fetched, v.known
FROM refusal_years AS y
JOIN authorities AS a ON a.id = y.authority_id
LEFT JOIN coverage AS v ON v.authority_id = y.authority_id
GROUP BY a.id HAVING sum(y.vexatious + y.repeated) > 0
ORDER BY sum(y.vexatious + y.repeated) DESC, requests_read, authority
""")
vexatious.head(MOST)
