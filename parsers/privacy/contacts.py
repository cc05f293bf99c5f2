"""E-mail addresses and telephone numbers in text.

Both searches take time in proportion to the length of the text, whatever stands in it. A mark that stands where a name
stood is treated as the letters that it replaced, so that masking a second time finds nothing new.
"""

import re
from collections.abc import Iterator
from itertools import chain

from parsers.privacy.masked import EMAIL, NAME, TELEPHONE, Found
from parsers.privacy.words import words

_A_MARK = r"\[(?:name|email address|telephone number)\]"
_MARKS = (NAME, EMAIL, TELEPHONE)
_MAY_BE_AT = ("@", "[a", "[A", "(a", "(A")
_AT = re.compile(r"@|\[[aA][tT]\]|\([aA][tT]\)")
_DOMAIN = re.compile(r"(?P<gap>[ \t\n]?)(?:[A-Za-z0-9-]{1,63}\.){1,8}(?P<top>[A-Za-z]{2,24})(?![A-Za-z0-9-])")
_USUAL_TOPS = words("uk com org net gov edu eu ie info scot wales cymru london police nhs")
"""Asked for where a gap stands beside the @, as in a line broken there."""
_LOCAL = re.compile(r"[\w.%+'&/=~-]")
_NOT_FIRST = ".'/=&~-"

# The first character comes before its own look-behind, so that the search runs to it at full speed.
_HOME = re.compile(r"0(?<![\w/.,£$€#@+]0)(?<!\w-0)(?<!(?:name|ress|mber)\]0)[1-37-9]")
_PLUS = re.compile(
    r"\+(?<![\w/.,£$€#@+]\+)(?<!(?:name|ress|mber)\]\+)(?P<country>44|[1-9][0-9]{0,2})\)?[ .\-]?(?:\(0\))?"
)
_DOUBLE_NOUGHT = re.compile(r"00(?<![\w/.,£$€#@+]00)(?<!(?:name|ress|mber)\]00)(?P<country>44|353)\)?[ .\-]?(?:\(0\))?")
_GROUP = re.compile(r"[ .\-\u00a0\u2010-\u2013]{0,2}\(?(?P<digits>[0-9]{1,12})\)?")
_MOST_GROUPS = 7
_LABELS_END = "(?:[aA][xX]|[eE][lLrR]|[nN][eEoO]|[oO][bBsS]|[lL][eE]|[dD][iI]|[aA][lL]|[rR][dD]|[xX][tT]|[tT][nN])"
_DIGITS = re.compile(
    # What stands before most digits is no label, which a look behind tells: two marks, or how a label ends.
    rf"[0-9](?<=[A-Za-z.:( \t][0-9])(?:(?<=[.:( \t]{{2}}[0-9])|(?<={_LABELS_END}[.:( \t][0-9])|(?<={_LABELS_END}[0-9]))"
    rf"(?:[ \-()]{{0,2}}[0-9]){{3,14}}(?![\w/@]|[.,][0-9]|{_A_MARK})"
)
_LABEL = re.compile(
    r"\b(?P<label>tel|telephone|phone|fax|mob|mobile|ddi|direct dial|direct line|helpline|switchboard|ext|extn)"
    r"(?P<sure>[ ]?(?:no|number|nos)?[.:]{0,2})[ \t]{0,5}\(?\Z",
    re.IGNORECASE,
)
_LAST_WORD = re.compile(r"[A-Za-z]{1,12}[.:]{0,2}[ \t]{0,5}\(?\Z")
_LABEL_ENDS = words("tel telephone phone fax mob mobile ddi dial line helpline switchboard ext extn no number nos")
_ENDINGS = tuple(sorted(_LABEL_ENDS))
_EXTENSION = re.compile(
    rf"[ ,;]{{0,3}}\(?(?:extension|extn|ext|x)[.:]?[ ]?[0-9]{{2,6}}\)?(?!\w|{_A_MARK})", re.IGNORECASE
)
_OTHER_LINE = re.compile(rf" ?/ ?[0-9]{{3,6}}(?![\w/]|[ .,][0-9]|{_A_MARK})")
_REFERENCE = re.compile(
    r"\b(?:ref|reference|foia?|eir|case|request|invoice|order|account|id)\b\.?"
    r"[ ]?(?:no|number|num|id)?\.?[ ]?[:#-]?[ \t]{0,3}$",
    re.IGNORECASE,
)
_LOOK_BACK = 40
_SURELY_A_NUMBER = 6
"""Digits that need no colon after their label."""


def contacts(text: str) -> list[Found]:
    """Every e-mail address and telephone number."""
    return [*emails(text), *telephones(text)]


