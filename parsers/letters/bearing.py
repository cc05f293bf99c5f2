"""What a letter is for: to acknowledge, to put off, to ask back, to pass on, to bring an attachment, to answer, or to
answer a review.

Everything here looks at ``Voices.own``: the letter with quotations, review rights and footers blanked out, place for
place, so that every finding has its words.
"""

import re
from typing import Literal

from parsers.letters.body import only_points
from parsers.letters.layout import Layout
from parsers.letters.phrases import Phrases, Words

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

_BOUNCE = Phrases(
    "delivery has|status failed|notification",
    "undeliver*",
    "mail_delivery failed|subsystem",
    "could not be delivered",
    "message was not delivered",
    "recipient address rejected",
    "user unknown",
)
_AUTO = Phrases(
    "out_of office|the_office",
    "automatic|automated reply|response|e-mail|email|acknowledg*",
    "this is an automat*",
    "auto-reply|autoreply",
    "i am|i'm {3} annual|maternity|sick|leave",
    "i am|i'm {2} away [until|from|on]",
    "away from my|the desk|office",
    "on leave until|from|and",
    "no longer work|works for|at",
    "please do not reply to this",
)
_ACKNOWLEDGES = Phrases(
    "acknowledge|acknowledges|acknowledging [the] receipt|your",
    "acknowledgement|acknowledgment of [the] receipt|your",
    "confirm|confirming [the] receipt",
    "thank_you_for|received your {4} request|e-mail|email|enquiry|letter|correspondence",
    "request|enquiry|e-mail|email has_been|was|is_being {2} logged|registered|allocated|received|recorded|processed",
    "receiving attention",
    "cydnabod",
)
_WILL_ANSWER = Phrases(
    "we|you|i|which|council|trust|department|force|university|authority will|shall|should|must {3} "
    "respond|reply|answer|receive|be|provide|endeavour|send|get_back|write|contact|process|deal|aim",
    "we|you|i aim_to|hope_to|expect_to|can_expect {2} respond|reply|answer|receive|provide|send",
    "within {2} 20|twenty {1} working|school days",
    "response|reply|answer will_be|is|should_be sent|due|provided|issued|with_you",
    "should|can|may|will expect|receive {3} response|reply|answer by|within|before|no_later",
    "respond to you|your_request|it within|by",
    "have|has|take up_to|until|20|twenty {3} days|day|answer|reply|respond",
    "no later than",
    "byddwn {2} ymateb",
)
EXTENDS = Phrases(
    "extend|extended|extending|extension {8} time|deadline|period|limit|by|until|to|response|timescale",
    "need|needs|require|requires|take more|further|additional|extra|some_more time",
    "not be_able|yet_able|been_able|in_a_position to provide|respond|reply|complete|send|answer ...90 "
    "within|by|timescale|deadline|initial|yet|at_this_time",
    "not yet reached|made|been_able|completed|concluded",
    "still considering|consulting|collating|gathering|working_on",
    "still being {1} considered|collated|gathered|processed",
    "response|reply|request has_been|is|was|will_be delayed",
)
HOPES = Phrases(
    "hope|aim|expect|endeavour to [be_able_to] respond|reply|provide|send|let_you_have|issue ...90 "
    "by|within|before|as_soon_as",
)
"""A day promised: in a letter that does not acknowledge the request, one put off."""
_TOO_LARGE = Phrases("too large|big|bulky|many ...60 send|sent|e-mail|email|attach|post")
_CLARIFIES = Phrases(
    "could|can|would|will you [please|kindly] clarify|specify|be_more_specific",
    "could|can|would|will you [please|kindly] confirm|let_me_know|let_us_know what|which|whether",
    "could|can|would|will you [please|kindly] provide more|further detail|details|information|clarif*",
    "please [could_you|can_you|would_you] clarify|specify",
    "could|can|would|will|ask you [please|kindly] [to] tell|let|advise us|me|know what|which|whether|how",
    "once we|i have|receive|hear|know|understand ...30 from_you|your_reply|clarif*",
    "need|require|seek|seeking|request|requesting|ask_for|asking_for {3} clarif*",
    "clarification [is] required|needed|requested|from|before",
    "unclear what|which|as|from",
    "before we|i can {2} proceed|process|progress|accept|begin|continue|look|search|start|answer|respond|deal|identify",
    "need|require|like [you|to] [to] know|understand|tell_us|explain|be_clear {3} more|what|which|whether|exactly",
    "need|require|would_like|ask_you_for|grateful_for {2} more|further|additional information|detail|details ...60 "
    "from_you|from_yourself|about_your|about_what|on_your|in_order|to_enable|to_help|to_allow|before",
    "please|could_you|can_you|you_to tell|let|advise|inform [us|me] [know] what|which|whether|how_many|how_far",
    "need|require|ask|asking you to {2} be_more_specific|clarify|specify|explain|confirm|tell",
    "do|did you mean|want|require|refer|seek|wish|need|have_in_mind",
    "are you interested|interested_in|looking_for|asking|seeking|referring",
    "what|which|how ...40 you mean|are_interested_in|have_in_mind",
    "provide|confirm|supply|give [us|me] [with] your full|real|proper|own name",
    "not clear|sure|certain what|which|whether|from|as_to",
    "time|clock|period ...40 begins|starts|start|restart|run|runs when|once|on|from ...40 hear|reply|receive|clarif*",
)
_FEES = Phrases(
    "fee|fees notice",
    "payment of a|the fee|charge",
    "on receipt of {1} fee|payment",
    "fee|charge of #",
)
_REVIEW = Phrases(
    "outcome|result|findings|conclusion of {3} review",
    "internal review outcome|decision|response|report|panel|officer|has|is_now",
    "your|the|this request|complaint for|requesting {3} review",
    "you [have] [also|then] asked|requested {5} review",
    "requesting|asking|asked for|that|us {3} review",
    "requesting|requested {2} internal review",
    "conducted|completed|undertaken|concluded {3} review",
    "carried out {3} review",
    "have|has [now|also] reviewed|reconsidered|re-examined {6} decision|response|handling|refusal|reply|request|"
    "complaint",
    "asked|agreed to {2} review|reconsider|re-examine|look_again",
    "looked|look|looking [again|afresh] again|afresh at",
    "was not {1} involved in|with",
    "my|our review of|has|found|finds|concludes|concluded",
    "review panel|officer met|has|have|found|finds|considered|concluded|upholds",
    "internal review:|-|ref|reference",
)
_REVIEW_HEADING = re.compile(
    r"\n[ ]*(?:(?:re|subject):?[ ])?(?:outcome of |request for |your |foi |"
    r"[a-z0-9 /.-]{0,50}- )?(?:an? )?internal review"
    r"(?: outcome| response| decision| request| of [^\n]{0,60}| - [^\n]{0,60})?[ ]*\n"
)
_OFFERS = Phrases("if|should|may|can|could|wish|entitled|right|rights|option|must|please")
_REVIEWED = Phrases(
    "review|reviewed|reviewing|reviewer officer|has|have|concludes|found|the|your|our|into|panel|decision",
    "uphold|upheld|upholding",
    "my decision|review|findings|conclusion",
    "original|initial|earlier|first response|decision|request|refusal|reply",
    "conducted|completed|undertaken|carried_out {2} review",
    "your complaint",
    "not {1} involved in",
)
_REVIEW_TO_COME = Phrases(
    "review|it|this will|should|is_to be [now|then] carried|conducted|undertaken|completed|considered|allocated",
    "will|shall|aim|aims|intend|hope|expect|endeavour {4} review|reviewing|reviewed",
    "review ...60 will|shall|should {3} respond|reply|receive|write|contact",
    "aim|hope|expect|endeavour|intend to [be_able_to] reply|respond|complete|conclude|send|provide",
)
_FOUND = Phrases(
    "uphold|upheld|upholds|upholding|overturn|overturned",
    "conclude|concluded|concludes|conclusion|found|finds|find|findings|determined|satisfied|decided|persuaded",
    "correct|correctly|incorrect|incorrectly|appropriate|appropriately|properly",
    "am|is|are attached|enclosed|released|disclosed",
    "has|have [now|also] reviewed|reconsidered|completed",
)
_TRANSFERS = Phrases(
    "have|been|are|is|being|therefore transferred|transferring {6} to",
    "passed|forwarded|redirected {1} request|enquiry|e-mail|email [on] to",
    "request|enquiry has_been|was|is_being passed|forwarded|transferred|redirected [on] to",
    "have|has [now|also|today] transferred|passed|forwarded|redirected {6} to",
    "sent|passed|referred|forwarded your|the request|enquiry|email|e-mail [on] to",
    "request that you sent ...80 has_been passed|forwarded|transferred|redirected [on] to",
    "transfer|transferring [of] your request to|has",
)
_LEAFLETS = re.compile(
    r"[^.\n]{0,60}?\b(?:leaflet|booklet|factsheet|guide|guidance|privacy|notice|"
    r"information about (?:how|our|your rights)|complaints?|form)\b"
)
"""What may come with any letter, and answers no request."""
_ANSWERS = Phrases(
    "please find|see|refer",
    "response|answer|reply|answers is|are|below|set_out|follows|as_follows",
    "response|answer|reply|answers to your|the request|question|questions|enquiry",
    "response:|answer:|reply:|decision:",
    "i|we can|am_able_to|are_able_to|do|hereby [also] confirm|disclose|provide|advise|inform|answer|tell",
    "do|does|did|not [not] {1} hold",
    "is|are [not] held",
    "information [that|which] [you] [have] requested|asked_for|sought is|are|can|has",
    "given|provided|disclosed|released|supplied in_full|below|herewith",
    "attached|enclosed",
    "decided [not] to",
    "set out below",
    "there are|is|were|was no|currently|#",
)
_DECIDES = Phrases(
    "i|we [now|also] attach|enclose",
    "please find|see",
    "attached",
    "is|are|be [therefore] exempt from|under",
    "redact*",
    "refus*",
    "withheld",
)
_GROUNDED = Phrases("please find", "exempt from|under", "redact*", "refus*", "withheld")

