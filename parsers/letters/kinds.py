"""What kind of letter it is, and what it does as a whole."""

import re
from dataclasses import dataclass

from parsers.letters.clean import Letter
from parsers.letters.layout import Layout
from parsers.letters.quotes import Voices
from parsers.letters.records import LetterKind

_G = r"[ \n]+"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(pattern.replace(" ?", r"\s?").replace(" ", _G) for pattern in patterns))


_BOUNCE = _any(
    r"delivery (?:has )?failed",
    r"undeliver(?:able|ed)",
    r"mail delivery (?:failed|subsystem)",
    r"could not be delivered",
    r"message was not delivered",
    r"recipient address rejected",
    r"user unknown",
    r"delivery status notification",
)
_AUTO = _any(
    r"out of (?:the )?office",
    r"automat(?:ic|ed) (?:reply|response|e-?mail|acknowledge?ment)",
    r"this is an automat",
    r"auto-?reply",
    r"i am (?:currently )?on (?:annual |maternity |sick )?leave",
    r"no longer works? (?:for|at)",
    r"please do not reply to this",
)
_ACKNOWLEDGES = _any(
    r"(?:acknowledge|acknowledging|acknowledgement of|acknowledgment of|confirm) (?:the )?receipt",
    r"(?:thank you for|we have received) your (?:request|e-?mail|enquiry)",
    r"(?:your request )?(?:has been|was|is being) (?:logged|registered|allocated|passed|forwarded|recorded)",
    r"receiving attention",
    r"(?:has|have) been received",
    r"(?:hereby )?acknowledge(?:s)? your",
    r"which we received on",
)
_WILL_ANSWER = _any(
    r"(?:we|you|i|the (?:council|trust|department|force|authority|university|[a-z]+)) (?:will|shall|should|must|aim to|hope to|expect to|can expect)(?: therefore| now)? (?:respond|reply|receive|be in (?:touch|contact)|provide (?:you with )?(?:a|the|our) (?:response|reply)|endeavour|send|get back|write|contact)",
    r"within (?:the )?(?:statutory )?(?:20|twenty)(?: \(20\))? (?:working|school) days",
    r"(?:a )?(?:response|reply) (?:will be|is) (?:sent|due|provided|issued)",
    r"respond to you (?:within|by)",
    r"due (?:date|by|on)",
    r"as soon as possible and (?:in any event )?(?:by|within|no later)",
    r"by no later than",
)
_EXTENDS = _any(
    r"(?:extend|extension|extending|extended)(?: [a-z]+){0,6}? (?:time|deadline|period|limit|by|until|to|response|timescale)",
    r"(?:need|require|requires|needs) (?:more|further|additional|extra) time",
    r"section 10\(3\)",
    r"s\.?10\(3\)",
    r"not (?:be able|yet able|been able) to (?:provide|respond|reply|complete|send)[^.]{0,60}(?:within|by|timescale|deadline|initial)",
    r"not yet reached a decision",
    r"regulation 7\(1\)",
    r"still (?:considering|consulting|collating|gathering|working on)",
    r"apologise for the (?:continued |further )?delay[^.]{0,80}(?:hope to|aim to|will|expect)",
)
_CLARIFIES = _any(
    r"(?:could|can|would) you (?:please |kindly )?(?:clarify|confirm (?:what|which|whether|if)|specify|be more specific|provide (?:more|further) (?:detail|information))",
    r"please (?:could you |can you )?(?:clarify|specify)",
    r"(?:need|require|seek|seeking|request|requesting|ask for) (?:some |further |more |you to )?clarif",
    r"clarification (?:is )?(?:required|needed|requested|from you)",
    r"section 1\(3\)",
    r"unclear (?:what|which|as to)",
    r"before (?:we|i) can (?:proceed|process|progress|accept|begin)",
)
_FEES = _any(
    r"fees? notice",
    r"(?:pay|payment of) (?:a|the) fee",
    r"fee of £",
    r"on receipt of (?:the |your )?(?:fee|payment)",
    r"charge of £",
    r"section 9(?:\(1\))? of the",
)
_REVIEW = _any(
    r"(?:conducted|completed|carried out|undertaken|concluded|finished|outcome of|result of|response to|reply to|request for|requested|requesting|requesting) (?:an? |the |my |our |your |this )?(?:request for )?(?:an? )?(?:independent )?(?:internal )?review",
    r"(?:this|your|the|my|our) internal review",
    r"internal review (?:outcome|response|decision|of|into|request|has been|is now|panel)",
    r"review (?:of our|of the) (?:original )?(?:decision|response|handling)",
    r"asked (?:us |me )?(?:for|to (?:carry out|conduct|undertake)) (?:an? )?(?:internal )?review",
)
_TRANSFERS = _any(
    r"(?:have |has been |been |are |is being |will be )?transfer(?:red|ring) (?:your |the |this |it )?(?:request |enquiry )?(?:to|on)",
    r"(?:passed|forwarded|redirected) (?:your |the |this )?(?:request |enquiry )(?:on )?to (?:the )?(?:[A-Za-z]+ ){1,6}",
    r"request (?:has been|was|that you sent[^.]{0,80}has been) (?:passed|forwarded|transferred|redirected) to",
)
_ANSWERS = _any(
    r"please (?:find|see)(?: below| attached| enclosed| the| our|[^.]{0,60}(?:response|reply|information|attached|below|link))",
    r"(?:our|the [a-z ]{2,30}|trust|council)(?:'s)? (?:response|reply|answer)(?: to your (?:request|questions?))? (?:is|are|can be found|below|set out|follows)",
    r"(?:response|answer|reply) ?:",
    r"i (?:can|am able to) (?:confirm|disclose|provide|advise|inform)",
    r"we (?:can|are able to|do|hereby) (?:confirm|disclose|provide|advise)",
    r"(?:do|does|did) (?:not )?hold",
    r"is (?:not )?held",
    r"exempt",
    r"withh(?:eld|old)",
    r"refus(?:e|ed|al|ing)",
    r"information (?:you )?(?:have )?requested (?:is|are|can|has been)",
    r"the answers? to",
    r"attached",
    r"decided not to",
    r"disclos(?:e|ed|ing|ure) (?:the|of|to|all|some|this)",
    r"set out below",
    r"answered",
)
_REFUSES = _any(
    r"refus(?:e|ed|al|ing)",
    r"withh(?:eld|old|olding)",
    r"(?:is|are|be|as|considered|therefore|also) (?:being )?exempt",
    r"exemption(?:s)? (?:that )?(?:applies|apply|has been|have been|is|are|under|in|at|provided|set out)",
    r"redact(?:ed|ing|ion|ions)",
    r"(?:section|s\.?|regulation|reg\.?) ?[0-9]{1,2}[()0-9a-z]*(?: and [()0-9a-z]+)? (?:has been|have been|is|applies|apply|was|are) (?:applied|engaged|applies)?",
    r"neither confirm nor deny",
    r"not (?:be )?(?:providing|provided|disclosing|disclosed|releasing|released|disclose|release)",
    r"(?:apply|applied|applying|applies|rely|relying|relied|engage|engages|engaged|invoke|invoked)(?: [a-z]+){0,5}? (?:exemption|exception|section|regulation|s\.?[0-9])",
    r"vexatious",
    r"exceed(?:s)? (?:the )?(?:appropriate|cost|fees?|statutory|18|24|limit)",
    r"manifestly unreasonable",
    r"eithri",
    r"gwrthod",
    r"excepted",
    r"by virtue of (?:section|s\.|regulation|exemption)",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doings:
    """What the letter does, each true where its own voice has words for it."""

    kind: LetterKind
    withholds: bool
    pending: bool


def find_kind(letter: Letter, layout: Layout, voices: Voices) -> Doings:
    """The kind of a letter, from what its own voice says."""
    own = own_text(letter, layout, voices)
    return Doings(kind=_kind(own), withholds=_REFUSES.search(own) is not None, pending=_EXTENDS.search(own) is not None)


def own_text(letter: Letter, layout: Layout, voices: Voices) -> str:
    """The letter in lower case without what others say in it."""
    pieces: list[str] = []
    done = 0
    for start, end, _ in voices.spans:
        pieces.append(letter.lower[done:start])
        done = end
    pieces.append(letter.lower[done:])
    return "\n\n".join(pieces)


def _kind(own: str) -> LetterKind:
    head = own[:1500]
    short = len(own) < 2500
    if _BOUNCE.search(head):
        return "bounce"
    if _AUTO.search(head) and short and not _REFUSES.search(own):
        return "auto_reply"
    if _review_outcome(own):
        return "internal_review_outcome"
    if _TRANSFERS.search(own) and not _REFUSES.search(own):
        return "transfer"
    return _by_content(own, short=short)


def _by_content(own: str, *, short: bool) -> LetterKind:
    body = _without_rights(own)
    answers = _ANSWERS.search(body) is not None
    if _EXTENDS.search(body) and not re.search(r"(?:is|are) (?:therefore )?exempt|please find|redacted|attached", body):
        return "holding"
    if _CLARIFIES.search(body) and (short or not answers) and not _REFUSES.search(body):
        return "clarification"
    if _FEES.search(body) and not answers:
        return "fees_notice"
    if _REFUSES.search(body):
        return (
            "refusal_notice" if re.search(r"refusal notice|refus|withh|exempt|exceed|vexatious", body) else "response"
        )
    if answers and not (
        _WILL_ANSWER.search(body) and _ACKNOWLEDGES.search(body) and short and "please find" not in body
    ):
        return "response"
    if _ACKNOWLEDGES.search(body) and _WILL_ANSWER.search(body):
        return "acknowledgement"
    return "response" if len(own) > 600 else "other"


def _review_outcome(own: str) -> bool:
    """A letter that carries out a review, and does not only offer one near its end."""
    return (
        _REVIEW.search(own[:1800]) is not None
        and re.search(
            r"(?:carried out|conducted|completed|outcome|uph(?:eld|old)|review(?:ed|er)|my decision|requested (?:an )?internal review|request(?:ing)? (?:for )?an internal review)",
            own[:2500],
        )
        is not None
    )


_RIGHTS = re.compile(
    r"if you (?:are|remain|were)[ \n]+(?:dis|un|not)(?:satisfied|happy|content)?|should you (?:be|not be|wish)[ \n]+(?:dis|un)?|you have (?:the|a) right to"
)


def _without_rights(own: str) -> str:
    match = _RIGHTS.search(own, 300)
    return own[: match.start()] if match else own
