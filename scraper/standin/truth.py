"""What the world truly holds, as plain JSON: the oracle that tests compare a crawl and a reading with."""

from dataclasses import asdict

from scraper.standin.calendar import iso_milliseconds, iso_seconds
from scraper.standin.records import LetterTruth, StandinFile, StandinMessage, StandinRequest
from scraper.standin.states import LABELS
from scraper.standin.words import message_text, visible

Json = dict[str, object]


def truth_of(request: StandinRequest) -> Json:
    """One request with its events, messages, files, annotations and what each letter says."""
    return {
        "id": request.id,
        "slug": request.slug,
        "title": request.title,
        "authority": request.authority.url_name,
        "authority_name": request.authority.name,
        "requester": {"kind": request.user.kind, "name": request.user.name or None, "url_name": request.user.url_name},
        "regime": request.regime,
        "law_used": request.law_used,
        "described_state": request.described_state,
        "calculated_status": request.calculated_status,
        "display_status": LABELS[request.calculated_status],
        "awaiting_description": request.awaiting_description,
        "prominence": request.prominence,
        "embargoed": request.embargoed,
        "readable": request.readable,
        "listed": request.listed,
        "replies": request.replies,
        "batch_id": request.batch_id,
        "former_slugs": list(request.former_slugs),
        "created_at": iso_milliseconds(request.created_at),
        "due_on": request.due_on.isoformat(),
        "odd": list(request.odd),
        "events": [
            {
                "id": event.id,
                "event_type": event.event_type,
                "created_at": iso_milliseconds(event.created_at),
                "described_state": event.described_state,
                "calculated_state": event.calculated_state,
                "message": event.message.anchor if event.message else None,
                "comment": event.comment.id if event.comment else None,
            }
            for event in request.events
        ],
        "messages": [_message(request, message) for message in request.messages],
        "comments": [
            {
                "id": comment.id,
                "author": comment.author.name,
                "created_at": iso_seconds(comment.created_at),
                "text": visible(comment.text),
                "visible": comment.visible,
            }
            for comment in request.comments
        ],
    }


def _message(request: StandinRequest, message: StandinMessage) -> Json:
    return {
        "id": message.anchor,
        "direction": message.direction,
        "sent_at": iso_seconds(message.sent_at),
        "author": message.author,
        "prominence": message.prominence,
        "visible": message.prominence == "normal",
        "main_part_hidden": message.main_part_hidden is not None,
        "text": message_text(message, unfold=False),
        "text_unfolded": message_text(message, unfold=True),
        "has_folded_quote": any(quoted for _, quoted in message.stretches),
        "letter": letter_truth(message.truth),
        "attachments": [_file(request, message, file) for file in message.files],
    }


def _file(request: StandinRequest, message: StandinMessage, file: StandinFile) -> Json:
    return {
        "id": f"attachment-{file.id}",
        "part": file.part,
        "name": file.name,
        "media_type": file.media_type,
        "state": file.state,
        "quirk": file.quirk,
        "path": f"/request/{request.slug}/response/{message.id}/attach/{file.part}/{file.name}",
        "size": len(file.data),
        "sha256": file.sha256,
        "letter": letter_truth(file.truth),
        "letter_text": file.text,
    }


def letter_truth(truth: LetterTruth | None) -> Json | None:
    """What a letter says, with lists for tuples and a day as ISO."""
    if truth is None:
        return None
    plain = {name: _plain(value) for name, value in asdict(truth).items()}
    plain["letter_date"] = truth.letter_date.isoformat() if truth.letter_date else None
    plain["request_date"] = truth.request_date.isoformat() if truth.request_date else None
    return plain


def _plain(value: object) -> object:
    return [_plain(item) for item in value] if isinstance(value, tuple | list) else value
