"""The log for programs: what is in it, what never is, and that it never stands in the way."""

import json
import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from scraper.archive import runs
from scraper.archive.database import Archive
from scraper.config import load_config
from scraper.errors import WdtkError
from scraper.logs import Lines, LogSettings, event, logging_to
from scraper.watch import look
from scraper.watch.logs import log_option, logging_of

LETTER = "Zed Featherstone's letter"


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_a_run_tells_its_beginning_and_its_end(tmp_path: Path, archive: Archive) -> None:
    file = tmp_path / "logs" / "wdtk.jsonl"
    with logging_to(LogSettings(file=file)), runs.run(archive, "read", {"requester": LETTER}) as running:
        running.counts.update({"letters read": 3, "documents damaged": 1})
    began, ended = lines(file)
    assert (began["event"], began["run"], began["command"], began["level"]) == ("run began", 1, "read", "info")
    assert ended["event"] == "run ended"
    assert ended["counts"] == {"letters read": 3, "documents damaged": 1}
    assert began["time"] <= ended["time"]
    assert ended["time"].endswith("Z")
    assert LETTER not in file.read_text(encoding="utf-8")


def test_what_is_filled_into_a_line_stays_out(tmp_path: Path) -> None:
    file = tmp_path / "log"
    with logging_to(LogSettings(file=file)):
        logging.getLogger("scraper.spiders.base").warning("%s: %s (%d)", "/request/zed_featherstone", LETTER, 7)
        logging.getLogger("elsewhere").error(f"it met {LETTER}")  # noqa: G004 - as other libraries do
        try:
            int(LETTER)
        except ValueError:
            logging.getLogger("scraper.x").exception("It broke")
        event("odd", name=LETTER, words=[LETTER], known="limit", number=3)  # type: ignore[arg-type]  # on purpose
    first, second, third, fourth = lines(file)
    assert (first["level"], first["event"], first["wording"]) == ("warning", "line", "…: … (…)")
    assert first["where"].startswith("scraper.spiders.base.test_")
    assert second.keys() == {"time", "level", "event", "where"}
    assert third["error"] == "ValueError"
    assert (fourth["name"], fourth["words"], fourth["known"], fourth["number"]) == ("str", "list", "limit", 3)
    assert "eatherstone" not in file.read_text(encoding="utf-8")


@given(
    st.text(),
    st.dictionaries(st.text(max_size=5), st.text() | st.integers() | st.dictionaries(st.text(), st.integers())),
)
def test_every_record_is_one_line_of_json(words: str, fields: dict[str, Any]) -> None:
    for name in ("scraper.a", "b"):
        record = logging.LogRecord(name, logging.INFO, "", 1, words, None, None)
        assert "\n" not in Lines().format(record)
        record.__dict__["wdtk_fields"] = fields
        assert json.loads(Lines().format(record))["level"] is not None


def test_a_log_that_is_full_is_put_aside_and_the_oldest_dropped(tmp_path: Path) -> None:
    file = tmp_path / "log"
    with logging_to(LogSettings(file=file, megabytes=1, keep=2)):
        for number in range(30_000):
            event("tick", number=number, more="x" * 80)
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert kept == ["log", "log.1", "log.2"]
    assert all(path.stat().st_size <= 1_000_000 for path in tmp_path.iterdir())
    assert lines(file)[-1]["number"] == 29_999


def test_people_are_told_no_more_because_programs_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    handler = logging.StreamHandler(sys.stderr)
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    try:
        with logging_to(LogSettings(file=tmp_path / "log")):
            event("tick")
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
    assert capsys.readouterr().err == ""
    assert len(lines(tmp_path / "log")) == 1


def test_only_what_is_at_least_so_grave_is_written(tmp_path: Path) -> None:
    with logging_to(LogSettings(file=tmp_path / "log", level="error")):
        event("tick")
        logging.getLogger("scraper.a").error("It broke")
    assert [line["level"] for line in lines(tmp_path / "log")] == ["error"]


