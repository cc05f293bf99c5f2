"""What any answer of the site is: a page to read, a file, or a notice in place of both (alaveteli.md 2.7, 6.4).

An outage, a challenge or a page of somebody else's server is never taken for a removal: a removal is only what the
site itself says on its own page.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import replace

from parsers.errors import ParseError
from parsers.records import Notice, PageKind
from parsers.select import Node, css, xpath
from parsers.wdtk.markup import parse_html, words

_CONTROLLER = xpath("//div[@id='content']//div[starts-with(@class, 'controller_')]", what="the content of a page")
_ERROR = css("#error-page", what="the error")
_HEADINGS = xpath("./h1", what="the heading of a notice")
_PARAGRAPHS = xpath("./p", what="a paragraph of a notice")
_THREAD = css("#left_column", what="the messages")
_TITLE = xpath("//title", what="the title of the document")
_VISIBLE = xpath("//body", what="what a visitor sees")
_REFRESH = xpath("//meta[@http-equiv='refresh'][@content]", what="when to load again")
_BUTTON = css("a.button[href]", what="the link to the file")
_ATTACHMENT_VIEW = css("div.view_html_prefix", what="the line above an attachment shown as a page")

_REMOVED: dict[str, PageKind] = {
    "Request has been removed": "hidden_request",
    "Message has been removed": "hidden_message",
    "Attachment has been removed": "hidden_attachment",
    "Attachment has been erased": "erased_attachment",
}
_PAGES: dict[str, PageKind] = {
    "request_list": "listing",
    "public_body_show": "authority",
    "public_body_list": "authority_list",
    "attachment_masks_wait": "wait",
    "attachment_masks_done": "done",
}
_NOT_FOUND = "Sorry, we couldn't find that page"
_JSON_NOT_FOUND = {"status": 404, "error": "Not Found"}
_STATIC_NOT_FOUND = "(404 Not found)"
_HTML = frozenset({"text/html", "application/xhtml+xml", ""})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHALLENGE = re.compile(
    rb"_cf_chl_opt|<title>Just a moment\.\.\.|Attention Required! \| Cloudflare|cf-browser-verification"
    rb"|Making sure you(?:'|&#39;)re not a bot"
)
_CHALLENGE_WITHIN = 100_000
_LONGEST_WORDS = 1_000


def classify(*, status: int, headers: Mapping[str, str], body: bytes) -> Notice:
    """What an answer is. ``headers`` have lower-case names. Never raises: what no rule knows is ``unknown``.

    A 403 without a page, which is how the site answers for the JSON of a hidden request, is ``error``: ask for the
    page, which says what is hidden.
    """
    if status == 304:
        return _plain("not_modified")
    if status in _REDIRECTS:
        return replace(_plain("redirect"), link=headers.get("location"))
    if headers.get("cf-mitigated") == "challenge" or headers.get("x-amzn-waf-action"):
        return _plain("challenge")
    media = headers.get("content-type", "").partition(";")[0].strip().lower() or _sniffed(body)
    if media in _HTML and body.strip() and not _is_download(headers):
        notice = _page(status, body)
    elif status == 200:
        notice = _plain(_document_kind(media, headers, body))
    else:
        notice = _without_page(status, media, body)
    return _with_retry(notice, headers)


def _sniffed(body: bytes) -> str:
    """A saved document comes without headers."""
    if body.lstrip()[:1] in {b"{", b"["}:
        return "application/json"
    return "text/csv" if _is_csv_of_authorities(body) else ""


def _is_csv_of_authorities(body: bytes) -> bool:
    return body.removeprefix(b"\xef\xbb\xbf").startswith(b"Internal ID,Name,")


def _page(status: int, body: bytes) -> Notice:
    try:
        root = parse_html(body)
    except ParseError as error:
        return Notice(kind="error" if status >= 400 else "unknown", heading=None, words=str(error))
    content = next(iter(_CONTROLLER.all(root)), None)
    # Only a page without the site's own frame can be a challenge: letters may quote anything.
    return _foreign(status, root, body) if content is None else _own(status, root, content)


def _own(status: int, root: Node, content: Node) -> Notice:
    error = next(iter(_ERROR.all(content)), None)
    if error is not None:
        notice = _told("error", error)
        return replace(notice, kind="not_found") if status == 404 or notice.heading == _NOT_FOUND else notice
    notice = _told("site_page", content)
    if notice.heading in _REMOVED:
        return replace(notice, kind=_REMOVED[notice.heading])
    if status >= 400:
        return replace(notice, kind="error")
    name = content.get("id") or ""
    if name == "request_show" and _THREAD.all(content):
        return _plain("request")
    kind = _PAGES.get(name, "site_page")
    return replace(notice, kind=kind, link=_link(kind, content), retry_seconds=_refresh(kind, root))


def _foreign(status: int, root: Node, body: bytes) -> Notice:
    title = next((words(node) for node in _TITLE.all(root)), None)
    if _CHALLENGE.search(body, 0, _CHALLENGE_WITHIN):
        return Notice(kind="challenge", heading=title, words=None)
    if status == 200 and _ATTACHMENT_VIEW.all(root):
        return Notice(kind="attachment_view", heading=title, words=None)
    if status == 404 and title is not None and _STATIC_NOT_FOUND in title:
        return Notice(kind="not_found", heading=title, words=None)
    kind: PageKind = "error" if status >= 400 else "unknown"
    said = " ".join(words(part, between=" ") for part in _VISIBLE.all(root))
    return Notice(kind=kind, heading=title, words=said[:_LONGEST_WORDS] or None)


def _without_page(status: int, media: str, body: bytes) -> Notice:
    # The site's own 404 for a format other than HTML is empty, or one JSON object with the status.
    if status == 404 and media not in _HTML and (not body.strip() or _json_value(body) == _JSON_NOT_FOUND):
        return _plain("not_found")
    said = body[:_LONGEST_WORDS].decode("utf-8", "replace").strip() if media.startswith("text/") else ""
    return Notice(kind="error", heading=None, words=said or None)


def _document_kind(media: str, headers: Mapping[str, str], body: bytes) -> PageKind:
    if media == "text/csv" and _is_csv_of_authorities(body):
        return "authorities_csv"
    if _is_download(headers):
        return "file"
    if not body.strip():
        return "unknown"
    if media == "application/json":
        return _json_kind(body)
    return "data" if media.startswith("text/") or media.endswith("+xml") else "file"


def _json_kind(body: bytes) -> PageKind:
    match _json_value(body):
        case {"url_title": str(), "info_request_events": list()}:
            return "request_json"
        case {"url_name": str(), "info": dict()}:
            return "authority_json"
        case dict() | list():
            return "data"
    return "unknown"


def _json_value(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _plain(kind: PageKind) -> Notice:
    return Notice(kind=kind, heading=None, words=None)


def _told(kind: PageKind, content: Node) -> Notice:
    heading = next((words(node) for node in _HEADINGS.all(content)), None)
    paragraphs = [text for node in _PARAGRAPHS.all(content) if (text := words(node))]
    return Notice(kind=kind, heading=heading, words="\n".join(paragraphs)[:_LONGEST_WORDS] or None)


def _link(kind: PageKind, content: Node) -> str | None:
    button = next(iter(_BUTTON.all(content)), None) if kind == "done" else None
    return None if button is None else button.get("href")


def _refresh(kind: PageKind, root: Node) -> int | None:
    refresh = next(iter(_REFRESH.all(root)), None) if kind == "wait" else None
    return None if refresh is None else _seconds((refresh.get("content") or "").partition(";")[0])


def _with_retry(notice: Notice, headers: Mapping[str, str]) -> Notice:
    seconds = _seconds(headers.get("retry-after"))
    return notice if seconds is None else replace(notice, retry_seconds=seconds)


def _seconds(value: str | None) -> int | None:
    shown = (value or "").strip()
    return int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 10 else None


def _is_download(headers: Mapping[str, str]) -> bool:
    return headers.get("content-disposition", "").lower().startswith("attachment")
