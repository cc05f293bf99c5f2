"""What spiders hand to the pipelines: one item is one page's worth of facts, stored in one transaction.

What is printed of an item, in logs, leaves out bodies and records: they are long, and they name people.
"""

from dataclasses import dataclass, field

from parsers.records import Authority, ListingRow, Message, RequestPage, RequestRecord


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
    whole: bool = True
    """Whether each of its files is asked for as well; False where those that are held are left for another time."""


@dataclass(frozen=True, kw_only=True)
class LookItem:
    """A look at a request's JSON that found what is held here: its page and files were not asked for."""

    fetch: FetchItem
    request_id: int


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


@dataclass(frozen=True, kw_only=True)
class ListState:
    """How far one list has been gone through; a list is known in its run by the address of its first page."""

    url: str
    parent: str | None
    """Address of the list of which it is a part; ``None`` where it is none, or where that is known already."""
    authority: str | None
    after: str | None
    before: str | None
    narrowed: dict[str, str]
    pages: int
    rows: int
    about: int | None
    result: str | None
    """``None`` while it is going on, or only planned."""


@dataclass(frozen=True, kw_only=True)
class ListItem:
    """A page of a list: which requests it shows, and what has become of its list and others."""

    fetch: FetchItem | None
    """``None`` where no page came."""
    states: tuple[ListState, ...]
    rows: tuple[ListingRow, ...] = field(default=(), repr=False)


Item = AuthoritiesItem | RequestItem | LookItem | AttachmentItem | RefusalItem | PageItem | ListItem
