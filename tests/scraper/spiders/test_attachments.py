"""Every way in which the site answers for a file ends in its bytes or in a word that says why not."""

import hashlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scraper.pages import (
    NOT_FOUND,
    WAIT,
    Reply,
    attachment_path,
    file,
    notice,
    page,
    redirect,
    tagged,
    text,
    with_headers,
)
from tests.scraper.scripted import ScriptedSite, rows, scrapy

DONE = (
    "<h1>Attachment available for download.</h1><p>Ready.</p><p><a class='button' href='{}'>Download attachment</a></p>"
)
MEGABYTE = 1024 * 1024


@pytest.fixture
def site() -> Iterator[ScriptedSite]:
    with ScriptedSite() as running:
        yield running


def crawled(site: ScriptedSite, archive: Path, **settings: object) -> "subprocess.CompletedProcess[str]":
    quick = {"WDTK_FILE_WAIT": 0.01, "WDTK_FILE_TRIES": 3, "WDTK_TRIES": 2, "WDTK_BACKOFF": 0.01}
    return scrapy("requests", "-a", "request=grit_bins", site=site, archive=archive, **{**quick, **settings})


def outcomes(archive: Path) -> dict[str, tuple[str, str | None, str | None]]:
    found = rows(archive, "SELECT name, fetch_status, fetch_detail, sha256 FROM attachments")
    return {name: (status, detail, sha256) for name, status, detail, sha256 in found}


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def path(position: int, name: str) -> str:
    return attachment_path("grit_bins", 7, position, name)


ANSWERS: dict[str, Reply | list[Reply]] = {
    "plain.pdf": file(b"%PDF plain"),
    "itself.pdf": [redirect(path(1, "itself.pdf")), redirect(path(1, "itself.pdf")), file(b"%PDF itself")],
    "waited.pdf": [redirect("/attachments/w1/wait?referer=x"), file(b"%PDF waited")],
    "never.pdf": redirect("/attachments/w2/wait"),
    "vanished.pdf": [redirect("/attachments/w3/wait"), file(b"%PDF vanished")],
    "moved.pdf": redirect("/request/grit_bins#incoming-7", 303),
    "shown.pdf": redirect("/request/grit_bins"),
    "hidden.pdf": notice("Attachment has been removed", "This attachment has been hidden."),
    "erased.pdf": notice("Attachment has been erased", "It is no longer available."),
    "message.pdf": notice("Message has been removed", "This message has been hidden."),
    "gone.pdf": NOT_FOUND,
    "page.pdf": page("request_show", "<h1>Sign in</h1><p>Please.</p>"),
    "maintenance.pdf": Reply(body=b"<html><h1>Back soon</h1></html>", headers={"Content-Type": "text/html"}),
    "letter.html": file(b"<html><h1>Request has been removed</h1></html>", "text/html"),
    "outage.pdf": Reply(status=500, body=b"<h1>500</h1>", headers={"Content-Type": "text/html"}),
    "forbidden.pdf": text("Directory listing not allowed"),
    "elsewhere.pdf": redirect("http://127.0.0.1:1/file.pdf"),
    "login.pdf": redirect("/profile/sign_in"),
    "round.pdf": redirect(path(18, "round.pdf")),
    "empty.txt": file(b"", "text/plain"),
    "large.pdf": file(b"x" * (MEGABYTE + 1)),
    "grows.pdf": with_headers(file(b"x" * (MEGABYTE + 1)), Content_Encoding="identity"),
    "wrong.pdf": file(b"PK\x03\x04 a spreadsheet by its bytes"),
}
"""Every way to answer for a file; ``path`` counts positions from 1 in this order."""


