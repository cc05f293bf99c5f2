"""Binary Excel workbooks (xlsb) as sheets of cells as shown, by Microsoft's [MS-XLSB]."""

import struct
from collections.abc import Iterator
from functools import partial

from parsers.documents.package import UnreadableError
from parsers.documents.sheets.sheets_format import BUILT_IN, ERRORS, GENERAL, hides_text, shown
from parsers.documents.sheets.sheets_model import LAST_COLUMN, LAST_ROW, Cell, Row, Sheet, SheetState
from parsers.documents.sheets.sheets_parts import SheetPackage
from parsers.documents.sheets.sheets_xlsx import INDEXED, INK, MOST_STRINGS, PAPER, SHEETS, THEME, TINIEST, Style

WORKBOOK = "xl/workbook.bin"
ROW, BLANK, RK, ERROR, BOOL, REAL, TEXT, SHARED = range(8)
FORMULA_TEXT, FORMULA_REAL, FORMULA_BOOL, FORMULA_ERROR = range(8, 12)
SHARED_ITEM, FONT, FORMAT, FILL, STYLE, COLUMN, RICH_TEXT = 19, 43, 44, 45, 47, 60, 62
WORKBOOK_SETTINGS, SHEET = 153, 156
FILTER_COLUMN, BEGIN_CELL_STYLES, END_CELL_STYLES = 163, 617, 618
STATES: tuple[SheetState, ...] = ("visible", "hidden", "very_hidden")
ROW_HIDDEN, COLUMN_HIDDEN = 0x10, 0x01
COLOUR_INDEXED, COLOUR_RGB, COLOUR_THEME = 1, 2, 3
TEXTS = frozenset({TEXT, FORMULA_TEXT, RICH_TEXT, SHARED})
SOLID = 1
LONGEST_RECORD = 16 << 20
NO_TEXT = 0xFFFFFFFF
FAULTS = (struct.error, IndexError)


class XlsbBook:
    """An open workbook."""

    def __init__(self, package: SheetPackage) -> None:
        self.package = package
        if WORKBOOK not in package.names:
            raise UnreadableError("damaged", "It is damaged: the part that lists its sheets is missing.")
        self.from_1904 = False
        self._strings: list[str] | None = None
        self._links = package.links(WORKBOOK)
        self.styles = self._styles()
        self.sheets = list(self._sheets())

    @property
    def is_broken(self) -> bool:
        """Whether a part that was asked for is damaged."""
        return self.package.is_broken

    def records(self, part: str) -> Iterator[tuple[int, bytes]]:
        """The records of a part: their numbers and contents."""
        buffer, start = b"", 0
        for chunk in self.package.chunks(part, is_xml=False):
            buffer, start = buffer[start:] + chunk, 0
            while (found := _record(buffer, start)) is not None:
                kind, first, end = found
                if end - first > LONGEST_RECORD:
                    raise UnreadableError("damaged", "It is damaged: a record is longer than any can be.")
                if end > len(buffer):
                    break
                yield kind, buffer[first:end]
                start = end
        self.package.is_broken |= start < len(buffer)

    def _part(self, kind: str, otherwise: str) -> str:
        return next((part for known, part, outside in self._links.values() if known == kind and not outside), otherwise)

    def _sheets(self) -> Iterator[Sheet]:
        for kind, body in self.records(WORKBOOK):
            if kind == WORKBOOK_SETTINGS and body:
                self.from_1904 = bool(body[0] & 1)
            elif kind == SHEET and len(body) >= 12:
                (state,) = struct.unpack_from("<I", body)
                link, end = _string(body, 8)
                title, _ = _string(body, end)
                type_, part, outside = self._links.get(link, ("", "", False))
                if type_ in SHEETS and not outside:
                    yield Sheet(
                        title=title,
                        state=STATES[state] if state < len(STATES) else "hidden",
                        walk=partial(self._rows, part),
                    )

    @property
    def strings(self) -> list[str]:
        """The texts that cells share, read when a cell first asks for one."""
        if self._strings is None:
            self._strings, total = [], 0
            part = self._part("sharedStrings", "xl/sharedStrings.bin")
            for kind, body in self.records(part) if part in self.package.names else ():
                if kind == SHARED_ITEM:
                    self._strings.append(_string(body, 1)[0])
                    total += len(self._strings[-1])
                if total > MOST_STRINGS:
                    raise UnreadableError("too_big", f"Its texts are more than {MOST_STRINGS:,} characters.")
        return self._strings

    def _styles(self) -> list[Style]:
        codes, inks, grounds, styles, are_cells = dict(BUILT_IN), [], [], [], False
        part = self._part("styles", "xl/styles.bin")
        for kind, body in self.records(part) if part in self.package.names else ():
            if kind == FORMAT and len(body) >= 6:
                codes[struct.unpack_from("<H", body)[0]] = _string(body, 2)[0]
            elif kind == FONT:
                inks.append(_ink(body))
            elif kind == FILL:
                grounds.append(_ground(body))
            elif kind in {BEGIN_CELL_STYLES, END_CELL_STYLES}:
                are_cells = kind == BEGIN_CELL_STYLES
            elif kind == STYLE and are_cells and len(body) >= 8:
                code, font, fill = struct.unpack_from("<3H", body, 2)
                ground = grounds[fill] if fill < len(grounds) else PAPER
                hides = font < len(inks) and inks[font] in {ground, None}
                told = codes.get(code, GENERAL)
                styles.append(Style(told, hides, hides_text(told)))
        return styles

    def _rows(self, part: str, sheet: Sheet) -> Iterator[Row]:
        number, hidden, cells = 0, False, list[Cell]()
        for kind, body in self.records(part):
            if kind == ROW and len(body) >= 12:
                if cells:
                    yield Row(number, cells, hidden)
                number, cells = min(struct.unpack_from("<I", body)[0] + 1, LAST_ROW), []
                hidden = bool(body[11] & ROW_HIDDEN) or struct.unpack_from("<H", body, 8)[0] == 0
            elif BLANK < kind <= FORMULA_ERROR or kind == RICH_TEXT:
                if (cell := self._cell(kind, body)) is not None:
                    cells.append(cell)
            elif kind == COLUMN and len(body) >= 18:
                first, last, width = struct.unpack_from("<3I", body)
                if body[16] & COLUMN_HIDDEN or width == 0:
                    sheet.hidden_columns.append((first + 1, min(last + 1, LAST_COLUMN)))
            elif kind == FILTER_COLUMN:
                sheet.is_filtered = True
        if cells:
            yield Row(number, cells, hidden)

    def _cell(self, kind: int, body: bytes) -> Cell | None:
        try:
            column, style_number = struct.unpack_from("<II", body)
            style_number &= 0xFFFFFF
            style = self.styles[style_number] if style_number < len(self.styles) else Style()
            text = self._text(kind, body, style)
        except FAULTS:
            self.package.is_broken = True
            return None
        if text is None or column >= LAST_COLUMN:
            return None
        if style.hides_text and kind in TEXTS:
            text = ""
        return Cell(column + 1, text, style.is_unseen or not text)

    def _text(self, kind: int, body: bytes, style: Style) -> str | None:
        if kind in {TEXT, FORMULA_TEXT}:
            return _string(body, 8)[0] or None
        if kind == RICH_TEXT:
            return _string(body, 9)[0] or None
        if kind == SHARED:
            (index,) = struct.unpack_from("<I", body, 8)
            return (self.strings[index] or None) if index < len(self.strings) else None
        if kind in {BOOL, FORMULA_BOOL}:
            return "TRUE" if body[8] else "FALSE"
        if kind in {ERROR, FORMULA_ERROR}:
            return ERRORS.get(body[8], "#N/A")
        value = packed(struct.unpack_from("<I", body, 8)[0]) if kind == RK else struct.unpack_from("<d", body, 8)[0]
        return shown(value, style.code, from_1904=self.from_1904)


