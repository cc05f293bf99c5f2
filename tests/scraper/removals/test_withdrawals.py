"""What was visible at the source and is no longer."""

from typing import Any

import pytest

from scraper.archive.database import Archive
from scraper.storing.store import Store
from tests.scraper.archive.samples import (
    attachment,
    fetch,
    fetched,
    hidden_attachment,
    hidden_message,
    message,
    refusal,
    request,
)

MAY, JUNE, JULY = (f"2025-0{month}-01T00:00:00Z" for month in (5, 6, 7))


def withdrawn(archive: Archive) -> list[tuple[Any, ...]]:
    return archive.connection.execute("SELECT subject, request_id, state FROM withdrawals ORDER BY subject").fetchall()


def refusals(archive: Archive) -> list[tuple[Any, ...]]:
    return archive.connection.execute("SELECT reason FROM refusals ORDER BY reason").fetchall()


class TestRequests:
    """403 hides a request; 404 may be a renaming."""

    @pytest.fixture(autouse=True)
    def stored(self, store: Store) -> None:
        store.store(request(7, "a_slug", [message(1)], fetched_at=MAY))

    @pytest.mark.parametrize("named", [{"slug": "a_slug"}, {"request_id": 7}, {"request_id": 7, "slug": "a_slug"}])
    def test_a_hidden_request_is_withdrawn_and_its_rows_wait(
        self, archive: Archive, store: Store, named: dict[str, Any]
    ) -> None:
        answer = fetch("/request/a_slug", b"Request has been removed", status=403, fetched_at=JUNE)
        store.store(refusal("/request/a_slug", "hidden", fetch=answer, **named))
        assert withdrawn(archive) == [("request/7", 7, "hidden")]
        assert refusals(archive) == [("hidden",)]
        assert archive.connection.execute("SELECT slug, last_checked_at FROM requests").fetchall() == [("a_slug", JUNE)]

    def test_one_that_comes_back_is_withdrawn_and_refused_no_more(self, archive: Archive, store: Store) -> None:
        store.store(refusal("/request/a_slug", "hidden", slug="a_slug"))
        store.store(request(7, "a_slug", [message(1)]))
        assert (withdrawn(archive), refusals(archive)) == ([], [])

    def test_one_still_hidden_keeps_the_day_it_was_first_seen_so(self, archive: Archive, store: Store) -> None:
        for day in (JUNE, JULY):
            answer = fetch("/request/a_slug", b"", status=403, fetched_at=day)
            store.store(refusal("/request/a_slug", "hidden", fetch=answer, slug="a_slug"))
        times = archive.connection.execute("SELECT first_seen_at, last_seen_at FROM withdrawals").fetchall()
        assert times == [(JUNE, JULY)]

    def test_a_slug_that_is_not_found_is_refused_and_not_withdrawn(self, archive: Archive, store: Store) -> None:
        store.store(refusal("/request/a_slug", "not_found", slug="a_slug"))
        store.store(refusal("/request/a_slug", "not_found", slug="a_slug", request_id=7))
        assert (withdrawn(archive), refusals(archive)) == ([], [("not_found",)])

    def test_one_that_is_not_found_by_id_is_withdrawn(self, archive: Archive, store: Store) -> None:
        store.store(refusal("/request/7", "not_found", request_id=7))
        assert withdrawn(archive) == [("request/7", 7, "not_found")]

    def test_an_unknown_request_is_only_refused(self, archive: Archive, store: Store) -> None:
        store.store(refusal("/request/never_seen", "hidden", slug="never_seen"))
        store.store(refusal("/request/99", "not_found", request_id=99))
        assert (withdrawn(archive), refusals(archive)) == ([], [("hidden",), ("not_found",)])

    def test_a_number_that_no_request_can_have_is_refused(self, archive: Archive, store: Store) -> None:
        assert not store.store(refusal("/request/" + "9" * 30, "not_found", request_id=int("9" * 30)))
        assert (withdrawn(archive), refusals(archive)) == ([], [("failed",)])

    @pytest.mark.parametrize("reason", ["robots", "challenge", "budget", "failed", "too_big"])
    def test_an_outage_or_a_limit_of_ours_is_never_a_withdrawal(
        self, archive: Archive, store: Store, reason: str
    ) -> None:
        store.store(refusal("/request/a_slug", reason, slug="a_slug", request_id=7))
        assert (withdrawn(archive), refusals(archive)) == ([], [(reason,)])

    def test_what_was_forgotten_here_stays_forgotten(self, archive: Archive, store: Store) -> None:
        archive.connection.execute(
            "INSERT INTO withdrawals (subject, request_id, state, first_seen_at, last_seen_at)"
            " VALUES ('request/7', 7, 'forgotten', ?, ?)",
            [MAY, MAY],
        )
        store.store(request(7, "a_slug", [message(1)]))
        store.store(refusal("/request/a_slug", "hidden", slug="a_slug"))
        assert withdrawn(archive) == [("request/7", 7, "forgotten")]


