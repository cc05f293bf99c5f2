"""What the words right before a day call it: the letter's own day, the request's, or another."""

import re
from typing import Literal

from parsers.letters.dates.days import WEEKDAY
from parsers.letters.text.clean import Letter
from parsers.letters.text.layout import Layout

DateLabel = Literal["letter", "acknowledged", "request", "other", "none", "prose"]
"""``acknowledged`` is the day of an acknowledgement, which may be this letter or an earlier one; ``none`` where nothing
stands before the day in its column, ``prose`` where other words do."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split("|"))


_LETTER = _set(
    "date|resp|dated|letter|response|responses|reply|replied|responded|sent|issued|issue|decision|outcome|completed|"
    "answered|answer|acknowledged|acknowledgement|notice|disclosure|dyddiad|ymateb|closed|disclosed|anfonwyd"
)
_REQUEST = _set(
    "request|requests|requested|received|receipt|rec'd|recd|submitted|logged|opened|asked|question|questions|"
    "enquiry|query|created|"
    "registered|made|application|lodged|came|q|cais|derbyniwyd|gofynnwyd|rcvd|raised"
)
_OTHER = _set(
    "start|end|due|closing|birth|review|reviews|publication|published|publish|completion|expiry|deadline|target|"
    "version|meeting|"
    "updated|update|revised|next|effective|until|by|period|valid|printed|statutory|dob|appeal|complaint|clarification|"
    "clarified|extended|transferred|transfer|expected|acknowledge|adopted|approved|amended|reviewed|extension|"
    "current|payment|invoice|that|from|since|to|deadline|modified|disposal|sought"
)
_GLUE = _set(
    "of|in|the|this|our|your|on|at|for|foi|eir|foia|information|freedom|and|was|is|time|day|by|us|e-mail|email|y|"
    "a|an|in|full|final|original|initial|first|previous|earlier|case|record|to|requester|applicant|customer|when"
)
_PAST = _set("original|initial|first|previous|earlier")
_ANSWERS = _set("resp|response|reply|responded|replied|answered|decision|ymateb|outcome|issued|sent")
_BY_LETTER = re.compile(rf"(?:{WEEKDAY})?(?:the[ ])?$")
_CARRIED = re.compile(r"(?:^|(?<=[ :]))(?:sent )?(?:by|via) (?:e-?mail|post|hand|letter)(?: only)?(?=[ ,:.]*$)[,:.]?")
"""How a letter was sent, before its day: ``Sent by post, 4 May``, ``By e-mail`` in the column to the left."""
_WELSH_WEEKDAY = re.compile(r"(?:dydd[ ][a-z]{3,8},?[ ])$")
_TAIL = re.compile(r"(?:^|[^a-z/'()-])(?P<label>[a-z'][a-z/'() -]{0,60}?)[ ]{0,3}[:.,|(-]{0,2}[ ]{0,3}$")
_SENT = re.compile(
    r"[0-9)][ ,;-]{1,3}(?:response |reply )?(?:date|dated|sent|issued|closed|answered|replied|responded|completed)[ ]$"
)
_OF_A_PAPER = re.compile(r"\b(?:version|v[0-9]|doc|policy|published)\b")
_AFTER_NUMBER = re.compile(r"[0-9(][ ,;-]{0,3}$")
_SAYS_DAY = _set(
    "date|dated|received|receipt|rec'd|recd|submitted|logged|opened|asked|requested|made|original|initial|first|"
    "due|deadline|"
    "published|updated|sought|start|end|closing|created|registered|raised|previous|expiry|expected|until|by|"
    "from|since|to|next"
)
"""Words that make a label of a column whose day stands in the next."""
_COLUMN = re.compile(r"[ ]{2,}|\|")
_WORD = re.compile(r"[a-z'-]+")
_WIDE = 250
"""Columns of the widest line of a letterhead."""
_LONGEST = 8
"""Words of the longest label."""


def date_label(letter: Letter, layout: Layout, start: int) -> DateLabel:
    """What the words before the day at ``start`` call it: on its line, at the end of the line above, or, in a table,
    at the head of its column."""
    index = layout.line_index(start)
    line = layout.lines[index]
    before = _CARRIED.sub("", without_weekday(letter.lower[max(line.begin, start - _WIDE) : start]))
    piece = next((piece for piece in reversed(_COLUMN.split(before)) if piece.strip(" :")), "")
    said = _of(piece, apart=before.endswith(("  ", "|", "| "))) if piece else "none"
    if said != "none":
        return said
    return _above(letter.lower, layout, index, start - line.begin)


def without_weekday(before: str) -> str:
    """The words before a day without the day of the week."""
    before = _BY_LETTER.sub("", before)
    return _WELSH_WEEKDAY.sub("", before) if before.endswith((" ", ",")) else before


def _of(piece: str, *, apart: bool) -> DateLabel:
    """What a piece of a line says of the day behind it; one in another column may have nothing to do with it."""
    match = _TAIL.search(piece, max(0, len(piece) - 72))
    said = _named(match["label"]) if match else "prose"
    if said == "prose" or (
        match and apart and said not in {"letter", "acknowledged"} and not _SAYS_DAY & set(match["label"].split())
    ):
        return "none" if apart else "prose"
    starts = match is not None and not piece[: match.start("label")].strip()
    sure = starts or piece.rstrip().endswith((":", "|"))
    if sure or apart or said == "other":
        return said
    if said == "request":
        return said if match and _AFTER_NUMBER.search(piece, 0, match.start("label")) else "prose"
    return _unsure(piece)


def _unsure(piece: str) -> DateLabel:
    return "letter" if _SENT.search(piece) and not _OF_A_PAPER.search(piece) else "prose"


def _named(label: str) -> DateLabel:
    """What a label calls the day behind it; ``prose`` if it is none."""
    words = [word for each in _WORD.findall(label) for word in ([each] if each in _VOCABULARY else each.split("-"))]
    if not words or len(words) > _LONGEST:
        return "prose"
    if words[-1] == "date" and len(words) > 1 and words[-2] not in _REQUEST | _OTHER | _GLUE:
        return "letter"
    known = set(words)
    if not known <= _VOCABULARY or words[0] == "in":
        return "prose"
    if known & _ACKNOWLEDGED and not known & (_ANSWERS | _AHEAD):
        return "acknowledged"
    if known & _ANSWERS and words[0] in _BEGINS_ANSWER:
        return "other" if known & _AHEAD else "letter"
    return _meant(known, asks=known & _REQUEST, answers=known & _LETTER)


def _meant(known: set[str], *, asks: set[str], answers: set[str]) -> DateLabel:
    if "your" in known and not asks:
        return "request" if known & {"letter", "email", "e-mail"} else "prose"
    if known & _OTHER and not (known & _ANSWERS and known & {"review", "to"} and not asks):
        return "other"
    if known & _PAST:
        return "request" if asks and not answers - {"date", "dated"} else "other"
    if asks and not (answers & _ANSWERS and not asks - {"request", "requests"}):
        return "request"
    return "letter" if answers else "prose"


_ACKNOWLEDGED = _set("acknowledged|acknowledgement")
_BEGINS_ANSWER = _set("date|resp|response|reply|outcome|decision|dyddiad")
_AHEAD = _set("due|deadline|target|by|expected|statutory")
_VOCABULARY = _LETTER | _REQUEST | _OTHER | _GLUE


def _above(lower: str, layout: Layout, index: int, column: int) -> DateLabel:
    """What the line above says: a label that ends it, or the head of the column in which the day stands."""
    if index == 0:
        return "none"
    line = layout.lines[index - 1]
    text = lower[line.begin : min(line.end, line.begin + _WIDE)]
    pieces = list(re.finditer(r"[^ |](?:[^ |]|[ ](?![ |]))*", text))
    for piece in pieces:
        over = piece.start() - 3 <= column <= piece.end() + 1
        if (over and (len(pieces) > 1 or piece.start() > 20)) or (len(pieces) == 1 and piece[0].endswith(":")):
            said = _named(piece[0].rstrip(" :")) if not re.search("[0-9]", piece[0]) else "prose"
            return "none" if said == "prose" else said
    return "none"
