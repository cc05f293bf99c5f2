"""Everything that a site or the way to it can do wrong: one failing page costs only itself, and is asked for again."""

import gzip
import socket
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from scraper.archive.compare import contents, differences
from scraper.archive.database import open_archive
from tests.patience import at_some_pace
from tests.scraper.pages import WAIT, Reply, attachment_path, file, redirect, text, thread_page, with_headers
from tests.scraper.raw import Raw, RawSite, drip, reset, says
from tests.scraper.scripted import ScriptedSite, rows, scrapy

pytestmark = pytest.mark.long

QUICK = {
    "WDTK_TRIES": 2, "WDTK_BACKOFF": 0.05, "DOWNLOAD_TIMEOUT": 6, "WDTK_SLOW_SECONDS": 2, "WDTK_FILE_WAIT": 0.05,
    "WDTK_FILE_TRIES": 2,
}  # fmt: skip
LIMIT = 300_000
OK = "HTTP/1.1 200 OK\nContent-Type: text/html; charset=utf-8"
PDF = "HTTP/1.1 200 OK\nContent-Type: application/pdf"
NUMBERS = range(1, 21)
_MORE = ("refusals: only left", "files: only left", "stored files: only left")
BOMB = gzip.compress(bytes(80_000_000))


def slug(number: int) -> str:
    return f"request_{number:02}_about_bins"


def body(number: int) -> bytes:
    return thread_page(slug(number), number, ["a.pdf"]).body


def gzipped(number: int) -> bytes:
    return gzip.compress(body(number))


def packed(data: bytes, encoding: str = "gzip") -> Reply:
    return with_headers(Reply(body=data, headers={"Content-Type": "text/html"}), Content_Encoding=encoding)


