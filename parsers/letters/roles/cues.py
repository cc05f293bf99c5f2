"""The words by which a letter relies on a provision, denies it, leaves it open, or merely speaks of it.

Each vocabulary answers one question about the surroundings of a mention; ``roles`` asks them in order.
"""

from parsers.letters.text.phrases import Phrases

FOR_DISCLOSURE = Phrases(
    "public interest {6} favours|favour|lies_in|falls_in|in [favour] [of] [the] disclosure|disclosing|release|"
    "releasing",
)

PENDING = Phrases(
    "considering|consider|consideration|determine|assess|decide|weigh|decision ...80 whether|balance|"
    "public_interest|if",
    "further|more|additional|extra|extended time",
    "extend|extended|extending|extension",
    "not yet reached|decided|concluded|completed",
)
POSSIBLE_BEFORE = Phrases(
    "may|might|could [well] [also|then|still|therefore] [be|need_to_be|have_to_be|need_to|have_to|potentially] [be] "
    "exempt|exempted|apply|applied|engage|engaged|refuse|refused|withhold|withheld|rely|relied|invoke|cite|"
    "covered|fall|"
    "subject|consider|redact|redacted|decline|attract",
    "reserve|reserves the|our|its right",
    "had it|the_information|this|we|they|such_information [been] held",
    "if it|the_information|any_information|such_information|information were|was|is|are|did|had",
    "if any|some|part|all of {3} is|are|were",
    "would [also] have been",
    "would need to consider|apply",
    "likely to [be] exempt|apply|engage|refuse|refused|attract|fall",
)
POSSIBLE_IF = Phrases(
    "should you",
    "were you to",
    "if you submit|refine|make|resubmit|narrow|wish",
    "future|new|refined|revised|narrowed request",
)
"""Farther before the mention: what would become of another request."""
POSSIBLE_AFTER = Phrases(
    "may|might|could [well] [also|still] "
    "be_engaged|be_applied|be_relied|apply|be_applicable|be_considered|be_relevant|be_cited|be_used|need_to",
    "would also|then [be_likely_to] [have] apply|applied|been_engaged|engage|be_engaged",
    "would have applied|been_engaged",
    "is|are likely to apply|be_engaged",
)

