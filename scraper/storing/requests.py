"""Rows of one request: everything its JSON and its page say, and nothing that they no longer say."""

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from parsers.records import Comment, Message
from scraper.archive import attachments
from scraper.archive.authorities import store_authority
from scraper.archive.rows import Row, Value, free_name, json_list, prune, store_tags, upsert
from scraper.items import RequestItem
from scraper.removals import missing, withdrawals


@dataclass(frozen=True, kw_only=True)
class Bodies:
    """Where the two documents of a request are kept."""

    json_sha256: str
    page_sha256: str


def store_request(
    connection: sqlite3.Connection, item: RequestItem, bodies: Bodies, *, checked_at: str, names: bool
) -> None:
    """Make the rows of a request say what ``item`` says: rows no longer shown go, changed ones change, others stay.

    What a page merely lacks, without a word, stays until it is believed to be gone (``scraper.removals.missing``).
    ``names`` is whether requesters and the authors of their messages and comments may be kept. What was visible
    and is no longer gets a row in ``withdrawals``; what is visible again loses its row.
    """
    identity = item.record.id
    found = missing.gone(missing.visible(connection, identity), item)
    json_at = item.fetches[0].fetched_at  # an import may have it from another day than the page
    store_authority(connection, item.record.authority, json_at)
    _store_itself(connection, item, bodies, checked_at=checked_at, names=names)
    store_tags(connection, "request_tags", "request_id", identity, item.record.tags)
    _store_messages(connection, item, found.kept, names=names)
    attachments.store(connection, identity, item.page.messages, kept=found.kept, checked_at=checked_at)
    _store_comments(connection, item, found.kept, names=names)
    _store_resends(connection, item)
    _store_events(connection, item)
    withdrawals.follow_page(connection, item, found, checked_at)


def _store_itself(
    connection: sqlite3.Connection, item: RequestItem, bodies: Bodies, *, checked_at: str, names: bool
) -> None:
    record, page = item.record, item.page
    free_name(connection, "requests", "slug", record.slug, record.id)
    row: Row = {
        "id": record.id,
        "slug": record.slug,
        "title": page.title or record.title,  # the page's title has passed the site's censor rules
        "authority_id": record.authority.id,
        "law_used": record.law_used,
        "described_state": record.described_state,
        "display_status": record.display_status,
        "calculated_status": page.status,
        "awaiting_description": record.awaiting_description,
        "prominence": record.prominence,
        "noindex": page.noindex,
        "created_at": record.created_at,
        "updated_at": record.updated_at,
        "due_on": page.due_on,
        "replies": page.replies,
        "not_subject": page.not_subject,
        "batch_id": page.batch_id,
        "requester_kind": record.requester_kind,
        "requester_name": page.requester_name if names else None,
        "law_note": page.law_note,
        "notes": json_list(page.notes),
        "unexplained": json_list([*record.unexplained, *page.unexplained]),
        "json_sha256": bodies.json_sha256,
        "page_sha256": bodies.page_sha256,
        "last_checked_at": checked_at,
    }
    upsert(connection, "requests", [row], key=["id"])


def _store_messages(connection: sqlite3.Connection, item: RequestItem, kept: Collection[str], *, names: bool) -> None:
    whole = {message.id: message.text for message in item.unfolded}
    rows = [_message(message, item.record.id, whole.get(message.id), names=names) for message in item.page.messages]
    upsert(connection, "messages", rows, key=["id"])
    _prune(connection, "messages", item.record.id, ["id"], _ids(item.page.messages, kept))


def _message(message: Message, request_id: int, whole: str | None, *, names: bool) -> Row:
    return {
        "id": message.id,
        "request_id": request_id,
        "position": message.position,
        "direction": message.direction,
        "prominence": message.prominence,
        "author": message.author if names or message.direction == "incoming" else None,
        "sent_at": message.sent_at,
        "text": message.text,
        "full_text": whole if whole != message.text else None,
        "hidden_reason": message.hidden_reason,
        "note": message.note,
        "delivery_status": message.delivery_status,
        "shown_again_at": json_list(message.shown_again_at),
    }


def _store_comments(connection: sqlite3.Connection, item: RequestItem, kept: Collection[str], *, names: bool) -> None:
    rows: list[Row] = [
        {
            "id": comment.id,
            "request_id": item.record.id,
            "position": comment.position,
            "author": comment.author if names else None,
            "created_at": comment.created_at,
            "text": comment.text,
        }
        for comment in item.page.comments
    ]
    upsert(connection, "comments", rows, key=["id"])
    _prune(connection, "comments", item.record.id, ["id"], _ids(item.page.comments, kept))


def _store_resends(connection: sqlite3.Connection, item: RequestItem) -> None:
    rows: list[Row] = [
        {
            "message_id": resend.message_id,
            "request_id": item.record.id,
            "position": resend.position,
            "sent_at": resend.sent_at,
        }
        for resend in item.page.resends
    ]
    key = ["message_id", "position"]
    upsert(connection, "resends", rows, key=key)
    kept = [(resend.message_id, resend.position) for resend in item.page.resends]
    _prune(connection, "resends", item.record.id, key, kept)


def _store_events(connection: sqlite3.Connection, item: RequestItem) -> None:
    rows: list[Row] = [
        {
            "id": event.id,
            "request_id": item.record.id,
            "event_type": event.event_type,
            "created_at": event.created_at,
            "described_state": event.described_state,
            "calculated_state": event.calculated_state,
            "last_described_at": event.last_described_at,
            "incoming_message_id": event.incoming_message_id,
            "outgoing_message_id": event.outgoing_message_id,
            "comment_id": event.comment_id,
            "display_status": event.display_status,
        }
        for event in item.record.events
    ]
    upsert(connection, "events", rows, key=["id"])
    _prune(connection, "events", item.record.id, ["id"], [[event.id] for event in item.record.events])


def _ids(shown: Sequence[Message | Comment], kept: Collection[str]) -> list[list[str]]:
    return [[one.id] for one in shown] + [[subject] for subject in kept]


def _prune(
    connection: sqlite3.Connection,
    table: str,
    request_id: int,
    key: Sequence[str],
    kept: Iterable[Sequence[Value]],
) -> None:
    prune(connection, table, key=key, kept=kept, owner="request_id", owner_id=request_id)
