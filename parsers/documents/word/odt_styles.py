"""What styles of an OpenDocument text say: hidden, on a new page, which list, which headers."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from parsers.documents.word.numbering import Level

NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE, STYLE, TEXT, TABLE, DRAW = (NS % name for name in ("office", "style", "text", "table", "drawing"))
XSL = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
MOST_PARENTS = 20
FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none"}
MOST_SHOWN_LEVELS = 9


@dataclass(frozen=True, kw_only=True)
class _Style:
    parent: str
    hidden: bool | None
    raised: bool | None
    new_page: bool
    page_after: bool
    master: str
    list_style: str


_NO_STYLE = _Style(parent="", hidden=None, raised=None, new_page=False, page_after=False, master="", list_style="")


class Styles:
    """The styles of both parts; those of the text itself come first."""

    def __init__(self, *roots: etree._Element | None) -> None:
        self._styles: dict[tuple[str, str], _Style] = {}
        self._lists: dict[str, dict[int, Level]] = {}
        self.masters: dict[str, etree._Element] = {}
        for root in roots:
            if root is not None:
                self._take(root)

    def _take(self, root: etree._Element) -> None:
        for style in root.iter(f"{STYLE}style"):
            key = style.get(f"{STYLE}family", ""), style.get(f"{STYLE}name", "")
            self._styles.setdefault(key, _style(style))
        for each in root.iter(f"{TEXT}list-style"):
            self._lists.setdefault(each.get(f"{STYLE}name", ""), dict(_levels(each)))
        for master in root.iter(f"{STYLE}master-page"):
            self.masters.setdefault(master.get(f"{STYLE}name", ""), master)

    def is_hidden(self, family: str, name: str) -> bool:
        """Whether text in this style is not shown."""
        return bool(next((style.hidden for style in self._chain(family, name) if style.hidden is not None), False))

    def is_raised(self, name: str) -> bool:
        """Whether words in this style are printed small above their line."""
        return bool(next((style.raised for style in self._chain("text", name) if style.raised is not None), False))

    def begins_page(self, name: str) -> bool:
        """Whether a paragraph in this style stands on a new page."""
        own = self._styles.get(("paragraph", name), _NO_STYLE)
        return bool(own.master) or any(style.new_page for style in self._chain("paragraph", name))

    def ends_page(self, name: str) -> bool:
        """Whether what follows a paragraph in this style stands on a new page."""
        return any(style.page_after for style in self._chain("paragraph", name))

    def master(self, name: str) -> str:
        """The page layout that a paragraph in this style asks for."""
        return next((style.master for style in self._chain("paragraph", name) if style.master), "")

    def list_style(self, name: str) -> str:
        """The list that a paragraph in this style belongs to by itself."""
        return next((style.list_style for style in self._chain("paragraph", name) if style.list_style), "")

    def levels(self, name: str) -> dict[int, Level]:
        """How the levels of a list are numbered, from 0."""
        return self._lists.get(name, {})

    def _chain(self, family: str, name: str) -> Iterator[_Style]:
        for _ in range(MOST_PARENTS):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = style.parent


def _style(style: etree._Element) -> _Style:
    words, block = style.find(f"{STYLE}text-properties"), style.find(f"{STYLE}paragraph-properties")
    display = words.get(f"{TEXT}display") if words is not None else None
    place = words.get(f"{STYLE}text-position") if words is not None else None
    return _Style(
        parent=style.get(f"{STYLE}parent-style-name", ""),
        hidden=None if display is None else display == "none",
        raised=None if place is None else _is_above(place),
        new_page=block is not None and block.get(f"{XSL}break-before") == "page",
        page_after=block is not None and block.get(f"{XSL}break-after") == "page",
        master=style.get(f"{STYLE}master-page-name", ""),
        list_style=style.get(f"{STYLE}list-style-name", ""),
    )


def _is_above(position: str) -> bool:
    """``super``, or by how much of the letters' height they stand above the line, such as ``33% 58%``."""
    place = position.split()[:1]
    return bool(place) and (place[0] == "super" or number(place[0].rstrip("%"), 0) > 0)


def _levels(style: etree._Element) -> Iterator[tuple[int, Level]]:
    for each in style:
        place = number(each.get(f"{TEXT}level"), 1) - 1
        if each.tag == f"{TEXT}list-level-style-bullet":
            yield place, Level(style="bullet", text=each.get(f"{TEXT}bullet-char", "•"))
        elif each.tag == f"{TEXT}list-level-style-number":
            yield place, _numbered(each, place)


def _numbered(each: etree._Element, place: int) -> Level:
    style = FORMATS.get(each.get(f"{STYLE}num-format", ""), "decimal")
    shown = max(1, min(number(each.get(f"{TEXT}display-levels"), 1), place + 1, MOST_SHOWN_LEVELS))
    marks = ".".join(f"%{level + 1}" for level in range(place + 1 - shown, place + 1))
    text = "" if style == "none" else marks
    before, after = each.get(f"{STYLE}num-prefix", ""), each.get(f"{STYLE}num-suffix", "")
    return Level(style=style, text=f"{before}{text}{after}", start=number(each.get(f"{TEXT}start-value"), 1))


def number(text: str | None, default: int) -> int:
    """A number of an attribute, or the default where it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else default
