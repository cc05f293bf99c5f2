"""Files other than letters that messages carry: tables, pictures, reports of mail servers."""

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from scraper.standin.dice import Dice
from scraper.standin.records import FileState, LetterTruth, Quirk

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, kw_only=True)
class FileSpec:
    """A file before it has a number and a place in its message."""

    name: str
    media_type: str
    make: Callable[[], bytes]
    state: FileState = "file"
    reason: str | None = None
    quirk: Quirk = "none"
    delivery_note: str | None = None
    truth: LetterTruth | None = None
    text: str | None = None
    part: int | None = None


PIXEL = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000ffdb004300"
    + "03" * 64
    + "ffc0000b080001000101011100"
    + "ffc4001400010000000000000000000000000000000009"
    + "ffc40014100100000000000000000000000000000000"
    + "ffda0008010100003f0054ffd9"
)
"""A JPEG image of one pixel."""
SCHEMAS = "http://schemas.openxmlformats.org"
OFFICE = f"{SCHEMAS}/officeDocument/2006/relationships"


def _types(path: str, media_type: str) -> str:
    return (
        f'<Types xmlns="{SCHEMAS}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{path}" ContentType="{media_type}"/></Types>'
    )


def _relation(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{SCHEMAS}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


def figures(*key: object, year: int) -> list[list[str]]:
    """A table of invented numbers, the first row its head."""
    dice = Dice("figures", *key)
    months = [date(year, month, 1).strftime("%B %Y") for month in range(1, 13)]
    return [
        ["Month", "Number", "Cost"],
        *([month, str(dice.between(0, 300)), f"{dice.between(100, 90000)}.00"] for month in months),
    ]


def csv_bytes(*key: object, year: int) -> Callable[[], bytes]:
    """A comma-separated table."""

    def make() -> bytes:
        lines = (",".join(row) for row in figures(*key, year=year))
        return "".join(f"{line}\r\n" for line in lines).encode()

    return make


def xlsx_bytes(*key: object, year: int, hidden_columns: bool = False) -> Callable[[], bytes]:
    """A workbook of one sheet, whose last column may be hidden."""

    def make() -> bytes:
        rows = "".join(
            "<row>" + "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row) + "</row>"
            for row in figures(*key, year=year)
        )
        main = f'xmlns="{SCHEMAS}/spreadsheetml/2006/main"'
        columns = '<cols><col min="3" max="3" width="12" hidden="1"/></cols>' if hidden_columns else ""
        sheets = '<sheets><sheet name="Figures" sheetId="1" r:id="rId1"/></sheets>'
        return zipped(
            {
                "[Content_Types].xml": _types("xl/workbook.xml", XLSX.replace(".sheet", ".sheet.main+xml")),
                "_rels/.rels": _relation("officeDocument", "xl/workbook.xml"),
                "xl/workbook.xml": f'<workbook {main} xmlns:r="{OFFICE}">{sheets}</workbook>',
                "xl/_rels/workbook.xml.rels": _relation("worksheet", "worksheets/sheet1.xml"),
                "xl/worksheets/sheet1.xml": f"<worksheet {main}>{columns}<sheetData>{rows}</sheetData></worksheet>",
            }
        )

    return make


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive whose bytes depend on its parts only."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, date_time=(2020, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text)
    return out.getvalue()


def docx_bytes(paragraphs: list[str]) -> bytes:
    """A word processor's file of plain paragraphs."""
    words = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>' for text in paragraphs)
    main = f'xmlns:w="{SCHEMAS}/wordprocessingml/2006/main"'
    return zipped(
        {
            "[Content_Types].xml": _types("word/document.xml", DOCX.replace(".document", ".document.main+xml")),
            "_rels/.rels": _relation("officeDocument", "word/document.xml"),
            "word/document.xml": f"<w:document {main}><w:body>{words}</w:body></w:document>",
        }
    )


def text_bytes(text: str) -> Callable[[], bytes]:
    """A plain text file."""
    return text.encode


def jpeg_bytes() -> bytes:
    """A picture."""
    return PIXEL


def delivery_status(address: str) -> Callable[[], bytes]:
    """What a mail server says about a message it could not deliver."""
    return (
        f"Reporting-MTA: dns; mail.standin.example\r\n\r\nFinal-Recipient: rfc822; {address}\r\n"
        "Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 unknown user\r\n"
    ).encode
