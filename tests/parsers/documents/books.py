"""Spreadsheets made for the tests: with libraries where one writes the format, byte by byte where none does."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

from odfdo import Cell, Document, Row, Table
from openpyxl import Workbook
from openpyxl.comments import Comment

from tests.parsers.documents.containers import ole_file

Value = str | float | bool
ROWS: tuple[tuple[Value, ...], ...] = (("Ward", "Visits", "Share"), ("Elm", 1204, 0.125), ("Oak", 9, 0.5))
TEXT = "A1: Ward | B1: Visits | C1: Share\nA2: Elm | B2: 1204 | C2: 0.125\nA3: Oak | B3: 9 | C3: 0.5"
SECRET = "Zebedee"  # noqa: S105 - a word
"""Stands in what is hidden and nowhere else."""


def xlsx(*, plain: bool = True) -> Workbook:
    """A workbook of one sheet, to be changed and ``saved``."""
    book = Workbook()
    book.active.title = "Visits"
    for row in ROWS if plain else ():
        book.active.append(row)
    # The library puts its own name there, as if it were a person.
    book.properties.creator = None
    return book


def saved(book: Workbook) -> bytes:
    """The bytes of the workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx_that_hides(kind: str) -> bytes:
    """A workbook with the secret in something that is not shown."""
    book = xlsx()
    sheet = book.active
    if kind in {"hidden_sheet", "very_hidden_sheet"}:
        other = book.create_sheet("Notes")
        other["A1"] = SECRET
        other.sheet_state = "hidden" if kind == "hidden_sheet" else "veryHidden"
    elif kind == "hidden_rows":
        sheet.append([SECRET])
        sheet.row_dimensions[4].hidden = True
    elif kind == "no_height":
        sheet.append([SECRET])
        sheet.row_dimensions[4].height = 0
    elif kind == "filtered_rows":
        sheet.append([SECRET])
        sheet.row_dimensions[4].hidden = True
        sheet.auto_filter.ref = "A1:C4"
        sheet.auto_filter.add_filter_column(0, ["Elm", "Oak"])
    elif kind == "hidden_columns":
        sheet["F2"] = SECRET
        sheet.column_dimensions["F"].hidden = True
    elif kind == "no_width":
        sheet["F2"] = SECRET
        sheet.column_dimensions["F"].width = 0
    elif kind == "hidden_cells":
        sheet["F2"] = 7351
        sheet["F2"].number_format = ";;;"
    elif kind == "comments":
        sheet["A1"].comment = Comment(SECRET, SECRET)
    elif kind == "document_properties":
        book.properties.creator = SECRET
    return saved(book)


def with_parts(data: bytes, parts: Mapping[str, bytes | str]) -> bytes:
    """A zip with more parts, or with parts in place of its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, body in parts.items():
            new.writestr(name, body)
    return out.getvalue()


def part(data: bytes, name: str) -> str:
    """A part of a zip as text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode("utf-8")


def ods(*, hidden: str | None = None, rows: Sequence[Sequence[Value]] = ROWS) -> bytes:
    """An OpenDocument spreadsheet."""
    document = Document("spreadsheet")
    document.body.clear()
    table = Table("Visits")
    for number, values in enumerate(rows):
        row = Row()
        for value in values:
            row.append_cell(Cell(value, text=str(value)))
        if hidden == "hidden_rows" and number == 2:
            row.set_attribute("table:visibility", "collapse")
        if hidden == "filtered_rows" and number == 2:
            row.set_attribute("table:visibility", "filter")
        table.append_row(row)
    document.body.append(table)
    if hidden == "hidden_columns":
        for column in table.columns:
            column.set_attribute("table:visibility", "collapse")
            table.set_column(column.x or 0, column)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


# Old Excel workbooks, by [MS-XLS]: no library here writes them.


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _short(text: str) -> bytes:
    return struct.pack("<BB", len(text), 1) + text.encode("utf-16-le")


def _cell_xls(row: int, column: int, value: Value, strings: Sequence[str], style: int) -> bytes:
    head = struct.pack("<3H", row, column, style)
    if isinstance(value, str):
        return _record(0xFD, head + struct.pack("<I", strings.index(value)))
    if isinstance(value, bool):
        return _record(0x205, head + bytes([value, 0]))
    return _record(0x203, head + struct.pack("<d", value))


