"""The values the site is known to use. A value outside these lists is kept as it came, and counted."""

from collections.abc import Iterator

from parsers.records import RequestPage, RequestRecord

EVENT_TYPES = frozenset(
    {
        "sent",
        "resent",
        "followup_sent",
        "followup_resent",
        "send_error",
        "response",
        "comment",
        "status_update",
        "overdue",
        "very_overdue",
        "edit",
        "hide",
        "edit_outgoing",
        "edit_incoming",
        "edit_comment",
        "edit_attachment",
        "hide_comment",
        "destroy_comment",
        "destroy_incoming",
        "destroy_outgoing",
        "erase_raw_email",
        "erase_attachment",
        "redeliver_incoming",
        "move_request",
        "report_request",
        "report_comment",
        "set_embargo",
        "embargo_expiring",
        "expire_embargo",
        "public_token",
        "refusal_advice",
        "manual",
    }
)
"""alaveteli.md 2.5."""

DISPLAYED_EVENT_TYPES = frozenset(
    {"sent", "resent", "followup_sent", "followup_resent", "send_error", "response", "comment"}
)
"""Those that make a block on the request page."""

STATE_LABELS = {
    "waiting_response": "Awaiting response",
    "waiting_clarification": "Waiting clarification",
    "gone_postal": "Handled by postal mail",
    "not_held": "Information not held",
    "rejected": "Refused",
    "partially_successful": "Partially successful",
    "successful": "Successful",
    "internal_review": "Awaiting internal review",
    "error_message": "Delivery error",
    "requires_admin": "Unusual response",
    "user_withdrawn": "Withdrawn by the requester",
    "attention_requested": "Reported for administrator attention",
    "vexatious": "Considered by administrators as vexatious",
    "not_foi": "Considered by administrators as not an FOI request",
}
"""What a person may describe a request as, and the label beside it (alaveteli.md 2.6)."""

CALCULATED_LABELS = STATE_LABELS | {
    "waiting_response_overdue": "Delayed",
    "waiting_response_very_overdue": "Long overdue",
    "waiting_classification": "Awaiting classification",
}
"""With those that only the site itself sets, by the clock or because a reply awaits a description."""

PROMINENCES = frozenset({"normal", "backpage", "requester_only", "hidden"})
DELIVERY_STATUSES = frozenset({"unknown", "failed", "sent", "delivered"})
LAWS = frozenset({"foi", "eir"})


def unknown_in_record(record: RequestRecord) -> tuple[str, ...]:
    """Values of a request's JSON that no list here holds, such as ``event_type: merged``; each once, in order."""
    return tuple(dict.fromkeys(_unknown_in_record(record)))


def unknown_in_page(page: RequestPage) -> tuple[str, ...]:
    """Values of a request's page that no list here holds, such as ``status: on_hold``; each once, in order."""
    return tuple(dict.fromkeys(_unknown_in_page(page)))


def _unknown_in_record(record: RequestRecord) -> Iterator[str]:
    if record.described_state not in STATE_LABELS:
        yield f"described_state: {record.described_state}"
    if record.prominence not in PROMINENCES:
        yield f"prominence: {record.prominence}"
    if record.law_used not in LAWS:
        yield f"law_used: {record.law_used}"
    for event in record.events:
        if event.event_type not in EVENT_TYPES:
            yield f"event_type: {event.event_type}"
        for name, state in (("described_state", event.described_state), ("calculated_state", event.calculated_state)):
            if state is not None and state not in CALCULATED_LABELS:
                yield f"{name}: {state}"


def _unknown_in_page(page: RequestPage) -> Iterator[str]:
    if page.status not in CALCULATED_LABELS:
        yield f"status: {page.status}"
    for message in page.messages:
        if message.prominence not in PROMINENCES:
            yield f"prominence: {message.prominence}"
        if message.delivery_status is not None and message.delivery_status not in DELIVERY_STATUSES:
            yield f"delivery_status: {message.delivery_status}"