def emails(text: str) -> Iterator[Found]:
    """Every e-mail address, also one broken beside the @ by the end of a line, or written with [at]."""
    done = 0
    for match in _AT.finditer(text) if any(mark in text for mark in _MAY_BE_AT) else ():
        domain = _DOMAIN.match(text, match.end())
        if domain is None or match.start() < done:
            continue
        usual = domain["top"].lower() in _USUAL_TOPS
        start = _local_part(text, match.start(), done, gap=usual, spelt=match[0] != "@")
        if start < match.start() and (usual or (match[0] == "@" and not domain["gap"])):
            yield start, domain.end(), EMAIL
            done = domain.end()


def telephones(text: str) -> Iterator[Found]:
    """Every telephone number in a form used in the United Kingdom, any with an international prefix, and any that a
    label such as "Tel:" announces, with its extension; not one that a label says is a reference."""
    for match in _HOME.finditer(text):
        start = _with_bracket(text, match.start())
        end = _home_number(text, start)
        if end and not _REFERENCE.search(text, max(0, start - _LOOK_BACK), start):
            yield _unless_open(text, start, end), _with_extension(text, end), TELEPHONE
    for match in chain(_PLUS.finditer(text), _DOUBLE_NOUGHT.finditer(text)):
        end = _number(text, match.end(), (9, 10) if match["country"] == "44" else range(12, 6, -1))
        if end:
            start = _unless_open(text, _with_bracket(text, match.start()), end)
            yield start, _with_extension(text, end), TELEPHONE
    for match in _DIGITS.finditer(text):
        if _is_announced(text, match):
            start = _unless_open(text, _with_bracket(text, match.start()), match.end())
            yield start, _with_extension(text, match.end()), TELEPHONE


def _is_announced(text: str, number: re.Match[str]) -> bool:
    """Whether a label says that the digits are a telephone number: "Tel: 846000", but not "mobile 2024 figures"."""
    floor, start = max(0, number.start() - _LOOK_BACK), number.start()
    # Most digits follow something else: what is cheap to see is looked at first.
    if not text[max(floor, start - 20) : start].rstrip("( \t").rstrip(".:").lower().endswith(_ENDINGS):
        return False
    word = _LAST_WORD.search(text, max(floor, start - 20), start)
    if word is None or word[0].strip(".: \t(").lower() not in _LABEL_ENDS:
        return False
    label = _LABEL.search(text, floor, start)
    if label is None:
        return False
    sure = label["sure"].strip() or label["label"].lower().startswith("ext")
    return bool(sure) or sum(map(str.isdigit, number[0])) >= _SURELY_A_NUMBER


def _unless_open(text: str, start: int, end: int) -> int:
    """``start``, or after its bracket where that closes only behind the number."""
    return start + (text[start] == "(" and ")" not in text[start:end])


def _with_bracket(text: str, start: int) -> int:
    return start - 1 if text[start - 1 : start] == "(" else start


def _local_part(text: str, at: int, floor: int, *, gap: bool, spelt: bool) -> int:
    """Where the part before the @ begins; ``at`` where there is none."""
    end = at
    if gap and at - 1 > floor and text[at - 1] in " \t\n":
        end = at - 1
    start = end
    while start > floor and _LOCAL.match(text[start - 1]):
        start -= 1
    while start < end and text[start] in _NOT_FIRST:
        start += 1
    # Beside a gap only what looks like a mailbox: "us @ council.gov.uk" is prose.
    return start if start < end and (end == at or spelt or "." in text[start:end]) else at


def _home_number(text: str, start: int) -> int:
    """The end of a number that begins with 0; 0 where the digits are not grouped as a telephone number's."""
    first = _GROUP.match(text, start)
    if first is None:
        return 0
    alone = first["digits"]
    if len(alone) == 11 or (len(alone) == 10 and alone.startswith("08")):
        return first.end("digits") if _ends_there(text, first.end("digits"), barred=".,-/") else 0
    return _number(text, start, (11, 10)) if 3 <= len(alone) <= 6 else 0


def _number(text: str, start: int, lengths: "range | tuple[int, ...]") -> int:
    """The end of the groups of digits from ``start`` that come to one of ``lengths``, the first by preference."""
    ends: dict[int, int] = {}
    position, digits = start, 0
    for _ in range(_MOST_GROUPS):
        group = _GROUP.match(text, position)
        if group is None:
            break
        position, digits = group.end(), digits + len(group["digits"])
        ends[digits] = group.end("digits")
    for length in lengths:
        if length in ends and _ends_there(text, ends[length], barred=".,-"):
            return ends[length]
    return 0


def _ends_there(text: str, end: int, *, barred: str) -> bool:
    """Whether a number can end here: no letter follows, and no more digits after one of the ``barred`` characters."""
    after, further = text[end : end + 1], text[end + 1 : end + 2]
    return not text.startswith(_MARKS, end) and not (
        after.isalnum() or after in {"_", "@"} or (after and after in barred and further.isdigit())
    )


def _with_extension(text: str, end: int) -> int:
    extension = _EXTENSION.match(text, end) or _OTHER_LINE.match(text, end)
    return extension.end() if extension else end