def packed(rk: int) -> float:
    """A number packed into four bytes: a whole one or the front of a double, maybe a hundredth of it."""
    if rk & 2:
        value = float((rk >> 2) - (1 << 30 if rk & 0x80000000 else 0))
    else:
        (value,) = struct.unpack("<d", struct.pack("<Q", (rk & 0xFFFFFFFC) << 32))
    return value / 100 if rk & 1 else value


def _record(buffer: bytes, start: int) -> tuple[int, int, int] | None:
    """Number, first byte and end of the record at this place; ``None`` where its head is not whole."""
    place, kind, size = start, 0, 0
    for shift in (0, 7):
        if place >= len(buffer):
            return None
        byte = buffer[place]
        place += 1
        kind |= (byte & 0x7F) << shift
        if not byte & 0x80:
            break
    for shift in (0, 7, 14, 21):
        if place >= len(buffer):
            return None
        byte = buffer[place]
        place += 1
        size |= (byte & 0x7F) << shift
        if not byte & 0x80:
            break
    return kind, place, place + size


def _string(body: bytes, start: int) -> tuple[str, int]:
    """A text behind its length, and where it ends."""
    if start + 4 > len(body):
        return "", len(body)
    (length,) = struct.unpack_from("<I", body, start)
    if length == NO_TEXT:
        return "", start + 4
    end = min(start + 4 + 2 * length, len(body))
    return body[start + 4 : end].decode("utf-16-le", errors="replace"), end


def _ink(font: bytes) -> str | None:
    """The colour of a font; ``None`` where it is too small to be seen."""
    if len(font) >= 2 and 0 < struct.unpack_from("<H", font)[0] <= 20 * TINIEST:
        return None
    return _colour(font[12:20])


def _ground(fill: bytes) -> str:
    """The colour that a fill puts behind letters; empty where it is a pattern of two."""
    (pattern,) = struct.unpack_from("<I", fill) if len(fill) >= 4 else (0,)
    if not pattern:
        return PAPER
    return _colour(fill[4:12]) if pattern == SOLID else ""


def _colour(colour: bytes) -> str:
    """As ``sheets_xlsx`` tells colours."""
    if len(colour) < 8:
        return INK
    kind, index = colour[0] >> 1, str(colour[1])
    if kind == COLOUR_RGB:
        return colour[4:7].hex().upper()
    if kind == COLOUR_THEME:
        tint = colour[2:4].hex()
        return f"theme {index} {tint}" if tint != "0000" else THEME.get(index, f"theme {index}")
    return INDEXED.get(index, f"index {index}") if kind == COLOUR_INDEXED else INK
