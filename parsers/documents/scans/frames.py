"""The frames of a picture file: pages of a fax, one photograph, one screenshot.

What a file declares itself to be in size is looked at before a single dot of it is unpacked.
"""

import io
import struct
import zlib
from types import TracebackType
from typing import Self

from PIL import Image, ImageChops, ImageFile, ImageOps, UnidentifiedImageError

from parsers.documents.records import DocumentType

FORMATS: dict[DocumentType, str] = {"png": "PNG", "jpg": "JPEG", "tiff": "TIFF", "gif": "GIF"}
"""Names of Pillow's readers: of one file only the one for its type is asked."""
MOST_SOURCE_DOTS = 80_000_000
"""Of one frame: A3 at 600 an inch. As grey and colour side by side it takes 320 MB."""
USUAL = (72.0, 1300.0)
"""Dots an inch that a scanner may mean; programs write much nonsense here."""
LONG_SIDE = (4.0, 24.0)
"""Inches that the longer side of a page may have; else its dots an inch are not believed."""
PAGE_INCHES = 11.7
"""The longer side of A4: what a photograph or a screenshot is taken for."""
ALIKE = 0.02
"""A frame that is this close to the size that it is to be drawn in keeps its dots as they are."""
LEAST_SIDE = 100
LEAST_AREA = 40_000
"""Dots of a picture that may hold a line of text: what is smaller is a logo."""
FAULTS = (
    UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, TypeError, LookupError, SyntaxError,
    ArithmeticError, AttributeError, AssertionError, NotImplementedError, RecursionError, EOFError, struct.error,
    zlib.error,
)  # fmt: skip
"""What Pillow's readers raise over broken files; memory is not in here."""
NEARLY = 8
"""Levels of grey by which dots of a part that is missing may differ, since its edge is packed with what is there."""


class Frames:
    """A picture file that was opened but not unpacked; raises one of ``FAULTS`` where it is none."""

    def __init__(self, data: bytes, document_type: DocumentType) -> None:
        Image.MAX_IMAGE_PIXELS = None  # checked here, frame by frame, with a sentence instead of a warning
        self._data, self._formats = data, [FORMATS[document_type]]
        self.image = self._opened()
        self.is_animation = document_type in {"gif", "png"}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.image.close()

    def _opened(self) -> Image.Image:
        return Image.open(io.BytesIO(self._data), formats=self._formats)

    def count(self) -> int:
        """How many pages; of an animation only the first frame is one."""
        return 1 if self.is_animation else int(getattr(self.image, "n_frames", 1))

    def leaves_out(self) -> bool:
        """Whether it moves, so that there are pictures after the first."""
        return self.is_animation and bool(getattr(self.image, "is_animated", False))

    def size(self, number: int) -> tuple[int, int]:
        """Width and height of a frame in dots, as it declares them."""
        self.image.seek(number - 1)
        return self.image.size

    def grey(self, number: int, *, dots_per_inch: float, most_dots: int) -> tuple[Image.Image, float, bool]:
        """A frame in grey on white as people see it, drawn at about so many dots an inch, and how many they are.

        The last is whether the file is damaged: what is whole of the frame is then drawn, and the rest left white.
        """
        width, height = self.size(number)
        if is_too_large(width, height):
            raise ValueError("too many dots")
        across, down = self._inches(width, height)
        scale = min(1.0, (most_dots / max(across * down * dots_per_inch**2, 1)) ** 0.5)
        size = tuple(max(1, round(inches * dots_per_inch * scale)) for inches in (across, down))
        is_cut = self._load(number, (size[0], size[1]))
        flat = _without_void(_on_white(self.image)) if is_cut else _on_white(self.image)
        grey = ImageOps.exif_transpose(flat)
        size = size if grey.size == flat.size else size[::-1]
        if abs(grey.width - size[0]) > ALIKE * size[0] or abs(grey.height - size[1]) > ALIKE * size[1]:
            grey = grey.resize((size[0], size[1]), Image.Resampling.LANCZOS)
        return grey, dots_per_inch * scale, is_cut

    def _load(self, number: int, size: tuple[int, int]) -> bool:
        """Unpack a frame, at about this size where that is cheaper; whether only a part of it could be had."""
        try:
            self.image.draft("L", size)
            self.image.load()
        except FAULTS:
            self.image.close()
            self.image = self._opened()
            self.image.seek(number - 1)
            self.image.draft("L", size)
            ImageFile.LOAD_TRUNCATED_IMAGES = True
            try:
                self.image.load()
            finally:
                ImageFile.LOAD_TRUNCATED_IMAGES = False
            return True
        return False

    def _inches(self, width: int, height: int) -> tuple[float, float]:
        """The sheet's width and height: as the file says, where that can be; else that of a page."""
        stated = self.image.info.get("dpi")
        if isinstance(stated, tuple) and len(stated) == 2:
            across, down = float(stated[0]), float(stated[1])
            believed = USUAL[0] <= across <= USUAL[1] and USUAL[0] <= down <= USUAL[1]
            if believed and LONG_SIDE[0] <= max(width / across, height / down) <= LONG_SIDE[1]:
                return width / across, height / down
        dots = max(width, height) / PAGE_INCHES
        # A small picture is a cutting of a page or a screenshot, whose letters are some ten dots high.
        dots = max(dots, 96.0)
        return width / dots, height / dots


def is_too_large(width: int, height: int) -> bool:
    """Whether a frame would take more memory than a page may."""
    return width * height > MOST_SOURCE_DOTS


def is_too_small(width: int, height: int) -> bool:
    """Whether a frame has no room for a line of text: an icon, a logo, a rule."""
    return min(width, height) < LEAST_SIDE // 4 or max(width, height) < LEAST_SIDE or width * height < LEAST_AREA


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I") or image.mode == "F":
        wide = image.convert("F")
        unit = _unit(wide, image.mode)
        return wide.point(lambda level: level * unit).convert("L")
    if image.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in image.info:
        colour = image.convert("RGBA")
        white = Image.new("RGBA", colour.size, "white")
        return Image.alpha_composite(white, colour).convert("L")
    return image.convert("L")


def _without_void(flat: Image.Image) -> Image.Image:
    """The picture with the rows at its end white that were never unpacked, and are all of one colour."""
    void = Image.new("L", flat.size, flat.getpixel((flat.width - 1, flat.height - 1)))
    whole = ImageChops.difference(flat, void).point(lambda level: level > NEARLY and 255).getbbox()
    if whole is None:
        raise ValueError("nothing of it is left")
    flat.paste(255, (0, whole[3], flat.width, flat.height))
    return flat


def _unit(wide: Image.Image, mode: str) -> float:
    """What to multiply levels by: of 16 bits each, or as large as a file's widest numbers say where they are wider."""
    low, high = wide.getextrema()
    if mode in {"I", "F"} and isinstance(high, float) and isinstance(low, float) and low >= 0 and high <= 255:
        return 255.0 if high <= 1 else 1.0
    return 1 / 256
