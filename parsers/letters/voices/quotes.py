"""In whose voice a passage speaks: the authority's own, an earlier message, the request repeated, the statute, the
review rights, or the words that go under every letter.

The authority's own voice is what is left when the others have been told apart.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from parsers.letters.text.clean import Letter
from parsers.letters.text.layout import Layout, Line
from parsers.letters.text.phrases import Phrases, Words
from parsers.letters.voices.restated import quoted_words, replaced_answers, restated_requests
from parsers.letters.voices.topics import named_topics

Voice = Literal["authority", "earlier_message", "request", "statute", "rights", "footer", "topic"]

_VOICES: tuple[Voice, ...] = get_args(Voice)
_CODES = {voice: bytes([number]) for number, voice in enumerate(_VOICES)}
_FOREIGN = re.compile(rb"[\x01-\x0f]+")

_HEADER = ("from:", "sent:", "to:", "subject:", "date:", "cc:")
_ORIGINAL = re.compile(r"(?:-{2,}|_{2,}|begin )[ ]?(?:original|forwarded)(?:[ ](?:message|appointment|by))?")
_WROTE = re.compile(r"on [^\n]{6,90}(?:wrote|said):$|on [^\n]{6,60}[0-9]{4}[^\n]{0,60}$")
_FOOTER = re.compile(
    r"(?:this|the information (?:contained )?in this|the contents of this) (?:e-?mail|message|communication|"
    r"transmission)"
    r"[^.]{0,120}(?:confidential|intended|privileged|disclos|virus)|"
    r"(?:confidentiality|legal) (?:notice|disclaimer)|if you are not the intended|"
    r"if you have received this e-?mail in error|"
    r"please use this email address for all replies to this request|disclaimer: this message and any reply|"
    r"(?<=\n)visible links\n|whatdotheyknow note:"
)
_FOOTER_BEGINS = Phrases(
    "this|of_this|in_this e-mail*|email*|message*|communication*|transmission*",
    "the information|contents",
    "confidentiality|legal notice*|disclaimer*",
    "if you are_not_the|have_received",
    "please use",
    "disclaimer:|visible|whatdotheyknow",
)
"""Where footers may begin: only there is the pattern tried."""
_STATUTE = Phrases(
    "exempt information if|by_virtue_of",
    "is|are [also] exempt information",
    "this_section|to_which_this_section applies",
    "information is exempt if",
    "duty to confirm or deny does not arise",
    "disclosure [of_the_information] under this act",
    "opinion of a qualified person disclosure",
    "constitute|constitutes personal data which|of_which ...40 subsection|fall|do_not_fall",
    "first|second|third|either condition is",
    "subsection (1)|(2)|(3)|(4)|(5)|(3a)|(4a)|(5a)|(5b)",
    "public authority may_refuse_to|shall_not|must_not disclose|make",
    "does not oblige a public authority",
    "any person making a request for information to a public authority",
    "otherwise than under section 1 is exempt",
)
_OWN = re.compile(
    r"\b(?:we|our|us|i|my|your request|you have|you requested|you asked|the council|the trust|the department|the force|"
    r"the university|the authority has|in this case|in this instance|this information|the requested information|"
    r"the withheld|(?:is|are|been|being|therefore|was|were)[ ]withheld|withheld[ ](?:under|by)|they are)\b"
)
_ENUMERATED = re.compile(r"[\"']?\(?(?:[0-9]{1,2}[a-z]?|[a-z]{1,2}|[ivx]{1,4})\)[ ]")
_UNHAPPY = Phrases(
    "if|should|where you are|remain|were|feel|be|have|still|wish|would|do|consider|believe|require|want ...60 "
    "dissatisf*|unhappy|unsatisf*|complain*|concern|concerns|appeal|disagree",
    "if|should|where you are|remain|were|feel|be|do ...60 not [entirely|completely|fully] satisf*|happy|content|agree",
    "if|should you wish|would|require|want|like ...60 review|reviewed",
    "you [also] have_the_right|have_a_right|may|can|are_entitled|should ...80 internal_review|information_commissioner|"
    "appeal|complain|reviewed",
    "you are not content",
    "you may|can [also] ask|request|require us|the_council|that_we|that_the_council [to] review|reconsider",
    "request|requests|application for {2} review should|must|can|may|will",
    "to request|ask_for|apply_for|seek {2} internal review",
    "right|rights of|to {3} review|appeal|complain",
    "internal review can|may|should|must|procedure|process",
    "complaints|appeals procedure|process",
    "os nad|ydych ydych|yn",
)
_RIGHTS_GO_ON = Phrases(
    "commissioner|commissioner's|review|reviewed|complain*|appeal|appeals|wycliffe|wilmslow|ico|tribunal|kinburn|"
    "adolygiad",
    "comisiynydd|working_days|two_months|st_andrews",
    "ico.org.uk|www.ico",
)
_RIGHTS_LENGTH = 12
"""Sentences over which a paragraph about review and complaint may run."""


@dataclass(frozen=True, slots=True)
class Voices:
    """The voice at every place of ``Letter.text``."""

    codes: bytes
    """One code for each character: the index of its voice."""

    def at(self, position: int) -> Voice:
        """The voice of one character; the authority's beyond the end."""
        return _VOICES[self.codes[position]] if position < len(self.codes) else "authority"

    def own(self, lower: str) -> str:
        """The text with everything but the authority's own voice blanked out, place for place."""
        pieces: list[str] = []
        done = 0
        for match in _FOREIGN.finditer(self.codes):
            pieces += (lower[done : match.start()], "\n" * (match.end() - match.start()))
            done = match.end()
        pieces.append(lower[done:])
        return "".join(pieces)


