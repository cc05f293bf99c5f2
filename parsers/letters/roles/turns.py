"""Turns of speech that say the opposite of their plainest words, or whose verdict stands in the next sentence.

Two negations that make a claim, a third party whose view is not shared, an earlier reliance that the next sentence
gives up, a balance that turns against an exemption that is engaged. They are asked before the plain rules. As in
``polarity``, the words are in lower case and with single blanks.
"""

import re
from typing import Final

from parsers.law.table import ProvisionRow
from parsers.letters.roles.rulings import Ruling
from parsers.letters.roles.surroundings import Surroundings

_RELY = (
    r"(?:apply|applying|rely|relying|use|using|cite|citing|invoke|invoking|claim|claiming|refuse|refusing|withhold|"
    r"withholding|engage|exempt|redact)"
)
_OF = r"(?: (?:the|this|that|an?|exemptions?|exceptions?|grounds?|in|at|under|on|by|to|upon|of|provided))*"
_NO_REASON_NOT = re.compile(
    r"\b(?:no|nor|any|little) (?:[a-z]+ )?(?:reasons?|grounds?|basis|cause|case|justification)\b[^.;,]{0,20}?"
    rf"(?:\bnot to|\bfor not|\bagainst|why (?:we|i|it) (?:should|would|need) not) {_RELY}\b[^.;]{{0,60}}$|"
    rf"\b(?:wrong|remiss|unable|cannot afford|failing in our duty) not to {_RELY}\b[^.;]{{0,60}}$"
)
_IT_IS_WRONG_THAT = re.compile(
    r"(?:\bnot|n't|\bcannot|\bno longer) (?:[a-z]+ ){0,2}?(?:correct|right|true|the case|accurate|so|accept|agree|"
    rf"think|believe|consider|concede|argued|persuaded|said)(?: (?:to say|to argue))?(?: that)?{_OF}$|"
    rf"\b(?:wrong|incorrect|mistaken|untrue|disagree|reject)[^.;,]{{0,25}} that{_OF}$"
)
_DENIES = re.compile(
    r"^(?: (?:here|also|itself))?[^,;.]{0,40}?(?:(?:does|do|is|are|did|was|were|has|can|could|should) not|cannot|"
    r"doesn't|isn't|don't) (?:be )?(?:appl\w+|engaged|rel\w+|met|available|cover|extend|hold|arise|used|invoked)\b"
)
_PROTECTS = re.compile(
    r"^ (?:also |therefore |thus )?(?:protects?|shields?|guards?|keeps?|saves?) (?:it|them|this|these|those|that) from "
    r"(?:being )?(?:releas|disclos|publi|view)"
)
_RIGHT_TO = re.compile(
    r"\b(?:was|were|is|are|been) (?:[a-z]+ )?(?:right|correct|entitled|justified|reasonable) (?:to|in) "
    rf"(?:have )?{_RELY}[^;.]{{0,60}}$"
)
_DOUBTED = re.compile(r"\b(?:not|never|whether|if|neither|nor|cannot|argue\w*|complain\w*|question\w*|you)\b|n't\b|\?")
_OTHERS = (
    r"(?:suppliers?|contractors?|compan(?:y|ies)|bidders?|firms?|tenderers?|owners?|third part(?:y|ies)|landlords?|"
    r"operators?|developers?|authors?|manufacturers?|consultees?|publishers?|consultants?|partners?|providers?|"
    r"vendors?|agents?|applicants?|landowners?|employers?|solicitors?|architects?|lenders?|tenants?|union)"
)
_SAID = (
    r"(?:told|tells|said|says|believes?|believed|thinks?|thought|argues?|argued|asked|asks|wanted|wants|claims?|"
    r"claimed|considers?|considered|objects?|objected|contends?|contended|submits?|submitted|suggests?|suggested|"
    r"cited|cites|feels?|felt|maintains?|maintained|urged?|urges|insists?|insisted|proposed?|proposes|"
    r"wished|wishes|would like)"
)
_THEY_SAID = re.compile(rf"\b{_OTHERS}\b[^;.]{{0,40}}?\b{_SAID}\b[^;.]{{0,160}}$")
_NOT_SHARED = re.compile(
    r"^(?:[a-z]+, )?(?:but |however,? |and )?(?:having [^,.]{3,60}, )?(?:we|i|the [a-z]+|our view)\b[^.]{0,40}?"
    r"(?:(?:\bnot|n't|\bun|\bnever)(?: ?[a-z]+){0,2}? ?(?:share|agree\w*|accept\w*|persuaded|convinced|satisfied|"
    r"follow|support|hold that|think so)\b"
    r"(?! that (?:the [a-z]+ (?:is|are|was|were)|it|all|every))|"
    r"\b(?:disagree|reject|differ|another view|(?:different|opposite|contrary) (?:view|conclusion))\b)|"
    r"^that is not (?:our|the) (?:view|position)\b"
)
_JOINED = re.compile(r"(?:,|;| but| however| yet| and| -) ?(?:but |however,? |yet )?(?=we |i |the |our |that )")
_CITED_THEN = re.compile(
    r"\b(?:was|were|had|did|we|i|council|trust|department|force|university|authority|board|reply|response|letter|"
    r"notice|decision|refusal) (?:[a-z]+ ){0,2}?(?:refused|withheld|cited|relied|applied|quoted|used|invoked|claimed|"
    r"rejected|redacted|declined)\b[^;]{0,120}$"
)
_CANNOT_STAND = re.compile(
    r"^(?:on reflection,? |however,? |having [^,.]{3,60},? |after [^,.]{3,60},? |now,? |today,? |but )?(?:(?:we|i) "
    r"(?:accept|find|agree|think) (?:now )?(?:that )?)?(?:the|that|this|our) (?:use of |reliance on )?(?:that |this )?"
    r"(?:exemption|exception|section|reliance|ground|claim|position|provision|refusal) "
    r"(?:cannot|can not|can no longer|could not|is not|was not|should not|no longer|does not|will not|ought not)\b"
    r" ?(?:to )?(?:have )?(?:been |be |be now )?(?:sustain|maintain|upheld|defend|support|made out|justif|relied|stand|"
    r"kept|hold|appl|engag|survive)"
)
_SET_ASIDE = re.compile(
    r"^[^.]{0,150}\b(?:the|that|this|our|and|which) ?(?:earlier |original |first )?(?:refusal|decision|response|"
    r"exemption)? ?(?:is|was|are|has been|must be|should be|will be)(?: therefore| now| hereby| accordingly| thus)* "
    r"(?:set aside|overturned|reversed|quashed|not upheld)\b(?! in part| as to| only| to the extent| so far)"
)
_YOUR_EARLIER = re.compile(
    r"\b(?:(?:your|an) (?:earlier|previous|last|first|former|other|prior) (?:[a-z]+ )?requests?|when you asked "
    r"(?:before|last))\b[^;]{0,60}?\b(?:we|i|"
    r"was|were|the [a-z]+) (?:had |then )?(?:applied|relied|cited|refused|withheld|used|invoked|claimed|quoted|"
    r"answered)\b[^;.]{0,60}$"
)
_NOW = re.compile(
    r"\b(?:again|still|also|same|likewise|continues?|remains?|now|today|too|this time we (?:also|again))\b"
)
_TURNS = (
    r"(?:however|but|on balance|nevertheless|nonetheless|even so|that said|still|yet|we find|i find|though|on the "
    r"other hand|here)\b"
)
_WEIGHS = re.compile(
    r"\b(?:balance (?:of|favou?r|lies|lay|falls|fell|tips?|came|comes|is|was)|public interest|on balance)"
)
_GIVEN = re.compile(
    r"\b(?:we|i|council|trust|department|board|university|force|authority)(?: (?:are|am|have|has|will|can|therefore|"
    r"so|now|do|hereby|accordingly)){0,3} (?:enclos|attach|releas|disclos|send|supply|provid|publish)\w*|"
    r"\b(?:is|are|has been|have been|will be)(?: (?:therefore|so|now|accordingly|being|hereby)){0,2} (?:enclosed|"
    r"attached|released|disclosed|supplied|provided|given|sent|published|set out)\b"
)
_KEPT_BACK = re.compile(
    r"\b(?:not|never|nor|neither|withh\w+|maintain\w*|refus\w+|redact\w*|non-disclos\w*|outweigh\w*|against|rest|"
    r"remainder|remaining|other|others|else|part|parts|partly|except|apart|save|only|summary|totals?|most|some)\b|n't\b"
)
_ALREADY_KEPT = re.compile(r"\b(?:not|never|withh\w+|refus\w+|redact\w*|maintain\w*|rely|relying)\b|n't\b")
_NOTHING_TAKEN = re.compile(
    r"\b(?:nothing|none of (?:it|them|this|that)|no (?:[a-z]+ ){0,2}[a-z]+) (?:has|have|had|was|were|is|are)(?: been)?"
    r"(?: being)? (?:taken out|taken away|removed|withheld|redacted|blacked out|blanked out|held back|kept back|left "
    rf"out|cut|cut out|deleted|struck out|refused|kept from you) (?:under|by|for|on|because of|in reliance on){_OF}$"
)
_IT_IS_NOT = re.compile(r"^ ?\)?(?:[:;-]| -) ?(?:it|that|they|this) (?:is|are|was|were|does|do|did) not(?:[.,;]|$)")
_NOT_IN_ISSUE = re.compile(
    r"^ (?:is|are|was|were) (?:therefore |thus )?not (?:in issue|at issue|in question|an issue|a question here)\b"
)
_TELL_LATER = re.compile(r"\b(?:where|whether|if|when)\b[^;.]{0,60}$")
_COMES_IN = re.compile(r"^[^.;]{0,40}? (?:appl(?:y|ies)|(?:is|are) (?:engaged|relevant|needed)|comes? in)\b")
_DONE = re.compile(r"\b(?:withh|redact|refus|remov|not (?:disclos|provid|releas))")
_WILL_TELL = re.compile(
    r"\b(?:we|i|you|the [a-z]+) (?:will|shall|would) (?:then |also |of course )?(?:be )?(?:tell|told|let you know|"
    r"inform\w*|advise\w*|explain|write|say so|notif\w+|hear)\b"
)
_AS_IT_STANDS = re.compile(
    r"\b(?:as it (?:now )?stands|as (?:presently|currently|now|it is) (?:worded|framed|phrased|drafted|put)|in its "
    r"(?:present|current) (?:form|shape)|at present|without (?:that|this|an answer|clarification))\b[^;.]{0,60}"
    r"\b(?:would|might|could|may)\b[^;.]{0,80}$"
)
_FIGURE = re.compile(r"^(?: [a-z'/-]+){1,6}(?: \([^)]{1,40}\))?: ?[0-9][0-9,]*(?: [a-z]+)?[.;]?$")
_OWN_FIGURE = re.compile(r"redact|withh|exempt|page|refus|used|appl|information|time|relied|document|record|personal")

