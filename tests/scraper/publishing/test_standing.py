"""What is published of reviews, and where a request stands: by its letters, and by its label beside them."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.scraper.publishing.archives import Seeds, letter
from tests.scraper.publishing.conftest import Query

Published = Callable[..., Query]
REVIEW = (
    "SELECT asked_on, asked_message, due_on, due_at_latest, decided_on, decided_source, outcome, bucket FROM reviews"
)


def reviewed(seeds: Seeds, outcome: str, **fields: Any) -> None:
    """Refused on 20 March 2025; a review asked for on 1 April was decided on 6 May."""
    letter(seeds, 2, "2025-03-20", "refusal_notice", "withheld")
    seeds.message("outgoing-9", position=3, sent_at="2025-04-01T09:00:00+01:00")
    seeds.event(
        "followup_sent", "outgoing-9", created_at="2025-04-01T09:00:00+01:00", described_state="internal_review"
    )
    letter(seeds, 4, "2025-05-06", "internal_review_outcome", outcome, **fields)


@pytest.mark.parametrize(
    ("outcome", "citations", "told", "standing"),
    [
        ("review_upheld", [], "upheld", "fully_withheld"),
        ("review_overturned", [], "overturned", "granted_in_full"),
        (
            "review_overturned",
            [("FOIA", "40(2)", "relied_on", "section 40(2)")],
            "upheld_in_part",
            "partially_withheld",
        ),
        ("other", [], "not_known", "fully_withheld"),
    ],
)
def test_a_review_has_its_days_and_what_it_changed(
    asked: Seeds, published: Published, outcome: str, citations: list[Any], told: str, standing: str
) -> None:
    reviewed(asked, outcome, citations=citations)
    ask = published()
    days = ("2025-04-01", "outgoing-9", "2025-05-01", "2025-06-02", "2025-05-06")
    assert ask(REVIEW) == [(*days, "incoming-4", told, "21 to 40")]
    assert ask("SELECT working_days, basis, timing FROM reviews") == [(22, "guidance", "permitted_extension")]
    assert ask("SELECT outcome_class, initial_class, initial_outcome FROM requests") == [
        (standing, "fully_withheld", "withheld")
    ]


def test_a_label_set_later_tells_which_message_asked_for_a_review(asked: Seeds, published: Published) -> None:
    letter(asked, 2, "2025-03-20", "refusal_notice", "withheld")
    asked.message("outgoing-9", position=3, sent_at="2025-04-01T09:00:00+01:00")
    asked.event("followup_sent", "outgoing-9", created_at="2025-04-01T09:00:00+01:00")
    asked.event("status_update", created_at="2025-04-02T09:00:00+01:00", described_state="internal_review")
    ask = published()
    assert ask("SELECT asked_message, outcome, timing FROM reviews") == [("outgoing-9", "open", "overdue")]
    assert ask("SELECT kind FROM messages WHERE id = 'outgoing-9'") == [("internal_review_request",)]


def test_a_first_answer_ends_a_review_of_silence(asked: Seeds, published: Published) -> None:
    asked.message("outgoing-9", position=2, sent_at="2025-04-10T09:00:00+01:00")
    asked.event("followup_sent", "outgoing-9", described_state="internal_review")
    letter(asked, 3, "2025-04-15", "response", "disclosed_full")
    ask = published()
    assert ask("SELECT outcome, decided_on FROM reviews") == [("not_known", "2025-04-15")]
    assert ask("SELECT timing FROM clocks") == [("late",)]


@pytest.mark.parametrize(
    ("state", "outcome", "label", "standing", "agrees"),
    [
        ("successful", "disclosed_full", "granted_in_full", "granted_in_full", 1),
        ("partially_successful", "disclosed_part", "partially_withheld", "partially_withheld", 1),
        ("rejected", "withheld", "fully_withheld", "fully_withheld", 1),
        ("rejected", "ncnd", "fully_withheld", "fully_withheld", 1),
        ("rejected", "cost_limit", "fully_withheld", "fully_withheld", 1),
        ("rejected", "vexatious_or_repeat", "fully_withheld", "fully_withheld", 1),
        ("not_held", "not_held", "not_held", "not_held", 1),
        ("rejected", "disclosed_full", "fully_withheld", "granted_in_full", 0),
        ("waiting_response", "withheld", "not_yet_answered", "fully_withheld", 0),
        ("rejected", "accessible_elsewhere", "fully_withheld", "otherwise_accessible", None),
        ("rejected", "other", "fully_withheld", "not_known", None),
        ("internal_review", "withheld", None, "fully_withheld", None),
        ("gone_postal", "disclosed_full", None, "granted_in_full", None),
        ("a_new_label", "disclosed_full", None, "granted_in_full", None),
    ],
)
def test_label_and_letters_are_set_beside_each_other(
    asked: Seeds, published: Published, state: str, outcome: str, label: str | None, standing: str, agrees: int | None
) -> None:
    asked.archive.connection.execute("UPDATE requests SET described_state = ?", [state])
    letter(asked, 2, "2025-03-20", "response", outcome)
    ask = published()
    assert ask("SELECT label_class, outcome_class, label_agrees, outcome_source FROM requests") == [
        (label, standing, agrees, "reading")
    ]
    assert ask("SELECT label, agrees, requests, of_label FROM label_and_reading") == [(state, agrees, 1, 1)]
    percent = {0: "100.0", 1: "0.0", None: ""}[agrees]
    assert ask("SELECT value FROM about WHERE key LIKE 'label%disagree%' ORDER BY key") == [
        (percent,),
        (str(int(agrees == 0)),),
    ]


def test_a_label_older_than_the_newest_reply_is_not_compared(asked: Seeds, published: Published) -> None:
    asked.archive.connection.execute("UPDATE requests SET awaiting_description = 1")
    letter(asked, 2, "2025-03-20", "response", "disclosed_full")
    assert published()("SELECT label_class, label_agrees FROM requests") == [(None, None)]


FOUND = "SELECT outcome_class, outcome_source, outcome_message, outcome_event FROM requests"


@pytest.mark.usefixtures("asked")
def test_no_reply_at_all_is_found_from_the_messages(published: Published) -> None:
    assert published()(FOUND) == [("not_yet_answered", "message", "outgoing-1", None)]


def test_a_failed_sending_is_found_from_the_history(asked: Seeds, published: Published) -> None:
    event = asked.event("send_error", "outgoing-1")
    assert published()(FOUND) == [("not_delivered", "event", None, event)]


def test_a_reply_that_could_not_be_read_is_not_known(asked: Seeds, published: Published) -> None:
    asked.message("incoming-2", position=2, text="See attached.")
    assert published()(FOUND) == [("not_known", "message", "incoming-2", None)]


def test_a_question_that_was_answered_leaves_the_request_waiting(asked: Seeds, published: Published) -> None:
    letter(asked, 2, "2025-03-07", "clarification", "clarification")
    asked.message("outgoing-9", position=3)
    assert published()(FOUND) == [("not_yet_answered", "reading", "incoming-2", None)]
