# %% [markdown]
# # Which exemptions do authorities rely on?
#
# This notebook opens `public.db`, says what is in it, and follows one question from a chart down to a sentence in a
# letter. It reads nothing but that file. Point `WDTK_PUBLIC_DB` at another database to ask it the same; without it, the
# notebook takes the demo's (`wdtk demo`), or the one that the site serves.
#
# Three rules hold for every figure here:
#
# * a ground counts **once in a request**, however many letters repeat it;
# * beside every share stands its **denominator**: the requests that had at least one letter which could be read;
# * shares are of **this archive**, not of all requests made in the country.

# %%
import os
import sqlite3
from pathlib import Path
from textwrap import shorten

import matplotlib.pyplot as plt
import pandas as pd

PLACES = [f"{above}data/{folder}/public.db" for folder in ("demo", "site") for above in ("../", "")]
if "WDTK_PUBLIC_DB" in os.environ:
    PLACES = [os.environ["WDTK_PUBLIC_DB"]]
FOUND = next((Path(place) for place in PLACES if Path(place).is_file()), None)
if FOUND is None:
    raise SystemExit("There is no public.db. Make one with `wdtk demo --no-serve`, or set WDTK_PUBLIC_DB to yours.")
DATABASE = sqlite3.connect(f"{FOUND.resolve().as_uri()}?mode=ro", uri=True)


def ask(sql: str, **parameters: object) -> pd.DataFrame:
    """The rows that answer a question in SQL; `:name` in it stands for a parameter."""
    return pd.read_sql_query(sql, DATABASE, params=parameters)


plt.rcParams.update({"figure.figsize": (9, 4.5), "axes.spines.top": False, "axes.spines.right": False})

# %% [markdown]
# ## What is in it
#
# How much there is, how fresh it is, and how much of what the site knows of has been fetched.

# %%
ask("""
SELECT key, value FROM about WHERE key IN ('built_at', 'last_checked_at', 'source', 'schema_version', 'parser_version')
""")

# %%
amounts = ask("""
SELECT
  (SELECT count(*) FROM requests) AS requests,
  (SELECT count(*) FROM requests WHERE letters_read > 0) AS requests_read,
  (SELECT count(DISTINCT authority_id) FROM requests) AS authorities,
  (SELECT count(*) FROM messages) AS messages,
  (SELECT count(*) FROM pages) AS pages_of_documents,
  (SELECT count(*) FROM citations) AS mentions_of_a_provision,
  (SELECT count(*) FROM citations WHERE relied_on = 1) AS of_these_relied_on
""")
amounts.T.rename(columns={0: "count"})

# %%
coverage = ask("""
SELECT sum(known) AS requests_known_to_the_site, sum(fetched) AS fetched, sum(requests_read) AS requests_read,
  sum(attachments) AS files, sum(read) AS files_read, sum(unreadable) AS unreadable, sum(held_back) AS held_back,
  sum(refused) AS refused, sum(waiting) AS waiting
FROM coverage WHERE fetched > 0
""")
coverage.T.rename(columns={0: "count"})

# %% [markdown]
# ## Which grounds are relied on
#
# The view `exemption_use` has one row for each request and ground. Sections of the Acts are counted as wholes; of the
# environmental regulations each exception is counted by itself, since regulation 12 holds them nearly all.
#
# Scottish bodies answer under laws of their own, so each ground is set beside the requests to bodies under the same
# country's law.

# %%
DATABASE.execute("""
CREATE TEMP VIEW ground_use AS
SELECT *, regime || ' ' || CASE WHEN regime IN ('EIR', 'EISR') THEN provision ELSE section END AS ground
FROM exemption_use
""")
used = ask("""
WITH read AS (
  SELECT coalesce(regime IN ('FOISA', 'EISR'), 0) AS scottish, count(*) AS requests_read
  FROM requests WHERE letters_read > 0 GROUP BY scottish
), used AS (
  SELECT regime, ground, count(DISTINCT request_id) AS requests FROM ground_use GROUP BY regime, ground
)
SELECT used.ground,
  (SELECT short_title FROM provisions AS p WHERE p.regime || ' ' || p.provision = used.ground
   ORDER BY in_force_from DESC LIMIT 1) AS title,
  used.requests, read.requests_read, round(100.0 * used.requests / read.requests_read, 1) AS percent
FROM used
JOIN read ON read.scottish = (used.regime IN ('FOISA', 'EISR'))
ORDER BY used.requests DESC, used.ground
""")
used.head(12)

# %%
top = used.head(12).iloc[::-1]
figure, axes = plt.subplots()
bars = axes.barh(
    [shorten(f"{row.ground} {row.title or ''}", 56, placeholder="…") for row in top.itertuples()],
    top["requests"],
    color="#3f7f9e",
)
axes.bar_label(bars, labels=[f"{row.requests} of {row.requests_read}" for row in top.itertuples()], padding=4)
axes.set_xlabel("requests in which it is relied on, of those read")
axes.set_title("Grounds relied on most")
axes.margins(x=0.2)
figure.tight_layout()
plt.show()