def find_voices(letter: Letter, layout: Layout, words: Words, *, outgoing: bool = False) -> Voices:
    """Tell the voices of a letter apart; where two claim a passage, the later of this order has it.

    A message that goes out is the requester's own, all of it.
    """
    if outgoing:
        return Voices(_CODES["request"] * len(letter.text))
    codes = bytearray(len(letter.text))
    mark = functools.partial(_mark, codes)
    for start, end in (*restated_requests(letter, layout), *quoted_words(letter, layout)):
        mark(start, end, "request")
    for start, end in _rights(words, layout):
        mark(start, end, "rights")
    for start, end in _statutes(letter, layout, words):
        mark(start, end, "statute")
    for start, end in _footers(words, layout):
        mark(start, end, "footer")
    for start, end in _earlier(letter, layout, codes):
        mark(start, end, "earlier_message")
    for start, end in named_topics(words, layout):
        if not any(codes[start:end]):
            mark(start, end, "topic")
    return Voices(bytes(codes))


def _mark(codes: bytearray, start: int, end: int, voice: Voice) -> None:
    codes[start:end] = _CODES[voice] * (end - start)


def _earlier(letter: Letter, layout: Layout, codes: bytearray) -> Iterator[tuple[int, int]]:
    """Lines behind ``>`` marks, and everything from the header of an earlier message on.

    A header before the letter has said anything is its own, and one right below a few words that point at it
    (``please see below``) brings the answer itself.
    """
    yield from letter.quoted_lines
    yield from replaced_answers(letter)
    quoted = {start for start, _ in letter.quoted_lines}
    begun = -1
    for index, line in enumerate(layout.lines):
        if line.blank or line.begin in quoted:
            continue
        if begun >= 0 and _message_starts(letter.lower, layout.lines, index):
            if line.begin - begun > _FEW_WORDS or not _points_down(letter.lower, begun, line.begin):
                yield line.begin, len(letter.text)
                return
            begun = -1
        elif begun < 0 and _says_something(letter.lower, line, codes):
            begun = line.begin


def _says_something(lower: str, line: Line, codes: bytearray) -> bool:
    """Whether a line is part of a message, and not of the title of a printed page or of a header."""
    if codes[line.start] or _is_header(lower, line):
        return False
    if line.end - line.start > _SENTENCE or _GREETING.match(lower, line.start, line.end):
        return True
    return lower[line.end - 1] in ".!?" and lower.count(" ", line.start, line.end) >= _WORDS - 1


_POINTS_DOWN = re.compile(
    r"\b(?:see|find|forward(?:ed|ing)?|response|reply|e?-?mail)\b[^.]{0,40}\bbelow\b|below is|forwarded"
)
_FURTHER_TO = re.compile(
    r"(?:further to|following|regarding|with reference to|as per|in place of|instead of)[^.]{0,30}$"
)
_ANSWERED = re.compile(
    r"[.:][ \n]{1,4}(?:there (?:is|are|was|were)\b|(?:we|it) (?:spent|paid|employ|received|issued|recorded|holds?)\b|"
    r"(?:the|our|your) (?:answer|total|figure|number|cost|sum) (?:is|was)\b|(?:yes|no|none|nil)[.,])"
)  # the answer stands above the message: ``Please see below. There were 3.``
_FEW_WORDS = 260
_SENTENCE = 48
"""Columns beyond which a line is a sentence and no title."""
_WORDS = 4
"""Words from which a line that ends in a full stop is a sentence, however short."""
_GREETING = re.compile(
    r"dear|hi\b|hello|good (?:morning|afternoon)|thank|please|annwyl|further to|i am|we |our |regards|yours"
)


