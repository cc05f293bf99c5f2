"""Pages saved from a browser, JSON, the site's zip, and folders of them."""

import zipfile
from pathlib import Path

import pytest

from scraper.archive.compare import differences
from tests.scraper.exchange.made import (
    EARLY,
    LETTER,
    ask,
    bring,
    held,
    json_file,
    mhtml_file,
    page_file,
    request,
    saved,
    warc,
    zip_file,
)
from tests.scraper.pages import AUTHORITIES, thread_page

FETCHED = "SELECT name, fetch_status FROM attachments ORDER BY id"


def test_a_page_and_its_json_are_a_request(tmp_path: Path) -> None:
    files = [page_file(tmp_path / "in", at=EARLY), json_file(tmp_path / "in")]
    done = bring(tmp_path / "a", *files)
    assert done.exit_code == 0, done.output
    assert ask(tmp_path / "a", "SELECT id, slug, last_checked_at FROM requests") == [(7, "drains", EARLY)]
    assert ask(tmp_path / "a", "SELECT count(*) FROM messages") == [(2,)]


def test_saved_documents_give_the_rows_that_a_warc_of_them_gives(tmp_path: Path) -> None:
    bring(tmp_path / "a", page_file(tmp_path / "in"), json_file(tmp_path / "in"))
    bring(tmp_path / "b", warc(tmp_path / "w.warc.gz", *request()))
    left, right = held(tmp_path / "a"), held(tmp_path / "b")
    for side in (left, right):  # a browser writes the page anew
        for name in ("files", "stored files"):
            del side[name]
        for row in side["requests"]:
            del row["page_sha256"]
    assert differences(left, right) == []


def test_a_page_alone_is_kept_and_says_what_it_lacks_until_its_json_comes(tmp_path: Path) -> None:
    archive = tmp_path / "a"
    done = bring(archive, page_file(tmp_path / "in"))
    assert done.exit_code == 0
    assert "Save https://foi.example/request/drains.json as well" in done.output
    assert ask(archive, "SELECT 1 FROM requests") == []
    assert "Requests: 1 new" in bring(archive, json_file(tmp_path / "in")).output
    assert ask(archive, "SELECT slug FROM requests") == [("drains",)]


def test_a_json_alone_gives_its_authority_until_its_page_comes(tmp_path: Path) -> None:
    archive = tmp_path / "a"
    done = bring(archive, json_file(tmp_path / "in"))
    assert "its messages and files are only on its page" in done.output
    assert ask(archive, "SELECT url_name FROM authorities") == [("ambleford",)]
    assert "Requests: 1 new" in bring(archive, page_file(tmp_path / "in")).output


def test_a_newer_page_goes_with_the_json_that_is_here(tmp_path: Path) -> None:
    archive = tmp_path / "a"
    bring(archive, page_file(tmp_path / "one", at=EARLY), json_file(tmp_path / "one", at=EARLY))
    newer = mhtml_file(tmp_path / "p.mhtml", "drains", 7, ("annex.pdf",), date="Thu, 01 May 2025 12:00:00 +0200")
    bring(archive, newer)
    assert ask(archive, FETCHED) == [("annex.pdf", "not_fetched")]
    assert ask(archive, "SELECT last_checked_at FROM requests") == [("2025-05-01T10:00:00Z",)]


