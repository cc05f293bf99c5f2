"""What the bench promises: a missed limit is an error, nothing measured is lost, and the page tells the record."""

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from scraper.archive.database import open_archive
from scraper.errors import WdtkError
from tests.bench import __main__ as bench
from tests.bench import page, publishing
from tests.bench.archives import Place, check, lent, need, short
from tests.bench.chart import chart
from tests.bench.commands import from_time
from tests.bench.figures import Figure, Unmeasured
from tests.bench.machine import ROOT
from tests.bench.record import Record, Run, load, save
from tests.scraper.reading.archives import fill

RUN = Run(date="2026-01-02", commit="abc", machine={"processor": "one", "cores": "2"})
TIMED = (
    "\tUser time (seconds): 5400.50\n\tSystem time (seconds): 99.50\n"
    "\tElapsed (wall clock) time (h:mm:ss or m:ss): 1:02:03\n"
    "\tMaximum resident set size (kbytes): 409600\n\tExit status: 0\n"
)
KILLED = """
import os, subprocess, sys
from pathlib import Path
from tests.bench import archives, commands
place = archives.Place(size=1, folder=Path(sys.argv[1]), scratch=Path(sys.argv[1]))
with archives.lent(place) as folder:
    subprocess.Popen([sys.executable, "-c", sys.argv[2], folder, str(os.getpid())], pass_fds=commands._HANDED_ON)
    os.kill(os.getpid(), 9)
"""
WRITES = """
import os, sys, time
from pathlib import Path
from scraper.archive.database import open_archive
while os.getppid() == int(sys.argv[2]):
    time.sleep(0.01)
with open_archive(Path(sys.argv[1])) as archive:
    archive.connection.execute("UPDATE requests SET title = 'another'")
print("written")
"""
"""What a command of the bench may still do when the bench is gone."""
LATER = replace(RUN, date="2026-02-03")


def figure(what: str = "pages", **more: object) -> Figure:
    told = {"part": "site", "what": what, "size": 10_000, "unit": "ms", "ours": 40.0, "limit": 150.0, **more}
    return Figure(**told)  # type: ignore[arg-type]  # of a test's own making


def measured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, printed: Sequence[object], *, code: int = 0) -> object:
    """Run the bench with a part that prints these and ends with that code."""
    script = (
        f"import json, sys\nfor one in json.loads({json.dumps(printed)!r}): print(json.dumps(one))\nsys.exit({code})"
    )
    real = subprocess.Popen

    def popen(command: list[str], **options: object) -> object:
        return real([sys.executable, "-c", script] if "tests.bench.parts" in command else command, **options)  # type: ignore[call-overload]  # as it was asked for

    monkeypatch.setattr(subprocess, "Popen", popen)
    into = tmp_path / "record.json"
    return CliRunner().invoke(bench.main, ["--part=pages", f"--folder={tmp_path}", "--record", f"--into={into}"])


@pytest.mark.parametrize(("ours", "code"), [(10.0, 0), (200.0, 1)])
def test_a_missed_limit_is_named_and_ends_with_1(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ours: float, code: int
) -> None:
    told = figure("a page of its own", part="pages", size=None, ours=ours)
    result = measured(monkeypatch, tmp_path, [{"figure": told.to_json()}])
    assert (result.exit_code, "MISSED  Parsing pages: a page of its own" in result.output) == (code, bool(code))  # type: ignore[attr-defined]  # click's Result
    assert [one.ours for one in load(tmp_path / "record.json").figures] == [ours]


def test_a_part_that_fails_is_a_row_and_what_it_had_measured_is_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told = figure(part="pages", size=None)
    result = measured(monkeypatch, tmp_path, [{"figure": told.to_json()}], code=3)
    record = load(tmp_path / "record.json")
    assert result.exit_code == 1  # type: ignore[attr-defined]  # click's Result
    assert record.figures == [told]
    assert [(one.part, one.failed) for one in record.unmeasured] == [("pages", True)]
    assert "failed" in page.tables(record, {})


def test_runs_of_single_parts_and_sizes_merge(tmp_path: Path) -> None:
    record, path = Record(), tmp_path / "record.json"
    record.take("site", 10_000, RUN, [figure("a"), figure("b"), figure("c", part="search")])
    record.take("site", 100_000, RUN, [figure("a", size=100_000, ours=80.0)])
    save(record, path)
    record = load(path)
    record.take(
        "site", 10_000, LATER, [figure("a", ours=50.0), Unmeasured(part="site", size=10_000, why="x", failed=True)]
    )
    assert [(one.what, one.size, one.ours) for one in record.figures] == [
        ("b", 10_000, 40.0), ("a", 10_000, 50.0), ("a", 100_000, 80.0), ("c", 10_000, 40.0),
    ]  # fmt: skip
    record.take("site", 10_000, LATER, [figure("a", ours=51.0)])
    save(record, path)
    assert [(one.what, one.size, one.ours) for one in load(path).figures] == [("a", 10_000, 51.0), ("a", 100_000, 80.0)]
    assert load(path).unmeasured == []
    assert load(path).runs == [RUN, LATER]


