"""An export is there whole or not at all, whatever happens, and is of one moment."""

import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from scraper.errors import WdtkError
from scraper.exporting.export import Wanted, export
from scraper.exporting.folder import new_folder
from scraper.publishing.publish import Quiet
from tests.conftest import ROOT
from tests.scraper.exporting.conftest import Exported, made, run

KILLS = 5


class Meanwhile(Quiet):
    """Does something when the first rows have been written."""

    def __init__(self, does: Callable[[], None]) -> None:
        self._does: Callable[[], None] | None = does

    def step(self, steps: int = 1) -> None:  # noqa: ARG002 - as tellers are called
        does, self._does = self._does, None
        if does:
            does()


def checked(folder: Path) -> bool:
    done = subprocess.run(
        ["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=folder, capture_output=True, check=False
    )
    return done.returncode == 0


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_publish_meanwhile_changes_nothing_in_it(demo_public: Path, csv: Exported, tmp_path: Path) -> None:
    public = tmp_path / "public.db"
    public.write_bytes(demo_public.read_bytes())

    def publish() -> None:
        newer = tmp_path / "newer"
        shutil.copyfile(public, newer)
        with closing(sqlite3.connect(newer, isolation_level=None)) as connection:
            connection.execute("UPDATE requests SET title = 'new'")
            connection.execute("DELETE FROM runs")
        newer.replace(public)

    export(public, tmp_path / "export", Wanted(form="csv"), replace=False, progress=Meanwhile(publish))
    assert (tmp_path / "export" / "SHA256SUMS").read_bytes() == (csv.folder / "SHA256SUMS").read_bytes()


def test_a_change_in_place_waits_for_its_end(demo_public: Path, tmp_path: Path) -> None:
    public = tmp_path / "public.db"
    public.write_bytes(demo_public.read_bytes())
    refused = []

    def change() -> None:
        with closing(sqlite3.connect(public, timeout=0, isolation_level=None)) as connection:
            try:
                connection.execute("UPDATE requests SET title = 'new'")
            except sqlite3.OperationalError as error:
                refused.append(str(error))

    export(public, tmp_path / "export", Wanted(form="csv"), replace=False, progress=Meanwhile(change))
    assert refused == ["database is locked"]


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_killed_at_any_moment_it_is_whole_or_not_there(demo_public: Path, tmp_path: Path, form: str) -> None:
    place = tmp_path / "export"
    dice = random.Random()  # noqa: S311 - another moment each time; printed where it fails
    command = [sys.executable, "-m", "scraper", "export", "--public", str(demo_public), "--format", form, "--replace"]
    for _ in range(KILLS):
        pause = dice.uniform(0.2, 1.6)
        print("killed after", pause)  # noqa: T201
        with subprocess.Popen([*command, str(place)], cwd=ROOT, stdout=subprocess.DEVNULL) as process:
            time.sleep(pause)
            process.kill()
        before = tmp_path / ".export.before"
        whole = place if place.exists() else before  # the old one is removed once the new one is in its place
        assert not whole.exists() or checked(whole)
    exported = made(demo_public, place, "--format", form, "--replace")
    assert left(tmp_path) == ["export"]
    assert checked(exported.folder)


def test_ctrl_c_leaves_nothing(demo_public: Path, tmp_path: Path) -> None:
    def interrupt() -> None:
        os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        export(demo_public, tmp_path / "export", Wanted(form="csv"), replace=False, progress=Meanwhile(interrupt))
    assert left(tmp_path) == []


LIMITED = (
    "import resource, sys; from scraper.cli import cli;"
    "resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000)); cli(sys.argv[1:], prog_name='wdtk')"
)
"""Python ignores the signal, so that a write beyond the limit fails as on a full disk."""


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_a_full_disk_is_a_sentence_and_the_export_that_was_there_stays(
    demo_public: Path, tmp_path: Path, form: str
) -> None:
    exported = made(demo_public, tmp_path / "export", "--format", form)
    before = (exported.folder / "SHA256SUMS").read_bytes()
    arguments = ["export", "--public", str(demo_public), "--format", form, "--replace", str(exported.folder)]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}  # or it would leave modules compiled by half
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "an export that was there is as it was" in done.stderr
    assert "Traceback" not in done.stderr
    assert left(tmp_path) == ["export"]
    assert (exported.folder / "SHA256SUMS").read_bytes() == before
    assert checked(exported.folder)


def test_it_says_at_once_that_it_began_and_when_each_table_is_written(demo_public: Path, tmp_path: Path) -> None:
    done = run(demo_public, tmp_path / "export", "--format", "csv")
    first, *lines = done.stderr.splitlines()
    names = sorted(path.stem for path in (tmp_path / "export" / "tables").iterdir())
    assert first == f"Counting the rows of {len(names)} tables."
    assert sorted(line.partition(":")[0] for line in lines) == names
    assert all(re.fullmatch(r"\w+: [\d,]+ rows? in 1 file\.", line) for line in lines)


