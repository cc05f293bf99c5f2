"""Which letters of a page cannot be seen: the page is painted, and a letter's place holds one even colour."""

import ctypes
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Self

import pypdfium2
import pypdfium2.raw as pdfium

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


class Box(NamedTuple):
    """A rectangle of a page, in points, measured upwards."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def area(self) -> float:
        """In square points."""
        return max(self.right - self.left, 0.0) * max(self.top - self.bottom, 0.0)

    def meets(self, other: "Box") -> bool:
        """Whether both share some room."""
        return (
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies inside."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def moved(self, *matrix: float) -> "Box":
        """The rectangle around this one after a change of measure: a, b, c, d, e, f as PDF has them."""
        a, b, c, d, e, f = matrix
        corners = [(x, y) for x in (self.left, self.right) for y in (self.bottom, self.top)]
        across, up = [a * x + c * y + e for x, y in corners], [b * x + d * y + f for x, y in corners]
        return Box(min(across), min(up), max(across), max(up))


@dataclass(frozen=True)
class Painting:
    """A painted page in greys."""

    pixels: bytes
    stride: int
    width: int
    height: int
    matrix: tuple[float, float, float, float, float, float]
    """From points of the page to pixels."""

    @classmethod
    def of(cls, page: pypdfium2.PdfPage) -> Self:
        """The page as it is shown, with what is laid over it."""
        across, up = page.get_size()
        scale = min(SCALE, (MOST_PIXELS / max(across * up, 1.0)) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=True)
        try:
            matrix = _to_pixels(page, bitmap.width, bitmap.height)
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
        for y in range(top, bottom):
            row = self.pixels[y * self.stride + left : y * self.stride + right]
            lowest, highest = min(lowest, *row), max(highest, *row)
            if highest - lowest > EVEN:
                break
        return lowest, highest


def _to_pixels(page: pypdfium2.PdfPage, width: int, height: int) -> tuple[float, float, float, float, float, float]:
    """The change of measure, which turns with the page; found from where three far points come to lie."""
    far = 10_000.0

    def pixel(x: float, y: float) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page.raw, 0, 0, width, height, 0, x, y, across, down)
        return across.value, down.value

    (e, f), (ax, ay), (bx, by) = pixel(0, 0), pixel(far, 0), pixel(0, far)
    return ((ax - e) / far, (ay - f) / far, (bx - e) / far, (by - f) / far, e, f)


UnseenKind = Literal["covered_text", "invisible_text", "text_outside_page"]


def unseen_letters(
    page: pypdfium2.PdfPage, *, doubtful: Sequence[Box], covers: Sequence[Box], is_scan: bool
) -> Counter[UnseenKind]:
    """How many letters and digits lie under something or in a dark place, cannot be seen otherwise, or lie outside.

    Only those in ``doubtful`` places are looked at. Over a scan, whose recognised words seldom stand where they are
    printed, only dark places count.
    """
    seen: Counter[UnseenKind] = Counter()
    painting = Painting.of(page)
    whole = Box(*page.get_bbox())
    textpage = page.get_textpage()
    try:
        for box in _letters(textpage):
            x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
            if not whole.holds(x, y):
                seen["text_outside_page"] += 1
                continue
            greys = painting.greys(box) if any(place.holds(x, y) for place in doubtful) else None
            if greys is None or greys[1] - greys[0] > EVEN:
                continue
            if greys[1] < DARK or (not is_scan and any(cover.holds(x, y) for cover in covers)):
                seen["covered_text"] += 1
            elif not is_scan:
                seen["invisible_text"] += 1
    finally:
        textpage.close()
    return seen


def _letters(textpage: pypdfium2.PdfTextPage) -> Iterator[Box]:
    """The inner part of the place of each letter and digit."""
    rectangle = pdfium.FS_RECTF()
    for index in range(min(textpage.count_chars(), MOST_LETTERS)):
        code = pdfium.FPDFText_GetUnicode(textpage.raw, index)
        if not (0 < code < 0x110000 and chr(code).isalnum()):
            continue
        if pdfium.FPDFText_GetLooseCharBox(textpage.raw, index, rectangle):
            across = (rectangle.right - rectangle.left) * SHRUNK
            up = (rectangle.top - rectangle.bottom) * SHRUNK
            yield Box(rectangle.left + across, rectangle.bottom + up, rectangle.right - across, rectangle.top - up)
