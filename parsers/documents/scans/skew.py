"""How a picture of a page lies: on its side, and by how many degrees it leans.

Lines of letters are dark rows with light rows between them. So the rows of a page that lies straight differ most from
row to row; those of one that leans, or lies on its side, are evened out.
"""

import struct
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from PIL import Image, ImageOps

SMALL = 600
"""Dots of the longer side of the picture that is looked at: lines are still apart, and a look takes 1 ms."""
MOST_DEGREES = 7
STEPS = ((1.0, MOST_DEGREES), (0.5, 1), (0.25, 1), (0.1, 2))
"""Degrees to a step and steps to either side, ever finer."""
SHARP = 1.5
"""Times as much difference between the rows of a page that lies straight as of the same page a degree off."""
ON_ITS_SIDE = 2.0
"""Times as much difference between columns, set straight, as between rows. On real upright pages of letters 0.5 and
less; on one of a chart with writing on its side 2.3."""


@dataclass(frozen=True, kw_only=True)
class Lie:
    """How a page lies."""

    lean: float
    """Degrees, counter-clockwise, by which the picture is to be turned to lie straight; 0 where it has no lines."""
    contrast: float
    """How much its rows then differ."""


def lie(picture: Image.Image) -> Lie:
    """How the lines of a page lean that run from left to right, or nearly so."""
    part = SMALL / max(picture.size)
    size = max(1, round(picture.width * part)), max(1, round(picture.height * part))
    small = ImageOps.invert(picture.resize(size, Image.Resampling.BOX))
    contrast = lru_cache(lambda degrees: _contrast(_turned(small, degrees)))
    best = 0.0
    if contrast(0.0) < SHARP * max(contrast(-1.0), contrast(1.0)):
        for step, steps in STEPS:
            tries = [round(best + step * many, 2) for many in range(-steps, steps + 1)]
            best = max(tries, key=lambda degrees: (contrast(degrees), -abs(degrees)))
    else:
        best = max((-0.25, 0.0, 0.25), key=contrast)
    return Lie(lean=best, contrast=contrast(best))


def _turned(small: Image.Image, degrees: float) -> Image.Image:
    return small.rotate(degrees, Image.Resampling.BILINEAR, fillcolor=0) if degrees else small


def _contrast(small: Image.Image) -> float:
    """The mean square of the step from one row's darkness to the next one's."""
    rows = small.convert("F").resize((1, small.height), Image.Resampling.BOX)
    values: tuple[float, ...] = struct.unpack(f"={small.height}f", rows.tobytes())
    return sum((one - other) ** 2 for one, other in pairwise(values)) / len(values)
