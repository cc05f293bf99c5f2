"""Which letters of a page cannot be seen: the page is painted, and a letter's place holds one even colour."""

import ctypes
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor
from struct import Struct
from typing import Literal, Self

import pypdfium2
import pypdfium2.raw as pdfium

from parsers.documents.probes.probe_boxes import Bands, Box, Matrix

MOST_PIXELS = 6_000_000
SCALE = 2.5
"""Pixels of a point: a letter of print is some twenty high."""
EVEN = 20
"""Of 255: a place whose pixels differ by less shows nothing."""
DARK = 128
SHRUNK = 0.12
"""Share of a letter's place left out at each side, where its neighbours reach in."""
SMALLEST = 2
"""Pixels; what is smaller cannot be judged and cannot be read."""
MOST_LETTERS = 100_000
MOST_ASKED, MOST_OF_ONE = 60, 1_000
"""Text objects, and characters of one."""
RECTANGLE = Struct("4f")
"""Left, top, right, bottom."""


@dataclass(frozen=True)
class Painting:
    """Some places of a page, painted in greys."""

    pixels: bytes
    stride: int
    width: int
    height: int
    matrix: Matrix
    """From points of the page to pixels."""

    @classmethod
    def of(cls, page: pypdfium2.PdfPage, places: Sequence[Box]) -> Self | None:
        """The part of the page around these places as it is shown, with what is laid over it; ``None`` off the page."""
        across, up = page.get_size()
        scale = min(SCALE, (MOST_PIXELS / max(across * up, 1.0)) ** 0.5)
        width, height = ceil(across * scale), ceil(up * scale)
        matrix = _to_pixels(page, width, height)
        left, top, right, bottom = _pixels([place.moved(*matrix) for place in places], width, height)
        if left >= right or top >= bottom:
            return None
        # Less half a pixel, as these are taken for points, multiplied and rounded up.
        crop = [max(0, side - 0.5) / scale for side in (left, height - bottom, width - right, top)]
        bitmap = page.render(scale=scale, crop=tuple(crop), grayscale=True, may_draw_forms=False, draw_annots=True)
        try:
            matrix = (*matrix[:4], matrix[4] - left, matrix[5] - top)
            return cls(bytes(bitmap.buffer), bitmap.stride, bitmap.width, bitmap.height, matrix)
        finally:
            bitmap.close()

    def greys(self, box: Box) -> tuple[int, int] | None:
        """The darkest and the lightest pixel of a place; ``None`` where it is off the page or too small to see."""
        place = box.moved(*self.matrix)
        left, top = max(round(place.left), 0), max(round(place.bottom), 0)
        right, bottom = min(round(place.right), self.width), min(round(place.top), self.height)
        if right - left < SMALLEST or bottom - top < SMALLEST:
            return None
        lowest, highest = 255, 0
        middle = (top + bottom) // 2
        # Ink is met first in the middle, and one look is then enough.
        for y in (*range(middle, bottom), *range(top, middle)):
            row = self.pixels[y * self.stride + left : y * self.stride + right]
            lowest, highest = min(lowest, *row), max(highest, *row)
            if highest - lowest > EVEN:
                break
        return lowest, highest


def _pixels(places: Sequence[Box], width: int, height: int) -> tuple[int, int, int, int]:
    """The pixels that hold all the places, and one more at each side: left, top, right, bottom."""
    lefts, bottoms, rights, tops = zip(*places, strict=True)
    return (
        max(0, floor(min(lefts)) - 1),
        max(0, floor(min(bottoms)) - 1),
        min(width, ceil(max(rights)) + 1),
        min(height, ceil(max(tops)) + 1),
    )


def _to_pixels(page: pypdfium2.PdfPage, width: int, height: int) -> Matrix:
    """The change of measure, which turns with the page; found from where three far points come to lie."""
    far = 10_000.0

    def pixel(x: float, y: float) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page.raw, 0, 0, width, height, 0, x, y, across, down)
        return across.value, down.value

    (e, f), (ax, ay), (bx, by) = pixel(0, 0), pixel(far, 0), pixel(0, far)
    return ((ax - e) / far, (ay - f) / far, (bx - e) / far, (by - f) / far, e, f)


def may_be_letters(textpage: pypdfium2.PdfTextPage, objects: Sequence[object] | None) -> bool:
    """Whether these text objects, or too many to be asked, hold any letter or digit: many hold only spaces."""
    if objects is None or len(objects) > MOST_ASKED:
        return True
    words = (ctypes.c_ushort * MOST_OF_ONE)()
    for one in objects:
        # In bytes, with the two that end the text.
        length = pdfium.FPDFTextObj_GetText(one, textpage.raw, words, MOST_OF_ONE) // 2
        if length > MOST_OF_ONE or any(map(_is_letter, words[: max(length - 1, 0)])):
            return True
    return False


def _is_letter(code: int) -> bool:
    """Of UTF-16: half of a rare character may be half of a letter."""
    return chr(code).isalnum() or 0xD800 <= code < 0xE000


UnseenKind = Literal["covered_text", "invisible_text", "text_outside_page"]


def unseen_letters(
    page: pypdfium2.PdfPage,
    textpage: pypdfium2.PdfTextPage,
    *,
    doubtful: Sequence[Box],
    covers: Sequence[Box],
    is_scan: bool,
) -> Counter[UnseenKind]:
    """How many letters and digits lie under something or in a dark place, cannot be seen otherwise, or lie outside.

    Only those in ``doubtful`` places are looked at, and only their part of the page is painted. Over a scan, whose
    recognised words seldom stand where they are printed, only dark places count.
    """
    asked, outside = _looked_for(textpage, Box(*page.get_bbox()), doubtful)
    seen: Counter[UnseenKind] = Counter()
    seen["text_outside_page"] = outside
    painting = Painting.of(page, asked) if asked else None
    if painting is None:
        return seen
    for letter in asked:
        greys = painting.greys(letter)
        if greys is None or greys[1] - greys[0] > EVEN:
            continue
        if greys[1] < DARK or (not is_scan and any(cover.holds(*letter.middle) for cover in covers)):
            seen["covered_text"] += 1
        elif not is_scan:
            seen["invisible_text"] += 1
    return seen


def _looked_for(textpage: pypdfium2.PdfTextPage, page: Box, places: Sequence[Box]) -> tuple[list[Box], int]:
    """The inner part of the place of each letter and digit in one of the places, and how many are off the page."""
    bands: Bands[None] = Bands(page)
    for place in places:
        bands.add(place, None)
    found, outside = [], 0
    for left, top, right, bottom in _letters(textpage):
        x, y = (left + right) / 2, (bottom + top) / 2
        if not page.holds(x, y):
            outside += 1
        elif bands.hold(x, y):
            across, up = (right - left) * SHRUNK, (top - bottom) * SHRUNK
            found.append(Box(left + across, bottom + up, right - across, top - up))
    return found, outside


def _letters(textpage: pypdfium2.PdfTextPage) -> Iterator[tuple[float, float, float, float]]:
    """The place of each letter and digit: left, top, right, bottom."""
    rectangle, raw = pdfium.FS_RECTF(), textpage.raw
    at = ctypes.byref(rectangle)
    for index in range(min(textpage.count_chars(), MOST_LETTERS)):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if 0 < code < 0x110000 and chr(code).isalnum() and pdfium.FPDFText_GetLooseCharBox(raw, index, at):
            yield RECTANGLE.unpack(rectangle)