_APPLIED = Ruling("relied_on", "relies")
_APPLIED_NCND = Ruling("relied_on_ncnd", "relies")
_LEFT = Ruling("considered_not_applied", "negated")
_SAID_AND_LEFT = Ruling("considered_not_applied", "considered_and_dismissed")
_FOR_RELEASE = Ruling("considered_not_applied", "public_interest_for_disclosure")
_GIVEN_UP = Ruling("withdrawn", "withdrawn")
_PERHAPS = Ruling("possible_future", "possible")
_ONCE: Final = Ruling("requester_quotation", "earlier_answer_recalled")
_COUNTED: Final = Ruling("boilerplate", "other_requests_counted")


def turned(around: Surroundings, row: ProvisionRow, *, review: bool, undecided: bool) -> Ruling | None:
    """The role of a provision in a turn of speech; None where it stands in none.

    ``review`` says that the letter looks again at a decision, ``undecided`` that it decides nothing yet.
    """
    before, after = around.sentence_before, around.sentence_after
    claimed = _claimed(before, after, review=review)
    if claimed is _APPLIED and (row.ncnd or row.kind == "ncnd"):
        return _APPLIED_NCND
    return (
        claimed
        or _only_later(before, after, undecided=undecided)
        or _left(before, after, around.following)
        or _given_up(before, around.following)
        or (_outweighed(after, around.following, around.sentence_before) if row.test == "qualified" else None)
        or _told(before, after)
    )


