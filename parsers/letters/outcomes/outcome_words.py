"""The words by which an answer gives something, keeps it back, has it not, or changes what was decided before."""

import re

from parsers.letters.text.phrases import Phrases

_SENT = "sending|sent|disclosed|released|supplied"
_PIECES = "the|a|an|you|copies|documents|document|pages|#|all|it|them|most|some|both"
GIVES = Phrases(
    "attached|enclosed as requested|asked|promised",
    "find|see|refer|enclose|enclosing|attach|attaching {6} "
    "attached|enclosed|spreadsheet|spreadsheets|table|document|documents|attachment|attachments|annex|appendix|"
    "enclosure",
    "attach|enclose|attaching|enclosing|attached|enclosed the|a|an|copies|copy|our|this|these|some|most|all|it|"
    "them|both|herewith",
    "attached|enclosed is|are|spreadsheet|spreadsheets|document|documents|file|files|copy|copies|table|tables|report|"
    "reports|information|data",
    "information|data|document|documents|copy|copies|spreadsheet|report|reports|file|response|details {6} is|are [now] "
    "attached|enclosed|included|contained",
    "i|we|council|trust|department|university|force can|am|are|is [able|happy|pleased] [to] "
    "disclose|release|supply|disclosing|releasing",
    "happy|pleased to provide|disclose|release|supply",
    "is|are [also|now] attached|enclosed|annexed",
    "copy|list|copies|report|file is|are with this|the letter|e-mail|email|reply",
    "is|are at annex|appendix {2} in_full",
    "table|chart|figure|figures|data|breakdown below|show|shows|above|overleaf",
    "redacted copy|copies|version|versions|format|form|document|documents",
    "can|able_to|happy_to|pleased_to answer|respond_to [your] part|parts|question|questions|point|points|items",
    "able|happy|pleased to let you have the|a|an|some|most|copies|our|it|them",
    "has|have been disclosed|released|provided in_full|where_possible|below|with|to_you",
    "disclose|disclosed [to_you] in full",
    f"i|we|council|trust|department|force|university|board have|has|are|am [now|also|today] {_SENT} {_PIECES}",
    f"we've|i've|we're|i'm [now|also|today] {_SENT} {_PIECES}",
    f"i|we [now|also|today] send|supply|release|disclose {_PIECES}|now",
    "decided|agreed to disclose|release|provide|supply",
    "here they|it|you are|is",
    "here|here's is|are|the|a|our [the|a] list|figures|data|information|answers|answer|copy|documents|minutes",
    "is|are here",
    "can|am_able_to|are_able_to tell|say|advise|inform [you] [also] that|there #|there|none|all",
    "sent|supplied|provided with this|the e-mail|email|letter|message",
    "accompany|accompanies|accompanying this|the letter|e-mail|email|reply|message",
    "answer to {6} is yes|no|none|nil|that",
    "outside [of] the act|legislation|regulations|foia ...60 can|provide|tell|confirm|say",
    "in|see|refer_to the|our|an enclosed|attached|accompanying|appended schedule|schedules|document|documents|"
    "table|tables|"
    "spreadsheet|list|annex|appendix|file|sheet|report",
    "is|are|been|being [all] [now|today] released|disclosed|supplied|sent|published|enclosed|attached "
    "today|herewith|with_this|below|here|to_you|in_full|to_this|together|opposite|overleaf",
    "is|are released|disclosed|supplied|enclosed|attached",
    "is|are given in_full",
    "rhoddir ...40 yn_llawn",
    "else|rest|remainder|others|other|both|all|copy|copies|list|digest|summary|extract|extracts|data|minutes|papers|"
    "documents|document|pages|figures|log|report|reports|telegrams|table|spreadsheet|plan|plans|map|letters|policy "
    "[is|are] [now] enclosed|attached|released|herewith",
    "released|disclosed|supplied|provided to_you|herewith|in_full|with_this",
    "ynghlwm|amgaeedig|amgaeaf|atodaf",
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
    "may be|become|in_future",
    "if|should you",
    "will be",
    "in due course",
    "obligat*",
    "previously|refine|narrow|leaflet|survey",
    "advice on|about|and|to|as|in|under|for",
    "some|our|following|general|further advice",
    "guidance note",
    "happy to discuss|help",
    "your|the rights|rights_are|right_to",
    "notes on",
    "explanation|explanations|considerations",
    "copy of your|the_request|your_request",
    "you wrote|say|said|complained",
    "in the annex",
    "i would|want|hope",
    "as per|or_at_least",
    "please provide|supply|send|could|can|direct|contact",
)
"""Words of a sentence that puts a gift off, offers it, or speaks of another than what was asked for."""
NOT_THAT = Phrases(
    "exempt from|under|by|because|and",
    "is|are|was|were|be exempt",
    "link|links|website",
    "does|do|we|i hold",
    "holds the|this|some|what",
    "unable|refuse|refused|withheld|withhold|withholding|not|cannot|nor|neither|never|without|decline|declined|"
    "only|whether|to_be|prevent|prohibits|forbids|prohibited",
)
"""Words that take a gift back, in its own clause."""
PARTIAL = Phrases(
    "taken|left|blacked|blanked out",
    "some of the|that|this|your [requested] information",
    "partly|partially|partial disclos*|releas*|refus*|withh*|exempt|complian*",
    "part|parts|aspects|elements|sections of the|your|this [requested] information|request|document|documents|report",
    "redact*",
    "parts|passages|pages withheld|refused|removed",
    "remaining|remainder|rest [of] [the] information|part|parts|question|questions",
    "names|details|identity|identities|figures {8} have_been|are|were|has_been removed|withheld|redacted|suppressed",
    "not supplied any figures",
    "inked|struck over|out",
    "held back other_than|except|apart_from|save",
    "except|apart|other for|from|than ...60 you have",
    "except|apart|other for|from|than the|that|those|one|two|three ...80 disclosed|released|enclosed|attached",
    "figures below|under|less",
    "replaced with|by",
)
HARD_GAPS = Phrases(
    "unable to {2} provide|extract|supply|answer|break|disclose|separate|report|tell|say|calculate|determine",
    "cannot|can't [be] {1} share|shared|provide|provided|disclose|disclosed|release|released|extract|extracted|"
    "answer|answered|supply|supplied|counted|separated",
    "information|data|figure|figures|breakdown|this is|are not available",
    "do|does|did|is|are|isn't|aren't|don't|doesn't [not] {1} record|recorded|collect|collected|capture|captured|"
    "collate|collated|kept",
)
"""What one question of several does not get, said outright."""
GAPS = Phrases(
    "not|unable {2} able [to] {2} provide|extract|supply|answer|break|disclose|separate",
    "cannot|can't say|tell",
    "not available as|because|since|for",
    "not possible to {2} provide|extract|supply|answer|break|disclose|separate",
    "unable to {2} provide|extract|supply|answer|break|disclose|separate|report|tell|say|calculate|determine",
    "cannot [be] {1} share|shared|provide|provided|disclose|disclosed|release|released|identified|extract|extracted|"
    "answer|answered|supply|supplied",
    "do|does|did|is|are not {1} hold|held|record|recorded|collect|collected|capture|captured|collate|collated",
    "information|data|figure|figures|breakdown|this is|are not available",
    "receipts|names|documents|pages|attachments|details|copies|papers|records is|are|were not included",
    "no longer held|available|exists|exist",
    "to protect|prevent|avoid {8} identification|identifying|identifiable|identity",
    "fewer|less than three|four|five|six|seven|ten|3|4|5|6|7|10",
    "figures|figure|numbers|number|values|cells|data|counts {4} replaced|suppressed|masked|rounded",
    "sensitive",
)
"""What an answer that refuses nothing does not give; a thing that is not there is no gap."""
NOT_ALL = re.compile(r"\bnot[ \n](?:all|always|every)\b")
"""``Not all schools record it alike`` is a caution about figures, and no gap."""
LISTS = re.compile(r"\n[^\n:]{2,60}:[ ]{1,20}(?:\u00a3[ ]?)?[0-9]")
"""A line with a figure beside its title."""
FORMAT = Phrases("format", "csv|excel", "prescribed form", "guidance", "policy on", "copy of")
_RECORDS = "information|data|record|records|figures"
_PAPERS = f"{_RECORDS}|document|documents|copy|copies|report|reports|correspondence|material|paper|papers"
NOT_HELD = Phrases(
    "do|does|did not {1} hold|possess|have_this|have_information",
    f"do|does|did not have|keep|retain|maintain [any|the|this|such|a] [of] [the|this|that] [such|recorded|relevant] "
    f"{_RECORDS}|log|register",
    "has|have|holds|hold none [of]",
    "nothing recorded|held|is_held|is_recorded|was_found",
    "no {5} has|have been carried_out|undertaken|produced|conducted|recorded|kept",
    "don't|doesn't|didn't hold",
    f"don't|doesn't|didn't have|keep [any|the|this|such|a] {_RECORDS}",
    "i've|we've|we|they've no {1} information|data|record|records",
    "is|are|was|were not [currently] held",
    "isn't|aren't|wasn't|weren't held",
    "hold|holds no|nothing",
    f"no [recorded|relevant|such] {_PAPERS} [is|are|was|were] held|found|located|exists|exist",
    "found|find|locate|located|identified|trace no {1} record|records|information|document|documents|data|trace",
    f"has|have no {{1}} {_RECORDS}",
    "nid yw|ydym|oes ...40 dal|cadw|ddal|gadw",
    "not information|something that|which|we [we] have|hold|held|record|keep|collect",
    "isn't information|something|data {2} have|hold|held|record|keep|collect",
    "no longer holds|hold {2} rotas|records|information|data|papers|files|it|them|this|these",
    "destroyed|disposed_of|deleted {3} under|in_line|in_accordance|after|retention",
    "but not question|questions|part|parts|point|item|for",
    "do|does|did not have [a|an|any|the] copy|copies",
    "unable_to|could_not|not_able_to find|locate|trace any|such|a|an",
    "don't|doesn't|didn't have [a|an|any|the] copy|copies",
)
"""Information is not held, or not recorded: something asked for is missing."""
LACKS = Phrases(
    "do|does|did not {1} have|keep|retain|maintain|operate|use",
    "don't|doesn't|didn't have|keep|retain|maintain|operate|use",
    "has|have no such|systems|system|policy|policies",
)
"""The body has not the thing asked about. Beside other answers this is a fact that answers; alone, nothing is held."""
PUBLISHED = Phrases(
    "already|publicly|freely|readily available|published|accessible|in_the_public_domain",
    "available|published|found|accessed|viewed|accessible|obtained|downloaded {4} on|at|via|from|through|in {4} "
    "website|web_site|internet|online|link|site|page|pages|publication_scheme|portal|gov.uk",
    "available|published online",
    "is|are [also] on|at our|the {2} website|web_site|site",
    "published each|every|annually|monthly|quarterly|weekly",
)
NONE_HELD = Phrases(
    "do|does|did not record|collect|collate|capture|keep|monitor this|that|these|the_information|such|it",
    "no {2} meeting|meetings|inspection|survey|review|assessment took_place|was_held|were_held|was_carried_out",
    "no meeting|meetings|inspection|survey|assessment took_place|was_held|were_held|was_carried_out",
    "hold|holds nothing",
    "no {2} is|are|was|were|being held",
    "do|does|did not {1} hold the|any|this|that|such {1} information|data|record|records",
    "do|does|did not {1} keep|retain|possess|maintain|have {2} record|records|information|data",
    "has|have|holds|hold none of the information",
    "information|data|records {6} is|are|was|were not [currently] held",
    "hold|holds no [recorded|relevant] information|data|records",
    "no [recorded|relevant] information|record|records|data [is|are|was|were] held|found|located",
)
OVERTURNS = Phrases(
    "allow|allowed|allows the|your|this appeal",
    "uphold|upheld|accept|accepts|agree|agree_with your complaint|appeal|concern|concerns",
    "i|we|panel agree|agrees with you as_regards|regarding|concerning|about|as_to|in_respect_of|on section|regulation",
    "your complaint|appeal|request {4} is|has_been|was|should_be {1} upheld",
    "overturn*",
    "partially|partly|part uphold|upheld",
    "uphold|upheld in part",
    "not uphold|upheld the|our [original|initial] decision|response|refusal",
    "now [be] disclos*|releas*|provid*|supply*|attach*",
    "in breach",
    "breached|breach of",
    "should|ought_to have been provided|disclosed|released|answered|given|supplied",
    "decision is|has_been varied|changed|modified|amended",
    "is|are enclosed",
    "decided|agree|conclude|concluded|find|consider that ...80 should|can [now] be disclosed|released",
    "is|are attached",
    "is|are|be [accordingly|therefore|now] released|disclosed|provided|supplied|enclosed with_this|to_you|herewith|"
    "below|in_full",
    "located {2} information",
    "further|additional|more file|files|document|documents|information|records|papers|e-mails|emails {3} "
    "found|located|come_to_light|identified|traced",
    "can|able_to [now] supply|provide|release|disclose the|this|these|it|them",
    "cannot be supported|sustained|maintained|justified",
    "figures|information|answers|answer|list ...40 is|are [set_out|given] below|as_follows|attached|enclosed",
    "i|we [now|therefore|accordingly|also|hereby] overturn|release|disclose|enclose|attach",
    "amgaeaf|amgaeir|ynghlwm",
    "nid yw ...60 bellach",
)
FAULTS = Phrases(
    "incorrectly|wrongly|mistakenly applied|withheld|refused|cited|relied|used|claimed",
    "wrong section|exemption|exception|law|regulation",
    "got this|it|that wrong",
    "wrong to rely|apply|refuse|withhold|cite|claim|say",
    "accept|accepts|agree|agrees|find|finds that ...60 was|were late|overlooked|missed|out_of_time",
    "section|exemption|exception {2} did not apply",
    "section|exemption|exception {2} was|were not engaged|applicable|made_out|justified",
    "is|are|has|have [been] [now] withdrawn",
    "no longer rely|relies|relying|relied",
    "should never|not have been",
)
"""What was wrong with the first answer; it overturns it unless the information stays withheld all the same."""
STAYS = Phrases(
    "remain|remains|stay|stays|still [therefore|all] withheld|exempt|refused|engaged",
    "another|different reason|ground|exemption|section",
    "nonetheless|nevertheless ...60 withheld|exempt",
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
    "dismiss|dismissed|dismisses|reject|rejected|rejects the|your|this appeal|complaint",
    "remain|remains of the view",
    "see|find|found|saw|have no reason|grounds to change|alter|depart|overturn",
    "cadarnhau|cadarnhaf ...30 penderfyniad",
)
NO_AUTHORITY = Phrases(
    "is|are|am not [itself] [a] public_authority|public_authorities|public_body",
    "we|company|practice|association|school|society|charity are|is not [itself] subject|covered to|by",
)
"""A body that says the law does not bind it."""
CONFIRMS = Phrases(
    "confirm|confirms that|the|we|it {3} hold|holds|held|holding",
    "i|we|force|council|trust|department|authority|service|agency [do|does] hold|holds the|this|some|what",
    "report|file|document|documents|papers|records ...60 is|are held",
    "information is|are held",
)
"""The authority says that it has something."""
