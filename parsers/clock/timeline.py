"""The clock of one request: from the day it was received, through questions, fees and extensions, to its answer.

Each thing that happened is taken in order. A question to the requester by the day due stops the clock, and it begins
anew with the requester's next message (FOIA 1(3) and 10(6), EIR 9(2) and (4)). A fees notice stops it until the fee is
paid, on a day that nobody outside knows (FOIA 9(2) and 10(2), EIR 8(5) and (6)). A letter that takes more time extends
it where the law permits that. The first answer ends it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from parsers.clock.days import AccessRegime, due_day, working_days_between
from parsers.clock.laws import ANSWER, CLARIFICATION, EXTENSION, FEE, RESTART, answer_within
from parsers.clock.records import CALENDAR, Basis, Happening, HeldFor, Refused, Step, StepName, Taken, Timeline, Timing


def timeline(
    *,
    received: date,
    basis: Basis,
    regime: AccessRegime,
    school: bool,
    happenings: Sequence[Happening],
    looked: date | None,
    ended: str | None,
) -> Timeline:
    """The clock of a request that was received on a day and last looked at on another.

    ``happenings`` are in the order of the thread; those after the first answer are not looked at. ``ended`` says, in a
    sentence, why nothing can be told from silence; None where the request waits for an answer.
    """
    clock = _Clock(regime=regime, school=school, received=received, started=received)
    clock.begin(basis)
    for happening in happenings:
        clock.take(happening)
        if clock.answered is not None:
            break
    return clock.read(looked, ended)


@dataclass(kw_only=True)
class _Clock:
    regime: AccessRegime
    school: bool
    received: date
    started: date
    answered: date | None = None
    held_from: date | None = None
    held_for: HeldFor | None = None
    taken: Taken | None = None
    fee: bool = False
    steps: list[Step] = field(default_factory=list)

    @property
    def extended(self) -> bool:
        return self.taken is not None and self.taken.refused is None

    def due(self, *, latest: bool = False, extended: bool | None = None) -> date:
        """The last day for an answer as the clock stands."""
        extended = self.extended if extended is None else extended
        within = answer_within(self.regime, school=self.school, extended=extended)[latest]
        return due_day(self.started, regime=self.regime, within=within)

    def begin(self, basis: Basis) -> None:
        says = "The request was sent; the next working day is day 1."
        if self.school:
            says += " A school has 20 school days or 60 working days, whichever is sooner."
        self._step("received", self.received, ANSWER[self.regime], says, basis)

    def take(self, happening: Happening) -> None:
        """Move on by one happening."""
        match happening.kind:
            case "clarification_asked":
                self._clarification_asked(happening)
            case "requester_wrote":
                self._requester_wrote(happening)
            case "fee_asked":
                self._fee_asked(happening)
            case "more_time":
                self._more_time(happening)
            case "answered":
                self._answered(happening)

    def _clarification_asked(self, happening: Happening) -> None:
        if happening.day > self.due(latest=True):
            says = "The authority asks what is meant, after the last day for an answer: that does not stop the clock."
            self._step("clarification_asked", happening.day, None, says, happening.basis)
            return
        self.held_from, self.held_for = happening.day, "clarification"
        says = "The authority asks what is meant: the clock stands still until the requester says."
        self._step("clarification_asked", happening.day, CLARIFICATION[self.regime], says, happening.basis)

    def _requester_wrote(self, happening: Happening) -> None:
        if self.held_for != "clarification":
            return
        self.started = max(happening.day, self.started)
        self.held_from, self.held_for = (happening.day, "fee") if self.fee else (None, None)
        says = "The requester answers the question: the clock begins anew, with this day as day 0."
        self._step("clarified", happening.day, RESTART[self.regime], says, happening.basis)

    def _fee_asked(self, happening: Happening) -> None:
        if happening.day > self.due(latest=True):
            return
        self.fee, self.held_from, self.held_for = True, happening.day, "fee"
        says = "The authority asks for a fee: days until it is paid do not count, and when it was paid is not known."
        self._step("fee_asked", happening.day, FEE[self.regime], says, happening.basis)

    def _more_time(self, happening: Happening) -> None:
        refused = self._refused(happening)
        if self.extended or (refused and self.taken is not None):
            return
        rule = EXTENSION.get(self.regime)
        kind = happening.ground if refused or rule is None else rule.kind
        self.taken = Taken(
            kind=kind, day=happening.day, until=happening.until, exemption=happening.exemption, refused=refused
        )
        if refused:
            self._step("extension_not_permitted", happening.day, None, _WHY_NOT[refused], happening.basis)
        elif rule:
            self._step("extended", happening.day, rule.provision, self._extends(happening), happening.basis)

    def _refused(self, happening: Happening) -> Refused | None:
        rule = EXTENSION.get(self.regime)
        if rule is None or happening.ground not in {None, rule.kind}:
            return "no_such_extension"
        if happening.day > self.due(latest=True, extended=False):
            return "too_late"
        if rule.needs_exemption:
            return None if happening.exemption else "no_qualified_exemption"
        return None if happening.ground else "no_such_extension"

    def _extends(self, happening: Happening) -> str:
        until = f" It names {happening.until.day} {happening.until:%B %Y}." if happening.until else ""
        if self.regime == "FOIA":
            return (
                f"The authority names {happening.exemption} and takes more time to weigh the public interest: by "
                f"guidance no more than 20 further working days.{until}"
            )
        return f"The authority says that the request is complex and voluminous: 40 working days in all.{until}"

    def _answered(self, happening: Happening) -> None:
        self.answered, self.held_from = happening.day, None
        self._step("answered", happening.day, None, "The first letter read as an answer.", happening.basis)

    def _step(self, step: StepName, day: date, provision: str | None, says: str, basis: Basis) -> None:
        law = f"{self.regime} {provision}" if provision else None
        due = None if self.held_from else self.due()
        self.steps.append(Step(step=step, day=day, due=due, law=law, says=says, basis=basis))

    def read(self, looked: date | None, ended: str | None) -> Timeline:
        """What the clock says at the end."""
        timing, reason = self._judge() if self.answered else self._silent(looked, ended)
        due, latest = (None, None) if self.held_for else (self.due(), self.due(latest=True))
        if due is not None:
            self._step("due", due, None, "The last day for an answer.", CALENDAR)
        answered = self.answered
        return Timeline(
            regime=self.regime,
            school=self.school,
            received=self.received,
            started=self.started,
            first_due=due_day(self.received, regime=self.regime),
            due=due,
            due_at_latest=latest,
            held_from=self.held_from,
            held_for=self.held_for if self.held_from else None,
            extension=self.taken,
            extension_days=self._extension_days(),
            answered=answered,
            working_days=working_days_between(self.started, answered, regime=self.regime) if answered else None,
            timing=timing,
            reason=reason,
            steps=tuple(self.steps),
        )

    def _extension_days(self) -> int | None:
        if not self.extended or self.answered is None:
            return None
        return working_days_between(self.due(extended=False), self.answered, regime=self.regime)

    def _judge(self) -> tuple[Timing, str]:
        answered = self.answered or self.started
        if answered <= self.due(extended=False):
            return "in_time", "Answered within the first time limit."
        if answered <= self.due() and self.extended:
            return "permitted_extension", "Answered within an extension that the law permits."
        if answered <= self.due(latest=True):
            return "not_known", "A school may count school days alone, and those are not known here."
        if self.held_for == "clarification":
            return "not_known", "The authority asked what is meant; when and how it was told is not known."
        if self.fee:
            return "not_known", "A fee was asked for, and when it was paid is not known."
        return "late", "Answered after the last day."

    def _silent(self, looked: date | None, ended: str | None) -> tuple[Timing, str]:
        if ended or looked is None:
            return "not_known", ended or "When the request was last looked at is not known."
        if self.held_for is not None:
            return "on_hold", _ON_HOLD[self.held_for]
        if looked > self.due(latest=True):
            return "overdue", "No answer had come by the last look, and the last day had passed."
        if looked > self.due():
            return "not_known", "A school may count school days alone, and those are not known here."
        return "open", "No answer had come by the last look, and the last day had not passed."


_ON_HOLD: dict[HeldFor, str] = {
    "clarification": "The authority's question to the requester has had no answer.",
    "fee": "The authority asked for a fee.",
}
_WHY_NOT: dict[Refused, str] = {
    "too_late": "The authority takes more time after the last day for an answer: the law permits that only before it.",
    "no_qualified_exemption": "The authority takes more time and names no qualified exemption, as FOIA 10(3) asks.",
    "no_such_extension": "The authority takes more time that the law under which it answers does not give.",
}
