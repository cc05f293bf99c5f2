"""Plain bodies of mails as people read them: soft line ends joined (RFC 3676), files taken out that are written in."""

import re
from binascii import Error as NoEncoding
from binascii import a2b_uu
from collections.abc import Iterator

QUOTE = ">"
SIGNATURE = "-- "
PGP = "-----BEGIN PGP MESSAGE-----"
_BEGIN = re.compile(r"^begin(?:-base64)? [0-7]{3,4} ([^\r\n]{1,200})\r?\n", re.MULTILINE)
_END = re.compile(r"^end[ \t\r]*$", re.MULTILINE)
_LONGEST_LINE = 61
"""Letters of a line of such a file: 45 bytes and their number."""


def unflowed(text: str, *, without_spaces: bool) -> str:
    """The paragraphs of a text in the format "flowed", each with as many marks of quoting as it has.

    A line that ends in a space goes on in the next one of the same depth; ``without_spaces`` is the parameter
    "delsp", by which that space is no part of the text.
    """
    return "\n".join(_paragraphs(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), without_spaces))


def _paragraphs(lines: list[str], without_spaces: bool) -> Iterator[str]:  # noqa: FBT001 - of this module alone
    pieces: list[str] = []
    depth = 0
    for line in lines:
        words = line.lstrip(QUOTE)
        at = len(line) - len(words)
        words = words.removeprefix(" ")
        if pieces and (at != depth or words == SIGNATURE):
            yield _told(depth, pieces)
            pieces = []
        depth = at
        if words.endswith(" ") and words != SIGNATURE:
            pieces.append(words[:-1] if without_spaces else words)
        else:
            yield _told(depth, [*pieces, words])
            pieces = []
    if pieces:
        yield _told(depth, pieces)


def _told(depth: int, pieces: list[str]) -> str:
    mark = f"{QUOTE * depth} " if depth else ""
    return f"{mark}{''.join(pieces)}".rstrip(" ") if pieces != [SIGNATURE] else f"{mark}{SIGNATURE}"


def without_files(text: str) -> tuple[str, list[tuple[str, bytes]]]:
    """The text without the files that old programs write into it (uuencode), and those files with their names."""
    kept: list[str] = []
    files: list[tuple[str, bytes]] = []
    place = 0
    while begin := _BEGIN.search(text, place):
        end = _END.search(text, begin.end())
        data = _decoded(text[begin.end() : end.start()]) if end else None
        if end is None or data is None:
            break
        kept.append(text[place : begin.start()])
        files.append((begin[1].strip(), data))
        place = end.end()
    return "".join([*kept, text[place:]]), files


def _decoded(lines: str) -> bytes | None:
    found = bytearray()
    for line in lines.splitlines():
        if len(line) > _LONGEST_LINE + 2 or not line.isascii():
            return None
        try:
            found += a2b_uu(line)
        except NoEncoding:
            return None
    return bytes(found)
