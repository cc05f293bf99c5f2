"""What a letter says of the whole of a request in one sentence: some of it given, none of it, all of it.

Such a sentence outweighs what can be gathered from the grounds: ``We hold the information but have decided not to
disclose it`` refuses all, whatever tables and names follow, and ``Some of it is given below`` gives a part.
"""

import re
from collections.abc import Iterator

from parsers.letters.records import Outcome
from parsers.letters.text.layout import Layout
from parsers.letters.text.phrases import Phrases, Words

_GIVEN = "disclosed|released|provided|supplied|given|attached|enclosed|answered|available"
_GIVING = "disclose|release|provide|supply|give|share|send"
_KEPT = "withheld|exempt|exempted|refused|excepted|redacted"
_WHOLE = (
    "any_of|the_information|the_requested|the_data|the_documents|the_document|the_report|what_you|information_you|"
    "any_information"
)

_ASKED = (
    "[the|this|that|your|what|those|these] [requested|relevant] it|this|that|what|information|request|material|data|"
    "documents|records|correspondence|questions|them"
)

_PART = Phrases(
    f"some|part|parts|most|much|sections|elements of {_ASKED} ...60 is|are|was|were|has|have|can|cannot|be|been "
    f"[now|also|being] [been|be] {_GIVEN}|{_KEPT}",
    f"able|can|pleased|happy|decided|agreed|propose [to] {_GIVING} [to] [you] [only] some|part|parts|most of",
    "remainder|rest|remaining|balance ...60 is|are|has|have|be|being|must|cannot|we_are|i_am [also|therefore] "
    f"[been|be|being] {_KEPT}|disclosed|released|provided|given|withholding|refusing",
    f"unable|not_able [to] {_GIVING} [you] [with] some|all|part|parts|most of",
    "partial|partially|partly disclos*|releas*|complian*|provid*|complied|granted|successful|exempt|withheld",
    "disclosed|disclose|release|released|provided in part",
    "part disclosed|released|exempt|withheld|refused|granted|disclosure|release|refusal",
)
_NONE = Phrases(
    f"decided|decision|intend|proposing|propose not to [be] {_GIVING} [you] [with] it|them|{_WHOLE}",
    f"decided|agreed|need|propose|intend to withhold|refuse {_WHOLE}|all|your_request|the_request|everything",
    f"unable|not_able|not_prepared|not_willing to {_GIVING} [you] [with] {_WHOLE}",
    f"none of ...60 can|may|will be {_GIVEN}",
    f"all|whole|entirety|everything ...60 is|are|be|being [therefore|also] {_KEPT}",
    "is|are|been|be withheld|refused|exempt in_full|in_its_entirety|in_their_entirety|entirely",
)
_ALL = Phrases(
    "given|provided|disclosed|released|answered|supplied|enclosed|attached|set_out [to_you|below|here] in_full",
    f"all|everything|whole ...60 is|are|be|being|been [now|therefore] {_GIVEN}|attached|enclosed|below",
    f"can|able_to|pleased_to|happy_to {_GIVING} ...40 in_full|all_of",
    "no exemptions|exceptions apply|applied|have_been",
    "nothing has been|is|was withheld|redacted|kept",
    "no part of your|the request has_been|is|was refused|withheld",
    "no information {3} is|was|has_been withheld",
    "not [been] withheld|redacted|removed|held_back|left_out anything|any",
)
_SUPPOSED = Phrases(
    "if|may|might|could|would|whether|unless|where|should|will", "you asked|requested|said|argue|believe", "act|section"
)
_REACH = 200


def declared(own: Words, layout: Layout, *, grounded: bool) -> tuple[Outcome, re.Match[str]] | None:
    """The outcome that a sentence states for the whole request, and the words of it.

    ``grounded`` says whether the letter relies on a ground: then nothing was given in full, and without one nothing
    was refused.
    """
    for found in _plain(_PART, own, layout):
        if not _ADDS.search(own, found.start(), found.end()) and not own.text.endswith("no ", 0, found.start()):
            return "disclosed_part", found
    if grounded:
        for found in _plain(_NONE, own, layout):
            if not (
                _SCOPE.match(own.text, found.end()) or _ONE.search(own.text, max(0, found.start() - 60), found.start())
            ):
                return "withheld", found
    whole = None if grounded else next(_plain(_ALL, own, layout), None)
    return ("disclosed_full", whole) if whole else None


_ADDS = Phrases("also|additionally|moreover|further|besides")
"""``Some of it is also personal data``: a further ground, beside those for the rest."""
_ONE = re.compile(
    r"\b(?:documents?|pages?|items?|parts?|questions?|points?|annex|appendix|papers?|letters?|rows?|columns?|files?)[ ]"
    r"\(?[0-9a-z]{1,3}\)?\b[^.\n]{0,140}$"
)
"""``Document 4 is withheld in full``: one of several."""
_SCOPE = re.compile(r"[^.\n]{0,60}\b(?:questions?|parts?|points?|items?|sections)[ ][0-9]")
"""``not to disclose the information sought at question 2``: of that question only."""


def _plain(phrases: Phrases, own: Words, layout: Layout) -> Iterator[re.Match[str]]:
    """The matches that are neither supposed nor put off by the words before them in their sentences."""
    for match in phrases.finditer(own):
        start = max(layout.sentence(match.start(), match.end())[0], match.start() - _REACH)
        if _SUPPOSED.search(own, start, match.end()) is None:
            yield match
