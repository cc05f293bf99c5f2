"""Tell citations of information law from what only looks like them: sections of other Acts that letters print
without naming the Act, places in a document, labels and school years."""

import re
from collections.abc import Sequence

from parsers.law.table import ANY_WORD, FalseFriend, friends_of
from parsers.letters.citing.expand import exists_anywhere
from parsers.letters.citing.labels import in_title
from parsers.letters.citing.mentions import Mention
from parsers.letters.text.layout import Layout

WITHHOLDS = re.compile(
    r"exempt|withh|disclos|redact|accessible|publicly available|freedom of information|foi\b|public interest"
)
"""Words of information law; where they stand near, only a word right behind the number makes a false friend."""

_OF_THE = (
    r"(?:of|in (?=the (?:attach|enclos|append|annex)))[ \n]{1,40}(?:the|your|our|this|that|my|its|his|her|their|"
    r"a)[ \n]{1,40}"
    r"(?:['\"]?[a-z'&/-]{1,20}[ \n]{1,40}){0,10}"
)
_DOCUMENT = re.compile(
    rf"[ \n]{{1,40}}(?:of[ \n]{{1,40}}(?:our|my|its|his|her|their)[ ](?!.{{0,40}}\b(?:act|regulations?)\b)|"
    rf"{_OF_THE}(?:form|letter|contract|policy|report|code|guidance|document|agreement|plan|strategy|"
    r"template|questionnaire|spreadsheet|e?-?mail|constitution|guide|manual|procedures?|application|minutes|"
    r"lease|tender|"
    r"specification|annex|appendix|framework|standards?|handbook|statement|website|page|request|response|table|scheme|"
    r"terms|book|paper|review|submission|bid|notes?|faqs?|toolkit)\b"
    r"|(?:below|above|overleaf)\b|of[ ][0-9])"
)
_DECIMAL = re.compile(r"[0-9]{1,2}[a-z]?(?:\.[0-9]{1,2}){1,3}")
_LAST_HEADING = 20
"""The highest number that the headings of a document are likely to have."""
_SEE = re.compile(r"\b(?:in|see|at)[ \n]{1,40}$")
_LAW = re.compile(
    r"\bact\b|\bfoi|exempt|withh|duty|duties|comply|requir|oblig|accord|refus|\beirs?\b|engaged|appl|limit|cost|"
    r"vexatious|advice and|commissioner"
)


def names_document(lower: str, mention: Mention) -> bool:
    """``section 4 of the form``, ``section 12 below``: a place in a document, not in a law."""
    if mention.noun.family not in {"section", "regulation", "article", "schedule", "exemption"}:
        return False
    after = _DOCUMENT.match(lower, mention.end)
    if after is None:
        return False
    return not mention.items[0].levels or after[0].split()[0] == "of" or _decimal(lower, mention)


def is_heading_number(lower: str, layout: Layout, mention: Mention) -> bool:
    """``there is more in section 4.``, ``section 12.3``: with no word of law near it, a place in a document."""
    if mention.noun.family != "section" or not _may_head(lower, mention):
        return False
    start, end = layout.sentence(mention.start, mention.end)
    return _LAW.search(lower, max(start, mention.start - 200), min(end, mention.end + 200)) is None


def _may_head(lower: str, mention: Mention) -> bool:
    """Whether a number is such as the headings of documents have: decimal, pointed at, or with a title of its own."""
    first = mention.items[0]
    low = int(first.number[:2]) <= _LAST_HEADING if first.number[:2].isdigit() else first.number[:1].isdigit()
    if low and _decimal(lower, mention):
        return True
    if first.levels or len(mention.items) > 1:
        return False
    if mention.label:
        begins = lower[max(0, mention.start - 40) : mention.start].rpartition("\n")[2].strip(" \u2022") == ""
        return low and begins and not any(in_title(mention, regime) for regime in ("FOIA", "FOISA"))
    return _SEE.search(lower, max(0, mention.start - 12), mention.start) is not None


def _decimal(lower: str, mention: Mention) -> bool:
    """``12.3``: the number of a heading as likely as a section and its subsection."""
    return _DECIMAL.fullmatch(lower, mention.items[0].start, mention.items[0].end) is not None