def _claimed(before: str, after: str, *, review: bool) -> Ruling | None:
    if _NO_REASON_NOT.search(before) or _PROTECTS.match(after):
        return _APPLIED
    if _DENIES.match(after) and _IT_IS_WRONG_THAT.search(before):
        return _APPLIED
    right = _RIGHT_TO.search(before) if review else None
    if right is not None and _DOUBTED.search(before) is None:
        return _APPLIED
    return _sided(before) if review else None


_AS_REGARDS = (
    r"(?: (?:with you|your (?:point|points|argument|arguments|case|view|complaint|challenge)))?,? (?:as regards|as to|"
    r"about|on|regarding|concerning|in respect of|with respect to|in relation to|so far as)(?: the)?"
    r"(?: (?:use|application|exemption|exception|of|in|at|under))*$"
)
_SIDES = re.compile(
    r"\b(?:i|we|panel|reviewer) (?P<no>(?:do not|don't|cannot|am unable to|are unable to|did not) )?(?:therefore |"
    rf"also )?(?P<verb>agree|accept|uphold|disagree|allow){_AS_REGARDS}"
)


def _sided(before: str) -> Ruling | None:
    """In a review: whether the reviewer agrees with the requester about a provision, who has argued against it."""
    found = _SIDES.search(before)
    if found is None or (found["no"] is None and " you" not in found[0]):
        return None
    against = found["no"] is not None or found["verb"] == "disagree"
    return _APPLIED if against else _GIVEN_UP


