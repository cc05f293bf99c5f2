"""Rectangles of a page, and many of them sorted by their height, so that few are compared with one another."""

from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")
MOST_COMPARED = 300
"""Things that one is compared with; where more lie near it, all letters in question are looked at."""
BANDS = 40
Matrix = tuple[float, float, float, float, float, float]
"""a, b, c, d, e, f as PDF has them."""


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

    @property
    def middle(self) -> tuple[float, float]:
        """Across and up."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    def meets(self, other: "Box") -> bool:
        """Whether both share some room."""
        return (
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )

    def contains(self, other: "Box") -> bool:
        """Whether the other sticks out by a point at most."""
        return (
            other.left >= self.left - 1
            and other.right <= self.right + 1
            and other.bottom >= self.bottom - 1
            and other.top <= self.top + 1
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


class Bands(Generic[T]):
    """Boxes by how high on the page they lie, so that one is compared with those near it and not with all."""

    def __init__(self, page: Box) -> None:
        self.bottom, self.step = page.bottom, max(page.top - page.bottom, 1.0) / BANDS
        self.bands: list[list[tuple[int, Box, T]]] = [[] for _ in range(BANDS)]
        self.waiting: list[tuple[int, Box, T]] = []
        """Not yet among the bands: nobody has asked since."""
        self.count = 0

    def add(self, box: Box, what: T) -> None:
        """One that is painted over all added before."""
        self.count += 1
        self.waiting.append((self.count, box, what))

    def meeting(self, box: Box) -> list[tuple[Box, T]] | None:
        """Those that share room with ``box``; ``None`` where too many lie near it to be compared."""
        bands = self._across(box)
        if sum(map(len, bands)) > MOST_COMPARED:
            return None
        near = {order: (other, what) for band in bands for order, other, what in band if box.meets(other)}
        return list(near.values())

    def hold(self, x: float, y: float) -> bool:
        """Whether the point lies in one of them."""
        if self.waiting:
            self._sort_in()
        return any(box.holds(x, y) for _, box, _ in self.bands[self._band(y)])

    def uppermost(self, box: Box, default: T) -> T:
        """The last added of those that share room with ``box``."""
        if not self.count:
            return default
        bands = self._across(box)
        most = MOST_COMPARED // len(bands)
        behind = [found for band in bands if band and (found := _last(band[-most:], box)) is not None]
        return max(behind, key=lambda found: found[0])[2] if behind else default

    def _across(self, box: Box) -> list[list[tuple[int, Box, T]]]:
        if self.waiting:
            self._sort_in()
        return self.bands[self._band(box.bottom) : self._band(box.top) + 1] or self.bands[:1]

    def _sort_in(self) -> None:
        arrived, self.waiting = self.waiting, []
        for entry in arrived:
            for band in self._across(entry[1]):
                band.append(entry)

    def _band(self, height: float) -> int:
        # In this order a height that is no number becomes the last band.
        return int(max(0.0, min(BANDS - 1.0, (height - self.bottom) / self.step)))


def _last(band: list[tuple[int, Box, T]], box: Box) -> tuple[int, Box, T] | None:
    return next((entry for entry in reversed(band) if box.meets(entry[1])), None)
