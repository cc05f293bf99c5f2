"""What a rich text file holds beside its text: changes, comments, hidden, white and tiny words, files inside."""

from dataclasses import dataclass, replace

from parsers.documents.package import UnreadableError
from parsers.documents.probes.probe_findings import FindingKind, Findings
from parsers.documents.word.rtf_state import MOST_DEPTH, TOO_DEEP
from parsers.documents.word.rtf_tokens import Token, tokens

TINIEST = 4
SKIPPED = frozenset(
    b"fonttbl stylesheet pict themedata colorschememapping latentstyles datastore listtable listoverridetable generator"
    b" rsidtbl xmlnstbl fldinst bkmkstart bkmkend shppict nonshppict sp objdata revtbl".split()
)
TABLES = (b"shading", b"cbpat", b"clcbpat", b"highlight", b"chcbpat", b"cb", b"intbl")
NAMES = frozenset(b"author operator company manager doccomm keywords category hlinkbase template".split())
GROUNDS = frozenset({b"highlight", b"chcbpat", b"cbpat"})
"""Marks of a colour behind words; nought is none."""
CROPS = frozenset(b"piccropl piccropr piccropt piccropb".split())
INK, PAPER = (0, 0, 0), (255, 255, 255)


@dataclass(frozen=True, slots=True)
class _State:
    skipped: bool = False
    where: str = "body"
    """``body``, ``colours``, ``annotation`` or ``property``."""
    kind: FindingKind | None = None
    colour: int = 0
    tiny: bool = False
    grounded: bool = False
    ground: int = 0
    """The colour behind the words, where it is one that is known."""
    marked: bool = False
    """Whether that is a highlighter's, under which letters keep their black."""


class _Prober:
    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._state = _State()
        self._stack: list[_State] = []
        self._colours: list[tuple[int, int, int] | None] = []
        self._mixing: dict[bytes, int] = {}

    def take(self, token: Token) -> None:
        """One mark."""
        if token.kind == "open":
            if len(self._stack) >= MOST_DEPTH:
                raise UnreadableError("damaged", TOO_DEEP)
            self._stack.append(self._state)
        elif token.kind == "close":
            self._state = self._stack.pop() if self._stack else _State()
        elif token.kind == "word":
            self._word(token)
        elif self._state.where == "colours":
            self._mix(token.text)
        elif token.kind in {"text", "byte"} and token.text.strip():
            self._text(len(token.text))

    def _mix(self, text: bytes) -> None:
        for _ in range(text.count(b";")):
            parts = self._mixing
            self._colours.append((parts[b"red"], parts[b"green"], parts[b"blue"]) if len(parts) == 3 else None)
            self._mixing = {}

    def _word(self, token: Token) -> None:
        name, number = token.text, token.number
        state = self._state
        if name in SKIPPED:
            self._state = replace(state, skipped=True)
        elif name == b"colortbl":
            self._state = replace(state, where="colours")
        elif state.where == "colours" and name in {b"red", b"green", b"blue"}:
            self._mixing[name] = number or 0
        elif name == b"annotation":
            self._findings.add("comments")
            self._state = replace(state, where="annotation")
        elif name in NAMES:
            self._state = replace(state, where="property")
        elif name == b"object":
            self._findings.add("embedded_file")
        elif name in CROPS:
            self._findings.add("cropped_picture", count=int((number or 0) > 0))
        else:
            self._format(name, number)

    def _format(self, name: bytes, number: int | None) -> None:
        state = self._state
        on = number != 0
        if name == b"v":
            self._state = replace(state, kind="hidden_text" if on else None)
        elif name in {b"deleted", b"revised"}:
            self._state = replace(state, kind="tracked_changes" if on else None)
        elif name == b"cf":
            self._state = replace(state, colour=number or 0)
        elif name == b"fs":
            self._state = replace(state, tiny=number is not None and 0 < number <= TINIEST)
        elif name in TABLES:
            ground = (number or 0) if name in GROUNDS else state.ground
            self._state = replace(state, grounded=on, ground=ground, marked=name == b"highlight" or state.marked)
        elif name == b"plain":
            self._state = replace(state, kind=None, colour=0, tiny=False, ground=0, marked=False)
        elif name == b"pard":
            self._state = replace(state, grounded=False, ground=0)

    def _text(self, size: int) -> None:
        state = self._state
        if state.skipped or state.where == "annotation":
            return
        if state.where == "property":
            self._findings.add("document_properties")
        elif state.kind is not None:
            self._findings.add(state.kind, count=size)
        elif state.tiny:
            self._findings.add("tiny_text", count=size)
        elif (kind := self._blended(state)) is not None:
            self._findings.add(kind, count=size)

    def _blended(self, state: _State) -> FindingKind | None:
        """Whether the words have the colour of what lies behind them."""
        ink, ground = self._colour(state.colour), self._colour(state.ground)
        if ink == PAPER and (not state.grounded or ground == PAPER):
            return "white_text"
        if state.marked and not state.colour:
            ink = INK
        return "covered_text" if ink is not None and ink == ground != PAPER else None

    def _colour(self, number: int) -> tuple[int, int, int] | None:
        return self._colours[number] if 0 < number < len(self._colours) else None


def probe_rtf(data: bytes, findings: Findings) -> None:
    """A rich text file."""
    prober = _Prober(findings)
    for token in tokens(data):
        prober.take(token)
