"""Make the text of a letter plain enough for patterns, and keep the way back to the text as it was given.

Most repairs keep the length (odd spaces, dashes, quotation marks), so that offsets stay as they are. The few that
do not (soft hyphens, ligatures, entities, words broken at a line end) are noted as edits.
"""

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from parsers.letters.records import Evidence
from parsers.letters.text.phrases import Words

MAX_LENGTH = 400_000
"""Characters of one document that are read; what lies beyond is left out, and a note says so."""

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\x0b"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\x96\x97"
_BULLETS = "*\u25aa\u25ab\u25cf\u25cb\u25e6\u2023\u2043\u2219\uf0b7\uf0a7\u27a2\u00b7"
_PLAIN = str.maketrans(
    dict.fromkeys(_SPACES, " ")
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_BULLETS, "\u2022")
    | dict.fromkeys("\u2018\u2019\u201b\u02bc\u2032`\u00b4\x91\x92", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\x93\x94", '"')
    | dict.fromkeys("\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079", " ")  # marks of footnotes
    | dict(zip("\uff08\uff09\uff3b\uff3d\u2044", "()[]/", strict=True))
    | dict.fromkeys("\x0c\x85\u2028\u2029", "\n")
)
_ODD = re.compile(f"[{re.escape(''.join(map(chr, _PLAIN)))}]")
"""What is made plain: far quicker to look for than every character is to look up."""
_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\ufb00-\ufb04]")
"""The same as one set of letters, which is far quicker to look for in a text that has none."""
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]+|[\ufb00-\ufb04]")
_ENTITY = re.compile(r"&(?:[a-z]{2,6}|#[0-9]{1,5}|#x[0-9a-f]{1,4});")
_BROKEN_WORD = re.compile(r"-(?<=[A-Za-z]{2}-)[ \t]{0,9}\n[ \t>]{0,40}(?=[a-z]{2})")
_TAB = re.compile(r"(?<=[^\s>])\t[ \t]{0,9}(?=[^\s])")
_APART = "   "
"""Between what stands side by side, as the readers of documents write it too."""
_LINK_MARK = re.compile(r"\[[0-9]{1,3}\](?=[A-Za-z\[])")
_QUOTE_MARKS = re.compile(r"^[ ]{0,9}(?:>[ ]?){1,40}", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Edit:
    """``text[start:end]`` stands for ``original[original_start:original_end]``; either may be empty."""

    start: int
    end: int
    original_start: int
    original_end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter made ready for reading, with the way back to the text that was given."""

    original: str
    """The pages, joined by line ends."""
    text: str
    lower: str
    """``text`` in lower case, character for character."""
    words: Words
    """The words of ``lower``."""
    page_starts: tuple[int, ...]
    quoted_lines: tuple[tuple[int, int], ...]
    """Spans of ``text`` that stood behind ``>`` marks, which are blanked out."""
    notes: tuple[str, ...]
    edits: tuple[Edit, ...]
    edit_starts: tuple[int, ...]

    def original_start(self, position: int) -> int:
        """Where the character at ``position`` begins in the original."""
        index = bisect_right(self.edit_starts, position) - 1
        if index < 0:
            return position
        edit = self.edits[index]
        return edit.original_start if position < edit.end else edit.original_end + position - edit.end

    def original_end(self, position: int) -> int:
        """Where the character before ``position`` ends in the original."""
        index = bisect_left(self.edit_starts, position) - 1
        if index < 0:
            return position
        edit = self.edits[index]
        return edit.original_end if position <= edit.end else edit.original_end + position - edit.end

    def evidence(self, start: int, end: int) -> Evidence:
        """The words of ``text[start:end]`` as they stand on their page, without blanks at either end."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        first, last = self.original_start(start), self.original_end(end)
        page = bisect_right(self.page_starts, first)
        offset = self.page_starts[page - 1]
        limit = self.page_starts[page] - 1 if page < len(self.page_starts) else len(self.original)
        last = max(first, min(last, limit))
        return Evidence(quote=self.original[first:last], start=first - offset, end=last - offset, page=page)


def prepare(pages: Sequence[str]) -> Letter:
    """Join the pages and make their text plain; anything beyond MAX_LENGTH characters is left out."""
    kept, notes = _capped(pages)
    original = "\n".join(kept)
    plain, edits = _plain(original)
    text, quoted = _without_quote_marks(plain)
    lower = _lower(text)
    return Letter(
        original=original,
        text=text,
        lower=lower,
        words=Words(lower),
        page_starts=(0, *accumulate(len(page) + 1 for page in kept[:-1])),
        quoted_lines=quoted,
        notes=notes,
        edits=edits,
        edit_starts=tuple(edit.start for edit in edits),
    )


def _capped(pages: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    kept: list[str] = []
    room = MAX_LENGTH
    for page in pages or ("",):
        kept.append(page[:room])
        room -= len(kept[-1])
    if sum(map(len, pages)) <= MAX_LENGTH:
        return kept, ()
    return kept, (f"only the first {MAX_LENGTH} characters were read",)


def _plain(original: str) -> tuple[str, tuple[Edit, ...]]:
    text = original.replace("\r\n", " \n").replace("\r", "\n").replace("**", "  ")
    text = _ODD.sub(lambda odd: _PLAIN[ord(odd[0])], text)
    text = _LINK_MARK.sub(lambda mark: " " * len(mark[0]), text)
    found = sorted(_repairs(text))
    if not found:
        return text.replace("\t", " "), ()
    pieces: list[str] = []
    edits: list[Edit] = []
    done = length = 0
    for start, end, replacement in found:
        if start < done:
            continue
        pieces += (text[done:start], replacement)
        length += start - done
        edits.append(Edit(length, length + len(replacement), start, end))
        length += len(replacement)
        done = end
    pieces.append(text[done:])
    return "".join(pieces).replace("\t", " "), tuple(edits)


def _repairs(text: str) -> Iterator[tuple[int, int, str]]:
    """Spans to replace, with what replaces them; each kind is looked for only where it can occur."""
    if not text.isascii() and _HIDDEN.search(text):
        for match in _INVISIBLE.finditer(text):
            yield match.start(), match.end(), _LIGATURES.get(match[0], "")
    if "&" in text:
        for match in _ENTITY.finditer(text):
            meaning = html.unescape(match[0]).translate(_PLAIN)
            if meaning != match[0]:
                yield match.start(), match.end(), meaning
    if "\t" in text:
        for match in _TAB.finditer(text):
            yield match.start(), match.end(), _APART
    for match in _BROKEN_WORD.finditer(text):
        yield match.start(), match.end(), ""


def _without_quote_marks(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    if ">" not in text:
        return text, ()
    quoted: list[tuple[int, int]] = []
    pieces: list[str] = []
    done = 0
    for match in _QUOTE_MARKS.finditer(text):
        line_end = text.find("\n", match.end())
        quoted.append((match.start(), len(text) if line_end < 0 else line_end + 1))
        pieces += (text[done : match.start()], " " * (match.end() - match.start()))
        done = match.end()
    pieces.append(text[done:])
    return "".join(pieces), tuple(quoted)


def _lower(text: str) -> str:
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
