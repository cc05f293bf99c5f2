"""How tests ask for the role of a provision."""

from parsers.letters.reading import read_letter, strongest
from parsers.letters.records import LetterContext

SCOTTISH = LetterContext(nation="scotland")
ENVIRONMENTAL = LetterContext(law_used="eir")
_UNKNOWN = LetterContext()


def role(text: str, provision: str, context: LetterContext = _UNKNOWN) -> str:
    """The role of the first mention of a provision; ``not cited`` where there is none."""
    found = (c.role for c in read_letter(text, context=context).citations if c.provision == provision)
    return next(found, "not cited")


def standing(text: str, provision: str, context: LetterContext = _UNKNOWN) -> str:
    """The role of a provision that stands for the whole letter; ``not cited`` where there is none."""
    found = strongest(read_letter(text, context=context).citations)
    return next((c.role for (_, cited), c in found.items() if cited == provision), "not cited")
