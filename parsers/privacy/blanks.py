"""Overwriting what is masked, so that no rule for names looks at it, with every other letter in its place."""

import re
from collections.abc import Iterable

from parsers.privacy.masked import EMAIL, NAME, TELEPHONE, Found

MASKED_CONTACT, MASKED_NAME = "\0", "\1"
"""Characters that stand for each letter of an e-mail address or a number, and of a name masked before."""

_MARKS = re.compile("|".join(map(re.escape, (NAME, EMAIL, TELEPHONE))))


def blanked(text: str, found: Iterable[Found]) -> str:
    """``text`` with the parts found, and the marks of an earlier masking, overwritten; its length is the same."""
    marks = [(match.start(), match.end(), match[0]) for match in _MARKS.finditer(text)]
    pieces, position = [], 0
    for start, end, mark in sorted([*marks, *found]):
        if end > position:
            pieces += [text[position : max(start, position)], _blank(mark) * (end - max(start, position))]
            position = end
    return "".join([*pieces, text[position:]])


def _blank(mark: str) -> str:
    return MASKED_NAME if mark == NAME else MASKED_CONTACT
