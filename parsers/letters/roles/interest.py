"""How a letter's public interest tests come out: for disclosure, or for the exemption."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from parsers.letters.text.layout import Layout
from parsers.letters.text.phrases import Phrases, Words

Verdict = Literal["disclose", "withhold"]

_KEEP = (
    "maintaining|maintain|maintenance|withholding|withhold|withheld|non-disclosure|nondisclosure|not_disclosing|"
    "not_releasing|refusing|refusal|"
    "the_exemption|the_exception|this_exemption|this_exception|exempting|applying|upholding|neither|"
    "not_confirming|exemption|exception"
)
_GIVE = "disclosure|disclosing|disclose|release|releasing|openness|transparency|providing"
_LEANS = (
    "is_in|lay|lay_in|favours|favour|favouring|lies|lie|falls|fall|rests|supports|support|weighted|weighs|in_favour"
)

_TESTS = Phrases(
    "public interest",
    "balance favours|lies|falls|is|was|comes|came|tips|tipped",
    "balance of public|interests",
    "arguments|factors|considerations|reasons ...60 outweigh|outweighs",
)
_WITHHOLD = Phrases(
    f"{_KEEP} ...200 outweigh|outweighs|outweighed",
    f"outweighed by ...100 {_KEEP}",
    f"{_LEANS} ...40 {_KEEP}",
    f"{_GIVE} ...120 is|are outweighed",
    f"against {_GIVE} ...60 outweigh|outweighs",
    f"balance|interest {{2}} against {_GIVE}",
    f"interest ...160 outweighs|outweigh|greater_than ...60 {_GIVE}|making|knowing",
    "not [be] in {2} public interest to disclose|release|provide",
    "in the public interest [not] to withhold|maintain|refuse",
    f"{_KEEP} ...80 is|are|was|were|has|have|carries|carry|should|must [the] [therefore] "
    "greater|stronger|weightier|more|prevails|prevail|be_maintained",
    f"against {_GIVE}",
)
_DISCLOSE = Phrases(
    f"{_GIVE} ...120 outweigh|outweighs",
    f"{_LEANS} [in] [with] [of] [favour] [of] [the] [full] {_GIVE}",
    f"{_LEANS}|is|was [in] favour of [the] giving|publishing|publication|sending",
    f"balance|interest ...40 comes|came|come|tips|tipped [down] on|in|to|towards [the] side|favour of {_GIVE}",
    f"interest in {{1}} {_GIVE} prevails|prevail|prevailed",
    f"interest in {_GIVE} prevails|prevail|prevailed",
    "in the public interest to disclose|release|provide",
    f"{_GIVE} ...60 is|are|was|were|has|have|carries|carry [the] greater|stronger|weightier|more",
)
_WEIGHED = Phrases(
    "outweigh|outweighs|outweighed", "greater|stronger|weightier", "prevail|prevails", "against {2} release"
)
"""Words that decide even where the sentence speaks of arguments for one side."""
_SIDES = Phrases("arguments|factors|considerations|reasons {4} in_favour_of|for|favouring|supporting|favour|against")
_PRESUMED = Phrases("presumption", "presumed|presume in", "assumption in")
"""What the law presumes for disclosure, and no result of weighing."""
_KEEPING = re.compile(r"\b(?:maintain|withhold|uphold)")
"""Between disclosure and what outweighs, these are what outweighs it."""
_UNDECIDED = Phrases(
    "whether|unless|if ...160 outweigh|outweighs|favour|favours|lies|lie|balance|weighed",
    "whether|unless|if {3} in the public interest",
    "to establish|determine|decide|assess|ask whether",
    "key test",
    "must consider|weigh|be_weighed|balance",
    "required to",
    "require|requires us|the|that|a|public",
    "subject to",
    "only if|where",
    "not yet",
)


_CONCEDES = re.compile(
    r"[ \n\u2022-]*(?:whilst|while|although|though|despite|notwithstanding|even though)\b[^,;.]{0,300},"
)
_NOT_OUTWEIGHED = re.compile(
    r"(?:\b(?:not|cannot|insufficient|fails? to)\b|n't\b)(?![ \n](?:disclos|releas|provid|mak|publish|confirm|"
    r"withhold|allow))"
    r"(?:(?![ \n]and[ \n]|[ \n]but[ \n])[^.;,]){0,90}?\boutweigh"
)
"""What does not outweigh loses."""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """The sentence in which a public interest test ends, as offsets into ``Letter.text``."""

    verdict: Verdict
    start: int
    end: int


def find_conclusions(own: Words, layout: Layout) -> tuple[Conclusion, ...]:
    """Every sentence of the authority's own voice that says where the public interest lies, in order."""
    return tuple(_conclusions(own, layout))


def _conclusions(own: Words, layout: Layout) -> Iterator[Conclusion]:
    done = -1
    for test in _TESTS.finditer(own):
        start, end = layout.sentence(test.start(), test.end())
        if start <= done:
            continue
        done = start
        if _UNDECIDED.search(own, start, end) or (
            _SIDES.search(own, start, end) and not _WEIGHED.search(own, start, end)
        ):
            continue
        verdict = _verdict(own, start, end)
        if verdict is not None:
            yield Conclusion(verdict, start, end)


def _verdict(own: Words, start: int, end: int) -> Verdict | None:
    """For disclosure or against it, whichever the sentence says first; what it only concedes is passed over."""
    conceded = _CONCEDES.match(own.text, start, end)
    start = conceded.end() if conceded else start
    presumed = _PRESUMED.search(own, start, end)
    withhold = _WITHHOLD.search(own, start, end)
    disclose = None if presumed else _DISCLOSE.search(own, start, end)
    if disclose is not None and _KEEPING.search(disclose[0]):
        disclose = None
    favours: Verdict | None = "withhold" if withhold is not None else None
    if disclose is not None and (withhold is None or disclose.start() < withhold.start()):
        favours = "disclose"
    if favours is None or _NOT_OUTWEIGHED.search(own.text, start, end) is None:
        return favours
    return "withhold" if favours == "disclose" else "disclose"
