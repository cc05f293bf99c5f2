"""The marks of an OpenDocument text to a ``Flow``: what is shown, and nothing of what is not."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from parsers.documents.word.flow import LINE, TAB, Flow
from parsers.documents.word.numbering import Counters
from parsers.documents.word.odt_styles import DRAW, LOEXT, NS, OFFICE, STYLE, TABLE, TEXT, Styles, number

SPACES = re.compile(r"[ \t\r\n]+")
MOST_SPACES = 200
"""One mark may stand for any number of spaces, and a letter for none so many."""
MOST_REPEATS = 20
"""A row or cell may stand for any number like it."""
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
SKIPPED = frozenset(
    {f"{TEXT}{name}" for name in (
        "tracked-changes", "ruby-text", "note-citation", "table-of-content-source", "script",
        "alphabetical-index-source", "illustration-index-source", "bibliography-source", "variable-decls",
        "sequence-decls", "user-field-decls", "dde-connection-decls", "meta-field-source", "index-title-template",
    )}
    | {f"{OFFICE}annotation", f"{OFFICE}annotation-end", f"{OFFICE}forms", f"{OFFICE}binary-data", f"{OFFICE}scripts"}
    | {f"{TABLE}covered-table-cell", f"{TABLE}shapes", f"{SVG}title", f"{SVG}desc", f"{DRAW}object", f"{DRAW}image"}
    | {f"{DRAW}object-ole", f"{NS % 'form'}form", f"{LOEXT}tracked-changes", f"{STYLE}style"}
)  # fmt: skip
MAY_HIDE = frozenset({f"{TEXT}section", f"{TEXT}hidden-text"})
PARAGRAPHS = frozenset({f"{TEXT}p", f"{TEXT}h"})
BOXES = frozenset(
    f"{DRAW}{name}" for name in (
        "text-box", "custom-shape", "rect", "ellipse", "circle", "polygon", "line", "path", "caption", "polyline",
    )
)  # fmt: skip
Handler = Callable[["etree._Element"], None]  # noqa: SLF001 - lxml gives the type no other name


@dataclass
class _List:
    key: str
    style: str
    level: int
    labels_next: bool = False


class BodyReader:
    """Reads one part; ``on_note`` is called with each note met."""

    def __init__(self, flow: Flow, styles: Styles) -> None:
        self.flow = flow
        self.styles = styles
        self.on_note: Handler = lambda _note: None
        self._counters = Counters()
        self._lists: list[_List] = []
        self._made = 0
        self._last_of_style: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        self._paragraphs = 0
        """How many are open: only in one are words words."""
        self._after_space = True
        self._spans: list[bool] = []
        """Of each span that is open, whether its words are raised."""
        self._starts: dict[str, Handler] = {
            f"{TEXT}s": self._spaces, f"{TEXT}tab": lambda _e: self._say(TAB), f"{TEXT}line-break": self._line,
            f"{TEXT}list": self._begin_list, f"{TEXT}list-item": self._item, f"{TABLE}table-cell": self._cell,
            f"{TEXT}span": self._begin_span, **dict.fromkeys(PARAGRAPHS, self._begin_paragraph),
            **dict.fromkeys(BOXES, self._begin_box),
        }  # fmt: skip
        self._ends: dict[str, Handler] = {
            f"{TEXT}list": lambda _e: self._end_list(), f"{TABLE}table-cell": self._end_cell,
            f"{TABLE}table-row": lambda _e: flow.end_row(), f"{TEXT}span": lambda _e: self._end_span(),
            **dict.fromkeys(PARAGRAPHS, self._end_paragraph), **dict.fromkeys(BOXES, self._end_box),
        }  # fmt: skip

    def read(self, root: etree._Element) -> None:
        """Tell the flow all that the part shows."""
        walk = etree.iterwalk(root, events=("start", "end"))
        skipped: etree._Element | None = None
        for event, element in walk:
            if event == "start":
                if skipped is None and self._is_skipped(element):
                    skipped = element
                    walk.skip_subtree()
                if skipped is None:
                    self._start(element)
            elif skipped is None or element is skipped:
                if skipped is None and (handler := self._ends.get(element.tag)):
                    handler(element)
                skipped = None
                if element is not root:
                    self._text(element.tail)

    def _start(self, element: etree._Element) -> None:
        if handler := self._starts.get(element.tag):
            handler(element)
        self._text(element.text)

    def _is_skipped(self, element: etree._Element) -> bool:
        tag = element.tag
        if tag == f"{TEXT}note":
            self.on_note(element)
            return True
        style = element.get(f"{TEXT}style-name", "")
        if tag == f"{TEXT}span":
            return self.styles.is_hidden("text", style)
        if tag in PARAGRAPHS:
            mark = element.find(f"{TEXT}hidden-paragraph")
            return self.styles.is_hidden("paragraph", style) or (mark is not None and _is_hidden(mark))
        if tag == f"{TABLE}table-row":
            return element.get(f"{TABLE}visibility") in {"collapse", "filter"}
        return tag in SKIPPED or (tag in MAY_HIDE and _is_hidden(element))

    def _say(self, text: str) -> None:
        if self._paragraphs:
            self.flow.words(text)

    def _text(self, text: str | None) -> None:
        if not text or not self._paragraphs:
            return
        plain = SPACES.sub(" ", text)
        if self._after_space and plain.startswith(" "):
            plain = plain[1:]
        if plain:
            self._after_space = plain.endswith(" ")
            (self.flow.raised if any(self._spans) else self.flow.words)(plain)

    def _begin_span(self, element: etree._Element) -> None:
        self._spans.append(self.styles.is_raised(element.get(f"{TEXT}style-name", "")))

    def _end_span(self) -> None:
        self._spans.pop()

    def _spaces(self, element: etree._Element) -> None:
        self._say(" " * min(number(element.get(f"{TEXT}c"), 1), MOST_SPACES))

    def _line(self, _element: etree._Element) -> None:
        self._say(LINE)
        self._after_space = True

    def _begin_paragraph(self, element: etree._Element) -> None:
        if self.styles.begins_page(element.get(f"{TEXT}style-name", "")) and not self.flow.is_page_empty:
            self.flow.new_page()
        self._paragraphs += 1
        self._after_space = True
        if self._lists and self._lists[-1].labels_next:
            one = self._lists[-1]
            one.labels_next = False
            style = one.style or self.styles.list_style(element.get(f"{TEXT}style-name", ""))
            self.flow.label(self._counters.label(one.key, one.level, self.styles.levels(style)))

    def _end_paragraph(self, element: etree._Element) -> None:
        self._paragraphs -= 1
        self.flow.end_paragraph()
        if self.styles.ends_page(element.get(f"{TEXT}style-name", "")):
            self.flow.new_page()

    def _begin_box(self, _element: etree._Element) -> None:
        self.flow.begin_box()

    def _end_box(self, _element: etree._Element) -> None:
        self.flow.end_box()
        self._after_space = False

    def _cell(self, _element: etree._Element) -> None:
        self.flow.begin_cell()

    def _end_cell(self, element: etree._Element) -> None:
        self.flow.end_cell()
        repeats = number(element.get(f"{TABLE}number-columns-repeated"), 1)
        self.flow.repeat_cell(min(repeats, MOST_REPEATS) - 1)

    def _begin_list(self, element: etree._Element) -> None:
        outer = self._lists[-1] if self._lists else None
        style = element.get(f"{TEXT}style-name", "") or (outer.style if outer else "")
        if outer is not None:
            key, level = outer.key, min(outer.level + 1, 9)
        else:
            key, level = self._key(element, style), 0
        self._lists.append(_List(key=key, style=style, level=level))

    def _key(self, element: etree._Element, style: str) -> str:
        """Which list goes on: a named one, the last of the style, or none."""
        self._made += 1
        key = f"{self._made}"
        if named := element.get(f"{TEXT}continue-list"):
            key = self._keys.get(named, key)
        elif element.get(f"{TEXT}continue-numbering") == "true":
            key = self._last_of_style.get(style, key)
        self._last_of_style[style] = key
        if own := element.get("{http://www.w3.org/XML/1998/namespace}id"):
            self._keys[own] = key
        return key

    def _end_list(self) -> None:
        if self._lists:
            self._lists.pop()

    def _item(self, element: etree._Element) -> None:
        if self._lists:
            one = self._lists[-1]
            one.labels_next = True
            if start := element.get(f"{TEXT}start-value"):
                self._counters.restart(one.key, one.level, number(start, 1))


def _is_hidden(element: etree._Element) -> bool:
    return element.get(f"{TEXT}is-hidden") == "true" or element.get(f"{TEXT}display") == "none"
