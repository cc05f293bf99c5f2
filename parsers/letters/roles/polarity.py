"""Whether the words around a provision deny it, take it back, or tell that it was thought of and left.

Everything here looks at strings: the words of the clause before the provision and those after it, in lower case and
with single blanks. A negation counts only where it governs the provision: ``we do not rely on § 43`` denies it, while
``we cannot release it under § 43`` does not. So the first verb after the negation decides whether it is one of relying
or one of giving.
"""

import re
from typing import Final

from parsers.letters.roles.clauses import within_a_relative_clause

REACH: Final = 160
"""How many characters before and after a provision are looked at."""

_NEGATION = re.compile(
    r"\b(?<!or )(?<!whether )(?<!had i )(?<!had we )"
    r"(?:not|never|neither|nor|no(?!\.? ?[0-9])|none|nothing|without|cannot|unable to|decided against|chosen "
    r"against|concluded against|opted against)\b|n't\b|\b(?:isnt|dont|doesnt|didnt|wasnt|arent|havent|hasnt)\b"
)
_EMPHASIS = re.compile(
    r" ?(?:all|every|everything|the whole|only|just|merely|simply|later than|more than|less than|least|limited to|"
    r"exclusively|surprisingly|doubt|(?:difficult|hard) to (?:see|understand|show)|"
    r"withstanding|inference|inferences|other exemptions? than)\b"
)
"""What follows a negation that denies nothing."""
_COGNITIVE = (
    r"consider(?:s|ed)?|think|thought|believ\w+|find|found|accept\w*|agree\w*|persuaded|satisfied|convinced|see|seen|"
    r"clear|certain|sure|correct|right"
)
_RELIANCE = (
    r"appl(?:y|ies|ied|ying|icable|ication)|rel(?:y|ied|ies|ying|iance)|engag\w+|invok\w+|us(?:e|ed|ing)|cit(?:e|ed|"
    r"ing)|"
    r"claim\w*|exempt\w*|except(?:ed|ions?)|cover(?:ed|s)?|caught|falls?|falling|sought|seek\w*|withh\w+|refus\w+|"
    r"redact\w*|uphold\w*|upheld|maintain\w*|pursu\w+|basis|grounds?|case for|need for|recourse|resort\w*|vexatious|"
    r"within|propos\w+|intend\w*|plead\w*|plea|attract\w*|come under|come within|necessary|need to"
)
_GIVING = (
    r"provi(?:de|ded|ding|sion)|disclos\w+|releas\w+|suppl(?:y|ied|ying)|giv(?:e|en|ing)|hold|held|holds|holding|"
    r"oblig\w+|requir\w+|compl(?:y|ied|ying|iance|ete)|entitle\w*|confirm\w*|den(?:y|ies|ied|ying)|say|saying|"
    r"stat(?:e|ing)|"
    r"possible|able|answer\w*|send|sent|shar(?:e|ed|ing)|publish\w*|process|proceed|continue|reveal\w*|show|shown|"
    r"known|respond\w*|reply|accessible|received|recorded|exists?|copy|attach\w*|enclos\w*|includ\w+|appear\w*|"
    r"public interest|outweigh\w*|override\w*|limit|cost|hours|time|make available|made available|arise because"
)
_FIRST = re.compile(rf"\b(?:(?P<thinks>{_COGNITIVE})|(?P<gives>{_GIVING})|(?P<relies>{_RELIANCE}))\b")
GIVES = re.compile(rf"\b(?:{_GIVING})\b")
_APART = re.compile(r" ?[-,:(]")
_GIVES_NEXT = re.compile(rf"^[ ,]*(?:of [^,;]{{0,50}}, )?(?:be |have |to ){{0,2}}(?:{_GIVING})\b")
_BARE = re.compile(
    r"[ ,:]*(?:(?:to|by|under|on|at|in|of|the|an?|any|that|is|are|was|were|does|do|did|has|have|our|its|this|these|"
    r"also|either|exemptions?|exceptions?|provided (?:by|for|at)|contained|set out|and|or)[ ,:]*)*$"
)
"""Nothing but small words between a negation and the provision."""
_CONDITION = re.compile(
    r"\b(?:to the extent that|in so far as|insofar as|in case|if|should|even if|were)\b[^,;]{0,60}$"
)
"""A negation under a condition: one ground is pleaded where another should fail."""
_DUTY = re.compile(
    r"\b(?:duty|duties|obligation|obligations|requirement|right to|test|act|limit|\(1\)\(a\))\b[^,;]{0,90}$"
)
_REASON = re.compile(
    r"(?:appl|aris)\w+[^.]{0,40}\b(?:by virtue of|by reason of|because of|because|due to|owing to|as a result of|"
    r"pursuant to|under|through|where)\b"
)
"""The duty does not apply, for a reason that is the provision."""

