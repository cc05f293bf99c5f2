"""What ``the Act`` and ``the Regulations`` point at, and which Data Protection Act one without a year is."""

import re
from dataclasses import replace

from parsers.letters.citing.expand import paths
from parsers.letters.citing.friends import WITHHOLDS
from parsers.letters.citing.mentions import Mention
from parsers.letters.laws.acts import ActMention, acts_before
from parsers.letters.laws.choose import SCOTTISH, exists
from parsers.letters.laws.letterlaw import LetterLaw
from parsers.letters.text.clean import Letter
from parsers.letters.text.layout import Layout

GDPR_DAY = "2018-05-25"
"""When the Data Protection Act 2018 and the GDPR replaced the Act of 1998."""

_ACTS = frozenset({"FOIA", "FOISA", "DPA", "DPA1998", "DPA2018", "OTHER"})
_REGULATIONS = frozenset({"EIR", "EISR", "UKGDPR", "OTHER"})
_MADE_UNDER = re.compile(r"\b(?:regulations?|rules|order)\b")
"""What is made under an Act, and is none."""
_PROCEDURAL = frozenset({"1", "2", "3", "8", "9", "10", "11", "12", "14", "16", "17", "45", "46", "50", "57"})
"""Sections that a reply cites of the Act on freedom of information whatever other Act was named last."""


class Pointer:
    """Finds the Act that a mention points back at."""

    def __init__(self, letter: Letter, layout: Layout, acts: tuple[ActMention, ...], law: LetterLaw) -> None:
        self.letter = letter
        self.layout = layout
        self.acts = acts
        self.law = law

    def act(self, mention: Mention, pointing: ActMention) -> ActMention:
        """The Act so defined, else the one named last that has the provision, else one that none names."""
        regulations = pointing.how == "the_regulations"
        kinds = _REGULATIONS if regulations else _ACTS
        recent = acts_before(self.acts, pointing.start)
        named = [act for act in recent if self._fits(act, kinds, regulations=regulations)]
        if pointing.how == "that_act" and named:
            return _as(named[-1], pointing)
        if pointing.how == "the_act" and self.law.defined_act:
            return replace(pointing, regime=self.law.defined_act, how="named")
        for act in reversed(named):
            if self._meant(mention, act, named):
                return _as(act, pointing)
        return replace(pointing, regime=self._unnamed(mention, "EIR" if regulations else "FOIA"), how="named")

    def _unnamed(self, mention: Mention, british: str) -> str:
        """Where none is named that fits: the one law with the form as printed, else that of the nation."""
        order = (SCOTTISH[british], british) if self.law.scottish else (british, SCOTTISH[british])
        return next((regime for regime in order if exists(mention, regime)), order[0])

    def dated(self, regime: str, mention: Mention) -> str:
        """The Data Protection Act that was in force, where the letter does not print its year."""
        if regime != "DPA":
            return regime
        if self.law.day:
            return "DPA1998" if self.law.day < GDPR_DAY else "DPA2018"
        return "DPA1998" if "DPA1998" in self.law.names or not exists(mention, "DPA2018") else "DPA2018"

    def _fits(self, act: ActMention, kinds: frozenset[str], *, regulations: bool) -> bool:
        """Whether what is named can be meant by ``the Regulations``, or else by ``the Act``."""
        if act.how != "named" or act.regime not in kinds:
            return False
        return act.regime != "OTHER" or made_under(self.letter, act) == regulations

    def _meant(self, mention: Mention, act: ActMention, named: list[ActMention]) -> bool:
        """Whether a named Act has the provision, and no Act on freedom of information is meant rather than it."""
        regime = self.dated(act.regime, mention)
        free = [each.regime for each in named if each.regime in {"FOIA", "FOISA", "EIR", "EISR"}]
        if regime in {"FOIA", "FOISA", "EIR", "EISR"}:
            return _has(mention, regime)
        if not any(_has(mention, other) for other in free or ("FOISA" if self.law.scottish else "FOIA",)):
            return True
        if regime != "OTHER" and not exists(mention, regime):
            return False
        return act is named[-1] and self._spoken_of(mention, act)

    def _spoken_of(self, mention: Mention, act: ActMention) -> bool:
        """Whether the paragraph is about that other Act: it names it, and neither withholds nor tells of procedure."""
        if {item.number for item in mention.items} & _PROCEDURAL:
            return False
        begin, _ = self.layout.paragraph(mention.start, mention.end)
        start, end = self.layout.sentence(mention.start, mention.end)
        near = max(start, mention.start - 300), min(end, mention.end + 300)
        return act.start >= begin and WITHHOLDS.search(self.letter.lower, *near) is None


def made_under(letter: Letter, act: ActMention) -> bool:
    """Whether it is regulations, rules or an order that is named, and not an Act."""
    return _MADE_UNDER.search(letter.lower, act.start, act.end) is not None


def _as(act: ActMention, pointing: ActMention) -> ActMention:
    return replace(act, start=pointing.start, end=pointing.end)


def _has(mention: Mention, regime: str) -> bool:
    return all((item.number,) in paths(regime) for item in mention.items if item.number)
