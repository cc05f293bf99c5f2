"""A page as dots: what is told of them, apart from how they are made, which takes libraries that few processes need."""

from dataclasses import dataclass

DOTS_PER_INCH = 200
UNDRAWN = "it cannot be drawn"
"""The problem of a page whose file is too damaged for any picture."""


@dataclass(frozen=True, kw_only=True)
class Raster:
    """One page as dots: a byte each, 0 black to 255 white, row after row from the top."""

    number: int
    """Of the page, 1-based."""
    width: int = 0
    height: int = 0
    dots_per_inch: float = DOTS_PER_INCH
    turned: int = 0
    """Degrees, counter-clockwise, by which the page was turned: 0, 90, 180 or 270."""
    smoothed: bool = False
    """Whether grain was taken out of it."""
    other_turns: tuple[int, ...] = ()
    """What else may be tried, likelier first, should its words make no sense."""
    is_cut: bool = False
    """Whether its file is damaged, so that a part of the picture is missing; that part is white."""
    problem: str | None = None
    """Why there is no picture; it then has no dots."""
