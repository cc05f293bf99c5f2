"""The column of a request page: its blocks in order, each read or reported (alaveteli.md 3.3)."""

import re
from dataclasses import dataclass, field, replace

from parsers.errors import ParseError
from parsers.records import Comment, Message, Resend
from parsers.select import Node, css, describe, xpath
from parsers.wdtk.leftovers import Leftovers
from parsers.wdtk.markup import words
from parsers.wdtk.messages import read_message, time_of
from parsers.wdtk.text import read_text

_AGAIN = css("p.event_plain", what="the note of sending again")
_COMMENT_TEXT = css(".comment_in_request_text", what="the text of an annotation")
_COMMENT_HEAD = css("h2", what="the head of an annotation")
_COMMENT_AUTHOR = css("a[href*='/user/']", what="the author of an annotation")
_COMMENT_CONTENT = css("div.comment_content", what="the content of an annotation")
_ANY_BLOCK = xpath(
    ".//*[starts-with(@id, 'incoming-') or starts-with(@id, 'outgoing-') or starts-with(@id, 'comment-')]",
    what="a block of the thread",
)
_NOTE = css("aside#notes > article", what="a note of the site's team")

_ANCHOR = re.compile(r"(incoming|outgoing|comment)-([0-9]{1,18})")
_KNOWN_IN_COLUMN = frozenset(
    {
        "#notes",
        ".ff-print-fix",
        ".describe_state_form",
        ".request-footer__action-bar-container",
        ".donate-cta",
        # Up to 0.25 the header stands in the column.
        "h1",
        ".subtitle",
        "#request_status",
        ".user_photo_on_request",
        "#after_actions",
    }
)
_KNOWN_IN_RESEND = frozenset({"h2", ".event_plain"})
_KNOWN_IN_COMMENT = frozenset(
    {
        "h2",
        ".comment_content",
        ".comment_in_request_text",
        ".correspondence__footer",
        ".event_actions",
        ".user_photo_on_comment",
    }
)


@dataclass(kw_only=True)
class Thread:
    """What the column holds; ``position`` counts messages, notes of sending again and annotations together, from 1."""

    messages: dict[str, Message] = field(default_factory=dict)
    resends: list[Resend] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    notes: tuple[str, ...] = ()


def read_thread(column: Node, leftovers: Leftovers) -> Thread:
    """Every block of ``#left_column`` in the order of the page, which is that of the events, not of the dates.

    :class:`ParseError` where a block stands inside another.
    """
    blocks = {child: found for child in column if (found := _ANCHOR.fullmatch(child.get("id") or ""))}
    _refuse_nested(column)
    leftovers.children("the column of messages", column, _KNOWN_IN_COLUMN, ignore=blocks)
    thread = Thread(notes=tuple(words(note) for note in _NOTE.all(column)))
    for position, (block, anchor) in enumerate(blocks.items(), start=1):
        _read_block(block, anchor, position, thread, leftovers)
    return thread


def _refuse_nested(column: Node) -> None:
    """A block inside another, as damaged markup makes it, would be lost with its words."""
    for block in _ANY_BLOCK.all(column):
        if block.getparent() is not column:
            raise ParseError(f"expected {describe(block)} directly in the column of messages, found it inside another")


def _read_block(block: Node, anchor: re.Match[str], position: int, thread: Thread, leftovers: Leftovers) -> None:
    kind, number = anchor.group(1), int(anchor.group(2))
    if kind == "comment":
        thread.comments.append(_comment(block, number, position, leftovers))
    elif kind == "outgoing" and _AGAIN.maybe(block) is not None:
        leftovers.children(anchor.group(0), block, _KNOWN_IN_RESEND)
        resend = Resend(message_id=anchor.group(0), position=position, sent_at=time_of(block))
        thread.resends.append(resend)
    else:
        message = read_message(
            block,
            direction="incoming" if kind == "incoming" else "outgoing",
            number=number,
            position=position,
            leftovers=leftovers,
        )
        _add(message, thread, leftovers)


def _add(message: Message, thread: Thread, leftovers: Leftovers) -> None:
    """A failed sending shows the whole message again under the same id; anything else twice is reported."""
    first = thread.messages.setdefault(message.id, message)
    if first is message:
        return
    if message.direction == "incoming" or message.text != first.text:
        leftovers.add(message.id, "shown twice with other words")
    if message.sent_at is not None:
        thread.messages[message.id] = replace(first, shown_again_at=(*first.shown_again_at, message.sent_at))


def _comment(block: Node, number: int, position: int, leftovers: Leftovers) -> Comment:
    where = f"comment-{number}"
    for part in (block, *_COMMENT_CONTENT.all(block)):
        leftovers.children(where, part, _KNOWN_IN_COMMENT)
    head = _COMMENT_HEAD.one(block)
    author = _COMMENT_AUTHOR.maybe(head)
    return Comment(
        id=where,
        number=number,
        position=position,
        author=None if author is None else words(author) or None,
        created_at=time_of(head),
        text=read_text(_COMMENT_TEXT.one(block), where=where, leftovers=leftovers),
    )
