"""Whether a letter tells that a provision was thought of and left: in its sentence, in the next, or below its heading.

As in ``polarity``, the words are in lower case and with single blanks.
"""

import re

from parsers.letters.roles.polarity import GIVES

_THOUGHT = (
    r"(?:consider(?:ed|ing)?|(?:had|have) told you(?: that)?|"
    r"had a think about|(?:some )?thought (?:was given )?to|had thought(?: that)?|minded to|"
    r"looking at|look at|looked at|looked into|thought about|thought of|explored|examined|discussed|contemplated|"
    r"weighed|"
    r"regard to|asked about|tested|assessed|reviewed|raised|suggested|mooted|proposed|put forward|put to us|put to "
    r"the [a-z]+|floated|mentioned|"
    r"toyed with|"
    r"hesitated over|reflected on|invited (?:us |the [a-z]+ )?to (?:use|apply|consider|treat|rely)|"
    r"wanted|urged|ask(?:ed)? ourselves|wondered|asked "
    r"us to|(?:asked|requested|argued|submitted|"
    r"contended) that|asked (?:us |the [a-z]+ )?(?:to (?:use|apply|"
    r"consider|add|cite|rely on)|for)|objected(?: to [a-z]+)?)"
)
_THOUGHT_BEFORE = re.compile(rf"\b{_THOUGHT}\b[^;]{{0,110}}$")
_THOUGHT_AFTER = re.compile(
    rf"^[^;]{{0,40}}?\b(?:was|were|has been|have been|had been|is|been) (?:also |first |briefly |carefully |initially |"
    rf"once )*{_THOUGHT}\b(?! (?:to be|to apply|that|as|engaged|exempt|appropriate|relevant|applicable))(?P<rest>.*)"
)
_REJECTED = re.compile(
    r"\b(?:not|n't|no|none|neither|nor|never|nothing|unnecessary|against|without|rejected|dismissed|ruled out|"
    r"discounted|left|inapplicable|unavailable|unneeded|irrelevant|"
    r"wrongly|mistakenly|unconvincing|doubtful|cannot|too weak|falls short|fell short|unlikely)\b|n't\b"
)
_KEPT = re.compile(
    r"\b(?:withh\w+|refus\w+|cannot (?:be )?(?:provid|disclos|releas|suppl)\w*|not (?:be )?(?:provid|disclos|releas|"
    r"suppl|giv|sen[dt]|shar|publish|in the public)\w*|"
    r"(?:does|do|is|are) (?:apply|engaged)|outweigh\w*|not (?:be )?tak\w+|not hold|not held|no information)\b"
)
_HAD_THOUGHT = re.compile(
    r"\b(?:had (?:originally |initially |at first |first |once |at one time )?"
    r"(?:marked|meant|intended|planned|proposed|put|entered|listed|been going)|had thought|was minded|were "
    r"minded|had been minded|at first thought|first thought)\b[^;]{0,120}$"
)
_GAVE_THOUGHT = re.compile(
    r"\b(?:gave|given|giving) (?:[a-z]+ )?(?:thought|consideration) to(?: the)?(?: (?:use of|exemption (?:in|at|under)|"
    r"exception (?:in|at|under)))?$"
)
_NEVER_RAISED = re.compile(r"^ ?(?:by|with|in|at|on|earlier|before|[.,;]|$)")
_REJECTS_NEXT = re.compile(
    r"(?<!for )\b(?:and|but)\b[^.;]{0,60}?"
    r"(?:\b(?:not|never|neither|none|no longer|against|unnecessary|inapplicable)\b|n't\b)"
    r"(?! only)(?P<rest>.{0,40})"
)
_ITSELF = re.compile(
    r"(?:\bnot|n't) (?:[a-z]+ ){0,2}?(?:apply|applying|rely on|relying on|use|using|need|invoke|invoking|claim|engage) "
    r"(?:it|this|that|them|either)\b"
)
_GOES_ON = re.compile(
    r"^[ \"(]*(?:it|this|that|these|they|the exemption|the exception|this exemption|this exception|that "
    r"exemption|however|but|on reflection|having|in the end|after|neither|none|as|we|i|our|the council|"
    r"the trust)\b[^.]{0,140}?"
    r"(?:\b(?:not|never|cannot|no|neither|none)\b|n't\b)"
    r"(?: [a-z']+){0,5}? (?:appl\w+|rel(?:y|ied|iance|ying|evant)|engag\w+|met|made out|us(?:e|ed|ing)|needed|"
    r"necessary|"
    r"invok\w+|claim\w*|exempt\w*|satisfied|bites?|arises?|available|holds?|stands?)\b"
)
_IN_SPITE = re.compile(
    r"\b(?:though|although|despite|in spite of|notwithstanding)\b[^;.]{0,60}\b(?:asked|wanted|suggested|argued|"
    r"requested|urged|objected|wishes|"
    r"wish|request|objection)\b[^;.]{0,80}$"
)
_NOT_WON = re.compile(
    r"^(?:we|i|the [a-z]+|our view)\b[^.]{0,60}(?:\bnot\b|n't|\bun)(?: ?[a-z]+){0,2}? ?(?:persuaded|convinced|"
    r"agree\w*|accept\w*|"
    r"share|satisfied|impressed|follow)\b|^(?:we|i) disagree|"
    r"^(?:(?:having|after) [^.]{3,80}? )?(?:we|i|they|the [a-z]+) (?:have|has|did|do|had) "
    r"not(?: done (?:so|that|this))?[.,]|"
    r"^(?:by [a-z ]{3,40} )?(?:it|they|we|i|the [a-z]+) (?:decided|resolved|concluded|thought|answered) (?:no|not|"
    r"otherwise|against)\b"
)
_WAS_WRONG = re.compile(
    r"^(?:it|this|that|which) (?:does not|doesn't|did not|didn't) apply(?! (?:to|where|when|if|unless)\b)|"
    r"^(?:that|this|it|which) (?:was|is) (?:clearly |plainly |simply |unfortunately )?(?:an? |in )?(?:[a-z]+ )?"
    r"(?:slip|mistake|error|wrong|incorrect|typing|misprint)\b"
)
_OBJECT_IS_IT = re.compile(
    r"\b(?:neither|it|this|that|these|they|exemption|exception|exemptions|either|them|engaged|apply)\b"
)


