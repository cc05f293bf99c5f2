"""A reading told beside its letter: every mention marked where it stands, with the rules that decided it.

Rows of words and styles come out; whoever shows them paints the styles or leaves them plain (``shown.as_text``).
All words of the letter pass ``shown.safe`` on their way.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from parsers.letters.explained.background import Background
from parsers.letters.explained.marks import PageView, note_places, page_lines, page_marks, printed_start
from parsers.letters.explained.shown import CLOSE, OPEN, Row, safe, wrapped
from parsers.letters.explained.summary import ROLE_WORDS, law_of, summary_rows
from parsers.letters.records import Citation, LetterContext, Reading
from parsers.letters.rules import REGIME_RULES, ROLE_RULES
from parsers.letters.text.clean import MAX_LENGTH

WIDTH = 100
_UNKNOWN = LetterContext()
_NOTE = 8
_LEGEND = (
    f"Own words of the authority stand behind |, those of others behind a colon. {OPEN}1 ...{CLOSE} is a mention of a "
    "provision; below its paragraph stand its law and its role, each with the rule that decided it."
)


def explain(
    pages: Sequence[str],
    reading: Reading,
    background: Background,
    *,
    name: str,
    context: LetterContext = _UNKNOWN,
    width: int = WIDTH,
) -> Iterator[Row]:
    """The letter, page by page, with notes below its paragraphs, and then all that the reader says of it.

    ``reading`` and ``background`` are those of the same pages; ``width`` is the number of columns, at least 40.
    """
    width = max(40, width)
    pages = _as_read(pages)
    citations = sorted(reading.citations, key=lambda each: (each.evidence.page, printed_start(each)))
    yield ((f"=== {safe(name)[: width - 8]} ===", "title"),)
    yield from wrapped(_LEGEND, "rule", width=width, indent=0)
    for number, text in enumerate(pages, start=1):
        yield ()
        if len(pages) > 1:
            yield ((f"--- page {number} ---", "title"),)
        yield from _page(text, number, citations, background, width=width)
    yield ()
    yield from summary_rows(pages, reading, background, citations, context=context, width=width)
    yield ()


def _as_read(pages: Sequence[str]) -> list[str]:
    """The pages up to where the reader stops."""
    kept: list[str] = []
    room = MAX_LENGTH
    for page in pages or [""]:
        if kept and not room:
            break
        kept.append(page[:room])
        room -= len(kept[-1])
    return kept


def _page(
    text: str, number: int, citations: Sequence[Citation], background: Background, *, width: int
) -> Iterator[Row]:
    lines = page_lines(text)
    marks = page_marks(citations, number)
    passages = [passage for passage in background.passages if passage.page == number]
    places = note_places(text, lines, marks)
    view = PageView(text=text, marks=marks, passages=passages, width=width)
    blank = False
    for count, (start, end) in enumerate(lines, start=1):
        was_blank, blank = blank, not text[start:end].strip()
        if not blank or not (was_blank or count == len(lines)):
            yield from view.rows(count, start, end)
        if count in places:
            yield from _notes([(each, citations[each - 1]) for each in places[count]], width=width)


def _notes(mentions: Sequence[tuple[int, Citation]], *, width: int) -> Iterator[Row]:
    """What was made of some mentions, and why; the reasons once for those in a row that share them."""
    for _, alike in groupby(mentions, key=lambda each: _reasons(each[1])):
        group = list(alike)
        for number, citation in group:
            words = f"{law_of(citation)}: {ROLE_WORDS[citation.role]}, confidence {citation.confidence:.2f}"
            yield from wrapped(f"{OPEN}{number}{CLOSE} {words}", "note", width=width, indent=_NOTE, hang=2)
        for reason in _reasons(group[0][1]):
            yield from wrapped(reason, "rule", width=width, indent=_NOTE + 2, hang=6)
    yield ()


def _reasons(citation: Citation) -> tuple[str, str]:
    doubt = f" It may be of {' or '.join(citation.candidates)}." if citation.candidates else ""
    return (
        f"law:  {REGIME_RULES[citation.regime_rule]}{doubt} [{citation.regime_rule}]",
        f"role: {ROLE_RULES[citation.role_rule]} [{citation.role_rule}]",
    )
