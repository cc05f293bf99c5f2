"""What a PDF holds beside what its pages show: words under boxes and pictures, white and invisible words, files.

The objects of each page are looked over in the order of painting. Only where something could hide words (a filled
shape or a picture over words, words in the colour of what lies behind them, words painted in no colour, a mark laid
over the page) the page is painted, and every letter whose place holds one even colour is hidden, whatever hides it.
So a letterhead in white on blue is no finding, and a black box under or over a name is one.
"""

import ctypes
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from parsers.documents.package import UnreadableError
from parsers.documents.pdf.pdf import PASSWORD_ERRORS
from parsers.documents.probes.probe_findings import Findings
from parsers.documents.probes.probe_painted import Box, unseen_letters

MOST_PAGES = 2_000
MOST_OBJECTS = 200_000
MOST_DEPTH = 8
TEXT, PATH, IMAGE, SHADING, FORM = (
    pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING,
    pdfium.FPDF_PAGEOBJ_FORM,
)  # fmt: skip
UNPAINTED = frozenset({pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP})
HARMLESS = frozenset({
    pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_POPUP, pdfium.FPDF_ANNOT_TEXT,
})  # fmt: skip
"""Annotations that lie over no words."""
PROPERTIES = ("Author",)
THIN = 3.0
"""Points: lines and underlinings hide no words."""
CLOSE = 60
"""Of 255: colours less apart than this may look alike."""
SCAN = 0.6
"""A picture of this share of the page is a scan, and unpainted words over it are its recognised text."""
LEAST_LETTERS = 3
MOST_COMPARED = 300
"""Objects that one is compared with; of a page with more, all letters in question are looked at."""


def probe_pdf(data: bytes, findings: Findings) -> None:
    """A PDF. Native code reads the bytes: call it in a limited child process only."""
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in PASSWORD_ERRORS:
            raise UnreadableError("encrypted", "It needs a password to open.") from error
        raise UnreadableError("damaged", "It cannot be opened by what looks for hidden words.") from error
    with closing(pdf):
        if len(pdf) > MOST_PAGES:
            raise UnreadableError("too_big", f"It has more than {MOST_PAGES:,} pages.")
        findings.add("attached_file", count=pdf.count_attachments())
        told = pdf.get_metadata_dict()
        findings.add("document_properties", count=sum(bool(told.get(name)) for name in PROPERTIES))
        for index in range(len(pdf)):
            try:
                page = pdf[index]
            except pypdfium2.PdfiumError as error:
                raise UnreadableError("damaged", "A page of it cannot be opened.") from error
            with closing(page):
                _probe_page(page, f"page {index + 1}", findings)


@dataclass
class _Layers:
    """What was painted so far."""

    page: Box
    texts: list[Box] = field(default_factory=list)
    grounds: list[tuple[Box, int]] = field(default_factory=list)
    """Filled shapes with how light they are."""
    covers: list[Box] = field(default_factory=list)
    """What lies over words painted before."""
    doubtful: list[Box] = field(default_factory=list)
    """Places whose letters are to be looked at."""
    is_scan: bool = False
    outside: int = 0
    left: int = MOST_OBJECTS

    @property
    def is_suspect(self) -> bool:
        """Whether anything here may hide words."""
        return bool(self.doubtful or self.outside)

    def text(self, box: Box, light: int, *, is_painted: bool) -> None:
        if not box.meets(self.page):
            self.outside += 1
            return
        behind = next((ground for place, ground in reversed(self.grounds[-MOST_COMPARED:]) if box.meets(place)), 255)
        if not is_painted or abs(behind - light) < CLOSE:
            self.doubtful.append(box)
        self.texts.append(box)

    def cover(self, box: Box, light: int | None) -> None:
        """A filled shape, a picture (without a colour), or a mark."""
        if box.right - box.left < THIN or box.top - box.bottom < THIN:
            return
        if self.texts and (len(self.texts) > MOST_COMPARED or any(box.meets(text) for text in self.texts)):
            self.covers.append(box)
            self.doubtful.append(box)
        if light is not None:
            self.grounds.append((box, light))


