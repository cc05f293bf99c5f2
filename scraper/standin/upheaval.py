"""The plan of a year: which changes come over which requests and bodies, and when the site is not to be had."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scraper.standin.bodies_changed import BodyChange, plan_bodies
from scraper.standin.changes import Change, ChangeKind
from scraper.standin.dice import Dice
from scraper.standin.outages import Outage, plan_outages
from scraper.standin.planting import PLANTED_TYPES, secret_word
from scraper.standin.records import StandinMessage, StandinRequest
from scraper.standin.slugs import slugged
from scraper.standin.world import World

HOW_MANY: dict[ChangeKind, int] = {
    "hidden": 5, "requester_only": 2, "deleted": 2, "embargoed": 2, "backpage": 2, "retitled": 4, "moved": 3,
    "message_hidden": 4, "outgoing_hidden": 2, "destroyed": 2, "comment_hidden": 2, "censored": 6,
    "requester_erased": 3, "file_hidden": 3, "file_erased": 3, "file_replaced": 3, "file_censored": 3,
    "file_renamed": 3, "file_scanned": 3, "reparsed": 3,
}  # fmt: skip
"""Of 300 requests in a year: more than a real site would have, so that each kind is met. At least one of each."""
FIRST_EVENT = 9_000_000
_SETTLED = timedelta(days=2)
"""What is to be taken away is there for so long before, so that a visitor may have seen it."""


@dataclass(frozen=True, kw_only=True)
class Upheaval:
    """Everything that is done to the site between two moments."""

    changes: tuple[Change, ...]
    """By moment."""
    bodies: tuple[BodyChange, ...]
    outages: tuple[Outage, ...]


QUIET = Upheaval(changes=(), bodies=(), outages=())


def plan_upheaval(world: World, first: datetime, last: datetime) -> Upheaval:
    """Seeded by the world: the same world and span have the same year."""
    planner = _Planner(world, first, last)
    changes = sorted(planner.changes(), key=lambda change: change.at)
    bodies = plan_bodies(world, first, last)
    return Upheaval(changes=tuple(changes), bodies=bodies, outages=plan_outages(world.seed, first, last))


@dataclass(frozen=True, kw_only=True)
class _Target:
    """What a change may fall upon, and since when that is there."""

    since: datetime
    message: str | None = None
    file: int | None = None
    comment: int | None = None
    was: str = ""


class _Planner:
    def __init__(self, world: World, first: datetime, last: datetime) -> None:
        self.world, self.first, self.last = world, first, last
        self.share = world.size / 300
        self.dice = Dice(world.seed, "upheaval")
        # What is odd from the start has a story of its own, and so have batches.
        self.left = self.dice.shuffled([one for one in world.requests if not one.odd and one.batch_id is None])
        self.number = FIRST_EVENT

    def changes(self) -> Iterator[Change]:
        for kind, many in HOW_MANY.items():
            for _ in range(max(1, round(many * self.share))):
                yield from self._one(kind)

    def _one(self, kind: ChangeKind) -> Iterator[Change]:
        """The change on the first request that can bear it; nothing where none is left that can."""
        for place, request in enumerate(self.left):
            target = self._target(kind, request)
            if target is not None:
                del self.left[place]
                change = self._change(kind, request, target)
                yield change
                yield from self._after(change)
                return

    def _target(self, kind: ChangeKind, request: StandinRequest) -> _Target | None:
        fitting = [one for one in _TARGETS[kind](request) if one.since + _SETTLED < self.last]
        return self.dice.pick(fitting) if fitting else None

    def _change(self, kind: ChangeKind, request: StandinRequest, target: _Target) -> Change:
        earliest = max(self.first, target.since) + _SETTLED
        at = earliest + (self.last - earliest) * self.dice.fraction()
        if kind == "file_scanned":  # by night, when the crawler comes
            at = at.replace(hour=1)
        self.number += 1
        secret = (
            None if kind in {"moved", "file_scanned", "reparsed"} else secret_word(self.world.seed, kind, request.id)
        )
        return Change(
            kind=kind,
            at=at.replace(microsecond=0),
            request=request.id,
            event=self.number,
            message=target.message,
            file=target.file,
            comment=target.comment,
            secret=secret,
            was=self._other_body(request) if kind == "moved" else target.was,
            slug=request.slug,
        )

    def _other_body(self, request: StandinRequest) -> str:
        known = self.world.by_authority
        others = [body for body in self.world.authorities if known[body.url_name] and body != request.authority]
        return self.dice.pick(others).url_name

    def _after(self, change: Change) -> Iterator[Change]:
        """What is taken back: workbooks once they were looked through, and one hidden request in three."""
        again: ChangeKind
        if change.kind == "file_scanned":
            again, wait = "file_back", timedelta(hours=6)
        elif change.kind == "hidden" and self.dice.chance(1 / 3):
            again, wait = "shown_again", (self.last - change.at) * self.dice.fraction()
        else:
            return
        self.number += 1
        yield replace(change, kind=again, at=(change.at + wait).replace(microsecond=0), event=self.number)


def _whole(request: StandinRequest) -> Iterator[_Target]:
    if request.readable:
        yield _Target(since=request.created_at)


def _renamable(request: StandinRequest) -> Iterator[_Target]:
    # A slug with a number behind it would leave a gap for others to take.
    if request.slug == slugged(request.title):
        yield _Target(since=request.created_at, was=request.title)


def _asked_by_name(request: StandinRequest) -> Iterator[_Target]:
    if request.user.kind == "user":
        yield _Target(since=request.created_at)


def _messages(direction: str) -> Callable[[StandinRequest], Iterator[_Target]]:
    def targets(request: StandinRequest) -> Iterator[_Target]:
        for message, since in _shown(request):
            if message.direction == direction and message.anchor != request.messages[0].anchor:
                yield _Target(since=since, message=message.anchor)

    return targets


def _any_message(request: StandinRequest) -> Iterator[_Target]:
    for message, since in _shown(request):
        yield _Target(since=since, message=message.anchor)


def _with_files(request: StandinRequest) -> Iterator[_Target]:
    for message, since in _shown(request):
        if message.files:
            yield _Target(since=since, message=message.anchor)


def _files(types: Sequence[str] | frozenset[str]) -> Callable[[StandinRequest], Iterator[_Target]]:
    def targets(request: StandinRequest) -> Iterator[_Target]:
        for message, since in _shown(request):
            for file in message.files:
                if file.media_type in types and file.state == "file":
                    yield _Target(since=since, message=message.anchor, file=file.id, was=file.name)

    return targets


def _comments(request: StandinRequest) -> Iterator[_Target]:
    for comment in request.comments:
        if comment.visible:
            yield _Target(since=comment.created_at, comment=comment.id)


def _shown(request: StandinRequest) -> Iterator[tuple[StandinMessage, datetime]]:
    """Messages with the times at which they came, which are not those that they print."""
    seen: set[str] = set()
    for event in request.events:
        message = event.message
        if message is not None and message.prominence == "normal" and message.anchor not in seen:
            seen.add(message.anchor)
            yield message, event.created_at


_TARGETS: dict[ChangeKind, Callable[[StandinRequest], Iterator[_Target]]] = {
    **dict.fromkeys(("hidden", "requester_only", "deleted", "embargoed", "backpage", "moved"), _whole),
    "retitled": _renamable,
    "message_hidden": _messages("incoming"),
    "outgoing_hidden": _messages("outgoing"),
    "destroyed": _messages("incoming"),
    "comment_hidden": _comments,
    "censored": _any_message,
    "requester_erased": _asked_by_name,
    **dict.fromkeys(("file_hidden", "file_erased", "file_replaced", "file_censored"), _files(PLANTED_TYPES)),
    "file_renamed": _files(PLANTED_TYPES),
    "file_scanned": _files(frozenset({"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"})),
    "reparsed": _with_files,
}