Borne = tuple[Bearing, tuple[int, int] | None]


def find_bearing(own: Words, layout: Layout, *, refuses: bool) -> Borne:
    """What the letter is for, and where the words stand that show it."""
    short = len(own.text) - own.text.count("\n") < _SHORT
    if found := _BOUNCE.search(own, 0, _HEAD):
        return "bounce", found.span()
    if short and (found := _AUTO.search(own, 0, _TOP if refuses else _HEAD)):
        return "auto_reply", found.span()
    if (found := _review(own, layout)) and _REVIEWED.search(own) and not _reviews_later(own):
        return "review", found.span()
    if pointing := only_points(own, layout):
        return "cover", pointing
    if (found := _TRANSFERS.search(own)) and not _GROUNDED.search(own):
        return "transfer", found.span()
    return _unanswered(own, short=short, refuses=refuses)


def _review(own: Words, layout: Layout) -> re.Match[str] | None:
    """Words near the top that speak of a review carried out, and do not offer one; or a heading of that name."""
    heading = _REVIEW_HEADING.search(own.text, 0, _HEAD)
    if heading is not None:
        return heading
    found = (match for match in _REVIEW.finditer(own, 0, _HEAD) if not _offered(own, layout, match))
    return next(found, None)


def _reviews_later(own: Words) -> bool:
    """Whether a review is only promised: it will be carried out, and nothing has been found yet."""
    return _REVIEW_TO_COME.search(own) is not None and _FOUND.search(own) is None


