"""What a PDF holds beside what its pages show: words under boxes and pictures, white and invisible words, files.

The objects of each page are looked over in the order of painting (``probe_layers``). Where something could hide words
(a filled shape or a picture over words, words in the colour of what lies behind them or on a picture, words painted in
no colour, a mark laid over the page) and letters do stand, that part of the page is painted (``probe_painted``). Every
letter whose place holds one even colour is hidden, whatever hides it. So a letterhead in white on blue is no finding,
and a black box under or over a name is one.

On 93 pages of real letters something lay over or behind words on 41, there were letters in question on 15, and parts
of 13 were painted. A page takes 1.2 ms in the median and 2.6 in the mean, of which pdfium's loading of it is 0.4; those
with a picture behind all their words take 30.
"""

import ctypes
from collections.abc import Iterator
from contextlib import closing
from struct import Struct

import pypdfium2
import pypdfium2.raw as pdfium

from parsers.documents.package import UnreadableError
from parsers.documents.pdf.pdf import PASSWORD_ERRORS
from parsers.documents.probes.probe_boxes import Box
from parsers.documents.probes.probe_findings import Findings
from parsers.documents.probes.probe_layers import Layers
from parsers.documents.probes.probe_painted import may_be_letters, unseen_letters

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
SCAN = 0.6
"""A picture of this share of the page is a scan, and unpainted words over it are its recognised text."""
LEAST_LETTERS = 3
SIDES, TINTS = Struct("4f"), Struct("4I")


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
        eye = _Eye()
        for index in range(len(pdf)):
            try:
                page = pdf[index]
            except pypdfium2.PdfiumError as error:
                raise UnreadableError("damaged", "A page of it cannot be opened.") from error
            with closing(page):
                _probe_page(page, f"page {index + 1}", findings, eye)


def _probe_page(page: pypdfium2.PdfPage, place: str, findings: Findings, eye: "_Eye") -> None:
    layers = Layers(page=Box(*page.get_bbox()), left=MOST_OBJECTS)
    _look_over(page.raw, layers, eye, None, 0)
    marks = list(_annotations(page))
    findings.add("annotations", place, count=len(marks))
    for kind, box in marks:
        if kind == pdfium.FPDF_ANNOT_REDACT:
            findings.add("unapplied_redaction", place)
        layers.cover(box, None)
    if layers.suspects == []:
        return
    with closing(page.get_textpage()) as textpage:
        if not may_be_letters(textpage, layers.suspects):
            return
        seen = unseen_letters(page, textpage, doubtful=layers.doubtful, covers=layers.covers, is_scan=layers.is_scan)
    for unseen, count in seen.items():
        findings.add(unseen, place, count=count if count >= LEAST_LETTERS else 0)


def _look_over(container: object, layers: Layers, eye: "_Eye", matrix: pdfium.FS_MATRIX | None, depth: int) -> None:
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
                _look_over(one, layers, eye, _within(one, matrix), depth + 1)
            continue
        box = eye.box(one, matrix)
        if box is not None:
            _lay(one, kind, box, layers, eye)


def _lay(one: object, kind: int, box: Box, layers: Layers, eye: "_Eye") -> None:
    """Put one object over what was painted before it."""
    if kind == TEXT:
        light, is_clear = eye.colour(one)
        is_painted = not is_clear and pdfium.FPDFTextObj_GetTextRenderMode(one) not in UNPAINTED
        layers.text(one, box, light, is_painted=is_painted)
    elif kind == PATH:
        if eye.is_filled(one) and not (colour := eye.colour(one))[1]:
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


class _Eye:
    """What pdfium tells of an object. Pages hold many, so the memory for its answers is used again and again."""

    def __init__(self) -> None:
        self._sides, self._tints = (ctypes.c_float * 4)(), (ctypes.c_uint * 4)()
        self._for_sides = [ctypes.byref(ctypes.c_float.from_buffer(self._sides, at)) for at in (0, 4, 8, 12)]
        self._for_tints = [ctypes.byref(ctypes.c_uint.from_buffer(self._tints, at)) for at in (0, 4, 8, 12)]
        self._mode, self._stroke = ctypes.c_int(), ctypes.c_int()

    def box(self, one: object, matrix: pdfium.FS_MATRIX | None) -> Box | None:
        """Where it lies on the page; ``matrix`` is that of the form around it."""
        if not pdfium.FPDFPageObj_GetBounds(one, *self._for_sides):
            return None
        box = Box._make(SIDES.unpack(self._sides))
        return box if matrix is None else box.moved(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

    def colour(self, one: object) -> tuple[int, bool]:
        """How light it is filled, 0 to 255, and whether its colour can be seen through wholly."""
        if not pdfium.FPDFPageObj_GetFillColor(one, *self._for_tints):
            return 0, False
        red, green, blue, opacity = TINTS.unpack(self._tints)
        return (red * 3 + green * 6 + blue) // 10, opacity < 20

    def is_filled(self, path: object) -> bool:
        """Whether it is more than a line."""
        told = pdfium.FPDFPath_GetDrawMode(path, self._mode, self._stroke)
        return bool(told) and self._mode.value != pdfium.FPDF_FILLMODE_NONE
