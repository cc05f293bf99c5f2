"""What stands around one mention of a provision: its sentence, its clause, and the line that leads a list in."""

import functools
import re
from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from parsers.letters.roles.polarity import REACH, plain
from parsers.letters.text.layout import Layout, Line
from parsers.letters.text.phrases import Phrases, Words

MAX_REACH = 400
_BELOW = 240
_GAP = "   "
"""What parts the cells of a table: a mention beside it is judged by its row alone."""
_SECTION = 900
_LIST_LENGTH = 16
"""Lines over which a list may run below the words that lead it in."""
_ITEM_LENGTH = 160
_LEAD_LENGTH = 320

_CITES = r"(?:sections?|ss?\.?|regulations?|regs?\.?)[ \n]?[0-9]{1,2}[a-z]?(?:[ ]?\([0-9a-z]{1,4}\))*"
_FINITE = (
    r"(?:is|are|was|were|has|have|had|does|do|did|can|cannot|could|will|would|may|might|applies|apply|applied|relies|"
    r"rely|relied|"
    r"engages?|falls?|covers?|remains?|stands?|withhold|withheld|refused?|considered|withdraw|withdrawn|withdrew|"
    r"uphold|"
    r"upheld|overturn|overturned|removed|decided|found|thought|looked|maintain|maintained)"
)
_VERB = re.compile(rf"\b{_FINITE}\b|n't\b")
_ELIDED = (
    r"(?:(?:have|has|now|also|instead|still|will|therefore|must|then|so)[ \n]+)*(?:rely|relies|relied|apply|applies|"
    r"applied|"
    r"uphold|upheld|upholds|maintain|maintained|maintains|withdraw|withdrew|withdraws|overturn|overturned|withhold|"
    r"withheld|"
    r"refuse|refused|refuses|claim|claims|invoke|disclose|release|released|enclose|attach|decided|remove|removed|"
    r"redact|redacted)"
    r"(?![a-z])"
)
_SUBJECT = r"(?:we|i|it|they|you|he|she)[ \n]"
_NOUN_SUBJECT = r"(?:the|this|that|these|those|our|your|there|neither|none|no|nor)[ \n]"
_CITED_SUBJECT = rf"{_CITES}(?:[ \n]+(?:and|or)[ \n]+\S{{1,20}}){{0,2}}[^,;.]{{0,60}}?[ \n]{_FINITE}(?![a-z])"
_STRONG = re.compile(
    r";|\n(?=[^\n:.]{2,50}:[ \n])|(?<![a-z])(?:but|however|although|whereas|while|"
    rf"whilst|though|(?<!not )yet)(?![a-z])|(?::[ \n]|[ ]{{3}})[ ]{{0,60}}(?={_CITED_SUBJECT})"
)
_SOFT = re.compile(
    rf",[ \n]+(?:and[ \n]+|or[ \n]+|nor[ \n]+|so[ \n]+)?(?:also[ \n]+|now[ \n]+|then[ \n]+)?"
    rf"(?={_SUBJECT}|{_NOUN_SUBJECT}|{_CITED_SUBJECT}|{_ELIDED})|"
    rf":[ \n]+(?=(?:[a-z']+[ \n]+){{1,8}}?(?:is|are|was|were|has|have|applies)(?![a-z]))|"
    rf"(?::[ \n]+|[ ]{{3,60}})(?={_SUBJECT})|"
    rf"(?<![a-z])(?:and|so)[ \n]+(?:also[ \n]+|now[ \n]+)?(?={_SUBJECT}|{_CITED_SUBJECT}|{_ELIDED})"
)
_RELATIVE = re.compile(
    r",[ \n]+(?:which|who|whose|being|as|because|since|so|hence|therefore)(?![a-z])|(?<![a-z])(?:because|"
    r"since)(?![a-z])"
)
"""Where a dependent clause begins: what stands before it does not govern what stands in it."""
_NEXT_HEADING = re.compile(rf"\n[ ]*(?:\u2022[ ]?|[0-9]{{1,2}}[.)][ ]*)?(?:the )?{_CITES}[^\n.]{{0,70}}\n")
_LEADS = re.compile(r":[ -]*$|\b(?:following|below)\b[^.]{0,60}[.:]?[ ]*$")
_BESIDE = re.compile(r"[a-z]{3}[^\n]{0,60}?(?:[ ]-[ ]|:[ ]|[ ]{2,}|[ ]\()$")
_BULLET = re.compile(r"(?:\u2022|-|o |[0-9]{1,2}[.)]|\(?[a-z][.)]|\(?[ivx]{1,4}[.)]|q[0-9])")


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """The sentence and the clause of one mention, and the words of the letter to look them up in."""

    words: Words
    first: int
    last: int
    lead: tuple[int, int] | None
    """The words above a list that hold for each of its items, where the mention stands in one."""
    start: int
    end: int

    @functools.cached_property
    def clause_first(self) -> int:
        """Where the clause begins that governs the mention."""
        return _clause_first(self.words.text, self.first, self.start)

    @functools.cached_property
    def clause_last(self) -> int:
        """Where the clause of the mention ends."""
        return _clause_last(self.words.text, self.end, self.last)

    @property
    def key(self) -> Hashable:
        """What is the same of two mentions between the same words."""
        text = self.words.text
        lead = text[slice(*self.lead)] if self.lead else ""
        return text[max(self.first - 1, 0) : self.last + _BELOW], self.start - self.first, self.end - self.first, lead

    def says(self, phrases: Phrases) -> bool:
        """Whether the sentence has one of the phrases, or the words that lead its list in."""
        return phrases.search(self.words, self.first, self.last) is not None or self.led_in(phrases)

    def led_in(self, phrases: Phrases) -> bool:
        """Whether the words that lead the list of the mention in have one of the phrases."""
        return self.lead is not None and phrases.search(self.words, *self.lead) is not None

    def clause_says(self, phrases: Phrases) -> bool:
        """Whether the clause has one of the phrases."""
        return phrases.search(self.words, self.clause_first, self.clause_last) is not None

    def before(self, phrases: Phrases, reach: int) -> bool:
        """Whether a phrase of the clause ends at most ``reach`` characters before the mention, or leads its list in."""
        found = phrases.last(self.words, self.clause_first, self.start)
        return (found is not None and self.start - found.end() <= reach) or self.led_in(phrases)

    def after(self, phrases: Phrases, reach: int) -> re.Match[str] | None:
        """A phrase of the clause that begins at most ``reach`` characters after the mention."""
        found = phrases.search(self.words, self.end, self.clause_last)
        return found if found is not None and found.start() - self.end <= reach else None

    def goes_on(self, phrases: Phrases) -> bool:
        """Whether one of the phrases follows soon after the sentence, as below a heading."""
        return phrases.search(self.words, self.last, self.last + _BELOW) is not None

    @functools.cached_property
    def clause_before(self) -> str:
        """The words of the clause before the mention, with those that lead its list in before them."""
        text = self.words.text
        own = text[max(self.clause_first, self.start - REACH) : self.start]
        return plain(f"{text[slice(*self.lead)]} {own}" if self.lead else own)

    @functools.cached_property
    def clause_after(self) -> str:
        """The words of the clause after the mention, with a blank before them."""
        return " " + plain(self.words.text[self.end : min(self.clause_last, self.end + REACH)])

    @functools.cached_property
    def sentence_before(self) -> str:
        """The words of the sentence before the mention."""
        return plain(self.words.text[self.first : self.start])

    @functools.cached_property
    def sentence_after(self) -> str:
        """The words of the sentence after the mention, with a blank before them."""
        return " " + plain(self.words.text[self.end : self.last])

    @functools.cached_property
    def following(self) -> str:
        """The words after the sentence."""
        return plain(self.words.text[self.last : self.last + _BELOW])

    @functools.cached_property
    def below(self) -> str:
        """The words below a heading, up to the next one."""
        text = self.words.text
        found = _NEXT_HEADING.search(text, self.last, self.last + _SECTION)
        return plain(text[self.last : found.start() if found else self.last + _SECTION])

    @property
    def stamped(self) -> bool:
        """Whether the mention stands between square brackets, as on a released page where something was taken out."""
        text = self.words.text
        return text[self.start - 1 : self.start] == "[" and text[self.end : self.end + 1] == "]"

    @property
    def beside(self) -> bool:
        """Whether the mention ends its line, parted by a dash, a bracket or a gap from what it is the ground for."""
        text = self.words.text
        if text[self.end : self.last].strip(" \n.;)]"):
            return False
        begin = text.rfind("\n", self.first, self.start) + 1 or self.first
        return _BESIDE.search(text, begin, self.start) is not None

    @property
    def alone(self) -> bool:
        """Whether the sentence is nothing but the mention, and perhaps the number of an item."""
        text = self.words.text
        return not (text[self.first : self.start] + text[self.end : self.last]).strip(" \n\u2022(-0123456789.)")

    @property
    def heading(self) -> bool:
        """Whether the mention stands almost alone on its line: a number, a name, no full stop."""
        before = self.words.text[self.first : self.start].strip(" \n\u2022(-0123456789.[")
        after = self.words.text[self.end : self.last].strip()
        return len(before) < 25 and len(after) < 80 and not after.endswith(".")


