"""Letters as they come out of a scanner: printed, put on the glass more or less straight, and turned into dots."""

import io
import random
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.parsers.documents.samples import A4, pdf, write

CASES = Path(__file__).parent.parent / "letters" / "cases"
LETTERS = (
    "eir_refusal", "foia_accessible_elsewhere", "exemption_column", "acts_named_by_year", "extension_eir",
    "cost_of_searching_files", "eir_review_upheld", "fees_notice", "answers_and_exemptions_by_question",
    "foia_names_redacted", "foia_refusal_commercial", "foia_ncnd_police", "two_column_letterhead", "foisa_refusal",
    "foia_exemption_table", "police_refusal_notice", "two_regimes", "welsh_refusal", "foia_cost_limit", "pit_annex",
)  # fmt: skip
"""Twenty letters of the tests of the reader of letters, among them tables, a letterhead and Welsh."""
DOTS_PER_INCH = 200
LINES_A_PAGE = 52
WIDTH = 92
"""Characters to a line; what is longer is broken as a word processor would."""
FONTS = ("Helvetica", "Times-Roman")


@dataclass(frozen=True, kw_only=True)
class Scanner:
    """What a scanner does to a page."""

    lean: float = 0.0
    """Degrees, counter-clockwise."""
    turned: int = 0
    blur: float = 0.0
    grain: float = 0.0
    """Standard deviation, in levels of grey of 256."""
    specks: float = 0.0
    """Share of the dots."""
    quality: int | None = None
    """Of JPEG; ``None`` keeps every dot."""

    def scan(self, page: Image.Image) -> Image.Image:
        """The page as this scanner sees it; the same dots every time."""
        seen = page.rotate(self.lean, Image.Resampling.BICUBIC, fillcolor=255) if self.lean else page
        seen = seen.rotate(self.turned, expand=True) if self.turned else seen
        seen = seen.filter(ImageFilter.GaussianBlur(self.blur)) if self.blur else seen
        seen = _grained(seen, self.grain) if self.grain else seen
        seen = _specked(seen, self.specks) if self.specks else seen
        return _compressed(seen, self.quality) if self.quality else seen


CLEAN = Scanner()
WORN = Scanner(lean=1.7, blur=0.7, grain=12.0, specks=0.001, quality=60)
"""Skewed and noisy: an old machine in an office."""
ON_ITS_SIDE = Scanner(lean=-0.8, turned=90, blur=0.5, quality=75)
UPSIDE_DOWN = Scanner(lean=0.6, turned=180, blur=0.5, quality=75)


def words(name: str) -> list[str]:
    """The lines of a case as they are printed."""
    text = (CASES / name / "input.txt").read_text(encoding="utf-8").replace("\f", "\n")
    return [
        part
        for line in text.expandtabs().split("\n")
        for part in textwrap.wrap(line, WIDTH, drop_whitespace=False) or [""]
    ]


def printed(lines: Sequence[str], *, font: str = FONTS[0], size: float = 10.5) -> bytes:
    """The lines on as many pages as they need, as a PDF with a text layer."""

    def draw(canvas: Canvas, start: int) -> None:
        canvas.setFont(font, size)
        write(canvas, lines[start : start + LINES_A_PAGE], left=50, top=790)

    starts = range(0, len(lines), LINES_A_PAGE)
    return pdf(*[lambda canvas, start=start: draw(canvas, start) for start in starts])


def pictures(data: bytes, *, dots_per_inch: int = DOTS_PER_INCH) -> list[Image.Image]:
    """The pages of a PDF in grey."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.render(scale=dots_per_inch / 72, grayscale=True).to_pil().convert("L") for page in document]
    finally:
        document.close()


def scanned(data: bytes, scanner: Scanner = CLEAN) -> bytes:
    """A PDF of pictures of the pages of another one."""
    seen = [scanner.scan(page) for page in pictures(data)]
    return pdf(*[lambda canvas, page=page: _paste(canvas, page) for page in seen])


def _paste(canvas: Canvas, page: Image.Image) -> None:
    width, height = A4 if page.height >= page.width else A4[::-1]
    canvas.setPageSize((width, height))
    canvas.drawImage(ImageReader(page), 0, 0, width, height)


def _grained(page: Image.Image, grain: float) -> Image.Image:
    """With noise of that deviation, from a small tile of it that is the same every time."""
    side = 256
    random_dots = random.Random(7)  # noqa: S311 - noise, not a secret
    tile = Image.frombytes("L", (side, side), bytes(_level(random_dots.gauss(128, grain)) for _ in range(side * side)))
    noise = Image.new("L", page.size)
    for left in range(0, page.width, side):
        for top in range(0, page.height, side):
            noise.paste(tile, (left, top))
    return ImageChops.add(page, noise, 1, -128)


def _level(value: float) -> int:
    return round(min(255.0, max(0.0, value)))


def _specked(page: Image.Image, share: float) -> Image.Image:
    random_dots = random.Random(8)  # noqa: S311 - noise, not a secret
    dots = page.copy()
    for _ in range(round(page.width * page.height * share)):
        place = random_dots.randrange(page.width), random_dots.randrange(page.height)
        dots.putpixel(place, random_dots.choice((0, 255)))
    return dots


def _compressed(page: Image.Image, quality: int) -> Image.Image:
    out = io.BytesIO()
    page.save(out, "JPEG", quality=quality)
    return Image.open(io.BytesIO(out.getvalue())).convert("L")


def errors(truth: str, found: str) -> float:
    """Letters to be changed, put in or taken out, to each of the truth; all white space counts as one space.

    The distance of Levenshtein by columns of bits (Myers 1999): a page takes milliseconds.
    """
    truth, found = " ".join(truth.split()), " ".join(found.split())
    places: dict[str, int] = {}
    for index, letter in enumerate(truth):
        places[letter] = places.get(letter, 0) | 1 << index
    whole, last = (1 << len(truth)) - 1, 1 << (len(truth) - 1)
    more, less, distance = whole, 0, len(truth)
    for letter in found:
        match = places.get(letter, 0)
        vertical = match | less
        match = (((match & more) + more) ^ more) | match
        up, down = less | (~(match | more) & whole), more & match
        distance += bool(up & last) - bool(down & last)
        up = up << 1 | 1
        more, less = (down << 1 | ~(vertical | up)) & whole, up & vertical
    return distance / len(truth)
