"""From the bytes of a page to a tree, refusing what would be read only in part."""

import re

from lxml import etree

from parsers.errors import ParseError
from parsers.select import Node

_SPACE = re.compile(r"[ \t\r\n\f]+")
_SAVED_BY_SINGLEFILE = b"Page saved with SingleFile"


def read_page(body: bytes) -> Node:
    """The ``<html>`` element of a whole page in UTF-8.

    :class:`ParseError` where the body is empty, binary, in another encoding, cut off before its end, or nested
    deeper than the parser goes: each of them would lose words without a sign.
    """
    if not body.strip():
        raise ParseError("expected a page, found an empty body")
    _refuse_binary(body)
    # Some tools that save pages leave out end tags that HTML does not need.
    if b"</html" not in body.lower() and _SAVED_BY_SINGLEFILE not in body:
        raise ParseError("the page ends before </html>: it was cut off, so fetch or save it again")
    return parse_html(body)


def parse_html(body: bytes) -> Node:
    """The root of whatever tree the bytes make, without comments; used where a page need not be whole."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise ParseError(f"not a page of HTML: {error.msg or 'nothing in it'}") from error
    if root is None:
        raise ParseError("not a page of HTML: there is no element in it")
    for entry in parser.error_log:
        if entry.level_name == "FATAL":
            raise ParseError(f"the page cannot be read to its end: damaged or nested too deeply at line {entry.line}")
    return root


def _refuse_binary(body: bytes) -> None:
    nul = body.find(b"\0")
    if nul >= 0:
        raise ParseError(f"expected a page, found a NUL byte at offset {nul}: this is a binary file or UTF-16")
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ParseError(
            f"expected UTF-8, found byte 0x{body[error.start]:02x} at offset {error.start}: "
            "the page is in another encoding or damaged"
        ) from error


def squeeze(text: str) -> str:
    """Runs of HTML white space as one space; a no-break space stays."""
    return _SPACE.sub(" ", text)


def words(node: Node, *, between: str = "") -> str:
    """All words below ``node`` on one line, without those of scripts and styles; ``between`` parts elements."""
    return squeeze(between.join(_pieces(node))).strip()


def _pieces(node: Node) -> list[str]:
    pieces = [node.text or ""]
    for child in node:
        if child.tag not in {"script", "style"}:
            pieces.extend(_pieces(child))
        pieces.append(child.tail or "")
    return pieces


def classes(node: Node) -> list[str]:
    """The element's classes in order."""
    return (node.get("class") or "").split()


def has_class(node: Node, name: str) -> bool:
    """Whether the element has that class."""
    return name in classes(node)
