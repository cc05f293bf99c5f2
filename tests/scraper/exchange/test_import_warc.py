"""WARC files of our own and of other crawlers, whole, damaged and hostile."""

import gzip
import io
import itertools
import zlib
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from warcio.warcwriter import WARCWriter

from scraper.archive.compare import differences
from scraper.archive.database import open_archive
from scraper.archive.runs import run
from scraper.exchange.bring_in import bring_in
from scraper.middlewares.memory import Memory
from scraper.removals.verify import verify
from tests.scraper.exchange.made import (
    EARLY,
    LATE,
    LETTER,
    as_one_gzip,
    ask,
    bring,
    held,
    json_reply,
    record,
    request,
    warc,
)
from tests.scraper.pages import AUTHORITIES, HIDDEN, NOT_FOUND, Reply, file, redirect, text, thread_page, with_headers

PLACE = "/request/drains/response/7/attach/2/letter.pdf"
CSV = text(AUTHORITIES, "text/csv")


def everything(at: str = LATE) -> list[tuple[str, Reply, str]]:
    return [
        ("/body/all-authorities.csv", CSV, at),
        *request("drains", 7, "letter.pdf", at=at),
        (PLACE, file(LETTER), at),
        ("/request/7", redirect("https://foi.example/request/drains", 301), at),
        ("/list/all", text("<p>a list</p>", "text/html"), at),
        ("https://elsewhere.example/request/drains", thread_page("drains", 7, []), at),
    ]


def test_a_warc_gives_the_request_its_files_and_an_account_of_the_rest(tmp_path: Path) -> None:
    done = bring(tmp_path / "a", warc(tmp_path / "w.warc.gz", *everything()))
    assert done.exit_code == 0, done.output
    assert ask(tmp_path / "a", "SELECT id, slug, last_checked_at FROM requests") == [(7, "drains", LATE)]
    assert ask(tmp_path / "a", "SELECT name, fetch_status, last_checked_at FROM attachments") == [
        ("letter.pdf", "fetched", LATE)
    ]
    assert "of another site (1)" in done.output
    ((kind, taken, left),) = ask(tmp_path / "a", "SELECT kind, taken, left_out FROM imports")
    assert (kind, taken) == ("warc", 4)
    assert '"of another site": 1' in str(left)


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    path = warc(tmp_path / "w.warc.gz", *everything())
    bring(tmp_path / "a", path)
    before = held(tmp_path / "a")
    done = bring(tmp_path / "a", path)
    assert done.exit_code == 0
    assert "here already (4)" in done.output
    assert "Requests: 0 new" in done.output
    assert differences(before, held(tmp_path / "a")) == []


@pytest.mark.parametrize(
    ("packed", "version"), [(True, "1.1"), (True, "1.0"), (False, "1.0")], ids=["gzip", "old", "plain"]
)
def test_every_form_of_warc_gives_the_same_rows(tmp_path: Path, *, packed: bool, version: str) -> None:
    bring(tmp_path / "a", warc(tmp_path / "one.warc.gz", *everything()))
    bring(tmp_path / "b", warc(tmp_path / "two.warc", *everything(), packed=packed, version=version))
    assert differences(held(tmp_path / "a"), held(tmp_path / "b")) == []


def test_one_gzip_around_all_records_is_read_too(tmp_path: Path) -> None:
    done = bring(tmp_path / "a", as_one_gzip(warc(tmp_path / "w.warc.gz", *everything())))
    assert "Requests: 1 new" in done.output


def test_no_order_of_files_matters(tmp_path: Path) -> None:
    newer = thread_page("drains", 7, ["letter.pdf", "annex.pdf"])
    files = [
        warc(tmp_path / "pages.warc.gz", *everything()[:3]),
        warc(tmp_path / "files.warc.gz", (PLACE, file(LETTER), LATE)),
        warc(tmp_path / "newer.warc.gz", ("/request/drains", newer, "2025-09-01T10:00:00Z")),
        warc(tmp_path / "older.warc.gz", *request("drains", 7, at=EARLY)),
    ]
    kept = []
    for place, order in enumerate(itertools.permutations(files)):
        assert bring(tmp_path / str(place), *order).exit_code == 0
        kept.append(held(tmp_path / str(place)))
    assert all(differences(kept[0], other) == [] for other in kept[1:])
    assert [row["name"] for row in kept[0]["attachments"]] == ["letter.pdf", "annex.pdf"]


