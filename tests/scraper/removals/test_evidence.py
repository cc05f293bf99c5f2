"""A removal is what the site itself says, and an outage is none."""

import pytest

from parsers.wdtk.notices import classify
from scraper.removals.evidence import Asked, Control, Judgement, judge, many_at_once, second_look_confirms
from tests.scraper.pages import (
    CHALLENGE,
    HIDDEN,
    HTML,
    NOT_FOUND,
    STATIC_NOT_FOUND,
    WAIT,
    Reply,
    file,
    notice,
    redirect,
    request_json,
    text,
    thread_page,
    with_headers,
)

MAINTENANCE = Reply(body=b"<html><head><title>Down for maintenance</title></head><body>Back soon.</body></html>")
WALL = Reply(status=403, body=b"<html><head><title>403 Forbidden</title></head><body>nginx</body></html>")
ATTACHMENT = notice("Attachment has been removed")
ERASED = notice("Attachment has been erased")
MESSAGE = notice("Message has been removed")
FALSE_HEADING = notice("Request has been removed", status=200)


def judged(asked: Asked, reply: Reply, *, noindex: bool = False) -> Judgement:
    headers = {name.lower(): value for name, value in ({"Content-Type": HTML} | reply.headers).items()}
    told = classify(status=reply.status, headers=headers, body=reply.body)
    return judge(asked, status=reply.status, notice=told, noindex=noindex)


@pytest.mark.parametrize(
    ("asked", "reply", "verdict", "enough"),
    [
        ("page", HIDDEN, "hidden", True),
        ("file", ATTACHMENT, "hidden", True),
        ("file", MESSAGE, "hidden", True),
        ("file", ERASED, "erased", True),
        ("page", NOT_FOUND, "not_found", False),
        ("number", STATIC_NOT_FOUND, "not_found", False),
        ("number", redirect("/request/new_name", 301), "elsewhere", False),
        ("json", Reply(status=403), "refused", False),
        ("page", WALL, "refused", False),
        ("page", FALSE_HEADING, "unclear", False),
        ("page", CHALLENGE, "challenge", False),
        ("file", CHALLENGE, "challenge", False),
        ("page", Reply(status=429), "rate_limited", False),
        ("page", with_headers(Reply(status=503), Retry_After="60"), "rate_limited", False),
        ("page", Reply(status=503, body=MAINTENANCE.body), "outage", False),
        ("page", Reply(status=500), "outage", False),
        ("page", MAINTENANCE, "maintenance", False),
        ("json", MAINTENANCE, "maintenance", False),
        ("file", MAINTENANCE, "maintenance", False),
        ("file", WAIT, "waiting", False),
        ("file", file(b"%PDF-1.4"), "shown", False),
        ("json", text(request_json("a", 1), "application/json"), "shown", False),
        ("page", thread_page("a", 1, []), "shown", False),
        ("page", Reply(status=404, body=MAINTENANCE.body), "unclear", False),
        ("page", Reply(status=410), "unclear", False),
    ],
)
def test_each_answer_is_told_from_the_others(asked: Asked, reply: Reply, verdict: str, *, enough: bool) -> None:
    found = judged(asked, reply)
    assert (found.verdict, found.enough) == (verdict, enough)
    assert found.removed == (verdict in {"hidden", "erased", "not_found"})


def test_a_request_that_asks_to_be_left_out_of_search_is_backpage() -> None:
    assert judged("page", thread_page("a", 1, []), noindex=True).verdict == "backpage"


@pytest.mark.parametrize(
    ("seen_at", "control", "evidence", "confirmed"),
    [
        ("2026-01-01T00:00:05Z", "came", "slug_and_number", True),
        ("2026-03-01T00:00:00Z", "not_seen", "slug_and_number", False),
        ("2026-01-03T23:59:59Z", "none_known", "slug_and_number", False),
        ("2026-01-04T00:00:00Z", "none_known", "slug_and_number", True),
        ("2026-01-02T00:00:00Z", "came", "many_at_once", False),
        ("2026-01-04T00:00:00Z", "not_seen", "many_at_once", True),
    ],
)
def test_a_second_look_confirms_while_the_site_is_known_to_be_well_and_time_alone_does_not(
    seen_at: str, evidence: str, control: Control, *, confirmed: bool
) -> None:
    assert second_look_confirms("2026-01-01T00:00:00Z", seen_at, control=control, evidence=evidence) == confirmed


@pytest.mark.parametrize(("removed", "of", "many"), [(5, 5, False), (6, 29, True), (6, 30, False), (60, 1000, False)])
def test_many_at_once_are_more_than_five_and_a_fifth(removed: int, of: int, *, many: bool) -> None:
    assert many_at_once(removed, of) == many
