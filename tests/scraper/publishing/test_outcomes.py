"""Which letter answers a request, and whether it came in time."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.scraper.publishing.archives import Seeds
from tests.scraper.publishing.conftest import Query

Published = Callable[..., Query]
ASKED = "SELECT outcome, outcome_reading, answered_on, late FROM requests"


def letter(seeds: Seeds, number: int, day: str, kind: str, outcome: str, **fields: Any) -> None:
    """An incoming message that was read so."""
    text = f"Letter {number}: section 40(2)."
    seeds.message(f"incoming-{number}", position=number, text=text, sent_at=f"{day}T10:00:00+00:00")
    seeds.reading(f"incoming-{number}", f"incoming-{number}", [text], kind=kind, outcome=outcome, **fields)


def test_the_latest_answer_that_says_what_was_done_decides(asked: Seeds, published: Published) -> None:
    letter(asked, 2, "2025-03-04", "acknowledgement", "acknowledgement")
    letter(asked, 3, "2025-03-20", "refusal_notice", "withheld")
    letter(asked, 4, "2025-05-01", "internal_review_outcome", "review_overturned")
    letter(asked, 5, "2025-05-09", "response", "other")
    letter(asked, 6, "2025-05-10", "other", "other")
    assert published()(ASKED) == [("review_overturned", "incoming-4", "2025-03-20", 0)]


def test_an_answer_that_does_not_say_is_better_than_none(asked: Seeds, published: Published) -> None:
    letter(asked, 2, "2025-03-04", "response", "other")
    assert published()(ASKED) == [("other", "incoming-2", "2025-03-04", 0)]


def test_within_a_message_the_weightiest_letter_decides(asked: Seeds, published: Published) -> None:
    letter(asked, 2, "2025-04-02", "response", "disclosed_full")
    pages = ["We refuse under section 40(2)."]
    asked.attachment(3, "incoming-2", asked.document(pages))
    asked.reading("attachment-3", "incoming-2", pages, kind="refusal_notice", outcome="withheld")
    ask = published()
    assert ask(ASKED) == [("withheld", "attachment-3", "2025-04-02", 1)]
    assert ask("SELECT kind FROM messages WHERE id = 'incoming-2'") == [("refusal_notice",)]


@pytest.mark.parametrize(("day", "late"), [("2025-04-01", 0), ("2025-04-02", 1)])
def test_the_due_day_is_in_time_and_the_next_is_late(asked: Seeds, published: Published, day: str, late: int) -> None:
    letter(asked, 2, day, "response", "disclosed_full")
    assert published()("SELECT due_on, late FROM requests") == [("2025-04-01", late)]


@pytest.mark.usefixtures("asked")
def test_silence_after_the_due_day_is_late(published: Published) -> None:
    assert published()(ASKED) == [(None, None, None, 1)]


def test_silence_before_the_due_day_is_not_known(asked: Seeds, published: Published) -> None:
    asked.archive.connection.execute("UPDATE requests SET last_checked_at = '2025-04-01T12:00:00Z'")
    assert published()(ASKED) == [(None, None, None, None)]


@pytest.mark.parametrize("state", ["gone_postal", "error_message", "user_withdrawn"])
def test_silence_that_has_another_reason_is_not_known(asked: Seeds, published: Published, state: str) -> None:
    asked.archive.connection.execute("UPDATE requests SET described_state = ?", [state])
    assert published()(ASKED) == [(None, None, None, None)]


def test_nothing_is_known_while_something_that_came_is_no_answer(asked: Seeds, published: Published) -> None:
    asked.message("incoming-2", position=2, text="See attached.")
    assert published()(ASKED) == [(None, None, None, None)]


def test_an_e_mail_dated_before_the_request_is_dated_by_the_site(asked: Seeds, published: Published) -> None:
    letter(asked, 2, "2005-01-01", "response", "disclosed_full")
    asked.event("response", "incoming-2", created_at="2025-03-10T09:00:00+00:00")
    assert published()(ASKED) == [("disclosed_full", "incoming-2", "2025-03-10", 0)]


@pytest.mark.parametrize(
    ("tags", "law_used", "regime", "due"),
    [
        (("scotland",), "foi", "FOISA", "2025-03-31"),
        (("scotland",), "eir", "EISR", "2025-03-31"),
        ((), "eir", "EIR", "2025-04-01"),
        (("foi_no",), "foi", None, None),
    ],
)
def test_the_law_is_that_of_the_authority(
    seeds: Seeds, published: Published, tags: tuple[str, ...], law_used: str, regime: str | None, due: str | None
) -> None:
    seeds.authority(tags=tags)
    seeds.request(law_used=law_used)
    seeds.message("outgoing-1")
    seeds.event("sent", "outgoing-1")
    assert published()("SELECT regime, due_on FROM requests") == [(regime, due)]


def test_a_night_in_summer_belongs_to_the_next_day(seeds: Seeds, published: Published) -> None:
    seeds.authority()
    seeds.request()
    seeds.event("sent", "outgoing-1", created_at="2025-06-30T23:30:00Z")
    assert published()("SELECT asked_on FROM requests") == [("2025-07-01",)]


def test_messages_of_the_requester_are_told_apart_by_the_history(asked: Seeds, published: Published) -> None:
    asked.message("outgoing-2", position=2)
    asked.event("followup_sent", "outgoing-2", described_state="internal_review")
    asked.message("outgoing-3", position=3)
    asked.event("followup_sent", "outgoing-3")
    ask = published()
    assert ask("SELECT kind FROM messages ORDER BY position") == [
        ("initial_request",),
        ("internal_review_request",),
        ("followup",),
    ]
    assert ask("SELECT event_type, message_id FROM events ORDER BY id")[1] == ("followup_sent", "outgoing-2")
