"""What an archive is like: how its figures spread, to be held against what was meant."""

import re
import sqlite3
from collections import Counter
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")
_EXEMPTIONS = """
SELECT count(DISTINCT request_id), count(DISTINCT iif(provision LIKE '40%', request_id, NULL))
FROM citations JOIN readings USING (source) WHERE role IN ('relied_on', 'relied_on_ncnd') AND regime = 'FOIA'
"""


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Figures of one archive."""

    messages: float
    """A request."""
    most_messages: float
    attachments: float
    citations: float
    text: float
    """Characters of messages and pages a request."""
    message_length: float
    page_length: float
    pages: float
    """Of a document that has any text."""
    top_share: float
    """Of the requests, those to the most asked hundredth of the authorities."""
    asked_once: float
    """Share of the authorities asked at most once."""
    personal: float
    """Of requests with an exemption of the Act relied on, those with section 40."""
    shared_files: float
    """Share of attachments whose file another attachment is too."""
    vocabulary: float
    """Different words, beside the 44 * n ** 0.49 among n words of the news of Reuters (RCV1)."""
    zipf: float
    """How many times more often the tenth word comes than the thousandth."""


def measured(connection: sqlite3.Connection) -> Measured:
    """Measure; every text is read."""
    (requests,) = _row(connection, "SELECT count(*) FROM requests")
    asked = sorted((number for (number,) in connection.execute("SELECT requests_count FROM authorities")), reverse=True)
    exempt, personal = _row(connection, _EXEMPTIONS)
    words, total = _words(connection)
    ranked = [count for _, count in words.most_common(1_000)]
    return Measured(
        messages=_row(connection, "SELECT count(*) FROM messages")[0] / requests,
        most_messages=_row(connection, "SELECT max(n) FROM (SELECT count(*) n FROM messages GROUP BY request_id)")[0],
        attachments=_row(connection, "SELECT count(*) FROM attachments")[0] / requests,
        citations=_row(connection, "SELECT count(*) FROM citations")[0] / requests,
        text=total / requests,
        message_length=_row(connection, "SELECT avg(length(coalesce(full_text, text))) FROM messages")[0],
        page_length=_row(connection, "SELECT avg(length(text)) FROM pages WHERE text <> ''")[0],
        pages=_row(connection, "SELECT avg(page_count) FROM documents WHERE status = 'read' AND page_count > 0")[0],
        top_share=sum(asked[: max(1, len(asked) // 100)]) / requests,
        asked_once=sum(number <= 1 for number in asked) / len(asked),
        personal=personal / exempt,
        shared_files=1 - _row(connection, "SELECT count(DISTINCT sha256) * 1.0 / count(sha256) FROM attachments")[0],
        vocabulary=len(words) / (44 * words.total() ** 0.49),
        zipf=ranked[9] / ranked[-1],
    )


def _row(connection: sqlite3.Connection, statement: str) -> tuple[float, ...]:
    return tuple(connection.execute(statement).fetchone())


def _words(connection: sqlite3.Connection) -> tuple[Counter[str], int]:
    """How often each word comes, and the characters of all texts."""
    counts: Counter[str] = Counter()
    total = 0
    texts = "SELECT coalesce(full_text, text, '') FROM messages UNION ALL SELECT text FROM pages"
    for (text,) in connection.execute(texts):
        counts.update(_WORD.findall(text.lower()))
        total += len(text)
    return counts, total
