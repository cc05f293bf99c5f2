"""PowerPoint presentations (pptx) to text: a page a slide, in the order in which slides are shown.

On a slide the title comes first, then what stands higher, then what stands further left. Tables are lines with
their cells apart, groups are entered, diagrams told. Speaker notes, comments, hidden slides and hidden shapes are
not what the audience saw and are not read; ``probe_slides`` counts them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from parsers.documents.caps import CAPS, Caps
from parsers.documents.package import UnreadableError
from parsers.documents.pdf.layout import WIDE_GAP
from parsers.documents.records import DocumentText, Page
from parsers.documents.result import capped, document
from parsers.documents.sheets.sheets_parts import SheetPackage, attribute, is_true, local

TOOL = "lxml"
SHOW = "ppt/presentation.xml"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
TITLES = frozenset({"title", "ctrTitle"})
SHAPES = frozenset({"sp", "graphicFrame", "grpSp", "pic", "cxnSp"})
SMALL = frozenset({"dt", "sldNum", "ftr", "hdr"})
"""Placeholders of dates, numbers and footers, told at the end."""
ROW = 914_400 // 4
"""A quarter of an inch: shapes whose tops differ by less stand side by side."""
MOST_SHAPES = 20_000
MOST_DEPTH = 30
FAR = 1 << 40


@dataclass(frozen=True, kw_only=True)
class Slide:
    """One slide: its part, and whether the show leaves it out."""

    part: str
    root: etree._Element
    is_hidden: bool


def read_slides(data: bytes, *, caps: Caps = CAPS) -> DocumentText:
    """What the slides of a presentation show; pictures and charts are not read."""
    try:
        package = SheetPackage(data)
        pages, cuts = capped(_pages(package), caps)
    except UnreadableError as error:
        return error.record("pptx", tool=TOOL)
    notes = ["It is damaged in places, so that something may be missing."] if package.is_broken else []
    return document("pptx", pages, tool=TOOL, notes=[*notes, *cuts])


def slides(package: SheetPackage) -> Iterator[Slide]:
    """The slides in the order of the show, hidden ones too."""
    links = package.links(SHOW)
    listed = package.required(SHOW).iter("{*}sldId")
    for one in listed:
        kind, part, outside = links.get(_link(one), ("", "", False))
        root = package.xml(part) if kind == "slide" and not outside else None
        if root is not None:
            yield Slide(part=part, root=root, is_hidden=root.get("show") in {"0", "false"})


def _link(element: etree._Element) -> str:
    """The id of a link; the slide has an id of its own beside it."""
    return next((str(value) for key, value in element.items() if str(key).endswith("}id")), "")


def _pages(package: SheetPackage) -> Iterator[Page]:
    shown = (slide for slide in slides(package) if not slide.is_hidden)
    for number, slide in enumerate(shown, start=1):
        reader = _SlideReader(package, slide)
        texts = [text for text in reader.texts() if text]
        yield Page(number=number, text="\n\n".join(texts), source="text_layer", title=reader.title)


@dataclass(frozen=True)
class _Told:
    rank: int
    top: int
    left: int
    text: str


class _SlideReader:
    def __init__(self, package: SheetPackage, slide: Slide) -> None:
        self._package = package
        self._slide = slide
        self._links = package.links(slide.part)
        self._places = self._inherited()
        self._left = MOST_SHAPES
        self.title: str | None = None

    def texts(self) -> list[str]:
        tree = next(iter(self._slide.root.iter("{*}spTree")), self._slide.root)
        told = list(self._shapes(tree, 0))
        self.title = next((" ".join(one.text.split()) for one in told if one.rank == 0 and one.text), None)
        return [one.text for one in sorted(told, key=lambda one: (one.rank, one.top // ROW, one.left))]

    def _inherited(self) -> dict[str, tuple[int, int]]:
        """Where the layout puts the placeholders that do not say it themselves."""
        part = next((part for kind, part, _ in self._links.values() if kind == "slideLayout"), None)
        root = self._package.xml(part) if part else None
        found: dict[str, tuple[int, int]] = {}
        for shape in root.iter("{*}sp") if root is not None else ():
            place, own = _placeholder(shape), _own_place(shape)
            if place is not None and own is not None:
                found[place.get("idx") or str(place.get("type"))] = own
        return found

    def _shapes(self, tree: etree._Element, depth: int) -> Iterator[_Told]:
        for shape in tree:
            name = local(shape)
            if name == "AlternateContent":
                yield from self._shapes(next(iter(shape), shape), depth + 1) if depth < MOST_DEPTH else ()
            if name not in SHAPES or self._left <= 0 or is_hidden(shape):
                continue
            self._left -= 1
            if name == "grpSp":
                yield from self._group(shape, depth)
            else:
                yield self._told(shape)

    def _group(self, shape: etree._Element, depth: int) -> Iterator[_Told]:
        """What a group holds, told together at the place of the group: its inner measure is its own."""
        inner = (
            sorted(self._shapes(shape, depth + 1), key=lambda one: (one.top // ROW, one.left))
            if depth < MOST_DEPTH
            else []
        )
        top, left = _own_place(shape) or (FAR, FAR)
        yield _Told(1, top, left, "\n".join(one.text for one in inner if one.text))

    def _told(self, shape: etree._Element) -> _Told:
        place = _placeholder(shape)
        kind = place.get("type") if place is not None else None
        key = (place.get("idx") or str(kind)) if place is not None else ""
        top, left = _own_place(shape) or self._places.get(key, (FAR, FAR))
        rank = 0 if kind in TITLES else 2 if kind in SMALL else 1
        return _Told(rank, top, left, self._text(shape))

    def _text(self, shape: etree._Element) -> str:
        if local(shape) == "graphicFrame":
            rows = list(shape.iter(f"{A}tr"))
            return "\n".join(WIDE_GAP.join(_cells(row)) for row in rows) if rows else self._diagram(shape)
        return "\n".join(filter(None, (paragraph(one) for body in shape for one in _paragraphs(body))))

    def _diagram(self, shape: etree._Element) -> str:
        for one in shape.iter("{*}relIds"):
            part = self._links.get(attribute(one, "dm") or "", ("", "", False))[1]
            root = self._package.xml(part) if part else None
            if root is not None:
                return "\n".join(filter(None, map(paragraph, root.iter(f"{A}p"))))
        return ""


def is_hidden(shape: etree._Element) -> bool:
    """Whether the shape is switched off in the selection pane."""
    return any(is_true(one.get("hidden")) for part in shape for one in part if local(one) == "cNvPr")


def paragraph(element: etree._Element) -> str:
    """The words of a paragraph."""
    marks = element.iter(f"{A}t", f"{A}br", f"{A}tab")
    return "".join(one.text or "" if local(one) == "t" else " " for one in marks).strip()


def _paragraphs(body: etree._Element) -> Iterator[etree._Element]:
    return iter(body.findall(f"{A}p")) if local(body) == "txBody" else iter(())


def _cells(row: etree._Element) -> Iterator[str]:
    for cell in row.iter(f"{A}tc"):
        text = " ".join(filter(None, map(paragraph, cell.iter(f"{A}p"))))
        if text:
            yield text


def _placeholder(shape: etree._Element) -> etree._Element | None:
    return next(iter(shape.iter("{*}ph")), None)


def _own_place(shape: etree._Element) -> tuple[int, int] | None:
    """Top and left of a shape, in the units of the format, where it says them."""
    off = next(iter(shape.iter("{*}off")), None)
    if off is None:
        return None
    try:
        return int(off.get("y") or 0), int(off.get("x") or 0)
    except ValueError:
        return None
