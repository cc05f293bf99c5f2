"""Old Excel workbooks (xls) as sheets of cells as shown, by Microsoft's [MS-XLS]; of Excel 5 to 2003."""

import codecs
import io
import struct
from collections.abc import Iterator
from functools import partial

import olefile

from parsers.documents.containers import OLE_FAULTS
from parsers.documents.package import UnreadableError
from parsers.documents.sheets.sheets_format import BUILT_IN, ERRORS, GENERAL, hides_text, shown
from parsers.documents.sheets.sheets_model import Cell, Row, Sheet, SheetState
from parsers.documents.sheets.sheets_strings import shared_strings, short_text, text_of
from parsers.documents.sheets.sheets_xlsb import packed
from parsers.documents.sheets.sheets_xlsx import TINIEST, Style

BOF, EOF, CONTINUE, LOCKED = 0x809, 0x0A, 0x3C, 0x2F
SHEET, FORMAT, FONT, STYLE, STRINGS = 0x85, 0x41E, 0x31, 0xE0, 0xFC
ROW, COLUMN = 0x208, 0x7D
SHARED, RK, MANY_RK, NUMBER, LABEL, RICH_LABEL, BOOL, FORMULA, TEXT = (
    0xFD, 0x27E, 0xBD, 0x203, 0x204, 0xD6, 0x205, 0x06, 0x207,
)  # fmt: skip
CELLS = frozenset({SHARED, RK, MANY_RK, NUMBER, LABEL, RICH_LABEL, BOOL, FORMULA})
EXCEL_97 = 0x0600
STATES: tuple[SheetState, ...] = ("visible", "hidden", "very_hidden")
OF_CELLS = frozenset({0, 1})
"""Kinds of sheet: cells, and cells of old macros; others are charts and modules."""
PAPER, INK = frozenset({1, 9, 65}), frozenset({0, 8, 64, 0x7FFF})
"""Numbers of colours that are white and black; the others are the workbook's own."""
UNSEEN = -1
PASSWORD = "It needs a password to open."  # noqa: S105 - a sentence


