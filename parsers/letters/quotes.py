"""In whose voice a passage speaks: the authority's own, an earlier message, the request repeated, the statute, or the
words that go under every letter.

The authority's own voice is what is left when the others have been told apart.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from parsers.letters.clean import Letter
from parsers.letters.layout import Layout, Line

Voice = Literal["authority", "earlier_message", "request", "statute", "footer"]

_HEADER = ("from:", "sent:", "to:", "subject:", "date:", "cc:")
_ORIGINAL = re.compile(r"(?:-{2,}|_{2,}|begin )[ ]?(?:original|forwarded|forwarded by)[ ](?:message|appointment)?")
_WROTE = re.compile(r"on [^\n]{6,90}(?:wrote|said):$|on [^\n]{6,60}[0-9]{4}[^\n]{0,60}$")
_SITE_FOOTER = re.compile(
    r"please use this email address for all replies to this request|disclaimer: this message and any reply"
)
_DISCLAIMER = re.compile(
    r"(?:this|the information (?:contained )?in this|the contents of this) (?:e-?mail|message|communication|transmission)"
    r"[^.]{0,120}(?:confidential|intended|privileged|disclos|virus)|"
    r"(?:confidentiality|legal) (?:notice|disclaimer)|if you are not the intended|if you have received this e-?mail in error|"
    r"visible links$"
)
_REQUEST_OPENS = re.compile(
    r"(?:your |the |this |original |initial |full |foi |eir |information |requested |you |details of |text of |wording of )*"
    r"(?:requests?|questions?|query|enquiry|requested|asked|information)"
    r"(?: description| details| for information| wording| made| in full)?(?:[ ]?[:-]{1,2})?$"
)
_REQUEST_ANNOUNCED = re.compile(
    r"\b(?:ask|asked|request|requested|requesting|wrote|sought|stated|reads|submitted|repeated|reproduced|set out|query|enquiry)\b"
)
_REQUEST_CLOSES = re.compile(
    r"(?:our|the|trust|council|my|dwp|department(?:al)?)?[ ]?(?:response|answer|reply|decision)\b(?![ ]to the following)|"
    r"(?:i|we) (?:can|am|are|have|do|will|would like to|must|wish|apologise|enclose|attach|now|should)\b|"
    r"(?:your|this|the) (?:request|enquiry|questions?) (?:has|have|is|was|will)\b|"
    r"in (?:response|reply|answer|accordance|line|respect|relation|regard)\b|with regards? to|having\b|following\b|please (?:find|see|note|be advised)|"
    r"the (?:[a-z']+ ){1,5}(?:holds?|does|do|can|has|have|is|considers?|confirms?)\b|under (?:the|section)|"
    r"unfortunately|however|section [0-9]|exemption|yours (?:sincerely|faithfully)|thank you|as (?:set out|explained)|it has been"
)
_STATUTE = re.compile(
    r"is exempt information if|are exempt information if|this section applies to|information to which this section applies|"
    r"(?:information )?which is not exempt information by virtue of|the duty to confirm or deny does not arise|"
    r"if its disclosure under this act|disclosure of the information under this act|in the reasonable opinion of a qualified person, disclosure|"
    r"constitutes? personal data (?:which|of which) [a-z ]{0,40}(?:subsection|fall|do not fall)|(?:first|second|third|either) condition is|"
    r"subsection \([0-9][a-z]?\)|a public authority may refuse to disclose|a public authority shall not disclose|does not oblige a public authority|"
    r"any person making a request for information to a public authority"
)
_OWN = re.compile(
    r"\b(?:we|our|us|i|my|your request|you have|you requested|you asked|the council|the trust|the department|the force|the university|"
    r"the authority has|in this case|in this instance|this information|the requested information|the withheld)\b"
)
_ENUMERATED = re.compile(r"[\"']?\(?(?:[0-9]{1,2}[a-z]?|[a-z]{1,2}|[ivx]{1,4})\)[ ]")


@dataclass(frozen=True, slots=True)
class Voices:
    """The voice at every place of a letter, as spans in order; what no span covers is the authority's own."""

    spans: tuple[tuple[int, int, Voice], ...]
    starts: tuple[int, ...]

    def at(self, position: int) -> Voice:
        """The voice of the character at a place of ``Letter.text``."""
        index = bisect_right(self.starts, position) - 1
        if index >= 0 and position < self.spans[index][1]:
            return self.spans[index][2]
        return "authority"


def find_voices(letter: Letter, layout: Layout) -> Voices:
    """Tell the voices of a letter apart."""
    marks: list[Voice] = ["authority"] * len(layout.lines)
    _mark_request(letter, layout, marks)
    _mark_statute(letter, layout, marks)
    _mark_footer(letter, layout, marks)
    _mark_earlier(letter, layout, marks)
    spans = tuple(_spans(layout.lines, marks))
    return Voices(spans, tuple(span[0] for span in spans))


def _spans(lines: tuple[Line, ...], marks: list[Voice]) -> Iterator[tuple[int, int, Voice]]:
    start = 0
    for index, line in enumerate(lines):
        if index + 1 < len(lines) and marks[index + 1] == marks[index]:
            continue
        if marks[index] != "authority":
            yield lines[start].begin, line.next, marks[index]
        start = index + 1


def _mark_earlier(letter: Letter, layout: Layout, marks: list[Voice]) -> None:
    """Lines behind ``>`` marks, and everything from the header of an earlier message on."""
    for start, end in letter.quoted_lines:
        for index in range(layout.line_index(start), layout.line_index(max(start, end - 1)) + 1):
            marks[index] = "earlier_message"
    own = 0
    for index, line in enumerate(layout.lines):
        if own and _message_starts(letter.lower, layout.lines, index):
            marks[index:] = ["earlier_message"] * (len(marks) - index)
            return
        own += marks[index] == "authority" and line.end - line.start > 20 and not _is_header(letter.lower, line)


