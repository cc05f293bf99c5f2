"""What a letter is for: to acknowledge, to put off, to ask back, to pass on, to bring an attachment, to answer, or to
answer a review.

Everything here looks at ``Voices.own``: the letter with quotations, review rights and footers blanked out, place for
place, so that every finding has its words.
"""

import re
from typing import Literal

from parsers.letters.outcomes import bearing_words as words
from parsers.letters.outcomes.body import only_points
from parsers.letters.text.layout import Layout
from parsers.letters.text.phrases import Phrases, Words

Bearing = Literal[
    "answer",
    "cover",
    "review",
    "acknowledgement",
    "holding",
    "clarification",
    "fees_notice",
    "transfer",
    "auto_reply",
    "bounce",
]
"""What the letter does, before it is known whether its answer refuses."""

_HEAD = 2500
"""Characters in which a letter says what it is."""
_TOP = 300
"""Characters of its very beginning, where an automatic reply gives itself away whatever it says of exemptions."""
_SHORT = 2200
"""Characters of own words up to which a letter may be a mere acknowledgement or question."""

Borne = tuple[Bearing, tuple[int, int] | None]


def find_bearing(own: Words, layout: Layout, *, refuses: bool) -> Borne:
    """What the letter is for, and where the words stand that show it."""
    short = len(own.text) - own.text.count("\n") < _SHORT
    if found := words.BOUNCE.search(own, 0, _HEAD):
        return "bounce", found.span()
    if short and (notice := _notice(own, refuses=refuses)):
        return notice
    if (found := _review(own, layout)) and words.REVIEWED.search(own) and not _reviews_later(own):
        return "review", found.span()
    if pointing := only_points(own, layout):
        return "cover", pointing
    if (found := _passed_on(own)) and not words.GROUNDED.search(own):
        return "transfer", found.span()
    return _unanswered(own, layout, short=short, refuses=refuses)


def _passed_on(own: Words) -> re.Match[str] | None:
    """The first words that pass the request on; an acknowledgement may do so within the authority."""
    for found in words.TRANSFERS.finditer(own):
        if not words.INSIDE.match(own.text, found.end()):
            return found
        if words.ACKNOWLEDGES.search(own) is None or words.WILL_ANSWER.search(own) is None:
            return found
    return None


def _notice(own: Words, *, refuses: bool) -> Borne | None:
    """A message that a machine has written: that the answer lies elsewhere, or that nobody reads what is sent there."""
    elsewhere = None if refuses else words.ELSEWHERE.search(own)
    if elsewhere is not None:
        return "cover", elsewhere.span()
    found = words.AUTO.search(own, 0, _TOP if refuses else _HEAD)
    return ("auto_reply", found.span()) if found else None


def _review(own: Words, layout: Layout) -> re.Match[str] | None:
    """Words near the top that speak of a review carried out, and do not offer one; or a heading of that name."""
    heading = _review_heading(own.text[:_HEAD])
    if heading is not None:
        return heading
    found = (match for match in words.REVIEW.finditer(own, 0, _HEAD) if not _offered(own, layout, match))
    return next(found, None)


def _review_heading(head: str) -> re.Match[str] | None:
    """The first line that is a heading of a review; only lines with that word are looked at."""
    at = head.find("review")
    while at >= 0:
        heading = words.REVIEW_HEADING.match(head, max(0, head.rfind("\n", 0, at)))
        if heading is not None:
            return heading
        line_end = head.find("\n", at)
        at = head.find("review", line_end) if line_end >= 0 else -1
    return None


def _reviews_later(own: Words) -> bool:
    """Whether a review is only promised: it will be carried out, and nothing has been found yet."""
    return words.REVIEW_TO_COME.search(own) is not None and words.FOUND.search(own) is None


def _offered(own: Words, layout: Layout, found: re.Match[str]) -> bool:
    start, end = layout.sentence(found.start(), found.end())
    return words.OFFERS.search(own, max(start, found.start() - 200), min(end, found.end() + 100)) is not None


