"""Pages and documents that somebody saved: which address each is of, and when it was taken."""

import email
import email.message
import json
import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from parsers.errors import ParseError
from parsers.select import css
from parsers.wdtk.markup import parse_html
from parsers.wdtk.request_json import parse_request_json
from parsers.wdtk.request_page import parse_request_page
from parsers.wdtk.urls import request_reference
from scraper.exchange.addresses import NO_ADDRESS, OTHER_SITE, Addresses
from scraper.exchange.captures import Address, Capture, earliest, utc
from scraper.exchange.http_body import UnusableError

NO_PAGE = "pages that are not of a request"
_HEAD_BYTES = 65_536
_SAVED_FROM = re.compile(rb"<!--\s{0,20}saved from url=\([0-9]{1,6}\)(https?://[^\s<>\"']{1,2000})")
_SINGLEFILE = re.compile(rb"Page saved with SingleFile\s{1,20}url:\s{0,20}(https?://[^\s<>\"']{1,2000})")
_SINGLEFILE_DATE = re.compile(
    rb"saved date:\s{0,20}[A-Z][a-z]{2} ([A-Z][a-z]{2} [0-9]{2} [0-9]{4} [0-9:]{8} GMT[+-][0-9]{4})"
)
_OG_URL = css('head meta[property="og:url"]', what="the address of the page")
_PERMALINK = css("input.cplink__field, a.link_to_this", what="the address of a message")
_FORMS = ("request", "request_unfolded")


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of a page saved as MHTML."""

    location: str
    media: str
    body: bytes
    encoding: str | None = None
    """As the container says; what the page says of itself is about how the site sent it."""

    @property
    def page(self) -> bytes:
        """The body as the site sends pages, in UTF-8; as it is where the encoding is not known or not true."""
        try:
            return self.body.decode(self.encoding or "utf-8").encode()
        except (LookupError, UnicodeError):
            return self.body


def page_capture(
    body: bytes, addresses: Addresses, *, by: str, at: str | None = None, location: str | None = None
) -> Capture:
    """A saved page of a request, taken ``by`` a time. ``at`` and ``location`` are what its container says of it.

    UnusableError tells why it is left. The page's own slug counts before the address it was opened under, which may
    be an older one; that address tells which site it is of.
    """
    place = location or _told(body)
    if place is None:
        raise UnusableError(NO_ADDRESS)
    if not addresses.is_of_site(place):
        raise UnusableError(OTHER_SITE)
    try:
        page = parse_request_page(body)
    except ParseError as error:
        named = addresses.read(place)
        raise UnusableError(f"{NO_PAGE}, or damaged ({error})" if isinstance(named, Address) else NO_PAGE) from error
    address = _address(page.slug, place, addresses, unfolded=page.unfolded)
    taken = _singlefile_date(body) or at
    told = (*(one.sent_at for one in page.messages), *(one.created_at for one in page.comments))
    return Capture(
        address=address, at=taken or earliest(told, by), status=200, headers={}, body=body, dated=taken is not None
    )


def document_capture(body: bytes, addresses: Addresses, *, by: str) -> Capture:
    """A saved JSON of a request or an authority, which names itself; UnusableError for other JSON."""
    address = _json_address(body, addresses)
    headers = {"content-type": "application/json"}
    return Capture(address=address, at=earliest(_times(body), by), status=200, headers=headers, body=body, dated=False)


def json_key(body: bytes) -> str | None:
    """The slug that a request's JSON gives itself, which may not be the one in the address it came from."""
    match _loaded(body):
        case {"url_title": str(slug), "info_request_events": list()}:
            return slug
    return None


def mhtml_parts(body: bytes) -> tuple[str | None, str | None, list[Part]]:
    """Address and time that the container tells, and its parts; UnusableError where it is no MHTML."""
    try:
        message = email.message_from_bytes(body)
        parts = [_part(part) for part in message.walk() if not part.is_multipart()]
    except (RecursionError, ValueError, LookupError) as error:
        raise UnusableError("MHTML that is damaged") from error
    location = _location(message.get("Snapshot-Content-Location")) or (parts[0].location if parts else "")
    return location or None, _mail_date(message.get("Date")), parts


def _part(part: "email.message.Message[str, str]") -> Part:
    content = part.get_payload(decode=True)
    media = part.get_content_type()
    body = content if isinstance(content, bytes) else b""
    encoding = part.get_content_charset()
    return Part(location=_location(part.get("Content-Location")), media=media, body=body, encoding=encoding)


def _location(header: object) -> str:
    """An address without the breaks that mail puts in long lines, and without the place on the page."""
    return "".join(str(header or "").split()).partition("#")[0]


def _mail_date(text: object) -> str | None:
    try:
        return utc(parsedate_to_datetime(str(text)))
    except (ValueError, TypeError, OverflowError):
        return None


def _told(body: bytes) -> str | None:
    """By the browser or the tool that saved it, by the page for other sites, or by what it offers to copy."""
    head = body[:_HEAD_BYTES]
    for pattern in (_SAVED_FROM, _SINGLEFILE):
        if found := pattern.search(head):
            return found.group(1).decode("utf-8", "replace")
    try:
        root = parse_html(body)
    except ParseError:
        return None
    places = [
        *(meta.get("content") for meta in _OG_URL.all(root)),
        *(link.get("value") or link.get("href") for link in _PERMALINK.all(root)),
    ]
    return next((place for place in places if place and place.startswith(("http://", "https://"))), None)


def _address(slug: str | None, told: str, addresses: Addresses, *, unfolded: bool) -> Address:
    named = addresses.read(told)
    if slug is None and isinstance(named, Address) and named.kind in _FORMS:
        slug = named.key
    try:
        reference = request_reference(slug or "")
    except ParseError as error:
        raise UnusableError(NO_ADDRESS) from error
    if reference.slug is None:
        raise UnusableError(NO_ADDRESS)
    return addresses.request(reference.slug, unfolded=unfolded)


def _singlefile_date(body: bytes) -> str | None:
    found = _SINGLEFILE_DATE.search(body[:_HEAD_BYTES])
    if found is None:
        return None
    try:
        return utc(datetime.strptime(found.group(1).decode(), "%b %d %Y %H:%M:%S GMT%z"))
    except ValueError:
        return None


def _json_address(body: bytes, addresses: Addresses) -> Address:
    try:
        match _loaded(body):
            case {"url_title": str(slug), "info_request_events": list()}:
                return addresses.request_json(slug)
            case {"url_name": str(name), "info": dict()}:
                return addresses.authority_json(name)
    except ParseError as error:
        raise UnusableError(f"JSON that cannot be read ({error})") from error
    raise UnusableError("JSON that is neither of a request nor of an authority")


def _times(body: bytes) -> tuple[str, ...]:
    try:
        record = parse_request_json(body)
    except ParseError:
        return ()
    return (record.updated_at, *(event.created_at for event in record.events))


def _loaded(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
