"""What styles and lists of a Word document say of its paragraphs: hidden, numbered how, on a new page."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from parsers.documents.word.numbering import MOST_LEVELS, Counters, Level

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MOST_BASES = 20
"""A style may rest on another, and that on another; files may make a ring of it."""


def value(element: etree._Element | None, default: str = "") -> str:
    """The ``w:val`` of an element."""
    return default if element is None else element.get(f"{W}val", default)


def is_on(element: etree._Element | None) -> bool:
    """Whether a mark such as ``w:vanish`` is there and not switched off."""
    return element is not None and value(element, "1") not in {"0", "false", "off"}


def whole(text: str | None, default: int = 0) -> int:
    """A number of an attribute, or the default where it is none."""
    try:
        return int(text or "")
    except ValueError:
        return default


@dataclass(frozen=True, kw_only=True)
class _Style:
    based_on: str
    hidden: bool | None
    raised: bool | None
    new_page: bool | None
    number: etree._Element | None


class Styles:
    """The styles part."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._defaults: dict[str, str] = {}
        for style in root.iterchildren(f"{W}style") if root is not None else ():
            key = style.get(f"{W}styleId", "")
            self._styles[key] = _style(style)
            if style.get(f"{W}default") in {"1", "true", "on"}:
                self._defaults[style.get(f"{W}type", "")] = key

    def is_hidden(self, key: str) -> bool:
        """Whether text in this style is not shown."""
        return bool(next((style.hidden for style in self._chain(key) if style.hidden is not None), False))

    def is_raised(self, key: str) -> bool:
        """Whether text in this style is printed small above its line."""
        return bool(next((style.raised for style in self._chain(key) if style.raised is not None), False))

    def begins_page(self, key: str) -> bool:
        """Whether a paragraph in this style stands on a new page."""
        return bool(next((style.new_page for style in self._chain(key) if style.new_page is not None), False))

    def numbering(self, key: str) -> tuple[str, etree._Element] | None:
        """The ``w:numPr`` that the style brings, and the style that has it."""
        for name, style in self._named_chain(key or self._defaults.get("paragraph", "")):
            if style.number is not None:
                return name, style.number
        return None

    def _chain(self, key: str) -> Iterator[_Style]:
        return (style for _, style in self._named_chain(key))

    def _named_chain(self, key: str) -> Iterator[tuple[str, _Style]]:
        for _ in range(MOST_BASES):
            style = self._styles.get(key)
            if style is None:
                return
            yield key, style
            key = style.based_on


def _style(style: etree._Element) -> _Style:
    hidden = style.find(f"{W}rPr/{W}vanish")
    place = style.find(f"{W}rPr/{W}vertAlign")
    new_page = style.find(f"{W}pPr/{W}pageBreakBefore")
    return _Style(
        based_on=value(style.find(f"{W}basedOn")),
        hidden=None if hidden is None else is_on(hidden),
        raised=None if place is None else value(place) == "superscript",
        new_page=None if new_page is None else is_on(new_page),
        number=style.find(f"{W}pPr/{W}numPr"),
    )


@dataclass
class _List:
    """A numbered list: an abstract one, and what this use of it changes."""

    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    own: dict[int, Level] = field(default_factory=dict)


class Lists:
    """The numbering part, and where each list stands."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._of_style: dict[tuple[str, str], int] = {}
        self._lists: dict[str, _List] = {}
        self._counters = Counters()
        self._styles = styles
        if root is not None:
            for abstract in root.iterchildren(f"{W}abstractNum"):
                self._take_abstract(abstract)
            for each in root.iterchildren(f"{W}num"):
                self._lists[each.get(f"{W}numId", "")] = _list(each)

    def label(self, properties: etree._Element | None) -> str:
        """The label of a paragraph with these properties; counts it."""
        style = value(properties.find(f"{W}pStyle")) if properties is not None else ""
        number = properties.find(f"{W}numPr") if properties is not None else None
        inherited = self._styles.numbering(style)
        named = inherited[0] if inherited else ""
        if number is None and inherited is None:
            return ""
        list_id, level = _numbered(number)
        if not list_id and inherited:
            list_id, style_level = _numbered(inherited[1])
            level = style_level if level is None else level
        one = self._lists.get(list_id)
        if one is None:
            return ""
        if level is None:
            level = self._of_style.get((one.abstract, named), 0)
        return self._next(one, max(0, min(level, MOST_LEVELS - 1)))

    def _next(self, one: _List, level: int) -> str:
        levels = {**self._levels.get(one.abstract, {}), **one.own}
        for changed, start in one.starts.items():
            self._counters.restart(one.abstract, changed, start)
        one.starts.clear()
        return self._counters.label(one.abstract, level, levels)

    def _take_abstract(self, abstract: etree._Element) -> None:
        key = abstract.get(f"{W}abstractNumId", "")
        self._levels[key] = {}
        for each in abstract.iterchildren(f"{W}lvl"):
            place = whole(each.get(f"{W}ilvl"))
            self._levels[key][place] = _level(each)
            if style := value(each.find(f"{W}pStyle")):
                self._of_style[key, style] = place


def _numbered(number: etree._Element | None) -> tuple[str, int | None]:
    if number is None:
        return "", None
    level = number.find(f"{W}ilvl")
    return value(number.find(f"{W}numId")), None if level is None else whole(value(level))


def _level(element: etree._Element) -> Level:
    text = element.find(f"{W}lvlText")
    return Level(
        style=value(element.find(f"{W}numFmt"), "decimal"),
        text=value(text),
        start=whole(value(element.find(f"{W}start")), 0),
    )


def _list(element: etree._Element) -> _List:
    one = _List(abstract=value(element.find(f"{W}abstractNumId")))
    for change in element.iterchildren(f"{W}lvlOverride"):
        place = whole(change.get(f"{W}ilvl"))
        start, level = change.find(f"{W}startOverride"), change.find(f"{W}lvl")
        if start is not None:
            one.starts[place] = whole(value(start), 1)
        if level is not None:
            one.own[place] = _level(level)
    return one
