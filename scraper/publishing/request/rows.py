"""The rows of one request, table by table."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from parsers.errors import ParseError
from parsers.letters.records import RELIED_ON
from parsers.wdtk.urls import SiteUrls
from scraper.publishing.became.basis import day_of
from scraper.publishing.became.clock_rows import clock_tables, request_columns
from scraper.publishing.became.kinds import kind_of_message
from scraper.publishing.became.outcomes import Outcome
from scraper.publishing.request.attached import Attachment, for_readers
from scraper.publishing.request.law import counted, hands_over, provision_id, section_of
from scraper.publishing.request.masker import ThreadMasker
from scraper.publishing.request.placed import Placed
from scraper.publishing.request.readings import Fact, PublishedReading, Readings
from scraper.publishing.request.threads import Message, Thread

Row = dict[str, Any]


class ThreadRows:
    """Everything that is published of one request."""

    def __init__(
        self,
        thread: Thread,
        masker: ThreadMasker,
        readings: Readings,
        outcome: Outcome,
        urls: SiteUrls,
    ) -> None:
        self._thread, self._masker, self._outcome = thread, masker, outcome
        self._readings, self._stale = readings.published, readings.stale
        self._placed = Placed(thread=thread, readings=readings.published)
        self._id: int = thread.request["id"]
        self._slug = _public_slug(thread, masker)
        self._url = urls.request_by_id(self._id) if self._slug.startswith("#") else urls.request(self._slug)
        self._urls = urls

    def tables(self) -> dict[str, list[Row]]:
        """Rows by table."""
        return {
            "requests": [self._request()],
            "messages": [self._message(message) for message in self._thread.messages],
            "events": list(self._events()),
            "attachments": [self._attachment(attachment) for attachment in self._thread.attachments],
            "findings": list(self._findings()),
            "pages": list(self._pages()),
            "readings": [self._reading(reading) for reading in self._readings],
            "signals": list(self._signals()),
            "letter_references": list(self._references()),
            "citations": list(self._citations()),
            **clock_tables(self._id, self._outcome),
        }

    def _request(self) -> Row:
        request = self._thread.request
        copied = (
            "id",
            "law_used",
            "described_state",
            "display_status",
            "replies",
            "batch_id",
            "last_checked_at",
        )
        read = sum(reading.message.direction == "incoming" for reading in self._readings)
        return (
            {column: request[column] for column in copied}
            | request_columns(self._outcome)
            | {
                "slug": self._slug,
                "title": self._masker.short(request["title"]),
                "url": self._url,
                "authority_id": self._thread.authority.id,
                "letters_read": read,
                "letters_out_of_date": self._stale,
            }
        )

    def _message_url(self, message_id: str) -> str:
        return f"{self._url}#{message_id}"

    def _message(self, message: Message) -> Row:
        masked = self._masker.published(message.id)
        return {
            "id": message.id,
            "request_id": self._id,
            "position": message.position,
            "direction": message.direction,
            "sender": self._thread.authority.name if message.direction == "incoming" else "requester",
            "kind": kind_of_message(self._placed, message),
            "sent_at": message.sent_at,
            "prominence": message.prominence,
            "text": masked.text if masked else None,
            "hidden_reason": self._masker.short(message.hidden_reason),
            "url": self._message_url(message.id),
        }

    def _events(self) -> Iterator[Row]:
        known = {message.id for message in self._thread.messages}
        for event in self._thread.events:
            yield {
                "id": event.id,
                "request_id": self._id,
                "event_type": event.event_type,
                "created_at": event.created_at,
                "described_state": event.described_state,
                "calculated_state": event.calculated_state,
                "message_id": event.message_id if event.message_id in known else None,
                "display_status": event.display_status,
            }

    def _attachment(self, attachment: Attachment) -> Row:
        name = self._masker.file_name(attachment.name)
        return {
            "id": attachment.id,
            "message_id": attachment.message_id,
            "parent_id": attachment.parent_id,
            "request_id": self._id,
            "position": attachment.position,
            "name": name,
            "state": attachment.state,
            "document_type": attachment.document_type,
            "size": attachment.size,
            "sha256": attachment.sha256,
            "read_status": _read_status(attachment),
            "read_detail": self._masker.short(for_readers(attachment.document_detail) or attachment.fetch_detail),
            "held_back": attachment.held_back,
            "page_count": len(attachment.pages) or None,
            "url": self._attachment_url(attachment.attached or attachment),
        }

    def _attachment_url(self, attachment: Attachment) -> str:
        """Its message's address where its own may name a person, or is none that can be asked for."""
        name = self._masker.file_name(attachment.name)
        if attachment.url is not None and name == attachment.name and not self._slug.startswith("#"):
            with suppress(ParseError):
                return self._urls.attachment(attachment.url)
        return self._message_url(attachment.message_id)

    def _findings(self) -> Iterator[Row]:
        for attachment in self._thread.attachments:
            for kind in attachment.hidden:
                yield {
                    "id": f"{attachment.id}/{kind}",
                    "attachment_id": attachment.id,
                    "request_id": self._id,
                    "kind": kind,
                }

    def _pages(self) -> Iterator[Row]:
        for attachment in self._thread.attachments:
            for number, _, source, confidence in attachment.pages:
                masked = self._masker.published((attachment.id, number))
                yield {
                    "id": f"{attachment.id}/{number}",
                    "attachment_id": attachment.id,
                    "request_id": self._id,
                    "number": number,
                    "title": self._masker.short(attachment.titles.get(number)),
                    "text": masked.text if masked else "",
                    "source": source,
                    "confidence": confidence,
                }

    def _reading(self, reading: PublishedReading) -> Row:
        return {
            **self._source(reading),
            "kind": reading.kind,
            "letter_date": reading.letter_date,
            "letter_date_quote": reading.letter_date_quote,
            "request_date": reading.request_date,
            "outcome": reading.outcome,
            "outcome_quote": reading.outcome_quote,
            "parser_version": reading.parser_version,
        }

    def _source(self, reading: PublishedReading) -> Row:
        return {
            "source": reading.source,
            "request_id": self._id,
            "message_id": reading.message.id,
            "attachment_id": reading.attachment.id if reading.attachment else None,
        }

    def _signals(self) -> Iterator[Row]:
        for reading in self._readings:
            for number, fact in enumerate(reading.signals, start=1):
                yield {
                    "id": f"{reading.source}/signal/{number}",
                    "source": reading.source,
                    "name": fact.told["name"],
                    "value": self._masker.short(fact.told["value"]),
                    **_place(fact),
                }

    def _references(self) -> Iterator[Row]:
        for reading in self._readings:
            for number, fact in enumerate(reading.references, start=1):
                value = fact.told["value"]
                yield {
                    "id": f"{reading.source}/reference/{number}",
                    **self._source(reading),
                    # What was masked in the letter must not come back beside it.
                    "value": value if value in fact.place.quote else fact.place.quote,
                    **_place(fact),
                    "confidence": fact.told["confidence"],
                }

    def _citations(self) -> Iterator[Row]:
        seen: set[tuple[str, str]] = set()
        environmental = self._answers_under_the_regulations()
        for reading in self._readings:
            on = day_of(reading.letter_date) or day_of(reading.message.sent_at)
            in_order = sorted(
                enumerate(reading.citations, start=1), key=lambda one: (one[1].place.page, one[1].place.start)
            )
            for number, fact in in_order:
                told = fact.told
                regime, provision, row = counted(told["regime"], told["provision"], on)
                relied_on = told["role"] in RELIED_ON and reading.message.direction == "incoming"
                ground = relied_on and row is not None and row.refusal_ground
                passed_on = environmental and hands_over(regime, provision)
                first = ground and not passed_on and (regime, provision) not in seen
                if first:
                    seen.add((regime, provision))
                yield {
                    "id": f"{reading.source}/citation/{number}",
                    **self._source(reading),
                    "regime": told["regime"],
                    "provision": told["provision"],
                    "section": section_of(told["provision"]),
                    "counted_regime": regime,
                    "counted_provision": provision,
                    "provision_id": provision_id(row) if row else None,
                    "role": told["role"],
                    "relied_on": int(relied_on),
                    "counted": int(first),
                    **_place(fact),
                    "confidence": told["confidence"],
                    "printed": told["printed"],
                    "regime_rule": told["regime_rule"],
                    "role_rule": told["role_rule"],
                }

    def _answers_under_the_regulations(self) -> bool:
        """Whether the authority says anything here under the environmental regulations."""
        return any(
            fact.told["regime"] in {"EIR", "EISR"} and fact.told["role"] != "requester_quotation"
            for reading in self._readings
            if reading.message.direction == "incoming"
            for fact in reading.citations
        )


def _public_slug(thread: Thread, masker: ThreadMasker) -> str:
    """The slug, or ``#ID`` where it may name a person: the site makes it of the title, and only the title is masked.

    ``#ID`` is also what a request is called here whose slug another has taken (archive/rows.py).
    """
    slug: str = thread.request["slug"]
    title: str = thread.request["title"]
    words = slug.replace("_", " ")
    names_nobody = masker.short(title) == title and masker.short(words) == words and not masker.leaves([slug])
    return slug if names_nobody else f"#{thread.request['id']}"


def _place(fact: Fact) -> Row:
    place = fact.place
    return {"quote": place.quote, "page": place.page, "start": place.start, "end": place.end}


def _read_status(attachment: Attachment) -> str:
    if attachment.document_status and attachment.fetch_status != "missing":
        return attachment.document_status
    return "not_read" if attachment.fetch_status == "fetched" else attachment.fetch_status