def _probe_page(page: pypdfium2.PdfPage, place: str, findings: Findings) -> None:
    layers = _Layers(page=Box(*page.get_bbox()))
    _look_over(page.raw, layers, None, 0)
    marks = list(_annotations(page))
    findings.add("annotations", place, count=len(marks))
    for kind, box in marks:
        if kind == pdfium.FPDF_ANNOT_REDACT:
            findings.add("unapplied_redaction", place)
        layers.cover(box, None)
    if not layers.is_suspect:
        return
    seen = unseen_letters(page, doubtful=layers.doubtful, covers=layers.covers, is_scan=layers.is_scan)
    for unseen, count in seen.items():
        findings.add(unseen, place, count=count if count >= LEAST_LETTERS else 0)


def _look_over(container: object, layers: _Layers, matrix: pdfium.FS_MATRIX | None, depth: int) -> None:
    """Every object of a page or a form, in the order of painting."""
    count, get = (
        (pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject)
        if not depth
        else (pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject)
    )
    for index in range(max(count(container), 0)):
        layers.left -= 1
        if layers.left < 0:
            raise UnreadableError("too_big", f"A page of it has more than {MOST_OBJECTS:,} objects.")
        one = get(container, index)
        kind = pdfium.FPDFPageObj_GetType(one)
        if kind == FORM:
            if depth < MOST_DEPTH:
                _look_over(one, layers, _within(one, matrix), depth + 1)
            continue
        box = _bounds(one, matrix)
        if box is None:
            continue
        if kind == TEXT:
            mode = pdfium.FPDFTextObj_GetTextRenderMode(one)
            light, is_clear = _colour(one)
            layers.text(box, light, is_painted=mode not in UNPAINTED and not is_clear)
        elif kind == PATH:
            if _is_filled(one) and not (colour := _colour(one))[1]:
                layers.cover(box, colour[0])
        elif kind in {IMAGE, SHADING}:
            layers.is_scan |= kind == IMAGE and box.area >= SCAN * layers.page.area
            layers.cover(box, None)


def _annotations(page: pypdfium2.PdfPage) -> Iterator[tuple[int, Box]]:
    for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        mark = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if not mark:
            continue
        try:
            kind, rectangle = pdfium.FPDFAnnot_GetSubtype(mark), pdfium.FS_RECTF()
            if kind not in HARMLESS and pdfium.FPDFAnnot_GetRect(mark, rectangle):
                yield kind, Box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        finally:
            pdfium.FPDFPage_CloseAnnot(mark)


def _bounds(one: object, matrix: pdfium.FS_MATRIX | None) -> Box | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(one, left, bottom, right, top):
        return None
    box = Box(left.value, bottom.value, right.value, top.value)
    return box if matrix is None else box.moved(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _within(form: object, around: pdfium.FS_MATRIX | None) -> pdfium.FS_MATRIX:
    """From the measure of a form to that of the page."""
    own = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(form, own)
    if around is None:
        return own
    return pdfium.FS_MATRIX(
        own.a * around.a + own.b * around.c,
        own.a * around.b + own.b * around.d,
        own.c * around.a + own.d * around.c,
        own.c * around.b + own.d * around.d,
        own.e * around.a + own.f * around.c + around.e,
        own.e * around.b + own.f * around.d + around.f,
    )


def _colour(one: object) -> tuple[int, bool]:
    """How light an object is filled, 0 to 255, and whether its colour can be seen through wholly."""
    red, green, blue, opacity = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(one, red, green, blue, opacity):
        return 0, False
    return (red.value * 3 + green.value * 6 + blue.value) // 10, opacity.value < 20


def _is_filled(path: object) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(path, mode, stroke)) and mode.value != pdfium.FPDF_FILLMODE_NONE
