"""What a letter does as a whole: acknowledge, put off, ask back, pass on, answer, or answer a review.

Everything here looks at ``Voices.own``: the letter with quotations, review rights and footers blanked out, place for
place, so that every finding has its words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.letters.outcomes.bearing import Bearing, find_bearing
from parsers.letters.outcomes.bearing_words import EXTENDS, HOPES
from parsers.letters.records import LetterKind, Outcome
from parsers.letters.roles import cues
from parsers.letters.roles.interest import Conclusion
from parsers.letters.text.layout import Layout
from parsers.letters.text.phrases import Phrases, Words

_SUPPOSES = Phrases("if|may|might|could|whether|unless|where", "should you", "allows|enables|permits", "provision for")

_REFUSES = Phrases(
    "refus*",
    "withheld|withhold|withholding|withholds",
    "is|are|be|as|considered|therefore|also|were|was [being] exempt",
    "exempt from|under|by|information|-",
    "exemption|exemptions [that] applies|apply|applied|has|have|is|are|under|in|at|provided|set_out",
    "redact*",
    "section|regulation|exemption|exception {6} has|have|is|applies|apply|was|are [been] applied|engaged|relied",
    "confirm nor|or deny",
    "not [be] provided|provide|providing|disclosed|disclose|disclosing|released|release|releasing",
    "need not|do_not_have_to|does_not_have_to {1} comply|answer|provide|respond",
    "not required|obliged to {2} release|provide|disclose|comply|give|answer|supply",
    "apply|applied|applying|applies|rely|relying|relied|engage|engages|engaged|invoke|invoked {6} "
    "exemption|exemptions|exception|exceptions|section|sections|regulation",
    "is|are|as|considered|deemed|find|be vexatious",
    "vexatious under|within",
    "exceed|exceeds|exceeded {4} limit|18|24|threshold|#",
    "beyond|over|above {3} limit|threshold|18_hours|24_hours|40_hours",
    "declin*",
    "not oblige|require {2} to",
    "manifestly unreasonable",
    "eithri*",
    "gwrthod",
    "excepted",
    "by virtue of section|regulation|exemption",
)


_SECTION_18 = Phrases("section|sec|sec.|s|s. 18", "section18|sec18|sec.18|s18|s.18")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """What the letter as a whole does, as far as it bears on what it means by a provision."""

    bearing: Bearing
    words: tuple[int, int] | None
    """Where the words stand that show it; None for an answer."""
    pending: bool
    """It puts a decision off: an extension of time, a public interest test still open."""
    withholds: bool
    """It says somewhere that something is refused, withheld or redacted."""
    favours_disclosure: bool
    """Its public interest tests all end in favour of disclosure."""

    not_held: bool
    """It says somewhere that something is not held."""
    cites_section_18: bool
    """It names section 18, by which a Scottish authority neither confirms nor denies."""

    @property
    def answers(self) -> bool:
        """Whether anything is decided finally in it."""
        return self.bearing in {"answer", "review"}


def find_stance(own: Words, layout: Layout, conclusions: Sequence[Conclusion]) -> Stance:
    """What a letter does, from what its own voice says and how its public interest tests end."""
    refuses = any(not _supposed(own, layout, found) for found in _REFUSES.finditer(own))
    bearing, found = find_bearing(own, layout, refuses=refuses)
    return Stance(
        bearing=bearing,
        words=found,
        pending=bearing == "holding" or (EXTENDS.search(own) or HOPES.search(own)) is not None,
        withholds=refuses,
        not_held=cues.NOT_HELD.search(own) is not None,
        cites_section_18=_SECTION_18.search(own) is not None,
        favours_disclosure=bool(conclusions) and all(each.verdict == "disclose" for each in conclusions),
    )


def _supposed(own: Words, layout: Layout, found: re.Match[str]) -> bool:
    """Whether words stand in a sentence that supposes or permits: ``if any of it is exempt``, ``may withhold``."""
    start = layout.sentence(found.start(), found.end())[0]
    return _SUPPOSES.search(own, max(start, found.start() - 160), found.start()) is not None


def final_kind(stance: Stance, *, refuses: bool, outcome: Outcome, own: Words) -> LetterKind:
    """The kind of letter, once it is known whether it relies on a ground and how the request came out.

    A refusal notice is an answer that refuses all, or that calls itself one.
    """
    if stance.bearing == "review":
        return "internal_review_outcome"
    if stance.bearing == "cover":
        return "other"
    if stance.bearing != "answer":
        return stance.bearing
    if outcome in _REFUSING or (refuses and (outcome not in _GIVING or "refusal notice" in own.text)):
        return "refusal_notice"
    return "other" if outcome == "other" else "response"


_REFUSING = frozenset({"withheld", "ncnd", "cost_limit", "vexatious_or_repeat"})
"""What only an answer that refuses comes to, even one that names no ground."""
_GIVING = frozenset({"disclosed_full", "disclosed_part"})
