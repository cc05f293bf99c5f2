"""Counts for the site's pages of tables: how many rows have each value, so that no page need count a large table."""

from scraper.publishing.schema.model import Table, integer, text

MOST_VALUES = 500

VALUE_COUNTS = Table(
    name="value_counts",
    description="How many rows of each table and view have each value of the columns that its page counts by. It says "
    "again what those tables say.",
    key=("of_table", "of_column", "value"),
    exported=False,
    columns=(
        text("of_table", "The table or view.", required=True),
        text("of_column", "The column; empty for the number of all rows of a view.", required=True),
        text("value", f"The value; of a column with more than {MOST_VALUES} of them the most frequent.", required=True),
        integer("is_number", "1 where it is a number in that table.", required=True),
        integer("rows", "How many rows have it.", required=True),
    ),
)
