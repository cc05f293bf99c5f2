"""WARC files that other programs write, made on the spot where they are installed."""

import gzip
import shutil
import subprocess
import uuid
from pathlib import Path

import pytest

from tests.scraper.exchange.made import EARLY, LATE, LETTER, SITE, ask, bring, json_reply, request, saved, warc
from tests.scraper.pages import file, thread_page
from tests.scraper.scripted import ScriptedSite


@pytest.mark.skipif(shutil.which("wget") is None, reason="wget is not installed: apt-get install wget")
@pytest.mark.parametrize("options", [[], ["--no-warc-compression"], ["--compression=gzip"]])
def test_what_wget_saved_is_taken(tmp_path: Path, options: list[str]) -> None:
    with ScriptedSite() as site:
        site.request("drains", 7, files={"letter.pdf": file(LETTER)})
        urls = [
            f"{site.base}{path}"
            for path in (
                "/body/all-authorities.csv",
                "/request/drains.json",
                "/request/drains",
                "/request/drains/response/7/attach/2/letter.pdf",
                "/robots.txt",
            )
        ]
        command = ["wget", "--quiet", "--no-proxy", "--warc-file", "saved", "--output-document=-", *options, *urls]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=240)
        (path,) = tmp_path.glob("saved.warc*")
        done = bring(tmp_path / "a", path, site=site.base)
    assert done.exit_code == 0, done.output
    assert ask(tmp_path / "a", "SELECT slug FROM requests") == [("drains",)]
    assert ask(tmp_path / "a", "SELECT fetch_status FROM attachments") == [("fetched",)]


def heritrix(kind: str, url: str, block: bytes, *, media: str, at: str, **more: str) -> bytes:
    """A record as Heritrix writes it: WARC/1.0, times to the second, one gzip member each."""
    headers = {
        "WARC-Type": kind,
        "WARC-Target-URI": url,
        "WARC-Date": at,
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, kind + url + at)}>",
        "Content-Type": media,
        "Content-Length": str(len(block)),
        **{name.replace("_", "-"): value for name, value in more.items()},
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return gzip.compress(f"WARC/1.0\r\n{lines}\r\n".encode() + block + b"\r\n\r\n")


def test_what_heritrix_saved_is_taken_with_what_had_not_changed_since(tmp_path: Path) -> None:
    response, asked = "application/http; msgtype=response", "application/http; msgtype=request"
    info = heritrix("warcinfo", "", b"software: Heritrix/3.4\r\n", media="application/warc-fields", at=EARLY)
    name = heritrix("response", "dns:foi.example", b"foi.example. 1 IN A 1.2.3.4\n", media="text/dns", at=EARLY)
    parts = [info, name]
    for path, reply in (("/request/drains.json", json_reply()), ("/request/drains", thread_page("drains", 7, []))):
        head = "".join(f"{name}: {value}\r\n" for name, value in reply.headers.items())
        chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(reply.body), reply.body)
        block = f"HTTP/1.1 200 OK\r\n{head}Transfer-Encoding: chunked\r\n\r\n".encode() + chunks
        parts.append(heritrix("response", SITE + path, block, media=response, at=EARLY))
        parts.append(heritrix("request", SITE + path, b"GET / HTTP/1.0\r\n\r\n", media=asked, at=EARLY))
        parts.append(heritrix("metadata", SITE + path, b"via: L\r\n", media="application/warc-fields", at=EARLY))
        parts.append(
            heritrix(
                "revisit",
                SITE + path,
                b"HTTP/1.1 304 Not Modified\r\nETag: W/x\r\n\r\n",
                media=response,
                at=LATE,
                WARC_Profile="http://netpreserve.org/warc/1.0/revisit/server-not-modified",
                WARC_Refers_To_Target_URI=SITE + path,
                WARC_Refers_To_Date=EARLY,
            )
        )
    (tmp_path / "WEB-20240501.warc.gz").write_bytes(b"".join(parts))
    done = bring(tmp_path / "a", tmp_path / "WEB-20240501.warc.gz")
    assert "Requests: 1 new" in done.output, done.output
    assert ask(tmp_path / "a", "SELECT slug, last_checked_at FROM requests") == [("drains", LATE)]


def test_a_folder_of_archivebox_gives_its_pages_and_says_what_else_lies_there(tmp_path: Path) -> None:
    snapshot = tmp_path / "archive" / "1717236000.0"
    page = thread_page("drains", 7, []).body
    date = "saved date: Sun Jun 01 2025 10:00:00 GMT+0000"
    mark = f"<!-- Page saved with SingleFile \n url: {SITE}/request/drains \n {date} -->"
    saved(snapshot / "singlefile.html", page.replace(b"<head>", mark.encode() + b"<head>"))
    saved(snapshot / "output.html", b"<!doctype html><html><head><title>x</title></head><body>dom dump</body></html>")
    saved(snapshot / "index.json", b'{"url": "x", "title": "drains"}')
    saved(snapshot / "favicon.ico", b"\0\0\1\0")
    (snapshot / "warc").mkdir()
    warc(snapshot / "warc" / "1717236000.warc.gz", *request())
    done = bring(tmp_path / "a", tmp_path / "archive")
    assert "Requests: 1 new" in done.output, done.output
    assert "JSON that is neither of a request nor of an authority (1)" in done.output
    assert "Traceback" not in done.output
