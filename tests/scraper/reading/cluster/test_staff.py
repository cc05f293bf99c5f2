"""Workers that come, go, differ and hang, as the command counts on them."""

import logging
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from scraper.errors import WdtkError
from scraper.reading.cluster import staff
from scraper.reading.cluster.described import described, difference, source
from scraper.reading.cluster.staff import Staff
from tests.patience import PATIENCE, at_some_pace, until


class Roster:
    """A cluster of which only the list of workers is real."""

    def __init__(self, **refusals: str | None) -> None:
        self.refusals = refusals
        self.held = threading.Event()

    def present(self) -> Mapping[str, Mapping[str, Any]]:
        return {name: {"nthreads": 2, "name": f"host-{name}"} for name in self.refusals}

    def hire(self, address: str) -> str | None:
        if address == "hangs":
            self.held.wait(PATIENCE)
        return self.refusals[address]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staff, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(staff, "SILENT_SECONDS", 0.02)
    monkeypatch.setattr(staff, "TRYING_SECONDS", 0.3)


def test_one_that_hangs_or_is_refused_keeps_nobody_waiting(caplog: pytest.LogCaptureFixture) -> None:
    roster = Roster(hangs=None, old="it has the probe 3", good=None)
    working = Staff(roster, wait_seconds=PATIENCE)
    assert set(working.some()) == {"good"}
    until(lambda: "old" in caplog.text, "nothing is said of the old one")
    assert "The worker old (host-old) is left out: it has the probe 3." in caplog.text
    roster.refusals["new"] = None
    until(lambda: set(working.workers()) == {"good", "new"}, "the new one is not taken")
    roster.held.set()
    working.refuse("new", "it starts no process.")
    assert working.some().keys() <= {"good", "hangs"}


def test_where_all_are_refused_the_command_says_why_of_each_and_does_not_wait() -> None:
    roster = Roster(**{name: f"it has the probe {number}." for number, name in enumerate("abcde")})
    with pytest.raises(
        WdtkError, match=r"No worker of the cluster may read\. a \(host-a\): it has the probe 0; .* 2 more"
    ):
        Staff(roster, wait_seconds=60).some()


def test_a_cluster_without_workers_is_waited_for_and_then_given_up(caplog: pytest.LogCaptureFixture) -> None:
    def attempt(scale: int) -> None:
        with caplog.at_level(logging.WARNING), pytest.raises(WdtkError, match=r"has had no worker for \d seconds?"):
            Staff(Roster(), wait_seconds=0.2 * scale).some()
        assert f"waiting up to {0.2 * scale:g} seconds" in caplog.text

    at_some_pace(attempt)


def test_one_that_hangs_alone_is_not_waited_for_for_ever() -> None:
    roster = Roster(hangs=None)
    with pytest.raises(WdtkError, match="has had no worker"):
        Staff(roster, wait_seconds=0.1).some()
    roster.held.set()


def test_the_last_to_go_may_come_back() -> None:
    roster = Roster(good=None, old="it is old")
    working = Staff(roster, wait_seconds=PATIENCE)
    assert set(working.some()) == {"good"}
    del roster.refusals["good"]
    threading.Timer(0.2, lambda: roster.refusals.update(again=None)).start()
    while "good" in (found := working.some()):
        time.sleep(0.01)
    assert set(found) == {"again"}


def test_a_checkout_that_differs_in_one_line_is_another_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rules").mkdir()
    told = set()
    monkeypatch.setattr("scraper.reading.cluster.described.files", lambda _: tmp_path)
    for name, line in [("a.py", "1"), ("a.py", "2"), ("rules/b.csv", "2"), ("a.pyc", "3"), ("a.py", "2")]:
        (tmp_path / name).write_text(line, encoding="utf-8")
        source.cache_clear()
        told.add(source())
    source.cache_clear()
    assert len(told) == 3
    monkeypatch.undo()
    assert described(None)["the readers' own source"] == source()


def test_what_differs_is_named() -> None:
    here = described(None)
    assert difference(here, here) is None
    there = {**here, "the probe": "old", "pypdfium2": "4.0"}
    del there["lxml"]
    told = difference(there, here)
    assert told is not None
    assert f"the probe old where this machine has {here['the probe']}" in told
    assert f"lxml missing where this machine has {here['lxml']}" in told
    assert "pypdfium2 4.0" in told
