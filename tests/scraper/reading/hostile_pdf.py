"""PDF files and pictures made to do harm: fonts, trees, streams and images that no program would write."""

import random
import struct
import zlib

from tests.parsers.documents import samples

NOISE = random.Random(5).randbytes(20_000)  # noqa: S311 - the same noise every time


def stream(body: bytes, entries: bytes = b"") -> bytes:
    """A stream object as it is."""
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(body), entries, body)


def with_font(font: bytes, *more: bytes, words: bytes = b"(Dear requester) Tj") -> bytes:
    """A page whose words stand in this font; ``more`` are objects from number 6 on."""
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>"
    )
    content = stream(b"BT /F1 12 Tf 60 700 Td %b ET" % words)
    kids = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return samples.raw(b"<< /Type /Catalog /Pages 2 0 R >>", kids, page, content, font, *more)


def embedded(kind: bytes, key: bytes, program: bytes) -> bytes:
    """A page in a font whose program is these bytes."""
    font = (
        b"<< /Type /Font /Subtype /%b /BaseFont /Hell /FirstChar 0 /LastChar 255 /Widths [%b] /FontDescriptor 6 0 R >>"
        % (kind, b"500 " * 256)
    )
    descriptor = (
        b"<< /Type /FontDescriptor /FontName /Hell /Flags 4 /FontBBox [0 0 1 1] /ItalicAngle 0 /Ascent 1 /Descent 0 "
        b"/CapHeight 1 /StemV 1 /%b 7 0 R >>" % key
    )
    return with_font(font, descriptor, stream(program, b"/Length1 %d" % len(program)))


def noise_for_a_font() -> bytes:
    """A TrueType font of noise."""
    return embedded(b"TrueType", b"FontFile2", b"\0\1\0\0" + NOISE)


def font_of_lies() -> bytes:
    """A TrueType font of tables that are longer than the file and lie upon one another."""
    names = (b"cmap", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"fpgm", b"prep", b"cvt ")
    tables = b"".join(name + struct.pack(">III", 0, 12, 0xFFFFFFF0) for name in names)
    head = b"\0\1\0\0" + struct.pack(">HHHH", len(names), 128, 3, 32)
    return embedded(b"TrueType", b"FontFile2", head + tables + b"\xff" * 4_000)


def font_program_without_end() -> bytes:
    """A Type 1 font whose subroutine calls itself."""
    program = (
        b"%!PS-AdobeFont-1.0: Hell\n/FontMatrix [0.001 0 0 0.001 0 0] def\n/Encoding StandardEncoding def\n"
        b"{ currentfile eexec loop } loop\n" + b"dup 1 1 put " * 20_000
    )
    return embedded(b"Type1", b"FontFile", program)


def compact_font_of_noise() -> bytes:
    """A compact font with indexes that point anywhere."""
    program = b"\1\0\4\4" + struct.pack(">HB", 0xFFFF, 4) + b"\xff\xff\xff\xfe" * 5_000
    return embedded(b"Type1", b"FontFile3", program)


def font_in_itself() -> bytes:
    """A Type 3 font whose letter is written in the same font."""
    font = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [1 0 0 1 0 0] "
        b"/FirstChar 65 /LastChar 65 /Widths [1000] "
        b"/Encoding << /Type /Encoding /Differences [65 /a] >> /CharProcs << /a 6 0 R >> "
        b"/Resources << /Font << /F1 5 0 R >> >> >>"
    )
    letter = stream(b"1000 0 d0 " + b"BT /F1 1 Tf (AAAAAAAA) Tj ET " * 8)
    return with_font(font, letter, words=b"(AAAAAAAA) Tj")


def map_without_end() -> bytes:
    """A font that maps each of its codes to a thousand letters, again and again."""
    ranges = b"<0000> <FFFF> <%b>\n" % (b"0041" * 120)
    cmap = (
        b"/CIDInit /ProcSet findresource begin begincmap\n" + b"100 beginbfrange\n" + ranges * 2_000 + b"endbfrange\n"
    )
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Hell /Encoding /Identity-H /DescendantFonts [7 0 R] "
        b"/ToUnicode 6 0 R >>"
    )
    system = b"<< /Registry (A) /Ordering (I) /Supplement 0 >>"
    below = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Hell /CIDSystemInfo %b >>" % system
    return with_font(font, stream(cmap), below, words=b"<%b> Tj" % (b"0041" * 3_000))


def ten_thousand_pages() -> bytes:
    """So many, in one flat tree, each with words."""
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 3 0 R >> >> >>"
    )
    kids = b" ".join(b"%d 0 R" % number for number in range(5, 10_005))
    return samples.raw(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 10000 /Kids [%b] >>" % kids,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        stream(b"BT /F1 12 Tf 60 700 Td (A page of very many.) Tj ET"), *[page] * 10_000,
    )  # fmt: skip


