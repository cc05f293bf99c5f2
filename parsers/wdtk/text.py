"""The words of a message or comment as its author laid them out (alaveteli.md 3.5).

The site prints plain text: paragraphs, line breaks and links, nothing else. Anything else is read all the same and
reported.
"""

import re
from urllib.parse import urlsplit

from parsers.select import Node
from parsers.wdtk.leftovers import Leftovers
from parsers.wdtk.markup import has_class, squeeze, words

_SPACES = re.compile(r" {2,}")
_LINE_END = re.compile(r" ?\n ?")
_BLANK_LINES = re.compile(r"\n{3,}")
_PARAGRAPHS = frozenset({"p", "div"})
_UNSEEN = frozenset({"script", "style", "template", "noscript"})
_INLINE = frozenset({"b", "code", "em", "font", "i", "mark", "small", "span", "strong", "sub", "sup", "u"})
_CUT = "..."


def read_text(container: Node, *, where: str, leftovers: Leftovers, skip: Node | None = None) -> str:
    """The words in ``container``: paragraphs parted by a blank line, ``<br>`` as a newline, links as whole addresses.

    The words of the link that folds or unfolds quoted parts are the site's and left out, and so is ``skip``.
    """
    pieces: list[str] = []
    _inside(container, pieces, where, leftovers, skip)
    text = _SPACES.sub(" ", "".join(pieces))
    return _BLANK_LINES.sub("\n\n", _LINE_END.sub("\n", text)).strip()


def _block(node: Node, pieces: list[str], where: str, leftovers: Leftovers) -> None:
    pieces.append("\n\n")
    _inside(node, pieces, where, leftovers)
    pieces.append("\n\n")


def _inside(node: Node, pieces: list[str], where: str, leftovers: Leftovers, skip: Node | None = None) -> None:
    if node.text:
        pieces.append(squeeze(node.text))
    for child in node:
        if child is not skip:
            _element(child, pieces, where, leftovers)
        if child.tail:
            pieces.append(squeeze(child.tail))


def _element(node: Node, pieces: list[str], where: str, leftovers: Leftovers) -> None:
    if node.tag == "br":
        pieces.append("\n")
    elif node.tag == "a":
        pieces.append(_link(node))
    elif node.tag in _PARAGRAPHS:
        _block(node, pieces, where, leftovers)
    elif not has_class(node, "unfold_link"):
        _unforeseen(node, pieces, where, leftovers)


def _unforeseen(node: Node, pieces: list[str], where: str, leftovers: Leftovers) -> None:
    leftovers.element(f"{where} text", node)
    if node.tag in _INLINE:
        _inside(node, pieces, where, leftovers)
    elif node.tag not in _UNSEEN:
        _block(node, pieces, where, leftovers)


def _link(node: Node) -> str:
    return whole_address(words(node), node.get("href") or "")


def whole_address(shown: str, href: str) -> str:
    """The address that the words of a link shorten: cut at the end, or without its scheme. Else the words.

    The host is taken from the words where it differs from the link's: a proxy or a saved page may have changed it.
    """
    if href == f"http://{shown}":
        return href
    if not shown.endswith(_CUT):
        return shown
    stem = shown.removesuffix(_CUT)
    if href.startswith((stem, f"http://{stem}")):
        return href
    try:
        seen, meant = urlsplit(stem), urlsplit(href)
    except ValueError:
        return shown
    rest = _after_host(href, meant.netloc)
    known = _after_host(stem, seen.netloc)
    if not seen.netloc or not known or not rest.startswith(known):
        return shown
    return stem.removesuffix(known) + rest


def _after_host(address: str, host: str) -> str:
    return address.partition(host)[2] if host else ""
