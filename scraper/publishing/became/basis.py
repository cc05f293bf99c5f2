"""Where in a thread something rests: the days of its messages, and the ids under which rows are published."""

from datetime import date
from functools import lru_cache

from parsers.clock import local_day
from parsers.clock.records import Basis
from scraper.publishing.request.placed import Placed
from scraper.publishing.request.readings import PublishedReading
from scraper.publishing.request.threads import Message, Thread


@lru_cache(maxsize=4096)
def day_of(moment: str | None) -> date | None:
    """The day of a time as the site or a letter gives it; None where it gives none that can be read."""
    try:
        return local_day(moment) if moment else None
    except ValueError:
        return None


def day_of_message(placed: Placed, message: Message, *, after: date | None) -> date | None:
    """The day of a message: of the e-mail, or of the site's entry where that gives none or one before ``after``."""
    days = filter(None, map(day_of, [message.sent_at, *(event.created_at for event in placed.entries_of(message))]))
    return next((day for day in days if after is None or day >= after), None)


def sending(thread: Thread) -> tuple[date | None, Basis]:
    """The day on which the request was sent, by the history or by its first message, and what says so."""
    sent = [(day_of(event.created_at), event) for event in thread.events if event.event_type == "sent"]
    told = [(day, event) for day, event in sent if day is not None]
    if told:
        day, event = min(told, key=lambda each: (each[0], each[1].id))
        known = {message.id for message in thread.messages}
        return day, Basis(event=event.id, message=event.message_id if event.message_id in known else None)
    if sent:
        return None, Basis()
    written = [(day_of(one.sent_at), one) for one in thread.messages if one.direction == "outgoing"]
    days = [(day, one.id) for day, one in written if day is not None]
    return (min(days)[0], Basis(message=min(days)[1])) if days else (None, Basis())


def basis_of(
    placed: Placed,
    message: Message,
    reading: PublishedReading | None = None,
    *,
    citation: int | None = None,
    signal: int | None = None,
) -> Basis:
    """What rests on a message: its entry, and of a reading the citation and the signal with these numbers, from 0."""
    event = next((event.id for event in placed.entries_of(message)), None)
    source = reading.source if reading else None
    return Basis(
        event=event,
        message=message.id,
        reading=source,
        citation=f"{source}/citation/{citation + 1}" if citation is not None else None,
        signal=f"{source}/signal/{signal + 1}" if signal is not None else None,
    )
