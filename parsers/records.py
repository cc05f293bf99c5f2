"""What one page or JSON document of the site says, as records.

The words are the field's: request, authority, message, event. Values that the site takes from a list
(states, event types, prominences) are kept as it prints them, because the list grows without notice;
``parsers.wdtk.vocabulary`` holds the lists known today, so that a new value can be counted.

Times are ISO 8601 strings with the offset the site printed; nothing is converted.
"""

from dataclasses import dataclass
from typing import Literal

Tag = tuple[str, str | None]
Direction = Literal["incoming", "outgoing"]
RequesterKind = Literal["user", "anonymous", "external"]
Replies = Literal["open", "authority_only", "closed"]
AttachmentState = Literal["file", "hidden", "erased"]
PageKind = Literal[
    "request",
    "request_json",
    "authority",
    "authority_json",
    "authorities_csv",
    "listing",
    "authority_list",
    "attachment_view",
    "file",
    "data",
    "site_page",
    "redirect",
    "not_modified",
    "hidden_request",
    "hidden_message",
    "hidden_attachment",
    "erased_attachment",
    "not_found",
    "error",
    "wait",
    "done",
    "challenge",
    "unknown",
]


@dataclass(frozen=True, kw_only=True)
class Event:
    """One entry of a request's history (alaveteli.md 2.2); not every event has a message."""

    id: int
    event_type: str
    created_at: str
    described_state: str | None
    calculated_state: str | None
    last_described_at: str | None
    incoming_message_id: int | None
    outgoing_message_id: int | None
    comment_id: int | None
    display_status: str | None


@dataclass(frozen=True, kw_only=True)
class Authority:
    """A public body as its JSON, page or row of the CSV gives it; ``None`` where the source is silent."""

    id: int | None
    url_name: str
    name: str
    short_name: str | None = None
    tags: tuple[Tag, ...] = ()
    home_page: str | None = None
    publication_scheme: str | None = None
    disclosure_log: str | None = None
    notes: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    requests_count: int | None = None
    unexplained: tuple[str, ...] = ()
    """As in :class:`RequestRecord`; empty where the authority is part of a request's JSON, which reports it."""


@dataclass(frozen=True, kw_only=True)
class RequestRecord:
    """``/request/SLUG.json``: identity, state and history, but no words (alaveteli.md 2.1)."""

    id: int
    slug: str
    title: str
    created_at: str
    updated_at: str
    described_state: str
    display_status: str
    awaiting_description: bool
    prominence: str
    law_used: str
    tags: tuple[Tag, ...]
    requester_kind: RequesterKind
    requester_name: str | None
    requester_slug: str | None
    authority: Authority
    events: tuple[Event, ...]
    unexplained: tuple[str, ...]
    """Paths of keys that no rule reads, such as ``user.hat``: to be counted, never dropped in silence."""


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """One file of one incoming message as the request page lists it (alaveteli.md 3.6)."""

    id: str
    """The page's own anchor (``attachment-8``) or, before 0.42, ``incoming-7/2``: message and part."""
    attachment_id: int | None
    position: int
    part: int | None
    name: str | None
    size_shown: str | None
    """As printed: ``123K``, ``1.2M``."""
    url: str | None
    """Path of the file without query, percent-encoded as in the page; ``None`` when hidden or erased."""
    icon_type: str | None
    """Media type that the icon stands for; ``None`` for the unknown icon."""
    state: AttachmentState
    reason: str | None
    """The site's words where the file is hidden or erased, or the delivery note beside it."""


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message, incoming (from the authority) or outgoing (from the requester)."""

    id: str
    """``incoming-7`` or ``outgoing-12``, the page's own anchor."""
    number: int
    direction: Direction
    position: int
    """Place among all blocks of the page: messages, resends and comments together, from 1."""
    prominence: str
    """As in the block's class; ``hidden`` for an outgoing block that holds only a notice."""
    author: str | None
    sent_at: str | None
    text: str | None
    """Paragraphs parted by a blank line, lines by a newline; links give their whole address."""
    hidden_reason: str | None
    has_folded_quote: bool
    delivery_status: str | None
    attachments: tuple[Attachment, ...]
    shown_again_at: tuple[str, ...] = ()
    """Times of further whole blocks of the same message: a failed sending shows it once more under the same id."""
    note: str | None = None
    """The site's words below the message, such as the warning that it has not been sent."""


@dataclass(frozen=True, kw_only=True)
class Resend:
    """The short note that an earlier outgoing message was sent again."""

    message_id: str
    position: int
    sent_at: str


@dataclass(frozen=True, kw_only=True)
class Comment:
    """A public annotation."""

    id: str
    number: int
    position: int
    author: str | None
    created_at: str
    text: str


@dataclass(frozen=True, kw_only=True)
class RequestPage:
    """``/request/SLUG``: everything a visitor reads (alaveteli.md part 3)."""

    title: str
    authority_name: str
    authority_slug: str
    requester_kind: RequesterKind
    requester_name: str | None
    requester_slug: str | None
    law_named: str | None
    """The law in the sentence under the title, as printed."""
    status: str
    """The calculated status in the class of ``#request_status``."""
    due_on: str | None
    replies: Replies
    not_subject: bool
    batch_id: int | None
    noindex: bool
    published_at: str | None
    modified_at: str | None
    unfolded: bool
    messages: tuple[Message, ...]
    resends: tuple[Resend, ...]
    comments: tuple[Comment, ...]
    unexplained: tuple[str, ...]
    """Descriptions of blocks that no rule reads."""
    slug: str | None = None
    """From the page's link to its own JSON, or from the address that a message offers to copy."""
    law_note: str | None = None
    """The site's words where the authority is outside the law or under the environmental one only."""
    notes: tuple[str, ...] = ()
    """Notes of the site's team above the messages."""


@dataclass(frozen=True, kw_only=True)
class ListingRow:
    """One row of a list of requests."""

    slug: str
    url: str
    title: str
    event_at: str | None
    authority_slug: str | None
    status: str | None


@dataclass(frozen=True, kw_only=True)
class ListingPage:
    """One page of ``/list`` or of an authority's requests (alaveteli.md 4.1, 4.2)."""

    rows: tuple[ListingRow, ...]
    about: int | None
    """The "About N" of the heading: an estimate."""
    next_page: str | None
    """Address of the next page, or ``None`` at the end."""
    last_page_offered: int | None
    unexplained: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AuthorityListPage:
    """One page of ``/body/list``."""

    authorities: tuple[tuple[str, str], ...]
    """``(url_name, name)`` in the order shown."""
    next_page: str | None
    found: int | None = None
    """The number in the heading; exact, unlike a list of requests'."""


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What an answer of the site is, and what it says where it stands in place of what was asked for."""

    kind: PageKind
    heading: str | None
    words: str | None
    link: str | None = None
    """Where a "done" page says the file now is, or a redirect points."""
    retry_seconds: int | None = None
    """How soon a wait page, or a ``Retry-After`` in seconds, asks to be loaded again."""