class XlsBook:
    """An open workbook."""

    def __init__(self, data: bytes) -> None:
        try:
            with olefile.OleFileIO(io.BytesIO(data)) as ole:
                self.entries = ["/".join(path) for path in ole.listdir(streams=True, storages=True)]
                self._stream = next(filter(None, (_stream(ole, name) for name in ("Workbook", "Book"))), b"")
        except OLE_FAULTS as error:
            raise UnreadableError("damaged", "It is damaged: its parts cannot be found.") from error
        if "EncryptedPackage" in self.entries:
            raise UnreadableError("encrypted", PASSWORD)
        if len(self._stream) < 8:
            raise UnreadableError("damaged", "It is damaged: the part that holds its sheets cannot be opened.")
        self.is_broken = False
        self.from_1904 = False
        self.is_old = struct.unpack_from("<H", self._stream, 4)[0] < EXCEL_97
        self._encoding = "cp1252"
        self._codes = dict(BUILT_IN)
        self._fonts: list[int] = []
        self.styles: list[Style] = []
        self.strings: list[str] = []
        self.sheets: list[Sheet] = []
        self._read_front()

    def records(self, start: int = 0) -> Iterator[tuple[int, bytes]]:
        """The records from a place up to the end of their part; what continues one is put to it."""
        stream, place, depth = self._stream, start, 0
        while place + 4 <= len(stream):
            kind, size = struct.unpack_from("<HH", stream, place)
            body, place = stream[place + 4 : place + 4 + size], place + 4 + size
            if kind == BOF:
                depth += 1
            elif kind == EOF:
                depth -= 1
            if depth <= 1:
                yield kind, body
            if depth <= 0:
                return
        self.is_broken = True

    def _read_front(self) -> None:
        parts: list[bytes] = []
        for kind, body in self.records():
            if parts and kind == CONTINUE:
                parts.append(body)
                continue
            if parts:
                self.strings, parts = shared_strings(parts), []
            if kind == STRINGS:
                parts = [body]
            elif kind == LOCKED:
                raise UnreadableError("encrypted", PASSWORD)
            else:
                self._read_setting(kind, body)
        if not self.sheets and self.is_broken:
            raise UnreadableError("damaged", "It is damaged: no sheet of it can be opened.")

    def _read_setting(self, kind: int, body: bytes) -> None:
        try:
            match kind:
                case 0x22:
                    self.from_1904 = bool(body[0])
                case 0x42:
                    self._encoding = _encoding(struct.unpack_from("<H", body)[0])
                case 0x41E | 0x1E:
                    self._codes[struct.unpack_from("<H", body)[0]] = self._code(kind, body)
                case 0x31:
                    height, colour = struct.unpack_from("<HxxH", body)
                    self._fonts.append(UNSEEN if 0 < height <= 20 * TINIEST else _alike(colour))
                case 0xE0:
                    self.styles.append(self._style(body))
                case 0x85:
                    self._add_sheet(body)
        except (struct.error, IndexError):
            self.is_broken = True

    def _code(self, kind: int, body: bytes) -> str:
        if kind == FORMAT and not self.is_old:
            return text_of(body, 2)
        return short_text(body, 2, encoding=self._encoding, is_old=True)

    def _style(self, body: bytes) -> Style:
        font, code = struct.unpack_from("<HH", body)
        font -= font > 4
        ink = self._fonts[font] if font < len(self._fonts) else 0
        told = self._codes.get(code, GENERAL)
        return Style(told, ink in {UNSEEN, self._ground(body)}, hides_text(told))

    def _ground(self, body: bytes) -> int | None:
        """The colour behind the letters; ``None`` where it is a pattern of two."""
        pattern = (body[17] >> 2 if not self.is_old else body[8]) & 0x3F
        if not pattern:
            return 1
        if pattern != 1 or self.is_old:
            return None
        return _alike(struct.unpack_from("<H", body, 18)[0] & 0x7F)

    def _add_sheet(self, body: bytes) -> None:
        place, state, kind = struct.unpack_from("<IBB", body)
        if kind in OF_CELLS:
            title = short_text(body, 6, encoding=self._encoding, is_old=self.is_old)
            told: SheetState = STATES[state & 3] if state & 3 < len(STATES) else "hidden"
            self.sheets.append(Sheet(title=title, state=told, walk=partial(self._rows, place)))

    def _rows(self, start: int, sheet: Sheet) -> Iterator[Row]:
        """Rows in the order in which their cells are written, which is from the top."""
        hidden: set[int] = set()
        number, cells = -1, list[Cell]()
        for kind, body in self._with_texts(start):
            try:
                if kind in CELLS:
                    (row,) = struct.unpack_from("<H", body)
                    if row != number and cells:
                        yield Row(number + 1, cells, number in hidden)
                        cells = []
                    number = row
                    cells += self._cells(kind, body)
                else:
                    self._read_layout(kind, body, sheet, hidden)
            except (struct.error, IndexError):
                self.is_broken = True
        if cells:
            yield Row(number + 1, cells, number in hidden)

    def _with_texts(self, start: int) -> Iterator[tuple[int, bytes]]:
        """The records of a sheet, with the text that a formula gave put to the formula."""
        formula = b""
        for kind, body in self.records(start):
            if kind == TEXT and formula:
                yield FORMULA, formula[:14] + body
                formula = b""
            elif kind == FORMULA and body[12:14] == b"\xff\xff" and body[6:7] == b"\0":
                formula = body
            else:
                yield kind, body

    @staticmethod
    def _read_layout(kind: int, body: bytes, sheet: Sheet, hidden: set[int]) -> None:
        match kind:
            case 0x208:
                row, height, flags = struct.unpack_from("<H4xH4xH", body)
                if flags & 0x20 or (flags & 0x40 and height & 0x7FFF == 0):
                    hidden.add(row)
            case 0x7D:
                first, last, width, _, flags = struct.unpack_from("<5H", body)
                if flags & 1 or width == 0:
                    sheet.hidden_columns.append((first + 1, last + 1))
            case 0x9B:
                sheet.is_filtered = True
            case 0x1C:
                sheet.comments += 1

    def _cells(self, kind: int, body: bytes) -> Iterator[Cell]:
        _, column, index = struct.unpack_from("<3H", body)
        if kind == MANY_RK:
            for count in range((len(body) - 6) // 6):
                index, rk = struct.unpack_from("<HI", body, 4 + 6 * count)
                yield self._cell(column + count, index, packed(rk))
        elif (value := self._value(kind, body)) is not None:
            yield self._cell(column, index, value)

    def _cell(self, column: int, index: int, value: float | str) -> Cell:
        style = self.styles[index] if index < len(self.styles) else Style()
        if isinstance(value, str):
            text = "" if style.hides_text else value
        else:
            text = shown(value, style.code, from_1904=self.from_1904)
        return Cell(column + 1, text, style.is_unseen or not text)

    def _value(self, kind: int, body: bytes) -> float | str | None:
        match kind:
            case 0xFD:
                (index,) = struct.unpack_from("<I", body, 6)
                return self.strings[index] or None if index < len(self.strings) else None
            case 0x27E:
                return packed(struct.unpack_from("<I", body, 6)[0])
            case 0x203:
                return float(struct.unpack_from("<d", body, 6)[0])
            case 0x204 | 0xD6:
                return self._label(body, 6) or None
            case 0x205:
                return _told(body[6], is_error=bool(body[7]))
            case _:
                return self._result(body)

    def _label(self, body: bytes, start: int) -> str:
        if not self.is_old:
            return text_of(body, start)
        (length,) = struct.unpack_from("<H", body, start)
        return body[start + 2 : start + 2 + length].decode(self._encoding, errors="replace")

    def _result(self, body: bytes) -> float | str | None:
        """What a formula gave when the file was saved."""
        if body[12:14] != b"\xff\xff":
            return float(struct.unpack_from("<d", body, 6)[0])
        match body[6]:
            case 0:
                return self._label(body, 14) or None
            case 1 | 2:
                return _told(body[8], is_error=body[6] == 2)
            case _:
                return None


def _alike(colour: int) -> int:
    """One number for all that are white, and one for all that are black."""
    return 1 if colour in PAPER else 0 if colour in INK else colour


def _told(value: int, *, is_error: bool) -> str:
    if is_error:
        return ERRORS.get(value, "#N/A")
    return "TRUE" if value else "FALSE"


def _stream(ole: "olefile.OleFileIO", name: str) -> bytes:
    return bytes(ole.openstream(name).read()) if ole.exists(name) else b""


def _encoding(number: int) -> str:
    name = {1200: "utf-16-le", 10000: "mac-roman", 32768: "mac-roman", 32769: "cp1252"}.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