def surroundings(words: Words, layout: Layout, start: int, end: int) -> Surroundings:
    """What stands around the mention ``[start, end)``."""
    first, last = layout.sentence(start, end)
    first, last = max(first, start - MAX_REACH), min(last, end + MAX_REACH)
    if _GAP in (words.text[start - 3 : start], words.text[end : end + 3]):
        row = layout.line(start)
        first, last = max(first, row.begin), max(end, min(last, row.end))
    return Surroundings(
        words=words,
        first=first,
        last=last,
        lead=_lead(words.text, layout, first),
        start=start,
        end=end,
    )


def _clause_first(text: str, first: int, start: int) -> int:
    found = max([first, *(match.end() for match in _STRONG.finditer(text, first, start))])
    for match in _soft(text, first, start):
        if match.end() <= start and match.end() > found and _VERB.search(text, found, match.start()):
            found = match.end()
    return max([found, *(match.end() for match in _RELATIVE.finditer(text, found, start))])


def _clause_last(text: str, end: int, last: int) -> int:
    strong = _STRONG.search(text, end, last)
    limit = strong.start() if strong else last
    for match in _soft(text, end, limit):
        if _VERB.search(text, end, match.start()):
            return match.start()
    return limit


def _soft(text: str, first: int, last: int) -> Iterator[re.Match[str]]:
    """Where a clause may begin, looking a little beyond the last of these words for its verb."""
    return (match for match in _SOFT.finditer(text, first, min(len(text), last + 90)) if match.start() < last)


def _lead(text: str, layout: Layout, first: int) -> tuple[int, int] | None:
    """The sentence above the list in which a sentence stands; None where it stands in none."""
    lines = layout.lines
    index = layout.line_index(first)
    if not _is_item(text, lines[index]):
        return None
    for place in range(index - 1, max(-1, index - _LIST_LENGTH), -1):
        line = lines[place]
        if line.blank:
            continue
        if _LEADS.search(text, max(line.start, line.end - 90), line.end):
            start = layout.sentence(line.end - 1, line.end)[0]
            return max(start, line.end - _LEAD_LENGTH), line.end
        if not _is_item(text, line):
            return None
    return None


def _is_item(text: str, line: Line) -> bool:
    """Whether a line looks like one of a list: a bullet, or short and without a full stop."""
    if _BULLET.match(text, line.start, line.end):
        return line.end - line.start < 3 * _ITEM_LENGTH
    return line.end - line.start < _ITEM_LENGTH and _CITED.search(text, line.start, line.end) is not None


_CITED = re.compile(rf"^[ ]*{_CITES}|[0-9][ ]?\([0-9a-z]")
