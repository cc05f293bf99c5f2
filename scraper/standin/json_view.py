"""Documents of the site's JSON (alaveteli.md part 2)."""

import csv
import io
from collections.abc import Sequence

from scraper.standin.calendar import TODAY, iso_milliseconds, ruby
from scraper.standin.records import StandinAuthority, StandinEvent, StandinRequest, StandinUser
from scraper.standin.states import LABELS, event_label
from scraper.standin.world import Holding

Json = dict[str, object]
COLUMNS = (
    "Internal ID",
    "Name",
    "Short name",
    "URL name",
    "Tags",
    "Home page",
    "Publication scheme",
    "Disclosure log",
    "Notes",
    "Created at",
    "Updated at",
    "Version",
)


def request_json(world: Holding, request: StandinRequest) -> Json:
    """``/request/SLUG.json``."""
    document: Json = {
        "id": request.id,
        "url_title": request.slug,
        "title": request.title,
        "created_at": iso_milliseconds(request.created_at),
        "updated_at": iso_milliseconds(request.events[-1].created_at),
        "described_state": request.described_state,
        "display_status": LABELS[request.calculated_status],
        "awaiting_description": request.awaiting_description,
        "prominence": request.prominence,
        "law_used": request.law_used,
        "tags": [list(tag) for tag in request.tags],
    }
    if request.user.url_name is None:
        document["user_name"] = request.user.name or None
    else:
        document["user"] = _user(request.user)
    document["public_body"] = body_json(world, request.authority)
    document["info_request_events"] = [_event(event) for event in request.events]
    return document


def _user(user: StandinUser) -> Json:
    ban = "Suspended for breaking the house rules" if user.kind == "suspended" else ""
    return {"id": user.id, "url_name": user.url_name, "name": user.name, "ban_text": ban, "about_me": ""}


def _event(event: StandinEvent) -> Json:
    message = event.message
    document: Json = {
        "id": event.id,
        "event_type": event.event_type,
        "created_at": iso_milliseconds(event.created_at),
        "described_state": event.described_state,
        "calculated_state": event.calculated_state,
        "last_described_at": iso_milliseconds(event.last_described_at) if event.last_described_at else None,
        "incoming_message_id": message.id if message and message.direction == "incoming" else None,
        "outgoing_message_id": message.id if message and message.direction == "outgoing" else None,
        "comment_id": event.comment.id if event.comment else None,
    }
    label = event_label(event)
    if label is not None:
        document["display_status"] = label
    return document


def body_json(world: Holding, body: StandinAuthority) -> Json:
    """``/body/BODY.json`` and the body within a request."""
    requests = world.by_authority[body.url_name]
    states = [request.described_state for request in requests]
    return {
        "id": body.id,
        "url_name": body.url_name,
        "name": body.name,
        "short_name": body.short_name,
        "created_at": iso_milliseconds(body.created_at),
        "updated_at": iso_milliseconds(body.updated_at or body.created_at),
        "home_page": body.home_page,
        "notes": body.notes,
        "publication_scheme": body.publication_scheme,
        "disclosure_log": body.disclosure_log,
        "tags": [list(tag) for tag in body.tags],
        "info": {
            "requests_count": len(requests),
            "requests_successful_count": states.count("successful") + states.count("partially_successful"),
            "requests_not_held_count": states.count("not_held"),
            "requests_overdue_count": None,
            "requests_visible_classified_count": sum(
                request.listed and not request.awaiting_description for request in requests
            ),
        },
    }


def authorities_csv(bodies: Sequence[StandinAuthority]) -> bytes:
    """``/body/all-authorities.csv``; defunct bodies are in it (1.4)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for body in bodies:
        created, updated = ruby(body.created_at), ruby(body.updated_at or body.created_at)
        tags = " ".join(name if value is None else f"{name}:{value}" for name, value in body.tags)
        row = (body.id, body.name, body.short_name, body.url_name, tags, body.home_page)
        writer.writerow((*row, body.publication_scheme, body.disclosure_log, body.notes, created, updated, 1))
    return out.getvalue().encode()


def version_json(world: Holding) -> Json:
    """``/version.json``."""
    open_requests = [request for request in world.requests if request.listed]
    return {
        "alaveteli_git_commit": "0" * 40,
        "alaveteli_version": "0.46.4.0",
        "ruby_version": "3.3.8",
        "visible_public_body_count": len(world.authorities),
        "visible_request_count": len(open_requests),
        "private_request_count": sum(request.embargoed for request in world.requests),
        "request_via_batch_count": sum(request.batch_id is not None for request in world.requests),
        "batch_count": len(world.batches),
        "confirmed_user_count": len(world.users),
        "visible_comment_count": sum(comment.visible for request in open_requests for comment in request.comments),
        "track_thing_count": 0,
        "widget_vote_count": 0,
        "public_body_change_request_count": 0,
        "request_classification_count": 0,
        "visible_followup_message_count": sum(
            event.event_type == "followup_sent" for request in open_requests for event in request.events
        ),
        "citation_count": 0,
        "project_count": TODAY.year - 2026,
    }
