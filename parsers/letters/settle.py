"""What later words of a letter make of earlier ones: reliance told in the past tense and given up farther down."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from parsers.letters.records import Citation

_PAST = re.compile(r"\b(?:was|were|had|did|refused|applied|relied|said|cited|quoted|told|withheld|answered|recorded)\b")
_PRESENT = re.compile(
    r"\b(?:is|are|am|i'm|we're|remains?|continues?|now|therefore|upholds?|upheld|maintains?|confirms?|(?:has|have) "
    r"been|we have|i have|"
    r"applies|apply|withhold|withholding|agree)\b"
)
_PLAIN = frozenset({"relies", "described_in_a_refusal", "named_in_an_answer", "neither_confirm_nor_deny"})
_GONE = frozenset({"withdrawn", "negated"})


def settled(citations: Sequence[tuple[int, Citation]], is_notice: Callable[[], bool]) -> Iterator[tuple[int, Citation]]:
    """The citations with those taken back that tell, in the past tense, of reliance that the letter later gives up.

    A regulator's notice is no letter of that sort: what it records of the authority's claims stands. Each comes with
    the place where its mention ends in ``Letter.text``.
    """
    gone: dict[tuple[str, str], int] = {}
    for end, one in citations:
        if one.role_rule in _GONE:
            gone[one.regime, one.provision] = end
    if gone and is_notice():
        gone.clear()
    for end, one in citations:
        told = " ".join(one.evidence.quote.lower().split())
        past = _PAST.search(told) is not None and _PRESENT.search(told) is None
        if past and one.role_rule in _PLAIN and gone.get((one.regime, one.provision), 0) > end:
            yield end, replace(one, role="withdrawn", role_rule="withdrawn_below")
        else:
            yield end, one
