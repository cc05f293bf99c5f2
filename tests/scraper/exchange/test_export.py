"""The archive's raw records as WARC: complete, without what was removed, readable by others, the same each time."""

import gzip
import subprocess
import sys
from pathlib import Path

import click.testing
from warcio.archiveiterator import ArchiveIterator

from scraper.archive.compare import differences
from scraper.cli import cli
from tests.scraper.exchange.made import EARLY, LETTER, ask, bring, held, request, warc
from tests.scraper.pages import AUTHORITIES, file, tagged, text, with_headers

PLACE = "/request/drains/response/7/attach/2/letter.pdf"


def export(archive: Path, to: Path, *options: str) -> click.testing.Result:
    arguments = ["export", "--archive", str(archive), "--format", "warc", *options, str(to)]
    return click.testing.CliRunner().invoke(cli, arguments)


def filled(tmp_path: Path) -> Path:
    archive = tmp_path / "archive"
    captures = [
        ("/robots.txt", text("User-agent: *\n"), EARLY),
        ("/body/all-authorities.csv", text(AUTHORITIES, "text/csv"), EARLY),
        *((path, tagged(reply), at) for path, reply, at in request("drains", 7, "letter.pdf")),
        *request("roads", 8),
        (PLACE, with_headers(file(LETTER), X_Odd="a\tb"), EARLY),
    ]
    assert bring(archive, warc(tmp_path / "in.warc.gz", *captures)).exit_code == 0
    return archive


def addresses(path: Path) -> list[str]:
    with path.open("rb") as opened:
        records = ArchiveIterator(opened)
        return [one.rec_headers.get_header("WARC-Target-URI") for one in records if one.rec_type == "response"]


def test_an_export_brought_into_an_empty_archive_gives_the_same_rows(tmp_path: Path) -> None:
    archive = filled(tmp_path)
    out = tmp_path / "out.warc.gz"
    assert export(archive, out).exit_code == 0
    assert bring(tmp_path / "second", out).exit_code == 0
    assert differences(held(archive), held(tmp_path / "second")) == []
    assert ask(tmp_path / "second", "SELECT count(*) FROM validators") == [(2,)]


def test_others_read_it_and_find_its_digests_right(tmp_path: Path) -> None:
    out = tmp_path / "out.warc.gz"
    export(filled(tmp_path), out)
    command = [sys.executable, "-m", "warcio.cli", "check", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    with out.open("rb") as opened:
        first = next(iter(ArchiveIterator(opened)))
        assert (first.rec_type, first.rec_headers.protocol) == ("warcinfo", "WARC/1.1")
        assert b"conformsTo" in first.content_stream().read()
    assert addresses(out) == sorted(addresses(out))


def test_the_same_archive_gives_the_same_bytes(tmp_path: Path) -> None:
    archive = filled(tmp_path)
    export(archive, tmp_path / "one.warc.gz")
    export(archive, tmp_path / "two.warc.gz")
    assert (tmp_path / "one.warc.gz").read_bytes() == (tmp_path / "two.warc.gz").read_bytes()


def test_what_was_withdrawn_is_not_in_it(tmp_path: Path) -> None:
    archive = filled(tmp_path)
    withdraw = (
        "INSERT INTO withdrawals (subject, request_id, state, first_seen_at, last_seen_at)"
        " VALUES (?, 7, 'hidden', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')"
    )
    ask(archive, withdraw, "request/7")
    out = tmp_path / "out.warc.gz"
    assert "3 left out, as withdrawn" in export(archive, out).output
    assert not any("drains" in address for address in addresses(out))
    assert b"Words of incoming-7" not in gzip.decompress(out.read_bytes())


def test_a_file_that_the_site_took_back_is_not_in_it(tmp_path: Path) -> None:
    archive = filled(tmp_path)
    ask(archive, "UPDATE attachments SET state = 'hidden', fetch_status = 'hidden'")
    export(archive, tmp_path / "out.warc.gz")
    assert LETTER not in gzip.decompress((tmp_path / "out.warc.gz").read_bytes())


def test_a_file_that_is_there_is_not_replaced_unasked(tmp_path: Path) -> None:
    archive, out = filled(tmp_path), tmp_path / "out.warc.gz"
    out.write_bytes(b"mine")
    assert export(archive, out).exit_code == 1
    assert out.read_bytes() == b"mine"
    assert export(archive, out, "--force").exit_code == 0
    assert out.stat().st_mode & 0o077 == 0


def test_missing_bytes_are_told_and_the_rest_is_written(tmp_path: Path) -> None:
    archive, out = filled(tmp_path), tmp_path / "out.warc.gz"
    ((sha256,),) = ask(archive, "SELECT sha256 FROM attachments")
    (archive / "files" / str(sha256)[:2] / f"{str(sha256)[2:]}.zz").unlink()
    done = export(archive, out)
    assert done.exit_code == 1
    assert "1 left out, as their bytes are missing" in done.output
    assert len(addresses(out)) == 6
