"""Files answer in all the odd ways of the real ones (alaveteli.md part 6)."""

import hashlib
from collections.abc import Callable
from urllib.parse import quote

import pytest

from parsers.wdtk.notices import classify
from scraper.standin import running
from scraper.standin.records import StandinFile, StandinMessage, StandinRequest
from scraper.standin.world import World

from .conftest import Get, get_from

Odd = Callable[[str], StandinRequest]
FilePath = Callable[[StandinRequest, StandinMessage, StandinFile], str]


def with_files(request: StandinRequest) -> StandinMessage:
    return max(request.messages, key=lambda message: len(message.files))


def test_every_plain_file_is_served_as_it_is(world: World, get: Get, file_path: FilePath) -> None:
    served = 0
    for request in world.requests:
        for message in request.messages:
            for file in message.files:
                if (
                    request.readable
                    and message.prominence == "normal"
                    and file.state == "file"
                    and file.quirk == "none"
                ):
                    answer = get(file_path(request, message, file))
                    assert answer.status == 200
                    assert hashlib.sha256(answer.body).hexdigest() == file.sha256
                    assert "set-cookie" not in answer.headers
                    served += 1
    assert served > 100


def test_a_masked_file_answers_first_with_a_redirect_to_itself(odd: Odd, file_path: FilePath) -> None:
    request = odd("masked_once")
    message = with_files(request)
    file = next(file for file in message.files if file.quirk == "masked_once")
    with running() as base:
        get = get_from(base)
        path = file_path(request, message, file)
        first = get(path)
        assert (first.status, first.path) == (302, path)
        assert get(path).body == file.data
        assert get(path).status == 200


def test_a_slow_file_waits_and_is_done(odd: Odd, file_path: FilePath) -> None:
    request = odd("wait_page")
    message = with_files(request)
    file = message.files[0]
    with running() as base:
        get = get_from(base)
        path = file_path(request, message, file)
        wait = get(path)
        assert wait.status == 302
        assert wait.path.startswith("/attachments/")
        for _ in range(3):
            page = get(wait.path)
            notice = classify(status=page.status, headers=page.headers, body=page.body)
            assert (notice.kind, notice.retry_seconds) == ("wait", 2)
            assert page.headers["x-robots-tag"] == "noindex"
        moved = get(wait.path)
        assert moved.status == 302
        done = get(moved.path)
        notice = classify(status=done.status, headers=done.headers, body=done.body)
        assert notice.kind == "done"
        assert notice.link == f"{path}?cookie_passthrough=1"
        assert get(notice.link).body == file.data


def test_parts_have_gaps_and_names_have_twins(odd: Odd, get: Get) -> None:
    request = odd("first_attachment_3")
    message = with_files(request)
    parts = [file.part for file in message.files]
    assert parts[0] == 3
    assert parts != list(range(3, 3 + len(parts)))
    twins = [file for file in message.files if file.name == "Figures.csv"]
    prefix = f"/request/{request.slug}/response/{message.id}/attach"
    assert [get(f"{prefix}/{file.part}/Figures.csv").body for file in twins] == [file.data for file in twins]
    assert twins[0].data != twins[1].data
    assert get(f"{prefix}/5/Figures.csv").status == 303


def test_types_follow_the_name_in_the_address(odd: Odd, get: Get, file_path: FilePath) -> None:
    request = odd("jpeg_octet_stream")
    message = with_files(request)
    served = {
        file.name: get(file_path(request, message, file)).headers for file in message.files if file.quirk == "none"
    }
    assert served["image001.jpeg"]["content-type"] == "application/octet-stream"
    assert served["logo.jpg"]["content-type"] == "image/jpeg"
    assert served["Terms.html"]["content-type"] == "text/html"
    assert served["Figures.csv"]["access-control-allow-origin"] == "*"
    assert served["empty.txt"]["content-length"] == "0"
    assert "filename*=UTF-8''Information%20request.txt" in served["Information request.txt"]["content-disposition"]


