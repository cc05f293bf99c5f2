"""What is published of the clock: what moved it, and on what that rests."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.scraper.publishing.archives import Seeds, letter
from tests.scraper.publishing.conftest import Query

Published = Callable[..., Query]
CLOCK = "SELECT regime, started_on, due_on, timing FROM clocks"


PENDING = ("FOIA", "43(2)", "claimed_pending_pit", "section 43(2)")
FURTHER = ("FOIA", "10(3)", "procedural", "section 10(3)")
UNTIL = ("extended_until", "2025-05-01", "by 1 May 2025")
VOLUMINOUS = ("EIR", "7(1)", "procedural", "regulation 7(1)")


def test_an_extension_rests_on_the_words_that_name_the_exemption(asked: Seeds, published: Published) -> None:
    letter(asked, 2, "2025-03-28", "holding", citations=[FURTHER, PENDING], signals=[UNTIL])
    letter(asked, 3, "2025-04-30", "refusal_notice", "withheld")
    ask = published()
    assert ask(
        "SELECT extension, extension_provision, extension_until, extension_working_days, timing FROM clocks"
    ) == [("public_interest", "FOIA 43(2)", "2025-05-01", 19, "permitted_extension")]
    assert ask("SELECT extension_bucket, due_on, first_due_on FROM clocks") == [
        ("16 to 20", "2025-05-01", "2025-04-01")
    ]
    told = """
    SELECT s.step, s.law, c.quote, g.quote, e.event_type FROM clock_steps AS s
    JOIN citations AS c ON c.id = s.citation_id JOIN signals AS g ON g.id = s.signal_id
    JOIN events AS e ON e.id = s.event_id
    """
    assert ask(told) == [("extended", "FOIA 10(3)", "section 43(2)", "by 1 May 2025", "response")]
    assert ask("SELECT due_on, timing, late FROM requests") == [("2025-05-01", "permitted_extension", 0)]


@pytest.mark.parametrize(
    ("day", "citations", "refused"),
    [
        ("2025-03-28", [FURTHER], "no_qualified_exemption"),
        ("2025-03-28", [FURTHER, ("FOIA", "40(2)", "claimed_pending_pit", "section 40(2)")], "no_qualified_exemption"),
        ("2025-03-28", [("FOIA", "43(2)", "possible_future", "section 43(2)")], "no_qualified_exemption"),
        ("2025-04-02", [FURTHER, PENDING], "too_late"),
    ],
)
def test_more_time_without_what_the_law_asks_for_is_not_permitted(
    asked: Seeds, published: Published, day: str, citations: list[Any], refused: str
) -> None:
    letter(asked, 2, day, "holding", citations=citations, signals=[UNTIL])
    letter(asked, 3, "2025-04-30", "refusal_notice", "withheld")
    ask = published()
    assert ask("SELECT extension, extension_refused, timing FROM clocks") == [("not_permitted", refused, "late")]
    assert ask("SELECT late, due_on FROM requests") == [(1, "2025-04-01")]


def test_a_holding_letter_that_takes_no_day_extends_nothing(asked: Seeds, published: Published) -> None:
    letter(asked, 2, "2025-03-28", "holding")
    assert published()("SELECT extension, timing FROM clocks") == [(None, "overdue")]


def test_words_about_extensions_in_an_acknowledgement_extend_nothing(asked: Seeds, published: Published) -> None:
    letter(asked, 2, "2025-03-04", "acknowledgement", "acknowledgement", citations=[FURTHER])
    assert published()("SELECT extension FROM clocks") == [(None,)]


def test_the_regulations_extend_by_their_own_rule_whatever_was_asked_under(asked: Seeds, published: Published) -> None:
    letter(asked, 2, "2025-03-28", "holding", citations=[VOLUMINOUS])
    letter(asked, 3, "2025-05-01", "response", "disclosed_full")
    ask = published()
    assert ask("SELECT regime, extension, timing FROM clocks") == [
        ("EIR", "complex_and_voluminous", "permitted_extension")
    ]
    assert ask("SELECT regime FROM requests") == [("FOIA",)]
    assert ask("SELECT citation_id FROM clock_steps WHERE step = 'regime_switched'") == [("incoming-2/citation/1",)]


def test_exceptions_relied_on_alone_tell_that_the_regulations_apply(asked: Seeds, published: Published) -> None:
    hands_over = ("FOIA", "39", "relied_on", "section 40(2)")
    exception = ("EIR", "12(5)(e)", "relied_on", "regulation 7(1)")
    letter(asked, 2, "2025-03-28", "refusal_notice", "withheld", citations=[hands_over, exception])
    assert published()("SELECT regime FROM clocks") == [("EIR",)]


def test_an_act_relied_on_beside_the_regulations_leaves_the_clock_of_the_act(
    asked: Seeds, published: Published
) -> None:
    act = ("FOIA", "40(2)", "relied_on", "section 40(2)")
    exception = ("EIR", "12(5)(e)", "relied_on", "regulation 7(1)")
    letter(asked, 2, "2025-03-28", "refusal_notice", "withheld", citations=[act, exception])
    assert published()("SELECT regime FROM clocks") == [("FOIA",)]


def test_the_clock_begins_anew_when_the_question_is_answered(asked: Seeds, published: Published) -> None:
    letter(asked, 2, "2025-03-07", "clarification", "clarification")
    asked.message("outgoing-9", position=3, sent_at="2025-04-07T09:00:00+01:00")
    asked.event("followup_sent", "outgoing-9", created_at="2025-04-07T09:00:00+01:00")
    letter(asked, 4, "2025-05-08", "response", "disclosed_full")
    ask = published()
    assert ask(CLOCK) == [("FOIA", "2025-04-07", "2025-05-08", "in_time")]
    assert ask("SELECT working_days FROM clocks") == [(20,)]
    assert ask("SELECT working_days_taken, answered_on, late FROM requests") == [(44, "2025-05-08", 0)]
    assert ask("SELECT step, message_id FROM clock_steps ORDER BY position") == [
        ("received", "outgoing-1"),
        ("clarification_asked", "incoming-2"),
        ("clarified", "outgoing-9"),
        ("answered", "incoming-4"),
        ("due", None),
    ]


def test_a_reply_that_only_asks_what_is_meant_is_no_answer(asked: Seeds, published: Published) -> None:
    letter(asked, 2, "2025-03-07", "response", "clarification")
    ask = published()
    assert ask("SELECT timing, due_on, held_from, held_for FROM clocks") == [
        ("on_hold", None, "2025-03-07", "clarification")
    ]
    assert ask("SELECT outcome, answered_on, outcome_class FROM requests") == [(None, None, "on_hold")]


def test_what_comes_back_with_a_failed_delivery_answers_nothing(asked: Seeds, published: Published) -> None:
    letter(asked, 2, "2025-03-04", "bounce")
    pages = ["Dear Wychwold District Council, what did it cost?"]
    asked.attachment(3, "incoming-2", asked.document(pages))
    asked.reading("attachment-3", "incoming-2", pages, kind="response", outcome="disclosed_full")
    ask = published()
    assert ask("SELECT outcome, answered_on, outcome_class, timing FROM requests") == [
        (None, None, "not_delivered", "not_known")
    ]
    assert ask("SELECT kind FROM messages WHERE id = 'incoming-2'") == [("bounce",)]


def test_a_cover_note_and_its_letter_are_one_extension(asked: Seeds, published: Published) -> None:
    letter(asked, 2, "2025-03-28", "holding", signals=[UNTIL])
    pages = ["We rely on section 43(2) and need until 1 May 2025 under section 10(3)."]
    asked.attachment(3, "incoming-2", asked.document(pages))
    asked.reading("attachment-3", "incoming-2", pages, kind="holding", outcome="other", citations=[FURTHER, PENDING])
    ask = published()
    assert ask("SELECT extension, extension_provision FROM clocks") == [("public_interest", "FOIA 43(2)")]
    assert ask("SELECT source FROM clock_steps WHERE step LIKE 'ext%'") == [("attachment-3",)]


def test_a_fee_holds_the_clock(asked: Seeds, published: Published) -> None:
    letter(asked, 2, "2025-03-07", "fees_notice")
    assert published()("SELECT timing, held_for, timing_reason FROM clocks") == [
        ("on_hold", "fee", "The authority asked for a fee.")
    ]


@pytest.mark.parametrize(
    ("day", "timing", "late"),
    [("2025-04-01", "in_time", 0), ("2025-04-02", "not_known", None), ("2025-06-03", "late", 1)],
)
def test_a_school_is_late_for_sure_after_sixty_days_alone(
    seeds: Seeds, published: Published, day: str, timing: str, late: int | None
) -> None:
    seeds.authority(tags=("school",))
    seeds.request()
    seeds.message("outgoing-1")
    seeds.event("sent", "outgoing-1")
    letter(seeds, 2, day, "response", "disclosed_full")
    ask = published()
    assert ask("SELECT school, due_on, due_at_latest, timing FROM clocks") == [(1, "2025-04-01", "2025-06-02", timing)]
    assert ask("SELECT late FROM requests") == [(late,)]


def test_an_authority_outside_the_law_has_no_clock(seeds: Seeds, published: Published) -> None:
    seeds.authority(tags=("foi_no",))
    seeds.request()
    seeds.message("outgoing-1")
    seeds.event("sent", "outgoing-1")
    ask = published()
    assert ask(CLOCK) == []
    assert ask("SELECT timing, due_on, late FROM requests") == [("not_known", None, None)]


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("transfer", "The authority passed the request on to another."),
        ("bounce", "The request could not be delivered."),
        ("other", "Something came that was not read as an answer."),
    ],
)
def test_silence_after_something_else_says_why_it_tells_nothing(
    asked: Seeds, published: Published, kind: str, reason: str
) -> None:
    letter(asked, 2, "2025-03-07", kind)
    assert published()("SELECT timing, timing_reason FROM clocks") == [("not_known", reason)]


def test_silence_after_an_acknowledgement_is_overdue(asked: Seeds, published: Published) -> None:
    letter(asked, 2, "2025-03-04", "acknowledgement", "acknowledgement")
    ask = published()
    assert ask(CLOCK) == [("FOIA", "2025-03-03", "2025-04-01", "overdue")]
    assert ask("SELECT late, outcome_class, outcome_source FROM requests") == [(1, "not_yet_answered", "reading")]


def test_the_view_counts_extensions_as_in_time(asked: Seeds, published: Published) -> None:
    letter(asked, 2, "2025-03-28", "holding", citations=[FURTHER, PENDING])
    letter(asked, 3, "2025-04-30", "refusal_notice", "withheld")
    view = (
        "SELECT requests, in_time, permitted_extension, late, percent_in_time, median_working_days FROM response_times"
    )
    assert published()(view) == [(1, 0, 1, 0, 100.0, 39.0)]
