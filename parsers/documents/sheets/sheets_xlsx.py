"""Excel workbooks (xlsx, xlsm) as sheets of cells as shown."""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from lxml import etree

from parsers.documents.package import UnreadableError
from parsers.documents.sheets.boxes import boxes_of
from parsers.documents.sheets.sheets_format import BUILT_IN, GENERAL, hides_text, shown
from parsers.documents.sheets.sheets_model import Cell, Row, Sheet, SheetState, place
from parsers.documents.sheets.sheets_parts import SheetPackage, attribute, is_true, local, number, uncontrolled, whole

WORKBOOK = "xl/workbook.xml"
STATES: dict[str | None, SheetState] = {"hidden": "hidden", "veryHidden": "very_hidden"}
SHEETS = frozenset({"worksheet", "macrosheet", "xlMacrosheet", "dialogsheet"})
NARROW = 0.1
"""A row or column of less than this (points, widths of a digit) cannot be seen."""
INK, PAPER = "000000", "FFFFFF"
THEME = {"0": PAPER, "1": INK}
INDEXED = {**dict.fromkeys(("1", "9", "65"), PAPER), **dict.fromkeys(("0", "8", "64"), INK)}
"""Numbers of colours that are black or white in any workbook."""
NO_FILL = frozenset({None, "none"})
SHADE = 0.05
"""A tint of less than this makes no other colour."""
TINIEST = 2.0
"""Points: letters of this size are a line to the eye."""
TEXTS = frozenset({"s", "str", "inlineStr"})
MOST_STRINGS = 32_000_000
"""Characters of all shared strings together."""


class Style(NamedTuple):
    """How the cells of one style show what they hold."""

    code: str = GENERAL
    is_unseen: bool = False
    """Letters in the colour of what lies behind them, or too small to be seen."""
    hides_text: bool = False
    """Whether its format shows nothing of a text."""


class XlsxBook:
    """An open workbook."""

    def __init__(self, package: SheetPackage) -> None:
        self.package = package
        root = package.required(WORKBOOK)
        self.from_1904 = any(is_true(one.get("date1904")) for one in root if local(one) == "workbookPr")
        self.styles = read_styles(package.xml(self._part("styles", "xl/styles.xml")))
        self._strings: list[str] | None = None
        self.sheets = list(self._sheets(root))

    @property
    def is_broken(self) -> bool:
        """Whether a part that was asked for is damaged."""
        return self.package.is_broken

    @property
    def strings(self) -> list[str]:
        """The texts that cells share, read when a cell first asks for one."""
        if self._strings is None:
            self._strings = list(self._shared())
        return self._strings

    def _part(self, kind: str, otherwise: str) -> str:
        found = (
            part for known, part, outside in self.package.links(WORKBOOK).values() if known == kind and not outside
        )
        return next(found, otherwise)

    def _sheets(self, root: etree._Element) -> Iterator[Sheet]:
        links = self.package.links(WORKBOOK)
        listed = [one for group in root if local(group) == "sheets" for one in group if local(one) == "sheet"]
        for count, one in enumerate(listed, start=1):
            kind, part, outside = links.get(attribute(one, "id") or "", ("", "", False))
            if kind in SHEETS and not outside:
                yield Sheet(
                    title=str(one.get("name") or f"Sheet{count}"),
                    state=STATES.get(one.get("state"), "visible"),
                    walk=partial(self._rows, part),
                )

    def _shared(self) -> Iterator[str]:
        total = 0
        part = self._part("sharedStrings", "xl/sharedStrings.xml")
        for item in self.package.elements(part, ["si"]) if part in self.package.names else ():
            text = _text(item)
            total += len(text)
            if total > MOST_STRINGS:
                raise UnreadableError("too_big", f"Its texts are more than {MOST_STRINGS:,} characters.")
            yield text

    def _rows(self, part: str, sheet: Sheet) -> Iterator[Row]:
        above, by_default = 0, False
        hidden_rows: set[int] = set()
        for element in self.package.elements(part, ["sheetFormatPr", "col", "row", "filterColumn"]):
            match local(element):
                case "sheetFormatPr":
                    by_default = is_true(element.get("zeroHeight"))
                case "col":
                    if _is_hidden(element, "width"):
                        first = whole(element.get("min"), 1)
                        sheet.hidden_columns.append((first, whole(element.get("max"), first)))
                case "filterColumn":
                    sheet.is_filtered = True
                case _:
                    above = place(f"A{element.get('r')}", row=above + 1, column=1)[0]
                    hidden = _is_hidden(element, "ht") or (by_default and element.get("hidden") is None)
                    if hidden:
                        hidden_rows.add(above)
                    if cells := list(self._cells(element, above)):
                        yield Row(above, cells, hidden)
        boxes = (box for box in boxes_of(self.package, part) if box.row not in hidden_rows)
        sheet.boxes += [box.line for box in boxes if not sheet.hides(box.column)]

    def _cells(self, row: etree._Element, above: int) -> Iterator[Cell]:
        column = 0
        for element in row:
            column = place(element.get("r") or "", row=above, column=column + 1)[1]
            cell = self._cell(element, column)
            if cell is not None:
                yield cell

    def _cell(self, element: etree._Element, column: int) -> Cell | None:
        kind = element.get("t")
        value = next((one.text for one in element if local(one) == "v"), None)
        if kind == "inlineStr":
            value = "".join(_text(one) for one in element if local(one) == "is") or value
        if not value:
            return None
        index = whole(element.get("s"), 0)
        style = self.styles[index] if index < len(self.styles) else Style()
        text = self._shown(kind, value, style)
        if style.hides_text and kind in TEXTS:
            text = ""
        return Cell(column, text, (style.is_unseen or not text) and bool(value.strip())) if value else None

    def _shown(self, kind: str | None, value: str, style: Style) -> str:
        if kind == "s":
            index = whole(value.strip(), -1)
            return self.strings[index] if 0 <= index < len(self.strings) else ""
        if kind == "b":
            return "TRUE" if value.strip() == "1" else "FALSE"
        if kind == "d":
            return value.replace("T", " ").removesuffix(" 00:00:00")
        if kind in {"str", "inlineStr", "e"}:
            return uncontrolled(value)
        try:
            amount = float(value)
        except ValueError:
            return uncontrolled(value)
        return shown(amount, style.code, from_1904=self.from_1904)


