"""Whatever a child does, its parent gets an answer for that document and goes on with the next."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from parsers.letters.records import LetterContext
from scraper.errors import WdtkError
from scraper.reading.limits import MEGABYTE, Limits
from scraper.reading.lost import LostError
from scraper.reading.pool import ReaderPool
from tests.parsers.documents import samples
from tests.patience import at_some_pace, until
from tests.scraper.reading.leaks import children, held, is_running, started_from_now

pytestmark = pytest.mark.long

CHILD = str(Path(__file__).with_name("misbehaving_child.py"))
LIMITS = Limits(memory_bytes=400 * MEGABYTE, cpu_seconds=30, wall_seconds=120, output_bytes=MEGABYTE)
BRIEF = {"loop": replace(LIMITS, cpu_seconds=1)} | dict.fromkeys(
    ("sleep", "half_and_wait", "answer_drop_by_drop"), replace(LIMITS, wall_seconds=4)
)
"""Only what is to be stopped has little time: on a busy machine all takes long."""
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the filter of system calls is Linux's")


def misbehaving(workers: int = 1, *, start: str = "start", limits: Limits = LIMITS) -> ReaderPool:
    return ReaderPool(workers, limits, command=(sys.executable, "-P", CHILD, start))


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


def test_large_documents_and_large_answers_pass_each_other() -> None:
    limits = Limits(output_bytes=40 * MEGABYTE)
    with ReaderPool(limits=limits) as pool:
        text = "A line of a very long statement of reasons.\n" * 200_000
        document = pool.read(text.encode(), document_type="txt")
    assert document.status == "read"
    assert document.pages[0].text == text[:200_000]


def test_a_document_over_the_limit_never_reaches_a_child() -> None:
    started = started_from_now()
    with misbehaving(limits=Limits(input_bytes=MEGABYTE)) as pool:
        document = pool.read(bytes(3 * MEGABYTE), document_type="pdf")
        assert started() == []
    assert (document.status, document.detail) == ("too_big", "It is 3 MB; files of more than 1 MB are not opened.")


def test_workers_work_side_by_side_and_the_dead_are_replaced() -> None:
    work = [b"harmless", b"segfault", b"sleep", b"harmless", b"leave", b"harmless", b"loop", b"harmless"] * 2

    def attempt(scale: int) -> None:
        limits = replace(LIMITS, cpu_seconds=1, wall_seconds=4 * scale)
        with misbehaving(4, limits=limits) as pool, ThreadPoolExecutor(4) as threads:
            done = list(threads.map(lambda data: pool.read(data, document_type="pdf").status, work))
        assert done == ["read", "crashed", "too_slow", "read", "crashed", "read", "too_slow", "read"] * 2

    at_some_pace(attempt)


def test_a_healthy_worker_is_used_again_and_replaced_after_its_share() -> None:
    started = started_from_now()
    with misbehaving(limits=Limits(jobs=3)) as pool:
        seen = []
        for _ in range(7):
            assert pool.read(b"harmless", document_type="pdf").status == "read"
            seen.append(started())
    first, second, third = seen[0], seen[3], seen[6]
    assert seen == [first, first, [], second, second, [], third]
    assert len({*first, *second, *third}) == 3


def test_a_worker_that_died_while_idle_is_replaced_without_loss() -> None:
    started = started_from_now()
    with misbehaving() as pool:
        pool.read(b"harmless", document_type="pdf")
        (child,) = started()
        os.kill(int(child), 9)
        until(lambda: not is_running(child), "it is not dead")
        assert pool.read(b"harmless", document_type="pdf").status == "read"


@pytest.mark.usefixtures("nothing_leaks")
def test_closing_breaks_off_what_is_being_read() -> None:
    started = started_from_now()
    with ThreadPoolExecutor(2) as threads, misbehaving(2) as pool:
        busy = [threads.submit(pool.read, b"sleep", document_type="pdf") for _ in range(3)]
        until(lambda: len(started()) == 2, "nothing is being read")
        time.sleep(0.5)
        pool.close()
        assert [one.result().status for one in busy] == ["crashed"] * 3, "not too slow: nothing was waited for"


@pytest.mark.parametrize(
    ("start", "sentence"),
    [("no_limit", "This system does not hold a limit."), ("no_start", "ImportError: a library is missing")],
)
def test_a_child_that_cannot_start_is_said_at_once(start: str, sentence: str) -> None:
    with misbehaving(start=start) as pool, pytest.raises(WdtkError, match=sentence):
        pool.read(b"harmless", document_type="pdf")


def test_a_missing_library_is_no_fault_of_the_document() -> None:
    with misbehaving(start="lack_library") as pool, pytest.raises(WdtkError, match="No module named 'pypdfium2'"):
        pool.read(b"harmless", document_type="pdf")


def test_a_document_that_makes_a_library_seem_to_be_missing_stops_nothing() -> None:
    with misbehaving() as pool:
        lost = pool.read(b"lack_library", document_type="pdf")
        assert (lost.status, lost.detail) == ("crashed", "The reader failed on it (ModuleNotFoundError).")
        assert pool.read(b"harmless", document_type="pdf").status == "read"


def test_nothing_is_ever_in_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "full"))  # as good as full: it cannot be written to
    with ReaderPool() as pool:
        assert pool.read(samples.plain(), document_type="pdf").status == "read"


def test_a_system_that_gives_no_process_is_said() -> None:
    with ReaderPool(command=("/no/such/program",)) as pool, pytest.raises(WdtkError, match="starts no process"):
        pool.read(b"harmless", document_type="pdf")


def test_an_unsupported_document_needs_no_child() -> None:
    with misbehaving(start="no_start") as pool:
        document = pool.read(b"\x93...", document_type="unknown")
        probe = pool.probe(b"\x93...", document_type="unknown")
    assert (document.status, probe.status) == ("unsupported", "unsupported")
    assert document.detail == "Its bytes are of no kind of file that is known here."


def test_a_probe_that_costs_its_child_has_failed_and_cleared_nothing() -> None:
    with misbehaving() as pool:
        probe = pool.probe(b"segfault", document_type="pdf")
    assert (probe.status, probe.findings) == ("crashed", ())


def test_letters_are_read_in_a_child_too() -> None:
    with ReaderPool() as pool:
        reading = pool.read_letter(samples.LETTER, context=LetterContext(authority="Mallowshire District Council"))
    assert ("FOIA", "40(2)", "relied_on") in {(one.regime, one.provision, one.role) for one in reading.citations}


def test_what_a_reading_rests_on_is_found_in_a_child_as_well() -> None:
    letter = "Dear Ms Roe\n\nThe log is attached.\n\n> Please send me the log."
    with ReaderPool() as pool:
        background = pool.read_background([letter], context=LetterContext())
    assert [(each.voice, letter[each.start : each.end]) for each in background.passages] == [
        ("earlier_message", "> Please send me the log.")
    ]


def test_a_letter_that_costs_its_child_is_an_error_of_its_own() -> None:
    with misbehaving() as pool, pytest.raises(LostError) as lost:
        pool.read_letter(["A letter."], context=LetterContext())
    assert lost.value.status == "crashed"
