from pathlib import Path

from parsers.wdtk.request_json import parse_request_json
from parsers.wdtk.request_page import parse_request_page
from parsers.wdtk.vocabulary import (
    CALCULATED_LABELS,
    DISPLAYED_EVENT_TYPES,
    EVENT_TYPES,
    STATE_LABELS,
    unknown_in_page,
    unknown_in_record,
)

CASES = Path(__file__).parent / "cases"


def test_new_values_of_a_record_are_listed_once_each() -> None:
    record = parse_request_json((CASES / "request_json" / "unknown-type-and-states" / "input.json").read_bytes())
    assert unknown_in_record(record) == (
        "described_state: on_hold",
        "prominence: sandboxed",
        "law_used: foisa",
        "event_type: merged",
        "calculated_state: paused",
    )


def test_known_values_of_a_record_are_not_listed() -> None:
    record = parse_request_json((CASES / "request_json" / "every-type-of-event" / "input.json").read_bytes())
    assert unknown_in_record(record) == ()


def test_new_values_of_a_page_are_listed() -> None:
    body = (CASES / "request_page" / "unknown-status" / "input.html").read_bytes()
    body = body.replace(b'data-delivery-status="delivered"', b'data-delivery-status="read"')
    assert unknown_in_page(parse_request_page(body)) == ("status: on_hold", "delivery_status: read")
    prominence = (CASES / "request_page" / "unknown-prominence" / "input.html").read_bytes()
    assert unknown_in_page(parse_request_page(prominence)) == ("prominence: embargoed_again",)


def test_the_states_that_nobody_can_choose_are_apart() -> None:
    assert len(STATE_LABELS) == 14
    assert set(CALCULATED_LABELS) - set(STATE_LABELS) == {
        "waiting_response_overdue",
        "waiting_response_very_overdue",
        "waiting_classification",
    }


def test_every_type_with_a_block_is_a_known_type() -> None:
    assert DISPLAYED_EVENT_TYPES < EVENT_TYPES