_OTHER_THAN = re.compile(
    r"\b(?:other than|except(?: for| under)?|apart from|save for|aside from|with the exception of)"
    r"(?: (?:the|under|those|that|by|of|in|at|exemptions?|exceptions?|for))*$"
)
_INSTEAD = re.compile(
    r"\b(?:instead of|in place of|rather than|as opposed to|in lieu of)"
    r"(?: (?:relying|applying|using|citing|refusing|withholding|it|to|rely|apply|use|cite|on|under|by|the|exemption|"
    r"exception|at|in|of|reliance))*$"
)

_CITATION = (
    r"(?:(?:sections?|ss?\.?|regulations?|regs?\.?|exemptions?|exceptions?) ?)?[0-9]{1,2}[a-z]?(?: ?\([0-9a-z]{1,4}\))*"
)
OWN_WORDS = re.compile(
    rf"^(?:[ ,:'\"-]*(?:of|under|in) (?:the |that )?[^,;.]{{0,70}}?\b"
    rf"(?:act|foia|foisa|foi|regulations|eirs?|eisrs?)\b(?: [12][0-9]{{3}})?|[ ]?\([^)]{{0,90}}\)|"
    rf",? ?(?:and|or|nor|&)? (?:the )?{_CITATION}|"
    r" ?, (?:(?:to|of|on|by|under) which|which|the|that|concerning|relating|about)\b[^,;]{0,80},){0,5}"
)
"""What belongs to the provision itself: its Act, its label, others beside it, a relative clause. It may be nothing."""
DEPENDENT = re.compile(
    r"\b(?:because|since|as|where|when|if|unless|until|so|given|which|who|whose|whereby|to the extent|in so far|"
    r"insofar|in case)\b"
)
_LEFT_BEFORE = re.compile(
    r"\b(?<!not )(?<!not be )(?<!not been )(?<!n't )(?<!n't been )(?<!never )"
    r"(?:ruled out|rule out|discounted|waiv(?:e|es|ed|ing)|disclaim\w*|"
    r"discarded|disregarded|put aside|left aside|refrained from|stopped short of|far from|"
    r"falls? outside|fell outside|outside the scope of|no question of|forgone|renounced)\b[^;,.]{0,60}$|"
    r"\b(?:despite|notwithstanding|in spite of)(?: the (?:exemption|exception) (?:in|at|under))?$"
)
_LEFT_AFTER = re.compile(
    r"^[^;,:.]{0,40}?\b(?:is|was|were|are|has been|had been) (?:soon |quickly |also |then |early )?(?:ruled out|"
    r"discounted|rejected|dismissed|"
    r"discarded|waived|inapplicable|irrelevant|unavailable|unnecessary|of no (?:avail|use|help)|beside the point)\b|"
    r"^[^;,:.]{0,40}?\b(?:hardly|scarcely|barely) (?:arises?|applies|apply|engaged)\b|^ fell at\b"
)
_NO_PLACE = re.compile(
    r"^[^;:.]{0,60}?\b(?:has|have|had|plays?|is of|was of) no (?:place|application|role|part|bearing|relevance|force|"
    r"purchase|effect|relevant)\b"
)
_IS_NO_SUCH = re.compile(r"(?:\bnot|n't) (?:an?|any|the) (?P<what>[a-z' -]{3,60}?) ?\($")
"""Not a trade secret (§ 43): what the provision is about is denied."""
_LED_IN_BY_NOT = re.compile(
    r"(?:\bnot|n't)(?: (?:apply|engaged|relied on|relied upon|used|applied|met|made out))?: ?[-\u2022]?[ ]?$"
)
_LABELLED_NOT = re.compile(
    r"^ ?[-:(][^.;]{3,80}?\bnot (?:used|applied|relied|needed|engaged|applicable|claimed|pursued)\b(?! (?:to|only|"
    r"just))"
)
_AFTER = re.compile(
    r"^(?P<gap>[^;:]{0,70}?)(?:\b(?:is|are|was|were|does|do|did|has|have|had|can|could|should|would|will|to be)\b"
    r"(?: [a-z]+){0,2}? (?:not|never|neither|in no way)\b|\bcannot\b|(?<=[a-z] )\bnot\b|"
    r"\b(?:is|are|was|were|does|do|did|has|have|had|ca|could|should|would|wo)n't\b)(?P<rest>.{0,80})"
)
_ANOTHER = re.compile(
    r"\b(?:public interest|test|duty|duties|obligation|requirement|right|act does|information|data|document|documents|"
    r"names?|it|they|we|i|you|request|records?|disclosure|release|applies|is engaged|relied on|he|she|authority|"
    r"council|and (?:will|is|are|has|have))\b"
)
"""Between a provision and a negation, these are what is denied, and not the provision."""
_NO_USE = re.compile(
    r"^(?: [a-z'-]+){0,4}? (?:the (?:right|correct|proper|appropriate|best) (?:exemption|exception|one|ground|"
    r"section)|appl(?:y|ies|ied|icable)|rel(?:y|ied|iance|ying|evant)|engag\w+|met|made out|"
    r"appropriate\b(?! to)|"
    r"available|com(?:e|ing) (?:in(?:to)?|up)|arise|"
    r"prevent|preclude|forbid|stop us|(?:require|oblige|compel)s? us to (?:withhold|refuse)|"
    r"bite|invoked|claimed|cited|pursued|maintained|upheld|needed|necessary|"
    r"satisfied|justified|sustained?|cover|extend|catch|in play|in question|one we|one that we|used|help|be right|"
    r"assist|in point|at issue|stand|pleaded|"
    r"assist|hold good|made good|succeed|been (?:considered|used|applied))\b|^ ?(?:[.,;:)]|$)|^ (?:been|required|"
    r"needed|apt|right|so)[.,;]"
)

