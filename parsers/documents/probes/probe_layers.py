"""What a PDF page paints, one thing over the other, and the places where that may hide words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from parsers.documents.probes.probe_boxes import Bands, Box

THIN = 3.0
"""Points: lines and underlinings hide no words."""
CLOSE = 60
"""Of 255: colours less apart than this may look alike."""
PAPER = 255
ROOM = 3.0
"""Points around a text's place, and its height once more: its letters may stand a little beside it."""


@dataclass
class Layers:
    """What was painted so far."""

    page: Box
    texts: Bands[object] = field(init=False)
    """With the object of each."""
    grounds: Bands[int | None] = field(init=False)
    """Filled shapes with how light they are, and pictures."""
    covers: list[Box] = field(default_factory=list)
    """What lies over words painted before."""
    doubtful: list[Box] = field(default_factory=list)
    """Places whose letters are to be looked at."""
    suspects: list[object] | None = field(default_factory=list)
    """The text objects that may be hidden; ``None`` where it may be any."""
    is_scan: bool = False
    left: int = 0
    """How many objects may still come."""

    def __post_init__(self) -> None:
        self.texts, self.grounds = Bands(self.page), Bands(self.page)

    def text(self, one: object, box: Box, light: int, *, is_painted: bool) -> None:
        """Words, which count as unpainted where their colour can be seen through."""
        if not self.page.contains(box):
            self._suspect([one])
        if not box.meets(self.page):
            return
        if not is_painted or self._may_look_alike(box, light):
            self.doubtful.append(box)
            self._suspect([one])
        self.texts.add(box, one)

    def _may_look_alike(self, box: Box, light: int) -> bool:
        """Whether words of this colour may not stand out from what is behind them; of a picture nobody knows."""
        behind = self.grounds.uppermost(box, PAPER)
        return behind is None or abs(behind - light) < CLOSE

    def cover(self, box: Box, light: int | None) -> None:
        """A filled shape, a picture (without a colour), or a mark."""
        if box.right - box.left < THIN or box.top - box.bottom < THIN:
            return
        below = self.texts.meeting(box)
        if below is None:
            self.covers.append(box)
            self.doubtful.append(box)
            self.suspects = None
        elif below:
            self.covers.append(box)
            self.doubtful.extend(_shared(box, (place for place, _ in below)))
            self._suspect(one for _, one in below)
        self.grounds.add(box, light)

    def _suspect(self, texts: Iterable[object]) -> None:
        if self.suspects is not None:
            self.suspects.extend(texts)


def _shared(cover: Box, texts: Iterable[Box]) -> Iterator[Box]:
    """Where a cover lies over texts, and the letters around their edges."""
    for text in texts:
        room = ROOM + text.top - text.bottom
        yield Box(
            max(cover.left, text.left - room),
            max(cover.bottom, text.bottom - room),
            min(cover.right, text.right + room),
            min(cover.top, text.top + room),
        )