def test_imports_one_after_the_other_end_as_one_of_all(tmp_path: Path) -> None:
    newer = [("/request/drains", thread_page("drains", 7, ["letter.pdf"]), "2025-09-01T10:00:00Z")]
    files = [
        warc(tmp_path / "csv.warc.gz", *everything("2025-05-01T10:00:00Z")[:1]),
        warc(tmp_path / "json.warc.gz", request()[0]),
        warc(tmp_path / "newer.warc.gz", *newer),
        warc(tmp_path / "older.warc.gz", *request("drains", 7, "old.pdf", at=EARLY)),
    ]
    ends = []
    for place, order in enumerate(itertools.permutations(files)):
        for path in order:
            bring(tmp_path / str(place), path)
        with_rows = held(tmp_path / str(place))
        ends.append({name: with_rows[name] for name in ("requests", "messages", "attachments", "authorities")})
    assert [differences(ends[0], other) for other in ends[1:] if differences(ends[0], other)] == []
    assert [row["name"] for row in ends[0]["attachments"]] == ["letter.pdf"]


def test_an_older_capture_replaces_nothing(tmp_path: Path) -> None:
    bring(tmp_path / "a", warc(tmp_path / "new.warc.gz", *everything()))
    before = held(tmp_path / "a")
    done = bring(tmp_path / "a", warc(tmp_path / "old.warc.gz", *request("drains", 7, "other.pdf", at=EARLY)))
    assert "older than what the archive holds (2)" in done.output
    assert differences(before, held(tmp_path / "a")) == []


@pytest.mark.parametrize("packing", ["gzip", "deflate", "chunked", "both", "undone"])
def test_payloads_are_unpacked_as_a_browser_would(tmp_path: Path, packing: str) -> None:
    def packed(reply: Reply) -> Reply:
        body, headers = reply.body, {}
        if packing in {"gzip", "both"}:
            body, headers = gzip.compress(body), {"Content_Encoding": "gzip"}
        if packing == "deflate":
            body, headers = zlib.compress(body), {"Content_Encoding": "deflate"}
        if packing in {"chunked", "both"}:
            half = len(body) // 2
            pieces = (body[:half], body[half:])
            body = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
            headers["Transfer_Encoding"] = "chunked"
        if packing == "undone":  # as crawlers write that unpack the body and leave the headers
            headers = {"Content_Encoding": "br", "Transfer_Encoding": "chunked", "Content_Length": "10"}
        return with_headers(Reply(status=reply.status, body=body, headers=reply.headers), **headers)

    captures = [(path, packed(reply), at) for path, reply, at in request()]
    bring(tmp_path / "a", warc(tmp_path / "w.warc.gz", *captures))
    bring(tmp_path / "b", warc(tmp_path / "plain.warc.gz", *request()))
    assert ask(tmp_path / "a", "SELECT json_sha256, page_sha256 FROM requests") == ask(
        tmp_path / "b", "SELECT json_sha256, page_sha256 FROM requests"
    )
    assert len(ask(tmp_path / "a", "SELECT 1 FROM requests")) == 1


def test_a_revisit_is_the_answer_it_leans_on_at_its_own_time(tmp_path: Path) -> None:
    path = tmp_path / "w.warc.gz"
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for where, reply, _ in request():
            record(writer, where, reply, at=EARLY, WARC_Payload_Digest=f"sha1:{zlib.crc32(reply.body)}")
        for where, reply, _ in request():
            digest = f"sha1:{zlib.crc32(reply.body)}"
            empty = Reply(status=200, headers=reply.headers)
            record(writer, where, empty, at=LATE, kind="revisit", WARC_Payload_Digest=digest)
    done = bring(tmp_path / "a", path)
    assert ask(tmp_path / "a", "SELECT slug, last_checked_at FROM requests") == [("drains", LATE)], done.output


