"""What a web page holds beside what it shows: hidden elements, remarks, white words on no colour."""

import re

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, Tag

from parsers.documents.html import UNSEEN, is_hidden, markup_of, style_of
from parsers.documents.probes.probe_findings import Findings

WHITE = re.compile(r"(?:^|;)color:(?:#fff(?:fff)?|white|rgb\(255,255,255\))(?![\da-z])")
ATTRIBUTE = frozenset({"white", "#fff", "#ffffff"})
GROUND = re.compile(r"(?:^|;)background")
CONDITION = re.compile(r"\s*(?:\[if|<!\[endif)", re.IGNORECASE)
"""What office programs write for each other."""


def probe_html(data: bytes, findings: Findings) -> None:
    """A web page. What its style sheets hide is not judged, nor what a program on it would."""
    soup = BeautifulSoup(f"<!DOCTYPE html>{markup_of(data)[0]}", "lxml")
    hidden: dict[int, bool] = {id(soup): False}
    white: dict[int, bool] = {id(soup): False}
    for node in soup.descendants:
        around = id(node.parent)
        if isinstance(node, Tag):
            hidden[id(node)] = hidden[around] or is_hidden(node)
            white[id(node)] = _is_white(node, inherited=white[around])
        elif isinstance(node, Comment):
            findings.add("comments", count=int(bool(node.strip()) and not CONDITION.match(node)))
        elif type(node) is NavigableString and node.parent is not None and node.parent.name not in UNSEEN:
            words = len(node.strip())
            findings.add("hidden_text", count=words if hidden[around] else 0)
            findings.add("white_text", count=words if white[around] and not hidden[around] else 0)


def _is_white(tag: Tag, *, inherited: bool) -> bool:
    """Whether the words in it are white on nothing; what has a class may have a colour that is not known."""
    style = style_of(tag)
    if tag.get("bgcolor") or tag.get("background") or tag.get("class") or GROUND.search(style):
        return False
    if WHITE.search(style) or str(tag.get("color", "")).lower() in ATTRIBUTE:
        return not any(_may_be_grounded(one) for one in tag.parents)
    return inherited and "color:" not in style


def _may_be_grounded(tag: Tag) -> bool:
    return bool(tag.get("bgcolor") or tag.get("background") or tag.get("class") or GROUND.search(style_of(tag)))
