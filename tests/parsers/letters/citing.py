"""What a text cites, for tables of printed forms."""

from parsers.letters.reading import read_letter
from parsers.letters.records import LetterContext

NOTHING_KNOWN = LetterContext()


def cited(text: str, context: LetterContext = NOTHING_KNOWN) -> str:
    """What a text cites, as ``FOIA 40(2); EIR 12(4)(b)``."""
    return "; ".join(f"{c.regime} {c.provision}" for c in read_letter(text, context=context).citations)


def between(text: str, context: LetterContext = NOTHING_KNOWN) -> str:
    """The same, with the laws between which a mention remains in doubt: ``FOIA 36(1) FOIA/FOISA``."""
    citations = read_letter(text, context=context).citations
    return "; ".join(
        " ".join([c.regime, c.provision, *(["/".join(c.candidates)] if c.candidates else [])]) for c in citations
    )