def test_the_page_and_the_chart_are_what_the_record_gives() -> None:
    record, text = load(), page.PAGE.read_text(encoding="utf-8")
    assert page.with_tables(text, page.tables(record, page.words())) == text, "run: python -m tests.bench.page"
    assert page.CHART.read_text(encoding="utf-8") == chart(record), "run: python -m tests.bench.page"


def test_whatever_misses_its_limit_is_explained() -> None:
    unexplained = {(one.part, one.what) for one in page.missed(load())} - page.words().keys()
    assert unexplained == set(), "say why, and what was tried, in tests/bench/why.toml"


def test_sizes_stand_beside_one_another_with_how_they_grow() -> None:
    record = Record()
    build = {"part": "publishing", "unit": "s", "reference": 4.0, "beside": "plain SQL", "limit": 2.0, "of": "ratio"}
    record.take("publishing", 10_000, RUN, [figure("full build", ours=6.0, **build)])
    record.take("publishing", 100_000, RUN, [figure("full build", size=100_000, ours=66.0, **build)])
    told = page.tables(record, {("publishing", "full build"): "It is slow."})
    assert "| full build | 6.00 s / 4.00 = 1.50 | 66.0 s / 4.00 = 16.5 **MISSED** | 11.0 for 10 | ≤ 2 × |" in told
    assert "**Missed: full build.** It is slow." in told


def test_what_a_part_writes_into_a_lent_archive_is_not_in_the_archive(tmp_path: Path) -> None:
    place = Place(size=1, folder=tmp_path, scratch=tmp_path)
    fill(place.archive, 1, [])
    before = (place.archive / "archive.db").read_bytes()
    with lent(place) as folder, open_archive(folder) as archive:
        archive.connection.execute("UPDATE requests SET title = 'another'")
        archive.connection.execute("PRAGMA busy_timeout = 1")
        archive.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        archive.files.put(b"more")
    assert (place.archive / "archive.db").read_bytes() == before
    assert not list(tmp_path.glob("lent-*"))


def test_a_bench_that_is_killed_leaves_the_archive_as_it_was(tmp_path: Path) -> None:
    place = Place(size=1, folder=tmp_path, scratch=tmp_path)
    fill(place.archive, 1, [])
    before = (place.archive / "archive.db").read_bytes()
    command = [sys.executable, "-c", KILLED, str(tmp_path), WRITES]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, "written\n")
    assert (place.archive / "archive.db").read_bytes() == before


def test_an_archive_that_somebody_has_open_or_of_another_size_is_not_measured(tmp_path: Path) -> None:
    place = Place(size=2, folder=tmp_path, scratch=tmp_path)
    fill(place.archive, 1, [])
    with pytest.raises(WdtkError, match="has 1 requests, not 2"):
        check(place)
    with open_archive(place.archive), pytest.raises(WdtkError, match="Another process has"), lent(place):
        pass
    with pytest.raises(WdtkError, match="there is room for"):
        need(place, 10**18, "It")


def test_what_gnu_time_tells_is_understood() -> None:
    told = from_time(TIMED)
    assert (told.processor, told.wall, told.memory.largest) == (5_500.0, 3_723.0, 400.0)


def test_folders_are_named_by_their_size() -> None:
    assert [short(size) for size in (2_000, 10_000, 1_000_000, 1_234)] == ["2k", "10k", "1m", "1234"]


def test_where_there_is_no_room_a_build_is_the_one_that_was_told_of(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place(size=300, folder=tmp_path, scratch=tmp_path)
    shutil.copyfile(demo / "public.db", place.public)
    (tmp_path / "publish.time").write_text(TIMED, encoding="ascii")
    monkeypatch.setattr(publishing, "FILES_AT_ONCE", 1e12)
    told = list(publishing.figures(place))
    assert [(one.part, one.what) for one in told] == [
        ("memory", "wdtk publish: its largest process"), ("publishing", "full build, by the processor"),
        ("publishing", "full build, by the clock"), ("publishing", "rows that are published"),
        ("publishing", "renewal"),
    ]  # fmt: skip
    assert all(one.reference for one in told[1:3] if isinstance(one, Figure))
