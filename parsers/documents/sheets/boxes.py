"""Words in text boxes that lie over the cells of a sheet: reasons, keys and warnings often stand there."""

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from parsers.documents.sheets.sheets_model import LAST_COLUMN, LAST_ROW, letters
from parsers.documents.sheets.sheets_parts import SheetPackage, attribute, local, whole
from parsers.documents.sheets.slides import is_hidden, paragraph

MOST_BOXES = 1_000
"""Of one sheet."""
MOST_DEPTH = 30
DRAWN = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
BOXES = frozenset({"text-box", "custom-shape", "rect", "ellipse", "caption", "frame", "g", "line", "path", "polygon"})


class TextBox(NamedTuple):
    """Words over cells, and the cell that their top left corner lies on, counted from 1; 0 where no cell is told."""

    row: int
    column: int
    text: str

    @property
    def line(self) -> str:
        """As it is told on the page of its sheet."""
        where = f" at {letters(self.column)}{self.row}" if self.row else ""
        return f"Text box{where}: {self.text}"


def boxes_of(package: SheetPackage, sheet: str) -> Iterator[TextBox]:
    """The text boxes over a sheet of a workbook (ECMA-376 part 1, 20.5); hidden ones are left out."""
    for kind, part, outside in list(package.links(sheet).values()):
        root = package.xml(part) if kind == "drawing" and not outside else None
        anchors = list(root) if root is not None else []
        for anchor in anchors[:MOST_BOXES]:
            yield from _anchored(anchor)


def _anchored(anchor: etree._Element) -> Iterator[TextBox]:
    places = {local(one): whole((one.text or "").strip(), 0) for one in next(iter(anchor.iter("{*}from")), ())}
    row, column = min(places.get("row", 0) + 1, LAST_ROW), min(places.get("col", 0) + 1, LAST_COLUMN)
    for shape in anchor.iter("{*}sp"):
        bodies = [one for one in shape if local(one) == "txBody"]
        words = [paragraph(one) for body in bodies for one in body if local(one) == "p"]
        text = " ".join(" ".join(words).split())
        if text and not is_hidden(shape):
            yield TextBox(row, column, text)


def drawn_in(element: etree._Element, *, row: int, column: int) -> Iterator[TextBox]:
    """The text boxes that an OpenDocument cell or sheet holds beside its own words."""
    for one in element:
        if _is_drawn(one) and (text := " ".join(" ".join(_words(one, 0)).split())):
            yield TextBox(row, column, text)


def _is_drawn(element: etree._Element) -> bool:
    return local(element) in BOXES and f"{{{DRAWN}}}" in str(element.tag)


def _words(element: etree._Element, depth: int) -> Iterator[str]:
    """Paragraphs of a shape and of the shapes in it, with neither titles nor descriptions."""
    for one in element:
        if local(one) in {"p", "h", "list", "list-item"}:
            yield "".join(str(words) for words in one.itertext())
        elif _is_drawn(one) and attribute(one, "display") != "none" and depth < MOST_DEPTH:
            yield from _words(one, depth + 1)
