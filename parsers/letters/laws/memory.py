"""What the letter has said before of the numbers that it cites, for mentions beside which no Act is named."""

from parsers.letters.citing.expand import paths
from parsers.letters.citing.friends import WITHHOLDS
from parsers.letters.citing.mentions import Mention
from parsers.letters.laws.acts import ActMention, acts_before
from parsers.letters.laws.choose import FAMILIES, exists, has_sections
from parsers.letters.laws.letterlaw import LetterLaw
from parsers.letters.laws.pointing import made_under
from parsers.letters.text.clean import Letter
from parsers.letters.text.layout import Layout

OTHER_PREFIX = {"regulation": "reg", "article": "art", "exception": "reg"}
"""How the provisions of other Acts begin, by the family of the noun; a section begins with ``s``."""
_NEAR = 300
_CORE = frozenset({"12", "13"})
"""The environmental regulations that hold the exceptions."""


def withholds(letter: Letter, layout: Layout, mention: Mention) -> bool:
    """Whether the sentence of a mention has words of information law."""
    start, end = layout.sentence(mention.start, mention.end)
    start, end = max(start, mention.start - _NEAR), min(end, mention.end + _NEAR)
    return WITHHOLDS.search(letter.lower, start, end) is not None


class Memory:
    """The numbers of a letter up to a place, with the law or the Act that they were of."""

    def __init__(self, letter: Letter, layout: Layout, acts: tuple[ActMention, ...], law: LetterLaw) -> None:
        self.letter = letter
        self.layout = layout
        self.acts = acts
        self.law = law
        self._codes: dict[tuple[str, ...], str] = {}
        self._regimes: dict[str, str] = {}
        self._last: tuple[Mention, str] | None = None

    def note_act(self, mention: Mention, code: str) -> None:
        """Remember that the numbers are of another Act."""
        self._last = mention, code
        if code:
            for item in mention.items:
                self._codes.setdefault((mention.noun.family, item.number, *item.levels), code)

    def note_law(self, mention: Mention, regime: str) -> None:
        """Remember that the numbers are of a law on information."""
        self._last = mention, ""
        self._regimes.update((item.number, regime) for item in mention.items if item.number)

    def regime(self, mention: Mention) -> str:
        """The law of which the letter has cited the section before, if it has the level; empty where there is none."""
        before = self._regimes.get(mention.items[0].number, "")
        return before if before and exists(mention, before) else ""

    def code(self, mention: Mention) -> str:
        """The other Act of which the letter has said the number to be; empty where the mention is about withholding."""
        if mention.noun.family not in {"section", "regulation"} or mention.label:
            return ""
        first = mention.items[0]
        code = self._codes.get((mention.noun.family, first.number, *first.levels), "") or self._goes_on(mention)
        if code and has_sections(mention, "FOIA") and withholds(self.letter, self.layout, mention):
            return ""
        return code or self._only_other(mention)

    def _goes_on(self, mention: Mention) -> str:
        """``section 18 of that Act creates the duty and section 19 ...``: one sentence, and the table has both."""
        if self._last is None or not self._last[1]:
            return ""
        last, code = self._last
        begins = self.layout.sentence(mention.start, mention.end)[0]
        return code if last.start >= begins and (f"{code} {_key(mention)}",) in paths("OTHER") else ""

    def _only_other(self, mention: Mention) -> str:
        """The Act named before that alone can have the number: by the table, or as regulations and no EIR named."""
        number = mention.items[0].number
        before = [act for act in acts_before(self.acts, mention.start) if act.code and act.how == "named"]
        if not before:
            return ""
        if not any((number,) in paths(regime) for regime in FAMILIES[mention.noun.family]):
            key = _key(mention)
            return next((act.code for act in reversed(before) if (f"{act.code} {key}",) in paths("OTHER")), "")
        if mention.noun.family != "regulation" or self.law.environmental or self.law.names & {"EIR", "EISR"}:
            return ""
        if number in _CORE and mention.items[0].levels and exists(mention, "EIR"):
            return ""
        return next((act.code for act in reversed(before) if made_under(self.letter, act)), "")


def _key(mention: Mention) -> str:
    return f"{OTHER_PREFIX.get(mention.noun.family, 's')}{mention.items[0].number}"
