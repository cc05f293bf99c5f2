"""Quoted mail in a message: where it begins and ends, so that a reader can pass it over."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

FEWEST_LINES = 6
"""Fewer lines than this are no trouble to read past."""
_DIVIDER = re.compile(
    r"[ \t]{0,8}[-_]{2,60}[ \t]{0,4}(?:original|forwarded) message[ \t]{0,4}[-_]{2,60}", re.IGNORECASE
)
_FROM = re.compile(r"[ \t*]{0,8}From[*]{0,2}:[ \t]{0,4}\S", re.IGNORECASE)
_SENT = re.compile(r"[ \t*]{0,8}(?:Sent|Date|To)[*]{0,2}:[ \t]{0,4}\S", re.IGNORECASE)
_MARK = re.compile(r"[ \t]{0,4}>")


@dataclass(frozen=True, kw_only=True)
class Fold:
    """A stretch of quoted mail, as offsets into the text."""

    start: int
    end: int
    lines: int


def quoted_mail(text: str) -> tuple[Fold, ...]:
    """The long stretches of quoted mail: lines that begin with ``>``, and all that follows the head of another mail."""
    lines = text.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    whole = _head_of_another(lines)
    before = lines if whole is None else lines[:whole]
    found = [_fold(starts, first, last) for first, last in _marked_runs(before)]
    if whole is not None:
        found.append(_fold(starts, whole, len(lines)))
    return tuple(fold for fold in found if fold.lines >= FEWEST_LINES)


def _fold(starts: Sequence[int], first: int, last: int) -> Fold:
    return Fold(start=starts[first], end=starts[last], lines=last - first)


def _head_of_another(lines: Sequence[str]) -> int | None:
    """The line on which a whole mail below this one begins; a text that is all such a mail has none."""
    seen = False
    for number, line in enumerate(lines):
        if seen and (
            _DIVIDER.match(line) or (_FROM.match(line) and any(map(_SENT.match, lines[number + 1 : number + 4])))
        ):
            return number
        seen = seen or bool(line.strip())
    return None


def _marked_runs(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First and one past the last line of each run that begins with ``>``; single empty lines do not end one."""
    first: int | None = None
    last = 0
    for number, line in enumerate(lines):
        if _MARK.match(line):
            first, last = (number if first is None else first), number + 1
        elif first is not None and (line.strip() or number > last):
            yield first, last
            first = None
    if first is not None:
        yield first, last
