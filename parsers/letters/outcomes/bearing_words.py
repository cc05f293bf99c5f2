"""The words by which a letter acknowledges, puts off, asks back, charges, passes on, reviews or answers."""

import re

from parsers.letters.text.phrases import Phrases

BOUNCE = Phrases(
    "delivery has|status failed|notification",
    "undeliver*",
    "mail_delivery failed|subsystem",
    "could not be delivered",
    "message was not delivered",
    "recipient address rejected",
    "user unknown",
)
AUTO = Phrases(
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
ELSEWHERE = Phrases(
    "to view|see|read|access|download|collect the|your|our response|reply|answer|decision ...60 "
    "log|login|sign|visit|click|follow|go|link|portal|account",
    "response|reply|answer|decision {2} has_been|is|was [now] uploaded|published|posted|available|placed {1} "
    "to|on|in|at|through your|the|our {2} portal|account|log|case",
)
"""A notice that the answer lies on a portal."""
ACKNOWLEDGES = Phrases(
    "acknowledge|acknowledges|acknowledging [the] receipt|your",
    "acknowledgement|acknowledgment of [the] receipt|your",
    "confirm|confirming [the] receipt",
    "thank_you_for|received your {4} request|e-mail|email|enquiry|letter|correspondence",
    "foi|foia|application has_been|was|is_being {2} logged|registered|allocated|received|recorded",
    "request|enquiry|e-mail|email {3} has_been|was|is_being {2} logged|registered|allocated|received|recorded|"
    "processed",
    "receiving attention",
    "have your request|e-mail|email|enquiry|letter",
    "request|enquiry|e-mail|email|letter reached us|the",
    "reached us on",
    "got your {4} request|e-mail|email|enquiry|letter",
    "acknowledged:",
    "case created|logged|opened",
    "diolch am eich cais",
    "cydnabod",
    "cofnodwyd",
)
WILL_ANSWER = Phrases(
    "we|you|i|which|council|trust|department|force|university|authority will|shall|should|must {3} "
    "respond|reply|answer|receive|be|provide|endeavour|send|get_back|write|contact|process|deal|aim",
    "we|you|i aim_to|hope_to|expect_to|can_expect {2} respond|reply|answer|receive|provide|send",
    "within {2} 20|twenty {1} working|school days",
    "response|reply|answer will_be|is|should_be sent|due|provided|issued|with_you",
    "should|can|may|will expect|receive {3} response|reply|answer by|within|before|no_later",
    "respond to you|your_request|it within|by",
    "have|has|take up_to|until|20|twenty {3} days|day|answer|reply|respond",
    "no later than",
    "you'll|we'll {3} hear|have|receive|get|respond|reply|answer|let",
    "due: #",
    "let you know",
    "and|we|i shall|will write|reply|respond|answer by|within|before|as_soon_as|in_any|shortly|in_due",
    "will be_in_touch|be_in_contact",
    "gives|give|allows|allow [us] {1} 20|twenty",
    "should|can|will [expect] [to] hear",
    "team|officer|office|department|colleague|colleagues|section|unit|they will|shall|should|aims_to|aim_to {2} "
    "respond|reply|answer|contact|write",
    "gives|give|have|has [us] until",
    "byddwn {2} ymateb",
    "cewch ateb",
)
EXTENDS = Phrases(
    "extend|extended|extending|extension {8} time|deadline|period|limit|by|until|to|response|timescale",
    "need|needs|require|requires|take more|further|additional|extra|some_more time",
    "not be_able|yet_able|been_able|in_a_position to provide|respond|reply|complete|send|answer ...90 "
    "within|by|timescale|deadline|initial|yet|at_this_time",
    "not yet reached|made|been_able|completed|concluded",
    "still considering|consulting|collating|gathering|working_on",
    "still being {1} considered|collated|gathered|processed",
    "hoped to reply|respond|answer|send|write",
    "unable to reply|respond|answer|meet ...40 by|within|in_time|deadline",
    "waiting|await|awaiting [for] ...60 comments|views|response|advice",
    "response|reply|answer|request has_been|is|was|will_be delayed",
    "take|need|needs|require longer|until",
    "need|needs|require|take|allow another|further|additional|extra|# {2} working_days|days|weeks|month",
    "extra|additional|another|further # working_days|days|weeks",
    "decision|conclusion|answer|response {2} will|should be made|reached|taken|ready by|before|no_later|in|on",
    "not yet been done|weighed|decided",
    "new date|day|deadline|target {2} is|will_be",
    "request|answer|reply|response ...40 is_not|isn't ready",
    "need|have to consult|hear_from ...80 on_the public_interest",
)
HOPES = Phrases(
    "hope|aim|expect|endeavour to [be_able_to|be_in_a_position_to] respond|reply|provide|send|let_you_have|issue ...90 "
    "by|within|before|as_soon_as",
    "hope|aim|expect to have {3} with|to you by|before|within",
)
"""A day promised: in a letter that does not acknowledge the request, one put off."""
TOO_LARGE = Phrases("too large|big|bulky|many ...60 send|sent|e-mail|email|attach|post")
CLARIFIES = Phrases(
    "could|can|would|will you [please|kindly] clarify|specify|be_more_specific|narrow|refine|rephrase|reword",
    "could|can|may|might i|we [just|please] check|ask|confirm whether|which|what|if",
    "could|can|would|will you [please|kindly] confirm|let_me_know|let_us_know what|which|whether",
    "could|can|would|will you [please|kindly] provide more|further detail|details|information|clarif*",
    "please [could_you|can_you|would_you] clarify|specify",
    "could|can|would|will|ask you [please|kindly] [to] tell|let|advise us|me|know what|which|whether|how",
    "once we|i have|receive|hear|know|understand ...30 from_you|your_reply|clarif*",
    "need|require|seek|seeking|request|requesting|ask_for|asking_for {3} clarif*",
    "clarification [is] required|needed|requested|from|before",
    "unclear what|which|as|from",
    "before we|i start|begin|search|look",
    "before we|i can {2} proceed|process|progress|accept|begin|continue|look|search|start|answer|respond|deal|identify",
    "need|require|like [you|to] [to] know|understand|tell_us|explain|be_clear {3} more|what|which|whether|exactly",
    "need|require|would_like|ask_you_for|grateful_for {2} more|further|additional information|detail|details ...60 "
    "from_you|from_yourself|about_your|about_what|on_your|in_order|to_enable|to_help|to_allow|before",
    "please would_you|could_you|can_you tell|let us|me",
    "please tell us|me by|before|within",
    "please|could_you|can_you|you_to tell|let|advise|inform [us|me] [know] what|which|whether|how_many|how_far",
    "need|require|ask|asking you to {2} be_more_specific|clarify|specify|explain|confirm|tell",
    "do|did you mean|want|require|refer|seek|wish|need|have_in_mind",
    "are you interested|interested_in|looking_for|asking|seeking|referring",
    "what|which|how ...40 you mean|are_interested_in|have_in_mind",
    "need|require|without your [full|real|proper|own] name",
    "provide|confirm|supply|give|state|tell [us|me] [with] your [full|real|proper|own] name",
    "grateful if you_would|you_could|you_can {1} let|tell|clarify|confirm|specify|say|explain",
    "please send|resend|re-send|attach it|them|this|the {3} again",
    "was|were|is missing|not_attached|not_enclosed|not_included",
    "not clear|sure|certain what|which|whether|from|as_to",
    "expressed|formulated|framed|worded|drawn|put {1} too generally|broadly|widely|vaguely",
    "too general|broad|wide|vague for|to",
    "ask|asking you for|to_give|to_let_us_have {2} particulars|detail|details|clarification",
    "inviting|invite|ask|asking you to refine|clarify|rephrase|reword|specify|narrow",
    "time|clock|period ...40 begins|starts|start|restart|run|runs when|once|on|from ...40 hear|reply|receive|clarif*",
)
STALLS = Phrases(
    "before we|i can {2} go|proceed|get|take any|further",
    "not able|unable to go|proceed|take any|further|it ...30 until|unless ...30 you|yours",
    "time|clock|period|days|day will|shall|does_not|will_not begin|start|restart|run|commence ...40 hear|reply|receive|"
    "clarif*",
    "unable|not_able to identify|locate ...60 from your|the|this description|wording|request|words|details",
    "cannot identify ...60 from your|the|this description|wording|request|words|details",
    "on hold until|pending|while ...40 you|clarif*",
    "therefore ask|asking you for|to_give {2} particulars|detail|details|clarification",
)
"""Nothing is done before the requester says more, whatever list comes with the question."""
FEES = Phrases(
    "fee|fees notice",
    "payment of a|the fee|charge",
    "on receipt of {1} fee|payment",
    "fee|charge of|is #",
    "ask|require|need {3} in_advance",
    "reasonable charge|fee for",
    "charge|fee ...160 in_advance|payment|pay|paid",
    "pay|payment ...80 fee|charge|in_advance",
)
REVIEW = Phrases(
    "outcome|result|findings|conclusion of {3} review",
    "internal review outcome|decision|response|report|panel|officer|has|is_now",
    "your|the|this request|complaint for|requesting {3} review",
    "you [have] [also|then] asked|requested|required {8} review",
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
    "review has|have found|finds|concluded",
    "review panel|officer met|has|have|found|finds|considered|concluded|upholds|agrees|agreed|accepts|accepted|decided",
    "internal review:|-|ref|reference",
    "outcome|result|findings|conclusion of {3} reconsideration",
    "reconsideration {2} of our|the|your",
    "finished|done|made {2} review",
    "review you|that_you [have] asked|requested|sought|wanted",
    "you sought {6} review",
    "you [have] [now|then] ask|asked|request|requested ...60 to review|reconsider its|our|the|that|this",
    "i|we have [now] reviewed|reconsidered|re-examined this|it|that|the_matter|the_case",
    "sought {1} review",
    "review sought|requested|asked_for|carried_out|outcome",
    "original|first|initial decision|reply|response|refusal is|was|be|should upheld|maintained|overturned|stand|stands",
    "been through|over {3} afresh|again",
    "canlyniad {2} adolygiad",
    "adolygiad mewnol",
    "got this|it|that wrong",
    "your complaint about|regarding|concerning|against ...40 handling|response|refusal|decision|reply|answer",
    "expressed|expressing|express [your] dissatisfaction",
    "dissatisfied|unhappy with {3} answer|reply|response|decision|outcome|handling",
    "on review [i|we|the]",
    "your appeal of|dated|against",
    "appeal|appeals panel|committee|officer sat|met|has|heard|considered",
    "requirement|requisition for review",
)
REVIEW_HEADING = re.compile(
    r"(?:^|\n)[ ]*(?:(?:re|subject):?[ ])?(?:review [a-z0-9/.-]{3,24} of [a-z0-9/.-]{3,24}[ ]*\n|"
    r"outcome of review\b[^\n]{0,40}\n)|"
    r"(?:^|\n)[ ]*(?:(?:re|subject):?[ ])?(?:outcome of |request for |your |foi |"
    r"[a-z0-9 /.-]{0,50}- )?(?:an? )?internal review"
    r"(?: outcome| response| decision| request| of [^\n]{0,60}| - [^\n]{0,60})?[ ]*\n"
)
OFFERS = Phrases("write in|within #", "if|should|may|can|could|wish|entitled|right|rights|option|must|please")
REVIEWED = Phrases(
    "review|reviewed|reviewing|reviewer officer|has|have|concludes|found|the|your|our|into|panel|decision",
    "uphold|upheld|upholding",
    "my decision|review|findings|conclusion",
    "original|initial|earlier|first response|decision|request|refusal|reply",
    "conducted|completed|undertaken|carried_out {2} review",
    "your complaint",
    "not {1} involved in",
    "overturn|overturned",
    "penderfyniad|bellach",
    "no longer rely",
    "afresh",
    "should never|not have been",
    "i|we [have|has] looked into",
    "nothing [further|more] to_add",
    "requirement for review",
    "reconsidered|re-examined this|it|from|your|the|that",
    "confirm that our|the|my {1} reply|response|decision",
    "maintain|maintained the|our|this|that {2} decision|response|refusal|position",
    "the|your|this appeal",
    "satisfied that",
)
REVIEW_TO_COME = Phrases(
    "review|it|this will|should|is_to be [now|then] carried|conducted|undertaken|completed|considered|allocated",
    "will|shall|aim|aims|intend|hope|expect|endeavour {4} review|reviewing|reviewed",
    "review ...60 will|shall|should {3} respond|reply|receive|write|contact",
    "aim|hope|expect|endeavour|intend to [be_able_to] reply|respond|complete|conclude|send|provide",
)
FOUND = Phrases(
    "uphold|upheld|upholds|upholding|overturn|overturned",
    "conclude|concluded|concludes|conclusion|found|finds|find|findings|determined|satisfied|decided|persuaded",
    "correct|correctly|incorrect|incorrectly|appropriate|appropriately|properly",
    "am|is|are attached|enclosed|released|disclosed",
    "has|have [now|also] reviewed|reconsidered|completed",
)
TRANSFERS = Phrases(
    "have|been|are|is|being|therefore|today|now|i've|we've transferred|transferring {6} to",
    "passed|forwarded|redirected {1} request|enquiry|e-mail|email [on] to",
    "request|enquiry has_been|was|is_being passed|forwarded|transferred|redirected [on] to",
    "have|has|i've|we've [now|also|today|therefore|accordingly] transferred|passed|forwarded|redirected {6} to",
    "sent|passed|referred|forwarded your|the request|enquiry|email|e-mail [on] to",
    "sent|passed|forwarded on your|the request|enquiry|email|e-mail|letter|question to",
    "request|enquiry|letter has_been|was|is_being passed|forwarded there|on|across",
    "request|enquiry ...60 has_been|was|is_being transferred|redirected [on] to",
    "request that you sent ...80 has_been passed|forwarded|transferred|redirected [on] to",
    "transfer|transferring [of] your request to|has",
    "to whom|which ...60 transferred|forwarded|passed",
    "have|has|i've|we've {2} transferred|redirected your|the|this request|enquiry",
)
INSIDE = re.compile(
    r"[ \n](?:(?:the|our|my|your|a|an|relevant|appropriate|responsible|correct|right|legal|[a-z]{2,14})[ \n]){0,4}"
    r"(?:departments?|teams?|sections?|directorates?|units?|divisions?|colleagues?|officers?|managers?|staff|leads?|"
    r"people)\b(?![ \n](?:of|for)[ \n])"
)
"""Who a request is passed to within the authority; another authority has a name of its own."""
LEAFLETS = re.compile(
    r"[^.\n]{0,60}?\b(?:leaflet|booklet|factsheet|guide|guidance|privacy|notice|"
    r"information about (?:how|our|your rights)|complaints?|form|index|similar request|to help you)\b"
)
"""What may come with any letter, and answers no request."""
ANSWERS = Phrases(
    "please find|see|refer",
    "response|answer|reply|answers below|set_out|follows|as_follows",
    "response|answer|reply|answers is|are as|that|below|no|yes|none|set_out|attached|enclosed|given|in|the|#",
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
    "are|am pleased|happy|able [now] to give|send|supply|enclose|attach",
)
DECIDES = Phrases(
    "i|we [now|also] attach|enclose",
    "please find|see",
    "attached",
    "is|are|be [therefore] exempt from|under",
    "redact*",
    "refus*",
    "withheld",
    "not obliged|required to comply|answer|respond",
)
GROUNDED = Phrases("please find", "exempt from|under", "redact*", "refuse|refusing", "withheld")
