"""The clock of a request: cases by hand, and what must hold for every one."""

import dataclasses
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.clock import AccessRegime, due_day, is_working_day, working_days_between
from parsers.clock.laws import ExtensionKind
from parsers.clock.records import Basis, Happening, Timeline
from parsers.clock.timeline import timeline
from tests.golden import Golden, case_id, cases

CASES = cases(Path(__file__).parent / "cases")
RECEIVED = date(2024, 6, 3)


def run(told: dict[str, Any]) -> Timeline:
    """The clock of a case; each happening rests on a message with its number."""
    happenings = []
    for number, happening in enumerate(told["happenings"], start=2):
        days: Any = {key: date.fromisoformat(happening.pop(key)) for key in ("day", "until") if happening.get(key)}
        happenings.append(Happening(**happening, **days, basis=Basis(message=f"message-{number}")))
    return timeline(
        received=date.fromisoformat(told["received"]),
        basis=Basis(message="message-1"),
        regime=told["regime"],
        school=told["school"],
        happenings=happenings,
        looked=date.fromisoformat(told["looked"]),
        ended=told["ended"],
    )


def plain(found: Timeline) -> dict[str, Any]:
    """The clock without what is empty."""
    told = dataclasses.asdict(found, dict_factory=lambda pairs: {k: _plain(v) for k, v in pairs if v is not None})
    return {key: value for key, value in told.items() if value != {}}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_a_case_by_hand(case: Path, golden: Golden) -> None:
    told = json.loads((case / "input.json").read_text(encoding="utf-8"))
    golden.check(case / "expected.json", plain(run(told)))


REGIMES = st.sampled_from(["FOIA", "EIR", "FOISA", "EISR"])
DAYS = st.integers(0, 200).map(lambda number: RECEIVED + timedelta(days=number))
KINDS = st.sampled_from(["clarification_asked", "requester_wrote", "fee_asked", "more_time"])
CLAIMS: st.SearchStrategy[ExtensionKind | None] = st.sampled_from([None, "public_interest", "complex_and_voluminous"])


@st.composite
def stories(draw: st.DrawFn) -> list[Happening]:
    """What may happen to a request, by day, without an answer."""
    told = sorted(draw(st.lists(st.tuples(DAYS, KINDS), max_size=6)))
    return [
        Happening(
            kind=kind,  # type: ignore[arg-type]  # of the list above
            day=day,
            basis=Basis(message=str(number)),
            ground=draw(CLAIMS) if kind == "more_time" else None,
            exemption=draw(st.sampled_from([None, "FOIA 43(2)"])) if kind == "more_time" else None,
        )
        for number, (day, kind) in enumerate(told)
    ]


def clock(
    regime: AccessRegime, happenings: list[Happening], *, school: bool = False, looked: date = date(2025, 6, 1)
) -> Timeline:
    return timeline(
        received=RECEIVED,
        basis=Basis(),
        regime=regime,
        school=school and regime == "FOIA",
        happenings=happenings,
        looked=looked,
        ended=None,
    )


def answer(day: date) -> Happening:
    return Happening(kind="answered", day=day, basis=Basis(message="answer"))


@given(REGIMES, stories(), st.booleans())
def test_the_days_due_are_in_order_and_working_days(regime: AccessRegime, story: list[Happening], school: bool) -> None:
    found = clock(regime, story, school=school)
    assert found.started >= RECEIVED
    assert found.first_due == due_day(RECEIVED, regime=regime)
    if found.due is None or found.due_at_latest is None:
        assert found.held_for is not None
        return
    assert found.first_due <= found.due <= found.due_at_latest
    assert is_working_day(found.due, regime=regime)
    assert (found.due == found.due_at_latest) == (not found.school)


@given(REGIMES, stories(), DAYS, st.booleans())
def test_an_answer_is_judged_by_the_working_days_that_count(
    regime: AccessRegime, story: list[Happening], day: date, school: bool
) -> None:
    before = [happening for happening in story if happening.day <= day]
    found = clock(regime, [*before, answer(day)], school=school)
    days = working_days_between(found.started, day, regime=regime)
    assert found.working_days == days
    if found.timing == "in_time":
        assert days <= 20
    elif found.timing == "permitted_extension":
        assert 20 < days <= 40 or found.school
        assert regime != "FOISA"
    elif found.timing == "late":
        assert days > 20
        assert found.due_at_latest is not None
        assert day > found.due_at_latest
    else:
        assert found.timing == "not_known"


@given(REGIMES, stories(), DAYS)
def test_what_comes_after_the_answer_moves_nothing(regime: AccessRegime, story: list[Happening], day: date) -> None:
    before = [happening for happening in story if happening.day <= day]
    after = [happening for happening in story if happening.day > day]
    assert clock(regime, [*before, answer(day)]) == clock(regime, [*before, answer(day), *after])


@given(REGIMES, DAYS, DAYS, CLAIMS)
def test_more_time_never_shortens_it_and_is_never_given_after_the_day(
    regime: AccessRegime, claimed: date, answered: date, ground: Any
) -> None:
    claim = Happening(kind="more_time", day=claimed, basis=Basis(), ground=ground, exemption="FOIA 43(2)")
    without, found = clock(regime, []), clock(regime, [claim])
    assert without.due is not None
    assert found.due is not None
    assert found.due >= without.due
    assert found.due <= due_day(RECEIVED, regime=regime, within=40)
    if found.due > without.due:
        assert claimed <= without.due
        assert found.extension is not None
        assert found.extension.refused is None
    if answered >= claimed and clock(regime, [answer(answered)]).timing == "in_time":
        assert clock(regime, [claim, answer(answered)]).timing == "in_time"


@given(REGIMES, stories(), DAYS)
def test_silence_ends_on_hold_open_or_overdue(regime: AccessRegime, story: list[Happening], looked: date) -> None:
    found = clock(regime, story, looked=looked)
    assert found.timing in {"open", "overdue", "on_hold"}
    assert (found.timing == "on_hold") == (found.held_from is not None)
    if found.due_at_latest is not None:
        assert (found.timing == "overdue") == (looked > found.due_at_latest)


@given(REGIMES, stories())
def test_each_step_rests_on_something_but_the_calendar_s(regime: AccessRegime, story: list[Happening]) -> None:
    found = clock(regime, story)
    for step in found.steps:
        assert step.says
        assert step.step in {"due", "received"} or step.basis.message is not None
    assert found.due is None or (found.steps[-1].step, found.steps[-1].day) == ("due", found.due)