# %% [markdown]
# ## By year
#
# The five grounds used most, as shares of the requests of each year, under the same country's law, that could be read.
# A year with few requests swings widely, so the number read stands under each year.

# %%
by_year = ask("""
WITH read AS (
  SELECT year, coalesce(regime IN ('FOISA', 'EISR'), 0) AS scottish, count(*) AS requests_read
  FROM requests WHERE letters_read > 0 AND year IS NOT NULL GROUP BY year, scottish
)
SELECT u.year, u.ground, count(DISTINCT u.request_id) AS requests, read.requests_read,
  100.0 * count(DISTINCT u.request_id) / read.requests_read AS percent
FROM ground_use AS u
JOIN read ON read.year = u.year AND read.scottish = (u.regime IN ('FOISA', 'EISR'))
GROUP BY u.year, u.ground
""")
read_by_year = ask("""
SELECT year, count(*) AS requests_read FROM requests WHERE letters_read > 0 AND year IS NOT NULL GROUP BY year
""").set_index("year")["requests_read"]
years = range(int(read_by_year.index.min()), int(read_by_year.index.max()) + 1)

# %%
figure, axes = plt.subplots()
for ground in used["ground"].head(5):
    shares = by_year[by_year["ground"] == ground].set_index("year")["percent"].reindex(years, fill_value=0)
    axes.plot(years, shares, marker="o", label=ground)
axes.set_xticks(years, [f"{year}\n({read_by_year.get(year, 0)})" for year in years], fontsize=8)
axes.set_ylim(bottom=0)
axes.set_ylabel("% of the requests read")
axes.set_xlabel("year of the request (requests read)")
axes.set_title("The grounds used most, year by year")
axes.legend(frameon=False)
figure.tight_layout()
plt.show()

# %% [markdown]
# ## By authority
#
# One ground, authority by authority. Authorities with fewer than five requests read are left out: a share of few says
# little. `known` is how many requests the site says that the authority has, `fetched` how many are here.

# %%
FEWEST = 5
chosen = used["ground"].iloc[0]
by_authority = ask(
    """
SELECT a.name AS authority, v.requests_read, v.fetched, v.known,
  count(DISTINCT u.request_id) AS requests,
  round(100.0 * count(DISTINCT u.request_id) / v.requests_read, 1) AS percent
FROM coverage AS v
JOIN authorities AS a ON a.id = v.authority_id
LEFT JOIN ground_use AS u ON u.authority_id = a.id AND u.ground = :ground
WHERE v.requests_read >= :fewest
GROUP BY a.id ORDER BY percent DESC, requests DESC, authority
""",
    ground=chosen,
    fewest=FEWEST,
)
print(f"{chosen} ({used['title'].iloc[0]})")
by_authority.head(12)

# %%
shown = by_authority[by_authority["requests"] > 0].head(15).iloc[::-1]
figure, axes = plt.subplots(figsize=(9, 0.6 + 0.32 * max(4, len(shown))))
bars = axes.barh(shown["authority"], shown["percent"], color="#3f7f9e")
axes.bar_label(bars, labels=[f"{row.requests} of {row.requests_read}" for row in shown.itertuples()], padding=4)
axes.set_xlabel(f"% of the authority's requests read in which it relies on {chosen}")
axes.set_title(f"Who relies on {chosen}")
axes.margins(x=0.2)
figure.tight_layout()
plt.show()

# %% [markdown]
# ## From a figure to its sentence
#
# Behind every figure there are letters. Here is the authority at the head of that list: each request that was counted,
# the words that it was counted for, and the page at the source where they can be read.

# %%
authority = by_authority["authority"].iloc[0]
evidence = ask(
    """
SELECT u.request_title, u.provision, u.quote, u.first_citation, c."start", c."end", m.url AS source,
  coalesce(p.text, m.text) AS text
FROM ground_use AS u
JOIN citations AS c ON c.id = u.first_citation
JOIN messages AS m ON m.id = c.message_id
LEFT JOIN pages AS p ON p.attachment_id = c.attachment_id AND p.number = c.page
WHERE u.authority = :authority AND u.ground = :ground
ORDER BY u.request_id
""",
    authority=authority,
    ground=chosen,
)
evidence[["request_title", "provision", "quote", "first_citation", "source"]]

# %% [markdown]
# The quote is not a paraphrase: it stands in the published text, from `start` to `end`.

# %%
first = evidence.iloc[0]
print("The quote stands there:", first["text"][first["start"] : first["end"]] == first["quote"])
around = first["text"][max(0, first["start"] - 200) : first["end"] + 200]
print(f"{authority}: {first['request_title']}\n")
print(" ".join(around.split()))
print(f"\nOn the site: /citation/{first['first_citation']}\nAt the source: {first['source']}")
