"""OpenDocument spreadsheets (ods) as sheets of cells as shown: the file keeps what each cell shows beside its value."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from parsers.documents.package import UnreadableError
from parsers.documents.sheets.boxes import TextBox, drawn_in
from parsers.documents.sheets.sheets_model import LAST_COLUMN, LAST_ROW, Cell, Row, Sheet
from parsers.documents.sheets.sheets_parts import SheetPackage, attribute, local, whole

CONTENT = "content.xml"
TAGS = ("style", "table", "table-column", "table-row", "shapes")
CELLS = ("}table-cell", "}covered-table-cell")
HIDDEN = frozenset({"collapse", "filter"})
VALUES = ("string-value", "date-value", "time-value", "boolean-value", "value")
WHITE = "#ffffff"
NOTHING = frozenset({"", "transparent"})
TINIEST = 2.0
"""Points."""


class Look(NamedTuple):
    """What a style says of being seen."""

    is_hidden: bool = False
    is_unseen: bool = False


class OdsBook:
    """An open spreadsheet; its sheets are walked in their order, as they stand in one part."""

    def __init__(self, package: SheetPackage) -> None:
        self.package = package
        manifest = package.xml("META-INF/manifest.xml")
        if manifest is not None and any(local(one) == "encryption-data" for one in manifest.iter()):
            raise UnreadableError("encrypted", "It needs a password to open.")
        if CONTENT not in package.names:
            raise UnreadableError("damaged", "It is damaged: the part that holds its sheets is missing.")
        self._looks: dict[str, Look] = {}
        self._is_passing = False
        """Whether the rest of a sheet is not wanted."""

    @property
    def is_broken(self) -> bool:
        """Whether a part that was asked for is damaged."""
        return self.package.is_broken

    @property
    def sheets(self) -> Iterator[Sheet]:
        """The sheets; what of one was not walked is passed over."""
        events = self.package.events(CONTENT, TAGS, ("start", "end"))
        count = 0
        for event, element in events:
            name = local(element)
            if name == "style" and event == "end":
                self._looks[attribute(element, "name") or ""] = _look(element)
            elif name == "table" and event == "start":
                count += 1
                rows = self._rows(events)
                sheet = Sheet(
                    title=attribute(element, "name") or f"Sheet{count}",
                    state="hidden" if self._looked(element).is_hidden else "visible",
                    walk=lambda sheet, rows=rows: _told(sheet, rows),  # type: ignore[misc]  # mypy cannot tell a lambda's default
                )
                yield sheet
                self._is_passing = True
                for _ in sheet.rows():
                    pass
                self._is_passing = False
        if not count:
            raise UnreadableError("damaged", "It is damaged: no sheet of it can be opened.")

    def _looked(self, element: etree._Element) -> Look:
        return self._looks.get(attribute(element, "style-name") or "", Look())

    def _rows(self, events: Iterator[tuple[str, etree._Element]]) -> Iterator["Row | _Columns"]:
        """Columns and rows up to the end of the table; tables inside cells are passed over."""
        depth, column, row = 1, 1, 1
        for event, element in events:
            name = local(element)
            if name == "table":
                depth += 1 if event == "start" else -1
                if not depth:
                    return
            elif event != "end" or depth > 1 or self._is_passing:
                continue
            elif name == "shapes":
                yield _Columns(0, 0, comments=0, boxes=tuple(drawn_in(element, row=0, column=0)))
            elif name == "table-column":
                last = column + _times(element, "number-columns-repeated") - 1
                if self._is_hidden(element):
                    yield _Columns(column, min(last, LAST_COLUMN), comments=0)
                column = last + 1
            elif name == "table-row":
                times = _times(element, "number-rows-repeated")
                yield from self._row(element, row, times)
                row += times

    def _is_hidden(self, element: etree._Element) -> bool:
        return attribute(element, "visibility") in HIDDEN or self._looked(element).is_hidden

    def _row(self, element: etree._Element, number: int, times: int) -> Iterator["Row | _Columns"]:
        cells, comments, boxes = self._cells(element, number)
        is_filter = attribute(element, "visibility") == "filter"
        if comments or boxes or is_filter:
            shown = () if self._is_hidden(element) else tuple(boxes)
            yield _Columns(0, 0, comments=comments, is_filter=is_filter, boxes=shown)
        for count in range(times if cells and not self._is_passing else 0):
            if self._is_passing:
                return
            if number + count <= LAST_ROW:
                yield Row(number + count, cells, self._is_hidden(element))

    def _cells(self, row: etree._Element, number: int) -> tuple[list[Cell], int, list[TextBox]]:
        """The cells, how many comments they have, and the text boxes that hang on them."""
        cells: list[Cell] = []
        boxes: list[TextBox] = []
        column, comments = 1, 0
        for element in row:
            if not str(element.tag).endswith(CELLS):
                continue
            said = {str(key).rpartition("}")[2]: str(value) for key, value in element.items()}
            times = _repeated(said.get("number-columns-repeated"))
            text, value = _text(element, said), next(filter(None, (said.get(name) for name in VALUES)), "")
            if (len(element) and not str(element[0].tag).endswith("}p")) or len(element) > 1:
                comments += sum(local(one) == "annotation" for one in element)
                boxes += drawn_in(element, row=number, column=column)
            unseen = self._looks.get(said.get("style-name", ""), Look()).is_unseen and bool(text.strip())
            if text or value:
                last = min(column + times, LAST_COLUMN + 1)
                cells += [Cell(each, text, unseen or not text) for each in range(column, last)]
            column += times
        return cells, comments, boxes


class _Columns(NamedTuple):
    """What a table tells beside its rows: a run of hidden columns, comments, a filter, text boxes."""

    first: int
    last: int
    comments: int
    is_filter: bool = False
    boxes: tuple[TextBox, ...] = ()


def _told(sheet: Sheet, rows: Iterator[Row | _Columns]) -> Iterator[Row]:
    """The rows, with what stands between them put into the sheet."""
    for one in rows:
        if isinstance(one, Row):
            yield one
            continue
        sheet.comments += one.comments
        sheet.is_filtered |= one.is_filter
        sheet.boxes += [box.line for box in one.boxes if not sheet.hides(box.column)]
        if one.first:
            sheet.hidden_columns.append((one.first, one.last))


def _times(element: etree._Element, name: str) -> int:
    return _repeated(attribute(element, name))


def _repeated(value: str | None) -> int:
    return min(max(whole(value, 1), 1), LAST_ROW)


def _text(cell: etree._Element, said: Mapping[str, str]) -> str:
    """The paragraphs of the cell, without its comments; a value that shows no text is not told."""
    paragraphs = [one for one in cell if local(one) in {"p", "h"}]
    if not paragraphs and said.get("value-type") not in {None, "string"}:
        return said.get("value") or said.get("date-value") or ""
    return "\n".join("".join(_words(one)) for one in paragraphs)


def _words(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for one in element:
        match local(one):
            case "s":
                yield " " * min(whole(attribute(one, "c"), 1), 100)
            case "tab" | "line-break":
                yield " "
            case "annotation" | "note" | "ruby-text":
                pass
            case _:
                yield from _words(one)
        yield one.tail or ""


def _look(style: etree._Element) -> Look:
    said = {str(key).rpartition("}")[2]: str(value) for one in style for key, value in one.items()}
    sizes = [said[name] for name in ("row-height", "column-width") if name in said]
    hidden = said.get("display") == "false" or any(_is_nought(size) for size in sizes)
    ink, ground = said.get("color", "").lower(), said.get("background-color", "").lower()
    same = ink == (WHITE if ground in NOTHING else ground)
    size = said.get("font-size", "").removesuffix("pt")
    return Look(hidden, same or (size.replace(".", "", 1).isdigit() and float(size) <= TINIEST))


def _is_nought(size: str) -> bool:
    """Whether a length such as ``0.002cm`` is too small to be seen."""
    digits = size.rstrip("abcdefghijklmnopqrstuvwxyz%")
    try:
        return float(digits) < 0.01
    except ValueError:
        return False