def test_a_folder_is_gone_through_with_the_files_beside_a_page(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    page_file(folder, names=("letter.pdf",))
    json_file(folder / "deeper")
    saved(folder / "drains_files" / "letter.pdf", LETTER)
    saved(folder / "drains_files" / "style.css", b"p {}")
    saved(folder / "all-authorities.csv", AUTHORITIES.encode())
    done = bring(tmp_path / "a", folder)
    assert ask(tmp_path / "a", FETCHED) == [("letter.pdf", "fetched")], done.output
    assert "styles, scripts and pictures of a page (1)" in done.output
    assert ask(tmp_path / "a", "SELECT name FROM authorities") == [("Ambleford Town Council",)]


def test_links_in_a_folder_lead_nowhere(tmp_path: Path) -> None:
    secret = page_file(tmp_path / "elsewhere")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link.html").symlink_to(secret)
    (tmp_path / "in" / "folder").symlink_to(secret.parent)
    assert bring(tmp_path / "a", tmp_path / "in").exit_code == 1
    assert ask(tmp_path / "a", "SELECT 1 FROM fetches") == []


def test_mhtml_tells_its_address_and_its_time(tmp_path: Path) -> None:
    path = mhtml_file(tmp_path / "page.mhtml", "drains", 7, (), date="Thu, 01 May 2025 12:00:00 +0200")
    done = bring(tmp_path / "a", path, json_file(tmp_path))
    assert ask(tmp_path / "a", "SELECT slug, last_checked_at FROM requests") == [("drains", "2025-05-01T10:00:00Z")]
    assert "styles, scripts and pictures of a page (1)" in done.output


def test_a_single_file_tells_its_address_and_its_time(tmp_path: Path) -> None:
    mark = (
        b"<!--\n Page saved with SingleFile \n url: https://foi.example/request/drains?unfold=1#incoming-7 \n"
        b" saved date: Thu May 01 2025 12:00:00 GMT+0200 (Central European Summer Time)\n-->"
    )
    body = thread_page("drains", 7, []).body.replace(b"</body></html>", b"").replace(b"<head>", mark + b"<head>")
    bring(tmp_path / "a", saved(tmp_path / "s.html", body), json_file(tmp_path))
    assert ask(tmp_path / "a", "SELECT last_checked_at FROM requests") == [("2025-05-01T10:00:00Z",)]


@pytest.mark.parametrize(
    ("mark", "reason"),
    [
        (b"<!-- saved from url=(0041)https://elsewhere.example/request/drains -->", "of another site"),
        (b"", "nothing tells of which address"),
    ],
)
def test_pages_of_other_sites_and_of_nowhere_are_left(tmp_path: Path, mark: bytes, reason: str) -> None:
    body = thread_page("drains", 7, []).body.replace(b"https://foi.example", b"").replace(b"<html", mark + b"<html", 1)
    done = bring(tmp_path / "a", saved(tmp_path / "p.html", body))
    assert done.exit_code == 1
    assert reason in done.output


def test_the_zip_of_a_request_gives_its_files(tmp_path: Path) -> None:
    members = {
        "correspondence.txt": b"From: Petra",
        "1_2_letter.pdf": LETTER,
        "1_3_annex one.pdf": b"%PDF-1.4 annex",
        "1_9_other.pdf": b"%PDF-1.4 unknown",
        "../../etc/passwd": b"root",
        "/abs": b"x",
    }
    page = page_file(tmp_path / "in", names=("letter.pdf", "annex%20one.pdf"))
    done = bring(tmp_path / "a", zip_file(tmp_path / "drains (1).zip", members), page, json_file(tmp_path / "in"))
    assert [status for _, status in ask(tmp_path / "a", FETCHED)] == ["fetched", "fetched"], done.output
    assert "members of a zip whose names are not of the form K_N_NAME (2)" in done.output
    assert "import the JSON and the page of their request, and then them again (1)" in done.output


def test_a_zip_of_an_unknown_request_says_what_it_waits_for(tmp_path: Path) -> None:
    path = zip_file(tmp_path / "drains.zip", {"correspondence.pdf": b"%PDF", "1_2_letter.pdf": LETTER})
    done = bring(tmp_path / "a", path)
    assert done.exit_code == 1
    assert "a request that is not in the archive" in done.output


def test_a_zip_bomb_costs_no_memory_and_no_room(tmp_path: Path) -> None:
    config = tmp_path / "wdtk.toml"
    path = tmp_path / "drains.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("correspondence.txt", b"")
        opened.writestr("1_2_letter.pdf", bytes(200_000_000))
    done = bring(tmp_path / "a", path)
    assert "larger than the limit" in done.output
    assert not config.exists()


def test_a_file_that_came_later_is_not_replaced_by_one_from_before(tmp_path: Path) -> None:
    pages = [page_file(tmp_path / "in", names=("letter.pdf",)), json_file(tmp_path / "in")]
    late = {"correspondence.txt": b"", "1_2_letter.pdf": LETTER}
    bring(tmp_path / "a", zip_file(tmp_path / "drains.zip", late), *pages)
    early = {"correspondence.txt": b"", "1_2_letter.pdf": b"%PDF-1.4 before it was censored"}
    done = bring(tmp_path / "a", zip_file(tmp_path / "old" / "drains.zip", early))
    assert "without a time of their own, where the archive knows something that may be newer" in done.output
    assert len(ask(tmp_path / "a", "SELECT 1 FROM files")) == 3


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\0\1\2" * 2000,
        b"<html>" + b"<div>" * 50_000,
        b"<!DOCTYPE html><html><!-- saved from url=(0035)https://foi.example/request/drains --><body>cut",
        b"[" * 100_000,
        b'{"url_title": "../../x", "info_request_events": []}',
        b'{"url_title": "drains", "info_request_events": [], "id": "seven"}',
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n" + b"--b\nContent-Type: text/html\n\n" * 9,
        b"MIME-Version: 1.0\n"
        + b"".join(b"Content-Type: multipart/related; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2000)),
        b"PK\x03\x04" + b"z" * 5000,
        b"\x1f\x8b\x08\x00" + b"z" * 5000,
        b"Internal ID,Name,\n",
    ],
    ids=["empty", "binary", "deep", "cut", "brackets", "path", "untyped", "mhtml", "nested", "zip", "gzip", "csv"],
)
def test_whatever_is_given_is_left_with_a_reason_in_words(tmp_path: Path, body: bytes) -> None:
    done = bring(tmp_path / "a", saved(tmp_path / "thing.html", body))
    assert done.exit_code == 1
    assert "Traceback" not in done.output
    assert "Left: " in done.output
    assert not ask(tmp_path / "a", "SELECT 1 FROM requests")


def test_no_name_of_a_request_stays_among_what_was_imported(tmp_path: Path) -> None:
    bring(tmp_path / "a", page_file(tmp_path / "in"), json_file(tmp_path / "in"))
    assert ask(tmp_path / "a", "SELECT name, kind FROM imports ORDER BY id") == [("*.html", "html"), ("*.json", "json")]
    assert ask(tmp_path / "a", "SELECT 1 FROM runs WHERE arguments LIKE '%drains%'") == []