WITHDRAWN_BEFORE = re.compile(
    r"\b(?:withdr[ae]w(?:s|n|ing)?|overturn(?:s|ed|ing)?|overrul\w+|revers\w+|lift(?:s|ed|ing)?|drop(?:s|ped|ping)?|"
    r"abandon\w*|"
    r"disappl\w+|set(?:s|ting)? aside|quash\w*|rescind\w*|remov\w+ (?:the|our) (?:exemption|exception|reliance|"
    r"application|"
    r"use)|no longer [^,;]{0,40}?(?:rely|relies|relying|apply|applies|applying|consider|considers|seek|seeks|seeking|"
    r"maintain|maintains|claim|claims|citing|cite|cites|using|use|believe|think|exempt|withheld|withhold|withholding|"
    r"refus\w+|invok\w+|satisfied|of the view)|"
    r"please (?:now |therefore )?(?:disregard|ignore)|"
    r"(?:wrong|incorrect|mistaken|improper|erroneous|unjustified|not (?:right|correct|entitled|justified)) (?:in|to|"
    r"for us to|"
    r"to have)|"
    r"(?:wrongly|incorrectly|mistakenly|erroneously|improperly|misguidedly)|"
    r"(?:should|ought) (?:not|never) (?:to )?have|in error|does not uphold|do not uphold|not upheld|cannot uphold|"
    r"unable to uphold)\b[^;]{0,90}$"
)
_FOR_ANOTHER = re.compile(
    r"\b(?:and|but)\b[^,;]{0,30}\b(?:rel(?:y|ies|ied)|appl(?:y|ies|ied)|uphold|upheld|maintain|withhold|refuse|"
    r"instead)\b"
)
WITHDRAWN_AFTER = re.compile(
    r"^ ?(?:[-:|] ?)?(?:(?:decision|refusal|exemption|exception) )?(?:reversed|overturned|withdrawn|lifted|not upheld|"
    r"dropped|disapplied|no longer)\b|"
    r"^[^;]{0,60}?\b(?:(?:is|are|was|were|has been|have been|been|be|being) (?:now |also |therefore |hereby |"
    r"accordingly |"
    r"thus )*(?:withdrawn|lifted|overturned|overruled|dropped|abandoned|disapplied|set aside|quashed|rescinded|"
    r"reversed|"
    r"replaced|not upheld|no longer|wrongly|incorrectly|mistakenly|erroneously|in error|misapplied|applied in error|"
    r"cited in error|used in error|relied on in error|applied (?:wrongly|incorrectly|too)|wrong|incorrect|unsound|"
    r"unjustified)|"
    r"(?:fall|falls|fell) away|no longer (?:appl\w+|engag\w+|stand|stands|arise|arises|relevant|needed|maintained|"
    r"relied|holds|bites)|"
    r"(?:should|ought) (?:not|never) (?:to )?have been|(?:was|were) not (?:correctly|properly|rightly|correct)|"
    r"does not survive|do not survive|cannot be (?:maintained|upheld|sustained|defended)|has had its day|"
    r"(?:should|must|may|can) (?:now |therefore )?be (?:disregarded|ignored)|(?:was|were|is) (?:made |given |cited |"
    r"included |quoted )?(?:a mistake|a slip|an error|by mistake))\b"
)