def _points_down(lower: str, start: int, end: int) -> bool:
    """Whether a few words say that what matters stands below them, and not that they follow it up."""
    found = _POINTS_DOWN.search(lower, start, end)
    if found is None or _ANSWERED.search(lower, found.end(), end):
        return False
    return _FURTHER_TO.search(lower, start, found.start()) is None


def _is_header(lower: str, line: Line) -> bool:
    return lower.startswith(_HEADER, line.start)


def _message_starts(lower: str, lines: tuple[Line, ...], index: int) -> bool:
    line = lines[index]
    first = lower[line.start : line.start + 2]
    if first in {"--", "__", "be"}:
        return _ORIGINAL.match(lower, line.start, line.end) is not None
    if first == "on":
        return _wrote(lower, lines, index)
    return first == "fr" and lower.startswith("from:", line.start) and _header_follows(lower, lines, index)


def _wrote(lower: str, lines: tuple[Line, ...], index: int) -> bool:
    line = lines[index]
    if not _WROTE.match(lower, line.start, line.end):
        return False
    following = lines[index + 1] if index + 1 < len(lines) else line
    return any(lower.endswith("wrote:", each.start, each.end) for each in (line, following))


def _header_follows(lower: str, lines: tuple[Line, ...], index: int) -> bool:
    seen = {head for line in lines[index + 1 : index + 9] for head in _HEADER[1:] if lower.startswith(head, line.start)}
    return bool(seen & {"sent:", "date:"}) and bool(seen & {"to:", "subject:"})


def _footers(words: Words, layout: Layout) -> Iterator[tuple[int, int]]:
    """Disclaimers and what the site adds to a message: from the line they begin on to the end of the paragraph."""
    done = 0
    for match in _FOOTER_BEGINS.tried(_FOOTER, words):
        start = match.start()
        if start < done:
            continue
        begin = layout.line(layout.sentence(start, start + 1)[0]).begin
        done = layout.paragraph(start, start + 1)[1]
        yield max(begin, start - 200), done


def _rights(words: Words, layout: Layout) -> Iterator[tuple[int, int]]:
    """What a requester who is not satisfied may do: the sentence that says so and those that go on about it."""
    done = 0
    for match in _UNHAPPY.finditer(words):
        if match.start() < done:
            continue
        start, end = layout.sentence(match.start(), match.end())
        for _ in range(_RIGHTS_LENGTH):
            following = layout.sentence(end, end + 1)[1]
            if following <= end or _RIGHTS_GO_ON.search(words, end, following) is None:
                break
            end = following
        done = end
        yield start, end


def _statutes(letter: Letter, layout: Layout, words: Words) -> Iterator[tuple[int, int]]:
    """Sentences that repeat the Act, with the numbered limbs that follow; not where the authority speaks in them."""
    done = -1
    for match in _STATUTE.finditer(words):
        start, end = layout.sentence(match.start(), match.end())
        if start <= done or (match[0].endswith("information") and not _ENUMERATED.match(letter.lower, start)):
            continue
        done = start
        if not _OWN.search(letter.lower, start, end) and not _is_about(letter.lower, start, match.start()):
            yield start, _limbs_end(letter, layout, end)


_ABOUT = re.compile(
    r"(?:^|[.][ \n])(?:under|in terms of|by virtue of)[ ](?:the[ ])?(?:terms of[ ])?(?:section|s\.?|regulation|"
    r"reg\.?)[ ]?[0-9]|"
    r"(?:section|s\.?|regulation|reg\.?)[ ]?[0-9]{1,2}(?:[^\n]{0,60}(?:provides|states|says|exempts)|"
    r"[a-z]?(?:[ ]?\([0-9a-z]{1,4}\))*(?:[ ]?\([^)\n]{3,50}\))?(?:,[^,\n]{0,50},)?[ ]is)\b"
)


def _is_about(lower: str, start: int, end: int) -> bool:
    """A sentence that names the section it describes is the authority's own description, not the statute."""
    return _ABOUT.search(lower, start, end) is not None


def _limbs_end(letter: Letter, layout: Layout, end: int) -> int:
    """The end of the limbs (``(a)``, ``(2)``, ``(ii)``) that follow a quoted section, blank lines between or not."""
    lines = layout.lines
    last = end
    for index in range(layout.line_index(max(end - 1, 0)) + 1, len(lines)):
        line = lines[index]
        if line.blank or line.start < last:
            continue
        continues = not lines[index - 1].blank and last > end and letter.text[line.start] in _RUNS_ON
        if not (continues or _ENUMERATED.match(letter.lower, line.start)):
            break
        last = line.next
    return last


_RUNS_ON = frozenset("abcdefghijklmnopqrstuvwxyz(")
