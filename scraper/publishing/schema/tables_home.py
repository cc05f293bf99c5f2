"""What the home page shows at a glance, added up when the database is made."""

import sqlite3
from collections import Counter

from scraper.publishing.schema.model import Table, integer, text
from scraper.publishing.schema.tables_requests import CLASSES

OUTCOME_YEARS = Table(
    name="outcome_years",
    description="How the requests of each year ended, as their letters were read: a summary of requests.",
    key=("id",),
    sort="id",
    facets=("outcome_class",),
    columns=(
        text("id", "The year and the outcome: 2024/fully_withheld, or unknown/fully_withheld."),
        integer("year", "The year in which the requests were sent; empty where it is not known."),
        text("outcome_class", "Where the requests stand: see requests.", required=True, check=CLASSES),
        integer("requests", "How many requests.", required=True),
    ),
)

_FILLED = """
INSERT INTO main.outcome_years
SELECT coalesce(year, 'unknown') || '/' || outcome_class, year, outcome_class, sum(requests)
FROM main.authority_outcomes GROUP BY year, outcome_class
"""


def fill(connection: sqlite3.Connection) -> Counter[str]:
    """Add up ``authority_outcomes``, which must be filled; gives the rows by table."""
    return Counter({OUTCOME_YEARS.name: connection.execute(_FILLED).rowcount})
