"""Captured threads compared with the oracle: recall and precision of 1.00 by every kind of fact."""

from typing import Any

import pytest

from parsers.wdtk.urls import attachment_place
from tests.parsers.wdtk.capture import Answer, Thread, assert_same, on_one_line, seconds

pytestmark = pytest.mark.real


def test_requests(threads: tuple[Thread, ...]) -> None:
    assert_same(
        (
            (
                thread.truth["id"],
                thread.slug,
                thread.truth["visitor"]["title"],
                *(thread.truth["visitor"][name] for name in STATES),
                thread.truth["awaiting_description"],
                thread.truth["created_at"],
                tuple(
                    (tag["name"], tag["value"]) if isinstance(tag, dict) else tuple(tag) for tag in thread.truth["tags"]
                ),
                *thread.truth["visitor"]["public_body"].values(),
            )
            for thread in threads
        ),
        (
            (
                thread.record.id,
                thread.record.slug,
                thread.record.title,
                *(getattr(thread.record, name) for name in STATES),
                thread.record.awaiting_description,
                thread.record.created_at,
                thread.record.tags,
                thread.record.authority.id,
                thread.record.authority.url_name,
                thread.record.authority.name,
            )
            for thread in threads
        ),
    )


STATES = ("law_used", "described_state", "display_status", "prominence")


def test_heads_of_pages(threads: tuple[Thread, ...]) -> None:
    assert_same(
        (
            (
                thread.slug,
                thread.truth["visitor"]["title"],
                thread.truth["calculated_status"],
                thread.truth["batch_id"],
                thread.truth["public_body"],
                thread.truth["public_body_name"],
                thread.truth["user"],
                # The page has the name as it was when the request was sent.
                thread.truth["user_name"].removesuffix(" (Account suspended)"),
                unfolded,
            )
            for thread in threads
            for unfolded in (False, True)
        ),
        (
            (
                page.slug,
                page.title,
                page.status,
                page.batch_id,
                page.authority_slug,
                page.authority_name,
                page.requester_slug,
                page.requester_name,
                page.unfolded,
            )
            for thread in threads
            for page in (thread.folded, thread.unfolded)
        ),
    )


def test_events(threads: tuple[Thread, ...]) -> None:
    assert_same(
        (
            (thread.slug, place, *(event[name] for name in EVENT))
            for thread in threads
            for place, event in enumerate(thread.truth["events"])
        ),
        (
            (
                thread.slug,
                place,
                event.id,
                event.event_type,
                event.created_at,
                event.described_state,
                event.calculated_state,
                event.incoming_message_id,
                event.outgoing_message_id,
                event.comment_id,
            )
            for thread in threads
            for place, event in enumerate(thread.record.events)
        ),
    )


EVENT = ("id", "type", "created_at", "described_state", "calculated_state", "incoming", "outgoing", "comment")


def test_messages_in_order(threads: tuple[Thread, ...]) -> None:
    for unfolded in (False, True):
        assert_same(
            (
                (
                    thread.slug,
                    place,
                    message["id"],
                    message["direction"],
                    message["author"],
                    tuple(message["datetimes"]),
                    _true_prominence(thread.truth, message["id"]),
                    message.get("notice"),
                )
                for thread in threads
                for place, message in enumerate(thread.truth["visitor"]["messages"])
            ),
            (
                (
                    thread.slug,
                    place,
                    message.id,
                    message.direction,
                    message.author,
                    tuple(time for time in (message.sent_at, *message.shown_again_at) if time),
                    message.prominence,
                    message.hidden_reason,
                )
                for thread in threads
                for place, message in enumerate((thread.unfolded if unfolded else thread.folded).messages)
            ),
        )


def _true_prominence(request: dict[str, Any], anchor: str) -> str:
    direction, _, number = anchor.partition("-")
    (message,) = (message for message in request[direction] if message["id"] == int(number))
    return str(message["prominence"])


