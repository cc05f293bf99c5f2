"""A pool of children: they work side by side, are used again, replaced, and ended with it."""

import os
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
from tests.scraper.reading.leaks import held, is_running, started_from_now
from tests.scraper.reading.misbehaving import LIMITS, misbehaving

pytestmark = pytest.mark.long


@pytest.fixture
def nothing_leaks() -> Iterator[None]:
    before = held()
    yield
    until(lambda: not held().since(before), "something is held that was not before")


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