def dismissed(before: str, after: str, following: str) -> bool:
    """Whether a sentence tells that a provision was thought of, and it or the next one that it was left.

    ``before`` and ``after`` are those of the sentence, across its clauses.
    """
    if _ITSELF.search(after) or _IN_SPITE.search(before):
        return True
    raised = _THOUGHT_AFTER.match(after)
    if raised is not None and (_NEVER_RAISED.match(raised["rest"]) or _REJECTED.search(raised["rest"])):
        return not _KEPT.search(raised["rest"])
    if _WAS_WRONG.match(following):
        return True
    thought = _THOUGHT_BEFORE.search(before) is not None
    return _left(before, after, thought=thought) or ((thought or raised is not None) and _left_later(after, following))


def _left(before: str, after: str, *, thought: bool) -> bool:
    """Whether the words after a provision that was thought of say that it was left."""
    rejects = _REJECTS_NEXT.search(after)
    if thought and rejects is not None and GIVES.search(rejects["rest"]) is None:
        return True
    if _GAVE_THOUGHT.search(before) and re.match(r"[^,;.]{0,40},? but ", after):
        return _KEPT.search(after) is None
    return _HAD_THOUGHT.search(before) is not None and " but " in after


def _left_later(after: str, following: str) -> bool:
    """Whether the rest of the sentence, or the next one, says so."""
    rest = re.split(r"\b(?:but|however|and|yet|though|although)\b|[,;-] ", after, maxsplit=1)
    if len(rest) > 1 and _REJECTED.search(rest[1]) and not _KEPT.search(rest[1]):
        return True
    if _NOT_WON.match(following):
        return True
    found = _GOES_ON.match(following)
    return found is not None and _OBJECT_IS_IT.search(found[0]) is not None and not _KEPT.search(found[0])


_DENIED_BELOW = re.compile(
    r"^[^.]{0,170}?(?:\b(?:not (?:agree|accept|consider|think|find|believe)\w* (?:that )?(?:the|this|"
    r"it)\b[^.]{0,40}(?:engaged|appl\w+|relied|met)\b|not (?:been |now )?(?:applied|relied|engaged|upheld|used|"
    r"applicable|apply)|no longer "
    r"(?:relied|rely|relies|"
    r"relying|appl\w+|engaged|maintain\w*)|withdraw\w*|withdrew|overturn\w*|wrongly|incorrectly|does not apply|did "
    r"not apply|cannot be "
    r"relied)\b|n't (?:apply|engaged|applied|used|relied|rely)\b)(?! to (?:all|the rest|every))"
)
_BELOW_OTHER = re.compile(
    r"\b(?:public interest|test|duty|section|regulation|exemption from|overturned by|withdrawn from|withdraw (?:your|"
    r"a))\b"
)


_RELEASED = re.compile(
    r"\b(?:so|therefore|thus|accordingly|and|conclusion:?|hence|outcome:?)\b[^.]{0,90}?\b(?:we|i|the council|the "
    r"trust|the department)?[ ]?"
    r"(?:disclose|release|are disclosing|will disclose|have disclosed|are releasing|decided to (?:disclose|release))\b|"
    r"\b(?:balance|interest)\b[^.]{0,60}\b(?:favou?rs?|in favour of) (?:disclosure|disclosing|release)\b"
)
_HELD_BACK = re.compile(
    r"\b(?:withh\w+|maintain\w*|refus\w+|redact\w*|outweigh\w*|non-disclosure|not disclos\w+|arguments?|factors?|"
    r"considerations?|reasons)\b"
)


def released_below(section: str) -> bool:
    """Whether the words below a heading conclude that what the heading names does not stand in the way."""
    return _RELEASED.search(section) is not None and _HELD_BACK.search(section) is None


def denied_below(following: str) -> bool:
    """Whether the sentence below a heading says that what the heading names does not apply, or no longer."""
    found = _DENIED_BELOW.match(following)
    return found is not None and _BELOW_OTHER.search(found[0]) is None and _KEPT.search(found[0]) is None
