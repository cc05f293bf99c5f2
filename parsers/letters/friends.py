"""Tell citations of information law from what only looks like them: sections of other Acts that letters print
without naming the Act, places in a document, labels and school years."""

import re

from parsers.law.table import false_friends
from parsers.letters.citations import Mention
from parsers.letters.layout import Layout

WITHHOLDS = re.compile(r"exempt|withh|disclos|redact|freedom of information|foi\b|public interest")
"""Words of information law; where they stand near, only a word right behind the number makes a false friend."""

_OF_THE = (
    r"(?:of|in (?=the (?:attach|enclos|append|annex)))[ \n]{1,40}(?:the|your|our|this|that|my|its|his|her|their|"
    r"a)[ \n]{1,40}"
    r"(?:['\"]?[a-z'&/-]{1,20}[ \n]{1,40}){0,10}"
)
_DOCUMENT = re.compile(
    rf"[ \n]{{1,40}}(?:{_OF_THE}(?:form|letter|contract|policy|report|code|guidance|document|agreement|plan|strategy|"
    r"template|questionnaire|spreadsheet|e?-?mail|constitution|guide|manual|procedures?|application|minutes|"
    r"lease|tender|"
    r"specification|annex|appendix|framework|standards?|handbook|statement|website|page|request|response|table|scheme|"
    r"terms|book|paper|review|submission|bid|notes?|faqs?|toolkit)\b"
    r"|(?:below|above|overleaf)\b|of[ ][0-9])"
)
_SEE = re.compile(r"\b(?:in|see|at)[ \n]{1,40}$")
_LAW = re.compile(r"\bact\b|\bfoi|exempt|withh|duty|duties|comply|requir|oblig|accord|refus|\beirs?\b|engaged|appl")


def names_document(lower: str, mention: Mention) -> bool:
    """``section 4 of the form``, ``section 12 below``: a place in a document, not in a law."""
    if mention.noun.family not in {"section", "regulation", "article", "schedule", "exemption"}:
        return False
    after = _DOCUMENT.match(lower, mention.end)
    return after is not None and (not mention.items[0].levels or after[0].split()[0] == "of")


def is_heading_number(lower: str, layout: Layout, mention: Mention) -> bool:
    """``there is more in section 4.``: a bare number with no word of law near it is a place in a document."""
    if mention.noun.family != "section" or mention.items[0].levels or len(mention.items) > 1 or mention.label:
        return False
    if _SEE.search(lower, max(0, mention.start - 12), mention.start) is None:
        return False
    start, end = layout.sentence(mention.start, mention.end)
    return _LAW.search(lower, max(start, mention.start - 200), min(end, mention.end + 200)) is None


def is_list_number(mention: Mention) -> bool:
    """``Exemption 6``: the law on information has no exemption below 10, so it is the sixth of a list, or abroad."""
    first = mention.items[0]
    return mention.noun.family in {"exemption", "exception"} and not first.levels and len(first.number) == 1


def is_too_short(lower: str, mention: Mention) -> bool:
    """``S4``: a school year or a label as likely as a section."""
    first = mention.items[0]
    dotted = lower[mention.start + 1 : mention.start + 2] == "."
    return mention.noun.short and not dotted and not first.levels and len(first.number) == 1


def betrayed(lower: str, mention: Mention) -> bool:
    """Whether the words right behind the number give a false friend away, whatever Act stands before it."""
    after = lower[mention.end : mention.end + 40].lstrip(" \n")
    return any(
        friend.regulation == (mention.noun.family == "regulation")
        and mention.items[0].number in friend.sections
        and after.startswith(friend.after)
        for friend in false_friends()
    )


def false_friend(lower: str, layout: Layout, mention: Mention) -> str | None:
    """The code of the Act of which a bare section number is, where the words beside it say so."""
    if mention.noun.family not in {"section", "regulation"}:
        return None
    numbers = {item.number for item in mention.items}
    start, end = layout.sentence(mention.start, mention.end)
    after = lower[mention.end : mention.end + 40].split("\n\n", maxsplit=1)[0]
    near = lower[max(start, mention.start - 160) : min(end, mention.end + 120)]
    for friend in false_friends():
        if not numbers & friend.sections or (mention.noun.family == "regulation") != friend.regulation:
            continue
        if any(word in after[: len(word) + 12] for word in friend.after):
            return friend.act
        if any(word in near for word in friend.near) and not WITHHOLDS.search(near):
            return friend.act
    return None