_WELSH = re.compile(
    r"\b(?:nid|nad|ni)\b (?:yw|ydym|ydyw|oedd|ystyrir|ystyriwn|ydynt|ydy|ddibynnir|chymhwysir|ddefnyddir|wyf)\b"
)
_WELSH_USE = re.compile(
    r"\b(?:perthnasol|berthnasol|gymwys|ystyri\w+|dibynn\w+|ddibynn\w+|defnydd\w+|ddefnydd\w+|g?cymhwys\w+|gymhwys\w+|fater)\b"
)
_NOT_SO = re.compile(
    r"(?:\bnot|\bcannot|n't|\bnor) (?:[a-z]+ ){0,2}?(?:agree|accept|consider|think|believe|find|found|persuaded|"
    r"satisfied|convinced)(?: that)?(?: the (?:exemption|exception) (?:in|at|under))?$"
)
"""We do not agree that it was wrongly applied: so it was rightly."""
_COUNTERFACTUAL = re.compile(r"\bhad (?:i|we|it|they|he|she|the [a-z]+) not\b[^,;]*$")
"""Had it not been relied on: so it is."""


_COMPLAINT_OF = re.compile(r"\b(?:complaint|appeal|objection|challenge)\b[^;.]{0,60}$")
_ALLOWED = re.compile(
    r"^[^;.]{0,60}?\b(?:is|are|was|has been) (?:therefore )?(?:allowed|upheld|well founded|well-founded|justified|"
    r"accepted)\b"
)


def plain(text: str) -> str:
    """A passage with every run of blanks made one."""
    return " ".join(text.split())


