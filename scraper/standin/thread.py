"""One request while it is lived through: each call adds what happens next, and ``done`` gives the record."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

from parsers.records import Replies
from scraper.standin.calendar import TODAY, add_working_days, at
from scraper.standin.carriers import cover_truth, letter_file
from scraper.standin.dice import Dice
from scraper.standin.files import FileSpec
from scraper.standin.letters.draft import Case, Letter
from scraper.standin.letters.styles import LAWS, Style
from scraper.standin.letters.text import as_text, cover
from scraper.standin.records import (
    LetterTruth,
    Regime,
    StandinAuthority,
    StandinComment,
    StandinEvent,
    StandinFile,
    StandinMessage,
    StandinRequest,
    StandinUser,
)
from scraper.standin.topics import Topic

Carrier = Literal["body", "pdf", "docx"]
FIRST_NUMBERS = {
    "request": 100_400,
    "event": 2_400_000,
    "incoming": 610_000,
    "outgoing": 840_000,
    "comment": 41_000,
    "attachment": 1_300_000,
}


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is settled of a request before it is lived through."""

    number: int
    plot: str
    authority: StandinAuthority
    user: StandinUser
    topic: Topic
    start: date
    carrier: Carrier
    odd: tuple[str, ...] = ()
    batch_id: int | None = None
    together: str | None = None
    """What requests have in common that one person sent to several bodies in the same words; None for all others."""


@dataclass(kw_only=True)
class Numbers:
    """Hands out the site's numbers, each kind in its own row, with gaps as a real site has them."""

    _last: Counter[str] = field(default_factory=Counter)

    def next(self, kind: str) -> int:
        """The next number of that kind."""
        self._last[kind] += 1 + (self._last[kind] % 5 == 3)
        return FIRST_NUMBERS[kind] + self._last[kind]


