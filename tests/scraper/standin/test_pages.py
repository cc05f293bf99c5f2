"""Every page of a request says what the world holds, in a form that the parsers explain completely."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from parsers.records import RequestPage
from parsers.wdtk.notices import classify
from parsers.wdtk.request_json import parse_request_json
from parsers.wdtk.request_page import parse_request_page
from scraper.standin.records import StandinRequest
from scraper.standin.truth import truth_of_all
from scraper.standin.world import World

from .conftest import Get

Odd = Callable[[str], StandinRequest]


@pytest.fixture(scope="module")
def pages(world: World, get: Get) -> dict[str, RequestPage]:
    return {r.slug: parse_request_page(get(f"/request/{r.slug}").body) for r in world.requests if r.readable}


def test_nothing_on_any_page_is_unexplained(pages: dict[str, RequestPage]) -> None:
    assert {slug: page.unexplained for slug, page in pages.items() if page.unexplained} == {}


def test_messages_are_those_of_the_truth(pages: dict[str, RequestPage], world: World) -> None:
    truth: Any = truth_of_all(world.requests)
    for slug, page in pages.items():
        wanted = [m for m in truth[slug]["messages"] if m["visible"]]
        got = [m for m in page.messages if m.prominence == "normal"]
        assert [m.id for m in got] == [m["id"] for m in wanted]
        for message, true in zip(got, wanted, strict=True):
            assert message.sent_at == true["sent_at"]
            assert message.author == true["author"]
            assert message.has_folded_quote == true["has_folded_quote"]
            if not true["main_part_hidden"]:
                assert (message.text or "") == true["text"]
            assert [a.part for a in message.attachments if a.state == "file"] == [
                a["part"] for a in true["attachments"] if a["state"] == "file"
            ]


def test_unfolded_pages_have_the_quoted_words(world: World, get: Get, pages: dict[str, RequestPage]) -> None:
    truth: Any = truth_of_all(world.requests)
    folded = [slug for slug, page in pages.items() if any(m.has_folded_quote for m in page.messages)]
    assert len(folded) > 3
    for slug in folded:
        page = parse_request_page(get(f"/request/{slug}?unfold=1").body)
        assert page.unexplained == ()
        texts = {message.id: message.text for message in page.messages}
        for true in truth[slug]["messages"]:
            if true["has_folded_quote"]:
                assert texts[true["id"]] == true["text_unfolded"]
                assert true["text"] != true["text_unfolded"]


def test_json_is_the_history_of_the_truth(world: World, get: Get) -> None:
    truth: Any = truth_of_all(world.requests)
    for request in world.requests:
        if not request.readable:
            continue
        record = parse_request_json(get(f"/request/{request.slug}.json").body)
        true = truth[request.slug]
        assert record.unexplained == ()
        assert (record.id, record.slug, record.title) == (true["id"], true["slug"], true["title"])
        assert record.described_state == true["described_state"]
        assert record.display_status == true["display_status"]
        assert record.law_used == true["law_used"]
        assert [(e.id, e.event_type, e.created_at) for e in record.events] == [
            (e["id"], e["event_type"], e["created_at"]) for e in true["events"]
        ]
        assert record.authority.url_name == true["authority"]


def test_comments_that_were_hidden_leave_no_trace(odd: Odd, pages: dict[str, RequestPage], get: Get) -> None:
    request = odd("hidden_comment")
    hidden = [comment for comment in request.comments if not comment.visible]
    shown = {comment.id for comment in pages[request.slug].comments}
    assert hidden
    assert all(f"comment-{comment.id}" not in shown for comment in hidden)
    assert hidden[0].text not in get(f"/request/{request.slug}").text
    assert "hide_comment" in {event.event_type for event in request.events}


def test_hidden_things_stand_as_notices(odd: Odd, pages: dict[str, RequestPage]) -> None:
    page = pages[odd("hidden_incoming").slug]
    kinds = {(message.direction, message.prominence) for message in page.messages}
    assert {("incoming", "hidden"), ("incoming", "requester_only"), ("outgoing", "hidden")} <= kinds
    assert all(message.text is None for message in page.messages if message.prominence != "normal")
    states = [file.state for message in page.messages for file in message.attachments]
    assert states.count("hidden") == 2
    assert states.count("erased") == 1


def test_no_secret_is_printed_anywhere(world: World, get: Get) -> None:
    for request in world.requests:
        if request.readable:
            html = get(f"/request/{request.slug}").text
            secrets = [m.stretches[0][0] for m in request.messages if m.prominence != "normal" or m.main_part_hidden]
            assert not [secret for secret in secrets if secret in html]


@pytest.mark.parametrize(
    ("thing", "status", "kind"),
    [
        ("hidden_request", 403, "hidden_request"),
        ("requester_only_request", 403, "hidden_request"),
        ("embargoed", 404, "not_found"),
    ],
)
def test_requests_that_nobody_may_read(odd: Odd, get: Get, thing: str, status: int, kind: str) -> None:
    request = odd(thing)
    for page in ("", "/details", "?unfold=1"):
        answer = get(f"/request/{request.slug}{page}")
        assert answer.status == status
        assert classify(status=answer.status, headers=answer.headers, body=answer.body).kind == kind
    document = get(f"/request/{request.slug}.json")
    assert (document.status, document.body) == (status, b"")
    assert get(f"/request/{request.id}").status == 404
    assert request.title not in get("/list?query=" + request.slug.split("_")[0]).text


def test_backpage_is_readable_unlisted_and_not_to_be_indexed(odd: Odd, get: Get, pages: dict[str, RequestPage]) -> None:
    request = odd("backpage")
    answer = get(f"/request/{request.slug}")
    assert answer.headers["x-robots-tag"] == "noindex"
    assert pages[request.slug].noindex
    assert json.loads(get(f"/request/{request.slug}.json").body)["prominence"] == "backpage"
    assert f"/request/{request.slug}" not in get(f"/list?query=request:{request.slug}").text


def test_a_new_title_leaves_the_old_address_empty(odd: Odd, get: Get) -> None:
    request = odd("renamed")
    assert get(f"/request/{request.former_slugs[0]}").status == 404
    assert get(f"/request/{request.id}").path == f"/request/{request.slug}"


def test_requesters_of_every_kind(odd: Odd, pages: dict[str, RequestPage], get: Get) -> None:
    external, anonymous, erased = odd("external_requester"), odd("anonymous_requester"), odd("erased_user")
    assert pages[external.slug].requester_kind == "external"
    assert pages[anonymous.slug].requester_kind == "anonymous"
    assert pages[erased.slug].requester_name == "[Name Removed]"
    assert len(pages[erased.slug].requester_slug or "") == 40
    assert "user" not in json.loads(get(f"/request/{external.slug}.json").body)
    assert json.loads(get(f"/request/{anonymous.slug}.json").body)["user_name"] is None
    assert json.loads(get(f"/request/{odd('suspended_user').slug}.json").body)["user"]["ban_text"]


def test_notes_in_the_header(odd: Odd, pages: dict[str, RequestPage]) -> None:
    assert pages[odd("closed").slug].replies == "closed"
    assert pages[odd("authority_only").slug].replies == "authority_only"
    assert pages[odd("eir_only").slug].law_named == "Environmental Information Regulations"
    assert pages[odd("batch").slug].batch_id == odd("batch").batch_id
    assert pages[odd("not_subject_body").slug].not_subject


def test_a_batch_has_its_page(odd: Odd, get: Get, world: World) -> None:
    request = odd("batch")
    answer = get(f"/info_request_batch/{request.batch_id}")
    assert answer.status == 200
    assert answer.text.count("request_listing") == len(world.batches[request.batch_id or 0]) == 4
    assert get("/info_request_batch/99").status == 404


def test_the_resent_note_has_the_id_of_the_first_block(odd: Odd, get: Get, pages: dict[str, RequestPage]) -> None:
    request = odd("resent_block")
    assert get(f"/request/{request.slug}").text.count(f'id="{request.messages[0].anchor}"') == 2
    assert pages[request.slug].resends


def test_a_message_that_failed_is_shown_twice(odd: Odd, get: Get) -> None:
    request = odd("send_error")
    assert get(f"/request/{request.slug}").text.count(f'id="{request.messages[0].anchor}"') == 2


def test_markup_in_a_title_is_text(odd: Odd, pages: dict[str, RequestPage]) -> None:
    request = odd("markup_in_title")
    assert "<b>" in request.title
    assert pages[request.slug].title == request.title


def test_due_days_are_shown_while_an_answer_is_awaited(world: World, pages: dict[str, RequestPage]) -> None:
    waiting = {"waiting_response", "waiting_response_overdue"}
    for request in world.requests:
        if request.readable:
            page = pages[request.slug]
            assert page.status == request.calculated_status
            assert page.due_on == (request.due_on.isoformat() if request.calculated_status in waiting else None)


def test_the_history_as_a_table(odd: Odd, get: Get) -> None:
    request = odd("administrators_events")
    html = get(f"/request/{request.slug}/details").text
    assert html.count("<tr class=") == len(request.events)
    assert "edit metadata" in html
    assert "project_extract_created" in html
    assert "described_state, tags" in html