def test_each_answer_is_known_for_what_it_is(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("grit_bins", 7, files=ANSWERS)
    forbidden = path(15, "forbidden.pdf")
    site.say(
        forbidden, Reply(status=403, body=b"Directory listing not allowed", headers={"Content-Type": "text/plain"})
    )
    site.say("/robots.txt", text("User-agent: *\nDisallow: */profile/*\n"))
    site.say("/attachments/w1/wait?referer=x", WAIT, WAIT, redirect("/attachments/w1/done?referer=x"))
    site.say(
        "/attachments/w1/done?referer=x",
        page("attachment_masks_done", DONE.format(f"{path(2, 'waited.pdf')}?cookie_passthrough=1")),
    )
    site.say("/attachments/w2/wait", WAIT)
    site.say("/attachments/w3/wait", WAIT, NOT_FOUND)
    done = crawled(site, tmp_path / "a", DOWNLOAD_MAXSIZE=MEGABYTE)
    assert done.returncode == 0
    found = outcomes(tmp_path / "a")
    fetched = {name: sha for name, (status, _, sha) in found.items() if status == "fetched"}
    assert fetched == {
        "plain.pdf": sha256(b"%PDF plain"),
        "itself.pdf": sha256(b"%PDF itself"),
        "waited.pdf": sha256(b"%PDF waited"),
        "vanished.pdf": sha256(b"%PDF vanished"),
        "letter.html": sha256(b"<html><h1>Request has been removed</h1></html>"),
        "empty.txt": sha256(b""),
        "wrong.pdf": sha256(b"PK\x03\x04 a spreadsheet by its bytes"),
    }
    assert {name: status for name, (status, _, _) in found.items() if status != "fetched"} == {
        "never.pdf": "waiting",
        "moved.pdf": "missing",
        "shown.pdf": "missing",
        "hidden.pdf": "hidden",
        "erased.pdf": "erased",
        "message.pdf": "hidden",
        "gone.pdf": "missing",
        "page.pdf": "not_a_file",
        "maintenance.pdf": "not_a_file",
        "outage.pdf": "failed",
        "forbidden.pdf": "failed",
        "elsewhere.pdf": "failed",
        "login.pdf": "refused_by_robots",
        "round.pdf": "failed",
        "large.pdf": "too_big",
        "grows.pdf": "too_big",
    }
    assert found["hidden.pdf"][1] == "This attachment has been hidden."
    assert "off the site" in (found["elsewhere.pdf"][1] or "")
    assert not any(asked.path.startswith("/file.pdf") for asked in site.asked)
    assert site.paths().count("/attachments/w2/wait") == 4
    assert site.paths().count(path(18, "round.pdf")) < 20


def test_no_page_in_place_of_a_file_is_kept_as_one(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("grit_bins", 7, files={"a.pdf": tagged(page("request_show", "<h1>Sign in</h1>"))})
    crawled(site, tmp_path / "a")
    crawled(site, tmp_path / "a")
    assert outcomes(tmp_path / "a")["a.pdf"][::2] == ("not_a_file", None)


def test_a_file_that_has_not_changed_is_asked_for_with_its_validator(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("grit_bins", 7, files={"a.pdf": tagged(file(b"%PDF one"))})
    crawled(site, tmp_path / "a")
    crawled(site, tmp_path / "a")
    assert outcomes(tmp_path / "a")["a.pdf"] == ("fetched", None, sha256(b"%PDF one"))
    statuses = rows(tmp_path / "a", "SELECT status FROM fetches WHERE page_kind = 'file' ORDER BY id")
    assert statuses == [(200,), (304,)]


def test_a_file_that_was_replaced_is_fetched_again_and_one_that_was_hidden_is_withdrawn(
    site: ScriptedSite, tmp_path: Path
) -> None:
    site.request("grit_bins", 7, files={"a.pdf": tagged(file(b"%PDF one")), "b.pdf": tagged(file(b"%PDF two"))})
    crawled(site, tmp_path / "a")
    site.say(path(0, "a.pdf"), tagged(file(b"%PDF redacted")))
    site.say(path(1, "b.pdf"), notice("Attachment has been removed", "This attachment has been hidden."))
    crawled(site, tmp_path / "a")
    found = outcomes(tmp_path / "a")
    assert found["a.pdf"] == ("fetched", None, sha256(b"%PDF redacted"))
    assert found["b.pdf"][0] == "hidden"
    assert rows(tmp_path / "a", "SELECT subject, state FROM withdrawals") == [("attachment-701", "hidden")]


def test_what_failed_or_waited_is_asked_for_by_the_next_crawl(site: ScriptedSite, tmp_path: Path) -> None:
    site.request("grit_bins", 7, files={"a.pdf": redirect("/attachments/w/wait"), "b.pdf": Reply(status=502)})
    site.say("/attachments/w/wait", WAIT)
    crawled(site, tmp_path / "a")
    assert {name: status for name, (status, _, _) in outcomes(tmp_path / "a").items()} == {
        "a.pdf": "waiting",
        "b.pdf": "failed",
    }
    site.say(path(0, "a.pdf"), file(b"%PDF a"))
    site.say(path(1, "b.pdf"), file(b"%PDF b"))
    crawled(site, tmp_path / "a")
    assert [status for status, _, _ in outcomes(tmp_path / "a").values()] == ["fetched", "fetched"]


def test_a_letter_that_looks_like_a_challenge_does_not_stop_the_run(site: ScriptedSite, tmp_path: Path) -> None:
    body = b"<html><head><title>Just a moment...</title></head><script>window._cf_chl_opt={};</script></html>"
    site.request("grit_bins", 7, files={"a.html": file(body, "text/html"), "b.pdf": file(b"%PDF b")})
    done = crawled(site, tmp_path / "a")
    assert done.returncode == 0
    assert {name: status for name, (status, _, _) in outcomes(tmp_path / "a").items()} == {
        "a.html": "fetched",
        "b.pdf": "fetched",
    }
