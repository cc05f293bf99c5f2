"""What a letter does as a whole: acknowledge, put off, ask back, pass on, answer, or answer a review.

Everything here looks at ``Voices.own``: the letter with quotations, review rights and footers blanked out, place for
place, so that every finding has its words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from parsers.letters.interest import Conclusion
from parsers.letters.phrases import words
from parsers.letters.records import LetterKind

Bearing = Literal[
    "answer", "review", "acknowledgement", "holding", "clarification", "fees_notice", "transfer", "auto_reply", "bounce"
]
"""What the letter does, before it is known whether its answer refuses."""


_BOUNCE = words(
    r"delivery (?:has )?failed",
    r"undeliver(?:able|ed)",
    r"mail delivery (?:failed|subsystem)",
    r"could not be delivered",
    r"message was not delivered",
    r"recipient address rejected",
    r"user unknown",
    r"delivery status notification",
)
_AUTO = words(
    r"out of (?:the )?office",
    r"automat(?:ic|ed) (?:reply|response|e-?mail|acknowledge?ment)",
    r"this is an automat",
    r"auto-?reply",
    r"i am (?:currently )?on (?:annual |maternity |sick )?leave",
    r"no longer works? (?:for|at)",
    r"please do not reply to this",
)
_ACKNOWLEDGES = words(
    r"acknowledg(?:e|es|ing|e?ment of) (?:the )?(?:receipt|your)",
    r"confirm(?:s|ing)? (?:the )?receipt",
    r"(?:thank you for|(?:have|has) received) your (?:[a-z]+ ){0,4}?(?:request|e-?mail|enquiry|letter|correspondence)",
    r"request (?:has been|was|is being) (?:[a-z]+ )?(?:logged|registered|allocated|received|recorded|processed)",
    r"(?:has|have) been (?:received|logged)",
    r"receiving attention",
    r"cydnabod",
)
_WILL_ANSWER = words(
    r"(?:we|you|i|the [a-z]+|which) (?:will|shall|should|must|aim to|hope to|expect to|can expect)(?: [a-z]+){0,2}? (?:respond|reply|receive|be in (?:touch|contact)|provide|endeavour|send|get back|write|contact|process|deal)",
    r"within (?:the )?(?:statutory )?(?:20|twenty)(?: \(20\))? (?:working|school) days",
    r"(?:response|reply|answer) (?:will be|is|should be) (?:sent|due|provided|issued|with you)",
    r"respond to (?:you|your request|it) (?:within|by)",
    r"(?:by )?no later than",
)
_EXTENDS = words(
    r"exten(?:d|ded|ding|sion)(?: [a-z]+){0,8}? (?:time|deadline|period|limit|by|until|to|response|timescale)",
    r"(?:need|require|requires|needs|take) (?:more|further|additional|extra|some more) time",
    r"not (?:be able|yet able|been able|in a position) to (?:provide|respond|reply|complete|send|answer)[^.]{0,90}?(?:within|by|timescale|deadline|initial|yet|at this time)",
    r"not yet (?:reached|made|been able|completed|concluded)",
    r"still (?:considering|consulting|collating|gathering|working on|being (?:considered|processed))",
    r"(?:hope|aim|expect|will endeavour) to (?:be able to )?(?:respond|reply|provide|send|let you have|issue)[^.]{0,90}?(?:by|within|before|as soon as)",
    r"(?:response|reply|request) (?:has been|is|was|will be) delayed",
)
_CLARIFIES = words(
    r"(?:could|can|would|will) you (?:please |kindly )?(?:clarify|confirm (?:what|which|whether|if)|specify|be more specific|provide (?:more|further) (?:detail|information|clarif)|let (?:me|us) know (?:what|which|whether))",
    r"please (?:could you |can you |would you )?(?:clarify|specify)",
    r"(?:need|require|seek|seeking|request|requesting|ask for|asking for|need you to) (?:some |further |more |you to )?clarif",
    r"clarification (?:is )?(?:required|needed|requested|from you|before)",
    r"unclear (?:what|which|as to|from)",
    r"before (?:we|i) can (?:proceed|process|progress|accept|begin|continue)",
)
_FEES = words(
    r"fees? notice",
    r"payment of (?:a|the) (?:fee|charge)",
    r"on receipt of (?:the |your )?(?:fee|payment)",
    r"(?:fee|charge) of £",
)
_REVIEW = words(
    r"(?:conducted|completed|carried out|undertaken|concluded|finished|outcome of|result of|response to|reply to|request for|requested|requesting|asked for|asking for) (?:[a-z]+ ){0,5}?(?:internal )?review",
    r"internal review (?:outcome|response|decision|panel|has|is now|was|which|of|into)",
    r"(?:this|your|the|my|our) (?:internal )?review",
    r"review (?:of )?(?:our|the|my) (?:original |initial |handling |earlier )*(?:decision|response|handling|refusal|reply)",
    r"\binternal review\b",
)
_REVIEWED = words(
    r"review(?:ed|er|ing)? (?:officer|has|have|is|was|concludes|found|the|your|our|into|panel|decision|of)",
    r"uph(?:old|eld|olding)",
    r"my (?:decision|review|findings|conclusion)",
    r"(?:original|initial|earlier|first) (?:response|decision|request|refusal|reply)",
    r"(?:conducted|completed|carried out|undertaken) (?:an? |the |this |my |our )?(?:internal )?review",
    r"your complaint",
)
_TRANSFERS = words(
    r"(?:have|has been|been|are|is being|will be|therefore) transferr(?:ed|ing) (?:your |the |this |it )?(?:[a-z]+ ){0,3}?to",
    r"(?:passed|forwarded|redirected|sent) (?:your |the |this )?(?:request|enquiry|e-?mail) (?:on )?to (?:the )?",
    r"request (?:has been|was|that you sent[^.]{0,80}has been|is being) (?:passed|forwarded|transferred|redirected) (?:on )?to",
    r"transfer(?:ring)? (?:of )?your request (?:to|has)",
)
_ANSWERS = words(
    r"please (?:find|see|refer)",
    r"(?:response|answer|reply|answers?) (?:is|are|can be found|below|set out|follows|to (?:your|the) (?:request|question)|as follows)",
    r"(?:response|answer|reply|decision) ?:",
    r"(?:i|we) (?:can|am able to|are able to|do|hereby) (?:also )?(?:confirm|disclose|provide|advise|inform|answer|tell)",
    r"(?:do|does|did) (?:not )?(?:currently )?hold",
    r"(?:is|are) (?:not )?held",
    r"information (?:that )?(?:you )?(?:have )?requested (?:is|are|can|has)",
    r"(?:attached|enclosed)",
    r"decided (?:not )?to",
    r"set out below",
    r"there (?:are|is|were|was) (?:no|currently|[0-9])",
)
_REFUSES = words(
    r"\brefus(?:e|ed|al|ing)\b",
    r"withh(?:eld|old|olding)",
    r"(?:is|are|be|as|considered|therefore|also|were|was) (?:being )?exempt",
    r"exempt (?:from|under|by|information)",
    r"exemptions? (?:that )?(?:applies|apply|applied|has|have|is|are|under|in|at|provided|set out|:)",
    r"redact",
    r"(?:section|s\.?|regulation|reg\.?) ?[0-9]{1,2}[()0-9a-z]*(?: and [()0-9a-z]+)? (?:has|have|is|applies|apply|was|are) (?:been )?(?:applied|engaged|applies)?",
    r"confirm n?or deny",
    r"not (?:be )?(?:provid|disclos|releas)(?:e|ed|ing)",
    r"(?:apply|applied|applying|applies|rely|relying|relied|engage|engages|engaged|invoke|invoked)(?: [a-z]+){0,5}? (?:exemption|exception|section|regulation|s\.?[0-9])",
    r"vexatious",
    r"exceed(?:s|ed)? (?:[a-z]+ ){0,4}(?:limit|18|24|threshold|£)",
    r"manifestly unreasonable",
    r"eithri",
    r"gwrthod",
    r"excepted",
    r"by virtue of (?:section|s\.|regulation|exemption)",
)


_DECIDES = words(
    r"please (?:find|see)",
    r"attached",
    r"(?:is|are|be) (?:therefore )?exempt (?:from|under)",
    r"redact",
    r"refus",
    r"withheld",
)

_WITHHOLDS = words(r"please find", r"exempt (?:from|under)", r"redact", r"refus", r"withheld")


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

    @property
    def answers(self) -> bool:
        """Whether anything is decided finally in it."""
        return self.bearing in {"answer", "review"}


def find_stance(own: str, conclusions: Sequence[Conclusion]) -> Stance:
    """What a letter does, from what its own voice says and how its public interest tests end."""
    refuses = _REFUSES.search(own)
    bearing, found = _bearing(own, refuses=refuses is not None)
    pending = bearing == "holding" or _EXTENDS.search(own) is not None
    return Stance(
        bearing=bearing,
        words=found.span() if found else None,
        pending=pending,
        withholds=refuses is not None,
        favours_disclosure=bool(conclusions) and all(each.verdict == "disclose" for each in conclusions),
    )


def final_kind(stance: Stance, *, refuses: bool, discloses: bool, own: str) -> LetterKind:
    """The kind of letter, once it is known whether it relies on a ground and whether it discloses anything.

    A refusal notice is an answer that refuses all, or that calls itself one.
    """
    if stance.bearing == "review":
        return "internal_review_outcome"
    if stance.bearing != "answer":
        return stance.bearing
    if refuses and (not discloses or "refusal notice" in own):
        return "refusal_notice"
    return "response" if own.strip() else "other"


def _bearing(own: str, *, refuses: bool) -> tuple[Bearing, re.Match[str] | None]:
    body = len(own) - own.count("\n")
    short = body < 2200
    if found := _BOUNCE.search(own, 0, 1500):
        return "bounce", found
    if short and not refuses and (found := _AUTO.search(own, 0, 1500)):
        return "auto_reply", found
    if found := _reviews(own):
        return "review", found
    if (found := _TRANSFERS.search(own)) and not _WITHHOLDS.search(own):
        return "transfer", found
    return _unanswered(own, short=short, refuses=refuses)


def _unanswered(own: str, *, short: bool, refuses: bool) -> tuple[Bearing, re.Match[str] | None]:
    answers = _ANSWERS.search(own) is not None
    decides = _DECIDES.search(own)
    if decides is None and (found := _EXTENDS.search(own)) and (short or not answers):
        return "holding", found
    if short and not refuses and decides is None and (found := _CLARIFIES.search(own)):
        return "clarification", found
    if not refuses and decides is None and (found := _FEES.search(own)):
        return "fees_notice", found
    if not answers and not refuses and (found := _ACKNOWLEDGES.search(own)) and _WILL_ANSWER.search(own):
        return "acknowledgement", found
    return "answer", None


def _reviews(own: str) -> re.Match[str] | None:
    """The words that show an internal review carried out: announced near the top and spoken of again."""
    found = _REVIEW.search(own, 0, 2500)
    return found if found and _REVIEWED.search(own) else None
