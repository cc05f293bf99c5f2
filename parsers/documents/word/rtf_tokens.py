"""The marks of a rich text file, one after another, in time that grows with its length; and its words for them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from parsers.documents.word.flow import LINE, TAB

TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?"
    rb"|\\'(?P<hex>[0-9A-Fa-f]{2})"
    rb"|\\(?P<sign>[^A-Za-z])"
    rb"|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n]+)"
    rb"|[\r\n]+|\\",
    re.DOTALL,
)
SKIPPED = frozenset(
    b"fonttbl colortbl stylesheet info pict object nonshppict listtable listoverridetable revtbl rsidtbl filetbl"
    b" xmlnstbl generator themedata colorschememapping latentstyles datastore fldinst annotation atnid atnauthor"
    b" atntime atnicn atnref atnparent atndate bkmkstart bkmkend ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn sp"
    b" shprslt nonesttables private template operator xe tc txe rxe userprops docvar mmathPr pgdsctbl".split()
)
"""What is in a group of these is not the text of the letter."""
ENTERED = frozenset(b"shpinst do nesttableprops".split())
"""Of the groups that an older program may leave out, those that hold text or say how it is laid out."""
BOXES = frozenset({b"shptxt", b"dptxbxtext"})
MARGINS = frozenset(b"header headerf headerl headerr footer footerf footerl footerr".split())
LABELS = frozenset({b"listtext", b"pntext"})
PICTURES = frozenset({b"pict", b"shppict", b"object"})
CHARACTERS = {
    b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"endash": "–",
    b"emdash": "—", b"enspace": " ", b"emspace": " ", b"qmspace": " ", b"tab": TAB, b"line": LINE, b"lbr": LINE,
    b"column": LINE,
}  # fmt: skip
SIGNS = {b"~": "\xa0", b"_": "\u2011", b"\t": TAB, b"{": "{", b"}": "}", b"\\": "\\"}
CHARSETS = {
    77: "mac-roman", 128: "cp932", 129: "cp949", 134: "gb2312", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
    254: "cp437", 255: "cp850",
}  # fmt: skip
"""Encodings by the number of a font's characters; other fonts use that of the file."""
SYMBOL_CHARSET = 2
CODE_PAGES = {b"mac": "mac-roman", b"pc": "cp437", b"pca": "cp850", b"ansi": "cp1252"}

Kind = Literal["word", "byte", "sign", "open", "close", "text"]


@dataclass(frozen=True, slots=True)
class Token:
    """One mark."""

    kind: Kind
    text: bytes
    """The name of a control word, the sign of a control symbol, or the bytes of text."""
    number: int | None = None
    """The number behind a control word."""


def tokens(data: bytes) -> Iterator[Token]:
    """The marks in order; the bytes behind ``\\bin`` are left out, and so are ends of lines, which mean nothing."""
    place = 0
    while match := TOKEN.match(data, place):
        place = match.end()
        kind = match.lastgroup
        if kind in {"word", "number"}:
            number = None if match["number"] is None else int(match["number"])
            if match["word"] == b"bin":
                place += max(number or 0, 0)
            else:
                yield Token("word", match["word"], number)
        elif kind == "hex":
            yield Token("byte", bytes([int(match["hex"], 16)]))
        elif kind == "sign":
            yield Token("word", b"par") if match["sign"] in b"\r\n" else Token("sign", match["sign"])
        elif kind == "brace":
            yield Token("open" if match["brace"] == b"{" else "close", match["brace"])
        elif kind == "text":
            yield Token("text", match["text"])
