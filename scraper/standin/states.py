"""Labels of states, and which list of the site shows which of them (alaveteli.md 1.2 and 2.6)."""

from scraper.standin.records import StandinEvent, StandinRequest

LABELS = {
    "waiting_response": "Awaiting response",
    "waiting_response_overdue": "Delayed",
    "waiting_response_very_overdue": "Long overdue",
    "waiting_classification": "Awaiting classification",
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
VIEWS: dict[str, frozenset[str]] = {
    "successful": frozenset({"successful", "partially_successful"}),
    "unsuccessful": frozenset({"rejected", "not_held"}),
    "awaiting": frozenset(
        {
            "waiting_response",
            "waiting_clarification",
            "internal_review",
            "gone_postal",
            "error_message",
            "requires_admin",
        }
    ),
}


def in_view(request: StandinRequest, view: str) -> bool:
    """Whether a list by status shows the request; one that awaits classification is in none of them."""
    if view == "all":
        return True
    return not request.awaiting_description and request.described_state in VIEWS[view]


def event_label(event: StandinEvent) -> str | None:
    """``display_status`` of an event; ``None`` where JSON leaves the key out (2.2)."""
    if event.message is None:
        return None
    if event.message.direction == "incoming":
        return LABELS[event.calculated_state] if event.calculated_state else "Response"
    named = {"waiting_response": "Clarification", "internal_review": "Internal review request"}
    if event.event_type in {"resent", "followup_resent", "send_error"}:
        return "Follow up"
    return named.get(event.calculated_state or "", "Follow up")
