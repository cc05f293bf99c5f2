"""One message of a thread: who wrote it, when, its words and files, or why they are hidden (alaveteli.md 3.3, 3.10)."""

from parsers.errors import ParseError
from parsers.records import Direction, Message
from parsers.select import Node, css, describe, xpath
from parsers.wdtk.attachments import read_attachments
from parsers.wdtk.fields import is_time
from parsers.wdtk.leftovers import Leftovers
from parsers.wdtk.markup import classes, squeeze, words
from parsers.wdtk.text import read_text

_HEADER = xpath(
    "./div[contains(concat(' ', @class, ' '), ' correspondence__header ')] | ./h2", what="the header of a message"
)
_AUTHOR = css(
    "span.correspondence__header__author, div.correspondence__header__from, "
    "div.correspondence__header__from--with-delivery-status",
    what="the author of a message",
)
_TIME = css("time[datetime]", what="the time of a block")
_DELIVERY = css("a[data-delivery-status]", what="the delivery status")
_NOTICE = css("p#hidden_message", what="the note on a hidden message")
_BODY = css("div.correspondence_text", what="the text of a message")
_BOX = css("div.attachments", what="the list of attachments")
_HIDDEN_PART = css("p.hidden_attachment", what="the note on a hidden main part")
_UNFOLD = css("span.unfold_link a[href*='unfold=1']", what="the link that shows quoted parts")
_ACTIONS = css("p.event_actions", what="the line below a message")

_BLOCK_CLASSES = frozenset({"incoming", "outgoing", "correspondence", "box", "collapsed"})
_KNOWN_IN_MESSAGE = frozenset(
    {
        "h2",
        "#hidden_message",
        ".correspondence__header",
        ".correspondence_text",
        ".correspondence__footer",
        # The next three are for people who are signed in, or who opened the log before they saved the page.
        ".correspondence__suggestion",
        ".correspondence_info",
        ".correspondence_delivery",
        ".js-delivery-log-ajax-error",
        ".event_actions",
    }
)
_FROM = (".correspondence__header__from", ".correspondence__header__from--with-delivery-status")
_BESIDE_THE_AUTHOR = frozenset({".correspondence__header__date", ".correspondence__header__delivery-status"})
_KNOWN_IN_HEADER = frozenset({".correspondence__header__author", *_FROM}) | _BESIDE_THE_AUTHOR


def read_message(block: Node, *, direction: Direction, number: int, position: int, leftovers: Leftovers) -> Message:
    """The message of one block.

    A hidden incoming message keeps author and time; a hidden outgoing one has neither. Where only the main part is
    hidden, ``text`` is ``None``, ``hidden_reason`` says why, and the attachments stay.
    """
    where = f"{direction}-{number}"
    leftovers.children(where, block, _KNOWN_IN_MESSAGE)
    notice = _NOTICE.maybe(block)
    body = _BODY.one(block) if notice is None else _BODY.maybe(block)
    header = _header(block, notice)
    text, reason = _text(body, where, leftovers) if body is not None else (None, None)
    if header is not None:
        _report_header(header, where, leftovers)
    return Message(
        id=where,
        number=number,
        direction=direction,
        position=position,
        prominence=_prominence(block, notice, direction, leftovers),
        author=None if header is None else _author(header),
        sent_at=None if header is None else time_of(header),
        text=text,
        hidden_reason=reason if notice is None else words(notice),
        has_folded_quote=body is not None and bool(_UNFOLD.all(body)),
        delivery_status=None if header is None else _delivery_status(header),
        attachments=() if body is None else read_attachments(_BOX.maybe(body), message=where, leftovers=leftovers),
        note=_note(_ACTIONS.maybe(block)),
    )


def time_of(node: Node) -> str:
    """The machine-readable time below ``node``, as printed; its words depend on the site's language."""
    value = _TIME.one(node).get("datetime") or ""
    if not is_time(value):
        raise ParseError(f"expected a time with an offset in {describe(node)}, found {value[:40]!r}")
    return value


def _header(block: Node, notice: Node | None) -> Node | None:
    """Required, but for hidden messages: those of the requester have none, nor had any before 0.26."""
    return _HEADER.one(block) if notice is None else _HEADER.maybe(block)


def _report_header(header: Node, where: str, leftovers: Leftovers) -> None:
    if header.tag == "div":
        leftovers.children(f"{where} header", header, _KNOWN_IN_HEADER)


def _author(header: Node) -> str | None:
    """``NAME, BODY``, ``NAME`` or ``BODY``: white space and a trailing comma are the template's, not the author's."""
    named = header if header.tag == "h2" else _AUTHOR.one(header)
    lines = [squeeze(line).strip(" ,") for line in _author_lines(named)]
    shown = ", ".join(line for line in lines if line)
    # Up to 0.25 the name stands after this word.
    return shown.removeprefix("From:").strip() or None


def _author_lines(named: Node) -> list[str]:
    pieces = [named.text or ""]
    for child in named:
        if child.tag == "br":
            pieces.append("\f")
        elif child.tag != "time" and not _BESIDE_THE_AUTHOR.intersection(f".{name}" for name in classes(child)):
            pieces.append(words(child))
        pieces.append(child.tail or "")
    return "".join(pieces).split("\f")


def _prominence(block: Node, notice: Node | None, direction: Direction, leftovers: Leftovers) -> str:
    if direction == "outgoing":
        return "normal" if notice is None else "hidden"
    named = [name for name in classes(block) if name not in _BLOCK_CLASSES and not name.startswith("js-")]
    if len(named) == 1:
        return named[0]
    leftovers.add(describe(block), f"expected one class for the prominence, found {len(named)}")
    return "unknown"


def _text(body: Node, where: str, leftovers: Leftovers) -> tuple[str | None, str | None]:
    hidden = _HIDDEN_PART.maybe(body)
    box = _BOX.maybe(body)
    leftovers.loose(f"{where} text", body.text)
    for child in body:
        leftovers.loose(f"{where} text", child.tail)
    if hidden is not None:
        return None, words(hidden)
    return read_text(body, where=where, leftovers=leftovers, skip=box), None


def _delivery_status(header: Node) -> str | None:
    shown = _DELIVERY.maybe(header)
    return None if shown is None else shown.get("data-delivery-status") or None


def _note(actions: Node | None) -> str | None:
    """Words in the line of links, such as the warning that a message was not sent; the links are left out."""
    if actions is None:
        return None
    pieces = [actions.text or ""]
    for child in actions:
        pieces.append(words(child) if child.tag != "a" else "")
        pieces.append(child.tail or "")
    return squeeze("".join(pieces)).strip(" |") or None
