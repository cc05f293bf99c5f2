"""The words by which an answer gives something, keeps it back, has it not, or changes what was decided before."""

from parsers.letters.phrases import Phrases

GIVES = Phrases(
    "attached|enclosed as requested|asked|promised",
    "find|see|refer|enclose|enclosing|attach|attaching {6} "
    "attached|enclosed|spreadsheet|spreadsheets|table|document|documents|attachment|attachments|annex|appendix|"
    "enclosure",
    "attach|enclose|attaching|enclosing|attached|enclosed the|a|an|copies|copy|our|this|these|some|herewith",
    "attached|enclosed is|are|spreadsheet|spreadsheets|document|documents|file|files|copy|copies|table|tables|report|"
    "reports|information|data",
    "information|data|document|documents|copy|copies|spreadsheet|report|reports|file|response|details {6} is|are [now] "
    "attached|enclosed|included|contained",
    "i|we|council|trust|department|university|force can|am|are|is [able|happy|pleased] [to] "
    "disclose|release|supply|disclosing|releasing",
    "happy|pleased to provide|disclose|release|supply",
    "is|are [also|now] attached|enclosed|annexed",
    "table|chart|figure|figures|data|breakdown below|show|shows|above|overleaf",
    "redacted copy|copies|version|versions|format|form|document|documents",
    "has|have been disclosed|released|provided in_full|where_possible|below|with|to_you",
    "disclose|disclosed [to_you] in full",
)
ANSWERS = Phrases(
    "able|happy|pleased to provide|disclose|release|supply",
    "set_out|provided|detailed|given|shown|listed|contained|supplied|outlined|answered|answer|answers|response|"
    "responses|"
    "find|explained {6} below|as_follows",
    "information|response|answer|answers|details|data|figures {6} is|are as_follows|below|provided|set_out|detailed",
    "response:|answer:|reply:|query",
    "i|we|council|trust|department can|are_able_to|am_able_to [also] confirm|advise|inform|tell",
    "following|this link",
)
NOT_NOW = Phrases(
    "arguments",
    "public interest",
    "reason|reasons for",
    "review|appeal|appeals|complaints procedure|form|process",
    "copyright",
    "complain*",
    "re-use|reuse",
    "would|could|might|until",
    "may be able",
    "if|should you",
    "will be",
    "in due course",
    "obligat*",
    "previously|advice|unable|exempt|refine|narrow|leaflet|survey",
    "not able",
    "guidance note",
    "happy to discuss|help",
    "does|do hold",
    "holds the",
)
PARTIAL = Phrases(
    "taken|left|blacked|blanked out",
    "some of the|that|this|your [requested] information",
    "partly|partially|partial disclos*|releas*|refus*|withh*|exempt|complian*",
    "part|parts|aspects|elements|sections of the|your|this [requested] information|request|document|documents|report",
    "redact*",
    "remaining|remainder|rest [of] [the] information|part|parts|question|questions",
    "names|details|identity|identities|figures {8} have_been|are|were|has_been removed|withheld|redacted|suppressed",
    "not supplied any figures",
    "figures below|under|less",
    "replaced with|by",
)
GAPS = Phrases(
    "not|unable {2} able|possible|to [to] {2} provide|extract|supply|answer|break|disclose|separate",
    "unable to {2} provide|extract|supply|answer|break|disclose|separate",
    "cannot [be] {1} share|shared|provide|provided|disclose|disclosed|release|released|identified|extract|extracted|"
    "answer|answered|supply|supplied",
    "do|does|did|is|are not {1} hold|held|record|recorded|collect|collected|capture|captured|collate|collated",
    "to protect|prevent|avoid ...60 identif*",
    "fewer|less than five|ten|5|10",
    "sensitive",
)
FORMAT = Phrases("format", "csv|excel", "prescribed form", "guidance", "policy on", "copy of")
NOT_HELD = Phrases(
    "do|does|did not {1} hold|have_any|have_this|have_the|have_a_policy|keep|retain|possess|maintain",
    "has|have|holds|hold none of the",
    "nothing recorded|held|is_held|is_recorded|was_found",
    "no {5} has|have been carried_out|made|undertaken|produced|conducted|recorded|kept",
    "don't|doesn't hold",
    "is|are|was|were not [currently] held",
    "hold|holds no",
    "no [recorded|relevant] information|record|records|data [is|are|was|were] held|found|located|exists|exist",
    "found|find|locate|located|identified|trace no {1} record|records|information|document|documents|data|trace",
    "has|have no record|records|information|data|system|systems|such",
    "nid yw|ydym|oes ...40 dal|cadw|ddal|gadw",
)
NONE_HELD = Phrases(
    "do|does|did not {1} hold the|any|this|that|such {1} information|data|record|records",
    "do|does|did not {1} keep|retain|possess|maintain|have {1} record|records|information|data",
    "has|have|holds|hold none of the information",
    "information|data|records {6} is|are|was|were not [currently] held",
    "hold|holds no [recorded|relevant] information|data|records",
    "no [recorded|relevant] information|record|records|data [is|are|was|were] held|found|located",
)
OVERTURNS = Phrases(
    "uphold|upheld|accept|accepts|agree|agree_with your complaint|appeal|concern|concerns",
    "your complaint|appeal|request {4} is|has_been|was|should_be {1} upheld",
    "overturn*",
    "partially|partly|part uphold|upheld",
    "uphold|upheld in part",
    "not uphold|upheld the|our [original|initial] decision|response|refusal",
    "now [be] disclos*|releas*|provid*|supply*|attach*",
    "in breach",
    "breached|breach of",
    "should have been provided|disclosed|released|answered",
    "is|are attached",
    "is|are|be [accordingly|therefore|now] released|disclosed|provided|supplied|enclosed with_this|to_you|herewith|"
    "below|in_full",
    "located {2} information",
    "incorrectly applied|withheld|refused",
)
UPHOLDS = Phrases(
    "uphold|upheld|upholds|upholding|maintain|maintains|maintained|confirm|confirms the|our|its|this|that|my {3} "
    "decision|response|refusal|position|exemption|use|application|reply",
    "original|initial|earlier|first decision|response|refusal|reply|request {4} upheld|correct|maintained|appropriate|"
    "stands|satisfied",
    "not [therefore] uphold|upheld your",
    "correctly applied|refused|withheld|handled|engaged|cited|complied",
    "applied|handled|refused|withheld correctly",
    "complaint is|has_been|was not upheld",
    "remain|remains of the view",
)
NO_AUTHORITY = Phrases(
    "is|are|am not [itself] [a] public_authority|public_authorities|public_body",
    "we|company|practice|association|school|society|charity are|is not [itself] subject|covered to|by",
)
"""A body that says the law does not bind it."""
