"""An authority as its JSON and as its page give it (alaveteli.md 1.4, 2.3)."""

import re
from dataclasses import replace

from parsers.errors import ParseError
from parsers.records import Authority
from parsers.select import Node, css
from parsers.wdtk.fields import Fields, read_object
from parsers.wdtk.markup import read_page, words
from parsers.wdtk.urls import name_after

_HEADER = css("#public_body_show .authority__header", what="the header of an authority")
_NAME = css("h1", what="the name of an authority")
_SUBTITLE = css("p.authority__header__subtitle", what="the line under the name of an authority")
_NOTES = css("aside#notes article.note", what="a note on an authority")
_STATS = css(".authority__header__stats", what="the number of requests")
_JSON = css('link[rel="alternate"][type="application/json"]', what="a link to JSON")
_MORE = css(".more_info a", what="a link about an authority")
_ALSO_CALLED = re.compile(r"\balso called (.+)")
_COUNT = re.compile(r"([0-9][0-9,]{0,12}) requests?\b")
_HOME, _SCHEME, _LOG = "Home page of authority", "Publication scheme", "Disclosure log"


def parse_authority_json(body: bytes) -> Authority:
    """``/body/BODY.json``. An empty string is ``None``: the site uses both for "not known"."""
    fields = read_object(body, what="the JSON of an authority")
    authority = authority_from(fields)
    return replace(authority, unexplained=fields.finish())


def authority_from(fields: Fields) -> Authority:
    """The authority in a JSON object; whoever calls finishes ``fields`` and so learns what is left over."""
    return Authority(
        id=fields.number("id"),
        url_name=fields.text("url_name"),
        name=fields.text("name"),
        short_name=fields.text_or_none("short_name") or None,
        tags=fields.tags("tags"),
        home_page=fields.text_or_none("home_page") or None,
        publication_scheme=fields.text_or_none("publication_scheme") or None,
        disclosure_log=fields.text_or_none("disclosure_log") or None,
        notes=fields.text_or_none("notes") or None,
        created_at=fields.moment("created_at"),
        updated_at=fields.moment("updated_at"),
        requests_count=_requests_count(fields.nested("info")),
    )


def parse_authority_page(body: bytes) -> Authority:
    """``/body/BODY``: what its page tells, which has neither the number nor the tags of an authority."""
    page = read_page(body)
    header = _HEADER.one(page)
    about = {words(link): link.get("href") or None for link in _MORE.all(page)}
    return Authority(
        id=None,
        url_name=_url_name(page),
        name=words(_NAME.one(header)),
        short_name=_matched(_ALSO_CALLED, _SUBTITLE.maybe(header)),
        home_page=about.get(_HOME),
        publication_scheme=about.get(_SCHEME),
        disclosure_log=about.get(_LOG),
        notes="\n\n".join(words(note) for note in _NOTES.all(header)) or None,
        requests_count=_shown_count(header),
    )


def _requests_count(info: Fields) -> int | None:
    count = info.number_or_none("requests_count")
    # The site's own counters; what they count is counted here from the requests themselves.
    info.ignore("requests_successful_count", "requests_not_held_count")
    info.ignore("requests_overdue_count", "requests_visible_classified_count")
    info.finish()
    return count


def _url_name(page: Node) -> str:
    for link in _JSON.all(page):
        name = name_after(link.get("href") or "", "body")
        if name is not None:
            return name.removesuffix(".json")
    raise ParseError("expected a link to the JSON of the authority in the head of its page, found none")


def _shown_count(header: Node) -> int | None:
    shown = _matched(_COUNT, _STATS.maybe(header))
    return None if shown is None else int(shown.replace(",", ""))


def _matched(pattern: re.Pattern[str], node: Node | None) -> str | None:
    found = pattern.search(words(node)) if node is not None else None
    return found.group(1) if found else None