def xls(
    sheets: Mapping[str, Sequence[Sequence[Value]]] | None = None,
    *,
    states: Mapping[str, int] | None = None,
    hidden_rows: Sequence[int] = (),
    hidden_columns: Sequence[int] = (),
    more: bytes = b"",
    extra: Mapping[str, bytes] | None = None,
) -> bytes:
    """A workbook of Excel 97; rows and columns count from 0, ``more`` are records for the front of the book."""
    told = sheets if sheets is not None else {"Visits": ROWS}
    strings = sorted({value for rows in told.values() for row in rows for value in row if isinstance(value, str)})
    shared = b"".join(struct.pack("<HB", len(one), 1) + one.encode("utf-16-le") for one in strings)
    begin = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0x0600)
    front = _record(0x809, begin) + more + _record(0xE0, struct.pack("<HH", 0, 0).ljust(20, b"\0"))
    front += _record(0xE0, struct.pack("<HH", 0, 10).ljust(20, b"\0"))
    names = [(name, (states or {}).get(name, 0)) for name in told]
    size = len(front) + sum(4 + 6 + 2 + 2 * len(name) for name, _ in names) + 4 + 8 + len(shared) + 4
    bodies = [_sheet_xls(rows, strings, hidden_rows, hidden_columns) for rows in told.values()]
    for (name, state), start in zip(names, [size + sum(map(len, bodies[:n])) for n in range(len(bodies))], strict=True):
        front += _record(0x85, struct.pack("<IBB", start, state, 0) + _short(name))
    front += _record(0xFC, struct.pack("<II", len(strings), len(strings)) + shared) + _record(0x0A)
    return ole_file({"Workbook": front + b"".join(bodies), **(extra or {})})


def _sheet_xls(
    rows: Sequence[Sequence[Value]], strings: Sequence[str], hidden_rows: Sequence[int], hidden_columns: Sequence[int]
) -> bytes:
    body = _record(0x809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0x0600))
    body += b"".join(_record(0x7D, struct.pack("<6H", one, one, 2560, 0, 1, 0)) for one in hidden_columns)
    for number, row in enumerate(rows):
        flags = 0x20 if number in hidden_rows else 0
        body += _record(0x208, struct.pack("<HHHHHHHH", number, 0, len(row), 255, 0, 0, flags, 0))
        body += b"".join(_cell_xls(number, column, value, strings, 0) for column, value in enumerate(row))
    return body + _record(0x0A)


# Binary Excel workbooks, by [MS-XLSB].

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _record_xlsb(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(body)
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 0x7F else 0)])
        length >>= 7
        if not length:
            return head + size + body


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _links(kinds: Sequence[tuple[str, str]]) -> str:
    each = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/{kind}" Target="{part}"/>'
        for n, (kind, part) in enumerate(kinds, 1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{each}</Relationships>'


def xlsb(
    sheets: Mapping[str, Sequence[Sequence[Value]]] | None = None,
    *,
    states: Mapping[str, int] | None = None,
    hidden_rows: Sequence[int] = (),
    hidden_columns: Sequence[int] = (),
) -> bytes:
    """A binary workbook; rows and columns count from 0."""
    told = sheets if sheets is not None else {"Visits": ROWS}
    book = _record_xlsb(131) + _record_xlsb(153, bytes(12)) + _record_xlsb(143)
    parts: dict[str, bytes | str] = {"[Content_Types].xml": "<Types/>"}
    for number, (name, rows) in enumerate(told.items(), start=1):
        state = (states or {}).get(name, 0)
        book += _record_xlsb(156, struct.pack("<II", state, number) + _wide(f"rId{number}") + _wide(name))
        parts[f"xl/worksheets/sheet{number}.bin"] = _sheet_xlsb(rows, hidden_rows, hidden_columns)
    parts["xl/workbook.bin"] = book + _record_xlsb(144) + _record_xlsb(132)
    parts["xl/_rels/workbook.bin.rels"] = _links(
        [("worksheet", f"worksheets/sheet{number}.bin") for number in range(1, len(told) + 1)]
    )
    parts["_rels/.rels"] = _links([("officeDocument", "xl/workbook.bin")])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def _sheet_xlsb(rows: Sequence[Sequence[Value]], hidden_rows: Sequence[int], hidden_columns: Sequence[int]) -> bytes:
    body = _record_xlsb(129) + _record_xlsb(148, struct.pack("<4I", 0, max(len(rows) - 1, 0), 0, 20))
    body += b"".join(_record_xlsb(60, struct.pack("<4IH", one, one, 2560, 0, 1)) for one in hidden_columns)
    body += _record_xlsb(145)
    for number, row in enumerate(rows):
        flags = 0x10 if number in hidden_rows else 0
        body += _record_xlsb(0, struct.pack("<IIHBBBI", number, 0, 300, 0, flags, 0, 0))
        for column, value in enumerate(row):
            head = struct.pack("<II", column, 0)
            if isinstance(value, str):
                body += _record_xlsb(6, head + _wide(value))
            elif isinstance(value, bool):
                body += _record_xlsb(4, head + bytes([value]))
            else:
                body += _record_xlsb(5, head + struct.pack("<d", value))
    return body + _record_xlsb(146) + _record_xlsb(130)
