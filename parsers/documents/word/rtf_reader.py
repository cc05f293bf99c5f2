"""The marks of a rich text file to a ``Flow``: groups, what they inherit, and where their words go."""

from collections.abc import Callable
from dataclasses import replace

from parsers.documents.raised import note_mark
from parsers.documents.word import rtf_tokens as known
from parsers.documents.word.flow import Flow, symbol
from parsers.documents.word.rtf_state import FORM_WORDS, SECTION_BREAKS, STATE_WORDS, Form, State, code_page
from parsers.documents.word.rtf_tokens import Token


class RtfReader:
    """Takes the marks one by one; ``pages`` gives the text."""

    def __init__(self) -> None:
        self.pictures = 0
        self._state = State()
        self._flows = [Flow()]
        self._groups: list[tuple[State, Callable[[], None] | None]] = []
        self._margins: dict[bytes, list[str]] = {}
        self._notes: list[str] = []
        self._code_page = "cp1252"
        self._charsets: dict[int, int] = {}
        self._pending = bytearray()
        self._high: int | None = None
        self._left_out = 0
        self._is_first = self._star = False
        self._form = Form()
        self._entry: list[str] | None = None
        self._has_first_page = self._has_ended = False
        self._breaks: bool | None = None
        """Whether the section that has just begun stands on a new page; ``None`` within a section."""

    @property
    def depth(self) -> int:
        """How many groups are open."""
        return len(self._groups)

    def take(self, token: Token) -> None:
        """One mark; those behind the end of the text are none of it."""
        if self._has_ended:
            return
        if token.kind in {"byte", "text"}:
            left_out = min(self._left_out, len(token.text))
            self._left_out -= left_out
            self._pending += token.text[left_out:]
            self._is_first = False
            return
        self._settle()
        if token.kind == "open":
            self._groups.append((self._state, None))
            self._is_first, self._star, self._left_out = True, False, 0
        elif token.kind == "close":
            self._close()
        elif self._left_out:
            self._left_out -= 1
        elif token.kind == "sign":
            self._sign(token.text)
        else:
            self._word(token.text, token.number)

    def pages(self) -> list[str]:
        """The text of each page, with what stands above and below."""
        self._settle()
        while self._groups:
            self._close()
        flow = self._flows[0]
        flow.at_depth(0)
        if flow.has_words:
            flow.end_paragraph()
        for text in (*self._notes, *self._margin_texts(b"footer")):
            flow.block(text)
        pages = flow.pages()
        head = [*self._margin_texts(b"header"), pages[0]]
        return ["\n\n".join(filter(None, head)), *pages[1:]]

    def _margin_texts(self, kind: bytes) -> list[str]:
        kinds = (*((kind + b"f",) if self._has_first_page else ()), kind, kind + b"r", kind + b"l")
        return list(dict.fromkeys(text for each in kinds for text in self._margins.get(each, ()) if text))

    def _close(self) -> None:
        if not self._groups:
            return
        self._is_first, self._left_out = False, 0
        self._state, at_end = self._groups.pop()
        if at_end is not None:
            at_end()
        self._has_ended = not self._groups
        if self._form.is_told:
            text, self._form = self._form.text(), Form()
            self._say(text)

    def _name_group(self, word: bytes) -> None:
        """The first word of a group says what it is."""
        self.pictures += word in known.PICTURES
        if word == b"ffl":
            self._entry = []
            self._skip(self._end_entry)
        elif word == b"fldinst":
            self._form = Form()
            self._skip(self._end_instruction)
        elif (self._star and word not in known.ENTERED) or word in known.SKIPPED:
            self._skip(None)
        elif not self._state.skipped:
            self._name_story(word)

    def _name_story(self, word: bytes) -> None:
        if word in known.BOXES:
            self._begin_story(self._end_box)
        elif word in known.LABELS:
            self._begin_story(self._end_label)
        elif word in known.MARGINS:
            self._begin_story(lambda: self._margins.setdefault(word, []).append(self._end_story()))
        elif word == b"footnote":
            mark = note_mark(len(self._notes) + 1)
            self._say(mark)
            self._notes.append("")
            place = len(self._notes) - 1
            self._begin_story(lambda: self._notes.__setitem__(place, f"{mark} {self._end_story()}"))

    def _skip(self, at_end: Callable[[], None] | None) -> None:
        self._groups[-1] = (self._groups[-1][0], at_end)
        self._state = replace(self._state, skipped=True)

    def _begin_story(self, at_end: Callable[[], None]) -> None:
        self._groups[-1] = (self._groups[-1][0], at_end)
        self._state = replace(self._state, in_table=False, table_depth=1, on_new_page=False)
        self._flows.append(Flow())

    def _end_story(self) -> str:
        text = self._flows.pop().text()
        self._flow.at_depth(self._state.depth)
        return text

    def _end_box(self) -> None:
        text = self._end_story()
        self._flow.block(text)

    def _end_label(self) -> None:
        label = self._end_story()
        self._flow.label(label)

    def _end_instruction(self) -> None:
        self._form.is_told = bool(self._form.text())

    def _end_entry(self) -> None:
        if self._entry is not None:
            self._form.entries.append("".join(self._entry))
        self._entry = None

    @property
    def _flow(self) -> Flow:
        return self._flows[-1]

    def _sign(self, sign: bytes) -> None:
        if sign == b"*" and self._is_first:
            self._star = True
            return
        self._is_first = False
        self._say(known.SIGNS.get(sign, ""))

    def _word(self, word: bytes, number: int | None) -> None:
        if self._is_first:
            self._is_first = False
            self._name_group(word)
        if character := known.CHARACTERS.get(word):
            self._say(character)
        elif word == b"u":
            self._unicode(number or 0)
        elif word in FORM_WORDS:
            setattr(self._form, FORM_WORDS[word], number or 0)
        elif (change := STATE_WORDS.get(word)) is not None:
            self._state = change(self._state, number)
        elif word in known.CODE_PAGES or word == b"ansicpg":
            self._code_page = known.CODE_PAGES.get(word) or code_page(number)
        elif word == b"fcharset":
            self._charsets[self._state.font] = number or 0
        elif not self._state.skipped:
            self._break(word)

    def _break(self, word: bytes) -> None:
        flow, depth = self._flow, self._state.depth
        if word == b"par":
            flow.at_depth(depth)
            flow.end_paragraph()
        elif word in {b"cell", b"nestcell"}:
            flow.at_depth(1 if word == b"cell" else max(depth, 2))
            flow.end_cell()
        elif word in {b"row", b"nestrow"}:
            flow.at_depth(0 if word == b"row" else max(depth, 2) - 1)
            flow.end_row()
        elif word == b"page":
            flow.at_depth(depth)
            flow.new_page()
        elif word == b"sect":
            flow.at_depth(0)
            if flow.has_words:
                flow.end_paragraph()
            self._breaks = True
        elif word in SECTION_BREAKS and self._breaks is not None:
            self._breaks = SECTION_BREAKS[word]
        elif word == b"titlepg":
            self._has_first_page = True

    def _unicode(self, number: int) -> None:
        code = number % 0x10000
        self._left_out = self._state.replacements
        if 0xD800 <= code < 0xDC00:
            self._high = code
            return
        if 0xDC00 <= code < 0xE000:
            code = 0xFFFD if self._high is None else 0x10000 + ((self._high - 0xD800) << 10) + (code - 0xDC00)
        self._high = None
        self._say(chr(code))

    def _settle(self) -> None:
        """Tell the bytes that came one after another, in the encoding of their font."""
        if not self._pending:
            return
        data = bytes(self._pending)
        self._pending.clear()
        charset = self._charsets.get(self._state.font)
        if charset == known.SYMBOL_CHARSET and len(data) <= 2:
            self._say("".join(chr(byte) if byte == 32 else symbol(byte) for byte in data))
        else:
            self._say(data.decode(known.CHARSETS.get(charset or 0, self._code_page), errors="replace"))

    def _say(self, text: str) -> None:
        state = self._state
        if self._entry is not None:
            self._entry.append(text)
        if not text or state.skipped or state.hidden or state.deleted or not self._groups:
            return
        flow = self._flow
        flow.at_depth(state.depth)
        if len(self._flows) == 1:
            self._begin_page_where_asked(flow)
        (flow.raised if state.raised else flow.words)(text)

    def _begin_page_where_asked(self, flow: Flow) -> None:
        asked = self._breaks or (self._state.on_new_page and not flow.has_words)
        self._breaks = None
        if asked and not flow.is_page_empty:
            flow.new_page()
