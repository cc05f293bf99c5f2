"""What full-text search looks through: the words, and marks by which it narrows to some requests.

A mark is a word that no letter holds, such as ``xqy20240`` for the year 2024. The full-text index holds the marks of a
request beside the words of its title, its messages and its pages, so that it meets both in one pass, however many
letters hold a common word. A mark ends in 0, which no stemmer takes off.
"""

import sqlite3

from scraper.publishing.schema.model import Table, View, integer, quoted, text

FTS_TOKENIZER = "porter unicode61 remove_diacritics 2"

SEARCH_MARKS = Table(
    name="search_marks",
    description="By what search narrows to a request: words that are indexed beside those of its letters. They say "
    "again what other tables say.",
    key=("request_id",),
    exported=False,
    columns=(
        integer("request_id", "The request.", to="requests.id"),
        text(
            "marks",
            "One word each: xqa and the authority's number, xqy and the year in which the request was sent, xqr and "
            "its law, xqo and its outcome_class, xqp and each ground relied on, by its section and each level of it "
            "(40 and 40x2 for 40(2)); unknown as none; each with a 0 at its end.",
            required=True,
        ),
    ),
)

_DAY = """' xqm' || replace(substr(coalesce({day}, ''), 1, 7), '-', '') || '0'
  || ' xqd' || replace(substr(coalesce({day}, ''), 1, 10), '-', '') || '0'"""
_OF_REQUEST = "The marks of the request, with the month and the day on which it was sent."
_OF_MESSAGE = "The marks of the request, with the month and the day of the message."


def _view(of: str, words: str, said: str, marked: str, sql: str) -> View:
    columns = (("id", f"The rowid in {of}."), (words, said), ("marks", marked))
    return View(
        name=f"{of}_searched",
        description=f"What the full-text index {of}_fts is made of; there is no need to read it.",
        columns=columns,
        sql=sql,
        hidden=True,
    )


SEARCHED: dict[str, View] = {
    "messages": _view(
        "messages",
        "text",
        "The words of a message that is shown.",
        _OF_MESSAGE,
        f"""
SELECT m.rowid, m.text, k.marks || {_DAY.format(day="m.sent_at")}
FROM messages AS m JOIN search_marks AS k ON k.request_id = m.request_id
WHERE m.text IS NOT NULL""",  # noqa: S608 - SQL of this module
    ),
    "pages": _view(
        "pages",
        "text",
        "The words of a page of an attached letter.",
        _OF_MESSAGE,
        f"""
SELECT p.rowid, p.text, k.marks || {_DAY.format(day="m.sent_at")}
FROM pages AS p
JOIN attachments AS a ON a.id = p.attachment_id
JOIN messages AS m ON m.id = a.message_id
JOIN search_marks AS k ON k.request_id = p.request_id""",  # noqa: S608 - SQL of this module
    ),
    "requests": _view(
        "requests",
        "title",
        "The title of a request.",
        _OF_REQUEST,
        f"""
SELECT r.id, r.title, k.marks || {_DAY.format(day="r.asked_on")}
FROM requests AS r JOIN search_marks AS k ON k.request_id = r.id""",  # noqa: S608 - SQL of this module
    ),
}
"""By the table that is searched: the rows of its index."""

_GROUNDS = "SELECT DISTINCT counted_regime, counted_provision FROM main.citations AS c WHERE counted = 1"
_RELIED_ON = """
CREATE TEMP TABLE relied_on AS
SELECT request_id, group_concat(marks, '') AS marks
FROM (
  SELECT c.request_id, g.marks FROM main.citations AS c
  JOIN temp.ground_marks AS g ON g.regime = c.counted_regime AND g.provision = c.counted_provision
  WHERE c.counted = 1{among} ORDER BY c.request_id, c.counted_regime, c.counted_provision
)
GROUP BY request_id
"""
_FILLED = """
INSERT INTO main.search_marks
SELECT r.id, 'xqa' || r.authority_id || '0 xqy' || coalesce(r.year, 'none') || '0 xqr'
  || lower(coalesce(r.regime, 'none')) || '0 xqo' || replace(r.outcome_class, '_', '') || '0' || coalesce(g.marks, '')
FROM main.requests AS r LEFT JOIN temp.relied_on AS g ON g.request_id = r.id{among}
"""


def ground_marks(regime: str, provision: str) -> str:
    """The marks of a ground, each after a space: ``" xqpfoia400 xqpfoia40x20"`` for FOIA 40(2)."""
    head, *levels = provision.replace(")", "").replace(" ", "").replace(".", "").split("(")
    written = [head]
    for level in levels:
        written.append(f"{written[-1]}x{level}")
    return "".join(f" xqp{regime}{one}0".lower() for one in written)


def fill(connection: sqlite3.Connection, *, only: str | None = None) -> None:
    """Fill ``search_marks`` from the rows that are in already; of all requests, or of those that ``only`` selects."""
    among = ("", "")
    if only is not None:
        among = (f" AND c.request_id IN ({only})", f" WHERE r.id IN ({only})")
        connection.execute(f"DELETE FROM main.search_marks WHERE request_id IN ({only})")  # noqa: S608 - SQL of the caller
    connection.execute("CREATE TEMP TABLE ground_marks (regime, provision, marks, PRIMARY KEY (regime, provision))")
    grounds = [(*ground, ground_marks(*ground)) for ground in connection.execute(_GROUNDS + among[0]).fetchall()]
    connection.executemany("INSERT INTO temp.ground_marks VALUES (?, ?, ?)", grounds)
    connection.execute(_RELIED_ON.format(among=among[0]))
    connection.execute("CREATE UNIQUE INDEX temp.relied_on_key ON relied_on (request_id)")
    connection.execute(_FILLED.format(among=among[1]))
    for table in ("ground_marks", "relied_on"):
        connection.execute(f"DROP TABLE temp.{table}")


def full_text_statements() -> list[str]:
    """Make and fill the full-text indexes: run when all rows and the views are there."""
    return [statement for table, view in SEARCHED.items() for statement in _indexed(table, view)]


def _indexed(table: str, view: View) -> tuple[str, str]:
    index, words = quoted(f"{table}_fts"), quoted(view.columns[1][0])
    content = f"content={quoted(view.name)}, content_rowid='id', tokenize='{FTS_TOKENIZER}'"
    return (
        f"CREATE VIRTUAL TABLE {index} USING fts5({words}, marks, {content})",
        f"INSERT INTO {index} ({index}) VALUES ('rebuild')",  # noqa: S608 - names of this module
    )