def _offered(own: Words, layout: Layout, found: re.Match[str]) -> bool:
    start, end = layout.sentence(found.start(), found.end())
    return _OFFERS.search(own, max(start, found.start() - 200), min(end, found.end() + 100)) is not None


def _unanswered(own: Words, *, short: bool, refuses: bool) -> Borne:
    """A letter that does not answer yet, in the order of what says so most clearly."""
    decides, answers = _beside_leaflets(_DECIDES, own), _beside_leaflets(_ANSWERS, own)
    acknowledges = _ACKNOWLEDGES.search(own) if answers is None and _WILL_ANSWER.search(own) else None
    puts_off = EXTENDS.search(own) or (None if acknowledges else HOPES.search(own))
    if decides is None and puts_off and (short or not answers):
        return "holding", puts_off.span()
    if refuses:
        return "answer", None
    plain = None if decides else own
    said: tuple[tuple[Bearing, re.Match[str] | None], ...] = (
        ("clarification", _CLARIFIES.search(plain) if plain and short else None),
        ("fees_notice", _FEES.search(plain) if plain else None),
        ("acknowledgement", acknowledges),
        ("cover", _TOO_LARGE.search(plain) if plain and short else None),
    )
    return next(((bearing, found.span()) for bearing, found in said if found), ("answer", None))


def _beside_leaflets(phrases: Phrases, own: Words) -> re.Match[str] | None:
    """The first of the phrases that does not hand out a leaflet."""
    found = (match for match in phrases.finditer(own) if not _LEAFLETS.match(own.text, match.end()))
    return next(found, None)
