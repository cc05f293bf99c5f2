"""``/request/SLUG.json``: who asked whom, and all that happened (alaveteli.md 2.1, 2.2)."""

from parsers.records import Event, RequesterKind, RequestRecord
from parsers.wdtk.authority import authority_from
from parsers.wdtk.fields import Fields, read_object
from parsers.wdtk.urls import step


def parse_request_json(body: bytes) -> RequestRecord:
    """A request's identity, state and every event; states, types and times as printed.

    :class:`parsers.errors.ParseError` where a key that must be there is missing or of another kind; keys that no
    rule reads are listed in ``unexplained``.
    """
    fields = read_object(body, what="the JSON of a request")
    kind, name, slug = _requester(fields)
    body_fields = fields.nested("public_body")
    authority = authority_from(body_fields)
    body_fields.finish()
    events = tuple(_event(event) for event in fields.many("info_request_events"))
    slug_of_today = fields.text("url_title")
    step(slug_of_today)
    return RequestRecord(
        id=fields.number("id"),
        slug=slug_of_today,
        title=fields.text("title"),
        created_at=fields.moment("created_at"),
        updated_at=fields.moment("updated_at"),
        described_state=fields.text("described_state"),
        display_status=fields.text("display_status"),
        awaiting_description=fields.flag("awaiting_description"),
        prominence=fields.text("prominence"),
        law_used=fields.text("law_used"),
        tags=fields.tags("tags"),
        requester_kind=kind,
        requester_name=name,
        requester_slug=slug,
        authority=authority,
        events=events,
        unexplained=fields.finish(),
    )


def _requester(fields: Fields) -> tuple[RequesterKind, str | None, str | None]:
    """A request from outside the site has ``user_name`` in place of ``user``; without a name it is anonymous."""
    if not fields.has("user"):
        name = fields.text_or_none("user_name")
        return ("external" if name else "anonymous"), name or None, None
    user = fields.nested("user")
    name, slug = user.text("name"), user.text("url_name")
    user.ignore("id", "ban_text", "about_me")
    user.finish()
    return "user", name, slug


def _event(fields: Fields) -> Event:
    event = Event(
        id=fields.number("id"),
        event_type=fields.text("event_type"),
        created_at=fields.moment("created_at"),
        described_state=fields.text_or_none("described_state"),
        calculated_state=fields.text_or_none("calculated_state"),
        last_described_at=fields.moment_or_none("last_described_at"),
        incoming_message_id=fields.number_or_none("incoming_message_id"),
        outgoing_message_id=fields.number_or_none("outgoing_message_id"),
        comment_id=fields.number_or_none("comment_id"),
        display_status=fields.text_or_none("display_status"),
    )
    fields.finish()
    return event
