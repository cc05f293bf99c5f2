"""The files of one message as the request page lists them (alaveteli.md 3.6, 3.10)."""

import re

from parsers.errors import SelectorError
from parsers.records import Attachment, AttachmentState
from parsers.select import Node, css, describe, xpath
from parsers.wdtk.leftovers import Leftovers
from parsers.wdtk.markup import has_class, squeeze, words
from parsers.wdtk.urls import AttachmentPlace, attachment_place, path_of

_ITEMS = css("li.attachment, p.attachment", what="an attachment")
_LIST = css("ul.list-of-attachments", what="the list of attachments")
_HEADING = css(".attachments__header h3", what="the number of attachments")
_HIDDEN = css("span.hidden_attachment", what="the note on a hidden attachment")
_NAME = xpath("./p[@class='attachment__name'] | ./strong", what="the name of an attachment")
_META = css("p.attachment__meta", what="the line with an attachment's size")
_REMARK = css("em", what="the remark on an attachment")
_ICON = css("img", what="the icon of an attachment")
_LINKS = css("a[href]", what="a link of an attachment")

_ID = re.compile(r"attachment-([0-9]{1,18})")
_SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?[KMG]?)(?: |$)")
_ICON_TYPE = re.compile(r"icon_([a-z]+)_([^/]+?)_large(?:-[0-9a-f]+)?\.[a-z]+")
_COUNT = re.compile(r"[0-9]{1,9}")
_KNOWN_IN_BOX = frozenset(
    {".attachments__header", ".list-of-attachments", ".attachments__show-more", ".attachment", ".top", ".bottom"}
)
_KNOWN_IN_LIST = frozenset({".attachment"})
_KNOWN_IN_ITEM = frozenset({"a", ".attachment__image", ".attachment__name", ".attachment__meta", ".hidden_attachment"})
_KNOWN_IN_META = frozenset({"a", "br", "em", "strong"})


def read_attachments(box: Node | None, *, message: str, leftovers: Leftovers) -> tuple[Attachment, ...]:
    """Every attachment in order. ``box`` is ``div.attachments`` or ``None``; ``message`` is the id of the message."""
    if box is None:
        return ()
    items = _ITEMS.some(box)
    leftovers.children(message, box, _KNOWN_IN_BOX)
    for listed in _LIST.all(box):
        leftovers.children(message, listed, _KNOWN_IN_LIST)
    _compare_count(box, len(items), message, leftovers)
    return tuple(_attachment(item, place, message, leftovers) for place, item in enumerate(items, start=1))


def _attachment(item: Node, position: int, message: str, leftovers: Leftovers) -> Attachment:
    where = f"{message} attachment {position}"
    meta = _meta(item, where, leftovers)
    hidden = _HIDDEN.maybe(item)
    download = _download(item, message, where, leftovers)
    size, remark = _size_and_remark(meta) if meta is not None else (None, None)
    state = _state(hidden, download, remark, item)
    place = attachment_place(download) if download is not None else None
    part = place.part if place else None
    own = _ID.fullmatch(item.get("id") or "")
    return Attachment(
        id=own.group(0) if own else f"{message}/{position if part is None else part}",
        attachment_id=int(own.group(1)) if own else None,
        position=position,
        part=part,
        name=_words_or_none(_NAME.maybe(item)),
        size_shown=size,
        url=download if state == "file" else None,
        icon_type=_icon_type(_ICON.maybe(item)),
        state=state,
        reason=_words_or_none(hidden) or remark,
    )


def _state(hidden: Node | None, download: str | None, remark: str | None, item: Node) -> AttachmentState:
    if hidden is not None:
        return "hidden"
    if download is not None:
        return "file"
    if remark is not None:
        return "erased"
    raise SelectorError(f"expected a link to the file, or why there is none, in {describe(item)}, found neither")


def _meta(item: Node, where: str, leftovers: Leftovers) -> Node | None:
    """The element with size and links: up to 0.25 the item itself."""
    if item.tag == "p":
        return _reported(item, where, leftovers)
    leftovers.children(where, item, _KNOWN_IN_ITEM)
    meta = _META.maybe(item)
    return None if meta is None else _reported(meta, where, leftovers)


def _reported(meta: Node, where: str, leftovers: Leftovers) -> Node:
    for child in meta:
        if child.tag not in _KNOWN_IN_META:
            leftovers.element(where, child)
    return meta


def _size_and_remark(meta: Node) -> tuple[str | None, str | None]:
    """The size leads the text between the links; a delivery note follows it, since 0.42 in an element of its own."""
    between = " ".join([meta.text or "", *(child.tail or "" for child in meta)])
    text = squeeze(between).strip()
    size = _SIZE.match(text)
    loose = text[size.end() :].strip() if size else text
    remark = _words_or_none(_REMARK.maybe(meta))
    return (size.group(1) if size else None), remark or loose or None


def _download(item: Node, message: str, where: str, leftovers: Leftovers) -> str | None:
    found: dict[str, None] = {}
    for link in _LINKS.all(item):
        href = link.get("href") or ""
        path = path_of(href)
        if "/attach/" not in path:
            _report_link(link, href, where, leftovers)
        elif not _checked(path, message, where, leftovers).as_html:
            found.setdefault(path)
    if len(found) > 1:
        raise SelectorError(f"expected one file in {where}, found links to {len(found)}: {', '.join(found)[:200]}")
    return next(iter(found), None)


def _checked(path: str, message: str, where: str, leftovers: Leftovers) -> AttachmentPlace:
    place = attachment_place(path)
    if message != f"incoming-{place.message_number}":
        leftovers.add(where, f"its link is to a file of message {place.message_number}")
    return place


def _report_link(link: Node, href: str, where: str, leftovers: Leftovers) -> None:
    explored_elsewhere = "csv=" in href
    parent = link.getparent()
    in_a_note = parent is not None and has_class(parent, "hidden_attachment")
    if not explored_elsewhere and not in_a_note:
        leftovers.element(where, link)


def _compare_count(box: Node, found: int, message: str, leftovers: Leftovers) -> None:
    heading = _HEADING.maybe(box)
    count = _COUNT.search(words(heading)) if heading is not None else None
    if count is not None and int(count.group(0)) != found:
        leftovers.add(message, f"the page counts {count.group(0)} attachments and lists {found}")


def _icon_type(icon: Node | None) -> str | None:
    found = _ICON_TYPE.search(icon.get("src") or "") if icon is not None else None
    return "/".join(found.groups()) if found else None


def _words_or_none(node: Node | None) -> str | None:
    return (words(node) or None) if node is not None else None
