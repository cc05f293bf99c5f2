"""The head of a request page: who asked whom under which law, and how it stands (alaveteli.md 3.1, 3.2, 3.10)."""

import re
from dataclasses import dataclass

from parsers.errors import SelectorError
from parsers.records import Replies, RequesterKind
from parsers.select import Node, css, describe
from parsers.wdtk.leftovers import Leftovers, marks
from parsers.wdtk.markup import classes, words
from parsers.wdtk.urls import name_after, path_of

_TITLE = css(".request-header h1, #left_column > h1", what="the title of the request")
_SENTENCE = css("p.request-header__subtitle, #left_column > p.subtitle", what="the sentence that says who asked whom")
_LINKS = css("a[href]", what="a link in the sentence")
_STATUS = css("#request_status", what="the status of the request")
_STATUS_ICON = css("i[class*=icon_]", what="the icon of the status")
_DUE = css("time[datetime]", what="the day a reply is due")
_CLOSED = css(".request-header__closed_to_correspondence", what="the note that nobody may reply")
_RESTRICTED = css(".request-header__restricted_correspondence", what="the note that only the authority may reply")
_LAW_NOTE = css(".request-header__foi_no", what="the note that the authority is outside the law")
_META = css("head meta", what="a property of the page")
_JSON = css('link[rel="alternate"][type="application/json"]', what="a link to JSON")
_PERMALINK = css("input.cplink__field, a.link_to_this", what="the address of a message")

_LAW = re.compile(r" made this (.{1,100}?) request\b")
_STATUS_CLASS = re.compile(r"(?:request-status-message--|icon_)([a-z_]+)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_KNOWN_IN_SENTENCE = frozenset(
    {
        "a",
        "br",
        ".request-header__closed_to_correspondence",
        ".request-header__restricted_correspondence",
        ".request-header__foi_no",
    }
)


@dataclass(frozen=True, kw_only=True)
class Header:
    """The fields of :class:`parsers.records.RequestPage` that stand above the messages."""

    title: str
    authority_name: str
    authority_slug: str
    requester_kind: RequesterKind
    requester_name: str | None
    requester_slug: str | None
    law_named: str | None
    status: str
    due_on: str | None
    replies: Replies
    not_subject: bool
    law_note: str | None
    batch_id: int | None


@dataclass(frozen=True, kw_only=True)
class Head:
    """The fields that stand in ``<head>``."""

    noindex: bool
    published_at: str | None
    modified_at: str | None
    requested_unfolded: bool
    slug: str | None


def read_header(page: Node, leftovers: Leftovers) -> Header:
    """Title, sentence and status, in the form of any version since 0.21."""
    sentence = _SENTENCE.one(page)
    for part in sentence:
        if _KNOWN_IN_SENTENCE.isdisjoint(marks(part)):
            leftovers.element("the sentence under the title", part)
    authority_name, authority_slug = _authority(sentence)
    kind, name, slug = _requester(sentence)
    status = _STATUS.one(page)
    law_note = _LAW_NOTE.maybe(sentence)
    law = _LAW.search(words(sentence))
    return Header(
        title=words(_TITLE.one(page)),
        authority_name=authority_name,
        authority_slug=authority_slug,
        requester_kind=kind,
        requester_name=name,
        requester_slug=slug,
        law_named=law.group(1) if law else None,
        status=_status(status),
        due_on=_due_on(status),
        replies=_replies(sentence),
        not_subject=law_note is not None and bool(_LINKS.all(law_note)),
        law_note=None if law_note is None else words(law_note),
        batch_id=_batch(sentence),
    )


def read_head(page: Node) -> Head:
    """Properties for search engines and social sites, which the page's body repeats only in part."""
    properties = {meta.get("property") or meta.get("name") or "": meta.get("content") or "" for meta in _META.all(page)}
    return Head(
        noindex="noindex" in properties.get("robots", ""),
        published_at=properties.get("article:published_time"),
        modified_at=properties.get("article:modified_time"),
        requested_unfolded="unfold=1" in properties.get("og:url", ""),
        slug=_own_slug(page),
    )


def _authority(sentence: Node) -> tuple[str, str]:
    for link in _LINKS.all(sentence):
        slug = name_after(link.get("href") or "", "body")
        if slug is not None:
            return words(link), slug
    raise SelectorError(f"expected a link to the authority in {describe(sentence)}, found none")


def _requester(sentence: Node) -> tuple[RequesterKind, str | None, str | None]:
    """A link to a user; a link to the help on anonymity; or, for a request from outside the site, a plain name."""
    for link in _LINKS.all(sentence):
        slug = name_after(link.get("href") or "", "user")
        if slug is not None:
            return "user", words(link) or None, slug
        if path_of(link.get("href") or "") == "/help/privacy":
            return "anonymous", None, None
    name = words(sentence).partition(" made this ")[0]
    return "external", name or None, None


def _status(node: Node) -> str:
    """The calculated status: since 0.38 in a class of its own, before that in the class of an icon."""
    icon = _STATUS_ICON.maybe(node)
    named = [*classes(node), *(classes(icon) if icon is not None else ())]
    for name in named:
        found = _STATUS_CLASS.fullmatch(name)
        if found is not None:
            return found.group(1)
    raise SelectorError(f"expected a status in the classes of {describe(node)}, found none")


def _due_on(status: Node) -> str | None:
    due = _DUE.maybe(status)
    found = _DAY.match(due.get("datetime") or "") if due is not None else None
    return found.group(0) if found else None


def _replies(sentence: Node) -> Replies:
    if _CLOSED.maybe(sentence) is not None:
        return "closed"
    return "authority_only" if _RESTRICTED.maybe(sentence) is not None else "open"


def _batch(sentence: Node) -> int | None:
    for link in _LINKS.all(sentence):
        number = name_after(link.get("href") or "", "info_request_batch")
        if number is not None and number.isascii() and number.isdecimal() and len(number) < 19:
            return int(number)
    return None


def _own_slug(page: Node) -> str | None:
    """From a link to the JSON of the page or of its feed, or from the address that each message offers to copy."""
    for link in (*_JSON.all(page), *_PERMALINK.all(page)):
        name = name_after(link.get("href") or link.get("value") or "", "request")
        if name is not None:
            return name.removesuffix(".json")
    return None
