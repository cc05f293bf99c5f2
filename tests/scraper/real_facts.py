"""What a visitor of the captured site gets, and the same of an archive, kind by kind."""

import json
import re
from pathlib import Path
from typing import Any

from tests.scraper.scripted import rows

Facts = dict[str, set[tuple[Any, ...]]]


def words(text: str | None) -> str | None:
    """Words with single spaces. The truth has a space where a link begins or ends inside a bracket; a page has none."""
    return None if text is None else re.sub(r"(?<=[\[\]]) | (?=\])", "", " ".join(text.split()))


def true_facts(truth: dict[str, Any]) -> Facts:
    """What a visitor gets, kind by kind."""
    shown = [request for request in truth["requests"] if request["visitor"]["status"] == 200]
    facts: Facts = {name: set() for name in ("requests", "events", "messages", "resends", "comments", "files")}
    facts["authorities"] = {(one["id"], one["slug"], one["name"]) for one in truth["authorities"] if one["in_csv"]}
    for request in shown:
        number, visitor = request["id"], request["visitor"]
        facts["requests"].add(
            (
                number,
                request["url_title"],
                visitor["title"],
                visitor["law_used"],
                visitor["described_state"],
                visitor["display_status"],
                visitor["prominence"],
                visitor["public_body"]["url_name"],
            )
        )
        facts["events"] |= {(number, event["id"], event["type"], event["created_at"]) for event in visitor["events"]}
        facts["comments"] |= {
            (number, f"comment-{comment['id']}", comment["created_at"][:19], words(comment["body"]))
            for comment in request["comments"]
            if comment["id"] in visitor["comments"]
        }
        facts["resends"] |= {
            (number, f"outgoing-{event['outgoing']}", event["created_at"][:19])
            for event in request["events"]
            if event["type"] in {"resent", "followup_resent"}
        }
        for place, message in enumerate(visitor["messages"]):
            facts["messages"].add((number, place, *_true_message(message)))
            facts["files"] |= {(number, message["id"], *_true_file(one)) for one in message.get("attachments", ())}
    return facts


def _true_message(message: dict[str, Any]) -> tuple[Any, ...]:
    texts = dict(zip(message.get("text_kinds", ()), message.get("texts", ()), strict=True))
    shown = message["visible"] == "full" and message.get("main_part") != "hidden"
    first, *again = message["datetimes"] or [None]
    return (
        message["id"],
        message["direction"],
        message["author"],
        first,
        tuple(again),
        words(texts.get("folded-href", texts.get("folded"))) if shown else None,
        words(texts.get("unfolded")),
        shown,
    )


def _true_file(one: dict[str, Any]) -> tuple[Any, ...]:
    status = "fetched" if one["visible"] == "file" else one["visible"]
    return (f"attachment-{one['attachment_id']}", one["position"], one["filename"], status, one.get("sha256"))


def found_facts(archive: Path) -> Facts:
    """The same of an archive."""
    messages = rows(
        archive,
        "SELECT request_id, row_number() OVER (PARTITION BY request_id ORDER BY position) - 1, id, direction, author,"
        " sent_at, shown_again_at, text, full_text, hidden_reason IS NULL AND text IS NOT NULL FROM messages",
    )
    comments = rows(archive, "SELECT request_id, id, substr(created_at, 1, 19), text FROM comments")
    return {
        "requests": set(
            rows(
                archive,
                "SELECT requests.id, slug, title, law_used, described_state, display_status, prominence, url_name"
                " FROM requests JOIN authorities ON authorities.id = authority_id",
            )
        ),
        "events": set(rows(archive, "SELECT request_id, id, event_type, created_at FROM events")),
        "messages": {_found_message(row) for row in messages},
        "resends": set(rows(archive, "SELECT request_id, message_id, substr(sent_at, 1, 19) FROM resends")),
        "comments": {(*row[:3], words(row[3])) for row in comments},
        "files": set(
            rows(
                archive,
                "SELECT request_id, message_id, attachments.id, attachments.position, name, fetch_status, sha256"
                " FROM attachments JOIN messages ON messages.id = message_id",
            )
        ),
        "authorities": set(rows(archive, "SELECT id, url_name, name FROM authorities")),
    }


def _found_message(row: tuple[Any, ...]) -> tuple[Any, ...]:
    *place, again, text, full_text, shown = row
    return (*place, tuple(json.loads(again)), words(text), words(full_text), bool(shown))


def assert_same(found: Facts, expected: Facts) -> None:
    """Recall and precision of 1.00, kind by kind."""
    for kind, rows_expected in expected.items():
        assert rows_expected, kind
        assert sorted(rows_expected - found[kind], key=repr) == [], f"{kind} not found"
        assert sorted(found[kind] - rows_expected, key=repr) == [], f"{kind} that are not so"
