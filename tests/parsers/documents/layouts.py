"""Letters laid out as word processors write them: the same words as docx, odt, rtf and doc. All words are invented."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import docx
import odfdo
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.parsers.documents import word97

Row = tuple[tuple[str, ...], ...]
"""Cells, each of paragraphs."""
Table = tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class Laid:
    """A letter and where its words stand."""

    body: tuple[str | Table, ...]
    header: str = ""
    footer: str = ""
    box: tuple[str, ...] = ()
    """A text box that hangs on the first paragraph."""

    def text(self) -> str:
        """As a person would type it all on one page."""
        blocks: list[str] = []
        lines: list[str] = []
        for each in self.body:
            if isinstance(each, str):
                lines.append(each.rstrip())
            else:
                blocks += ["\n".join(lines), _typed(each)]
                lines = []
        parts = [self.header, "\n".join(self.box), *blocks, "\n".join(lines), self.footer]
        return "\n\n".join(part.strip("\n") for part in parts if part.strip("\n"))


def _typed(table: Table) -> str:
    apart = [any(len(cell) > 1 for cell in row[:-1]) for row in table]
    rows = [
        ("\n\n" if far else "   ").join("\n".join(cell) for cell in row) for row, far in zip(table, apart, strict=True)
    ]
    gaps = ["\n\n" if one or other else "\n" for one, other in pairwise(apart)]
    return "".join(f"{row}{gap}" for row, gap in zip(rows, [*gaps, ""], strict=True))


def as_docx(letter: Laid) -> bytes:
    """By python-docx; the text box by hand, as it has none."""
    document = docx.Document()
    section = document.sections[0]
    if letter.header:
        section.header.paragraphs[0].text = letter.header
    if letter.footer:
        section.footer.paragraphs[0].text = letter.footer
    for index, each in enumerate(letter.body):
        if isinstance(each, str):
            paragraph = document.add_paragraph(each)
            if index == 0 and letter.box:
                paragraph.add_run()._r.append(parse_xml(_docx_box(letter.box)))
        else:
            _docx_table(document, each)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _docx_table(document: "docx.document.Document", table: Table) -> None:
    grid = document.add_table(rows=len(table), cols=len(table[0]))
    for row, cells in zip(table, grid.rows, strict=True):
        for words, cell in zip(row, cells.cells, strict=True):
            cell.paragraphs[0].text = words[0]
            for line in words[1:]:
                cell.add_paragraph(line)


def _docx_box(lines: Sequence[str]) -> str:
    """A text box twice over, as Word writes it: for itself and for older programs."""
    paragraphs = "".join(f'<w:p><w:r><w:t xml:space="preserve">{_escaped(line)}</w:t></w:r></w:p>' for line in lines)
    content = f"<w:txbxContent>{paragraphs}</w:txbxContent>"
    return (
        f'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" {nsdecls("w")} '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml">'
        f'<mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></w:drawing>'
        "</mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )


def as_odt(letter: Laid) -> bytes:
    """By odfdo."""
    document = odfdo.Document("text")
    document.body.clear()
    master = document.get_style("master-page", "Standard")
    assert isinstance(master, odfdo.StyleMasterPage)
    if letter.header:
        master.set_page_header(odfdo.Paragraph(letter.header))
    if letter.footer:
        master.set_page_footer(odfdo.Paragraph(letter.footer))
    for index, each in enumerate(letter.body):
        if isinstance(each, str):
            paragraph = odfdo.Paragraph(each)
            if index == 0 and letter.box:
                paragraph.append(odfdo.Frame.text_frame([odfdo.Paragraph(line) for line in letter.box]))
            document.body.append(paragraph)
        else:
            document.body.append(_odt_table(each))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _odt_table(table: Table) -> odfdo.Table:
    grid = odfdo.Table("Table1")
    for row in table:
        cells = odfdo.Row()
        for words in row:
            cell = odfdo.Cell()
            for line in words:
                cell.append(odfdo.Paragraph(line))
            cells.append(cell)
        grid.append(cells)
    return grid


def as_rtf(letter: Laid) -> bytes:
    """As Word 2003 writes it, with older programs' replacement for each character beyond ASCII."""
    parts = [r"{\rtf1\ansi\ansicpg1252\uc1\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}}{\stylesheet{\s0 Normal;}}"]
    parts += [rf"{{\header \pard\plain {_rtf(letter.header)}\par}}"] if letter.header else []
    parts += [rf"{{\footer \pard\plain {_rtf(letter.footer)}\par}}"] if letter.footer else []
    for index, each in enumerate(letter.body):
        if isinstance(each, str):
            box = _rtf_box(letter.box) if index == 0 and letter.box else ""
            parts.append(rf"\pard\plain\f0 {box}{_rtf(each)}\par")
        else:
            parts += [rf"\trowd\cellx3000\cellx6000 {_rtf_row(row)}\row" for row in each]
    return "\r\n".join([*parts, "}"]).encode("ascii")


def _rtf_row(row: Row) -> str:
    cells = (r"\par ".join(rf"\pard\plain\intbl {_rtf(line)}" for line in cell) for cell in row)
    return "".join(rf"{cell}\cell " for cell in cells)


def _rtf_box(lines: Sequence[str]) -> str:
    words = "".join(rf"\pard\plain {_rtf(line)}\par " for line in lines)
    old = rf"{{\shprslt{{\*\do\dobxcolumn{{\dptxbxtext {words}}}}}}}"
    return rf"{{\shp{{\*\shpinst\shpleft0\shptop0{{\sp{{\sn shapeType}}{{\sv 202}}}}{{\shptxt {words}}}}}{old}}}"


def _rtf(text: str) -> str:
    signs = {"\\": r"\\", "{": r"\{", "}": r"\}", "\t": r"\tab ", "\u2019": r"\rquote ", "\u2013": r"\endash "}
    return "".join(signs.get(sign) or (sign if ord(sign) < 128 else rf"\u{ord(sign)}?") for sign in text)


def as_doc(letter: Laid) -> bytes:
    """As Word 97 writes it."""
    body = word97.Story()
    for each in letter.body:
        if isinstance(each, str):
            body.paragraph(each)
        else:
            for row in each:
                body.row(row)
    return word97.Word97(
        body,
        headers=("", letter.header, "", letter.footer, "", "") if letter.header or letter.footer else (),
        boxes=[(0, word97.story(*letter.box))] if letter.box else (),
    ).bytes()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


WRITERS: dict[str, Callable[[Laid], bytes]] = {"docx": as_docx, "odt": as_odt, "rtf": as_rtf, "doc": as_doc}
