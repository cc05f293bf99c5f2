"""The words of a mail as a person sees them: who to whom, when, about what, and then the message."""

import re
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from quopri import decodestring

from parsers.documents.charsets import decoded
from parsers.documents.html import DECLARED, html_text
from parsers.documents.text import decode

LONGEST_LINE = 2_000
"""Of a line of the header; nobody reads the ten thousandth addressee."""
_ENCODED = re.compile(r"=\?([A-Za-z0-9_.:()-]{1,40})(?:\*[A-Za-z-]{1,20})?\?([bBqQ])\?([^?\s]{0,4000})\?=")
_BETWEEN = re.compile(r"(?<=\?=)\s{1,100}(?==\?)")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, kw_only=True)
class MailHead:
    """What stands above a mail."""

    sender: str = ""
    date: str = ""
    to: str = ""
    cc: str = ""
    subject: str = ""

    def above(self, body: str) -> str:
        """The mail as one text: a line for each thing that is known, a blank one, and its words."""
        known = (
            ("From", self.sender), ("Date", self.date), ("To", self.to), ("Cc", self.cc), ("Subject", self.subject),
        )  # fmt: skip
        lines = [f"{name}: {_line(value)}" for name, value in known if value.strip()]
        words = body.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
        return "\n".join([*lines, "", words]) if lines else words


def _line(value: str) -> str:
    return _SPACES.sub(" ", value[:LONGEST_LINE]).strip()


def html_words(data: bytes, charset: str | None) -> str:
    """The words that HTML in a mail shows."""
    declared = DECLARED.search(data[:4096])
    return html_text(decoded(data, charset or (declared[1].decode("ascii") if declared else None)))


def header_text(raw: str) -> str:
    """A line of the header with its encoded words (RFC 2047) decoded; ``raw`` as Python's parser keeps it."""
    line = raw[: 4 * LONGEST_LINE].encode("utf-8", "surrogateescape")
    return _ENCODED.sub(_word, _BETWEEN.sub("", decode(line)[0]))


def _word(match: re.Match[str]) -> str:
    charset, how, words = match.groups()
    data = _DECODERS[how.lower()](words.encode("ascii", "replace"))
    return match[0] if data is None else decoded(data, charset)


def _base64(words: bytes) -> bytes | None:
    try:
        return b64decode(words + b"=" * (-len(words) % 4)) or None
    except ValueError:
        return None


def _quoted(words: bytes) -> bytes:
    return decodestring(words, header=True)


_DECODERS: dict[str, Callable[[bytes], bytes | None]] = {"b": _base64, "q": _quoted}


def better_of(plain: str, rich: str) -> str:
    """Of two forms of the same message the plain one, unless it only says that there is another."""
    told, shown = len(plain.split()), len(rich.split())
    return plain if told and 4 * told >= shown else rich
