"""Numbers that a letter calls its reference: behind the label, below it, or in a block of values."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from parsers.letters.references.refvalues import joined_values, stands_alone, value_at
from parsers.letters.text.clean import Letter
from parsers.letters.text.layout import Layout, Line
from parsers.letters.text.phrases import Phrases

_NUMBERED = "|".join(
    rf"{thing}(?=[ ](?:no|number|id)(?![a-z]))"
    for thing in (
        *(
            "request",
            "case",
            "foi",
            "eir",
            "sar",
            "rfi",
            "enquiry",
            "record",
            "log",
            "ticket",
            "tracking",
            "job",
            "file",
        ),
        *("service request", "complaint", "correspondence", "unique", "matter", "disclosure"),
    )
)
_LABEL = re.compile(
    rf"(?:ref(?:erence)?s?(?:\(s\))?(?![a-z])\.?|{_NUMBERED}|m/r(?![a-z])|crn(?![a-z])|urn(?![a-z])|"
    rf"service request(?=[ ]?:)|numbered(?=[ ])|"
    r"enquiry(?=:[ ]?[a-z]{0,6}[/-]?[0-9])|case(?=:[ ]?[a-z]{0,6}[/-]?[0-9])|ticket(?=:[ ]?[a-z]{0,6}[/-]?[0-9])|"
    r"ein cyf(?![a-z])\.?|eich cyf(?![a-z])\.?|cyf(?![a-z])\.?|rhif cyfeirnod|cyfeirnod|ein cyfeirnod)"
    r"(?:[ ](?:no|nos|number|numbers|id|code|cyf)(?![a-z])\.?)?(?:[ ]?\((?:foi|eir)\))?"
    r"(?:[ ]for (?:this|your|the)(?: (?:foi |information )?(?:request|case|matter|enquiry|reply|"
    r"correspondence))?(?=[ :]))?"
    r"(?:[ ]{0,2}[:#|\u2022=-]{1,2}|[ ](?:is|of)(?=[ :])[ ]?:?|)[ |]{0,60}(?P<newline>\n[ ]{0,60})?"
)
_LABELS = Phrases(
    "ref*|m/r|crn|urn|numbered|cyf|cyfeirnod|ein_cyf|ein_cyfeirnod|eich_cyf|rhif_cyfeirnod|service_request",
    "enquiry:|case:|ticket:",
    "request|case|foi|eir|sar|rfi|enquiry|record|log|ticket|tracking|job|file|complaint|correspondence|unique|matter|"
    "disclosure no*|number*|id*",
)
"""Where a label may begin: only there is the pattern tried."""
_NOT_OURS = re.compile(
    r"(?<![a-z])(?:your|yr|their|y|ico|ico's|commissioner'?s?|case ?law|with|cross|line|without|in|direct|"
    r"previous|related|"
    r"earlier|original|other|payment|eich|"
    r"first response,|customer|charity|company|planning|invoice|contract|order|purchase|tender|pq|parliamentary|policy|"
    r"account|crime|incident|grid|map|os|tribunal|ombudsman|title|vat|applicant|requester|wdtk|ico case|"
    r"planning application|"
    r"notice|property|patient|hospital|nhs|student|claim|insurance|bank|procurement|licence|application|registration)"
    r"[ /:]{1,2}(?:foi[ ])?$"
)
_EARLIER = re.compile(
    r"(?:previous|earlier|first|initial|other|related|separate|similar|linked|identical|duplicate|another|"
    r"last|older|published|released|interim|holding)(?:ly)?[ ](?:[a-z]+[ ,]{1,2}){0,6}\(?(?:our[ ])?$"
)
_OURS = re.compile(r"(?<![a-z])(?:our|my|ein)[ /.](?:[a-z]{2,10}[ /.]){0,2}$")
_WITHIN = re.compile(r"[a-z]{2}[^|:]*[(\[,][ ]?(?:[a-z]{2,10}[ ]){0,2}$")
_LABEL_ONLY = re.compile(
    r"(?:(?:our|your|my|ein|eich|yr|foi|request|case|file|date|dyddiad|telephone|tel|phone|ffon|ff\u00f4n|fax|"
    r"ffacs|e-?mail|e-?bost|contact|"
    r"direct dial|direct line|please ask for|ask for|cyswllt|officer|department|adran|reference|ref|cyf|"
    r"cyfeirnod|number|no|name|to|"
    r"from|subject|of|issue|received|response|reply|web|website|wefan|address)[ /.]{0,2}){1,7}[ ]?[:.]?[ ]{0,3}$"
)
_SEGMENT = re.compile(r"[^ |](?:[^ |]|[ ](?![ |]))*")
_TAIL_BELOW = re.compile(r"[A-Z0-9][A-Z0-9/-]{1,15}$")
_WIDE = 250
_MOST = 400
"""Labels that are looked at: the letter's own stands among the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundNumber:
    """A number with its place in ``Letter.text`` and how far its rule goes before others."""

    start: int
    end: int
    rank: float
    ours: bool = False
    """Whether its label calls it the sender's own."""
    inline: bool = False
    """Whether it stands within a sentence, where the requester's or another's may stand too."""
    below: tuple[int, int] | None = None
    """Where it goes on, in a table that breaks it over two lines."""


