"""A captured Alaveteli site: what a crawl of it holds, and what WARC files of the same pages give."""

from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.warcwriter import WARCWriter

from scraper.archive.compare import Contents, differences
from tests.scraper.exchange.made import ask, bring, held
from tests.scraper.exchange.test_export import export
from tests.scraper.test_real_site import crawl_all, replaying

pytestmark = [pytest.mark.real, pytest.mark.long]

ORIGIN = "https://www.whatdotheyknow.com"
LISTS = "listed"
"""What lists showed; lists are no part of a WARC import, as they give no rows of requests."""


@pytest.fixture(scope="module")
def crawled(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The archive of a crawl, and the address that the site had."""
    archive = tmp_path_factory.mktemp("crawled") / "archive"
    with replaying(shared) as base:
        crawl_all(base, archive)
    return archive, base


def with_names(folder: Path) -> Path:
    """Where ``wdtk`` finds the settings that the crawl had."""
    folder.mkdir(exist_ok=True)
    (folder / "wdtk.toml").write_text("[archive]\nkeep_requester_names = true\n", encoding="utf-8")
    return folder


def test_its_own_export_gives_the_rows_of_the_crawl(
    crawled: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, base = crawled
    monkeypatch.chdir(with_names(tmp_path / "here"))
    assert export(archive, tmp_path / "out.warc.gz").exit_code == 0
    done = bring(tmp_path / "second", tmp_path / "out.warc.gz", site=base)
    assert "Requests: 335 new" in done.output
    left, right = held(archive), held(tmp_path / "second")
    assert len(left.pop(LISTS)) == 334
    assert right.pop(LISTS) == []
    assert differences(left, right) == []


def test_the_capture_gives_the_rows_of_the_crawl_of_the_same_pages(
    crawled: tuple[Path, str], shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, base = crawled
    monkeypatch.chdir(with_names(tmp_path / "here"))
    asked = {str(url).replace(base, ORIGIN) for (url,) in ask(archive, "SELECT DISTINCT url FROM fetches")}
    same = only(shared / "site" / "dev.warc.gz", asked, tmp_path / "same.warc.gz")
    bring(tmp_path / "second", same, site=ORIGIN)
    left, right = without_bytes(held(archive), base), without_bytes(held(tmp_path / "second"), base)
    assert len(right["requests"]) == 335
    assert len([file for file in right["attachments"] if file["fetch_status"] == "fetched"]) == 39
    assert differences(left, right) == []


def test_the_whole_capture_is_taken_and_accounted_for(shared: Path, tmp_path: Path) -> None:
    path = shared / "site" / "dev.warc.gz"
    done = bring(tmp_path / "a", path, site=ORIGIN)
    assert done.exit_code == 0
    ((taken, left),) = ask(tmp_path / "a", "SELECT taken, (SELECT sum(value) FROM json_each(left_out)) FROM imports")
    with path.open("rb") as opened:
        records = sum(1 for _ in ArchiveIterator(opened))
    assert (int(str(taken)) + int(str(left)), taken) == (records, 733)
    assert ask(tmp_path / "a", "SELECT count(*) FROM refusals WHERE reason = 'hidden'") == [(3,)]


def only(path: Path, urls: set[str], to: Path) -> Path:
    """The records of these addresses; parameters that only steer a cache aside."""
    with path.open("rb") as opened, to.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for record in ArchiveIterator(opened):
            url = record.rec_headers.get_header("WARC-Target-URI").replace("?cookie_passthrough=1", "")
            if record.rec_type == "response" and url in urls:
                writer.write_record(record)
    return to


_OF_BYTES = {LISTS, "files", "stored files", "validators", "mentions"}


def without_bytes(kept: Contents, base: str) -> Contents:
    """Rows without what the replay changes: the site's address, and so the bytes of pages and their ETags."""
    tables = {name: rows for name, rows in kept.items() if name not in _OF_BYTES}
    return {
        name: [
            {
                column: value.replace(base, ORIGIN) if isinstance(value, str) else value
                for column, value in row.items()
                if column not in {"json_sha256", "page_sha256"}
            }
            for row in rows
        ]
        for name, rows in tables.items()
    }