def denied(before: str, after: str) -> bool:
    """Whether a provision between these words of its clause is said not to apply or not to be relied on."""
    if (before.endswith("had") and "not" in after) or _COUNTERFACTUAL.search(before):
        return False
    if _NOT_SO.search(before) and _called_wrong(after):
        return False
    flipped = _OTHER_THAN.search(before)
    if flipped is not None:
        main = before[: flipped.start()] + after
        return (
            _NEGATION.search(main) is None
            and re.search(r"\buph[eo]ld|\bapplies|\bengaged|\brel(?:y|ied)", main) is not None
        )
    if _denied_in_welsh(before, after):
        return True
    if _LEFT_BEFORE.search(before):
        return True
    return _INSTEAD.search(before) is not None or _denied_after(after) or _denied_before(before, after)


def _denied_in_welsh(before: str, after: str) -> bool:
    """Whether what a Welsh negation governs, which stands behind it, is the use of the provision."""
    found = _WELSH.search(before)
    if found is not None:
        return _WELSH_USE.search(before + after, found.start()) is not None
    found = _WELSH.search(after[:60])
    return found is not None and _WELSH_USE.search(after, found.start()) is not None


def _denied_before(before: str, after: str) -> bool:
    such = _IS_NO_SUCH.search(before)
    if such is not None or _LED_IN_BY_NOT.search(before):
        return such is None or GIVES.search(such["what"]) is None
    negation = None
    for found in _NEGATION.finditer(before):
        if not (
            _EMPHASIS.match(before, found.end())
            or _CONDITION.search(before, 0, found.start())
            or within_a_relative_clause(before, found)
        ):
            negation = found
    if negation is None or (_DUTY.search(before, 0, negation.start()) and not before.endswith(negation[0])):
        return False
    between = before[negation.end() :]
    if _BARE.match(between):
        return _negates_at_once(negation[0], between, after)
    first = _FIRST.search(between)
    if first is None or first["gives"] or _REASON.search(between):
        return False
    rest = between[first.end() :]
    if first["thinks"]:
        return GIVES.search(rest) is None
    return not (len(rest) > 90 or re.search(r"\bbecause\b|\bsince\b|, as\b", rest))


def _negates_at_once(negation: str, between: str, after: str) -> bool:
    """Whether a negation with nothing but small words between it and the provision denies it: ``not under § 43``."""
    if negation == "cannot" or (negation == "no" and "exempt" not in between and "except" not in between):
        return False
    return not _APART.match(between) and _GIVES_NEXT.match(after) is None


def _denied_after(after: str) -> bool:
    if _LABELLED_NOT.match(after) or _NO_PLACE.match(after) or _LEFT_AFTER.match(after):
        return True
    rest = after[OWN_WORDS.match(after).end() :]  # type: ignore[union-attr] # the pattern matches nothing too
    cut = DEPENDENT.search(rest)
    if cut is not None:
        rest = rest[: cut.start()]
    found = _AFTER.match(rest)
    if found is None or _ANOTHER.search(found["gap"]) or _EMPHASIS.match(found["rest"]):
        return False
    return _NO_USE.match(found["rest"]) is not None


def withdrawn(before: str, after: str) -> bool:
    """Whether an earlier reliance on a provision between these words is taken back, or called wrong."""
    if _COUNTERFACTUAL.search(before):
        return False
    if _COMPLAINT_OF.search(before) and _ALLOWED.match(after):
        return True
    found = WITHDRAWN_BEFORE.search(before)
    if found is not None and _FOR_ANOTHER.search(before, found.start()) is None and not _INSTEAD.search(before):
        return True
    return _called_wrong(after) and not _NOT_SO.search(before)


def _called_wrong(after: str) -> bool:
    return WITHDRAWN_AFTER.search(after[OWN_WORDS.match(after).end() :]) is not None  # type: ignore[union-attr] # as above
