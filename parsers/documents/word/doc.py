"""Old Word documents (doc) to text by page.

No program is started for them: the child that reads may start none, and antiword and catdoc are packages that a
system may lack. olefile finds the streams, and the modules beside this one read the text where the piece table says
that it lies, with as much of its formatting as decides what is shown. Measured on four real letters: word for word what
antiword prints, and a footer that it leaves out. Word 97 to 2003 are read so; of Word 6 and 95 the
bare text.

Left out as in newer documents: comments, deleted and hidden text, the codes of fields. A text box stands before its
paragraph, headers before their section, notes and footers after it.
"""

import struct
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise

from parsers.documents.caps import CAPS, Caps
from parsers.documents.package import UnreadableError
from parsers.documents.raised import note_mark
from parsers.documents.records import DocumentText
from parsers.documents.result import written
from parsers.documents.word import doc_file as parts
from parsers.documents.word import doc_formats as formats
from parsers.documents.word.doc_body import Formats, StoryReader
from parsers.documents.word.doc_file import WordFile
from parsers.documents.word.flow import Flow

TOOL = "olefile"
CONTINUOUS = 0
HEADER_KINDS = ("even header", "header", "even footer", "footer", "first header", "first footer")
FIRST_OF_SECTIONS = 6
"""Six separators of notes come before the headers."""
MOST_NOTES = 2_000


def read_doc(data: bytes, *, caps: Caps = CAPS) -> DocumentText:
    """The text of an old Word document as it is shown. Macros, objects and pictures are never opened."""
    try:
        word = _Word(WordFile(data))
        texts = word.pages()
    except UnreadableError as error:
        return error.record("doc", tool=TOOL)
    except (struct.error, IndexError):
        return UnreadableError("damaged", "It is damaged: its tables point beyond its end.").record("doc", tool=TOOL)
    notes = ["It is of Word 6 or 95: its bare text was read."] if word.file.is_old else []
    if word.file.is_cut:
        notes.append(f"Only its first {parts.MOST_TEXT:,} characters were read.")
    return written("doc", texts, caps=caps, tool=TOOL, notes=notes)


