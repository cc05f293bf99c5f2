"""A spreadsheet that the site hides by itself for some hours is asked for again soon, not at the next whole look."""

import dataclasses
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from scraper.archive.database import Archive
from scraper.due import queue
from scraper.due.held import files_to_ask
from scraper.removals.erase import erase_confirmed
from scraper.storing.store import Store
from tests.scraper.archive.conftest import archive, store
from tests.scraper.archive.samples import attachment, fetch, fetched, hidden_attachment, message
from tests.scraper.due.test_queue import DAY, check, day, file, thread

__all__ = ["archive", "store"]
SHOWN = {"messages": [message(1, attachments=[attachment(1, 1)])]}
SCAN = "We've found a problem with this file, so it's been hidden while we review it. <b>"


def by_page(store: Store, at: float) -> None:
    hidden = dataclasses.replace(hidden_attachment(1), reason=SCAN)
    assert store.store(thread(at, messages=[message(1, attachments=[hidden])]))


def by_address(store: Store, at: float) -> None:
    store.store(thread(at, **SHOWN))
    answer = fetch("/attachment-1", None, status=403, page_kind="hidden_attachment", fetched_at=day(at))
    assert store.store(fetched("attachment-1", b"", fetches=(answer,), fetch_status="hidden", detail=SCAN, sha256=None))


@pytest.mark.parametrize("hide", [by_page, by_address])
def test_a_file_that_is_hidden_while_it_is_scanned_is_asked_for_again_the_next_nights(
    archive: Archive, store: Store, hide: Callable[[Store, float], None]
) -> None:
    store.store(thread(0, **SHOWN))
    store.store(file("attachment-1", 0))
    hide(store, 1)
    erase_confirmed(archive)
    assert archive.connection.execute("SELECT sha256 FROM attachments").fetchone() == (None,)
    looks = [1.0]
    while (found := check(archive))["why"] == "scan":
        looks.append((datetime.fromisoformat(found["next_check_at"]) - DAY) / timedelta(days=1))
        (due,) = queue.take(archive.connection, at=day(400), budget=None)
        assert (due.why, due.whole, due.cost) == ("scan", False, 2 + (hide is by_address))
        hide(store, looks[-1])
    assert [round(later - earlier) for earlier, later in pairwise(looks)] == [1, 2, 4, 8, 16]
    back = thread(looks[-1] + 1, **SHOWN)
    store.store(back)
    wanted = files_to_ask(archive, 7, back.page, whole=False, most=None)
    assert [one.id for one in wanted] == ["attachment-1"]