@pytest.mark.parametrize("kind", ["folded", "unfolded"])
def test_words_of_messages(threads: tuple[Thread, ...], kind: str) -> None:
    assert_same(
        (
            (thread.slug, message["id"], _true_words(message, kind))
            for thread in threads
            for message in thread.truth["visitor"]["messages"]
        ),
        (
            (thread.slug, message.id, None if message.text is None else on_one_line(message.text))
            for thread in threads
            for message in (thread.folded if kind == "folded" else thread.unfolded).messages
        ),
    )


def _true_words(message: dict[str, Any], kind: str) -> str | None:
    """The words with whole addresses where the oracle has them so; none where a notice stands in their place."""
    if "notice" in message:
        return None
    texts = dict(zip(message["text_kinds"], message["texts"], strict=True))
    for wanted in (f"{kind}-href", kind, "folded-href", "folded"):
        if wanted in texts:
            return on_one_line(texts[wanted])
    raise LookupError(f"the oracle has no words for {message['id']}")


def test_the_fold_of_a_quotation_is_seen(threads: tuple[Thread, ...]) -> None:
    assert_same(
        (
            (thread.slug, message["id"], "unfolded" in message.get("text_kinds", ()))
            for thread in threads
            for message in thread.truth["visitor"]["messages"]
        ),
        (
            (thread.slug, message.id, message.has_folded_quote)
            for thread in threads
            for message in thread.folded.messages
        ),
    )


def test_annotations(threads: tuple[Thread, ...]) -> None:
    assert_same(
        (
            (thread.slug, comment["id"], seconds(comment["created_at"]), on_one_line(comment["body"]))
            for thread in threads
            for comment in thread.truth["comments"]
            if comment["id"] in thread.truth["visitor"]["comments"]
        ),
        (
            (thread.slug, comment.number, comment.created_at, on_one_line(comment.text))
            for thread in threads
            for comment in thread.folded.comments
        ),
    )


def test_notes_of_sending_again(threads: tuple[Thread, ...]) -> None:
    assert_same(
        (
            (thread.slug, f"outgoing-{event['outgoing']}", seconds(event["created_at"]))
            for thread in threads
            for event in thread.truth["events"]
            if event["type"] in {"resent", "followup_resent"}
        ),
        ((thread.slug, resend.message_id, resend.sent_at) for thread in threads for resend in thread.folded.resends),
    )


def test_attachments(threads: tuple[Thread, ...]) -> None:
    assert_same(
        (
            (thread.slug, message["id"], *(attachment.get(name) for name in ATTACHMENT))
            for thread in threads
            for message in thread.truth["visitor"]["messages"]
            for attachment in message.get("attachments", ())
        ),
        (
            (
                thread.slug,
                message.id,
                attachment.position,
                attachment.attachment_id,
                attachment.part,
                attachment.name,
                attachment.size_shown,
                attachment.url,
                attachment.state,
            )
            for thread in threads
            for message in thread.folded.messages
            for attachment in message.attachments
        ),
    )


ATTACHMENT = ("position", "attachment_id", "part", "filename", "size_label", "url", "visible")


def test_the_address_of_an_attachment_leads_to_it(threads: tuple[Thread, ...], by_path: dict[str, Answer]) -> None:
    places = [
        (thread.slug, message.number, attachment.part, attachment.url)
        for thread in threads
        for message in thread.folded.messages
        for attachment in message.attachments
        if attachment.url is not None
    ]
    assert len(places) == 39
    for slug, number, part, url in places:
        place = attachment_place(url)
        assert (place.request.slug, place.message_number, place.part) == (slug, number, part)
        assert by_path[f"{url}?cookie_passthrough=1"].notice.kind == "file"


def test_what_is_hidden_is_in_no_record(threads: tuple[Thread, ...]) -> None:
    secrets = [(thread, secret) for thread in threads for secret in thread.truth["visitor"]["secrets"]]
    assert secrets
    for thread, secret in secrets:
        assert secret not in repr((thread.record, thread.folded, thread.unfolded)), thread.slug
