"""A thread with what was read in it, found by message: a long one is gone through once, and not once a message."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from scraper.publishing.request.readings import PublishedReading
from scraper.publishing.request.threads import Event, Message, Thread


@dataclass(frozen=True, kw_only=True)
class Placed:
    """One request and its readings."""

    thread: Thread
    readings: Sequence[PublishedReading]

    def read_in(self, message: Message) -> Sequence[PublishedReading]:
        """What was read in a message and its files."""
        return self._read.get(message.id, ())

    def entries_of(self, message: Message) -> Sequence[Event]:
        """The entries of the history that are about a message."""
        return self._entries.get(message.id, ())

    def is_first_sent(self, message: Message) -> bool:
        """Whether it is the first of the requester's messages."""
        return message.id == self._first_sent

    def asks_for_review(self, message: Message) -> bool:
        """Whether the history labels a message of the requester as one that asks for an internal review.

        By its own entry, or where the label was set later, as that of the requester's last further message before it.
        """
        return message.direction == "outgoing" and message.id in self._asking

    @cached_property
    def _read(self) -> dict[str, list[PublishedReading]]:
        found: dict[str, list[PublishedReading]] = defaultdict(list)
        for reading in self.readings:
            found[reading.message.id].append(reading)
        return found

    @cached_property
    def _entries(self) -> dict[str | None, list[Event]]:
        found: dict[str | None, list[Event]] = defaultdict(list)
        for event in self.thread.events:
            found[event.message_id].append(event)
        return found

    @cached_property
    def _first_sent(self) -> str | None:
        return next((one.id for one in self.thread.messages if one.direction == "outgoing"), None)

    @cached_property
    def _asking(self) -> frozenset[str]:
        return frozenset(_labelled(self.thread.events))


def _labelled(events: Sequence[Event]) -> Iterator[str]:
    last: str | None = None
    for event in events:
        further = event.outgoing_message_id is not None and event.event_type != "sent"
        last = event.message_id if further else last
        labelled = "internal_review" in {event.described_state, event.calculated_state}
        if labelled and last is not None and (further or event.event_type == "status_update"):
            yield last
