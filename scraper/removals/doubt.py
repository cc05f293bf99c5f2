"""Whether a page that lacks what it showed before is believed: one that is odd, or read wrongly, erases nothing.

The site's JSON names the message of each event (alaveteli.md 2.2), those that are hidden as well, and a message that
was destroyed has no event any more. So a page without a message that the JSON beside it names, or one that lacks
something and has what no rule reads, as after a change of the site's markup, or one that shows messages without the
words that they had, is doubted. What is doubted is not stored and looked at again, until it has lasted as long as no
outage does: then it is stored like any other page, and what it lacks is doubted part by part
(``scraper.removals.suspects``).
"""

import json
import sqlite3
from datetime import datetime, timedelta

from scraper.counts import count_of
from scraper.items import RequestItem
from scraper.removals import missing
from scraper.removals.evidence import HOURS_WHEN_MANY

REASON = "the page is doubted"
"""How the details of a refusal begin, by which a doubt is known when the request is looked at again."""
_SINCE = "SELECT min(first_seen_at) FROM refusals WHERE url = ? AND reason = 'failed' AND instr(detail, ?)"
_WORDED = """
SELECT count(*) FROM messages WHERE id = ? AND prominence = 'normal' AND hidden_reason IS NULL AND trim(text) <> ''
"""


class DoubtedError(ValueError):
    """The page lacks what was held, and there is reason to doubt it. The message says which."""


def check(connection: sqlite3.Connection, item: RequestItem) -> None:
    """Raise DoubtedError where ``item`` is not to be stored, as its page may be odd rather than the request changed."""
    why = _why(connection, item)
    if why is not None and not _has_lasted(connection, item):
        raise DoubtedError(f"{REASON}: {why}")


def _why(connection: sqlite3.Connection, item: RequestItem) -> str | None:
    before = missing.visible(connection, item.record.id)
    found = missing.gone(before, item)
    lacking = {one for one, (state, _) in found.states.items() if state == "absent"}
    messages = lacking & before.messages
    if unnamed := messages & (missing.named(item) or set()):
        return f"it lacks {count_of(len(unnamed), 'message')} that the JSON beside it names"
    if lacking and _has_new_leftovers(connection, item):
        files, comments = lacking & before.files.keys(), lacking & before.comments
        numbers = (count_of(len(messages), "message"), count_of(len(files), "file"), count_of(len(comments), "comment"))
        return f"it lacks {numbers[0]}, {numbers[1]} and {numbers[2]}, and has what no rule reads"
    if wordless := _wordless(connection, item):
        return f"it shows {count_of(wordless, 'message')} without the words that they had"
    return None


def _wordless(connection: sqlite3.Connection, item: RequestItem) -> int:
    empty = [[one.id] for one in item.page.messages if one.hidden_reason is None and not (one.text or "").strip()]
    return sum(connection.execute(_WORDED, given).fetchone()[0] for given in empty)


def _has_new_leftovers(connection: sqlite3.Connection, item: RequestItem) -> bool:
    row = connection.execute("SELECT unexplained FROM requests WHERE id = ?", [item.record.id]).fetchone()
    return not set(item.page.unexplained) <= set(json.loads(row[0]) if row else ())


def _has_lasted(connection: sqlite3.Connection, item: RequestItem) -> bool:
    (since,) = connection.execute(_SINCE, [item.fetches[1].url, REASON]).fetchone()
    lasted = timedelta(hours=HOURS_WHEN_MANY)
    return since is not None and _moment(item.fetches[-1].fetched_at) - _moment(since) >= lasted


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