def _only_later(before: str, after: str, *, undecided: bool) -> Ruling | None:
    if _TELL_LATER.search(before) and _COMES_IN.match(after) and _WILL_TELL.search(before + after):
        return None if _DONE.search(before + after) else _PERHAPS
    return _PERHAPS if undecided and _AS_IT_STANDS.search(before) else None


def _left(before: str, after: str, following: str) -> Ruling | None:
    if _NOTHING_TAKEN.search(before) or _NOT_IN_ISSUE.match(after) or _IT_IS_NOT.match(after):
        return _LEFT
    if _THEY_SAID.search(before) is None:
        return None
    joined = (after[found.end() :] for found in _JOINED.finditer(after[:160]))
    if _NOT_SHARED.match(following) or any(_NOT_SHARED.match(rest) for rest in joined):
        return _SAID_AND_LEFT
    return None


def _given_up(before: str, following: str) -> Ruling | None:
    if _CITED_THEN.search(before) and (_CANNOT_STAND.match(following) or _set_aside(following)):
        return _GIVEN_UP
    return None


def _set_aside(following: str) -> bool:
    found = _SET_ASIDE.match(following)
    return found is not None and re.search(r"\b(?:whether|if|why|not to)\b", found[0]) is None


def _outweighed(after: str, following: str, before: str) -> Ruling | None:
    """What is engaged, where the balance comes out the other way and the thing is given."""
    if _ALREADY_KEPT.search(before):
        return None
    turn = re.search(rf"[,;-] {_TURNS}| but\b", after[:100])
    said = after[turn.start() :] if turn else None
    if said is None and re.match(_TURNS, following):
        said = re.split(r"\.(?: |$)", following, maxsplit=1)[0]
    if said is None or _KEPT_BACK.search(said):
        return None
    return _FOR_RELEASE if _WEIGHS.search(said) and _GIVEN.search(said) else None


def _told(before: str, after: str) -> Ruling | None:
    if _YOUR_EARLIER.search(before) and not _NOW.search(before + after):
        return _ONCE
    return _COUNTED if _FIGURE.match(after) and not _OWN_FIGURE.search(after) else None


_SEVERAL = 2
_CITE = re.compile(r"\b(?:sections?|ss?\.?|regulations?|regs?\.?) ?[0-9]")
_WHICH = ("former", "first", "latter", "last", "second")
_PICKS = re.compile(
    rf"(?:^|[;,] ?(?:and |but |while |whereas )?)(?P<only>only )?(?:the )?(?P<which>{'|'.join(_WHICH)})"
    r"(?: of (?:these|those|them|the two|the three))?(?: (?:exemption|exception|section|one))? "
    r"(?P<verb>(?:is|was|were|are|does|do|did|has|have|can|could|applies|apply|applied|stands)\b[^.;,]{0,40})"
)
_WEIGHED_UP = re.compile(r"\b(?:consider\w*|looked|thought|weighed|examined|explored|asked|tested|assessed)\b")
_NEITHER = re.compile(
    r"^(?:in the end,? |however,? )?(?:neither|none)(?: of (?:these|those|them|the two|the three))?(?: (?:is|was|were|"
    r"has|could|can|be|been|found|thought|held|considered|seen|said|to|in the end)){1,5} (?:appl|engaged|met|made out|"
    r"relied|relevant|needed|available|used)"
)
_APPLIES = re.compile(r"\b(?:appl(?:y|ies|ied|icable)|engaged|met|made out|relied|used|stands|needed|upheld)\b")
_DENIED = re.compile(r"\b(?:not|never|no longer)\b|n't\b")
_ELIDED = re.compile(r"(?:is|was|does|do|did) not ?$")


def picked(around: Surroundings, place: int, many: int) -> Ruling | None:
    """What the next sentence says of one of several provisions: ``only the last of these was found to apply``.

    ``place`` is that of the provision among the ``many`` of its own mention.
    """
    if _NEITHER.match(around.following) and _WEIGHED_UP.search(around.sentence_before):
        return _LEFT
    said = around.following.split(". ")[0]
    found = list(_PICKS.finditer(said)) if any(which in said for which in _WHICH) else []
    if not found:
        return None
    first = len(_CITE.findall(around.sentence_before)) + place
    last = len(_CITE.findall(around.sentence_after)) + many - 1 - place
    if first + last + 1 < _SEVERAL:
        return None
    for pick in found:
        denied = _DENIED.search(pick["verb"]) is not None
        if not (_APPLIES.search(pick["verb"]) or (denied and _ELIDED.search(pick["verb"].rstrip(" .")))):
            continue
        index = {"former": first, "first": first, "second": abs(first - 1)}.get(pick["which"], last)
        if index == 0:
            return _LEFT if denied else _APPLIED
        if pick["only"] and not denied:
            return _LEFT
    return None
