# %% [markdown]
# # The same, from Parquet files
#
# `wdtk export tables` writes the tables as Parquet, which many tools read and which can be taken elsewhere. Here DuckDB
# asks three questions of the rows themselves, and of no summary of them: it reads only the columns that a question
# names.

# %%
import os
from pathlib import Path

import duckdb
import pandas as pd
from drawing import OUTCOMES, TIMES, bars, stacked
from reading import PROJECT, Archive

TABLES = ""  # the folder that `wdtk export` wrote; empty: WDTK_TABLES, else the folder tables of the project
MOST = 12  # rows in a chart

# %% [markdown]
# A table is a file, or a folder with a part for each year of the requests. Each becomes a view of the same name, so
# that SQL which was written for the database mostly works here too.

# %%
folder = Path(TABLES or os.environ.get("WDTK_TABLES", "") or PROJECT / "tables")
if not (folder / "datapackage.json").is_file():
    raise SystemExit(f"There are no tables in {folder}. Write them with `wdtk export {folder}`, then run this again.")
database = duckdb.connect()
for place in sorted((folder / "tables").iterdir()):
    files = str(place / "**" / "*.parquet") if place.is_dir() else str(place)
    database.read_parquet(files, hive_partitioning=True).create_view(place.stem)


class Tables(Archive):
    """The folder, asked as a database is."""

    def ask(self, sql: str, **parameters: str | float | None) -> pd.DataFrame:
        """The rows that answer a question in SQL; ``$name`` in it stands for a parameter."""
        return database.execute(sql, parameters).df()


archive = Tables(folder)
ask = archive.ask
archive.coverage()

# %% [markdown]
# ## Which grounds are relied on?
#
# From the mentions: each request once for each section of an Act, or exception of the environmental regulations.

# %%
used = ask("""
WITH read AS (
  SELECT a.nation = 'scotland' AS scottish, count(*) AS requests_read
  FROM requests AS r JOIN authorities AS a ON a.id = r.authority_id WHERE r.letters_read > 0 GROUP BY 1
), grounds AS (
  SELECT c.request_id, c.counted_regime IN ('FOISA', 'EISR') AS scottish, c.counted_regime || ' ' ||
    CASE WHEN c.counted_regime IN ('EIR', 'EISR') THEN c.counted_provision ELSE p.section END AS ground
  FROM citations AS c JOIN provisions AS p ON p.id = c.provision_id WHERE c.counted = 1
)
SELECT g.ground, count(DISTINCT g.request_id) AS requests, max(k.requests_read) AS requests_read
FROM grounds AS g JOIN read AS k ON k.scottish = g.scottish
GROUP BY g.ground ORDER BY requests DESC, g.ground
""")
shown = used.head(MOST)
bars(
    archive,
    "Which grounds do authorities rely on?",
    "Requests in which a ground is relied on, of those read that were made to bodies under the same country's law.",
    shown["ground"],
    shown["requests"],
    shown["requests_read"],
).show("parquet-grounds")

# %% [markdown]
# ## Do sectors answer in time?

# %%
sectors = ask("""
SELECT replace(CAST(a.sector AS text), '_', ' ') AS sector, CAST(r.timing AS text) AS timing, count(*) AS requests
FROM requests AS r JOIN authorities AS a ON a.id = r.authority_id GROUP BY 1, 2
""")
counts = sectors.pivot_table(index="sector", columns="timing", values="requests", aggfunc="sum", fill_value=0)
counts = counts.loc[counts.sum(axis="columns").sort_values(ascending=False, kind="stable").index]
stacked(
    archive,
    "Do sectors answer in time?",
    "All requests of each sector (their number in brackets), by the line of the official statistics that they fall in.",
    counts.head(MOST),
    TIMES,
).show("parquet-sectors")

# %% [markdown]
# ## Does a refusal take longer than an answer?
#
# No table of the database was made for this one: how long the answers of each kind took.

# %%
waits = ask("""
SELECT CAST(outcome_class AS text) AS outcome, count(*) AS requests, median(working_days_taken) AS median_days,
  quantile_disc(working_days_taken, 0.9) AS nine_in_ten_within, max(working_days_taken) AS slowest
FROM requests WHERE working_days_taken IS NOT NULL GROUP BY 1 HAVING count(*) >= $fewest ORDER BY median_days, outcome
""", fewest=5)  # fmt: skip
bars(
    archive,
    "Does a refusal take longer than an answer?",
    "Median working days from sending to the first answer, by what came of the request in the end.",
    [
        f"{OUTCOMES.get(row.outcome, (row.outcome.replace('_', ' '),))[0]} ({row.requests:,})"
        for row in waits.itertuples()
    ],
    list(waits["median_days"]),
    unit=" days",
).show("parquet-days")
waits

# %% [markdown]
# The number of requests with an answer stands in brackets. A median hides the slowest: the table has them.
