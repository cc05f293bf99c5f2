"""Whatever a child does, its parent gets an answer for that document and goes on with the next."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from scraper.reading.limits import MEGABYTE
from tests.patience import until
from tests.scraper.reading.leaks import children, held, is_running
from tests.scraper.reading.misbehaving import BRIEF, CHILD, LIMITS, misbehaving

pytestmark = pytest.mark.long
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the filter of system calls is Linux's")


@pytest.fixture
def nothing_leaks() -> Iterator[None]:
    before = held()
    yield
    until(lambda: not held().since(before), "something is held that was not before")


@pytest.mark.usefixtures("nothing_leaks")
@pytest.mark.parametrize(
    ("action", "status", "detail"),
    [
        ("loop", "too_slow", "It used more than 1 seconds of processor time and was stopped."),
        ("sleep", "too_slow", "It took more than 4 seconds and was stopped."),
        ("half_and_wait", "too_slow", "It took more than 4 seconds and was stopped."),
        ("segfault", "crashed", "The reader crashed on it (SIGSEGV)."),
        ("abort", "crashed", "The reader crashed on it (SIGABRT)."),
        ("eat", "bomb", "It needs more than 400 MB of memory to open."),
        ("eat_slowly", "bomb", "It needs more than 400 MB of memory to open."),
        ("raise_error", "crashed", "The reader failed on it (ZeroDivisionError)."),
        ("flood_answer", "too_big", "Its text is more than 1 MB."),
        ("half_an_answer", "crashed", "The reader failed on it (it ended without an answer, exit code 0)."),
        ("leave", "crashed", "The reader failed on it (it ended without an answer, exit code 0)."),
        ("no_json", "crashed", "The reader answered with something that is no answer."),
        ("wrong_shape", "crashed", "The reader answered with something that is no answer."),
        ("deep_json", "crashed", "The reader answered with something that is no answer."),
        ("two_answers", "crashed", "The reader answered with something that is no answer."),
        ("close_pipes", "crashed", "The reader closed its pipe without an answer."),
        ("die_of_a_signal_without_a_name", "crashed", "The reader crashed on it (signal 40)."),
        ("answer_drop_by_drop", "too_slow", "It took more than 4 seconds and was stopped."),
        ("answer_for_another", "crashed", "The reader answered with something that is no answer."),
        ("long_head", "crashed", "The reader answered with something that is no answer."),
        ("impossible_pages", "crashed", "The reader answered with something that is no answer."),
        ("impossible_number", "crashed", "The reader answered with something that is no answer."),
    ],
)
def test_a_child_that_misbehaves_costs_its_document_and_nothing_else(action: str, status: str, detail: str) -> None:
    with misbehaving(limits=BRIEF.get(action, LIMITS)) as pool:
        lost = pool.read(action.encode(), document_type="pdf")
        following = pool.read(b"harmless", document_type="pdf")
    assert (lost.status, lost.detail, lost.pages) == (status, detail, ())
    assert [page.text for page in following.pages] == ["8 bytes"]


def test_a_bomb_is_one_whatever_its_parent_held() -> None:
    held_once = bytearray(b"x") * (300 * MEGABYTE)  # the system counts a parent's memory as its child's
    del held_once
    with misbehaving() as pool:
        lost = pool.read(b"reserve", document_type="pdf")
    assert (lost.status, lost.detail) == ("bomb", "It needs more than 400 MB of memory to open.")


def test_native_code_that_aborts_for_want_of_memory_is_a_bomb() -> None:
    # More than this process ever held: the system counts a parent's memory as its child's.
    with misbehaving(limits=replace(LIMITS, memory_bytes=1500 * MEGABYTE, cpu_seconds=60)) as pool:
        lost = pool.read(b"eat_natively", document_type="pdf")
    assert (lost.status, lost.detail) == ("bomb", "It needs more than 1500 MB of memory to open.")


@linux
@pytest.mark.usefixtures("nothing_leaks")
@pytest.mark.parametrize(
    ("action", "answer"),
    [
        ("connect", "not permitted"),
        ("run_program", "not permitted"),
        ("write_file", "not permitted"),
        ("remove_file", "not permitted"),
        ("kill_parent", "not permitted"),
        ("kill_parent_by_thread", "not permitted"),
        ("kill_parent_by_file", "not permitted"),
        ("limit_parent", "not permitted"),
        ("trace_parent", "not permitted"),
        ("fork", "not permitted"),
        ("raise_own_limit", "not permitted"),
        ("share_memory", "not permitted"),
        ("file_in_memory", "not permitted"),
        ("date_file", "not permitted"),
        ("outlive_parent", "not permitted"),
        ("tell_environment", "LC_ALL,MALLOC_ARENA_MAX,PATH,PYTHONDONTWRITEBYTECODE,PYTHONPATH,PYTHONUTF8"),
        ("dump", "(0, 0)"),
        ("flood_errors", "said much"),
        ("print_much", "printed"),
    ],
)
def test_what_a_child_may_not_do(action: str, answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "not for children")
    with misbehaving() as pool:
        document = pool.read(action.encode(), document_type="pdf")
    assert [page.text for page in document.pages] == [answer]


@linux
@pytest.mark.usefixtures("nothing_leaks")
def test_a_child_reads_nothing_of_others(tmp_path: Path) -> None:
    secret = tmp_path / "archive.sqlite"
    secret.write_bytes(b"of others")
    places = [str(secret), str(Path.home()), "/etc/passwd", f"/proc/{os.getpid()}/mem", f"/proc/{os.getpid()}/environ"]
    with misbehaving() as pool:
        if pool.read(b"closed_files", document_type="pdf").pages[0].text != "True":
            pytest.skip("the kernel has no Landlock")
        told = [pool.read(b"open:" + place.encode(), document_type="pdf").pages[0].text for place in places]
    assert told == ["not permitted"] * len(places)


@linux
def test_an_answer_sent_beforehand_is_not_taken_for_that_of_the_next_document() -> None:
    with misbehaving() as pool:
        assert pool.read(b"answer_twice", document_type="pdf").pages[0].text == "one"
        time.sleep(0.5)
        following = pool.read(b"harmless", document_type="pdf")
        assert (following.status, following.pages) == ("crashed", ())
        assert pool.read(b"harmless", document_type="pdf").pages[0].text == "8 bytes"


@linux
def test_a_child_that_stops_its_own_clocks_still_ends_with_its_parent() -> None:
    """The parent is killed; its child neither answers nor looks at its pipes."""
    code = (
        "import sys; from scraper.reading.pool import ReaderPool\n"
        f"with ReaderPool(command=(sys.executable, '-P', {CHILD!r}, 'start')) as pool:\n"
        "    pool.read(b'stop_clocks', document_type='pdf')\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parents[3]) as parent:
        until(lambda: children(str(parent.pid)), "the parent starts no child")
        time.sleep(1.5)  # in most cases its clocks are stopped by then
        started = children(str(parent.pid))
        parent.kill()
    assert started
    until(lambda: not any(map(is_running, started)), "a child outlives its parent")


def test_a_child_opens_few_files() -> None:
    with misbehaving() as pool:
        document = pool.read(b"open_many", document_type="pdf")
    assert 1 < int(document.pages[0].text) < LIMITS.open_files


@pytest.mark.usefixtures("nothing_leaks")
def test_a_child_that_reads_nothing_is_not_waited_for() -> None:
    with misbehaving(start="deaf", limits=BRIEF["sleep"]) as pool:
        document = pool.read(bytes(20 * MEGABYTE), document_type="pdf")
    assert document.status == "too_slow"
