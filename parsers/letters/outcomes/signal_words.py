"""The words by which a letter signals what it does beside citing."""

import re

from parsers.letters.text.phrases import Phrases

NCND = Phrases(
    "neither confirm|confirms|confirming nor|or deny|denies|denying",
    "neither to confirm nor|or to|deny",
    "confirm nor deny",
    "not|nor {3} confirm or|nor deny",
    "cannot|can't|won't confirm or|nor deny",
    "na chadarnhau na gwadu",
    "refuse|refuses|refusing|refused [either] to confirm or|nor deny",
    "duty to say|confirm ...40 does|do not arise|apply",
    "not {2} reveal|say|disclose whether {3} exists|exist|is_held|holds|hold|held",
    "cadarnhau|chadarnhau na gwadu",
)
TEST = Phrases(
    "carried|carry out {3} public interest test",
    "conducted|undertaken|applied|completed|considered|performed|weighed|tested|assessed|balanced {3} "
    "public interest|interests",
    "public interest [test] {8} carried_out|conducted|undertaken|applied|completed|considered|performed|weighed|tested|"
    "assessed|balanced",
    "asked [ourselves] if|whether {1} public interest",
    "prawf budd|lles y cyhoedd",
    "budd|lles y cyhoedd",
)
"""A public interest test is said to have been carried out."""
WEIGHED = Phrases(
    "outweigh|outweighs|outweighed",
    "public interest ...120 favours|favour|prevails|prevail|greater|stronger|weightier|lies|lie|lay|rests|first|"
    "against|"
    "better|slight|met_by|justify|overrides|override|tips|tip|behind|require",
    "not [be] in|contrary_to|against {1} public interest",
    "balance {4} is|favours|favour|lies|lay|falls|against|comes",
    "weighs more|most|heavier|against",
    "of more|greater weight",
    "weightier|stronger factor|factors|consideration|side|case",
    "exceptions|exemptions|exception|exemption prevail|prevails",
    "in the public interest to|not|that|for",
    "on balance [we|i] find|conclude|consider|decide|are|am",
    "come|came|comes down {2} on|in_favour",
)
"""Words of a weighing, where a public interest is spoken of in the letter."""
INTEREST = Phrases(
    "public interest",
    "public's interest",
    "interest in|of knowing|seeing|openness|transparency|release|the_public",
    "budd y_cyhoedd",
)
"""An interest of the public, in a letter that refuses: it was thought of, and the refusal is its result."""
UNWEIGHED = Phrases(
    "whether|if|unless|must|where|might|may|would_be_likely|should_you|not_yet|until",
    "no public_interest|such_test|need",
    "not {2} subject to|require",
    "absolute",
    "factors|arguments|considerations|reasons in|for|against|favouring",
)
"""The law or the question of a weighing, and no weighing."""
QUALIFIED_PERSON = Phrases("qualified person", "qualified person's", "having|has|have|had {2} opined", "person cymwys")
NO_OPINION = re.compile(r"\b(?:no|without|never|not|nor)\b[^.;\n]{0,40}\Z")
"""Words before a qualified person of whom no opinion was had."""
WHO = re.compile(
    r"\b(?:(?:deputy|acting|interim|assistant|vice|pro)[ -])?(?:vice-?[ ]?chancellor|chancellor|chief (?:executive|"
    r"constable|officer|fire officer|operating officer)|monitoring officer|chair(?:man|woman|person)?(?: of (?:the )?"
    r"[a-z]+)?|(?:prime )?minister|secretary of state|principal|head ?teacher|headmaster|director(?:[ -]general)?|"
    r"managing director|governor|(?:police and crime )?commissioner|permanent secretary|accountable officer|clerk|"
    r"registrar|provost|town clerk|lord [a-z]+|comptroller|auditor general|attorney general|president|mayor)\b"
)
"""The offices whose holders are qualified persons under FOIA 36(5)."""
COSTLY = Phrases(
    "limit",
    "exceed*",
    "estimate*",
    "fee|fees",
    "in advance",
    "manifestly unreasonable",
    "18|24|40 hours",
    "section|sections 12",
    "terfyn",
    "amcangyfrif*",
)
"""A letter in which the cost of an answer may be told."""
HOURS = Phrases(
    "estimate|estimated|estimates|exceed|exceeds|exceeded|exceeding|limit|threshold|above|over|beyond|past",
    "x|at|by # minutes|mins",
    "at|by ...30 minutes ...40 this|that|which|it [would] is|be|makes|gives|comes",
    "take|takes|taking|took|would|equates|equivalent|comes|come",
    "section 12",
    "amcangyfrif*|cymryd",
)
"""A sentence in which hours are those that an answer would take."""
POUNDS = Phrases(
    "appropriate|cost|costs|statutory|prescribed limit|threshold",
    "exceed|exceeds|exceeded|exceeding|above|over|beyond ...60 limit|threshold",
    "exceed|exceeds|exceeded|exceeding #",
    "estimate|estimated|estimates ...90 #",
    "hours|hrs|hour at|of|to|work|@",
    "comes|come|amounts to #",
    "fee|charge of|is|for_this|for_answering|payable|to_pay",
    "pay|payment|payable ...40 fee|charge|#",
    "limit|threshold of|is #",
)
"""A sentence in which pounds are those that an answer would cost."""
LIMITS = re.compile(
    r"(?:18|24|40|eighteen|twenty-four|forty)[ -]*(?:staff[ -])?(?:hours?|hrs)|\u00a3[ ]?(?:450|600|25|15)(?!,?[0-9])"
    r"|\u00a3[ ]?(?:450|600|25)\.00|(?:18|24|3\u00bd|2\u00bd|3.5|2.5)[ ](?:staff|working)[ ]"
)
"""What the fees regulations fix: hours, sums and rates, which are no estimate."""
AMOUNT = re.compile(
    # It begins with a digit or the sign, so that it is tried at these only.
    r"[0-9\u00a3](?:(?<![0-9.,\u00a3].)(?<=[0-9])[0-9,.]*[ \n-]+(?:staff[ -])?(?:hours?|hrs|pounds|awr)\b|"
    r"(?<=\u00a3)[ ]?[0-9][0-9,.]*[0-9]|(?<=\u00a3)[0-9])"
)
ADVICE = Phrases(
    "advice and assistance|help",
    "advise and assist|help",
    "assist and advise",
    "help and advise|advice",
    "refine|refining|narrow|narrowing|reduce|"
    "reducing [down] [the|your|this] [scope|timeframe|period] [of] [the|your|this] request",
    "you could|may|might|can [also] [wish_to|like_to|want_to] {1} narrow|refine|choose|limit|reduce|confine|restrict",
    "might|may|could|can i|we suggest",
    "i|we suggest|recommend",
    "bring your|the|it|a request within|under|below",
    "should you|if_you_were_to|if_you wish|narrow|refine|limit|reduce|ask|confine|restrict ...60 "
    "narrow|refine|limit|reduce|shorter|smaller|fewer|could_be_done|be_able",
    "in line|accordance with {1} regulation|reg 9",
    "to assist you",
    "by_way_of advice under",
    "our section_16 duty",
    "under|with section|sec|s 16 i|we have [also] considered|thought|looked",
    "duty to help|advise|assist {3} under|in section|regulation|s",
    "in_touch before writing|asking|you",
    "send|submit|make {1} refined|narrower|smaller request",
    "if_you_were_to ask|limit|narrow ...90 could|can|might|may|we",
    "cyngor a chymorth",
)
NOT_HELD = Phrases(
    "do|does|did not {1} hold",
    "don't|doesn't|didn't hold",
    "don't|doesn't|didn't have {2} information|record|records|survey|copy|copies|figure|figures|document|documents",
    "is|are|was|were not [currently] held",
    "isn't|aren't|wasn't|weren't held",
    "hold|holds no|none",
    "no {2} information|records|data|documents [is|are] held",
    "no {2} is|are|was|were held",
    "we've|i've|we|i|has|have|had no {1} information|record|records|data",
    "do|does|did not possess",
    "no longer hold|holds|held",
    "nothing is|was held",
    "do|does not record",
    "not held|recorded",
    "nothing [is|was] recorded",
    "do|does|did not {1} keep|maintain|retain [a|an|any] {1} record|records|log|register|list",
    "nid yw|ydym|oes ...40 dal|ddal|cadw|gadw",
)
REVIEW = Phrases(
    "internal review|reviews",
    "request|require|seek|ask_for|asking_for|want|independent [a|an|us_to] {1} review",
    "review|reviewed of_our|of_this|of_the|our|this {2} decision|response|handling",
    "have this reviewed",
    "requirement for review",
    "ask us|me|the ...40 to review this|it",
    "look|looks at {2} again",
    "ask|asking|write|tell us|me|the|to ...60 "
    "reconsider|look_again|look_at_it_again|look_at_this_again|governors|chair",
    "complain to {1} chair|clerk|governors|head|chief|director|council",
    "make representations",
    "right|rights to|of [a|an] review|reconsideration",
    "response|decision|answer|reply|this|it|handled|matter [to_be] [internally] reviewed|reconsidered",
    "decision|response|reply|request|it will|would|can|may be reconsidered|reviewed",
    "wish|like|want us|me to reconsider|review",
    "asking|ask|write|writing for {1} reconsideration|review",
    "reviews are dealt_with|handled|carried_out",
    "adolygiad",
)
REGULATOR = Phrases(
    "scottish information commissioner|commissioner's",
    "information commissioner|commissioner's",
    "comisiynydd gwybodaeth",
    "ico",
)
A_REGULATOR = Phrases("the commissioner", "commissioner's")
"""The regulator by its title only, in a paragraph on rights or after a right of appeal."""
EXTENDED = Phrases(
    "extend|extended|extending|extension",
    "further|more|additional time",
    "new deadline|target",
    "hope|aim|expect|endeavour|intend {2} to respond|reply|provide|send|write|issue|let_you_have|"
    "be_able|reach|have_reached|conclude|decide",
    "now expect|aim|hope|respond|reply",
    "decision|conclusion|answer|response|reply {2} will|should be {1} "
    "made|reached|taken|sent|ready|given|provided|issued",
    "need|needs|require|take until|longer",
    "you should|will|can have|receive|expect {3} answer|reply|response|decision",
)
SWITCHED = Phrases(
    "handled|dealt_with|processed|considered|logged|treated|treating|handling|dealing_with|responding|answering|looked|"
    "answered {10} environmental information",
    "falls|fall {4} under|within {3} environmental information",
    "is|are|they're|it's|constitutes|constitute {2} environmental information",
    "handled|dealt_with|processed|considered|logged|treated|treating|handling|dealing_with|responding|answering|looked|"
    "answered {6} eir|eirs|eisr|eisrs",
    "falls|fall {4} under|within {2} eir|eirs|eisr|eisrs",
    "deal|dealing with your|the|this request under the|those|these regulations|eirs",
    "environmental information regulations apply|instead",
)
"""An answer given under the environmental regulations, whatever the request asked under."""
