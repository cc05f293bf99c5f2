"""The day on which the request was made or received, as the letter says.

Where a letter gives both, the day it was made and the day it was received, the first that it names is taken: nearly
always the day it was made. A review is not the request: the day of the original request is sought.
"""

import itertools
import re
from collections.abc import Iterator, Sequence

from parsers.letters.dates.askedwords import about_review, said_asked
from parsers.letters.dates.datelabels import date_label
from parsers.letters.dates.dates import GREETING, fact, of_a_record
from parsers.letters.dates.days import WEEKDAY, DayInYear, PrintedDate, find_days_without_year
from parsers.letters.records import DateFact
from parsers.letters.text.clean import Letter
from parsers.letters.text.layout import Layout
from parsers.letters.voices.quotes import Voices

_G = r"[ \n]{1,60}"
_IT_CAME = re.compile(
    rf"^[ \n]*(?:it|this|the e-?mail){_G}(?:(?:was|were){_G})?(?:[a-z]+{_G}){{0,2}}?(?:received|submitted|sent|"
    rf"logged|arrived|reached)"
    rf"(?:{_G}[a-z]+){{0,5}}?{_G}(?:on{_G})?(?:the{_G})?(?:{WEEKDAY})?$"
)
_INITIAL = re.compile(r"(?:^|[ \n])[a-z]\.$")
_YOUR_REQUEST = re.compile(
    rf"\byour{_G}(?:[a-z-]+{_G}){{0,4}}(?:request|enquiry|application)\b|"
    rf"\b(?:request|enquiry|application|questions?){_G}(?:(?:that|which){_G})?you{_G}(?:have{_G})?(?:made|sent|put|submitted)\b"
)
"""What only the authority says, even where its words seem to be the request that it repeats."""
_LABELLED = 0.92
_MOST = 300
"""Days that are looked at: a letter that prints more is a table, and says before it when it was asked."""
_FIRST_HEADER = 150
"""Characters within which a header is the letter's own."""
_FULL_LINE = 50
_SUBJECT = re.compile(
    r"\nsubject:[ ]*(?![ ]|re\b|fwd?\b|aw\b)[^\n]{0,20}(?:freedom of information|foi|environmental|information) request"
)


_SUREST = 0.95
"""What no rule goes beyond."""
_COMPLETED = 0.7
"""How sure a day is whose year the letter's own gives."""


def request_date(
    letter: Letter, layout: Layout, voices: Voices, dates: Sequence[PrintedDate], dated: DateFact | None
) -> DateFact | None:
    """The day on which the request was made or received, as the letter says; the first of the surest.

    A day without its year counts where the letter's own day gives it: the last such day before it, if recent.
    """
    best: tuple[float, PrintedDate] | None = None
    for rank, found in _candidates(letter, layout, voices, dates, dated.value if dated else ""):
        if rank > (best[0] if best else 0.0):
            best = rank, found
        if rank >= _SUREST:
            break
    return fact(letter, best[1], "request_date", best[0]) if best else None


def _candidates(
    letter: Letter, layout: Layout, voices: Voices, dates: Sequence[PrintedDate], dated: str
) -> Iterator[tuple[float, PrintedDate]]:
    surest = 0.0
    for found in dates[:_MOST]:
        rank = _rank(letter, layout, voices, found)
        # A day after the letter's own is misprinted, or is no day of a request.
        rank = min(rank, 0.45) if dated and found.value > dated else rank
        surest = max(surest, rank)
        yield rank, found
    if not dated or surest >= _COMPLETED:
        return
    for part in itertools.islice(find_days_without_year(letter), _MOST):
        rank = _rank(letter, layout, voices, part)
        whole = part.before(dated) if rank >= 0.8 else None
        if whole:
            yield _COMPLETED, whole


def _rank(letter: Letter, layout: Layout, voices: Voices, found: PrintedDate | DayInYear) -> float:
    lower = letter.lower
    voice = voices.at(found.start)
    before = lower[max(_clause_start(letter, layout, found.start), found.start - 340) : found.start]
    after = lower[found.end : min(layout.sentence(found.start, found.end)[1], found.end + 90)]
    if _IT_CAME.match(before) and "request" in lower[layout.paragraph(found.start, found.start + 1)[0] : found.start]:
        before = "your request, " + before
    said = said_asked(before, after) if voice != "footer" else 0.0
    if voice == "request":
        said = min(said, 0.8) if _YOUR_REQUEST.search(before) else 0.0
    if voice == "earlier_message":
        said *= 0.6
    if not said and (voice == "earlier_message" or found.start > _FIRST_HEADER):
        said = _sent_header(lower, found.start, found.end) * (1.0 if voice == "earlier_message" else 0.6)
    if said >= _LABELLED or date_label(letter, layout, found.start) != "request" or about_review(after):
        return said
    return said if of_a_record(letter, found.start) and GREETING.search(lower, 0, found.start) else _LABELLED


def _clause_start(letter: Letter, layout: Layout, at: int) -> int:
    """Where the sentence before a place begins, over line ends that look meant but follow no stop."""
    start, first = layout.sentence(at, at + 1)[0], layout.paragraph(at, at + 1)[0]
    for _ in range(3):
        above = letter.lower[max(first, start - 120) : start].rstrip(" \n")
        if start > first and _INITIAL.search(above):
            start = layout.sentence(start - 2, start - 1)[0]
            continue
        if start <= first or len(above.rpartition("\n")[2]) < _FULL_LINE or above[-1] in ".:;!?)":
            break
        start = layout.sentence(start - 2, start - 1)[0]
    return start


def _sent_header(lower: str, start: int, end: int) -> float:
    """The day in the header of the requester's own first message, quoted below the answer."""
    head = lower[max(0, start - 60) : start]
    subject = _SUBJECT.search(lower, end, end + 300)
    return 0.5 if subject and re.search(r"\nsent:[^\n]{0,30}$", head) else 0.0
