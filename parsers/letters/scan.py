"""The first look at a letter, before its mentions are judged: made plain, laid out, its voices told apart, what it
does as a whole, its days, the Acts it names and the law it is written under."""

from collections.abc import Sequence
from dataclasses import dataclass

from parsers.letters.dates.asked import request_date
from parsers.letters.dates.dates import letter_date
from parsers.letters.dates.days import PrintedDate, find_dates
from parsers.letters.laws.acts import ActMention, find_acts
from parsers.letters.laws.letterlaw import LetterLaw, letter_law
from parsers.letters.outcomes.kinds import Stance, find_stance
from parsers.letters.records import DateFact, LetterContext
from parsers.letters.roles.interest import Conclusion, find_conclusions
from parsers.letters.text.clean import Letter, prepare
from parsers.letters.text.layout import Layout, lay_out
from parsers.letters.text.phrases import Words
from parsers.letters.voices.quotes import Voices, find_voices


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A letter on its way to a reading; all offsets are those of ``letter.text``."""

    letter: Letter
    layout: Layout
    words: Words
    voices: Voices
    own: Words
    """The words of the authority's own voice."""
    conclusions: tuple[Conclusion, ...]
    stance: Stance
    dates: tuple[PrintedDate, ...]
    letter_date: DateFact | None
    request_date: DateFact | None
    acts: tuple[ActMention, ...]
    law: LetterLaw


def scan(pages: str | Sequence[str], context: LetterContext) -> Scan:
    """Look at a letter given as one text, or as the texts of its pages in order. No text makes it fail."""
    letter = prepare([pages] if isinstance(pages, str) else pages)
    layout = lay_out(letter)
    words = letter.words
    voices = find_voices(letter, layout, words, outgoing=context.direction == "outgoing")
    own = words.within(voices.own(letter.lower), voices.codes)
    conclusions = find_conclusions(own, layout)
    dates = find_dates(letter)
    dated = letter_date(letter, layout, voices, dates)
    requested = request_date(letter, layout, voices, dates, dated)
    day = next((fact.value for fact in (requested, dated) if fact), "")
    acts = find_acts(letter)
    return Scan(
        letter=letter,
        layout=layout,
        words=words,
        voices=voices,
        own=own,
        conclusions=conclusions,
        stance=find_stance(own, layout, conclusions),
        dates=dates,
        letter_date=dated,
        request_date=requested,
        acts=acts,
        law=letter_law(letter, acts, context, day),
    )
