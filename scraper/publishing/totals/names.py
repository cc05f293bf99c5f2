"""Fills the tables of ``tables_names`` from the summaries of authorities and years, which must be filled."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator

from scraper.publishing.schema.tables_names import MANY_NAMES, MOST_WORDS

_NAMES = "SELECT lower(name) FROM main.authorities"
_WORD = re.compile(r"[a-z]{2,40}")
_NAMED = """
CREATE TEMP TABLE named AS SELECT id, nation FROM main.authorities WHERE instr(lower(name), :word) > 0
"""
_KEY = "CREATE UNIQUE INDEX temp.named_id ON named (id, nation)"
_YEARS = """
INSERT INTO main.name_word_years
SELECT :word || '/' || n.nation || '/' || coalesce(y.year, 'unknown'), :word, n.nation, y.year, sum(y.requests),
  sum(y.requests_read)
FROM main.refusal_years AS y CROSS JOIN temp.named AS n ON n.id = y.authority_id
GROUP BY n.nation, y.year
"""
_SECTIONS = """
INSERT INTO main.name_word_sections
SELECT :word || '/' || coalesce(y.year, 'unknown') || '/' || y.regime || ' ' || y.section, :word, y.year, y.regime,
  y.section, sum(y.requests), min(y.example)
FROM main.section_years AS y CROSS JOIN temp.named AS n ON n.id = y.authority_id
GROUP BY y.year, y.regime, y.section
"""


def fill(connection: sqlite3.Connection) -> Counter[str]:
    """Add up by each common word; gives the rows by table."""
    made: Counter[str] = Counter(name_word_years=0, name_word_sections=0)
    for word in _common(connection):
        connection.execute(_NAMED, {"word": word})
        connection.execute(_KEY)
        made["name_word_years"] += connection.execute(_YEARS, {"word": word}).rowcount
        made["name_word_sections"] += connection.execute(_SECTIONS, {"word": word}).rowcount
        connection.execute("DROP TABLE temp.named")
    return made


def _common(connection: sqlite3.Connection) -> Iterator[str]:
    """The words that many names have, in their order."""
    counted = Counter(word for (name,) in connection.execute(_NAMES) for word in set(_WORD.findall(name)))
    common = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_WORDS]
    yield from sorted(word for word, names in common if names >= MANY_NAMES)
