"""Families when some requests have changed: only those are found again that a change may reach.

What a text is joined with depends on the texts that share a band with it, on those that share one with these, and so
on. Where none of them was or is of a request that has changed, all families among them are as they were.
"""

import sqlite3
from collections.abc import Iterable, Iterator

from scraper.publishing.families.joined import Joined
from scraper.publishing.families.likened import bands, of_kind
from scraper.publishing.families.texts import Kind

KEPT = frozenset({"families", "family_members"})
"""Tables in which what no change reaches stays as it is."""
_OF_THEM = "SELECT family_id FROM main.family_members WHERE request_id IN (SELECT id FROM temp.family_renewed)"
_KEEP = (
    """
CREATE TEMP TABLE family_before AS
SELECT number, wording, bands FROM main.family_texts WHERE request_id IN (SELECT id FROM temp.family_renewed)""",
    f"CREATE TEMP TABLE family_gone AS SELECT DISTINCT family_id AS id FROM ({_OF_THEM})",  # noqa: S608 - SQL of this module
)
_TAKE_OUT = (
    "DELETE FROM main.families WHERE id IN (SELECT id FROM temp.family_gone)",
    "DELETE FROM main.family_members WHERE family_id IN (SELECT id FROM temp.family_gone)",
    "DROP TABLE temp.family_gone",
)
_WORDINGS = """
CREATE TEMP TABLE family_wordings AS
SELECT wording FROM temp.family_before WHERE {kind}
UNION
SELECT wording FROM main.family_texts WHERE request_id IN (SELECT id FROM temp.family_renewed) AND {kind}
"""
_SEEDS = """
SELECT bands FROM temp.family_before WHERE {kind}
UNION
SELECT bands FROM main.family_texts WHERE wording IN (SELECT wording FROM temp.family_wordings) AND {kind}
"""
_BEGUN = """
SELECT rowid FROM temp.family_nodes WHERE wording IN (SELECT wording FROM temp.family_wordings)
UNION SELECT node FROM temp.family_bands WHERE band IN (SELECT band FROM temp.family_seeds)
"""
_IN_ORDER = "SELECT band, node FROM temp.family_bands ORDER BY band"
_NARROW = (
    "DELETE FROM temp.family_nodes WHERE rowid NOT IN (SELECT node FROM temp.family_reached)",
    "DELETE FROM temp.family_bands WHERE node NOT IN (SELECT node FROM temp.family_reached)",
)
_REACHED = """
CREATE TEMP TABLE family_gone AS
SELECT DISTINCT m.family_id AS id FROM temp.family_nodes AS n
JOIN main.family_texts AS t ON t.wording = n.wording AND {kind}
JOIN main.family_members AS m ON m.id = json_extract(t.place, '$[0]')
"""


def keep(connection: sqlite3.Connection, renewed: Iterable[int]) -> None:
    """Note the texts of these requests, and take out their families, before anything of them changes."""
    connection.execute("CREATE TEMP TABLE family_renewed (id INTEGER PRIMARY KEY)")
    connection.executemany("INSERT INTO temp.family_renewed VALUES (?)", ((identity,) for identity in renewed))
    for statement in (*_KEEP, *_TAKE_OUT):
        connection.execute(statement)


def is_kept(connection: sqlite3.Connection) -> bool:
    """Whether ``keep`` was called, so that only what it reaches is to be found."""
    return bool(connection.execute("SELECT 1 FROM temp.sqlite_master WHERE name = 'family_renewed'").fetchone())


def seeds(connection: sqlite3.Connection, kind: Kind) -> Iterator[int]:
    """The bands of the texts of that kind that have changed, and of all that say the same as one of them does or did.

    They are in ``temp.family_seeds``; nothing, where ``keep`` was not called.
    """
    if not is_kept(connection):
        return iter(())
    connection.execute(_WORDINGS.format(kind=of_kind(kind)))
    found = ((band,) for (told,) in connection.execute(_SEEDS.format(kind=of_kind(kind))) for band in bands(told))
    connection.execute("CREATE TEMP TABLE family_seeds (band INTEGER PRIMARY KEY)")
    connection.executemany("INSERT OR IGNORE INTO temp.family_seeds VALUES (?)", found)
    return (band for (band,) in connection.execute("SELECT band FROM temp.family_seeds"))


def narrow(connection: sqlite3.Connection, kind: Kind, *, last: int) -> None:
    """Leave, of the nodes of that kind up to ``last``, those that a change reaches, and take their families out."""
    if not is_kept(connection):
        return
    connection.execute("CREATE TEMP TABLE family_reached (node INTEGER PRIMARY KEY)")
    connection.executemany("INSERT INTO temp.family_reached VALUES (?)", _reached(connection, last))
    for statement in (*_NARROW, _REACHED.format(kind=of_kind(kind)), *_TAKE_OUT):
        connection.execute(statement)
    for table in ("reached", "seeds", "wordings"):
        connection.execute(f"DROP TABLE temp.family_{table}")


def end(connection: sqlite3.Connection) -> None:
    """Forget what was kept."""
    if is_kept(connection):
        for table in ("before", "renewed"):
            connection.execute(f"DROP TABLE temp.family_{table}")


def _reached(connection: sqlite3.Connection, last: int) -> Iterator[tuple[int]]:
    joined = Joined(last)
    first, held = 0, -1
    for band, node in connection.execute(_IN_ORDER):
        if band != held:
            first, held = node, band
        elif joined.root(first) != joined.root(node):
            joined.join(first, node)
    begun = bytearray(last + 1)
    for (node,) in connection.execute(_BEGUN):
        begun[joined.root(node)] = 1
    return ((node,) for node in range(1, last + 1) if begun[joined.root(node)])
