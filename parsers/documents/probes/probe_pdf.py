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
from collections.abc import Iterator, Sequence
from contextlib import closing
from struct import Struct

import pypdfium2
import pypdfium2.raw as pdfium

from parsers.documents.package import UnreadableError
from parsers.documents.pdf.pdf import PASSWORD_ERRORS
from parsers.documents.probes.probe_boxes import Box
from parsers.documents.probes.probe_findings import Findings
from parsers.documents.probes.probe_layers import Layers
from parsers.documents.probes.probe_painted import MOST_OF_ONE, may_be_letters, unseen_letters
from parsers.documents.probes.probe_pdf_file import probe_file

MOST_PAGES = 2_000
MOST_OBJECTS = 200_000
MOST_DEPTH = 8
TEXT, PATH, IMAGE, SHADING, FORM = (
    pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING,
    pdfium.FPDF_PAGEOBJ_FORM,
)  # fmt: skip
UNPAINTED = frozenset({pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP})
HARMLESS = frozenset({
    pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_POPUP,
})  # fmt: skip
"""Annotations that say nothing of their own and lie over no words."""
SCAN = 0.6
"""A picture of this share of the page is a scan, and unpainted words over it are its recognised text."""
LEAST_LETTERS = 3
TINIEST = 2.0
"""Points: letters of this size are a line to the eye."""
LAYER = "OC".encode("utf-16-le") + b"\0\0"
"""Mark of words in a layer, which may be switched off."""
MAKER = "Powered by TCPDF (www.tcpdf.org)"
"""What a program writes unseen on every file that it makes."""
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
        probe_file(pdf, data, findings)
        eye = _Eye()
        for index in range(len(pdf)):
            try:
                page = pdf[index]
            except pypdfium2.PdfiumError as error:
                raise UnreadableError("damaged", "A page of it cannot be opened.") from error
            with closing(page):
                _probe_page(page, f"page {index + 1}", findings, eye)


def _probe_page(page: pypdfium2.PdfPage, place: str, findings: Findings, eye: "_Eye") -> None:
    eye.tiny = []
    layers = Layers(page=Box(*page.get_bbox()), left=MOST_OBJECTS)
    _look_over(page.raw, layers, eye, None, 0)
    marks = list(_annotations(page))
    findings.add("comments", place, count=sum(kind == pdfium.FPDF_ANNOT_TEXT for kind, _ in marks))
    marks = [mark for mark in marks if mark[0] != pdfium.FPDF_ANNOT_TEXT]
    findings.add("annotations", place, count=len(marks))
    for kind, box in marks:
        if kind == pdfium.FPDF_ANNOT_REDACT:
            findings.add("unapplied_redaction", place)
        layers.cover(box, None)
    if layers.suspects == [] and not eye.tiny:
        return
    with closing(page.get_textpage()) as textpage:
        tiny = _letters_of(eye.tiny, textpage) if eye.tiny and not layers.is_scan else 0
        findings.add("tiny_text", place, count=_at_least(tiny - _made_by(textpage) if tiny else 0))
        if layers.suspects == [] or not may_be_letters(textpage, layers.suspects):
            return
        seen = unseen_letters(page, textpage, doubtful=layers.doubtful, covers=layers.covers, is_scan=layers.is_scan)
        if seen["invisible_text"]:
            seen["invisible_text"] -= _made_by(textpage)
    for unseen, count in seen.items():
        findings.add(unseen, place, count=_at_least(count))


def _made_by(textpage: pypdfium2.PdfTextPage) -> int:
    """How many letters on the page are a program's own mark."""
    return sum(map(str.isalnum, MAKER)) if MAKER in textpage.get_text_range() else 0


def _at_least(count: int) -> int:
    return count if count >= LEAST_LETTERS else 0


def _letters_of(objects: Sequence[object], textpage: pypdfium2.PdfTextPage) -> int:
    """How many letters and digits these text objects have."""
    words = (ctypes.c_ushort * MOST_OF_ONE)()
    sizes = (pdfium.FPDFTextObj_GetText(one, textpage.raw, words, MOST_OF_ONE) // 2 - 1 for one in objects)
    return sum(sum(chr(code).isalnum() for code in words[: max(min(size, MOST_OF_ONE), 0)]) for size in sizes)


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
        is_painted = is_painted and not eye.is_in_layer(one)
        if box.top - box.bottom < TINIEST and eye.is_tiny(one):
            eye.tiny.append(one)
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
        self._name, self._size, self._points = (ctypes.c_ushort * 8)(), ctypes.c_ulong(), ctypes.c_float()
        self._matrix = pdfium.FS_MATRIX()
        self.tiny: list[object] = []
        """Text objects of the page that are too small to be seen."""

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

    def is_in_layer(self, one: object) -> bool:
        """Whether it belongs to a layer, so that only its picture tells whether it is shown."""
        for index in range(pdfium.FPDFPageObj_CountMarks(one)):
            mark = pdfium.FPDFPageObj_GetMark(one, index)
            told = pdfium.FPDFPageObjMark_GetName(mark, self._name, ctypes.sizeof(self._name), self._size)
            if told and bytes(self._name)[: self._size.value] == LAYER:
                return True
        return False

    def is_tiny(self, text: object) -> bool:
        """Whether its letters are of two points or less; dots and dashes are low in any size."""
        told = pdfium.FPDFTextObj_GetFontSize(text, self._points) and pdfium.FPDFPageObj_GetMatrix(text, self._matrix)
        scale = max(abs(self._matrix.a), abs(self._matrix.b), abs(self._matrix.c), abs(self._matrix.d))
        return bool(told) and 0 < abs(self._points.value) * scale <= TINIEST

    def is_filled(self, path: object) -> bool:
        """Whether it is more than a line."""
        told = pdfium.FPDFPath_GetDrawMode(path, self._mode, self._stroke)
        return bool(told) and self._mode.value != pdfium.FPDF_FILLMODE_NONE
