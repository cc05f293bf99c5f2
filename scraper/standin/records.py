"""What the stand-in site knows: people, bodies, messages, files, events and what every letter truly says."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Literal

from parsers.letters.records import LetterKind, Outcome, Role
from parsers.records import Replies

Regime = Literal["FOIA", "EIR", "FOISA", "EISR"]
FileState = Literal["file", "hidden", "requester_only", "erased"]
Quirk = Literal["none", "masked_once", "wait"]
"""``masked_once``: the first answer is a redirect to the same address; ``wait``: a wait page comes first (6.4)."""


@dataclass(frozen=True, kw_only=True)
class LetterTruth:
    """What a letter says, known because it was written from this and not the other way round."""

    kind: LetterKind
    """One that relies on a provision and gives nothing is a refusal notice; one that gives a part is a response."""
    outcome: Outcome
    letter_date: date | None
    """The day the letter prints; ``None`` where it prints none."""
    request_date: date | None = None
    """The day of the request as the letter prints it."""
    references: tuple[str, ...] = ()
    relied_on: tuple[tuple[str, str], ...] = ()
    """``(regime, provision)`` of each ground the authority relies on."""
    supporting: tuple[tuple[str, str], ...] = ()
    """Named beside a ground and never counted as one: its conditions, data-protection law, another Act that forbids
    disclosure, and the provision that hands environmental information over to the Regulations."""
    mentioned: tuple[tuple[str, str, Role], ...] = ()
    """Provisions that the letter names without relying on them, with the reason why."""


@dataclass(frozen=True, kw_only=True)
class StandinAuthority:
    """A public body that does not exist."""

    id: int
    url_name: str
    name: str
    short_name: str
    kind: str
    nation: str
    domain: str
    tags: tuple[tuple[str, str | None], ...]
    notes: str
    weight: int
    created_at: datetime
    home_page: str
    publication_scheme: str
    disclosure_log: str
    old_names: tuple[str, ...] = ()
    updated_at: datetime | None = None
    """``None`` where nothing has changed since it was entered."""

    @property
    def eir_only(self) -> bool:
        """Whether it answers for environmental information only."""
        return ("eir_only", None) in self.tags

    @property
    def not_subject(self) -> bool:
        """Whether the law does not reach it at all."""
        return ("not_apply", None) in self.tags


@dataclass(frozen=True, kw_only=True)
class StandinUser:
    """Someone who asks. ``url_name`` is ``None`` for a requester who has no account here."""

    id: int
    name: str
    url_name: str | None
    kind: Literal["user", "external", "anonymous", "erased", "suspended"] = "user"


@dataclass(frozen=True, kw_only=True)
class StandinFile:
    """One file of one incoming message; the bytes are made when first asked for."""

    id: int
    part: int
    name: str
    media_type: str
    make: Callable[[], bytes]
    state: FileState = "file"
    reason: str | None = None
    quirk: Quirk = "none"
    delivery_note: str | None = None
    truth: LetterTruth | None = None
    text: str | None = None
    """The words of a letter in the file, for tests."""
    cleaned: Callable[[], bytes] | None = None
    """Makes the bytes without what is to be taken out of them, where something is."""

    @cached_property
    def data(self) -> bytes:
        """The bytes as the site serves them."""
        return self.make()

    @property
    def sha256(self) -> str:
        """Of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, kw_only=True)
class StandinMessage:
    """One message. Its words are stretches, each marked as quoted from an earlier message or not."""

    id: int
    direction: Literal["incoming", "outgoing"]
    sent_at: datetime
    stretches: tuple[tuple[str, bool], ...]
    author: str
    prominence: str = "normal"
    prominence_reason: str | None = None
    main_part_id: int | None = None
    main_part_hidden: str | None = None
    """The reason, where only the main text of an incoming message is hidden."""
    delivery_status: str | None = None
    files: tuple[StandinFile, ...] = ()
    truth: LetterTruth | None = None

    @property
    def anchor(self) -> str:
        """``incoming-7`` or ``outgoing-7``."""
        return f"{self.direction}-{self.id}"


@dataclass(frozen=True, kw_only=True)
class StandinComment:
    """An annotation."""

    id: int
    author: StandinUser
    created_at: datetime
    text: str
    visible: bool = True


@dataclass(frozen=True, kw_only=True)
class StandinEvent:
    """One entry of a request's history."""

    id: int
    event_type: str
    created_at: datetime
    described_state: str | None = None
    calculated_state: str | None = None
    last_described_at: datetime | None = None
    message: StandinMessage | None = None
    comment: StandinComment | None = None
    changed: tuple[str, ...] = ()
    """Names of the fields that an administrator changed, as ``/details`` shows them."""


@dataclass(frozen=True, kw_only=True)
class StandinRequest:
    """One request with all that happened to it."""

    id: int
    slug: str
    title: str
    authority: StandinAuthority
    user: StandinUser
    regime: Regime
    described_state: str
    calculated_status: str
    awaiting_description: bool
    prominence: str
    prominence_reason: str | None
    embargoed: bool
    due_on: date
    tags: tuple[tuple[str, str | None], ...]
    replies: Replies
    batch_id: int | None
    together: str | None
    """Requests with the same word here were sent by one person to several bodies in the same words."""
    former_slugs: tuple[str, ...]
    odd: tuple[str, ...]
    """Names of the odd things this request is there for (alaveteli.md part 9)."""
    events: tuple[StandinEvent, ...]

    @property
    def created_at(self) -> datetime:
        """When it was sent."""
        return self.events[0].created_at

    @property
    def law_used(self) -> str:
        """``eir`` for bodies that answer for nothing else, ``foi`` for all others, Scottish ones too (2.1)."""
        return "eir" if self.authority.eir_only else "foi"

    @property
    def readable(self) -> bool:
        """Whether a visitor gets the page."""
        return self.prominence in {"normal", "backpage"} and not self.embargoed

    @property
    def listed(self) -> bool:
        """Whether it is in lists."""
        return self.prominence == "normal" and not self.embargoed

    @cached_property
    def messages(self) -> tuple[StandinMessage, ...]:
        """Each message once, in the order of its first event."""
        found: dict[str, StandinMessage] = {}
        for event in self.events:
            if event.message is not None and event.event_type in SHOWN:
                found.setdefault(event.message.anchor, event.message)
        return tuple(found.values())

    @cached_property
    def comments(self) -> tuple[StandinComment, ...]:
        """Every annotation, hidden ones too."""
        return tuple(event.comment for event in self.events if event.event_type == "comment" and event.comment)


SHOWN = frozenset({"sent", "followup_sent", "response", "send_error"})
"""Types of events that are a message on the page (3.3)."""
INDEXED = frozenset({"sent", "followup_sent", "response", "comment"})
"""Types of events that lists know (1.2)."""
