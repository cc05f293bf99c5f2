"""Marks in a hostile text: the text is cut at offsets, each piece is escaped, and only our own tags lie between."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from archive_site.texts.quotes import Fold

REPLACEMENT = "\ufffd"
_CONTROLS = [code for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"]
_BIDIRECTIONAL = [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
UNSEEN = dict.fromkeys([*_CONTROLS, *_BIDIRECTIONAL], REPLACEMENT)
"""Characters that no reader sees and that can hide or turn round what stands beside them; one for one, so that
offsets hold."""
_TYPED = {code: sign for code, sign in UNSEEN.items() if chr(code) != "\r"}
_ANY = re.compile("[" + "".join(re.escape(chr(code)) for code in _TYPED) + "]")


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One citation as it is to be shown: its place, its words, and what the note beside it says."""

    id: str
    anchor: str
    """The ``id`` of its element in the page."""
    start: int
    end: int
    quote: str
    relied_on: bool
    name: str
    """``FOIA s.40(2)``: read out in any case, shown where the words themselves do not say it."""
    role: str
    """``relied on``."""
    link: str
    """The row of the citation."""


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """Citations whose words overlap, shown as one marked stretch."""

    start: int
    end: int
    marks: tuple[Mark, ...]


def safe(text: str) -> Markup:
    """Text of a stranger, escaped, with unseen characters made visible."""
    return escape(text.translate(UNSEEN))


def shown(value: object) -> object:
    """What any template is about to put into a page, with unseen characters made visible; other values as they are.

    The returns that a form sends between its lines stay, as they hide nothing and belong to what was typed.
    """
    return value.translate(_TYPED) if isinstance(value, str) and _ANY.search(value) else value


def clusters(text: str, marks: Iterable[Mark]) -> list[Cluster]:
    """Marks that hold true of ``text``, joined where they overlap; a mark whose words are not there is left out."""
    found: list[Cluster] = []
    fitting = [mark for mark in marks if 0 <= mark.start < mark.end and text[mark.start : mark.end] == mark.quote]
    for mark in sorted(fitting, key=lambda mark: (mark.start, -mark.end, mark.id)):
        if found and mark.start < found[-1].end:
            last = found.pop()
            found.append(Cluster(start=last.start, end=max(last.end, mark.end), marks=(*last.marks, mark)))
        else:
            found.append(Cluster(start=mark.start, end=mark.end, marks=(mark,)))
    return found


def marked(
    text: str, marks: Iterable[Mark], *, start: int = 0, end: int | None = None, folds: Iterable[Fold] = ()
) -> Markup:
    """``text[start:end]`` as HTML with its citations marked; a cluster that begins before ``start`` is cut there.

    ``folds`` are put away behind a line that opens them, but for those that a citation lies across.
    """
    end = len(text) if end is None else min(end, len(text))
    found, pieces, at = _Clusters(clusters(text, marks)), [], start
    for fold in folds:
        left, right = max(fold.start, at), min(fold.end, end)
        if left < right and not (found.across(left) or found.across(right)):
            quoted = found.html(text, left, right)
            pieces += [found.html(text, at, left), _folded(quoted, fold, opened=found.relied(left, right))]
            at = right
    return Markup("").join([*pieces, found.html(text, at, end)])


class _Clusters:
    """Clusters of one text, in order, none lying over another."""

    def __init__(self, found: Sequence[Cluster]) -> None:
        self._found, self._ends = found, [one.end for one in found]

    def _within(self, left: int, right: int) -> Sequence[Cluster]:
        first = bisect_right(self._ends, left)
        last = first
        while last < len(self._found) and self._found[last].start < right:
            last += 1
        return self._found[first:last]

    def across(self, place: int) -> bool:
        return any(one.start < place < one.end for one in self._within(place - 1, place + 1))

    def relied(self, left: int, right: int) -> bool:
        return any(mark.relied_on for one in self._within(left, right) for mark in one.marks)

    def html(self, text: str, start: int, end: int) -> Markup:
        pieces, at = [], start
        for cluster in self._within(start, end):
            left, right = max(cluster.start, at), min(cluster.end, end)
            if left < right:
                pieces += [safe(text[at:left]), _stretch(text[left:right], cluster.marks)]
                at = right
        return Markup("").join([*pieces, safe(text[at:end])])


def _folded(quoted: Markup, fold: Fold, *, opened: bool) -> Markup:
    return Markup('<details class="quoted"{}><summary>Quoted mail, {} lines</summary>{}</details>').format(
        Markup(" open") if opened else "", fold.lines, quoted
    )


def _stretch(words: str, marks: Sequence[Mark]) -> Markup:
    relied = any(mark.relied_on for mark in marks)
    opened = Markup('<mark class="cite {kind}" id="{anchor}">{words}').format(
        kind="relied" if relied else "mentioned", anchor=marks[0].anchor, words=safe(words)
    )
    anchors = Markup("").join(Markup('<span id="{}"></span>').format(mark.anchor) for mark in marks[1:])
    return opened + anchors + Markup("</mark>") + Markup("").join(_note(mark, alone=len(marks) == 1) for mark in marks)


def _note(mark: Mark, *, alone: bool) -> Markup:
    says_it = alone and mark.name.rpartition(".")[2] in mark.quote
    name = Markup('<span class="hidden-words">{} </span>').format(mark.name) if says_it else escape(mark.name + " ")
    return Markup('<a class="cite-note {kind}" href="{link}">{name}{role}</a>').format(
        kind="relied" if mark.relied_on else "mentioned", link=mark.link, name=name, role=mark.role
    )


def window_end(text: str, start: int, limit: int) -> int:
    """Where a piece of at most ``limit`` characters from ``start`` ends: after a line if one ends near, else there."""
    end = start + limit
    if end >= len(text):
        return len(text)
    line = text.rfind("\n", start + limit // 2, end)
    return line + 1 if line >= 0 else end