def _unanswered(own: Words, layout: Layout, *, short: bool, refuses: bool) -> Borne:
    """A letter that does not answer yet, in the order of what says so most clearly."""
    decides, answers = _beside_leaflets(words.DECIDES, own, layout), _beside_leaflets(words.ANSWERS, own, layout)
    acknowledges = words.ACKNOWLEDGES.search(own) if answers is None and words.WILL_ANSWER.search(own) else None
    puts_off = _put_off(own, layout) or (None if acknowledges else words.HOPES.search(own))
    if decides is None and puts_off and (short or not answers):
        return "holding", puts_off.span()
    if refuses and (decides or not acknowledges):
        return "answer", None
    if short and (stalled := words.STALLS.search(own)):
        return "clarification", stalled.span()
    plain = None if decides else own
    said: tuple[tuple[Bearing, re.Match[str] | None], ...] = (
        ("clarification", _asked_back(plain, acknowledges=acknowledges is not None) if plain and short else None),
        ("fees_notice", _charged(plain) if plain and not (acknowledges and "\u00a3" not in own.text) else None),
        ("acknowledgement", acknowledges),
        ("cover", words.TOO_LARGE.search(plain) if plain and short else None),
    )
    return next(((bearing, found.span()) for bearing, found in said if found), ("answer", None))


def _put_off(own: Words, layout: Layout) -> re.Match[str] | None:
    """The first words that put an answer off, and do not tell that an earlier letter did."""
    for found in words.EXTENDS.finditer(own):
        start = layout.sentence(found.start(), found.end())[0]
        told = _TOLD.search(own.text, max(start, found.start() - _REACH), found.start())
        if told is None and _OF_OTHERS.search(own.text, max(start, found.start() - 30), found.start()) is None:
            return found
    return None


_TOLD = re.compile(r"\b(?:in|by) (?:my|our) (?:letter|e-?mail)\b|\b(?:i|we) (?:wrote|promised|told you|said)\b")
_OF_OTHERS = re.compile(
    r"\b(?:options?|rights?|powers?)[ \n](?:to|of)[ \n]$|[,;][ \n](?:which|who)[ \n](?:has|have|had|is|are)[ \n]$"
)
"""``a contract with an option to extend``, ``a court, which has not yet reached``: no delay of this answer."""


def _asked_back(own: Words, *, acknowledges: bool) -> re.Match[str] | None:
    """The first words that ask back; an acknowledgement may only say what happens if it must."""
    found = words.CLARIFIES.finditer(own)
    return next(
        (
            each
            for each in found
            if not (acknowledges and _SHOULD.search(own.text, max(0, each.start() - 60), each.start()))
        ),
        None,
    )


_SHOULD = re.compile(r"\b(?:if|should|where)\b[^.\n]{0,40}$")


def _charged(own: Words) -> re.Match[str] | None:
    """The first words that ask for a fee, and do not only suppose one."""
    found = (each for each in words.FEES.finditer(own) if not _IF.search(own, max(0, each.start() - 60), each.start()))
    return next(found, None)


_IF = Phrases("if|could|might|may|unless|whether|would")


def _beside_leaflets(phrases: Phrases, own: Words, layout: Layout) -> re.Match[str] | None:
    """The first of the phrases that neither hands out a leaflet nor speaks of what the law enables."""
    for match in phrases.finditer(own):
        if words.LEAFLETS.match(own.text, match.end()):
            continue
        if _THE_REQUEST.search(own.text, max(0, match.start() - 40), match.start()) and "set" in match[0]:
            continue
        start = layout.sentence(match.start(), match.end())[0]
        if not _ENABLES.search(own, max(start, match.start() - _REACH), match.start()):
            return match
    return None


_THE_REQUEST = re.compile(r"\b(?:request|enquiry|e-?mail|questions?),?[ \n](?:(?:as|which|is|are|was)[ \n]){0,3}$")
"""``Your request, set out below``: what is below answers nothing."""
_ENABLES = Phrases(
    "enables|allows|lets|permits|entitles",
    "decision to",
    "considering|whether",
    "consider|considers|considered if|any|how|your|the_request|it|what|which|all|and",
    "if any|some|it|an|we|all|the|your|complying",
    "to help|assist you",
    "could|might have",
)
_REACH = 320
"""Characters of a sentence in which a law may be described before it comes to refusals."""