class _Word:
    """One document: its stories put together."""

    def __init__(self, file: WordFile) -> None:
        self.file = file
        self.formats = Formats(file)
        self.stories = file.stories()
        self.flow = Flow()
        self.shown: set[str] = set()
        self.section = 0
        self.breaks, self.titles, ends = _sections(file)
        self.section_ends = ends
        settings = file.part(parts.SETTINGS)
        self.has_even = bool(settings and settings[0] & 1)
        self.margins = self._margins()
        self.notes: list[tuple[str, str]] = []

    def pages(self) -> list[str]:
        """The text of each page."""
        reader = StoryReader(self.flow, self.formats, *self.stories["body"])
        reader.section_ends = dict.fromkeys(self.section_ends, self._end_section)
        reader.inserts = {
            **self._boxes(parts.SHAPES, parts.BOXES, "body", "boxes", self.flow),
            **self._marks(parts.FOOTNOTE_MARKS, parts.FOOTNOTES, "footnotes"),
            **self._marks(parts.ENDNOTE_MARKS, parts.ENDNOTES, "endnotes"),
        }
        self._tell_margins("header")
        reader.read()
        for mark, text in self.notes:
            self.flow.block(f"{mark} {text}")
        self._tell_margins("footer")
        return self.flow.pages()

    def _end_section(self) -> None:
        self._tell_margins("footer")
        self.section += 1
        if self.section < len(self.breaks) and self.breaks[self.section] != CONTINUOUS:
            self.flow.new_page()
        self._tell_margins("header")

    def _tell_margins(self, kind: str) -> None:
        has_title = self.section < len(self.titles) and self.titles[self.section]
        kinds = (*((f"first {kind}",) if has_title else ()), kind, *((f"even {kind}",) if self.has_even else ()))
        for name in kinds:
            text = self.margins.get((self.section, name), "")
            if text and text not in self.shown:
                self.shown.add(text)
                self.flow.margin(text)

    def _margins(self) -> dict[tuple[int, str], str]:
        start, end = self.stories.get("headers", (0, 0))
        places = _places(self.file.part(parts.HEADERS), 0)[FIRST_OF_SECTIONS:]
        found: dict[tuple[int, str], str] = {}
        for index, (first, last) in enumerate(pairwise(places)):
            section, kind = divmod(index, len(HEADER_KINDS))
            if first < last and start + first < end and section < max(len(self.breaks), 1):
                found[section, HEADER_KINDS[kind]] = self._margin(start + first, min(start + last, end))
        return found

    def _margin(self, first: int, last: int) -> str:
        flow = Flow()
        reader = StoryReader(flow, self.formats, first, last)
        reader.inserts = self._boxes(parts.HEADER_SHAPES, parts.HEADER_BOXES, "headers", "header boxes", flow)
        reader.read()
        return flow.text()

    def _marks(self, marks: int, texts: int, story: str) -> dict[int, Callable[[], None]]:
        """By the place of each note's mark, what tells the mark and keeps the note for the end."""
        start, end = self.stories.get(story, (0, 0))
        places = _places(self.file.part(texts), 0)
        found: dict[int, Callable[[], None]] = {}
        where = _places(self.file.part(marks), 2)[:-1]
        for index, (place, first, last) in enumerate(zip(where, places, places[1:], strict=False)):
            if first < last and start + last <= end and index < MOST_NOTES:
                found[place] = partial(self._meet, index + 1, start + first, start + last)
        return found

    def _meet(self, number: int, first: int, last: int) -> None:
        mark = note_mark(number)
        self.flow.words(mark)
        self.notes.append((mark, self._text(first, last)))

    def _text(self, first: int, last: int) -> str:
        flow = Flow()
        StoryReader(flow, self.formats, first, last).read()
        return flow.text()

    def _boxes(self, shapes: int, boxes: int, story: str, texts: str, flow: Flow) -> dict[int, Callable[[], None]]:
        """By the place that each text box hangs on, what tells it; those that hang on none stand at the start."""
        start, end = self.stories.get(texts, (0, 0))
        first_place = self.stories.get(story, (0, 0))[0]
        anchors = dict(_anchors(self.file.part(shapes)))
        told: dict[int, list[str]] = {}
        for shape, first, last in _chain(self.file.part(boxes)):
            if start + first < min(start + last, end):
                place = first_place + anchors.get(shape, 0)
                told.setdefault(place, []).append(self._text(start + first, min(start + last, end)))
        return {place: partial(flow.block, "\n\n".join(each)) for place, each in told.items()}


def _places(plc: bytes, size: int) -> tuple[int, ...]:
    """The places that a table of things of this size is about: one more than things."""
    count = max(0, (len(plc) - 4) // (4 + size))
    return struct.unpack_from(f"<{count + 1}I", plc) if count else ()


def _anchors(plc: bytes) -> Iterator[tuple[int, int]]:
    """Each shape with the place that it hangs on."""
    places = _places(plc, 26)
    for index, place in enumerate(places[:-1]):
        yield struct.unpack_from("<I", plc, 4 * len(places) + 26 * index)[0], place


def _chain(plc: bytes) -> Iterator[tuple[int, int, int]]:
    """Each text box: its shape, and where its text begins and ends. The last entry is none."""
    places = _places(plc, 22)
    for index, (first, last) in enumerate(pairwise(places)):
        reusable, shape = struct.unpack_from("<8xH4xI", plc, 4 * len(places) + 22 * index)
        if not reusable and shape:
            yield shape, first, last


def _sections(file: WordFile) -> tuple[list[int], list[bool], list[int]]:
    """How each section begins, whether its first page has headers of its own, and where it ends."""
    plc = file.part(parts.SECTIONS)
    places = _places(plc, 12)
    breaks: list[int] = []
    titles: list[bool] = []
    for index in range(len(places) - 1):
        (where,) = struct.unpack_from("<2xI", plc, 4 * len(places) + 12 * index)
        size = struct.unpack_from("<H", file.main, where)[0] if where + 2 <= len(file.main) else 0
        properties = formats.changes(file.main[where + 2 : where + 2 + size])
        breaks.append(formats.number(properties, formats.SECTION_BREAK) if formats.SECTION_BREAK in properties else 2)
        titles.append(formats.is_set(properties, formats.TITLE_PAGE))
    return breaks, titles, list(places[1:-1])