class TestParts:
    """Messages and files of a request that is still there."""

    def shown(self) -> Any:
        return request(messages=[message(1), message(2, attachments=(attachment(5, 2), attachment(6, 2)))])

    def test_what_was_always_hidden_was_never_withdrawn(self, archive: Archive, store: Store) -> None:
        store.store(request(messages=[hidden_message(1), message(2, attachments=(hidden_attachment(5),))]))
        assert withdrawn(archive) == []

    def test_each_is_entered_with_what_became_of_it(self, archive: Archive, store: Store) -> None:
        store.store(request(messages=[*self.shown().page.messages, message(3, attachments=(attachment(8, 3),))]))
        erased = message(2, attachments=(hidden_attachment(5, "erased"),))
        store.store(request(messages=[erased, hidden_message(3)]))
        assert withdrawn(archive) == [
            ("attachment-5", 7, "erased"),
            ("attachment-6", 7, "absent"),
            ("attachment-8", 7, "hidden"),  # its message was hidden with it
            ("incoming-1", 7, "absent"),
            ("incoming-3", 7, "hidden"),
        ]

    def test_a_hidden_body_of_a_message_counts_though_its_files_stay(self, archive: Archive, store: Store) -> None:
        store.store(self.shown())
        files = self.shown().page.messages[1].attachments
        bodiless = message(2, text=None, hidden_reason="It was removed.", attachments=files)
        store.store(request(messages=[message(1), bodiless]))
        assert withdrawn(archive) == [("incoming-2", 7, "hidden")]

    def test_what_comes_back_is_struck_out(self, archive: Archive, store: Store) -> None:
        store.store(self.shown())
        store.store(request(messages=[hidden_message(1)]))
        assert len(withdrawn(archive)) == 4
        store.store(self.shown())
        assert withdrawn(archive) == []

    def test_what_stays_hidden_is_seen_so_again(self, archive: Archive, store: Store) -> None:
        store.store(self.shown())
        for day in (JUNE, JULY):
            store.store(request(messages=[hidden_message(1)], fetched_at=day))
        times = archive.connection.execute("SELECT DISTINCT first_seen_at, last_seen_at FROM withdrawals").fetchall()
        assert times == [(JUNE, JULY)]

    def test_files_numbered_anew_are_not_withdrawn(self, archive: Archive, store: Store) -> None:
        store.store(self.shown())
        anew = (attachment(15, 2, name="Reply 5.pdf"), attachment(16, 2, name="Reply 6.pdf"))
        store.store(request(messages=[message(1), message(2, attachments=anew)]))
        assert withdrawn(archive) == []

    @pytest.mark.parametrize("state", ["hidden", "erased"])
    def test_a_file_found_hidden_while_fetching_is_withdrawn_if_it_was_held(
        self, archive: Archive, store: Store, state: str
    ) -> None:
        store.store(self.shown())
        store.store(fetched("attachment-5", b"bytes"))
        for number in (5, 6):
            store.store(fetched(f"attachment-{number}", b"403", fetch_status=state, sha256=None))
        assert withdrawn(archive) == [("attachment-5", 7, state)]
        store.store(fetched("attachment-5", b"bytes"))
        assert withdrawn(archive) == []