def test_a_tail_that_was_cut_off_costs_only_itself(tmp_path: Path) -> None:
    whole = warc(tmp_path / "w.warc.gz", *request(), *request("roads", 8)).read_bytes()
    for cut in (1, 40, len(whole) // 6):
        short = tmp_path / f"cut{cut}.warc.gz"
        short.write_bytes(whole[:-cut])
        done = bring(tmp_path / f"a{cut}", short)
        assert done.exit_code == 0, done.output
        assert ("drains",) in ask(tmp_path / f"a{cut}", "SELECT slug FROM requests")
        assert "Traceback" not in done.output


def test_a_removal_is_followed_and_never_undone_by_a_capture_from_before(tmp_path: Path) -> None:
    archive = tmp_path / "a"
    bring(archive, warc(tmp_path / "shown.warc.gz", *request(at=EARLY)))
    bring(archive, warc(tmp_path / "gone.warc.gz", ("/request/drains", HIDDEN, "2025-01-01T00:00:00Z")))
    assert ask(archive, "SELECT state FROM withdrawals WHERE subject = 'request/7'") == [("hidden",)]
    between = warc(tmp_path / "between.warc.gz", *request(at="2024-08-01T00:00:00Z"))
    assert "removed at the source after it was taken" in bring(archive, between).output
    assert ask(archive, "SELECT state FROM withdrawals WHERE subject = 'request/7'") == [("hidden",)]


def test_what_an_imported_notice_takes_down_is_erased_at_once(tmp_path: Path) -> None:
    archive = tmp_path / "a"
    bring(archive, warc(tmp_path / "shown.warc.gz", *everything(EARLY)))
    assert sha256(LETTER).hexdigest() in str(held(archive))
    done = bring(archive, warc(tmp_path / "gone.warc.gz", ("/request/drains", HIDDEN, LATE)))
    assert "Erased, as the source no longer shows it: 1 request" in done.output
    assert ask(archive, "SELECT erased_at IS NOT NULL FROM withdrawals WHERE subject = 'request/7'") == [(1,)]
    assert sha256(LETTER).hexdigest() not in str(held(archive))
    with open_archive(archive) as opened:
        assert [one for one in verify(opened, None) if one.problems] == []
    assert "removed at the source" in bring(archive, tmp_path / "shown.warc.gz").output


def test_an_old_notice_does_not_take_down_what_was_seen_later(tmp_path: Path) -> None:
    archive = tmp_path / "a"
    bring(archive, warc(tmp_path / "shown.warc.gz", *request(at=EARLY)))
    with open_archive(archive) as opened:
        opened.connection.execute("UPDATE checks SET looked_at = '2025-06-01T00:00:00Z'")
    notice = ("/request/drains", HIDDEN, "2025-01-01T00:00:00Z")
    assert "older than what the archive holds" in bring(archive, warc(tmp_path / "old.warc.gz", notice)).output
    json_after = request(at="2025-02-01T00:00:00Z")[0]
    bring(tmp_path / "b", warc(tmp_path / "early.warc.gz", *request(at=EARLY)))
    bring(tmp_path / "b", warc(tmp_path / "both.warc.gz", notice, json_after))
    for folder in (archive, tmp_path / "b"):
        assert ask(folder, "SELECT * FROM withdrawals") == []


@pytest.mark.parametrize("subject", ["request/7", "incoming-7"])
def test_what_was_forgotten_here_does_not_come_back(tmp_path: Path, subject: str) -> None:
    archive = tmp_path / "a"
    bring(archive, warc(tmp_path / "other.warc.gz", *request("roads", 8)))
    ask(
        archive,
        "INSERT INTO withdrawals (subject, request_id, state, first_seen_at, last_seen_at)"
        " VALUES (?, 7, 'forgotten', '2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z')",
        subject,
    )
    before = held(archive)
    done = bring(
        archive, warc(tmp_path / "w.warc.gz", *request("drains", 7, "letter.pdf"), (PLACE, file(LETTER), LATE))
    )
    assert "forgotten here on request (wdtk forget) (2)" in done.output
    page_alone = bring(archive, warc(tmp_path / "page.warc.gz", request()[1]))
    assert page_alone.exit_code == 1
    assert differences(before, held(archive)) == []


def test_a_page_of_errors_or_a_stranger_s_refusal_removes_nothing(tmp_path: Path) -> None:
    archive = tmp_path / "a"
    bring(archive, warc(tmp_path / "w.warc.gz", *request(at=EARLY)))
    forged = Reply(status=403, body=b"<html><body>Forbidden</body></html>", headers={"Content-Type": "text/html"})
    strange = [("/request/drains", reply, LATE) for reply in (forged, NOT_FOUND)]
    bring(archive, warc(tmp_path / "odd.warc.gz", *strange, ("/request/drains.json", NOT_FOUND, LATE)))
    assert ask(archive, "SELECT subject FROM withdrawals") == []


def test_bombs_and_giants_are_passed_over(tmp_path: Path) -> None:
    bomb = Reply(body=gzip.compress(bytes(50_000_000)), headers={"Content-Encoding": "gzip", "Content-Type": "x/y"})
    giant = Reply(body=bytes(3_000_000), headers={"Content-Type": "application/pdf"})
    path = tmp_path / "w.warc.gz"
    warc(path, (PLACE, bomb, LATE), ("/request/roads/response/8/attach/2/big.pdf", giant, LATE), *request())
    with path.open("ab") as file_:
        file_.write(gzip.compress(b"WARC/1.1\r\nWARC-Type: response\r\nX: " + b"a" * 30_000_000))
    with open_archive(tmp_path / "a", create=True) as archive, run(archive, "import", {}) as running:
        (tally,) = bring_in(archive, running, [path], site="https://foi.example", limit=1_000_000)
    assert tally.left["larger than the limit in wdtk.toml (max_megabytes)"] == 2
    assert tally.taken.total() == 2
    assert tally.left["the rest of the file, which is damaged or cut off"] == 1


@pytest.mark.parametrize("at", ["2999-01-01T00:00:00Z", "yesterday", ""])
def test_times_that_cannot_be_are_refused(tmp_path: Path, at: str) -> None:
    done = bring(tmp_path / "a", warc(tmp_path / "w.warc.gz", *request(at=at)))
    assert done.exit_code == 1
    assert ask(tmp_path / "a", "SELECT 1 FROM fetches") == []


def test_noise_is_no_warc(tmp_path: Path) -> None:
    path = tmp_path / "w.warc.gz"
    path.write_bytes(gzip.compress(b"WARC/1.1\r\n" + bytes(range(256)) * 50))
    done = bring(tmp_path / "a", path)
    assert done.exit_code == 1
    assert "Traceback" not in done.output


def test_what_another_writer_gets_wrong_costs_one_record(tmp_path: Path) -> None:
    path = tmp_path / "w.warc"
    good = io.BytesIO()
    writer = WARCWriter(good, gzip=False)
    for where, reply, at in request():
        record(writer, where, reply, at=at)
    bad = b"".join(
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2025-01-01T00:00:00Z\r\nWARC-Target-URI: <https://foi.example"
        b"/request/drains>\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (len(block), block)
        for block in (b"", b"HTTP/1.1", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort", b"\xff" * 300)
    )
    path.write_bytes(bad + good.getvalue())
    done = bring(tmp_path / "a", path)
    assert "Requests: 1 new" in done.output, done.output


def test_json_found_under_the_number_is_that_of_its_slug(tmp_path: Path) -> None:
    captures = [("/request/7.json", json_reply(), LATE), request()[1]]
    assert "Requests: 1 new" in bring(tmp_path / "a", warc(tmp_path / "w.warc.gz", *captures)).output


def test_what_others_asked_spends_nothing_of_the_budget(tmp_path: Path) -> None:
    bring(tmp_path / "a", warc(tmp_path / "w.warc.gz", *everything()))
    with open_archive(tmp_path / "a") as archive:
        assert Memory(archive).ages_of_asked(datetime.now(UTC), most=10) == []