def test_a_unique_name_is_found_under_a_wrong_number(odd: Odd, get: Get) -> None:
    request = odd("jpeg_octet_stream")
    message = with_files(request)
    file = next(file for file in message.files if file.name == "logo.jpg")
    assert get(f"/request/{request.slug}/response/{message.id}/attach/99/logo.jpg").body == file.data


@pytest.mark.parametrize(
    ("rest", "status"),
    [("2/none.pdf", 303), ("2", 403), ("2/", 403), ("html/2", 403), ("1/foiextract20200101-1-abc", 404)],
)
def test_addresses_that_miss(odd: Odd, get: Get, rest: str, status: int) -> None:
    request = odd("first_attachment_2")
    message = with_files(request)
    answer = get(f"/request/{request.slug}/response/{message.id}/attach/{rest}")
    assert answer.status == status
    if status == 303:
        assert answer.path == f"/request/{request.slug}#{message.anchor}"
    if status == 403:
        assert answer.body == b"Directory listing not allowed"
    assert get(f"/request/{request.slug}/response/1/attach/2/none.pdf").status == 404


def test_files_that_were_taken_down(odd: Odd, get: Get, file_path: FilePath) -> None:
    request = odd("erased_attachment")
    message = with_files(request)
    kinds = {"hidden": "hidden_attachment", "requester_only": "hidden_attachment", "erased": "erased_attachment"}
    for file in message.files:
        if file.state != "file":
            for path in (
                file_path(request, message, file),
                f"/request/{request.slug}/response/{message.id}/attach/html/{file.part}/{quote(file.name)}.html",
            ):
                answer = get(path)
                assert answer.status == 403
                assert classify(status=403, headers=answer.headers, body=answer.body).kind == kinds[file.state]
                assert file.data not in answer.body
    hidden = next(
        message for message in request.messages if message.prominence == "hidden" and message.direction == "incoming"
    )
    answer = get(f"/request/{request.slug}/response/{hidden.id}/attach/2/any.pdf")
    assert classify(status=answer.status, headers=answer.headers, body=answer.body).kind == "hidden_message"


def test_files_of_hidden_requests_are_hidden(odd: Odd, get: Get) -> None:
    request = odd("hidden_request")
    assert get(f"/request/{request.slug}/response/{request.messages[-1].id}/attach/2/a.pdf").status == 403


def test_a_message_that_is_only_a_file(odd: Odd) -> None:
    request = odd("first_attachment_1")
    message = next(message for message in request.messages if message.files)
    assert message.files[0].part == 1
    assert message.main_part_id is None


def test_a_bounce_comes_with_its_report(world: World, get: Get, file_path: FilePath) -> None:
    request, message, file = next(
        (r, m, f) for r in world.requests if r.readable for m in r.messages for f in m.files if f.delivery_note
    )
    assert "DSN: 5.1.1 Bad destination mailbox address" in get(f"/request/{request.slug}").text
    answer = get(file_path(request, message, file))
    assert answer.body == file.data
    assert b"Status: 5.1.1" in answer.body


def test_views_as_html(odd: Odd, get: Get) -> None:
    request = odd("nested_mail")
    message = with_files(request)
    prefix = f"/request/{request.slug}/response/{message.id}/attach/html"
    text = next(file for file in message.files if file.name == "Information request.txt")
    shown = get(f"{prefix}/{text.part}/{quote(text.name)}.html")
    assert "Subject: Information request" in shown.text
    table = next(file for file in message.files if file.name == "Figures.csv")
    assert "<iframe" in get(f"{prefix}/{table.part}/Figures.csv.html").text


def test_old_addresses_by_number_lead_to_the_new(odd: Odd, get: Get) -> None:
    request = odd("nested_mail")
    message = with_files(request)
    answer = get(f"/request/{request.id}/response/{message.id}/attach/8/logo.jpg?cookie_passthrough=1")
    assert (answer.status, answer.path) == (301, f"/request/{request.slug}/response/{message.id}/attach/8/logo.jpg")
