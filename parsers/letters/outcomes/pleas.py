"""Refusals that name no provision: a request too costly, vexatious, met with silence, or simply refused.

An authority must name the ground, but many short replies do not (``it would take us past the 600-pound limit``).
"""

import re
from collections.abc import Iterator

from parsers.letters.records import Outcome
from parsers.letters.text.layout import Layout
from parsers.letters.text.phrases import Phrases, Words

_WE = "i|we|council|trust|force|department|university|authority|board|agency|office|service|college|school"

_NCND = Phrases("neither confirm|confirms|confirming nor|or deny|denies|denying", "not|nor {3} confirm or|nor deny")
_COST = Phrases(
    "exceed|exceeds|exceeded|exceeding|beyond|above|over|past|more_than {4} appropriate_limit|cost_limit|fees_limit|"
    "costs_limit|statutory_limit|18_hours|24_hours|40_hours|eighteen_hours|limit_of|\u00a3450|\u00a3600|limit|"
    "this_limit|that_limit|prescribed_limit|450_pounds|600_pounds|600-pound|450-pound|600_pound|450_pound",
)
_NOT_WITHIN = Phrases(
    "cannot|not {1} be met|answered|dealt_with|done within ...40 limit|ceiling|threshold|18_hours|24_hours"
)
_COST_OF = Phrases("cost|costs|time ...80 exceed|exceeds|exceeded this|that|it|the_limit|the_threshold")
_VEXATIOUS = Phrases(
    "is|are|as|considered|deemed|consider vexatious",
    "refuse ...60 vexatious|repeated",
    "need_not|not_obliged_to|not_required_to|not_have_to|no_obligation_to|not_oblige|not_require {3} "
    "comply|answer|respond|deal ...60 "
    "repeat|repeated|identical|substantially_similar",
)
_REFUSED = Phrases(
    f"{_WE} [have|has|am|are|is|must|therefore|will|also] [be] [therefore|had_to|to] "
    "refuse|refuses|refused|refusing|withhold|withholds|withheld|withholding|decline|declines|declined|declining",
    f"{_WE} [have|has|am|are] [also|therefore] decided|agreed not_to "
    "disclose|release|provide|supply|publish|give|share",
    f"{_WE} will|shall|can|do|are|am not [be] [able_to|in_a_position_to|prepared_to|willing_to|going_to] "
    "disclose|release|provide|supply|give|share|disclosing|releasing|providing|supplying ...120 "
    "confidential|confidentiality|commercially|personal|because_of_the_harm|identify|sensitive",
    f"{_WE} can|do|are|am not [be] [able_to|in_a_position_to|prepared_to|willing_to] "
    "disclose|release|give|share|disclosing|releasing ...120 because_it|because_they|because_this|as_it|"
    "as_they|as_this",
    "has|have|been|is|are|be|being [therefore|also|been] withheld|redacted|removed|blanked|blacked_out|taken_out",
    "redacted copy|copies|version|versions|form",
    "is|are [therefore|also] exempt [from]",
    "not be|being [therefore] disclosed|released",
    "consider|considers|considered|find|believe|judge|deem {4} exempt [under|from]",
    "unable|not_able to process|comply|answer|deal_with [with] your|the|this request",
    "unable to {1} disclose|release ...120 confidential|commercially|personal|sensitive|identify",
)
_MARKED = Phrases("withheld|refused|redacted|exempt")
_MARK_BEFORE = re.compile(r"(?:\||:|[ ]{2}|[ ]-)[ ]{1,80}$")
_MARK_AFTER = re.compile(r"[ ]{0,40}(?:[;.,|\n(]|in full)")
"""``Legal advice: withheld``"""
_SUPPOSED = Phrases(
    "if|may|might|could|would|whether|unless|where|should|can", "you asked|requested|said|argue|believe", "act|any"
)
_NEGATED = Phrases("not|no|nothing|never|none|nor")
_REACH = 160

Refused = tuple[Outcome, tuple[int, int]]


def unnumbered(own: Words, layout: Layout) -> Refused | None:
    """What a letter that names no ground refuses for, and the words of it."""
    pleas: tuple[tuple[Phrases, Outcome], ...] = (
        (_NCND, "ncnd"),
        (_COST, "cost_limit"),
        (_COST_OF, "cost_limit"),
        (_NOT_WITHIN, "cost_limit"),
        (_VEXATIOUS, "vexatious_or_repeat"),
        (_REFUSED, "withheld"),
    )
    marked = next(_marked(own), None)
    if marked is not None:
        return "withheld", marked
    for phrases, outcome in pleas:
        found = _plain(phrases, own, layout, outcome)
        if found is not None:
            return outcome, found.span()
    return None


def _marked(own: Words) -> Iterator[tuple[int, int]]:
    """Words of refusal that stand alone beside a title, with the blanks before them."""
    for word in _MARKED.finditer(own):
        before = _MARK_BEFORE.search(own.text, max(0, word.start() - 82), word.start())
        if before is not None and _MARK_AFTER.match(own.text, word.end()):
            yield before.start(), word.end()


def _plain(phrases: Phrases, own: Words, layout: Layout, outcome: Outcome) -> re.Match[str] | None:
    """The first match that is neither supposed nor denied in its sentence."""
    for match in phrases.finditer(own):
        start = max(layout.sentence(match.start(), match.end())[0], match.start() - _REACH)
        supposed = _SUPPOSED.search(own, start, match.start())
        if supposed and supposed[0] in {"would", "could"} and outcome == "cost_limit":
            supposed = None
        if supposed and supposed[0].startswith("you ") and match[0].startswith(("not ", "need ", "no ")):
            supposed = None
        if supposed is None and not (
            outcome != "ncnd" and _NEGATED.search(own, max(start, match.start() - 40), match.start())
        ):
            return match
    return None
