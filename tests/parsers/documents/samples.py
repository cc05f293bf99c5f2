"""Documents made for the tests: plain ones, odd ones, and ones that mean harm. All words are invented."""

import io
import zlib
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate

from PIL import Image
from pypdf import PdfReader, PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

A4 = (595, 842)
LETTER = (
    "Mallowshire District Council",
    "Our reference: FOI-4417",
    "3 May 2022",
    "",
    "Dear requester,",
    "",
    "You asked on 4 April 2022 for the cost of repainting the bandstand. We hold",
    "this information and send part of it with this letter. The names of junior",
    "staff are withheld under section 40(2) of the Freedom of Information Act 2000.",
    "",
    "If you are unhappy with this reply you may ask for an internal review.",
)

Draw = Callable[[Canvas], None]


def pdf(*pages: Draw, compress: bool = True) -> bytes:
    """A PDF with one page for each function, the same bytes every time."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, pageCompression=int(compress))
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def write(canvas: Canvas, lines: Sequence[str], *, left: float = 60, top: float = 780, step: float = 14) -> None:
    """Lines down the page, painted in their order; empty ones take their room."""
    for number, line in enumerate(lines):
        if line:
            canvas.drawString(left, top - number * step, line)


def write_letter(canvas: Canvas) -> None:
    write(canvas, LETTER)


def plain() -> bytes:
    return pdf(
        lambda canvas: write(canvas, LETTER), lambda canvas: write(canvas, ["Annex A follows.", "", "It is short."])
    )


def letterhead() -> bytes:
    """As word processors paint it: footer first, then the address on the right, then the body."""

    def draw(canvas: Canvas) -> None:
        write(canvas, ["Page 1 of 1"], left=270, top=30)
        write(canvas, ["Information Team", "Town Hall", "Mallow Street", "Mallowby MB1 2CD"], left=400, top=800)
        write(canvas, ["Our reference: FOI-4417", "3 May 2022"], left=60, top=800)
        write(canvas, LETTER[4:], top=700)

    return pdf(draw)


SCHEDULE = (
    ("Document", "Withheld", "Why"),
    (("Minutes of", "12 June"), ("Names of officers", "and residents"), ("Section 40(2):", "personal data")),
    (("Tender", "report"), ("Unit prices in", "annex 2"), ("Section 43(2):", "commercial interests")),
)


def table() -> bytes:
    """A schedule of what is withheld: each cell painted whole before the next one on its right."""

    def draw(canvas: Canvas) -> None:
        write(canvas, ["Schedule of information withheld"])
        end = _write_rows(canvas, ((row, column) for row in range(3) for column in range(3)))
        for x in (55, 215, 375, 535):
            canvas.line(x, 755, x, end)

    return pdf(draw)


def table_by_columns(*, ruled: bool = True) -> bytes:
    """The same, each column painted to its end before the next one, and lines drawn around each cell."""

    def draw(canvas: Canvas) -> None:
        write(canvas, ["Schedule of information withheld"])
        end = _write_rows(canvas, ((row, column) for column in range(3) for row in range(3)), ruled=ruled)
        for x in (55, 215, 375, 535) if ruled else ():
            canvas.line(x, 755, x, end + 15)
        write(canvas, ["If you are unhappy with this reply you may ask for an internal review."], top=end - 30)

    return pdf(draw)


def _write_rows(canvas: Canvas, order: Iterable[tuple[int, int]], *, ruled: bool = False) -> float:
    """The schedule's cells in this order; gives the height at which the next row would stand."""
    heights = [max(1 if isinstance(cell, str) else len(cell) for cell in row) for row in SCHEDULE]
    tops = list(accumulate((14 * lines + 10 for lines in heights), lambda top, step: top - step, initial=740.0))
    for row, column in order:
        cell = SCHEDULE[row][column]
        write(canvas, [cell] if isinstance(cell, str) else list(cell), left=60 + 160 * column, top=tops[row])
    for top in tops if ruled else ():
        canvas.line(55, top + 15, 535, top + 15)
    return tops[-1]


def turned(degrees: int) -> bytes:
    """A page stored on its side, or upside down, and shown upright."""

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(degrees)
        if degrees == 90:
            canvas.translate(595, 0)
        elif degrees == 180:
            canvas.translate(595, 842)
        elif degrees == 270:
            canvas.translate(0, 842)
        canvas.rotate(degrees)
        write(canvas, LETTER[4:], left=40, top=540)

    return pdf(draw)