RAW_PAGES: dict[int, Raw] = {
    1: says(f"{OK}\nContent-Length: 90000", body(1)[:400], end=reset),
    2: says(f"{OK}\nContent-Length: {len(body(2)) + 7}", body(2)),
    3: says(f"{OK}\nContent-Length: {len(body(3)) // 2}", body(3)),
    4: says(f"{OK}\nTransfer-Encoding: chunked", b"40\r\n" + body(4)[:64] + b"\r\n"),
    5: says(f"{OK}\nContent-Length: 90000", end=drip),
    6: says(f"{OK}\nTransfer-Encoding: chunked", b"zz\r\n" + body(6)),
    7: says("HTTP/1.1 nonsense"),
    8: reset,
    9: says("", b""),
}
RAW_FILES: dict[int, Raw] = {
    1: says(f"{PDF}\nContent-Length: 900", b"%PDF-1.4 le", end=reset),
    2: says(f"{PDF}\nContent-Length: 900", end=drip),
}
PAGES: dict[int, Reply] = {
    10: packed(gzipped(10)[: len(gzipped(10)) // 2]),
    11: packed(body(11)),
    12: packed(gzipped(12), "compress"),
    13: packed(BOMB),
    14: Reply(body=body(14) + b" " * LIMIT, headers={"Content-Type": "text/html"}),
    15: text('{"id": 15}', "application/json"),
    16: redirect(f"/request/{slug(16)}"),
    17: redirect("file:///etc/passwd"),
    18: redirect("javascript:alert(1)"),
    19: redirect("http://127.0.0.1:1/"),
}
FILES: dict[int, Reply] = {
    3: WAIT,
    4: packed(gzip.compress(b"%PDF-1.4 letter 4 " * 50)[:30]),
    5: Reply(status=500),
}


def site_of(site: ScriptedSite) -> None:
    # Two good ones after each, since a site of which only errors come is left alone.
    for number in (one for faulty in NUMBERS for one in (faulty, 20 + faulty, 40 + faulty)):
        site.request(slug(number), number, files={"a.pdf": file(b"%%PDF-1.4 letter %d" % number)})


def path_of(number: int) -> str:
    return f"/request/{slug(number)}"


def file_of(number: int) -> str:
    return attachment_path(slug(number), number, 0, "a.pdf")


def make_faulty(site: RawSite, pages: dict[int, Raw], files: dict[int, Raw]) -> None:
    site.raw.update({path_of(number): raw for number, raw in pages.items()})
    site.raw.update({file_of(number): raw for number, raw in files.items()})


def crawl(site: ScriptedSite, archive: Path, **settings: object) -> "tuple[int, str]":
    done = scrapy("requests", "-a", "all=yes", site=site, archive=archive, **{**QUICK, **settings})
    return done.returncode, done.stderr


@pytest.fixture
def site() -> Iterator[RawSite]:
    with RawSite() as running:
        site_of(running)
        yield running


def test_each_faulty_page_costs_only_itself_and_the_next_run_ends_as_a_clean_one(site: RawSite, tmp_path: Path) -> None:
    good = dict(site.answers)
    make_faulty(site, RAW_PAGES, {})
    site.answers.update({path_of(number): [reply] for number, reply in PAGES.items()})
    code, said = crawl(site, tmp_path / "a", DOWNLOAD_MAXSIZE=LIMIT)
    assert "Traceback" not in said
    assert code == 0
    assert rows(tmp_path / "a", "SELECT finish_reason FROM runs") == [("finished",)]
    assert rows(tmp_path / "a", "SELECT id FROM requests ORDER BY id") == [(number,) for number in range(20, 61)]
    refused = dict(rows(tmp_path / "a", "SELECT url, reason FROM refusals"))
    reasons = {number: refused.get(site.base + path_of(number)) for number in NUMBERS}
    expected = dict.fromkeys(NUMBERS, "failed") | {20: None, 13: "too_big", 14: "too_big"}
    expected |= dict.fromkeys((17, 18, 19), "off_site")
    assert reasons == expected
    assert max(site.paths().count(path_of(number)) for number in NUMBERS) <= 6  # redirects; failures are asked twice

    site.raw.clear()
    site.answers = good
    crawl(site, tmp_path / "a")
    assert rows(tmp_path / "a", "SELECT reason FROM refusals WHERE reason <> 'off_site'") == []
    assert unlike(site, tmp_path) == []


def test_each_faulty_file_costs_only_itself_and_is_asked_for_again(site: RawSite, tmp_path: Path) -> None:
    good = dict(site.answers)
    make_faulty(site, {}, RAW_FILES)
    site.answers.update({file_of(number): [reply] for number, reply in FILES.items()})
    crawl(site, tmp_path / "a")
    failed = rows(
        tmp_path / "a",
        "SELECT request_id, fetch_status FROM attachments JOIN messages ON messages.id = message_id"
        " WHERE fetch_status <> 'fetched' ORDER BY 1",
    )
    assert failed == [(1, "failed"), (2, "failed"), (3, "waiting"), (4, "failed"), (5, "failed")]
    site.raw.clear()
    site.answers = good
    crawl(site, tmp_path / "a")
    assert unlike(site, tmp_path) == []


def unlike(site: ScriptedSite, folder: Path) -> list[str]:
    """How the archive differs from that of a crawl which met no fault."""
    assert crawl(site, folder / "clean")[0] == 0
    with open_archive(folder / "a") as ours, open_archive(folder / "clean") as theirs:
        found = differences(contents(ours), contents(theirs))
    # What could not be read is kept as it came, and a redirect off the site stays in the ledger.
    return [line for line in found if not line.startswith(_MORE)]


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", lambda data: gzip.compress(data[:100]) + gzip.compress(data[100:])),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data, wbits=-15)),
        ("gzip, deflate", lambda data: zlib.compress(gzip.compress(data))),
        ("identity", bytes),
        ("GZIP", lambda data: gzip.compress(data) + b"\x00" * 8),
    ],
)  # fmt: skip
def test_compression_is_undone(site: RawSite, tmp_path: Path, encoding: str, pack: object) -> None:
    assert callable(pack)
    packed_page = with_headers(site.answers[path_of(1)][0], Content_Encoding=encoding)
    site.say(path_of(1), Reply(body=pack(packed_page.body), headers=packed_page.headers))
    done = scrapy("requests", "-a", f"request={slug(1)}", site=site, archive=tmp_path / "a", **QUICK)
    assert done.returncode == 0
    assert rows(tmp_path / "a", "SELECT id FROM requests") == [(1,)]
    assert {"gzip, deflate"} == {one.headers["accept-encoding"] for one in site.asked}


