"""Batches that go astray or come back wrong: every task is answered once, and few are out at a time."""

from collections import deque
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from parsers.documents.records import DocumentText, Opened
from scraper.archive.files import FileStore
from scraper.errors import WdtkError
from scraper.reading.cluster import crew as crews
from scraper.reading.cluster.crew import ClusterCrew, FailedError
from scraper.reading.cluster.orders import Batch, Order, Told, packed_answers, unpacked_orders
from scraper.reading.cluster.staff import Worker
from scraper.reading.jobs import body_of
from scraper.reading.pool import ReaderPool
from scraper.reading.work import FileTask
from tests.patience import at_some_pace

Answer = Callable[[list[tuple[Order, bytes]]], bytes]
TEXT = b"Dear requester,"


def document(order: Order, data: bytes) -> tuple[Told, bytes]:
    if not order.sent:
        return Told(state="missing", detail="It is not there."), b""
    return Told(state="done"), body_of(
        Opened(document=DocumentText(status="no_text", document_type="txt", pages=(), detail=data.decode()))
    )


def answered(orders: list[tuple[Order, bytes]]) -> bytes:
    return packed_answers(Batch(seconds=0.001 * len(orders)), [document(*order) for order in orders])


class Carrier:
    """A cluster that answers as it is told, the newest batch first."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = deque(answers)
        self.out: dict[int, bytes] = {}
        self.most = self.submitted = 0
        self.workers: list[set[str]] = []

    def submit(self, packed: bytes, workers: Collection[str]) -> int:
        self.submitted += 1
        self.out[self.submitted] = packed
        self.most = max(self.most, len(self.out))
        self.workers.append(set(workers))
        return self.submitted

    def next_done(self, seconds: float) -> int | None:  # noqa: ARG002 - its shape
        return max(self.out)

    def answer(self, number: int) -> bytes | None:
        answer = self.answers.popleft() if self.answers else answered
        return answer(unpacked_orders(self.out.pop(number)))

    def forget(self, number: int) -> None:
        del self.out[number]


class Two:
    """A staff of two workers of two threads, until some are refused."""

    def __init__(self) -> None:
        self.there = {name: Worker(name, 2) for name in ("one", "two")}
        self.refused: list[str] = []

    def some(self) -> dict[str, Worker]:
        return dict(self.there)

    def refuse(self, address: str, why: str) -> None:
        self.refused.append(f"{address}: {why}")


@pytest.fixture
def pool() -> Iterator[ReaderPool]:
    with ReaderPool(1) as opened:
        yield opened


def tasks(files: FileStore, number: int) -> Iterator[FileTask]:
    for place in range(number):
        yield FileTask(sha256=files.put(TEXT + b"%d" % place), name="a.txt")


def details(
    carrier: Carrier, folder: Path, number: int, pool: ReaderPool, staff: Two | None = None
) -> list[str | None]:
    files = FileStore(folder)
    crew = ClusterCrew(carrier, staff or Two(), files, pool, sends_files=True)  # type: ignore[arg-type]  # as much of it as is needed
    found = [one for group in crew.documents(tasks(files, number)) for one in group]
    assert len({task for task, _ in found}) == number == len(found)
    return [result[0].document.detail if result else "missing" for _, result in found]


def expected(number: int) -> set[str]:
    return {f"{TEXT.decode()}{place}" for place in range(number)}


def test_few_batches_are_out_at_a_time_and_they_grow(tmp_path: Path, pool: ReaderPool) -> None:
    carrier = Carrier()
    assert set(details(carrier, tmp_path, 200, pool)) == expected(200)
    assert carrier.most <= 3 * 4
    assert carrier.submitted < 20


def test_what_fails_is_tried_alone_and_then_read_here(
    tmp_path: Path, pool: ReaderPool, caplog: pytest.LogCaptureFixture
) -> None:
    def die_of_the_third(orders: list[tuple[Order, bytes]]) -> bytes:
        if any(data.endswith(b"3") for _, data in orders):
            raise FailedError("KilledWorker: it died")
        return answered(orders)

    found = details(Carrier(*[die_of_the_third] * 40), tmp_path, 9, pool)
    assert set(found) == expected(9) - {"Dear requester,3"} | {None}  # a child here reads it and has nothing to say
    assert "(KilledWorker: it died); it is read here." in caplog.text


@pytest.mark.parametrize(
    "answer",
    [
        lambda _: b"nonsense",
        lambda _: packed_answers(Batch(), []),
        lambda orders: packed_answers(Batch(), [(Told(state="done"), b"null")] * len(orders)),
        lambda orders: packed_answers(Batch(), [(Told(state="lost"), b"")] * len(orders)),
        lambda orders: packed_answers(Batch(), [(Told(state="done"), b'{"status":"read"}\nmore')] * len(orders)),
    ],
)
def test_an_answer_that_cannot_be_so_is_not_believed(tmp_path: Path, pool: ReaderPool, answer: Answer) -> None:
    found = details(Carrier(answer), tmp_path, 3, pool)
    assert found.count(None) == 1
    assert len(set(found) & expected(3)) == 2


def test_a_cluster_that_only_fails_is_given_up(
    tmp_path: Path, pool: ReaderPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crews, "MOST_FAILURES", 3)
    with pytest.raises(WdtkError, match="gave back 3 batches in a row with nothing"):
        details(Carrier(*[lambda _: b""] * 40), tmp_path, 9, pool)


def test_an_unfit_worker_is_refused_and_its_batch_goes_to_others(tmp_path: Path, pool: ReaderPool) -> None:
    staff = Two()
    carrier = Carrier(lambda _: packed_answers(Batch(worker="one", unfit="No process."), []))
    assert set(details(carrier, tmp_path, 5, pool, staff)) == expected(5)
    assert staff.refused == ["one: No process."]


def test_batches_of_workers_that_are_gone_go_to_those_that_came(tmp_path: Path, pool: ReaderPool) -> None:
    staff = Two()

    def all_change(orders: list[tuple[Order, bytes]]) -> bytes:
        staff.there = {"three": Worker("three", 1)}
        return answered(orders)

    carrier = Carrier(all_change)
    assert set(details(carrier, tmp_path, 40, pool, staff)) == expected(40)
    assert carrier.workers[0] == {"one", "two"}
    assert carrier.workers[-1] == {"three"}


def test_a_task_that_takes_every_worker_with_it_is_read_here_at_last(
    tmp_path: Path, pool: ReaderPool, caplog: pytest.LogCaptureFixture
) -> None:
    """Each time all workers start anew, under other addresses: Dask then forgets what it had counted."""
    staff = Two()

    class Deadly(Carrier):
        def next_done(self, seconds: float) -> int | None:
            if any(data.endswith(b"3") for orders in self.out.values() for _, data in unpacked_orders(orders)):
                staff.there = {f"worker {self.submitted}": Worker(f"worker {self.submitted}", 1)}
                return None
            return super().next_done(seconds)

    found = details(Deadly(), tmp_path, 9, pool, staff)
    assert expected(9) - set(found) >= {"Dear requester,3"}  # a child here reads it and has nothing to say
    assert found.count(None) <= 3
    assert "all workers that had it were gone, 3 times); it is read here." in caplog.text


def test_a_file_that_workers_do_not_see_is_sent_and_one_that_nobody_has_is_missing(
    tmp_path: Path, pool: ReaderPool, caplog: pytest.LogCaptureFixture
) -> None:
    files = FileStore(tmp_path)
    crew = ClusterCrew(Carrier(), Two(), files, pool, sends_files=False)  # type: ignore[arg-type]  # see above
    given = [*tasks(files, 3), FileTask(sha256="0" * 64, name=None)]
    found = {task.sha256: result for group in crew.documents(given) for task, result in group}
    assert len(found) == 4
    assert found["0" * 64] is None
    assert {result[0].document.detail for result in found.values() if result} == expected(3)
    assert "It is not there." in caplog.text


def test_a_file_that_is_to_be_sent_and_is_damaged_is_missing(tmp_path: Path, pool: ReaderPool) -> None:
    files = FileStore(tmp_path)
    (task,) = tasks(files, 1)
    files.path(task.sha256).write_bytes(b"damaged")
    crew = ClusterCrew(Carrier(), Two(), files, pool, sends_files=True)  # type: ignore[arg-type]  # see above
    assert list(crew.documents([task, replace(task, sha256="0" * 64)])) == [
        [(task, None)],
        [(replace(task, sha256="0" * 64), None)],
    ]


def test_a_batch_that_never_comes_back_is_not_waited_for_for_ever(
    tmp_path: Path, pool: ReaderPool, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Forgetful(Carrier):
        def next_done(self, seconds: float) -> int | None:  # noqa: ARG002 - its shape
            return max((number for number in self.out if number != 1), default=None)

    def attempt(scale: int) -> None:
        monkeypatch.setattr(crews, "PATIENCE_SECONDS", 0.2 * scale)
        found = details(Forgetful(), tmp_path / str(scale), 5, pool)
        assert (len(found), found.count(None)) == (5, 1)
        assert f"no answer in {0.2 * scale:g} seconds" in caplog.text

    at_some_pace(attempt)
