"""What is erased some at a time is erased whole, also where it was stopped between two times, and nothing else goes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scraper.archive import runs
from scraper.archive.database import Archive, open_archive
from scraper.removals import erase, proof
from scraper.removals.verify import verify
from scraper.storing.store import Store
from tests.scraper.archive.samples import attachment, fetch, fetched, message, request
from tests.scraper.removals.everywhere import holding
from tests.scraper.removals.test_proof import busy, contents

REQUESTS = range(1, 6)
GOES, STAYS = "Bergamot wainscot", "Plain words"
KEPT = "SELECT a.id, a.name, f.* FROM attachments AS a JOIN files AS f USING (sha256) ORDER BY a.id"


class StoppedError(Exception):
    """As a kill would, at one place."""


def stopped_at(call: int, then: Callable[..., Any]) -> Callable[..., Any]:
    """``then``, of which a call by this number, counted from 1, never comes to pass."""
    calls = iter(range(1, call))

    def counted(*given: Any) -> Any:
        if next(calls, None) is None:
            raise StoppedError
        return then(*given)

    return counted


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """Of the two files of each request one has another name now, and the older is still in its address."""
    with open_archive(tmp_path / "a", create=True) as archive, runs.run(archive, "crawl", {}) as run:
        store = Store(archive, run.id)
        for number in REQUESTS:
            for name in (GOES, "Another"):
                both = file(number, STAYS), file(number + 10, name)
                store.store(request(number, f"plain_{number}", [message(number, attachments=both)]))
                if name == GOES:
                    for one in both:
                        store.store(answer(one, number))
    assert holding(tmp_path / "a", GOES)
    return tmp_path / "a"


def file(number: int, name: str) -> Any:
    of, part = number % 10, 2 + number // 10
    address = f"/request/plain_{of}/response/{of}/attach/{part}/{name}.txt"
    return attachment(number, of, name=f"{name}.txt", part=part, url=address)


def answer(one: Any, number: int) -> Any:
    data = f"{one.part} of {number}".encode()
    return fetched(one.id, data, number, fetches=(fetch(one.url, data),))


def rows(archive: Archive) -> list[Any]:
    return archive.connection.execute(KEPT).fetchall()


@pytest.mark.parametrize("stopped", [None, 1, 2, 3])
def test_what_many_requests_no_longer_show_goes(
    changed: Path, monkeypatch: pytest.MonkeyPatch, stopped: int | None
) -> None:
    monkeypatch.setattr(erase, "_AT_ONCE", 2)
    with open_archive(changed) as archive:
        before = rows(archive)
        if stopped:
            with monkeypatch.context() as patch:
                patch.setattr(erase, "_set_mark", stopped_at(stopped, erase._set_mark))
                with pytest.raises(StoppedError):
                    erase.erase_confirmed(archive)
        erase.erase_confirmed(archive)
        assert not erase.is_due(archive)
        assert rows(archive) == before
        assert [one for one in verify(archive, None) if one.problems] == []
    assert len(before) == len(REQUESTS)
    assert holding(changed, GOES) == []


@pytest.mark.parametrize("stopped", [None, 1, 2, 3])
def test_what_is_left_in_many_places_is_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stopped: int | None
) -> None:
    path = tmp_path / "a.db"
    busy(path, secure=False, steps=800)
    before, places = contents(path), len(list(proof.leftovers(path)))
    assert places > 20
    monkeypatch.setattr(proof, "_AT_ONCE", 7)
    if stopped:
        with monkeypatch.context() as patch:
            patch.setattr(proof, "_overwrite", stopped_at(stopped, proof._overwrite))
            with pytest.raises(StoppedError):
                proof.scrub(path)
        assert len(list(proof.leftovers(path))) == places - 7 * (stopped - 1)
        assert contents(path) == before
        places -= 7 * (stopped - 1)
    assert proof.scrub(path) == ([], places)
    assert list(proof.leftovers(path)) == []
    assert contents(path) == before
