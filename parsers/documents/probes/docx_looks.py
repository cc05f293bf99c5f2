"""How words of a Word document look: their own marks, then those of their styles, then those of the document."""

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from parsers.documents.probes.probe_findings import FindingKind
from parsers.documents.word.docx_styles import MOST_BASES, W, is_on, value, whole

TINIEST = 4
"""Half points: letters of two points are a line to the eye."""
PAPER, INK = "FFFFFF", "000000"
NEARLY = 0xFA
"""Of 255: colours of which all parts are lighter are white to the eye."""
AUTO = frozenset({"", "AUTO", "NONE", "NIL"})
DARK = {"black": INK, "white": PAPER}
"""Colours of the highlighter that words are printed in."""
AROUND = ("tbl", "tc", "txbxContent")


class _Marks(NamedTuple):
    base: str
    words: etree._Element | None
    paragraph: etree._Element | None


class Looks:
    """What the styles part says of words."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, _Marks] = {}
        self._plain = ""
        for style in root.iterchildren(f"{W}style") if root is not None else ():
            key = style.get(f"{W}styleId", "")
            self._styles[key] = _Marks(value(style.find(f"{W}basedOn")), style.find(f"{W}rPr"), style.find(f"{W}pPr"))
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true", "on"}:
                self._plain = key
        self._first = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if root is not None else None

    def hiding(self, run: etree._Element) -> Iterator[FindingKind]:
        """Why the words of this run are not seen; nothing where they are."""
        marks = list(self._marks(run))
        if is_on(_first(marks, "vanish")) or is_on(_first(marks, "webHidden")):
            yield "hidden_text"
            return
        size = whole(value(_first(marks, "sz")), TINIEST + 1)
        if 0 < size <= TINIEST:
            yield "tiny_text"
        if (kind := self._blended(run, marks)) is not None:
            yield kind

    def _blended(self, run: etree._Element, marks: list[etree._Element]) -> FindingKind | None:
        """Whether the words have the colour of what lies behind them, as far as that can be told."""
        ink = _plain(value(_first(marks, "color")))
        marker = DARK.get(value(_first(marks, "highlight")))
        if marker is not None and (ink or INK) == marker:
            return "covered_text" if marker == INK else "white_text"
        if not ink or value(_first(marks, "highlight"), "none") != "none":
            return None
        ground = self._ground(run, marks)
        if ink != ground:
            return None
        return "white_text" if ink == PAPER else "covered_text"

    def _ground(self, run: etree._Element, marks: list[etree._Element]) -> str:
        """The colour behind the words; empty where it cannot be told, as a table or a shape may have one."""
        blocks = [*marks, *self._paragraph_marks(_paragraph(run))]
        if (fill := _fill(_first(blocks, "shd"))) is not None:
            return fill
        for around in run.iterancestors(*(f"{W}{name}" for name in AROUND)):
            shading = around.find(f"{W}tcPr/{W}shd")
            if shading is not None and (fill := _fill(shading)) is not None:
                return fill
            if not str(around.tag).endswith("}tc"):
                return ""
        return PAPER

    def _marks(self, run: etree._Element) -> Iterator[etree._Element]:
        own = run.find(f"{W}rPr")
        if own is not None:
            yield own
            yield from (one.words for one in self._chain(value(own.find(f"{W}rStyle"))) if one.words is not None)
        yield from (one.words for one in self._chain(self._style(_paragraph(run))) if one.words is not None)
        if self._first is not None:
            yield self._first

    def _paragraph_marks(self, paragraph: etree._Element | None) -> Iterator[etree._Element]:
        own = paragraph.find(f"{W}pPr") if paragraph is not None else None
        if own is not None:
            yield own
        yield from (one.paragraph for one in self._chain(self._style(paragraph)) if one.paragraph is not None)

    def _style(self, paragraph: etree._Element | None) -> str:
        return (value(paragraph.find(f"{W}pPr/{W}pStyle")) if paragraph is not None else "") or self._plain

    def _chain(self, key: str) -> Iterator[_Marks]:
        for _ in range(MOST_BASES):
            style = self._styles.get(key)
            if style is None:
                return
            yield style
            key = style.base


def _paragraph(run: etree._Element) -> etree._Element | None:
    return next(run.iterancestors(f"{W}p"), None)


def _first(marks: list[etree._Element], name: str) -> etree._Element | None:
    return next((found for one in marks if (found := one.find(f"{W}{name}")) is not None), None)


def _plain(colour: str) -> str:
    """A colour, all whites as one; empty where the program chooses one that can be read."""
    told = colour.upper()
    if told in AUTO:
        return ""
    try:
        parts = bytes.fromhex(told)
    except ValueError:
        return told
    return PAPER if len(parts) == 3 and min(parts) >= NEARLY else told


def _fill(shading: etree._Element | None) -> str | None:
    """The colour of a shading; ``None`` where there is none, empty where it is of two colours or of a theme's."""
    if shading is None:
        return None
    fill = _plain(shading.get(f"{W}fill", ""))
    if value(shading) == "solid":
        fill = _plain(shading.get(f"{W}color", "")) or INK
    elif value(shading).startswith("pct") or (not fill and shading.get(f"{W}themeFill")):
        return ""
    return fill or None
