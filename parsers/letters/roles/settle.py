"""What later words of a letter make of earlier ones: reliance told in the past tense and given up farther down."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from parsers.law.table import lookup
from parsers.letters.records import RELIED_ON, Citation
from parsers.letters.roles.tenor import Tenor

_PAST = re.compile(
    r"\b(?:was|were|had|did|refused|applied|relied|said|cited|quoted|told|withheld|answered|recorded|wrote|logged|"
    r"dealt|handled|gwrthodwyd|atebwyd|dibynnwyd)\b"
)
_PRESENT = re.compile(
    r"\b(?:is|are|am|i'm|we're|remains?|continues?|now|therefore|upholds?|upheld|maintains?|confirms?|(?:has|have) "
    r"been|we have|i have|"
    r"applies|apply|withhold|withholding|agree)\b"
)
_WOULD_APPLY = re.compile(r"\b(?:would|might|could) (?:[a-z]+ )?apply\b")
_TIME = re.compile(
    r"\b(?:(?:years?|months?|weeks?) ago|last (?:year|month|time|summer|winter)|previous(?:ly)?|earlier|similar "
    r"request|in (?:19|20)[0-9]{2}|"
    r"in (?:january|february|march|april|may|june|july|august|september|october|november|december))\b"
)
_ANSWERED = re.compile(
    r"\b(?:we (?:had )?(?:told|refused|relied|cited|withheld|answered)|(?:you|he|she|they) (?:were|was) told|"
    r"(?:request|requests|one|it) "
    r"(?:of yours |you made |from you )?(?:in [12][0-9]{3} |of [^,;.]{3,20} )?(?:was|were) (?:refused|answered|turned "
    r"down|rejected))\b"
)
_UNDECIDED = frozenset({"claimed_pending_pit", "possible_future"})
_PLAIN = frozenset(
    {"relies", "earlier_decision_upheld", "described_in_a_refusal", "named_in_an_answer", "neither_confirm_nor_deny"}
)
_GONE = frozenset({"withdrawn", "negated"})


_TOLD = frozenset({"guidance", "described", "heading", "heading_of_statute", "voice_statute"})
"""Rules by which a provision is only told of, for want of words that apply it."""


def lacks_a_ground(citations: Sequence[tuple[int, Citation]]) -> bool:
    """Whether a letter tells of grounds and relies on none, so that a refusal in it would have none."""
    return any(one.role_rule in _TOLD for _, one in citations) and not any(
        one.role in RELIED_ON or one.role in _UNDECIDED for _, one in citations
    )


def _grounded(citations: Sequence[tuple[int, Citation]]) -> Iterator[tuple[int, Citation]]:
    """The citations with the first ground of which is told made the one that is relied on: a refusal has a ground."""
    first = next((one for _, one in citations if one.role_rule in _TOLD and _is_ground(one)), None)
    for end, one in citations:
        if (
            first is not None
            and (one.regime, one.provision) == (first.regime, first.provision)
            and one.role_rule in _TOLD
        ):
            yield end, replace(one, role="relied_on", role_rule="only_ground_of_a_refusal")
        else:
            yield end, one


def _is_ground(one: Citation) -> bool:
    row = lookup(one.regime, one.provision)
    return row is not None and row.refusal_ground


def is_recalled(sentence: str) -> bool:
    """Whether a sentence, in lower case, tells how something was answered at another time, and nothing of now."""
    return (
        _TIME.search(sentence) is not None
        and _ANSWERED.search(sentence) is not None
        and _PRESENT.search(sentence) is None
    )


def settled(citations: Sequence[tuple[int, Citation]], tenor: Callable[[], Tenor]) -> Iterator[tuple[int, Citation]]:
    """The citations with those taken back that tell, in the past tense, of reliance that the letter later gives up.

    A regulator's notice is no letter of that sort: what it records of the authority's claims stands. Each comes with
    the place where its mention ends in ``Letter.text``.
    """
    if lacks_a_ground(citations) and tenor().refuses:
        yield from _grounded(citations)
        return
    gone: dict[tuple[str, str], list[int]] = {}
    for end, one in citations:
        if one.role_rule in _GONE:
            gone.setdefault((one.regime, one.provision), []).append(end)
    if gone and tenor().notice:
        gone.clear()
    given_up = _given_up(citations, gone, tenor)
    for end, one in citations:
        key = one.regime, one.provision
        denied = gone.get(key, ())
        told = ((denied and denied[-1] > end) or key in given_up) and _is_told(one)
        if told or _answered_again(end, one, denied, tenor):
            yield end, replace(one, role="withdrawn", role_rule="withdrawn_below")
        else:
            yield end, one


def _answered_again(end: int, one: Citation, denied: Sequence[int], tenor: Callable[[], Tenor]) -> bool:
    """Whether a review has, right behind the first answer in a row or sentence, that its ground is given up."""
    place = bisect_right(denied, end)
    close = place < len(denied) and denied[place] - end < _RIGHT_BEHIND
    return close and one.role_rule in _PLAIN and tenor().revisits


_RIGHT_BEHIND = 120
"""Characters from one mention to another of the same row."""


def _is_told(one: Citation) -> bool:
    """Whether reliance is told in the past tense, and nothing of now."""
    told = _WOULD_APPLY.sub(" ", " ".join(one.evidence.quote.lower().split()))
    return one.role_rule in _PLAIN and _PAST.search(told) is not None and _PRESENT.search(told) is None


def _given_up(
    citations: Sequence[tuple[int, Citation]], gone: Mapping[tuple[str, str], Sequence[int]], tenor: Callable[[], Tenor]
) -> frozenset[tuple[str, str]]:
    """The grounds of an earlier answer that a letter gives up without their number: ``that exemption is withdrawn``.

    Only those that nothing but the story of that answer names; where one is given up, there must be no more than one.
    """
    relied = [one for _, one in citations if one.role in RELIED_ON]
    if not relied or not tenor().gives_up or tenor().notice:
        return frozenset()
    told = {(one.regime, one.provision) for one in relied if _is_told(one)}
    told -= {(one.regime, one.provision) for one in relied if not _is_told(one)}
    told -= gone.keys()
    all_of_them = tenor().gives_up == "all" or (tenor().gives_up == "one" and len(told) == 1)
    return frozenset(told) if all_of_them else frozenset()