def test_an_export_is_replaced_only_when_asked(demo_public: Path, tmp_path: Path) -> None:
    place = tmp_path / "export"
    place.mkdir()
    made(demo_public, place, "--format", "csv")
    done = run(demo_public, place, "--format", "csv")
    assert (done.exit_code, "replace it with --replace" in done.output) == (1, True)
    made(demo_public, place, "--replace")
    assert (place / "tables" / "about.parquet").is_file()
    assert not (place / "tables" / "about.csv").exists()
    assert left(tmp_path) == ["export"]


@pytest.mark.parametrize("own", ["notes.txt", "tables/mine.csv"])
def test_a_folder_with_anything_of_ones_own_is_never_replaced(demo_public: Path, tmp_path: Path, own: str) -> None:
    place = made(demo_public, tmp_path / "export", "--format", "csv").folder
    (place / own).write_text("mine")
    done = run(demo_public, place, "--format", "csv", "--replace")
    assert (done.exit_code, "stays as it is" in done.output) == (1, True)
    (place / "SHA256SUMS").unlink()
    assert run(demo_public, place, "--format", "csv", "--replace").exit_code == 1
    assert (place / own).read_text() == "mine"
    assert (place / "README.md").exists()


def test_a_kill_between_the_two_renames_is_mended(demo_public: Path, tmp_path: Path) -> None:
    place = made(demo_public, tmp_path / "export", "--format", "csv").folder
    place.rename(tmp_path / ".export.before")
    assert "replace it with --replace" in run(demo_public, place, "--format", "csv").output
    assert checked(place)
    shutil.copytree(place, tmp_path / ".export.before")
    made(demo_public, place, "--format", "csv", "--replace")
    assert left(tmp_path) == ["export"]


def test_two_exports_to_one_place_are_kept_apart(demo_public: Path, tmp_path: Path) -> None:
    with new_folder(tmp_path / "export", replace=False) as folder:
        (folder / "file").write_text("of the first")
        done = run(demo_public, tmp_path / "export", "--format", "csv")
        assert (done.exit_code, "Another export to" in done.output) == (1, True)
    assert left(tmp_path) == ["export"]


def test_what_is_no_folder_is_left_alone(demo_public: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path)
    for name in ("file", "link"):
        done = run(demo_public, tmp_path / name, "--format", "csv", "--replace")
        assert (done.exit_code, "is there and is no folder" in done.output) == (1, True)
    done = run(demo_public, tmp_path / "file" / "below", "--format", "csv")
    assert (done.exit_code, "cannot be written" in done.output) == (1, True)


def test_the_root_is_no_place_for_an_export(demo_public: Path) -> None:
    done = run(demo_public, Path("/"), "--format", "csv", "--replace")
    assert (done.exit_code, "Name a folder in it" in done.output) == (1, True)


def test_no_database_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("words " * 2000)
    (tmp_path / "empty.db").write_text("")
    for name, said in (("none.db", "There is no"), ("text.db", "cannot be read as"), ("empty.db", "cannot be read as")):
        done = run(tmp_path / name, tmp_path / "export", "--format", "csv")
        assert (done.exit_code, said in done.output) == (1, True)
        assert "wdtk publish" in done.output
    assert not (tmp_path / "export").exists()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE about SET value = '1' WHERE key = 'schema_version'", "Run `wdtk publish` to build it again"),
        ("UPDATE about SET value = '99' WHERE key = 'schema_version'", "a newer wdtk-archive made it"),
        ("DELETE FROM about WHERE key = 'schema_version'", "has version unknown"),
        ("DROP TABLE clock_steps", "has no table clock_steps yet"),
    ],
)
def test_a_database_of_another_version_is_a_sentence(
    changed: Callable[..., Path], tmp_path: Path, statement: str, said: str
) -> None:
    done = run(changed("PRAGMA foreign_keys = OFF", statement), tmp_path / "export", "--format", "csv")
    assert (done.exit_code, said in done.output) == (1, True)


def test_without_pyarrow_csv_works_and_parquet_says_what_to_install(
    demo_public: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scraper.exporting.parquet_out import arrow  # noqa: PLC0415 - its memory is emptied

    arrow.cache_clear()
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    done = run(demo_public, tmp_path / "export")
    assert (done.exit_code, "pip install -e '.[export]'" in done.output) == (1, True)
    assert run(demo_public, tmp_path / "export", "--format", "csv").exit_code == 0


def test_options_of_another_form_are_refused(demo_public: Path, tmp_path: Path) -> None:
    for options in (("--gzip",), ("--format", "warc", "--with-text"), ("--format", "warc", "--gzip")):
        assert run(demo_public, tmp_path / "export", *options).exit_code == 2


def test_a_damaged_database_is_a_sentence(demo_public: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.db"
    data = bytearray(demo_public.read_bytes())
    for page in range(40, len(data) // 8192, 3):
        data[page * 8192 : page * 8192 + 200] = b"\xff" * 200
    damaged.write_bytes(data)
    done = run(damaged, tmp_path / "export", "--format", "csv")
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit), repr(done.exception)
    assert not (tmp_path / "export").exists()


def test_a_sentence_is_what_a_wrong_place_raises(demo_public: Path, tmp_path: Path) -> None:
    with pytest.raises(WdtkError, match="holds files that are no export"):
        export(demo_public, tmp_path.parent, Wanted(form="csv"), replace=True, progress=Meanwhile(lambda: None))