def test_a_log_that_cannot_be_written_is_said_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(WdtkError, match="cannot be written"), logging_to(LogSettings(file=tmp_path / "file" / "log")):
        raise AssertionError


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_disk_that_fills_stops_no_work(tmp_path: Path) -> None:
    (tmp_path / "log").symlink_to("/dev/full")
    handled = []
    with logging_to(LogSettings(file=tmp_path / "log", megabytes=1)):
        for number in range(100):
            event("tick", number=number)
            handled.append(number)
    assert len(handled) == 100


def test_the_file_may_be_named_in_wdtk_toml(tmp_path: Path) -> None:
    config = tmp_path / "wdtk.toml"
    config.write_text('[log]\nfile = "a.jsonl"\nlevel = "warning"\nmegabytes = 3\nkeep = 9\n', encoding="utf-8")
    assert load_config(config).log == LogSettings(file=Path("a.jsonl"), level="warning", megabytes=3, keep=9)
    config.write_text('[log]\nlevel = "loud"\n', encoding="utf-8")
    with pytest.raises(WdtkError, match=r"log\.level must be one of"):
        load_config(config)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (None, "done"),
        (WdtkError("No."), "refused or failed with a sentence"),
        (KeyboardInterrupt(), "stopped"),
        (KeyError("x"), "failed"),
        (click.exceptions.Exit(1), "exit code 1"),
    ],
)
def test_a_command_tells_how_it_ended(tmp_path: Path, error: BaseException | None, outcome: str) -> None:
    @click.command()
    @log_option
    def command() -> None:
        if error:
            raise error

    CliRunner().invoke(command, ["--log", str(tmp_path / "log")])
    began, ended = lines(tmp_path / "log")
    assert (began["event"], ended["event"], ended["outcome"]) == ("command began", "command ended", outcome)
    assert ended["seconds"] >= 0


def test_a_log_that_was_put_aside_is_begun_anew(tmp_path: Path) -> None:
    file = tmp_path / "log"
    with logging_to(LogSettings(file=file)):
        event("first")
        file.rename(tmp_path / "log.1")
        event("second")
    assert [line["event"] for line in lines(file)] == ["second"]
    assert [line["event"] for line in lines(tmp_path / "log.1")] == ["first"]


def test_a_long_job_writes_the_log_that_it_is_given(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "scraper", "publish", "--archive", "none", "--log", "log"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert [line["event"] for line in lines(tmp_path / "log")] == ["command began", "command ended"]
    assert lines(tmp_path / "log")[0]["command"] == "publish"


@pytest.mark.parametrize(
    ("done", "total", "seconds", "said"),
    [
        (0, 10, 0.0, "Files: 0 of 10 [..............................]"),
        (5, 10, 10.0, "Files: 5 of 10 [###############...............] 0.5/s, 0:00:10 left"),
        (10, 10, 1.0, "Files: 10 of 10 [##############################] 10/s"),
        (12, 10, 12.0, "Files: 12 of 12 [##############################] 1.0/s"),
        (3, None, 60.0, "Files: 3 3.0/min"),
        (1_000, 5_000, 10.0, "Files: 1,000 of 5,000 [######........................] 100/s, 0:00:40 left"),
    ],
)
def test_progress_tells_the_pace_and_what_remains(done: int, total: int | None, seconds: float, said: str) -> None:
    assert look.line("Files", done, total, seconds, bar=True) == said


def test_what_a_job_starts_writes_to_the_same_file_even_when_that_is_put_aside_meanwhile(tmp_path: Path) -> None:
    config = tmp_path / "wdtk.toml"
    config.write_text('[log]\nfile = "other"\nmegabytes = 1\nkeep = 3\n', encoding="utf-8")
    many = f"""
from pathlib import Path
from scraper.logs import event
from scraper.watch.logs import logging_of
with logging_of(Path({str(config)!r})):
    for number in range(12_000):
        event("tick", number=number, more="x" * 60)
"""
    with logging_of(config, tmp_path / "log"):
        event("before")
        subprocess.run([sys.executable, "-c", many], cwd=tmp_path, check=True)
        event("after")
    assert not (tmp_path / "other").exists()
    assert (tmp_path / "log.1").exists()
    assert lines(tmp_path / "log")[-1]["event"] == "after"
    assert lines(max(tmp_path.glob("log.*")))[0]["event"] == "before"