HELD_WOULD_BE = Phrases(
    "would be exempt",
    "would|could {1} be exempt|withheld",
    "would|could apply|be_engaged|engage|fall|be_caught|be_covered|attract",
    "read with|together_with|alongside",
    "conjunction|combination with",
)
"""FOISA 18 is always paired with the exemptions that would apply if anything were held."""
IF_HELD = Phrases(
    "if {5} held|hold|holds|exist|existed",
    "were|had we|it|they|such|any|this|that|the_council|the_trust|the_force|the_information|the_board|"
    "the_authority {4} "
    "held|hold|exist|existed",
    "if any|such {3} is|are|was|were held",
)
NOT_HELD = Phrases(
    "do|does|did|is|are|was|were not {1} hold|held",
    "hold|holds no",
    "no information|record|records {2} held|exists|exist|found",
)
NCND = Phrases(
    "confirm|confirms|confirming|confirmation or|nor|and [to] deny|denies|denying|denial",
    "neither confirm|confirms",
    "duty in|under|at|to|of|set|imposed|contained ...60 does|do not arise|apply",
    "obliged|required to say|state|confirm whether",
    "should|must not be taken|seen|regarded|inferred|construed",
    "were|was it|such|any {2} held",
    "cadarnhau na gwadu",
)
REFUSED = Phrases(
    "not {1} given|provided|supplied|released|disclosed|sent|shared",
    "upheld|uphold|maintained|stands",
    "exemptions|exemption|exceptions|exception ...60 apply|applies|applied|engaged|relevant|relied|claimed|applicable|"
    "used",
    "withh*",
    "refus*",
    "redact*",
    "exempt|exempted|excepted|engaged|removed",
    "reasonably accessible to_the_applicant|to_you",
)
"""Words strong enough to carry a bare heading or a line of a table."""
WITHHELD_NOW = Phrases("are|am withholding", "withheld|removed|redacted|refused", "we|i refuse")
"""Words of a decision made, which even a letter that puts another part off may hold."""
RELIES = Phrases(
    "withh*",
    "refus*",
    "redact*",
    "declin*",
    "remov*",
    "not [be] provid*|releas*|disclos*|suppl*",
    "unable to {2} provide|release|disclose|supply|comply|answer",
    "cannot [be] provid*|releas*|disclos*|suppl*|answer*|give|given|send|sent",
    "exempt*",
    "except|excepts|excepted",
    "appl*",
    "engag*",
    "rel*",
    "invok*",
    "claim*",
    "fall|falls|falling within|under|into",
    "covered|caught by",
    "by virtue of",
    "in accordance with",
    "pursuant to",
    "uphold|upheld|upholding|maintain|maintains|maintained|maintaining",
    "exclud*",
    "omitted|blanked|suppressed",
    "not obliged|required",
    "exceed*",
    "vexatious|unreasonable|burden",
    "outweigh*",
    "public interest",
    "prejudic*",
    "reasonably accessible|available",
    "already accessible|available|published|public",
    "eithr*",
    "gwrthod*",
    "cite|cited|citing|used|using|under",
)
DESCRIBES = Phrases(
    "protects|protect|provides|provide|exempts|exempt|states|state|says|allows|allow|enables|enable|sets|relates|"
    "covers|"
    "requires|places|gives|creates|makes|permits|deals|concerns|means|prohibits|removes",
    "applies where|when|if|to_information|to_any|only",
    "is|are a|an|one|both absolute|qualified|class|class-based|prejudice|prejudice-based",
    "is designed",
)
GUIDANCE = Phrases(
    "an|a|any|public|all authority|authorities|body|bodies|public_authority may|can|to|are|is|must|does|do|need",
    "guidance",
    "ico website|guide",
    "publication scheme",
    "for more|further information about|on",
    "list of exemptions",
    "there are a|several|# ...20 exemptions",
    "exemptions in|within|under|set_out [in] part|sections",
    "disclosure log",
    "certain|various|other exemptions",
    "may be exempt",
    "mutually exclusive",
)
LEGEND = Phrases("key|codes|code|legend", "blanks|gaps|redactions|redaction|blacked|stamped|stamps|boxes")
"""Words that lead a list of the grounds of redactions in."""
USED_FOR = Phrases("used|applied|applies|engaged|relied|invoked|claimed for|to|on|in")
USUAL = Phrases(
    "an|a|any|public|all|some authority|authorities|body|bodies|public_authority|public_authorities may|can|could|"
    "might|must",
    "normally|usually|generally|often|sometimes|routinely|typically|ordinarily|commonly withheld|exempt|refused|"
    "redacted|"
    "removed|apply|"
    "applied|used|engaged|relied|not",
    "is|are|be|will|would normally|usually|generally|often|sometimes|routinely|typically|ordinarily|commonly",
    "requests|request that|which|for|exceeding|over|taking ...80 can|may|will|could be refused|withheld|rejected",
    "guide|leaflet|factsheet|page|pages|booklet to|on|about",
    "act has|contains|provides|sets_out|lists {2} number|exemptions|several|some|exceptions|various",
)
"""What holds of any request, where nobody says ``we``."""
OURS = Phrases("our|us|we")
TIMES = Phrases("cases|case|times|occasions|requests|request|instances|refusals|replies")
ARGUES = Phrases(
    "you|requester|requestor|applicant|complainant|he|she|they [have|has|had] "
    "[also|then|now|further|rightly|wrongly|next|again] "
    "argue|argues|argued|contend|contends|contended|assert|asserts|asserted|allege|alleges|alleged|complain|complains|"
    "complained|challenge|challenges|challenged|dispute|disputes|disputed|say|says|said|state|states|stated|believe|"
    "believes|feel|feels|suggest|suggests|suggested|claim|claims|claimed|maintain|maintains|object|objects|objected|"
    "remind|reminds|reminded|remark|remarked|insist|insists|insisted|submit_that|submitted_that|"
    "question|questioned|point_out|pointed_out|wonder|wondered",
    "you [have] ask|asked|asking|enquire|enquired|want_to_know why|whether|how|if|when|who|that",
    "your|the_requester's|the_applicant's|the_complainant's remark|remarks|argument|arguments|contention|assertion|"
    "belief|"
    "suggestion|comment|comments|challenge|objection|criticism|point|points|view|submission|allegation|question "
    "[is|was|are] on|about|that|regarding|concerning|of|to",
    "saying|arguing|claiming|contending|asserting|alleging that",
    "your email|e-mail|letter|message|complaint|note says|states|argues|claims|contends|suggests|alleges|asserts|"
    "complains that",
)
"""What the requester has argued, as the authority tells it."""
NAMES = Phrases(
    "you|requester|applicant|complainant [have|has|also] quote|quoted|quotes|cite|cited|mention|mentioned|refer_to|"
    "referred_to"
)
"""The requester, not the authority, brought it up: right before the mention."""
HISTORY = Phrases(
    "commissioner|commissioner's|tribunal|judge|ico [has|had|then|also] found|finds|recorded|records|noted|notes|"
    "decided|ruled|"
    "held|said|says|concluded|considered|agreed|accepted|upheld|rejected|dismissed",
    "commissioner|tribunal ...60 was|were satisfied|of_the_view",
    "decision notice ...60 relied|cited",
)
"""What a regulator or a court is told to have found."""
WITHHELD_BY = Phrases("withheld|exempt|refused|excepted|redacted|withhold|withholding|refuse ...70 under|by|with|of|to")
FIRST_PERSON = Phrases(
    "we|i|our|us", "the council|trust|department|force|authority|university|constabulary|board|office|agency"
)
RIGHTS = Phrases(
    "complain|complaint|appeal|apply|application [directly] to the",
    "information commissioner|commissioner's",
    "right of|to appeal|complain|request|ask|apply",
    "internal review",
    "review this|our|the|of decision|response|refusal",
    "tribunal",
)
REQUESTER = Phrases(
    "number|numbers|proportion|percentage|how_many [of] [requests] [that|which] [were|was] refused",
    "number|numbers|proportion|percentage|how_many of|requests [requests] [that|which] [were|was] withheld",
    "my [foi|information] request|requests|question|questions|application",
    "i am [writing_to|formally] requesting|request",
    "i would like to|you request|know|ask|receive|see|have|provide",
    "i would be grateful",
    "i wish to|hereby request",
    "i hereby request",
    "i expect|believe you",
    "please could|can|would you",
    "i look forward to hearing|receiving",
    "i can refine",
    "i know|realise|appreciate|understand|accept|expect [that] you|section|there",
    "you may|might|will try|say|argue|claim|quote|cite",
    "i ask|urge|repeat|insist|ask_you|ask_that|trust_you|put_it_to_you|understand_that_you",
    "oblige|obliges|require|requires you to weigh|disclose|release|give|provide|consider|show|explain|say",
    "your request|requests was|were|is|asked ...60 number|numbers|list|breakdown|total|proportion|how_many|how_often "
    "...60 "
    "requests|refusals|refused|withheld|cases",
    "you|requester [have] requested|asked_for|sought|asked ...40 number|numbers|list|breakdown|total|proportion|"
    "how_many|how_often "
    "...60 requests|refusals|refused|withheld|cases",
)
EARLIER_DECISION = Phrases(
    "original|originally|initial|initially|first|previous|previously|earlier response|decision|reply|refusal|"
    "request|answer|"
    "refused|withheld|applied|relied|cited|quoted|letter|notice",
    "our|the|that|my response|decision|reply|refusal|answer|letter|e-mail|email|notice of|dated|on|sent",
    "council's|agency's|trust's|department's|board's|force's|university's|authority's|company's|service's|college's|"
    "commission's|"
    "office's|ministry's response|decision|reply|refusal|answer|letter|notice",
    "you|were|was told|informed|advised|answered|refused ...60 under|that|exempt|section|sections",
    "on # january|february|march|april|may|june|july|august|september|october|november|december [#] {3} refused|"
    "replied|answered|"
    "responded|wrote|withheld|relied|cited|applied|told",
    "council|trust|department|force|university|authority|board|we had|then [already] refused|withheld|applied|relied|"
    "cited|quoted|claimed",
    "request was|had_been [then|first] answered|refused|handled|dealt",
)
COMPLAINT = Phrases(
    "you [have] [also] argue|argued|complain|complained|challenge|challenged|dispute|disputed|say|said|state|"
    "stated|believe|"
    "contend|question|questioned|asked|feel|suggest|suggested|claim|claimed|raised|maintain|object|objected",
    "saying|arguing|claiming|contending|stating that",
    "your complaint|appeal|argument|view|letter|email|e-mail [is] that",
)
REVIEW_HOLDS = Phrases(
    "uphold|upheld|upholds|maintain|maintains|maintained|agree|agrees|continue|continues|still|satisfied",
    "correct|correctly|appropriate|appropriately|properly|remain|remains|reasonable|right",
    "supports|support|endorse|endorses|affirm|affirms|affirmed|stands_by|stand_by|sustain|sustains",
    "confirm|confirms the|that|our|its|section|regulation|and|this|it",
    "now rely|apply|withhold|relies|applies",
    "we|i|council|trust|department|force consider|considers|find|finds|believe|believes",
    "is|are exempt",
)
