"""The marks of one story of an old Word document (its body, a header, a note) to a ``Flow``."""

import re
import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import pairwise

from parsers.documents.word import doc_file as parts
from parsers.documents.word import doc_formats as formats
from parsers.documents.word.doc_file import WordFile
from parsers.documents.word.doc_formats import Properties, Runs, Styles, is_set, number
from parsers.documents.word.doc_lists import Lists
from parsers.documents.word.flow import LINE, TAB, Flow, symbol

PARTS = re.compile(r"[\x00-\x08\x0b-\x0f\x13-\x15\x1e\x1f\r(]|[^\x00-\x08\x0b-\x0f\x13-\x15\x1e\x1f\r(]+")
PAIRS = re.compile("[\ud800-\udfff]")
FIELDS = re.compile("[\x13-\x15]")
FIELD, RESULT, FIELD_END = "\x13\x14\x15"
CELL, PARAGRAPH, PAGE, PICTURE = "\x07\r\x0c\x01"
CHARACTERS = {"\x0b": LINE, "\x0e": LINE, "\x1e": "\u2011"}
CHECK_BOX, BY_DEFAULT = 1, 25
MOST_TABLES = 30


class Formats:
    """What the document says of its characters and paragraphs."""

    def __init__(self, file: WordFile) -> None:
        self.file = file
        self.styles = Styles(file.part(parts.STYLES))
        self.lists = Lists(file.part(parts.LISTS, to_the_end=True), file.part(parts.LIST_USES))
        self._characters = Runs(file.main, file.part(parts.CHARACTERS), of_paragraphs=False)
        self._paragraphs = Runs(file.main, file.part(parts.PARAGRAPHS), of_paragraphs=True)
        self._firsts = [piece.first for piece in file.pieces]

    def paragraph(self, place: int) -> Properties:
        """What holds for the paragraph that ends here."""
        piece = self.file.pieces[max(0, bisect_right(self._firsts, place) - 1)]
        return self.styles.paragraph(self._paragraphs.at(piece.offset_of(place)))

    def stretches(self, first: int, last: int) -> Iterator[tuple[int, str, Properties]]:
        """The text between two places in stretches of one formatting, each with its place."""
        begin = max(0, bisect_right(self._firsts, first) - 1)
        for piece in self.file.pieces[begin:]:
            start, end = max(first, piece.first), min(last, piece.first + len(piece.text))
            if piece.first >= last:
                return
            if start >= end:
                continue
            within = piece.offset_of(start), piece.offset_of(end)
            cuts = {*self._characters.starts_between(*within), *self._paragraphs.starts_between(*within)}
            places = [start, *(piece.first + (cut - piece.offset) // piece.width for cut in sorted(cuts)), end]
            for one, following in pairwise(places):
                if following > one:
                    text = piece.text[one - piece.first : following - piece.first]
                    offset = piece.offset_of(one)
                    yield one, text, self.styles.characters(self._characters.at(offset), self._paragraphs.at(offset))


class StoryReader:
    """Reads one story into a flow."""

    def __init__(self, flow: Flow, all_formats: Formats, first: int, last: int) -> None:
        self.flow = flow
        self.formats = all_formats
        self.first, self.last = first, last
        self.inserts: dict[int, Callable[[], None]] = {}
        """What to do at a place, such as to tell the text box that hangs there."""
        self.section_ends: dict[int, Callable[[], None]] = {}
        """By the place behind the mark that ends the section."""
        self._fields: list[bool] = []
        self._whole = self._whole_fields()

    def read(self) -> None:
        """Tell the flow all that the story shows."""
        for start, text, properties in self.formats.stretches(self.first, self.last):
            hidden = is_set(properties, formats.HIDDEN) or is_set(properties, formats.DELETED)
            for match in PARTS.finditer(text):
                place = start + match.start()
                if place in self.inserts:
                    self.inserts[place]()
                if not hidden or match[0] == CELL:
                    self._part(place, match[0], properties)
        self.flow.at_depth(0)
        if self.flow.has_words:
            self.flow.end_paragraph()

    def _part(self, place: int, part: str, properties: Properties) -> None:
        if part in {PARAGRAPH, CELL, PAGE}:
            self._end(place, part)
        elif part in {FIELD, RESULT, FIELD_END}:
            if place in self._whole:
                self._field(part)
        elif part == PICTURE:
            self._form(properties)
        elif part == "(" and is_set(properties, formats.SPECIAL) and formats.SYMBOL in properties:
            self._say(symbol(number(properties, formats.SYMBOL) >> 16))
        elif part >= " ":
            self._say(_paired(part), raised=number(properties, formats.PLACE) == formats.RAISED)
        else:
            self._say(TAB if part == "\t" else CHARACTERS.get(part, part if part[0] == "\t" else ""))

    def _say(self, text: str, *, raised: bool = False) -> None:
        if text and all(self._fields):
            (self.flow.raised if raised else self.flow.words)(text)

    def _field(self, part: str) -> None:
        if part == FIELD:
            self._fields.append(False)
        elif part == RESULT:
            self._fields[-1] = True
        else:
            self._fields.pop()

    def _end(self, place: int, part: str) -> None:
        if place + 1 in self.section_ends:
            self._end_paragraph(place, blank=False)
            self.section_ends[place + 1]()
        elif part == PAGE:
            self._settle(place)
            self.flow.new_page()
        elif part == PARAGRAPH:
            self._end_paragraph(place, blank=True)
        else:
            self._end_cell(place)

    def _end_paragraph(self, place: int, *, blank: bool) -> None:
        properties = self._settle(place)
        if is_set(properties, formats.INNER_ROW_END):
            self.flow.at_depth(max(1, _depth(properties) - 1))
            self.flow.end_row()
        elif is_set(properties, formats.INNER_CELL):
            self.flow.end_cell()
        elif blank or self.flow.has_words:
            self.flow.end_paragraph()

    def _end_cell(self, place: int) -> None:
        properties = self._settle(place)
        if is_set(properties, formats.ROW_END):
            self.flow.at_depth(0)
            self.flow.end_row()
        else:
            self.flow.at_depth(1)
            self.flow.end_cell()

    def _settle(self, place: int) -> Properties:
        """Put the words told so far where the paragraph that ends here lies: label, page and table."""
        properties = self.formats.paragraph(place)
        label = self.formats.lists.label(properties)
        if is_set(properties, formats.NEW_PAGE):
            self.flow.new_page_before()
        self.flow.label_before(label)
        ends_row = is_set(properties, formats.ROW_END) or is_set(properties, formats.INNER_ROW_END)
        if not ends_row:
            self.flow.at_depth(_depth(properties))
        return properties

    def _form(self, properties: Properties) -> None:
        """A box to tick: how it stands is kept in a stream of its own."""
        data = self.formats.file.data
        place = number(properties, formats.PICTURE)
        if not is_set(properties, formats.IS_DATA) or place + 6 > len(data):
            return
        place += struct.unpack_from("<H", data, place + 4)[0]
        if place + 10 > len(data) or data[place : place + 4] != b"\xff" * 4:
            return
        (bits,) = struct.unpack_from("<H", data, place + 4)
        if bits & 3 != CHECK_BOX:
            return
        result = bits >> 2 & 0x1F
        if result == BY_DEFAULT:
            (name,) = struct.unpack_from("<H", data, place + 10) if place + 12 <= len(data) else (0,)
            result = data[place + 14 + 2 * name] if place + 14 + 2 * name < len(data) else 0
        if all(self._fields[:-1]):
            self.flow.words("☒" if result else "☐")

    def _whole_fields(self) -> set[int]:
        """Where the marks of fields that end stand: one that never does would hide all that follows."""
        whole: set[int] = set()
        open_ones: list[list[int]] = []
        for start, text, _ in self.formats.stretches(self.first, self.last):
            for match in FIELDS.finditer(text):
                if match[0] == FIELD:
                    open_ones.append([start + match.start()])
                elif open_ones:
                    open_ones[-1].append(start + match.start())
                    if match[0] == FIELD_END:
                        whole.update(open_ones.pop())
        return whole


def _depth(properties: Properties) -> int:
    """In how many tables a paragraph lies."""
    return min(number(properties, formats.DEPTH) or int(is_set(properties, formats.IN_TABLE)), MOST_TABLES)


def _paired(text: str) -> str:
    if not PAIRS.search(text):
        return text
    return text.encode("utf-16-le", errors="surrogatepass").decode("utf-16-le", errors="replace")
