"""What spiders hand to the pipelines: one item is one page's worth of facts, stored in one transaction.

What is printed of an item, in logs, leaves out bodies and records: they are long, and they name people.
"""

from dataclasses import dataclass, field

from parsers.records import Authority, Message, RequestPage, RequestRecord


@dataclass(frozen=True, kw_only=True)
class FetchItem:
    """One answer of the site, as it came."""

    url: str
    fetched_at: str
    status: int
    page_kind: str
    headers: dict[str, str]
    body: bytes | None = field(repr=False)
    """``None`` where the body is not kept: 304, too big, a challenge page."""
    not_modified: bool = False
    """True for a 304: the body is the one held under the URL's validators."""


@dataclass(frozen=True, kw_only=True)
class AuthoritiesItem:
    """The list of authorities, or the one authority that a request's JSON names."""

    fetch: FetchItem
    authorities: tuple[Authority, ...] = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class RequestItem:
    """One request as its JSON and its page tell it, read together."""

    fetches: tuple[FetchItem, ...]
    """JSON, page, and the unfolded page where there is one; in this order."""
    record: RequestRecord = field(repr=False)
    page: RequestPage = field(repr=False)
    unfolded: tuple[Message, ...] = field(default=(), repr=False)


@dataclass(frozen=True, kw_only=True)
class AttachmentItem:
    """What came of asking for one attachment."""

    attachment_id: str
    request_id: int
    fetches: tuple[FetchItem, ...]
    fetch_status: str
    detail: str | None
    sha256: str | None
    """Of the file's bytes, which are the body of one of ``fetches``; ``None`` unless ``fetched``."""


@dataclass(frozen=True, kw_only=True)
class RefusalItem:
    """A page that the site, robots.txt or our own limits kept from us."""

    url: str
    reason: str
    detail: str | None
    fetch: FetchItem | None
    request_id: int | None = None
    slug: str | None = None
    """Set when a request that may be known here is hidden or gone at the source.

    ``hidden`` withdraws the request of that id or slug. ``not_found`` withdraws it only where ``request_id`` is
    given without ``slug``: that is how a spider says it asked by id. A slug that is not found may be a renaming.
    """


@dataclass(frozen=True, kw_only=True)
class PageItem:
    """A list, robots.txt or other page that is kept and gives no rows of its own."""

    fetch: FetchItem


Item = AuthoritiesItem | RequestItem | AttachmentItem | RefusalItem | PageItem
