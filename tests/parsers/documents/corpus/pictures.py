"""Pictures of the corpus: a page of a letter, nothing at all, and tags that tell more than the picture."""

import io
import struct
import zlib

from PIL import Image, ImageDraw

from parsers.documents.records import DocumentType
from tests.parsers.documents.corpus.sample import LETTER, SECRET, Sample, half

FORMATS: dict[DocumentType, str] = {"png": "PNG", "jpg": "JPEG", "tiff": "TIFF", "gif": "GIF"}
GPS, ARTIST = 0x8825, 0x013B
PAGES = 40


def _page() -> Image.Image:
    page = Image.new("L", (620, 877), 255)
    draw = ImageDraw.Draw(page)
    for number, line in enumerate(LETTER):
        draw.text((40, 60 + 24 * number), line, fill=0)
    return page


def _saved(picture: Image.Image, document_type: DocumentType, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, FORMATS[document_type], **options)
    return out.getvalue()


def _tagged(document_type: DocumentType) -> bytes:
    """A picture that says who made it and where."""
    if document_type == "gif":
        packet = b"XMP DataXMP" + f"<dc:creator>{SECRET}</dc:creator>".encode()
        data = _saved(_page(), "gif")
        block = b"\x21\xff\x0b" + packet[:11] + bytes([len(packet) - 11]) + packet[11:] + b"\0"
        return data[:-1] + block + data[-1:]
    tags = Image.Exif()
    tags[ARTIST] = SECRET
    tags.get_ifd(GPS)[2] = (51.0, 30.0, 0.0)
    return _saved(_page(), document_type, exif=tags)


def _vast_png() -> bytes:
    """A few bytes that say they are 50,000 dots wide and high."""
    chunk = b"IHDR" + struct.pack(">IIBBBBB", 50_000, 50_000, 8, 0, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return data + struct.pack(">I", 8) + b"IDAT" + bytes(8) + struct.pack(">I", 0)


def _vast_jpg() -> bytes:
    data = bytearray(_saved(_page(), "jpg"))
    place = data.find(b"\xff\xc0")
    data[place + 5 : place + 9] = b"\xff\xff\xff\xff"
    return bytes(data)


def _vast_gif() -> bytes:
    data = bytearray(_saved(_page(), "gif"))
    data[6:10] = b"\xff\xff\xff\xff"
    return bytes(data)


def _circle_of_tiff() -> bytes:
    """Pages each of which is followed by itself."""
    tags = ((256, 700), (257, 900), (258, 1), (259, 1), (262, 0), (273, 8), (279, 8))
    folder = struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    return b"II*\0" + struct.pack("<I", 8) + folder + struct.pack("<I", 8)


def _many_pages() -> bytes:
    small = Image.new("1", (500, 700), 1)
    return _saved(small, "tiff", save_all=True, append_images=[small] * (PAGES - 1), compression="group4")


def _of_each(document_type: DocumentType) -> list[Sample]:
    def sample(kind: str, make: object, label: str = "") -> Sample:
        return Sample(document_type=document_type, kind=kind, make=make, label=label)  # type: ignore[arg-type]

    return [
        sample("plain", lambda: _saved(_page(), document_type)),
        sample("empty", lambda: _saved(Image.new("L", (120, 60), 90), document_type)),
        sample("damaged", lambda: half(_saved(_page(), document_type))),
        sample("damaged", lambda: _saved(_page(), document_type)[:12], "little left"),
        sample("hidden", lambda: _tagged(document_type)),
    ]


SAMPLES: tuple[Sample, ...] = (
    *(sample for document_type in FORMATS for sample in _of_each(document_type)),
    Sample(document_type="png", kind="hostile", make=_vast_png),
    Sample(document_type="jpg", kind="hostile", make=_vast_jpg),
    Sample(document_type="gif", kind="hostile", make=_vast_gif),
    Sample(document_type="tiff", kind="hostile", make=_circle_of_tiff),
    Sample(document_type="tiff", kind="plain", label="many pages", make=_many_pages),
)
