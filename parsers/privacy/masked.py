"""Text with parts masked, and the way from places in the old text to places in the new."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

Found = tuple[int, int, str]
"""Start and end in the original, and the mark to write."""

NAME, EMAIL, TELEPHONE = "[name]", "[email address]", "[telephone number]"


@dataclass(frozen=True, kw_only=True)
class Mask:
    """One masked part of the original text."""

    start: int
    end: int
    mark: str
    """What stands in its place."""


@dataclass(frozen=True, kw_only=True)
class Masked:
    """A text after masking."""

    text: str
    masks: tuple[Mask, ...]
    """In order, apart from each other; places are those of the original."""

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where ``original[start:end]`` is in ``text``; a part that cuts into a mask is widened to the whole mask."""
        if not self.masks:
            return start, max(start, end)
        return self._shifted(start, at_end=False), max(
            self._shifted(end, at_end=True), self._shifted(start, at_end=False)
        )

    @cached_property
    def _starts(self) -> list[int]:
        return [mask.start for mask in self.masks]

    @cached_property
    def _growth(self) -> list[int]:
        """How much longer the text has become by each mask, from the first."""
        return list(accumulate((len(mask.mark) - (mask.end - mask.start) for mask in self.masks), initial=0))

    def _shifted(self, offset: int, *, at_end: bool) -> int:
        number = bisect_right(self._starts, offset - 1 if at_end else offset) - 1
        if number < 0:
            return offset
        mask = self.masks[number]
        if offset < mask.end:
            start = mask.start + self._growth[number]
            return start + len(mask.mark) if at_end else start
        return offset + self._growth[number + 1]


def apply_masks(text: str, found: Iterable[Found]) -> Masked:
    """Put marks in place of the parts found; parts that overlap become one, with the mark of the first."""
    masks: list[Mask] = []
    for start, end, mark in sorted(found):
        if masks and start < masks[-1].end:
            last = masks.pop()
            masks.append(Mask(start=last.start, end=max(last.end, end), mark=last.mark))
        else:
            masks.append(Mask(start=start, end=end, mark=mark))
    pieces, position = [], 0
    for mask in masks:
        pieces += [text[position : mask.start], mask.mark]
        position = mask.end
    return Masked(text="".join([*pieces, text[position:]]), masks=tuple(masks))