class Thread:
    """A request in the making."""

    def __init__(self, plan: Plan, *, seed: int, numbers: Numbers, slug: str, style: Style) -> None:
        self.plan, self.seed, self.numbers, self.slug, self.style = plan, seed, numbers, slug, style
        self.dice = Dice(seed, "thread", plan.number)
        self.regime = regime_of(plan.authority, plan.topic)
        self.id = numbers.next("request")
        self.title, self.prominence = plan.topic.title, "normal"
        self.prominence_reason: str | None = None
        self.embargoed = False
        self.replies: Replies = "open"
        self.former_slugs: tuple[str, ...] = ()
        self.tags: tuple[tuple[str, str | None], ...] = ()
        self.events: list[StandinEvent] = []
        self.state, self.awaiting, self.started = "waiting_response", False, False
        self.day, self.asked = plan.start, plan.start
        self.moment = at(plan.start, self.dice.between(7, 21), self.dice.between(0, 59), self.dice.between(0, 59))
        self.reference = style.reference(self.dice.between(11, 9899), plan.start)
        self.officer = ""
        self.passer_by = plan.user

    # time

    def later(self, low: int, high: int | None = None) -> None:
        """Let some working days pass; the world never goes beyond its own today."""
        days = self.dice.between(low, high if high is not None else low)
        self.day = min(add_working_days(self.day, days), TODAY)
        moment = at(self.day, self.dice.between(8, 17), self.dice.between(0, 59), self.dice.between(0, 59))
        self.moment = moment if moment > self.moment else self.moment + timedelta(minutes=self.dice.between(3, 50))
        self.day = self.moment.date()

    # what happens

    def event(self, event_type: str, **details: Any) -> None:
        """Add an entry to the history."""
        self.events.append(
            StandinEvent(id=self.numbers.next("event"), event_type=event_type, created_at=self.moment, **details)
        )

    def write(
        self, text: str, *, event_type: str = "followup_sent", state: str | None = None, **details: Any
    ) -> StandinMessage:
        """The requester sends a message."""
        described = state or ("waiting_response" if event_type == "sent" else None)
        message = StandinMessage(
            id=self.numbers.next("outgoing"),
            direction="outgoing",
            sent_at=self.moment,
            stretches=((text, False),),
            author=self.author,
            delivery_status=self.dice.weighted({"delivered": 7, "unknown": 2, "sent": 1}),
            **details,
        )
        self.event(
            event_type,
            described_state=described,
            calculated_state=described,
            last_described_at=self.moment if described else None,
            message=message,
        )
        if described:
            self.state, self.awaiting = described, False
        return message

    def receive(
        self,
        text: str,
        *,
        files: Sequence[FileSpec] = (),
        truth: LetterTruth | None = None,
        quoted: str | None = None,
        first_part: int = 2,
        author: str | None = None,
        sent_at: datetime | None = None,
        **details: Any,
    ) -> StandinMessage:
        """A message comes in from the authority."""
        main_part = self.numbers.next("attachment") if first_part > 1 else None
        message = StandinMessage(
            id=self.numbers.next("incoming"),
            direction="incoming",
            sent_at=sent_at or self.moment,
            stretches=((text, False), *(((quoted, True),) if quoted else ())),
            author=self.plan.authority.name if author is None else author,
            main_part_id=main_part,
            files=self._files(files, first_part),
            truth=truth,
            **details,
        )
        self.event("response", message=message)
        self.awaiting = True
        return message

    def _files(self, specs: Sequence[FileSpec], first_part: int) -> tuple[StandinFile, ...]:
        files = []
        for offset, spec in enumerate(specs):
            fields = {name: getattr(spec, name) for name in FileSpec.__dataclass_fields__}
            fields["part"] = spec.part or first_part + offset
            files.append(StandinFile(id=self.numbers.next("attachment"), **fields))
        return tuple(files)

    def describe(self, state: str) -> None:
        """Someone says what the last answer was; the answer before takes the label over (2.6)."""
        for index in range(len(self.events) - 1, -1, -1):
            event = self.events[index]
            if event.event_type == "response":
                self.events[index] = replace(event, calculated_state=state, last_described_at=self.moment)
                break
        self.event(
            "status_update",
            described_state=state,
            calculated_state=state,
            last_described_at=self.moment,
            changed=("described_state",) if state != self.state else (),
        )
        self.state, self.awaiting = state, False

    def comment(self, text: str, author: StandinUser, *, visible: bool = True) -> StandinComment:
        """Someone leaves an annotation."""
        comment = StandinComment(
            id=self.numbers.next("comment"), author=author, created_at=self.moment, text=text, visible=visible
        )
        self.event("comment", comment=comment)
        return comment

    # letters

    @property
    def author(self) -> str:
        """The requester's name as the page prints it."""
        return self.plan.user.name or "An anonymous user"

    @property
    def law(self) -> str:
        """The full name of the law that applies."""
        return LAWS[self.regime][0]

    def case(self) -> Case:
        """What a letter writer knows at this moment."""
        topic = self.plan.topic
        return Case(
            authority=self.plan.authority,
            style=self.style,
            requester=self.plan.user.name if self.plan.user.kind in {"user", "external", "suspended"} else "requester",
            title=topic.title,
            subject=topic.subject,
            items=topic.items,
            theme=topic.theme,
            regime=self.regime,
            asked=self.asked,
            today=self.day,
            reference=self.reference,
            officer=self.officer,
            dice=Dice(self.seed, "letter", self.plan.number, len(self.events)),
        )

    def answer(self, write: Callable[[Case], Letter], *, carrier: Carrier | None = None, **details: Any) -> LetterTruth:
        """The authority writes, in the body of a message or in a file that a short message carries."""
        letter = write(self.case())
        way = carrier or self.plan.carrier
        author = details.pop("author", None) or self._sender()
        if way == "body":
            with_date = self.dice.chance(0.3)
            truth = letter.truth if with_date else replace(letter.truth, letter_date=None)
            self.receive(as_text(letter, with_date=with_date), truth=truth, author=author, **details)
            return truth
        spec = letter_file(letter, way, dice=self.dice)
        extra = list(details.pop("files", ()))
        names = [spec.name, *(other.name for other in extra)]
        self.receive(cover(letter, names), files=[spec, *extra], truth=cover_truth(letter), author=author, **details)
        return letter.truth

    def _sender(self) -> str:
        name = self.plan.authority.name
        return self.dice.pick((name, f"FOI Team, {name}", f"{self.officer}, {name}", f"Information Requests, {name}"))

    def done(self) -> StandinRequest:
        """The finished record."""
        due = add_working_days(self.asked, 20)
        return StandinRequest(
            id=self.id,
            slug=self.slug,
            title=self.title,
            authority=self.plan.authority,
            user=self.plan.user,
            regime=self.regime,
            described_state=self.state,
            calculated_status=calculated(self.state, awaiting=self.awaiting, due_on=due),
            awaiting_description=self.awaiting,
            prominence=self.prominence,
            prominence_reason=self.prominence_reason,
            embargoed=self.embargoed,
            due_on=due,
            tags=self.tags,
            replies=self.replies,
            batch_id=self.plan.batch_id,
            together=self.plan.together,
            former_slugs=self.former_slugs,
            odd=self.plan.odd,
            events=tuple(self.events),
        )


def regime_of(authority: StandinAuthority, topic: Topic) -> Regime:
    """Which law a request falls under."""
    if authority.nation == "scotland":
        return "EISR" if topic.environmental else "FOISA"
    return "EIR" if topic.environmental or authority.eir_only else "FOIA"


def calculated(state: str, *, awaiting: bool, due_on: date, today: date = TODAY) -> str:
    """The status as the site works it out today (2.6)."""
    if awaiting and state != "user_withdrawn":
        return "waiting_classification"
    if state != "waiting_response":
        return state
    if add_working_days(due_on, 20) < today:
        return "waiting_response_very_overdue"
    return "waiting_response_overdue" if due_on < today else "waiting_response"
