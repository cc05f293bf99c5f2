# %% [markdown]
# # Which exemptions do authorities rely on?
#
# Three rules hold for every figure here:
#
# * a section of an Act, or an exception of the environmental regulations, counts **once in a request**, however many
#   letters and paragraphs name it;
# * beside every share stands its **denominator**: the requests that had a letter which could be read, to bodies under
#   the same country's law, since Scottish bodies answer under laws of their own;
# * shares are of **this archive**, not of all requests made in the country.

# %%
from drawing import bars, grid, years
from reading import Archive, top

DATABASE = ""  # the path of a public.db; empty: WDTK_PUBLIC_DB, else data/site/public.db, else the demo's
MOST = 12  # rows in a chart
FEWEST = 5  # authorities with fewer requests read are left out where they are compared

archive = Archive.at(DATABASE)
ask = archive.ask
archive.coverage()

# %% [markdown]
# ## Which grounds are relied on?

# %%
used = ask("""
SELECT regime || ' ' || section AS ground, title, requests, requests_read, percent_of_read, example
FROM use_and_appeals
ORDER BY requests DESC, ground
""")
used.head(MOST)

# %%
shown = used.head(MOST)
bars(
    archive,
    "Which grounds do authorities rely on?",
    "Requests in which a ground is relied on, of those read that were made to bodies under the same country's law.",
    shown["ground"] + " " + shown["title"].fillna(""),
    shown["requests"],
    shown["requests_read"],
).show("exemptions-grounds")

# %% [markdown]
# One request may be in several bars, so they add up to more than the requests refused. `example` is the id of a
# sentence: `/citation/…` on the site.
#
# ## Under which law?
#
# A request made under one law may be refused under another: a question about the environment is one for the
# regulations.

# %%
laws = ask("""
WITH read AS (
  SELECT applies_in = 'Scotland' AS scottish, sum(requests_read) AS requests_read FROM law_years GROUP BY 1
), used AS (
  SELECT counted_regime AS law, count(DISTINCT request_id) AS requests_with_a_ground,
    count(DISTINCT counted_provision) AS provisions_used
  FROM citations WHERE counted = 1 GROUP BY counted_regime
)
SELECT law, requests_with_a_ground, requests_read AS of_requests_read,
  round(100.0 * requests_with_a_ground / requests_read, 1) AS percent, provisions_used
FROM used JOIN read ON scottish = (law IN ('FOISA', 'EISR'))
ORDER BY requests_with_a_ground DESC
""")
laws

# %% [markdown]
# ## Is it changing?

# %%
of_years = ask("""
SELECT l.year, l.applies_in, l.requests_read FROM law_years AS l WHERE l.year IS NOT NULL AND l.requests_read > 0
""")
by_year = ask("""
SELECT year, regime || ' ' || section AS ground, sum(requests) AS requests
FROM section_years WHERE year IS NOT NULL GROUP BY year, ground
""")
grounds = list(used["ground"].head(6))
span = range(int(of_years["year"].min()), int(of_years["year"].max()) + 1) if len(of_years) else range(0)
counts = by_year.pivot_table(index="year", columns="ground", values="requests")
counts = counts.reindex(index=span, columns=grounds).fillna(0)
read = of_years.pivot_table(index="year", columns="applies_in", values="requests_read")
read = read.reindex(index=span, columns=["UK/E&W/NI", "Scotland"]).fillna(0)
scottish = [ground.split()[0] in ("FOISA", "EISR") for ground in grounds]
of = read.iloc[:, [int(one) for one in scottish]].set_axis(grounds, axis="columns")
years(
    archive,
    "Are the grounds used most becoming more usual?",
    "Requests in which the ground is relied on, as a share of the year's requests read.",
    counts,
    of,
).show("exemptions-years")
read.astype(int).rename_axis(None, axis="columns")

# %% [markdown]
# Compare the heights of blue bars. A pale bar rests on so few requests that one more or less changes it a lot; the
# table has the number read in each year.
#
# ## Which sectors, and which nations?

# %%
by_sector = ask("""
SELECT sector, nation, regime || ' ' || section AS ground, sum(requests) AS requests
FROM sector_sections GROUP BY sector, nation, ground
""")
of_sectors = ask("""
SELECT sector, nation, sum(requests_read) AS requests_read FROM sector_years
GROUP BY sector, nation HAVING sum(requests_read) > 0 ORDER BY requests_read DESC, sector, nation
""").head(MOST)
of_sectors = of_sectors.iloc[(of_sectors["nation"] == "scotland").argsort(kind="stable")]
read_in = of_sectors.set_index(["sector", "nation"])["requests_read"]
in_scotland = used["ground"].str.startswith(("FOISA", "EISR"))
columns = [*used[~in_scotland]["ground"].head(5), *used[in_scotland]["ground"].head(3)]
counts = by_sector.pivot_table(index=["sector", "nation"], columns="ground", values="requests")
counts = counts.reindex(index=read_in.index, columns=columns).fillna(0)
of = counts.mul(0).add(read_in, axis="index")
for ground in columns:  # no law of one country is used in the other
    of[ground] *= (read_in.index.get_level_values("nation") == "scotland") == ground.startswith(("FOISA", "EISR"))