def test_a_body_has_the_time_that_its_size_needs_and_one_that_drips_has_little(site: RawSite, tmp_path: Path) -> None:
    letter = b"%PDF-1.4 " + bytes(11_991)

    def attempt(scale: int) -> None:
        def slowly(connection: socket.socket) -> None:
            for start in range(0, len(letter), 1_000):
                connection.sendall(letter[start : start + 1_000])
                time.sleep(0.15 * scale)

        def silent(_: socket.socket) -> None:
            time.sleep(3 * scale)

        site.raw[file_of(1)] = says(f"{PDF}\nContent-Length: {len(letter)}", end=slowly)
        site.raw[file_of(2)] = says(f"{PDF}\nContent-Length: 90000", end=drip)
        site.raw[file_of(3)] = silent
        limits = {"DOWNLOAD_TIMEOUT": scale, "WDTK_SLOW_SECONDS": 0.4 * scale, "WDTK_TRIES": 1}
        archive, named = tmp_path / str(scale), ",".join(slug(number) for number in (1, 2, 3))
        scrapy("requests", "-a", f"request={named}", site=site, archive=archive, WDTK_SLOWEST=3_000 / scale, **limits)
        found = rows(archive, "SELECT fetch_status, fetch_detail FROM attachments ORDER BY url")
        assert [status for status, _ in found] == ["fetched", "failed", "failed"]
        assert f"came at less than {3_000 / scale:,.0f} bytes a second" in found[1][1]
        assert f"was silent for {scale} s" in found[2][1]

    at_some_pace(attempt)


def test_a_pause_outlasts_the_run_that_was_asked_for_it(site: RawSite, tmp_path: Path) -> None:
    path = f"{path_of(1)}.json"
    good = site.answers[path]
    site.say(path, Reply(status=429, headers={"Retry-After": "86400"}))
    crawl(site, tmp_path / "a", CONCURRENT_REQUESTS=1)
    asked = len(site.asked)
    site.say(path, *good)
    crawl(site, tmp_path / "a")
    assert len(site.asked) == asked
    assert rows(tmp_path / "a", "SELECT finish_reason FROM runs") == [("asked_to_wait",), ("asked_to_wait",)]


def test_a_short_pause_is_kept_by_the_run_after_a_kill(site: RawSite, tmp_path: Path) -> None:
    site.say("/robots.txt", Reply(status=503, headers={"Retry-After": "4"}), site.answers["/robots.txt"][0])
    began = time.monotonic()
    crawl(site, tmp_path / "a", WDTK_TRIES=1)
    crawl(site, tmp_path / "a")
    assert site.asked[1].at - site.asked[0].at > 3.9
    assert site.asked[0].at > began


def test_robots_is_read_again_when_it_is_old_and_its_new_rules_hold(site: RawSite, tmp_path: Path) -> None:
    shut = text("User-agent: *\nDisallow: /request/request_1\n")
    site.say("/robots.txt", site.answers["/robots.txt"][0], shut)
    site.listed = [slug(number) for number in range(14, 26)]
    crawl(site, tmp_path / "a", WDTK_ROBOTS_AGE=0.3, DOWNLOAD_DELAY=0.1, CONCURRENT_REQUESTS=1)
    robots = [number for number, one in enumerate(site.asked) if one.path == "/robots.txt"]
    assert len(robots) > 2
    assert rows(tmp_path / "a", "SELECT count(*) FROM fetches WHERE page_kind = 'robots'") == [(len(robots),)]
    later = [one.path for one in site.asked[robots[1] :]]
    assert [path for path in later if path.startswith("/request/request_1")] == []
    assert [path for path in later if path.startswith("/request/request_2")]


def test_robots_that_cannot_be_read_again_ends_the_run(site: RawSite, tmp_path: Path) -> None:
    site.say("/robots.txt", site.answers["/robots.txt"][0], Reply(status=403))
    crawl(site, tmp_path / "a", WDTK_ROBOTS_AGE=0.3, DOWNLOAD_DELAY=0.1, CONCURRENT_REQUESTS=1)
    assert rows(tmp_path / "a", "SELECT finish_reason FROM runs") == [("robots_unreadable",)]
    assert site.asked[-1].path == "/robots.txt"


def test_without_the_manners_nothing_is_asked(site: RawSite, tmp_path: Path) -> None:
    done = scrapy("requests", "-a", "all=yes", site=site, archive=tmp_path / "a", ADDONS="{}")
    assert done.returncode == 1
    assert "Nothing is crawled without it" in done.stderr
    assert site.asked == []
