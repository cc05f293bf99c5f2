"""Lists: of requests (``/list…``, an authority's page) and of authorities (``/body/list``); alaveteli.md 4.1, 4.2."""

import re

from parsers.errors import ParseError
from parsers.records import AuthorityListPage, ListingPage, ListingRow
from parsers.select import Node, css, describe
from parsers.wdtk.markup import classes, read_page, words
from parsers.wdtk.urls import local, name_after, step

_REQUESTS = css(
    "#request_list .results_section, #public_body_show .authority__body__foi-results", what="a list of requests"
)
_ROW = css(".request_listing", what="a row of the list")
_TITLE = css(".request_left .head a[href]", what="the title of a row")
_SENTENCE = css(".request_left .requester", what="the sentence of a row")
_TIME = css("time[datetime]", what="the time of a row")
_LINK = css("a[href]", what="a link in a row")
_ICON = css("i[class*=icon_]", what="the status of a row")
_HEADING = css("h2.foi_results, h2.publicbody_results", what="the heading of the list")

_AUTHORITIES = css("#public_body_list", what="a list of authorities")
_AUTHORITY = css(".body_listing .head a[href]", what="an authority in the list")

_BAR = css("div.pagination", what="the page bar")
_NEXT = css("a.next_page[href]", what="the link to the next page")
_PAGE_NUMBER = css("a[aria-label], em.current", what="a page number")

_ABOUT = re.compile(r"\b(?:About|of about|Found) ([0-9][0-9,]{0,12})\b")
_ROW_PARTS = frozenset({"request_left", "request_right"})


def parse_listing(body: bytes) -> ListingPage:
    """One page of requests; each row has at least a title and an address. Past the end there are no rows.

    ``unexplained`` names rows without a time or status, and parts of a row that no rule reads.
    """
    page = read_page(body)
    section = _REQUESTS.one(page)
    heading = _HEADING.maybe(page)
    bar = _BAR.maybe(page)
    leftovers: list[str] = []
    rows = tuple(_row(row, leftovers) for row in _ROW.all(section))
    return ListingPage(
        rows=rows,
        about=_number_in(heading),
        next_page=_next_page(bar),
        last_page_offered=_last_page(bar),
        unexplained=tuple(dict.fromkeys(leftovers)),
    )


def parse_authority_list(body: bytes) -> AuthorityListPage:
    """One page of authorities; past the end there are none."""
    page = read_page(body)
    section = _AUTHORITIES.one(page)
    return AuthorityListPage(
        authorities=tuple(_authority(link) for link in _AUTHORITY.all(section)),
        next_page=_next_page(_BAR.maybe(section)),
        found=_number_in(_HEADING.maybe(section)),
    )


def _row(row: Node, leftovers: list[str]) -> ListingRow:
    link = _TITLE.one(row)
    url = local(link.get("href") or "")
    slug = name_after(url, "request")
    if slug is None:
        raise ParseError(f"expected a link to a request in {describe(row)}, found {url[:200]!r}")
    step(slug)
    sentence = _SENTENCE.one(row)
    time = _TIME.maybe(sentence)
    status = _status(row)
    parts = [part for part in row if not _ROW_PARTS.intersection(classes(part))]
    leftovers.extend(f"{slug}: unknown {describe(part)} in the row" for part in parts)
    if time is None or status is None:
        leftovers.append(f"{slug}: the row has no {'time' if time is None else 'status'}")
    return ListingRow(
        slug=slug,
        url=url,
        title=words(link),
        event_at=None if time is None else time.get("datetime"),
        authority_slug=_authority_slug(sentence),
        status=status,
    )


def _status(row: Node) -> str | None:
    icon = _ICON.maybe(row)
    names = classes(icon) if icon is not None else []
    return next((name.removeprefix("icon_") for name in names if name.startswith("icon_")), None)


def _authority_slug(sentence: Node) -> str | None:
    for link in _LINK.all(sentence):
        name = name_after(link.get("href") or "", "body")
        if name is not None:
            return name
    return None


def _authority(link: Node) -> tuple[str, str]:
    url_name = name_after(link.get("href") or "", "body")
    if url_name is None:
        raise ParseError(f"expected a link to an authority, found {(link.get('href') or '')[:200]!r}")
    return url_name, words(link)


def _number_in(heading: Node | None) -> int | None:
    found = _ABOUT.search(words(heading)) if heading is not None else None
    return int(found.group(1).replace(",", "")) if found else None


def _next_page(bar: Node | None) -> str | None:
    link = _NEXT.maybe(bar) if bar is not None else None
    return None if link is None else local(link.get("href") or "")


def _last_page(bar: Node | None) -> int | None:
    shown = [words(number) for number in _PAGE_NUMBER.all(bar)] if bar is not None else []
    return max((int(number) for number in shown if number.isdecimal() and len(number) < 10), default=None)
