"""Items with invented words, for tests that need some; every field can be given."""

import dataclasses
import hashlib
from collections.abc import Sequence
from typing import Any

from parsers.records import (
    Attachment,
    Authority,
    Comment,
    Event,
    Message,
    RequestPage,
    RequestRecord,
    Resend,
)
from scraper.items import AttachmentItem, FetchItem, ListState, RefusalItem, RequestItem

SITE = "http://127.0.0.1:9"
DAY = "2025-03-04T10:00:00+00:00"


def fetch(url: str, body: bytes | None = b"", **fields: Any) -> FetchItem:
    given = {"fetched_at": "2025-05-01T00:00:00Z", "status": 200, "page_kind": "request", "headers": {}, **fields}
    return FetchItem(url=f"{SITE}{url}", body=body, **given)


def authority(number: int = 1, **fields: Any) -> Authority:
    given = {"url_name": f"council_{number}", "name": f"Council {number}", "tags": (("council", None),), **fields}
    return Authority(id=number, **given)


def attachment(number: int, message: int, **fields: Any) -> Attachment:
    part = fields.get("part", number % 10 + 2)
    name = fields.get("name", f"Reply {number}.pdf")
    given: dict[str, Any] = {
        "id": f"attachment-{number}",
        "attachment_id": number,
        "position": number,
        "part": part,
        "name": name,
        "size_shown": "12K",
        "url": f"/request/a_slug/response/{message}/attach/{part}/{name}",
        "icon_type": "application/pdf",
        "state": "file",
        "reason": None,
        **fields,
    }
    return Attachment(**given)


def hidden_attachment(number: int, state: str = "hidden") -> Attachment:
    return attachment(number, 0, state=state, name=None, url=None, part=None, size_shown=None, reason="It was removed.")


def message(number: int, direction: str = "incoming", **fields: Any) -> Message:
    given: dict[str, Any] = {
        "id": f"{direction}-{number}",
        "number": number,
        "direction": direction,
        "position": number,
        "prominence": "normal",
        "author": "Council" if direction == "incoming" else "Ann Example",
        "sent_at": DAY,
        "text": f"The words of {direction} {number}.",
        "hidden_reason": None,
        "has_folded_quote": False,
        "delivery_status": None,
        "attachments": (),
        **fields,
    }
    return Message(**given)


def hidden_message(number: int) -> Message:
    return message(number, prominence="hidden", text=None, hidden_reason="This message has been hidden.")


def event(number: int, event_type: str = "response", **fields: Any) -> Event:
    names = [field.name for field in dataclasses.fields(Event)]
    return Event(**{**dict.fromkeys(names), "id": number, "event_type": event_type, "created_at": DAY, **fields})


def comment(number: int, **fields: Any) -> Comment:
    given = {"position": 9, "author": "Bob Example", "created_at": DAY, "text": "A note.", **fields}
    return Comment(id=f"comment-{number}", number=number, **given)


def resend(message_id: str, position: int) -> Resend:
    return Resend(message_id=message_id, position=position, sent_at=DAY)


def request(
    number: int = 7,
    slug: str = "a_slug",
    messages: Sequence[Message] = (),
    *,
    events: Sequence[Event] = (),
    comments: Sequence[Comment] = (),
    resends: Sequence[Resend] = (),
    unfolded: Sequence[Message] = (),
    record: dict[str, Any] | None = None,
    page: dict[str, Any] | None = None,
    fetched_at: str = "2025-05-01T00:00:00Z",
    fetches: tuple[FetchItem, ...] | None = None,
) -> RequestItem:
    made = RequestPage(**{**_PAGE, "messages": messages, "comments": comments, "resends": resends, **(page or {})})
    documents = (
        fetch(f"/request/{slug}.json", f"json of {number}: {made.status}".encode(), fetched_at=fetched_at),
        fetch(f"/request/{slug}", f"page of {number}: {made!r}".encode(), fetched_at=fetched_at),
    )
    return RequestItem(
        fetches=fetches or documents,
        record=RequestRecord(**{**_RECORD, "id": number, "slug": slug, "events": tuple(events), **(record or {})}),
        page=made,
        unfolded=tuple(unfolded),
    )


def fetched(attachment_id: str, data: bytes, request_id: int = 7, **fields: Any) -> AttachmentItem:
    given: dict[str, Any] = {
        "fetches": (fetch(f"/{attachment_id}", data),),
        "fetch_status": "fetched",
        "detail": None,
        "sha256": hashlib.sha256(data).hexdigest(),
        **fields,
    }
    return AttachmentItem(attachment_id=attachment_id, request_id=request_id, **given)


def refusal(url: str, reason: str, **fields: Any) -> RefusalItem:
    return RefusalItem(url=f"{SITE}{url}", reason=reason, **{"detail": None, "fetch": None, **fields})


def list_state(
    url: str,
    result: str | None,
    after: str | None = "2026-01-01",
    before: str | None = "2026-01-31",
    **given: Any,
) -> ListState:
    told = {"parent": None, "authority": None, "narrowed": {}, **given}
    return ListState(url=url, after=after, before=before, pages=1, rows=1, about=None, result=result, **told)


_PAGE: dict[str, Any] = {
    "title": "Potholes",
    "authority_name": "Council 1",
    "authority_slug": "council_1",
    "requester_kind": "user",
    "requester_name": "Ann Example",
    "requester_slug": "ann_example",
    "law_named": "Freedom of Information",
    "status": "successful",
    "due_on": None,
    "replies": "open",
    "not_subject": False,
    "batch_id": None,
    "noindex": False,
    "published_at": None,
    "modified_at": None,
    "unfolded": False,
    "unexplained": (),
}
_RECORD: dict[str, Any] = {
    "title": "Potholes",
    "created_at": DAY,
    "updated_at": DAY,
    "described_state": "successful",
    "display_status": "Successful",
    "awaiting_description": False,
    "prominence": "normal",
    "law_used": "foi",
    "tags": (("roads", None), ("ward", "north")),
    "requester_kind": "user",
    "requester_name": "Ann Example",
    "requester_slug": "ann_example",
    "authority": authority(),
    "unexplained": (),
}