def _is_header(lower: str, line: Line) -> bool:
    return lower.startswith(_HEADER, line.start)


def _message_starts(lower: str, lines: tuple[Line, ...], index: int) -> bool:
    line = lines[index]
    first = lower[line.start : line.start + 2]
    if first in {"--", "__", "be"}:
        return _ORIGINAL.match(lower, line.start, line.end) is not None
    if first == "on":
        return _wrote(lower, lines, index)
    return lower.startswith("from:", line.start) and _header_follows(lower, lines, index)


def _wrote(lower: str, lines: tuple[Line, ...], index: int) -> bool:
    line = lines[index]
    if not _WROTE.match(lower, line.start, line.end):
        return False
    if lower.endswith("wrote:", line.start, line.end):
        return True
    following = lines[index + 1] if index + 1 < len(lines) else line
    return lower.endswith("wrote:", following.start, following.end)


def _header_follows(lower: str, lines: tuple[Line, ...], index: int) -> bool:
    seen = {head for line in lines[index + 1 : index + 9] for head in _HEADER[1:] if lower.startswith(head, line.start)}
    return bool(seen & {"sent:", "date:"}) and bool(seen & {"to:", "subject:"})


def _mark_footer(letter: Letter, layout: Layout, marks: list[Voice]) -> None:
    """Disclaimers, and what the site adds to a message: the paragraph they stand in."""
    for start, end in zip(layout.paragraphs, layout.paragraphs[1:], strict=False):
        first = layout.line_index(start)
        if _DISCLAIMER.search(letter.lower, start, min(end, start + 400)) or _SITE_FOOTER.search(
            letter.lower, start, end
        ):
            for index in range(first, layout.line_index(max(start, end - 1)) + 1):
                if _disclaims(letter.lower, layout.lines[index]):
                    marks[index : layout.line_index(max(start, end - 1)) + 1] = ["footer"] * (
                        layout.line_index(max(start, end - 1)) + 1 - index
                    )
                    break


def _disclaims(lower: str, line: Line) -> bool:
    head = lower[line.start : line.end]
    return head.startswith(
        (
            "this e",
            "this m",
            "the info",
            "the cont",
            "confiden",
            "legal",
            "if you",
            "visible",
            "please use",
            "disclaimer",
        )
    )


def _mark_request(letter: Letter, layout: Layout, marks: list[Voice]) -> None:
    """The request as the letter repeats it, from the line that announces it to the line that answers."""
    lower, lines = letter.lower, layout.lines
    index = 0
    while index < len(lines):
        line = lines[index]
        if not line.blank and _announces(lower, layout, line):
            index = _request_ends(letter, lines, index + 1, marks)
        index += 1


def _announces(lower: str, layout: Layout, line: Line) -> bool:
    """Whether a line says that the request follows: a heading of that name, or a sentence that ends in a colon."""
    if lower.endswith((":", ":-", ": -"), line.start, line.end):
        start = layout.sentence(line.start, line.end)[0]
        sentence = lower[max(start, line.end - 300) : line.end]
        if "you" in sentence and _REQUEST_ANNOUNCED.search(sentence):
            return "response" not in sentence and "below is" not in sentence
    return line.end - line.start < 50 and _REQUEST_OPENS.match(lower, line.start, line.end) is not None


def _request_ends(letter: Letter, lines: tuple[Line, ...], index: int, marks: list[Voice]) -> int:
    """Mark from ``index`` to the end of the request; the index of its last line."""
    while index < len(lines) and lines[index].blank:
        index += 1
    if index == len(lines):
        return index
    if letter.text[lines[index].start] == '"':
        return _quotation_ends(letter, lines, index, marks)
    for at in range(index, min(len(lines), index + 80)):
        line = lines[at]
        if not line.blank and _REQUEST_CLOSES.match(letter.lower, line.start, line.end):
            return at - 1
        marks[at] = "request"
    return min(len(lines), index + 80) - 1


def _quotation_ends(letter: Letter, lines: tuple[Line, ...], index: int, marks: list[Voice]) -> int:
    close = letter.text.find('"', lines[index].start + 1, lines[index].start + 6000)
    while close >= 0 and letter.text[close + 1 : close + 2].isalnum():
        close = letter.text.find('"', close + 1, lines[index].start + 6000)
    last = index
    for at in range(index, len(lines)):
        if close < 0 or lines[at].begin > close:
            break
        marks[at] = "request"
        last = at
    return last


def _mark_statute(letter: Letter, layout: Layout, marks: list[Voice]) -> None:
    """Numbered lines and sentences that repeat the Act, in whatever paragraph they stand."""
    lower = letter.lower
    for match in _STATUTE.finditer(lower):
        start, end = layout.sentence(match.start(), match.end())
        if _OWN.search(lower, start, end):
            continue
        first, last = layout.line_index(start), layout.line_index(max(start, end - 1))
        for index in _limbs(letter, layout, first, last):
            marks[index] = "statute"


def _limbs(letter: Letter, layout: Layout, first: int, last: int) -> range:
    """The lines of a quoted section: those that matched, and the numbered limbs before and after them."""
    lines = layout.lines
    while (
        first > 0
        and (lines[first].blank or not _ENUMERATED.match(letter.lower, lines[first].start))
        and last - first < 3
    ):
        break
    following = last + 1
    while following < len(lines):
        line = lines[following]
        if not line.blank and not _ENUMERATED.match(letter.lower, line.start):
            if following > last + 1 and not lines[following - 1].blank and letter.text[line.start].islower():
                following += 1
                continue
            break
        if not line.blank:
            last = following
        following += 1
    return range(first, last + 1)