def is_list_number(mention: Mention) -> bool:
    """``Exemption 6``: the law on information has no exemption below 10, so it is the sixth of a list, or abroad."""
    first = mention.items[0]
    return mention.noun.family in {"exemption", "exception"} and not first.levels and len(first.number) == 1


def is_too_short(lower: str, mention: Mention) -> bool:
    """``S4``: a school year or a label as likely as a section."""
    first = mention.items[0]
    dotted = "." in lower[mention.start : first.start]
    if mention.noun.short and mention.noun.family == "regulation" and not first.levels and not dotted:
        return True
    return mention.noun.short and not dotted and not first.levels and len(first.number) == 1


def betrayed(lower: str, mention: Mention) -> bool:
    """Whether the words right behind the number give a false friend away, whatever Act stands before it."""
    return _behind(lower, mention, _friends(mention)) is not None


def false_friend(lower: str, layout: Layout, mention: Mention) -> str | None:
    """The code of the Act of which a bare section number is, where the words beside it say so."""
    friends = _friends(mention)
    if _ABROAD.search(lower, max(0, mention.start - 60), mention.start):
        return ""
    if not friends:
        return None
    behind = _behind(lower, mention, friends)
    if behind is not None:
        return behind
    if not exists_anywhere((mention.items[0].number,)) and (usual := _usual(friends)):
        return usual
    start, end = layout.sentence(mention.start, mention.end)
    near = lower[max(start, mention.start - 160) : min(end, mention.end + 120)]
    if WITHHOLDS.search(near) or _no_chance(mention):
        return None
    return next((friend.act for friend in friends if any(word in near for word in friend.near)), None)


_DEEP = 2


def _no_chance(mention: Mention) -> bool:
    """Whether a number is so deep, as 12(5)(a), that it is of a law on information that has it, whatever is near."""
    first = mention.items[0]
    return len(first.levels) >= _DEEP and exists_anywhere((first.number, *first.levels))


def _usual(friends: Sequence[FalseFriend]) -> str:
    """The Act that a number is nearly always of, where no law on information has it."""
    return next((friend.act for friend in friends if ANY_WORD in friend.after), "")


def _friends(mention: Mention) -> tuple[FalseFriend, ...]:
    if mention.noun.family not in {"section", "regulation", "article"}:
        return ()
    found = (friend for item in mention.items for friend in friends_of(mention.noun.family, item.number))
    return tuple(dict.fromkeys(found))


def _behind(lower: str, mention: Mention, friends: Sequence[FalseFriend]) -> str | None:
    """The Act of the first friend whose word follows the number, two words of no law between at most."""
    if not friends:
        return None
    after = " ".join(lower[mention.end : mention.end + 70].split("\n\n", maxsplit=1)[0].split())
    after = _LABELLED.sub("", after)
    between = _BETWEEN.match(after)
    places = {0, *((found.end() for found in _WORD.finditer(after, 0, between.end())) if between else ())}
    for friend in friends:
        if friend.noun == "regulation" and any(word in mention.label for word in friend.after if len(word) > 5):
            return friend.act
        for place in sorted(places):
            if after.startswith(friend.after, place) and any(
                after.startswith(word, place) and not after[place + len(word) :][:1].isalpha() for word in friend.after
            ):
                return friend.act
    return None


_ABROAD = re.compile(
    r"\b(?:ontario|(?<!northern )ireland|irish|indian?|u\.s\.c|united states|american?|canad(?:a|ian)|australian?|"
    r"new zealand)\b[^.\n]{0,40}$"
)
"""Other countries, whose laws on information requesters and the press quote by their own numbers."""
_LABELLED = re.compile(r"^\([^()]{2,40}\) ")
_WORD = re.compile(r"[a-z&'-]+ ")
_BETWEEN = re.compile(
    r"(?:(?!(?:exempt|except|refus|public|appl|engag|and|or|of|is|the|to|for|as|was|were|has|have|in|under|a|an|be|"
    r"by|that|which|on|we|our|your|not)[a-z]{0,6}\b)[a-z&'-]{2,14} ){1,2}"
)
