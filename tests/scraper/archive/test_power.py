"""The order of writes: whatever a row names is on the disk before the row, and an end between any two harms nothing."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from scraper.archive import runs
from scraper.archive.compare import contents, differences
from scraper.archive.database import open_archive
from scraper.storing.store import Store
from tests.scraper.archive.samples import attachment, fetched, message, request

Tell = Callable[[str], None]
_WRITING = ("BEGIN", "INSERT", "UPDATE", "DELETE", "COMMIT")


def store_two_items(folder: Path, tell: Tell, patch: pytest.MonkeyPatch) -> None:
    """Store a request and its file, and tell before each write, and each time that something is made to last."""
    fsync, replace = os.fsync, os.replace

    def told_fsync(descriptor: int) -> None:
        tell(f"sync {Path(f'/proc/self/fd/{descriptor}').readlink().name}")
        fsync(descriptor)

    def told_replace(source: str, target: str) -> None:
        tell(f"name {Path(source).name} {Path(target).name}")
        replace(source, target)

    with open_archive(folder, create=True) as archive:
        patch.setattr(os, "fsync", told_fsync)
        patch.setattr(os, "replace", told_replace)
        archive.connection.set_trace_callback(lambda sql: tell(sql[:60]) if sql.startswith(_WRITING) else None)
        store = Store(archive, runs.start(archive, "crawl", {}).id)
        store.store(request(messages=[message(2, attachments=(attachment(5, 2),))]))
        store.store(fetched("attachment-5", b"bytes"))
        archive.connection.set_trace_callback(None)


def test_bodies_outlast_a_power_cut_before_the_rows_that_name_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    store_two_items(tmp_path, told.append, monkeypatch)
    waiting: list[str] = []
    named = 0
    for number, line in enumerate(told):
        word, *rest = line.split()
        if word == "name":
            temporary, target = rest
            assert f"sync {temporary}" in told[:number], "the bytes, before they have their name"
            waiting.append(target)
            named += 1
        elif word == "sync" and waiting and len(rest[0]) == 2:
            waiting.clear()  # the folder, which holds the name
        elif word in {"INSERT", "UPDATE", "COMMIT"}:
            assert not waiting, f"{waiting} may be lost after {line}"
    assert named == 3


def test_an_end_between_any_two_writes_loses_nothing_and_going_on_ends_as_if_it_had_not_been(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    with monkeypatch.context() as patch:
        store_two_items(tmp_path / "whole", told.append, patch)
    assert len(told) > 20
    for moment in range(len(told)):
        folder = tmp_path / str(moment)
        end_at(folder, moment, monkeypatch)
        with monkeypatch.context() as patch:
            store_two_items(folder, told.append, patch)
        with open_archive(tmp_path / "whole") as whole, open_archive(folder) as other:
            assert differences(contents(whole), contents(other)) == [], told[moment]
            assert not list((folder / "files").glob(".*"))
            assert other.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def end_at(folder: Path, moment: int, patch: pytest.MonkeyPatch) -> None:
    """Do the same in a child that ends, without any tidying up, when so many writes were told of."""
    child = os.fork()
    if child == 0:
        left = iter(range(moment))
        store_two_items(folder, lambda _: None if next(left, None) is not None else os._exit(9), patch)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def test_what_gives_a_body_up_outlasts_a_power_cut_before_its_file_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    fsync, unlink = os.fsync, os.unlink

    def told_fsync(descriptor: int) -> None:
        told.append(f"sync {Path(f'/proc/self/fd/{descriptor}').readlink().name}")
        fsync(descriptor)

    def told_unlink(path: str) -> None:
        told.append(f"unlink {Path(path).suffix}")
        unlink(path)

    with open_archive(tmp_path, create=True) as archive:
        store = Store(archive, runs.start(archive, "crawl", {}).id)
        store.store(request(messages=[message(2)]))
        monkeypatch.setattr(os, "fsync", told_fsync)
        monkeypatch.setattr(os, "unlink", told_unlink)
        archive.connection.set_trace_callback(lambda sql: told.append(sql) if sql == "COMMIT" else None)
        store.store(request(messages=[message(2, text="Other words.")], fetched_at="2025-06-01T00:00:00Z"))
        archive.connection.set_trace_callback(None)
    gone = told.index("unlink .zz")
    assert told[gone - 2 : gone] == ["COMMIT", "sync archive.db-wal"]
