"""What an answer gives: the words that hand something over, the questions that have their own answer, and the facts
that it states.

Letters give in three ways, and each is looked for on its own. They say so (``the list is enclosed``); they put an
answer beside a question (``3. Vans: 9``, ``How many? 64``, a row of a table); or they simply state what was asked. The
last is the weakest sign, because reasons for a refusal are statements as well, and is only asked for where no refusal
stands, or before the first one.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from parsers.letters.outcomes import given_words as forms
from parsers.letters.outcomes.bearing_words import LEAFLETS
from parsers.letters.outcomes.body import body
from parsers.letters.outcomes.outcome_words import GIVES, HARD_GAPS, NOT_HELD, NOT_NOW, NOT_THAT
from parsers.letters.text.layout import Layout
from parsers.letters.text.phrases import Words

Span = tuple[int, int]

_SENTENCE_END = re.compile(r"[.;](?=[ \n])")
_ANSWER = 700
_STATEMENTS = 3
"""Plain statements before the first refusal, below which they may lead up to it."""


def first_gift(own: Words, layout: Layout) -> Span | None:
    """The first words that give something now, in a clause that neither takes it back nor puts it off."""
    for match in GIVES.finditer(own):
        if not _taken_back(own, layout, match.start(), match.end()):
            return match.span()
    return None


def _taken_back(own: Words, layout: Layout, first: int, last: int) -> bool:
    start, end = layout.sentence(first, last)
    start, end = max(start, first - 200), min(end, last + 100)
    if NOT_NOW.search(own, start, end):
        return True
    if LEAFLETS.match(own.text, last) and not _REQUESTED.search(own.text, start, end):
        return True
    return NOT_THAT.search(own, _clause(own.text, start, first), _clause_end(own.text, last, end)) is not None


_REQUESTED = re.compile(r"\b(?:requested|asked for|you want)")
_CLAUSE = re.compile(r"[,;:(\u2013]|[ ]-[ ]|\b(?:and|but|although|while|whereas|with|except)\b")


def _clause(text: str, start: int, end: int) -> int:
    """Where the clause begins that ends at ``end``."""
    cuts = [match.end() for match in _CLAUSE.finditer(text, start, end)]
    return cuts[-1] if cuts else start


def _clause_end(text: str, start: int, end: int) -> int:
    cut = _CLAUSE.search(text, start, end)
    return cut.start() if cut else end


def answered(own: Words) -> Span | None:
    """The first question, item or row that has an answer of its own, refused items left out."""
    start, end = body(own)
    schedule = forms.SCHEDULE.search(own.text, end)
    marked = next(_marked(own, start, end), None)
    if marked is None and schedule is not None:
        marked = next(_marked(own, schedule.start(), len(own.text)), None)
    if marked is not None:
        return marked
    row = next(_rows(own, start, end), None)
    item = next(_items(own, start, end), None)
    return min((found for found in (row, item) if found), default=None)


def _marked(own: Words, start: int, end: int) -> Iterator[Span]:
    """Words of release that stand alone beside a title or between two stops, with the blanks before them."""
    for word in forms.MARKED.finditer(own, start, end):
        far, at = max(start, word.start() - 82), word.start()
        before = (
            forms.MARK_BEFORE.search(own.text, far, at) if forms.MARK_AFTER.match(own.text, word.end(), end) else None
        )
        if before is None and forms.CELL_AFTER.match(own.text, word.end(), end):
            before = forms.CELL_BEFORE.search(own.text, far, at)
        if before is None and own.text.startswith(".", word.end(), end):
            before = forms.SENTENCE_BEFORE.search(own.text, far, at)
        if before is not None:
            yield before.start(), word.end()


def _rows(own: Words, start: int, end: int) -> Iterator[Span]:
    two = forms.TWO_ROWS.search(own.text, max(0, start - 1), min(len(own.text), end + 1))
    if two is not None and not forms.NO_FIGURE.search(two[0]):
        yield two.span()
    for match in forms.ROW.finditer(own.text, max(0, start - 1), min(len(own.text), end + 1)):
        title = match["title"]
        if not forms.NO_FIGURE.search(title) and not forms.KEPT.search(own, *match.span()):
            yield match.span()


def _items(own: Words, start: int, end: int) -> Iterator[Span]:
    """The answers that numbered questions have, and those below or beside lines that end in a question mark."""
    labels = [match.span() for match in forms.LABEL.finditer(own.text, max(0, start - 1), end)]
    for (_, first), (last, _) in pairwise([*labels, (end, end)]):
        answer = _beside(own.text, first, last)
        if answer and _gives(own, *answer) and not _reasons(own.text, first):
            yield answer
    for pair in forms.PAIRED.finditer(own.text, max(0, start - 1), end):
        answer = pair.end(), _paragraph_end(own.text, pair.end(), _line_end(own.text, pair.end()))
        if _gives(own, *answer) or _figures(own, *answer):
            yield answer
    for cell in forms.COLUMN.finditer(own.text, max(0, start - 1), end):
        right = cell.end(), _line_end(own.text, cell.end())
        if _gives(own, *right):
            yield right
    asked = [match.span() for match in _QUESTION.finditer(own.text, start, end)]
    for (_, first), (last, _) in pairwise([*asked, (end, end)]):
        answer = first, _before_question(own.text, first, last)
        if not forms.INTERROGATIVE.match(own.text, *answer) and _gives(own, *answer):
            yield answer


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _reasons(text: str, label: int) -> bool:
    """Whether an item is a bullet below a heading over reasons."""
    return text[label - 1] in "-*\u2022" and forms.WEIGHING.search(text, max(0, label - _BULLETS), label) is not None


_BULLETS = 1500
"""Characters over which the bullets below one heading may run."""
_QUESTION = re.compile(r"\?[ ]*\n|\?[ ]{1,200}(?=[a-z0-9\u00a3])")


def _before_question(text: str, start: int, question: int) -> int:
    """Where the answer to one question ends: with its paragraph, and before the line of the next question."""
    line = text.rfind("\n", start, question) if text[question : question + 1] == "?" else question
    return _paragraph_end(text, start, max(start, line))


_BLANK = re.compile(r"\n[ ]*\n")


def _paragraph_end(text: str, start: int, end: int) -> int:
    """The end of the first paragraph with words in it."""
    limit = min(end, start + _ANSWER)
    words = start
    while words < limit and text[words] in " \n":
        words += 1
    blank = _BLANK.search(text, words, limit)
    return blank.start() if blank else limit


def _beside(text: str, start: int, end: int) -> Span | None:
    """The answer of a numbered item: after its title or its question, on its line or in the paragraph below."""
    end = min(end, start + 2 * _ANSWER)
    while start < end and text[start] in " \n":
        start += 1
    mark = text.rfind("?", start, min(end, start + _ANSWER))
    if mark >= 0:
        return None
    beside = forms.BESIDE.match(text, start, end)
    if beside is not None:
        return beside.end(), _paragraph_end(text, beside.end(), end)
    if not forms.ASKS.match(text, start) or forms.AMOUNTS.search(text, start, end):
        return start, _paragraph_end(text, start, end)
    return _below(text, start, end)


def _below(text: str, start: int, end: int) -> Span | None:
    """What follows a title: the paragraph below it, or a value behind its first sentence."""
    blank = _BLANK.search(text, start, end)
    if blank is not None and text[blank.end() : end].strip():
        return blank.end(), _paragraph_end(text, blank.end(), end)
    stop = _SENTENCE_END.search(text, start, end)
    if stop is None or not (forms.VALUE.match(text, stop.end(), end) or forms.GIVEN_MARK.match(text, stop.end(), end)):
        return None
    return stop.end(), _paragraph_end(text, stop.end(), end)


def _gives(own: Words, start: int, end: int) -> bool:
    """Whether an answer gives something: a figure, a plain yes or no, a mark of release, or a statement."""
    if not own.text[start:end].strip(" \n.-"):
        return False
    if forms.GIVEN_MARK.match(own.text, start, end):
        return True
    value = forms.VALUE.match(own.text, start, end)
    if value is not None:
        stop = _SENTENCE_END.search(own.text, value.end(), end)
        return forms.KEPT.search(own, start, stop.start() if stop else end) is None
    if (
        forms.BEGS.search(own, start, end)
        or forms.KEPT.search(own, start, end)
        or NOT_HELD.search(own, start, end)
        or HARD_GAPS.search(own, start, end)
    ):
        return False
    counted = forms.COUNTED.search(own.text, start, end) is not None and forms.YOURS.search(own, start, end) is None
    return counted or forms.AMOUNTS.search(own.text, start, end) is not None or _states(own, start, end)


def _figures(own: Words, start: int, end: int) -> bool:
    """Whether an answer is a list of figures, without a verb."""
    return forms.FIGURES.search(own.text, start, end) is not None and forms.KEPT.search(own, start, end) is None


def _states(own: Words, start: int, end: int) -> bool:
    return forms.STATES.search(own, start, end) is not None and forms.ARGUES.search(own, start, end) is None


def first_refusal(own: Words) -> int:
    """Where the body first keeps something back; its end where it does not."""
    start, end = body(own)
    kept = forms.KEPT.search(own, start, end)
    return kept.start() if kept else end


def stated(own: Words, layout: Layout, until: int) -> Span | None:
    """The first of several plain statements between the salutation and ``until``, or of one that states an amount:
    facts, and no reasons."""
    start, end = body(own)
    if amount := amount_stated(own, layout, until):
        return amount
    found: list[Span] = []
    for first, last in pairwise(place for place in layout.breaks if start <= place <= min(end, until)):
        if last - first < _LONG and _is_plain(own, first, last):
            found.append((first, last))
            if len(found) == _STATEMENTS:
                return found[0]
    return None


def _is_plain(own: Words, start: int, end: int) -> bool:
    sentence = own.text[start:end]
    if len(sentence.split()) < _SHORT or not sentence.rstrip().endswith(".") or forms.LISTED.match(sentence):
        return False
    return _states(own, start, end)


_SHORT = 6
"""Words below which a sentence states too little to answer anything."""
_LONG = 900
"""Characters beyond which what has no full stop is no sentence."""


_TALLY = 90
"""Characters before an amount in which it is told what was counted for an estimate."""


def amount_stated(own: Words, layout: Layout, until: int) -> Span | None:
    """The first amount that a sentence states of what was asked, and not of the search for it."""
    start, end = body(own)
    for amount in forms.TOLD.finditer(own.text, start, max(start, min(end, until))):
        if forms.TALLIED.search(own.text, max(start, amount.start() - _TALLY), amount.start()):
            continue
        first, last = layout.sentence(*amount.span())
        first, last = max(first, amount.start() - 200), min(last, until, amount.end() + 200)
        told = forms.SEARCH.search(own, amount.start(), last) or forms.MODAL.search(own, first, last)
        if forms.YOURS.search(own, first, last) is None and told is None:
            return amount.span()
    return None
