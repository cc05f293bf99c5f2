"""What a letter as a whole says about the law it is written under."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.letters.acts import ActMention
from parsers.letters.clean import Letter
from parsers.letters.records import LetterContext

_MARKER = re.compile(r"[(\[]?(?:\"|')?the (?:foi )?act(?:\"|')?[)\]]")


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterLaw:
    """What the letter as a whole says about the law it is written under."""

    scottish: bool
    environmental: bool
    """Whether it speaks of environmental regulations more than of freedom of information."""
    defined_act: str
    """The regime that the letter defines as "the Act"; empty where it does not."""
    day: str
    """The day of the request or of the letter, ISO; empty where neither is known."""
    names: frozenset[str]


def letter_law(letter: Letter, acts: Sequence[ActMention], context: LetterContext, day: str) -> LetterLaw:
    """Sum up the Acts that a letter names, with what is known of it beforehand."""
    counts = Counter(act.regime for act in acts)
    scots, others = counts["FOISA"] + counts["EISR"], counts["FOIA"] + counts["EIR"]
    if context.nation is None:
        scottish = scots > others or (scots > 0 and "scottish information commissioner" in letter.lower)
    else:
        scottish = context.nation == "scotland"
    environmental = counts["EIR"] + counts["EISR"] > counts["FOIA"] + counts["FOISA"]
    if context.law_used is not None and not acts:
        environmental = context.law_used.lower() == "eir"
    return LetterLaw(
        scottish=scottish,
        environmental=environmental,
        defined_act=_defined(letter, acts),
        day=context.request_date or day,
        names=frozenset(act.regime for act in acts),
    )


def _defined(letter: Letter, acts: Sequence[ActMention]) -> str:
    """The regime that the letter defines as "the Act": ``... Act 2000 ("the Act")``."""
    for act in acts:
        if act.regime in {"FOIA", "FOISA"}:
            after = letter.lower[act.end : act.end + 24].strip(" \n,")
            if _MARKER.match(after):
                return act.regime
    return ""