def raised() -> bytes:
    """Dates with a raised "th", which some programs paint as a line of its own."""

    def draw(canvas: Canvas) -> None:
        for number, (day, ending, rest) in enumerate((("4", "th", " April 2022"), ("21", "st", " June 2022"))):
            text = canvas.beginText(60, 780 - 40 * number)
            text.setFont("Helvetica", 11)
            text.textOut(f"We received your request on {day}")
            text.setFont("Helvetica", 7)
            text.setRise(5)
            text.textOut(ending)
            text.setFont("Helvetica", 11)
            text.setRise(0)
            text.textOut(rest)
            canvas.drawText(text)

    return pdf(draw)


def hyphenated() -> bytes:
    return pdf(
        lambda canvas: write(
            canvas, ["Write to the freedom-of-", "information team, or to", "foi-requests@mallow.example"]
        )
    )


def shuffled(pages: int = 1) -> bytes:
    """Every line painted in an order that has nothing to do with its place."""
    lines = [f"Line {number} of a letter that was painted out of order." for number in range(1, 31)]

    def draw(canvas: Canvas) -> None:
        for number in sorted(range(30), key=lambda n: n * 17 % 31):
            canvas.drawString(60, 780 - 14 * number, lines[number])

    return pdf(*[draw] * pages)


def empty_page() -> bytes:
    return pdf(lambda _: None)


def image() -> bytes:
    """A scan: one picture and no text."""
    picture = ImageReader(Image.new("L", (200, 300), 200))

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(picture, 50, 50, 400, 600)

    return pdf(draw)


def encrypted() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(plain())))
    writer.encrypt("a password", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def locked_against_changes() -> bytes:
    """Encrypted with an empty password for opening: anyone may read it."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(plain())))
    writer.encrypt("", "an owner's password", algorithm="AES-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def many_pages(number: int) -> bytes:
    return pdf(*[lambda canvas, n=n: write(canvas, [f"This is page {n}."]) for n in range(1, number + 1)])


def raw(*objects: bytes, root: int = 1) -> bytes:
    """A PDF of these objects, numbered from 1, with a right cross-reference table."""
    out = bytearray(b"%PDF-1.5\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, start)
    return bytes(out)


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
ONE_PAGE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def page_of(content: bytes, extra: bytes = b"") -> bytes:
    """A raw PDF whose one page has this content stream."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    stream = b"<</Length %d%b>>stream\n%b\nendstream" % (len(content), extra, content)
    return raw(CATALOG, ONE_PAGE, page, stream, FONT)


def bomb(gigabytes: int) -> bytes:
    """A few kilobytes that inflate twice to gigabytes of content stream."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(b"BT /F 9 Tf (aaaaaaaaaaaaaaaaaa) Tj ET\n" * (1 << 19)) + packer.flush(zlib.Z_FULL_FLUSH)
    inner = b"\x78\x9c" + block * (gigabytes * 50) + packer.flush() + b"\0\0\0\0"
    return page_of(zlib.compress(inner, 9), b"/Filter[/FlateDecode/FlateDecode]")


def page_tree_loop() -> bytes:
    """A page tree that holds itself, and counts a million pages."""
    return raw(CATALOG, b"<</Type/Pages/Kids[2 0 R 2 0 R 2 0 R]/Count 1000000>>")


def xref_loop() -> bytes:
    """A cross-reference table whose predecessor is itself."""
    data = raw(CATALOG, ONE_PAGE, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>")
    start = int(data.rsplit(b"startxref\n", 1)[1].split()[0])
    return data.replace(b"<</Size", b"<</Prev %d/Size" % start)


def form_loop() -> bytes:
    """A drawing that draws itself, twice each time."""
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>/Length 10>>"
    form += b"stream\n/X Do /X Do\nendstream"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</XObject<</X 4 0 R>>>>>>"
    return raw(CATALOG, ONE_PAGE, page, form, b"<</Length 5>>stream\n/X Do\nendstream")


def deep_nesting() -> bytes:
    """Arrays in arrays in arrays."""
    return raw(CATALOG, ONE_PAGE, b"<</Type/Page/Parent 2 0 R/MediaBox " + b"[" * 200_000 + b"]" * 200_000 + b">>")


def meaningless() -> bytes:
    """A text layer of codes that no table explains."""
    return page_of(b"BT /F 9 Tf 60 700 Td (" + bytes(range(1, 9)) * 20 + b") Tj ET")