names = [f"{sector.replace('_', ' ')}, {nation.replace('_', ' ')}" for sector, nation in read_in.index]
grid(
    archive,
    "Who relies on what?",
    "Requests in which the ground is relied on, of those read of sector and nation; the darker, the larger the share.",
    counts.set_axis(names),
    of.set_axis(names),
).show("exemptions-sectors")

# %% [markdown]
# Read along a row to see what a sector refuses on, down a column to see where a ground is at home. A dash is none, an
# empty cell is a law that does not apply there.
#
# ## Which authorities?
#
# One ground, authority by authority. `known` is how many requests the site says that the authority has, `fetched` how
# many of them are here.

# %%
GROUND = used["ground"].iloc[0] if len(used) else "FOIA 40"
by_authority = ask(
    """
SELECT a.name AS authority, sum(u.requests) AS requests, k.requests_read,
  round(100.0 * sum(u.requests) / k.requests_read, 1) AS percent, v.fetched, v.known
FROM section_years AS u
JOIN authorities AS a ON a.id = u.authority_id
JOIN (SELECT authority_id, sum(requests_read) AS requests_read FROM refusal_years GROUP BY authority_id) AS k
  ON k.authority_id = u.authority_id
LEFT JOIN coverage AS v ON v.authority_id = u.authority_id
WHERE u.regime || ' ' || u.section = :ground AND k.requests_read >= :fewest
GROUP BY a.id ORDER BY percent DESC, requests DESC, authority
""",
    ground=GROUND,
    fewest=FEWEST,
)
by_authority.head(MOST)

# %%
shown = by_authority.head(MOST)
bars(
    archive,
    f"Which authorities rely on {GROUND} most often?",
    f"Share of the authority's requests read; authorities with fewer than {FEWEST} of them are left out.",
    shown["authority"],
    shown["requests"],
    shown["requests_read"],
    shares=True,
).show("exemptions-authorities")

# %% [markdown]
# A large share of few requests says little: look at the count beside it, and at what the authority is asked for.
#
# ## Which go together?

# %%
together = ask("""
SELECT grounds, sum(requests) AS requests FROM combinations
WHERE sections > 1 GROUP BY grounds ORDER BY requests DESC, grounds
""")
with_a_ground = int(ask("SELECT coalesce(sum(requests), 0) AS requests FROM combinations")["requests"].iloc[0])
shown = top(together, MOST, "grounds")
bars(
    archive,
    "Which grounds are relied on in one and the same request?",
    "Requests that rely on exactly these, of all in which any ground is relied on.",
    shown["grounds"],
    shown["requests"],
    [with_a_ground] * len(shown),
).show("exemptions-together")

# %% [markdown]
# Each request is in one bar at most. Some grounds come together because a letter lists all it can think of, others
# since one is used for names within what another withholds.
#
# ## From a figure to its sentence
#
# Behind every figure there are letters. Here is the authority at the head of the list above: each request that was
# counted, the words that it was counted for, and the page at the source where they can be read.

# %%
AUTHORITY = by_authority["authority"].iloc[0] if len(by_authority) else ""
evidence = ask(
    """
SELECT u.request_title, u.provision, u.quote, u.first_citation, c."start", c."end", m.url AS source,
  coalesce(p.text, m.text) AS text
FROM exemption_use AS u
JOIN citations AS c ON c.id = u.first_citation
JOIN messages AS m ON m.id = c.message_id
LEFT JOIN pages AS p ON p.attachment_id = c.attachment_id AND p.number = c.page
WHERE u.authority = :authority AND :ground IN (u.regime || ' ' || u.section, u.regime || ' ' || u.provision)
ORDER BY u.request_id
""",
    authority=AUTHORITY,
    ground=GROUND,
)
evidence[["request_title", "provision", "quote", "first_citation", "source"]]

# %% [markdown]
# The quote is not a paraphrase: it stands in the published text, from `start` to `end`.

# %%
for row in evidence.head(1).itertuples():
    print("The quote stands there:", row.text[row.start : row.end] == row.quote)
    print(f"{AUTHORITY}: {row.request_title}\n")
    print(" ".join(row.text[max(0, row.start - 200) : row.end + 200].split()))
    print(f"\nOn the site: /citation/{row.first_citation}\nAt the source: {row.source}")