def deep_page_tree() -> bytes:
    """Twenty thousand levels above one page."""
    levels = [b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % (number + 1) for number in range(2, 20_002)]
    return samples.raw(b"<< /Type /Catalog /Pages 2 0 R >>", *levels, b"<< /Type /Page /MediaBox [0 0 9 9] >>")


def object_stream_in_itself() -> bytes:
    """Streams of objects that lie in one another, and extend themselves."""
    body = b"1 0 2 40 << /Type /Catalog /Pages 2 0 R >>         << /Type /Pages /Kids [] /Count 0 >>"
    first = stream(body, b"/Type /ObjStm /N 2 /First 9 /Extends 3 0 R")
    table = struct.pack(">BHB", 2, 3, 0) * 2 + struct.pack(">BHB", 2, 3, 0) + struct.pack(">BHB", 1, 9, 0)
    cross = stream(table, b"/Type /XRef /Size 4 /W [1 2 1] /Root 1 0 R /Prev 9")
    return b"%PDF-1.7\n3 0 obj\n" + first + b"\nendobj\n4 0 obj\n" + cross + b"\nendobj\nstartxref\n9\n%%EOF"


def stream_in_streams() -> bytes:
    """Words that are packed thrice: a kilobyte for six hundred megabytes."""
    packer, body = zlib.compressobj(9), b""
    for _ in range(60):
        body += packer.compress(b" " * 10_000_000)
    body += packer.flush()
    twice = zlib.compress(zlib.compress(body, 9), 9)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
    filters = b"/Filter [/FlateDecode /FlateDecode /FlateDecode]"
    return samples.raw(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, stream(twice, filters)
    )


def picture(codec: bytes, body: bytes, size: int = 2_000, more: bytes = b"") -> bytes:
    """A page that is one picture in this coding."""
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /XObject << /P 5 0 R >> >> >>"
    )
    entries = (
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace /DeviceGray "
        b"/Filter /%b %b" % (size, size, codec, more)
    )
    return samples.raw(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page,
        stream(b"595 0 0 842 0 0 cm /P Do"), stream(body, entries),
    )  # fmt: skip


def bilevel_noise() -> bytes:
    """JBIG2: a page of four thousand million lines, then noise."""
    page = struct.pack(">IBBI", 0, 48, 1, 19) + struct.pack(">IIIIBH", 2_000, 0xFFFFFFFF, 0, 0, 0, 0xFFFF)
    region = struct.pack(">IBBI", 1, 38, 1, 18_000) + struct.pack(">IIIIB", 2_000, 2_000, 0, 0, 0) + NOISE
    return picture(b"JBIG2Decode", page + region)


def wavelet_noise() -> bytes:
    """JPEG 2000: noise behind a true head, and a size of four thousand million."""
    size = struct.pack(">HHHIIIIIIIIH", 0xFF51, 41, 0, 0xFFFFFFFF, 0xFFFFFFFF, 0, 0, 1, 1, 0, 0, 1) + b"\7\1\1"
    return picture(b"JPXDecode", b"\xff\x4f" + size + NOISE)


def fax_noise() -> bytes:
    """A fax of noise, sixty thousand lines long."""
    return picture(b"CCITTFaxDecode", NOISE, 60_000, b"/DecodeParms << /K -1 /Columns 60000 /Rows 60000 >>")


def pattern_in_itself() -> bytes:
    """A pattern that is filled with itself."""
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Pattern << /P 5 0 R >> >> >>"
    )
    entries = (
        b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.001 /YStep 0.001 "
        b"/Resources << /Pattern << /P 5 0 R >> >>"
    )
    paint = b"/Pattern cs /P scn 0 0 595 842 re f"
    return samples.raw(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, stream(paint),
        stream(paint, entries),
    )  # fmt: skip


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_of_any_size() -> bytes:
    """A PNG that says it is 60,000 by 60,000."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(bytes(9_000_000), 9))
        + _chunk(b"IEND", b"")
    )


def tiff_loop() -> bytes:
    """A TIFF whose next picture is the first."""
    tags = [
        (256, 3, 1, 8),
        (257, 3, 1, 8),
        (258, 3, 1, 8),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (273, 4, 1, 8),
        (279, 4, 1, 64),
    ]
    entries = b"".join(struct.pack("<HHII", *tag) for tag in tags)
    return b"II*\0" + struct.pack("<I", 80) + bytes(72) + struct.pack("<H", len(tags)) + entries + struct.pack("<I", 80)


def gif_of_many() -> bytes:
    """A GIF of fifty thousand pictures, each as large as can be."""
    frame = b"\x2c\0\0\0\0\xff\xff\xff\xff\0\2\2\x4c\1\0"
    return b"GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff" + frame * 50_000 + b";"
