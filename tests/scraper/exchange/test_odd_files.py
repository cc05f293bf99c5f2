"""Folders, names, dates and lists of members that are odd or hostile cost themselves, and nothing else."""

import email.mime.multipart
import email.mime.text
import os
import zipfile
from pathlib import Path

import pytest

from scraper.exchange.captures import TOO_BIG, Tally
from scraper.exchange.opening import NO_FILE
from scraper.exchange.saved import mhtml_parts
from scraper.exchange.zips import members
from tests.scraper.exchange.made import LATE, LETTER, SITE, ask, bring, json_file, page_file, saved, zip_file
from tests.scraper.pages import thread_page


def mhtml(path: Path, *, location: str, charset: str = "utf-8", date: str = "Sun, 01 Jun 2025 10:00:00 +0000") -> Path:
    whole = email.mime.multipart.MIMEMultipart("related")
    whole["Snapshot-Content-Location"], whole["Date"] = location, date
    page = thread_page("drains", 7, []).body.decode().replace("</h1>", " naïve</h1>", 1)
    part = email.mime.text.MIMEText(page, "html", charset)
    part["Content-Location"] = location.partition("#")[0]
    whole.attach(part)
    return saved(path, whole.as_bytes())


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "utf-16"])
def test_a_page_is_read_in_the_encoding_that_its_container_tells(tmp_path: Path, charset: str) -> None:
    path = mhtml(tmp_path / "p.mhtml", location=f"{SITE}/request/drains#incoming-7", charset=charset)
    done = bring(tmp_path / "a", path, json_file(tmp_path))
    assert "Requests: 1 new" in done.output


@pytest.mark.parametrize("seen", ["hidden", "requester_only"])
def test_what_the_site_shows_to_those_who_are_signed_in_alone_is_left(tmp_path: Path, seen: str) -> None:
    page = page_file(tmp_path, names=("letter.pdf",))
    shown = page.read_bytes()
    saved(page, shown.replace(b"incoming correspondence normal", f"incoming correspondence {seen}".encode()))
    assert page.read_bytes() != shown
    document = json_file(tmp_path)
    done = bring(tmp_path / "a", page, document)
    assert "it shows a message that the site hides" in done.output
    assert ask(tmp_path / "a", "SELECT 1 FROM messages UNION ALL SELECT 1 FROM requests") == []
    hidden = document.read_bytes().replace(b'"prominence": "normal"', f'"prominence": "{seen}"'.encode())
    assert hidden != document.read_bytes()
    done = bring(tmp_path / "b", saved(document, hidden), saved(page, shown))
    assert "it is of a request that the site hides" in done.output
    assert ask(tmp_path / "b", "SELECT 1 FROM requests") == []


@pytest.mark.parametrize(
    "date",
    [
        "Mon, 20 Nov 99999999999999999999 10:00:00 +0000",
        "Mon, 20 Nov 2023 10:00:00 +99999999999999",
        "Mon, 01 Jan 0999 00:00:00 +1400",
        "nonsense",
    ],
)
def test_a_date_that_is_none_leaves_that_of_the_file(date: str) -> None:
    container = f"MIME-Version: 1.0\nDate: {date}\nContent-Type: multipart/related; boundary=b\n\n--b\n\nx\n--b--\n"
    _, told, parts = mhtml_parts(container.encode())
    assert told is None
    assert len(parts) == 1


def test_a_saved_date_from_the_year_1_leaves_that_of_the_file(tmp_path: Path) -> None:
    date = "saved date: Mon Jan 01 0001 00:00:00 GMT+1400"
    mark = f"<!-- Page saved with SingleFile \n url: {SITE}/request/drains \n {date} -->"
    body = thread_page("drains", 7, []).body.replace(b"<head>", mark.encode() + b"<head>")
    bring(tmp_path / "a", saved(tmp_path / "s.html", body), json_file(tmp_path))
    assert ask(tmp_path / "a", "SELECT last_checked_at FROM requests") == [(LATE,)]


def test_names_in_no_encoding_are_told_and_stored(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    page_file(folder, names=("letter.pdf",))
    json_file(folder)
    warc = folder / os.fsdecode(b"caf\xe9.warc")
    warc.write_bytes(b"WARC/1.0\r\n\r\n")
    (folder / "drains_files").mkdir()
    (folder / "drains_files" / os.fsdecode(b"lettre\xe9.pdf")).write_bytes(LETTER)
    done = bring(tmp_path / "a", folder)
    assert done.exit_code == 0, done.output
    assert "Requests: 1 new" in done.output
    assert ask(tmp_path / "a", "SELECT name FROM imports WHERE kind = 'warc'") == [("caf\ufffd.warc",)]


def test_a_folder_that_cannot_be_gone_through_is_told_and_the_others_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page_file(tmp_path / "in")
    json_file(tmp_path / "in")
    (tmp_path / "in" / "locked").mkdir()
    whole = Path.iterdir

    def iterdir(path: Path) -> object:
        if path.name == "locked":
            raise PermissionError(13, "Permission denied")
        return whole(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)  # whoever runs the tests may be allowed everything
    done = bring(tmp_path / "a", tmp_path / "in")
    assert "Requests: 1 new" in done.output
    assert NO_FILE in done.output


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert NO_FILE in bring(tmp_path / "a", tmp_path / "pipe").output


def test_a_list_of_members_that_would_fill_the_memory_is_not_read(tmp_path: Path) -> None:
    path = zip_file(tmp_path / "drains.zip", {"correspondence.txt": b"", "1_2_letter.pdf": LETTER})
    body = bytearray(path.read_bytes())
    place = body.rfind(b"PK\x05\x06")
    body[place + 12 : place + 16] = (5_000_000).to_bytes(4, "little")
    hostile = saved(tmp_path / "long.zip", bytes(body))
    far = saved(tmp_path / "far.zip", bytes(body[:place]) + b"PK\x06\x07" + bytes(16) + bytes(body[place:]))
    for one in (hostile, far):
        tally = Tally(name="x")
        with one.open("rb") as file:
            assert list(members(file, tally, limit=1000)) == []
        assert tally.left == {TOO_BIG: 1}


def test_many_members_too_large_to_keep_are_not_all_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scraper.exchange.zips._MOST_BYTES", 4_000)
    files = {f"1_{number}_a.pdf": bytes(2_000) for number in range(9)}
    path = zip_file(tmp_path / "drains.zip", {"correspondence.txt": b"", **files})
    opened: list[str] = []
    whole = zipfile.ZipFile.open

    def note(self: zipfile.ZipFile, name: zipfile.ZipInfo, *more: object) -> object:
        opened.append(name.filename)
        return whole(self, name, *more)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(zipfile.ZipFile, "open", note)
    tally = Tally(name="x")
    with path.open("rb") as file:
        assert list(members(file, tally, limit=1_000)) == []
    assert tally.left[TOO_BIG] == 9
    assert len(opened) == 4
