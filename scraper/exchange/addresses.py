"""Which page of the site an address is, for addresses that somebody else wrote (alaveteli.md part 1)."""

import re
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from parsers.errors import ParseError
from parsers.wdtk.urls import SiteUrls, attachment_place, request_reference
from scraper.access import is_loopback
from scraper.exchange.captures import Address

NO_ADDRESS = "nothing tells of which address it is"
OTHER_SITE = "of another site"
NO_ROWS = "pages that give no rows, such as lists, help and styles"
FILE_PAGE = "files shown as a page, not the files"

_STEERING = frozenset({"cookie_passthrough", "nocache", "locale"})
"""Parameters that never change what a page says; those that begin with ``utm_`` do not either."""
_JSON = re.compile(r"/request/([^/]{1,220})\.json")
_PAGE = re.compile(r"/request/([a-z0-9_]{1,200})")
_AUTHORITY = re.compile(r"/body/([^/]{1,200})\.json")
_LANGUAGE = re.compile(r"^/(?:en|cy)(?=/)")


class Addresses:
    """Reads addresses as those of one site, whether written with http or https, with ``www.`` or without."""

    def __init__(self, site: str) -> None:
        self.urls = SiteUrls(site)
        self._host = _host(urlsplit(self.urls.base))
        self._here = is_loopback(self.urls.base)

    def read(self, url: str) -> Address | str:
        """What the address names, or why nothing of it is taken."""
        try:
            parts = urlsplit(url.strip().strip("<>"))
            if parts.scheme not in {"http", "https"} or not self._is_of_site(parts):
                return OTHER_SITE
            return self._named(_LANGUAGE.sub("", parts.path, count=1), _query(parts)) or NO_ROWS
        except (ParseError, ValueError):
            return NO_ROWS

    def is_of_site(self, url: str) -> bool:
        """Whether an address is one of this site."""
        try:
            return self._is_of_site(urlsplit(url))
        except ValueError:
            return False

    def request(self, slug: str, *, unfolded: bool = False) -> Address:
        """The page of a request; ParseError where the slug can be none."""
        if unfolded:
            return Address(kind="request_unfolded", url=self.urls.request_unfolded(slug), key=slug)
        return Address(kind="request", url=self.urls.request(slug), key=slug)

    def request_json(self, slug: str) -> Address:
        """The JSON of a request."""
        return Address(kind="request_json", url=self.urls.request_json(slug), key=slug)

    def robots(self) -> Address:
        """What the site asks of robots."""
        return Address(kind="robots", url=self.urls.robots(), key="")

    def authorities_csv(self) -> Address:
        """The list of authorities."""
        return Address(kind="authorities_csv", url=self.urls.authorities_csv(), key="")

    def authority_json(self, name: str) -> Address:
        """The JSON of an authority."""
        return Address(kind="authority_json", url=self.urls.authority_json(name), key=name)

    def _is_of_site(self, parts: SplitResult) -> bool:
        # Copies of the site on this machine change their ports.
        return _host(parts) == self._host or (self._here and is_loopback(parts.geturl()))

    def _named(self, path: str, query: dict[str, str]) -> Address | str | None:
        unfolded = query.pop("unfold", None) is not None
        if query:
            return None
        if "/attach/" in path:
            return self._file(path)
        return self._single(path) or self._of_one(path, unfolded=unfolded)

    def _single(self, path: str) -> Address | None:
        if path == "/robots.txt":
            return self.robots()
        return self.authorities_csv() if path == "/body/all-authorities.csv" else None

    def _of_one(self, path: str, *, unfolded: bool) -> Address | None:
        if found := _AUTHORITY.fullmatch(path):
            return self.authority_json(unquote(found.group(1)))
        if found := _JSON.fullmatch(path):
            return self.request_json(unquote(found.group(1)))
        if found := _PAGE.fullmatch(path):
            slug = request_reference(found.group(1)).slug
            return self.request(slug, unfolded=unfolded) if slug else None
        return None

    def _file(self, path: str) -> Address | str:
        place = attachment_place(path)
        if place.as_html:
            return FILE_PAGE
        key = f"{place.message_number}/{place.part}/{place.file_name}"
        return Address(kind="file", url=self.urls.attachment(path), key=key)


def place_key(url: str) -> str | None:
    """What :class:`Address` calls the ``key`` of a file, for the address or path of one; ``None`` for others."""
    try:
        place = attachment_place(url)
    except ParseError:
        return None
    return f"{place.message_number}/{place.part}/{place.file_name}"


def _query(parts: SplitResult) -> dict[str, str]:
    pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=50)
    return {name: value for name, value in pairs if name not in _STEERING and not name.startswith("utm_")}


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}:{parts.port}" if parts.port not in {None, 80, 443} else host