def read_styles(root: etree._Element | None) -> list[Style]:
    """The styles of cells, by their number."""
    if root is None:
        return []
    groups = {local(group): group for group in root}
    codes = dict(BUILT_IN)
    for one in groups.get("numFmts", ()):
        codes[whole(one.get("numFmtId"), -1)] = str(one.get("formatCode") or GENERAL)
    inks = [_ink(font) for font in groups.get("fonts", ())]
    grounds = [_ground(fill) for fill in groups.get("fills", ())]
    styles = []
    for one in groups.get("cellXfs", ()):
        font, fill = whole(one.get("fontId"), 0), whole(one.get("fillId"), 0)
        ground = grounds[fill] if fill < len(grounds) else PAPER
        hides = font < len(inks) and inks[font] in {ground, None}
        code = codes.get(whole(one.get("numFmtId"), 0), GENERAL)
        styles.append(Style(code, hides, hides_text(code)))
    return styles


def _ink(font: etree._Element) -> str | None:
    """The colour of a font; ``None`` where it is too small to be seen."""
    parts = {local(one): one for one in font}
    if "sz" in parts and number(parts["sz"].get("val"), TINIEST + 1) <= TINIEST:
        return None
    return _colour(parts["color"]) if "color" in parts else INK


def _ground(fill: etree._Element) -> str:
    """The colour that a fill puts behind letters."""
    patterns = [one for one in fill if local(one) == "patternFill"]
    if not len(fill) or any(one.get("patternType") in NO_FILL for one in patterns):
        return PAPER
    solid = [one for one in patterns if one.get("patternType") == "solid"]
    return next((_colour(one) for pattern in solid for one in pattern if local(one) == "fgColor"), "")


def _colour(element: etree._Element) -> str:
    """A colour so that alike ones are equal, as far as that can be told without the workbook's theme."""
    rgb, theme, index = (str(element.get(name) or "") for name in ("rgb", "theme", "indexed"))
    tint = number(element.get("tint"), 0)
    if rgb:
        return rgb[-6:].upper()
    if theme:
        return THEME.get(theme, f"theme {theme}") if abs(tint) < SHADE else f"theme {theme} {tint:.2f}"
    return INDEXED.get(index, f"index {index}") if index else INK


def _is_hidden(element: etree._Element, size: str) -> bool:
    return is_true(element.get("hidden")) or number(element.get(size), 1) < NARROW


def _text(item: etree._Element) -> str:
    """The text of a string, without the reading aids that stand beside Chinese and Japanese."""
    texts = ((one, one.getparent()) for one in item.iter() if local(one) == "t")
    return uncontrolled("".join(one.text or "" for one, over in texts if over is None or local(over) != "rPh"))
