"""Every answer of the capture is known, and every page of it is read with nothing left over."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from parsers.wdtk.authority import parse_authority_json
from parsers.wdtk.authority_csv import parse_authorities_csv
from parsers.wdtk.listing import parse_authority_list
from parsers.wdtk.request_json import parse_request_json
from parsers.wdtk.request_page import parse_request_page
from parsers.wdtk.vocabulary import unknown_in_page, unknown_in_record
from tests.parsers.wdtk.capture import Answer

pytestmark = pytest.mark.real

NOTICES = {
    "attachment": {"file", "redirect", "hidden_message"},
    "attachment_hidden": {"hidden_message", "hidden_attachment", "erased_attachment"},
    "attachment_html": {"attachment_view", "redirect", "hidden_request", "hidden_message", "hidden_attachment"},
    "attachment_variants": {"file", "redirect", "error", "hidden_message", "hidden_attachment", "erased_attachment"},
    "body_json": {"authority_json"},
    "body_list": {"error"},
    "body_sub": {"redirect", "not_found"},
    "misc": {"authority_list", "site_page", "redirect", "not_found", "error"},
    "outgoing_delivery": {"site_page", "error"},
    "request": {"request", "hidden_request", "not_found"},
    "request_details": {"site_page", "hidden_request", "not_found"},
    "request_download": {"site_page", "redirect", "not_found"},
    "request_event": {"redirect", "not_found"},
    "request_feed_atom": {"data", "not_found"},
    "request_feed_json": {"data", "not_found"},
    "request_id": {"redirect", "not_found"},
    "request_json": {"request_json", "error", "not_found"},
    "request_redirects": {"redirect", "not_found"},
    "request_unfold": {"request", "hidden_request", "not_found"},
    "request_variants": {"request", "request_json", "site_page", "redirect", "error", "hidden_request", "not_found"},
    "response_redirects": {"not_found"},
    "static": {"authorities_csv", "authority_list", "data", "site_page", "redirect", "not_found", "error"},
    "variant": {
        "authority_json",
        "authority_list",
        "data",
        "site_page",
        "redirect",
        "error",
        "hidden_request",
        "not_found",
    },
    "wait": {"wait", "done", "file", "redirect"},
}
"""What an answer may be, by what the capture asked for."""
STATUSES = {
    "redirect": {301, 302, 303},
    "not_found": {404},
    "error": {403, 406},
    "hidden_request": {403},
    "hidden_message": {403},
    "hidden_attachment": {403},
    "erased_attachment": {403},
}
"""The statuses of each notice; 200 for all others."""


def test_every_answer_is_known(answers: tuple[Answer, ...]) -> None:
    assert len(answers) == 3622
    for answer in answers:
        kind = answer.notice.kind
        assert kind in NOTICES[answer.asked_for], answer.path
        assert answer.status in STATUSES.get(kind, {200}), answer.path


def test_every_page_is_read_with_nothing_left_over(answers: tuple[Answer, ...]) -> None:
    read = Counter[str]()
    for answer in answers:
        kind = answer.notice.kind
        if kind in LEFT_OVER:
            assert LEFT_OVER[kind](answer.body) == (), answer.path
            read[kind] += 1
    assert read == Counter(request=707, request_json=347, authority_json=16, authority_list=8, authorities_csv=1)


def _left_of_page(body: bytes) -> tuple[str, ...]:
    page = parse_request_page(body)
    return page.unexplained + unknown_in_page(page)


def _left_of_record(body: bytes) -> tuple[str, ...]:
    record = parse_request_json(body)
    return record.unexplained + unknown_in_record(record)


def _left_of_csv(body: bytes) -> tuple[str, ...]:
    return tuple(left for authority in parse_authorities_csv(body) for left in authority.unexplained)


def _left_of_authority_list(body: bytes) -> tuple[str, ...]:
    return () if parse_authority_list(body).found is not None else ("no heading",)


LEFT_OVER: dict[str, Callable[[bytes], tuple[str, ...]]] = {
    "request": _left_of_page,
    "request_json": _left_of_record,
    "authority_json": lambda body: parse_authority_json(body).unexplained,
    "authority_list": _left_of_authority_list,
    "authorities_csv": _left_of_csv,
}


def test_what_is_not_open_is_told_apart(by_path: dict[str, Answer], truth: dict[str, Any]) -> None:
    closed = [request for request in truth["requests"] if request["visitor"]["status"] != 200]
    assert len(closed) == 4
    for request in closed:
        kind = {403: "hidden_request", 404: "not_found"}[request["visitor"]["status"]]
        assert by_path[f"/request/{request['url_title']}"].notice.kind == kind
        assert by_path[f"/request/{request['id']}"].notice.kind == "not_found"
