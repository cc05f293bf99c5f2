"""Whether a page that lacks what it showed before is believed: one that is odd, or read wrongly, erases nothing.

The site's JSON names the message of each event (alaveteli.md 2.2), those that are hidden as well, and a message that
was destroyed has no event any more. So a page without a message that the JSON beside it names, or one that lacks
something and has what no rule reads, as after a change of the site's markup, is doubted. What is doubted is not stored
and looked at again, until it has lasted as long as no outage does: then it is believed, so that every removal is
followed in the end.
"""

import json
import sqlite3
from datetime import datetime, timedelta

from scraper.archive.withdrawals import shown, visible
from scraper.items import RequestItem
from scraper.removals.evidence import HOURS_WHEN_MANY

REASON = "the page is doubted"
"""How the details of a refusal begin, by which a doubt is known when the request is looked at again."""
_SHOWN_EVENTS = frozenset({"sent", "followup_sent", "response"})
_JSON_OLDER = timedelta(hours=2)
"""The JSON may be an hour older than it seems (alaveteli.md 4.5); one that was taken long before proves nothing."""
_SINCE = "SELECT min(first_seen_at) FROM refusals WHERE url = ? AND reason = 'failed' AND instr(detail, ?)"


class DoubtedError(ValueError):
    """The page lacks what was held, and there is reason to doubt it. The message says which."""


def check(connection: sqlite3.Connection, item: RequestItem) -> None:
    """Raise DoubtedError where ``item`` is not to be stored, as its page may be odd rather than the request changed."""
    why = _why(connection, item)
    if why is not None and not _has_lasted(connection, item):
        raise DoubtedError(f"{REASON}: {why}")


def _why(connection: sqlite3.Connection, item: RequestItem) -> str | None:
    before, after = visible(connection, item.record.id), shown(item.page.messages)
    messages = before.messages - {message.id for message in item.page.messages}
    listed = {file.id for message in item.page.messages for file in message.attachments} | set(after.files)
    places = set(after.files.values())
    files = {one for one, place in before.files.items() if one not in listed and place not in places}
    if lacking := messages & _named(item):
        return f"it lacks {len(lacking)} messages that the JSON beside it names"
    if (messages or files) and _has_new_leftovers(connection, item):
        return f"it lacks {len(messages)} messages and {len(files)} files, and has what no rule reads"
    return None


def _named(item: RequestItem) -> set[str]:
    """Messages that a page as new as the JSON has to show, or to show as hidden."""
    if _moment(item.fetches[-1].fetched_at) - _moment(item.fetches[0].fetched_at) > _JSON_OLDER:
        return set()
    events = [event for event in item.record.events if event.event_type in _SHOWN_EVENTS]
    incoming = {f"incoming-{event.incoming_message_id}" for event in events if event.incoming_message_id}
    return incoming | {f"outgoing-{event.outgoing_message_id}" for event in events if event.outgoing_message_id}


def _has_new_leftovers(connection: sqlite3.Connection, item: RequestItem) -> bool:
    row = connection.execute("SELECT unexplained FROM requests WHERE id = ?", [item.record.id]).fetchone()
    return not set(item.page.unexplained) <= set(json.loads(row[0]) if row else ())


def _has_lasted(connection: sqlite3.Connection, item: RequestItem) -> bool:
    (since,) = connection.execute(_SINCE, [item.fetches[1].url, REASON]).fetchone()
    lasted = timedelta(hours=HOURS_WHEN_MANY)
    return since is not None and _moment(item.fetches[-1].fetched_at) - _moment(since) >= lasted


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
