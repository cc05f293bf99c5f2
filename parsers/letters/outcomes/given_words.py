"""The forms in which an answer stands beside its question; the words of reasons and requests, which answer nothing."""

import re

from parsers.letters.text.phrases import Phrases

KEPT = Phrases(
    "exempt*",
    "except|excepts|excepted|exception|exceptions",
    "withh*",
    "refus*",
    "redact*",
    "declin*",
    "confirm nor|or deny",
    "vexatious",
    "manifestly",
    "exceed|exceeds|exceeded|beyond|above {4} limit|#",
    "section|sections|regulation|regulations|reg|sec|sect #",
    "not {2} provide|release|disclose|publish|share|given|supply",
    "cannot|unable",
    "eithr*",
)
"""Words of an answer that keeps something back."""
BEGS = Phrases(
    "please|kindly|also|can_you|could_you|can_the {2} provide|could|can|specify|send|supply|confirm|state|include|list|"
    "give|break",
    "my request",
    "i would|look|reserve|am|hope|ask|request",
)
"""Words of a requester."""
ARGUES = Phrases(
    "your|you",
    "public interest",
    "the act|regulations|legislation|duty",
    "exempt*",
    "withh*",
    "refus*",
    "disclos*",
    "prejudic*",
    "harm*",
    "hold|holds|held",
    "section|sections|regulation|regulations|article",
    "would|could|should|may|might",
    "we have|are|will|consider|considered|estimate|searched|believe|think",
    "i have|am|can|will|confirm|consider|estimate|apologise|refer",
    "request|requests|requested|review|search|searches|estimate|estimates|hours|search*",
    "apolog*",
    "thank",
    "sorry",
    "dear",
    "reply|response|answer|letter|e-mail|email",
    "information",
    "website|link",
    "personal data",
    "confiden*",
    "each|manual*|individual*",
)
"""Words of procedure and of reasoning, which a plain statement of what was asked does without."""
STATES = Phrases("is|are|was|were|has|have|had|does|do|did|use|uses|used|runs|run|makes|made|pays|paid|costs|cost|went")
ASKS = re.compile(
    r"(?:please|can you|could you|how|what|which|who|whom|when|where|why|whether|is|are|was|were|do|does|did|has|have|"
    r"if|the (?:total|number|names?|amount|cost|costs|value|dates?|details|protocol|policy|average)|a (?:copy|list|"
    r"breakdown)|an? |any|all|number|total|copy|copies|list|details|names?|dates?|amount|cost|costs|value|average|"
    r"breakdown|percentage|in )\b"
)
COLUMN = re.compile(
    r"\n[ ]*(?:how|what|which|who|when|where|why|is|are|was|were|do|does|did|has|have|number|total|"
    r"name|names|date|cost|"
    r"please)\b[^\n]{4,90}?[ ]{3,}(?=[^ \n])"
)
"""A question in the left column of a table; its answer stands to the right."""
WEIGHING = re.compile(
    r"\n[^\n]{0,60}\b(?:public interest|factors|arguments|favour|favouring|against|harm)\b[^\n]{0,60}\n"
)
"""A heading over reasons, whose bullets answer nothing."""
INTERROGATIVE = re.compile(
    r"\s*\(?[0-9]{1,2}[.)]\s{0,3}[a-z]|\s*(?:how|what|which|who|whom|when|where|why|whether|please|can|could|do|does|did|has|have|"
    r"is|are|was|were|if|and|also)\b"
)
LABEL = re.compile(
    r"\n[ ]*(?:(?:in (?:relation|response|answer) to )?(?:question|query|item|part|point|request|answer|q|s)[ ]?"
    r"\(?[0-9]{1,2}[a-z]?[.):]{0,2}(?=[ \n])|[-*\u2022](?=[ ][^\n:]{1,60}:)|\(?[0-9]{1,2}[.)](?=[ ])|"
    r"[0-9]{1,2}(?=[ ]{2,}[a-z])|\(?[a-h]\)(?=[ ]))"
)
PAIRED = re.compile(
    r"\n[ ]*q(?:uestion|uery)?[ ]?[.:][ ][^\n]{3,300}\n[ \n]{0,3}(?:a(?:nswer)?|reply|response)[ ]?[.:][ ]"
)
"""A question and the mark of its answer below it, neither numbered."""
FIGURES = re.compile(r"(?:[a-z]{3,12} [0-9][0-9.,]{0,8}%?[,;][ \n]){2}")
"""``Apr 5.1%, May 4.7%, June ...``"""
BESIDE = re.compile(r"[^\n:]{2,160}:[ ]+(?=[^ \n])|[^\n]{3,160}?(?:[ ]{2,}|[ ][-\u2013][ ]|\.{4,}[ ]?)(?=[^ \n])")
"""A question or title with its answer beside it: after a colon, in the next column, after a dash."""
VALUE = re.compile(
    r"[\s\u2022:.-]{0,80}(?![0-9]{1,2}[.)]\s{0,3}[a-z])(?:(?:\u00a3[ ]?)?[0-9][0-9,.]*[ ]?"
    r"(?:%|k|m|million|per cent)?(?=[ ,.;()\n]|$)|"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"thirteen|fourteen|fifteen|sixteen|eighteen|twenty|yes|no|none|nil|zero|n/a|not applicable)"
    r"(?=[ ]{0,40}(?:[.,;\n]|[a-z]{3,12}[.,;\n]|$)))"
)
GIVEN_MARK = re.compile(
    r"[\s\u2022:.-]{0,80}(?:released|disclosed|provided|supplied|answered|attached|enclosed|sent)\b"
    r"(?: in full| herewith| with this letter)?[ ]{0,40}(?:[.,;(\n]|$)"
)
MARKED = Phrases("enclosed|attached|released|disclosed|supplied")
MARK_BEFORE = re.compile(r"(?:\||:|[ ]-|\u2013|[ ]{2})[ ]{1,80}$")
CELL_BEFORE = re.compile(r"\n[ ]*\n[ ]{0,40}$")
CELL_AFTER = re.compile(r"(?: in full)?[ ]{0,40}(?:[ ]{3}|\n[ ]*\n)")
"""A cell of its own, between blank lines or before the next cell."""
SCHEDULE = re.compile(r"\n[ ]*(?:(?:redaction )?schedule|annex|appendix|table)\b[^\n]{0,60}\n")
"""The heading of what follows the signature."""
MARK_AFTER = re.compile(
    r"[ ]{0,40}(?:[;.,|\n(]|in full)|(?::[ ]|[ ]{2})(?![ ]{0,40}(?:exempt|except|provision|section|reason|note|comment|"
    r"withh|redact|refus|why|page|date)[a-z]{0,8}[ ]*(?:\n|:|[ ]{2}))"
)
"""``Minutes: enclosed;``, and the same in the middle of a row that is not the head of its table."""
SENTENCE_BEFORE = re.compile(r"(?<=\.)[ \n]{1,80}$")
"""``... for 2019? Enclosed.``"""
ROW = re.compile(
    r"\n[ ]*(?P<title>(?:[a-z(\u2022*-]|(?:19|20)[0-9]{2}\b)[^\n]{0,110}?)(?:[ ]{2,}|[ ]?\.{4,}[ ]?|:[ ]+|"
    r"[ ]-[ ]|[ ]?\|[ ]?)"
    r"(?:[0-9][0-9,.]*%?[ ]{1,20}){0,12}"
    r"(?P<value>(?:\u00a3[ ]?)?[0-9][0-9,]{0,12}(?:\.[0-9]{1,2})?[ ]?%?(?:[ ]\([^\n)]{1,20}\))?|"
    r"yes|no|none|nil|zero|n/a|released|disclosed|provided|supplied|attached|enclosed)(?: in full)?[ .*]{0,8}(?=\n)"
)
"""A row of a table, or a line, with a figure, a plain word or a mark of release at its end."""
TWO_ROWS = re.compile(r"(?:\n[ ]*[a-z][a-z0-9 ()<&'/-]{0,40}[ ](?:<?[0-9][0-9,]{0,8}|nil|none|\*)[ ]*){2}(?=\n)")
"""Short lines one below the other that end in a figure, as a table does that has lost its columns."""
NO_FIGURE = re.compile(
    r"\b(?:ref|reference|number|no|tel|telephone|phone|fax|date|dated|received|our|your|page|floor|room|box|ext|section|"
    r"sections|regulation|foi|foia|eir|version|copying|fee|postage|limit|street|road|total cost|of|act|exempt\w*|"
    r"withheld|refused|attachments?|exempt\w*|appl\w*|enclosures?)\b"
)
NUMERAL = (
    r"(?:\u00a3[ ]?)?(?:(?!0[0-9])[0-9][0-9,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|"
    r"thirty|forty|"
    r"fifty|hundred)\b"
)
AMOUNTS = re.compile(
    rf"\b(?:was|were|is|are|been|totals?|totalled|had|has|have|employs?|owns?|spent|paid|cost)[ \n]+{NUMERAL}"
)
TOLD = re.compile(
    rf"\b(?:was|were|is|are|been|totals?|totalled|employs?|owns?|spent|paid|cost|"
    rf"employed|issued|bought|sold|opened|recorded)[ \n]+{NUMERAL}"
)
"""An amount told in plain prose; what a body has may only explain why it cannot answer."""
COUNTED = re.compile(rf"\b(?:holds?|held|there (?:is|are|was|were))[ \n]+(?:{NUMERAL}|no\b|none\b)")
"""An amount stated: ``The force holds seven``."""
YOURS = Phrases("your|you", "information|requests|documents|papers|reports|files")
MODAL = Phrases("would|could|may|might|should|if|whether|limit|threshold|hours|minutes|exceed|estimate|estimated")
SEARCH = Phrases(
    "days|day|hours|hour|working|exemptions|exemption|parts|questions|pages|e-mails|emails|records|items|years|reasons|"
    "limit|threshold|duties|rights|stages|dated|received|requests|months|weeks|section|matter|doubt|longer|more|charge|obligation|need|"
    "search*"
)
"""An amount of these tells of the search, and not of what was asked."""
TALLIED = re.compile(r"\b(?:samples?|files?|boxes|minutes|hours|search\w{0,4}|manual\w{0,3})\b")
"""Words before an amount that tell how long a search would take."""
LISTED = re.compile(r"\s*(?:[\u2022\u00b7*.-]|o[ ]|\(?[0-9]{1,2}[.)]|for example|any\b|copies\b|details\b)")
