# %% [markdown]
# # How much of an archive is fresh, for how many requests?
#
# A request is *fresh* when the archive shows what its source shows at the end of the day: every message, state, title,
# text and file, or that it is hidden. This notebook lives through a year of a site of a million requests, four times
# over, at several budgets a day. The site is an invented one with the published rates of change; what is assumed beside
# them stands in `tests/bench/site_of_a_million.py`. Whole looks, which find text and files that changed in silence, are
# made and paid for by the policy alone.
#
# `WDTK_SITE_SIZE` is how many requests stand for the million: more take longer and jump less.

# %%
import os
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd

ROOT = next(folder for folder in (Path.cwd(), *Path.cwd().parents) if (folder / "pyproject.toml").is_file())
sys.path.insert(0, str(ROOT))
from tests.bench.freshness import spend
from tests.bench.site_of_a_million import made

SIZE = int(os.environ.get("WDTK_SITE_SIZE", "2000"))
BUDGETS = {
    "policy": (5_000, 8_000, 12_000, 20_000, 30_000),
    "oracle": (5_000, 8_000, 12_000, 20_000),
    "lists and turn": (5_000, 12_000, 30_000, 60_000, 120_000),
    "in turn": (5_000, 12_000, 30_000, 60_000, 120_000),
}
site = made(SIZE)
points = pd.DataFrame([vars(spend(site, way, budget)) for way, budgets in BUDGETS.items() for budget in budgets])
points.assign(fresh=(100 * points["fresh"]).round(2), spent=points["spent"].round())

# %%
figure, axes = plt.subplots(figsize=(9, 4.5))
for way, found in points.groupby("way", sort=False):
    axes.plot(found["spent"], 100 * (1 - found["fresh"]), marker="o", label=way)
axes.set_xscale("log")
axes.set_yscale("log")
axes.set_xlabel("requests a day")
axes.set_ylabel("% of the requests that are not fresh")
axes.set_title("What is left stale, by what is spent")
axes.legend(frameon=False)
figure.tight_layout()
plt.show()
