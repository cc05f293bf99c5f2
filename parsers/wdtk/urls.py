"""Addresses of the site: made from what we know, and read back into what they name (alaveteli.md part 1)."""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import SplitResult, quote, unquote, urlencode, urlsplit, urlunsplit

from parsers.errors import ParseError

_SLUG = re.compile(r"[a-z0-9_]{1,200}")
_NUMBER = re.compile(r"[0-9]{1,18}")
_PLACE = re.compile(r"/request/([^/?#]+)/response/([0-9]{1,18})/attach/(html/)?([0-9]{1,9})/([^/?#]+)")
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")


@dataclass(frozen=True, kw_only=True)
class RequestReference:
    """What someone wrote to name a request: its slug, or its number, never both."""

    slug: str | None = None
    id: int | None = None


@dataclass(frozen=True, kw_only=True)
class AttachmentPlace:
    """What the path of an attachment says (alaveteli.md 6.1)."""

    request: RequestReference
    message_number: int
    part: int
    file_name: str
    """Percent-decoded."""
    as_html: bool


@dataclass(frozen=True)
class SiteUrls:
    """The addresses of one site. ``base`` is ``http(s)://host[:port]``; :class:`ParseError` for anything else."""

    base: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "base", _origin(self.base))

    def robots(self) -> str:
        """``/robots.txt``."""
        return f"{self.base}/robots.txt"

    def authorities_csv(self) -> str:
        """The list of all authorities, rebuilt each night."""
        return f"{self.base}/body/all-authorities.csv"

    def request(self, slug: str) -> str:
        """The page of a request, quoted parts folded."""
        return f"{self.base}/request/{step(slug)}"

    def request_json(self, slug: str) -> str:
        """The request's identity, state and events."""
        return f"{self.request(slug)}.json"

    def request_unfolded(self, slug: str) -> str:
        """The page of a request with quoted parts shown."""
        return f"{self.request(slug)}?unfold=1"

    def request_by_id(self, id: int) -> str:  # noqa: A002  # the site's own word for it
        """The address that survives a change of title; it redirects to the slug."""
        return f"{self.base}/request/{_number(id)}"

    def authority(self, url_name: str) -> str:
        """The page of an authority: who it is, and the first of its requests."""
        return f"{self.base}/body/{step(url_name)}"

    def authority_json(self, url_name: str) -> str:
        """The authority with its tags."""
        return f"{self.authority(url_name)}.json"

    def authority_requests(self, url_name: str, *, page: int = 1) -> str:
        """One page of an authority's requests; the site has at most 20."""
        return self.authority(url_name) + _query({"page": _page(page)})

    def listing(
        self,
        *,
        path: str = "",
        after: date | None = None,
        before: date | None = None,
        query: str | None = None,
        page: int = 1,
    ) -> str:
        """One page of ``/list`` or ``/list/PATH``; both days are inside the window. Unused parameters are left out."""
        parts = {
            "query": query or None,
            "request_date_after": _day(after),
            "request_date_before": _day(before),
            "page": _page(page),
        }
        steps = "".join(f"/{step(part)}" for part in path.split("/") if part)
        return f"{self.base}/list{steps}{_query(parts)}"

    def attachment(self, path: str) -> str:
        """The address of a path as a request page gives it; already percent-encoded."""
        if not path.startswith("/") or path.startswith("//") or _UNSAFE.search(path):
            raise ParseError(f"not the path of an attachment: {path[:200]!r}")
        return self.base + path


def request_reference(text: str) -> RequestReference:
    """A slug, a number, or any address below a request, read into the request it names.

    Accepts http and https, ports, queries, anchors, a format suffix, a language prefix, the prefix forms used before
    0.45 (``/details/request/SLUG``), and an address without its scheme. :class:`ParseError` for anything else.
    """
    given = text.strip()
    name = _named_in_path(given) if "/" in given else unquote(given)
    if name is not None and _NUMBER.fullmatch(name) and int(name) > 0:
        return RequestReference(id=int(name))
    if name is not None and _SLUG.fullmatch(name) and not name.isdigit():
        return RequestReference(slug=name)
    raise ParseError(
        f"{given[:200]!r} names no request: give its slug (a-z, 0-9 and _), its number, or an address with /request/"
    )


def attachment_place(path: str) -> AttachmentPlace:
    """What the path or address of an attachment names; :class:`ParseError` where it is none."""
    found = _PLACE.search(path_of(path))
    if found is None:
        raise ParseError(f"not the path of an attachment: {path[:200]!r}")
    request, message, as_html, part, name = found.groups()
    return AttachmentPlace(
        request=request_reference(request),
        message_number=int(message),
        part=int(part),
        file_name=unquote(name),
        as_html=as_html is not None,
    )


def path_of(href: str) -> str:
    """The path alone: no scheme, host, query or anchor; percent-encoding as given."""
    return _split(href).path


def local(href: str) -> str:
    """Path, query and anchor without scheme and host: the same for a live page and a saved one."""
    return urlunsplit(("", "", *_split(href)[2:]))


def name_after(href: str, folder: str) -> str | None:
    """The decoded step after ``/folder/`` in an address: ``name_after("/body/moe", "body")`` is ``moe``."""
    steps = path_of(href).split("/")
    for position, step in enumerate(steps[:-1]):
        if step == folder and steps[position + 1]:
            return unquote(steps[position + 1])
    return None


def _named_in_path(given: str) -> str | None:
    scheme = given.partition("://")[0] if "://" in given else "https"
    if scheme.lower() not in {"http", "https"}:
        return None
    name = name_after(given, "request")
    return None if name is None else name.partition(".")[0]


def _split(href: str) -> SplitResult:
    try:
        return urlsplit(href)
    except ValueError as error:
        raise ParseError(f"not an address: {href[:200]!r} ({error})") from error


def _origin(base: str) -> str:
    try:
        parts = urlsplit(base.strip())
        port = parts.port
    except ValueError as error:
        raise ParseError(f"not the address of a site: {base[:200]!r} ({error})") from error
    plain = parts.path in {"", "/"} and not (parts.query or parts.fragment or parts.username or parts.password)
    if parts.scheme not in {"http", "https"} or not parts.hostname or not plain or _UNSAFE.search(parts.netloc):
        raise ParseError(f"expected the address of a site such as https://www.whatdotheyknow.com, found {base[:200]!r}")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{port}" if port is not None else "")


def step(name: str) -> str:
    """``name`` as one step of an address, percent-encoded; :class:`ParseError` where it can be none."""
    if not name or name in {".", ".."}:
        raise ParseError(f"{name!r} cannot be a step of an address")
    try:
        return quote(name, safe="")
    except UnicodeEncodeError as error:
        raise ParseError(f"{name[:200]!r} is not text, so it cannot be a step of an address") from error


def _number(value: int) -> int:
    if value < 1:
        raise ParseError(f"a request's number starts at 1, found {value}")
    return value


def _page(page: int) -> int | None:
    if page < 1:
        raise ParseError(f"pages are numbered from 1, found {page}")
    return None if page == 1 else page


def _day(day: date | None) -> str | None:
    return None if day is None else f"{day.day:02}/{day.month:02}/{day.year:04}"


def _query(parts: dict[str, str | int | None]) -> str:
    used = {name: value for name, value in parts.items() if value is not None}
    return "?" + urlencode(used, quote_via=quote, safe="/:") if used else ""
