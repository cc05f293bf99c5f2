"""The marks of one part of a Word document (its body, a header, a note) to a ``Flow``.

What is shown is taken: inserted text, the results of fields, boxes to tick, text boxes once. What is not shown is
left out: deleted and moved-away text, hidden text, the codes of fields, comments.
"""

from collections.abc import Callable

from lxml import etree

from parsers.documents.word.docx_styles import Lists, Styles, W, is_on, value, whole
from parsers.documents.word.flow import LINE, TAB, Flow, symbol

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
SKIPPED = frozenset(
    W + name
    for name in (
        "del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr",
        "tblPrEx", "sdtPr", "sdtEndPr", "sectPr", "rt", "ffData", "fldData",
    )
)  # fmt: skip
BREAKS = frozenset({"nextPage", "oddPage", "evenPage"})

Handler = Callable[["etree._Element"], None]  # noqa: SLF001 - lxml gives the type no other name


class BodyReader:
    """Reads one part. ``on_note`` is called with each note's kind and id, ``on_section`` at a section's end."""

    def __init__(self, flow: Flow, styles: Styles, lists: Lists) -> None:
        self.flow = flow
        self.styles = styles
        self.lists = lists
        self.embeds = 0
        """How many pieces are kept in another format inside, and are not read."""
        self.on_note: Callable[[str, str], None] = lambda _kind, _id: None
        self.on_section: Handler = lambda _section: None
        self._fields: list[bool] = []
        self._whole_fields: set[etree._Element] = set()
        self._hidden: dict[etree._Element, bool] = {}
        self._starts: dict[str, Handler] = {
            f"{W}t": self._text, f"{M}t": self._text, f"{W}tab": self._tab, f"{W}ptab": self._tab,
            f"{W}br": self._break, f"{W}cr": self._line, f"{W}noBreakHyphen": self._hyphen, f"{W}sym": self._symbol,
            f"{W}p": self._paragraph, f"{W}fldChar": self._field, f"{W}footnoteReference": self._note,
            f"{W}endnoteReference": self._note, f"{W}altChunk": self._embedded,
        }  # fmt: skip
        self._ends: dict[str, Handler] = {f"{W}p": self._end_paragraph}
        self._frames: dict[str, tuple[Callable[[], None], Callable[[], None]]] = {
            f"{W}tc": (flow.begin_cell, flow.end_cell),
            f"{W}tr": (lambda: None, flow.end_row),
            f"{W}txbxContent": (flow.begin_box, flow.end_box),
        }

    def read(self, root: etree._Element) -> None:
        """Tell the flow all that the part shows."""
        self._whole_fields = _whole_fields(root)
        self._fields = []
        walk = etree.iterwalk(root, events=("start", "end"))
        skipped: etree._Element | None = None
        for event, element in walk:
            if event == "start":
                if skipped is None and self._is_skipped(element):
                    skipped = element
                    walk.skip_subtree()
                if skipped is None:
                    self._start(element)
            elif element is skipped:
                skipped = None
            elif skipped is None:
                self._end(element)

    def _start(self, element: etree._Element) -> None:
        if frame := self._frames.get(element.tag):
            frame[0]()
        elif handler := self._starts.get(element.tag):
            handler(element)

    def _end(self, element: etree._Element) -> None:
        if frame := self._frames.get(element.tag):
            frame[1]()
        elif handler := self._ends.get(element.tag):
            handler(element)

    def _is_skipped(self, element: etree._Element) -> bool:
        tag = element.tag
        if tag == f"{W}r":
            return self._is_hidden(element)
        if tag == f"{W}tr":
            return element.find(f"{W}trPr/{W}del") is not None or is_on(element.find(f"{W}trPr/{W}hidden"))
        if tag == f"{MC}Fallback":
            choice = element.getparent().find(f"{MC}Choice")  # type: ignore[union-attr]  # never the root: see _starts
            return choice is not None and next(choice.iter(f"{W}t"), None) is not None
        return tag in SKIPPED

    def _is_hidden(self, run: etree._Element) -> bool:
        properties = run.find(f"{W}rPr")
        if properties is not None:
            own = properties.find(f"{W}vanish")
            if own is not None:
                return is_on(own)
            if self.styles.is_hidden(value(properties.find(f"{W}rStyle"))):
                return True
        paragraph = next(run.iterancestors(f"{W}p"), None)
        if paragraph is None:
            return False
        # Asked once a paragraph: one without a style is gone through to its end to find that out.
        if paragraph not in self._hidden:
            self._hidden[paragraph] = self.styles.is_hidden(value(paragraph.find(f"{W}pPr/{W}pStyle")))
        return self._hidden[paragraph]

    def _words(self, text: str) -> None:
        if all(self._fields):
            self.flow.words(text)

    def _text(self, element: etree._Element) -> None:
        text = element.text or ""
        if element.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
            text = text.strip(" \t\r\n")
        text = text.replace("\r", " ").replace("\n", " ")
        if all(self._fields):
            (self.flow.raised if self._is_raised(element.getparent()) else self.flow.words)(text)

    def _is_raised(self, run: "etree._Element | None") -> bool:
        properties = run.find(f"{W}rPr") if run is not None else None
        if properties is None:
            return False
        own = properties.find(f"{W}vertAlign")
        if own is not None:
            return value(own) == "superscript"
        return self.styles.is_raised(value(properties.find(f"{W}rStyle")))

    def _tab(self, _element: etree._Element) -> None:
        self._words(TAB)

    def _line(self, _element: etree._Element) -> None:
        self._words(LINE)

    def _hyphen(self, _element: etree._Element) -> None:
        self._words("\u2011")

    def _symbol(self, element: etree._Element) -> None:
        try:
            self._words(symbol(int(element.get(f"{W}char", ""), 16)))
        except ValueError:
            return

    def _break(self, element: etree._Element) -> None:
        if element.get(f"{W}type") == "page" and all(self._fields):
            self.flow.new_page()
        else:
            self._words(LINE)

    def _paragraph(self, element: etree._Element) -> None:
        properties = element.find(f"{W}pPr")
        style = value(properties.find(f"{W}pStyle")) if properties is not None else ""
        own = properties.find(f"{W}pageBreakBefore") if properties is not None else None
        if (is_on(own) if own is not None else self.styles.begins_page(style)) and not self.flow.is_page_empty:
            self.flow.new_page()
        self.flow.label(self.lists.label(properties))

    def _end_paragraph(self, element: etree._Element) -> None:
        section = element.find(f"{W}pPr/{W}sectPr")
        if section is None or self.flow.has_words:
            self.flow.end_paragraph()
        if section is not None and self.flow.depth == 0:
            self.on_section(section)

    def _field(self, element: etree._Element) -> None:
        if element not in self._whole_fields:
            return
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self._form(element)
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _form(self, begin: etree._Element) -> None:
        """A box to tick or a list to choose from, which have no result of their own."""
        box, choices = begin.find(f"{W}ffData/{W}checkBox"), begin.find(f"{W}ffData/{W}ddList")
        if box is not None:
            own = box.find(f"{W}checked")
            self._words("☒" if is_on(own if own is not None else box.find(f"{W}default")) else "☐")
        if choices is not None:
            entries = [value(entry) for entry in choices.iterchildren(f"{W}listEntry")]
            chosen = choices.find(f"{W}result")
            place = whole(value(chosen if chosen is not None else choices.find(f"{W}default")))
            self._words(entries[place] if 0 <= place < len(entries) else "")

    def _note(self, element: etree._Element) -> None:
        if all(self._fields):
            kind = "footnote" if element.tag == f"{W}footnoteReference" else "endnote"
            self.on_note(kind, element.get(f"{W}id", ""))

    def _embedded(self, _element: etree._Element) -> None:
        self.embeds += 1


def _whole_fields(root: etree._Element) -> set[etree._Element]:
    """The marks of fields that end: one that never does would hide all that follows."""
    whole_ones: set[etree._Element] = set()
    open_ones: list[list[etree._Element]] = []
    for mark in root.iter(f"{W}fldChar"):
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            open_ones.append([mark])
        elif open_ones:
            open_ones[-1].append(mark)
            if kind == "end":
                whole_ones.update(open_ones.pop())
    return whole_ones