def labelled(letter: Letter, layout: Layout, head: int, dated: set[int]) -> Iterator[FoundNumber]:
    """Every number behind a label that is the authority's, and those joined to it."""
    for match in itertools.islice(_LABELS.tried(_LABEL, letter.words), _MOST):
        start = match.start()
        if (start and letter.lower[start - 1].isalnum()) or _is_others(letter.lower, start):
            continue
        value = _behind(letter, layout, match, dated) or _below(letter, layout, match, dated)
        if value is None:
            continue
        rank = 0.95 if start < head else 0.85
        said = letter.lower[max(layout.line(start).start, start - 40) : start]
        ours, inline = _OURS.search(said) is not None, _WITHIN.search(said) is not None
        below = _goes_on(letter, layout, *value)
        yield FoundNumber(start=value[0], end=value[1], rank=rank, ours=ours, inline=inline, below=below)
        for more in joined_values(letter.text, value[1], dated):
            yield FoundNumber(start=more[0], end=more[1], rank=rank, ours=ours, inline=inline)


def _is_others(lower: str, start: int) -> bool:
    """Whether the words before a label or a number say that it is another's, or another request's."""
    before = lower[max(0, start - 26) : start]
    if _NOT_OURS.search(before) and not re.search(r"\b(?:our|ein cyf)[ /.]{1,3}(?:ref[ ./]{1,3})?$", before):
        return True
    return is_of_another_request(lower, start)


def is_of_another_request(lower: str, start: int) -> bool:
    """Whether the words before a number say that it is of an earlier or another request."""
    return _EARLIER.search(lower, max(0, start - 70), start) is not None


def _behind(letter: Letter, layout: Layout, match: re.Match[str], dated: set[int]) -> tuple[int, int] | None:
    """The number on the line of the label, or on the next where the label ends its own with a colon."""
    if match["newline"] and match[0].rstrip(" \n")[-1:] not in {":", "-"}:
        return None
    if match["newline"] and _runs_of_labels(letter, layout, layout.line_index(match.start()))[2] > 1:
        return None
    return value_at(letter.text, match.end(), dated)


def _below(letter: Letter, layout: Layout, match: re.Match[str], dated: set[int]) -> tuple[int, int] | None:
    """The number under the label: in its column, alone on the next line, or at its place in a block of values."""
    index = layout.line_index(match.start())
    line = layout.lines[index]
    if line.end - line.begin > _WIDE:
        return None
    segments = _segments(letter.text, line)
    if len(segments) > 1:
        return _in_column(letter, layout, index, match.start() - line.begin, dated)
    if not _LABEL_ONLY.match(letter.lower, line.start, line.end):
        return None
    first, place, count = _runs_of_labels(letter, layout, index)
    values = _block_below(layout, first + count)
    if len(values) >= count:
        values = values[place : place + 1] if count > 1 else values[:1]
    for value_line in values:
        value = _whole(letter, value_line, dated)
        if value is not None:
            return value
    return None


def _runs_of_labels(letter: Letter, layout: Layout, index: int) -> tuple[int, int, int]:
    """Where the run of bare labels around a line begins, the place of the line in it, and its length."""
    first = last = index
    while first > 0 and index - first < 8 and _is_bare(letter, layout.lines[first - 1]):
        first -= 1
    while last + 1 < len(layout.lines) and last - index < 8 and _is_bare(letter, layout.lines[last + 1]):
        last += 1
    return first, index - first, last - first + 1


def _is_bare(letter: Letter, line: Line) -> bool:
    return not line.blank and _LABEL_ONLY.match(letter.lower, line.start, line.end) is not None


def _block_below(layout: Layout, index: int) -> list[Line]:
    """The lines of the next block, at most three blank lines below."""
    lines = layout.lines
    begin = next((i for i in range(index, min(index + 4, len(lines))) if not lines[i].blank), len(lines))
    block: list[Line] = []
    for line in lines[begin : begin + 9]:
        if line.blank:
            break
        block.append(line)
    return block


def _whole(letter: Letter, line: Line, dated: set[int]) -> tuple[int, int] | None:
    """The number that fills a line, or the first column of it."""
    segments = _segments(letter.text, line)
    value = value_at(letter.text, line.start, dated)
    if not segments or value is None or value[0] != line.start:
        return None
    fills = value[1] >= segments[0][1] - 1
    return value if fills and stands_alone(letter.text[slice(*value)]) else None


def _in_column(letter: Letter, layout: Layout, index: int, column: int, dated: set[int]) -> tuple[int, int] | None:
    """The number under a label that heads a column."""
    block = _block_below(layout, index + 1)
    if not block or index + 3 < layout.line_index(block[0].begin):
        return None
    for start, end in _segments(letter.text, block[0]):
        at = start - block[0].begin
        if abs(at - column) <= 12 and at - column > -12:
            value = value_at(letter.text, start, dated)
            if value and value[0] == start and value[1] >= end - 1 and stands_alone(letter.text[slice(*value)]):
                return value
    return None


def _segments(text: str, line: Line) -> list[tuple[int, int]]:
    return [match.span() for match in _SEGMENT.finditer(text, line.start, min(line.end, line.start + _WIDE))]


def _goes_on(letter: Letter, layout: Layout, start: int, end: int) -> tuple[int, int] | None:
    """The rest of a number that ends with a stroke, in the same column of the line below."""
    index = layout.line_index(start)
    line = layout.lines[index]
    if (letter.text[end - 1] not in "/-" and letter.text[end : end + 1] not in {"/", "-"}) or index + 1 >= len(
        layout.lines
    ):
        return None
    for first, last in _segments(letter.text, layout.lines[index + 1]):
        near = abs((first - layout.lines[index + 1].begin) - (start - line.begin)) <= 12
        if near and _TAIL_BELOW.match(letter.text[first:last]):
            return first, last
    return None
