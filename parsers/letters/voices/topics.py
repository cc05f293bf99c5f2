"""What a request is about, as an authority names it in passing: in the title of its letter (``Freedom of Information
Act 2000: requests refused as vexatious``) and within a sentence (``your request about refused grants, which we
received today``).

These are the requester's words too. Taken for the authority's, they would make a refusal of an acknowledgement.
"""

import re
from collections.abc import Iterator

from parsers.letters.text.layout import Layout, Line
from parsers.letters.text.phrases import Phrases, Words

Span = tuple[int, int]

_HEAD = 2500
"""Characters of a letter in which its title stands."""
_LINES = 40
_LINES_BELOW = 4
"""Lines with words on them that are looked at, and how many of them below the salutation."""
_TITLE_LENGTH = 220
_LABELLED = re.compile(
    r"(?:re|subject|title|topic|regarding|(?:request|case|foi|enquiry)[ ](?:title|subject|summary|description|topic)|"
    r"title of (?:your |the )?request)[ ]?(?:[:.]|-(?=[ ]))[ ]*(?=[^ \n])"
)
_WORD = (
    r"(?:your|the|a|and|under|for|act|foia?|foisa|eirs?|eisrs?|freedom|of|information|environmental|regulations|"
    r"\(?scotland\)?|requests?|enquiry|case|ref|reference|no|number|[a-z]{0,6}[/-]?[0-9][0-9a-z/-]{2,20})"
)
_NAMED = re.compile(
    rf"(?:re:[ ]|subject:[ ])?(?:{_WORD}[.,]?[ ]){{0,13}}{_WORD}"
    r"(?:[ ]?[-:|]|[ ](?:about|regarding|concerning|on))[ ](?=[^ \n])"
)
"""The law or the number of the request, and what parts them from its topic."""
_A_LAW_OR_REQUEST = re.compile(r"freedom of inf|environmental inf|request|enquiry|\bfoi|\beir")
_OF_A_NUMBER = re.compile(r"\b(?:ref|reference|no|number|date)\.?[ ]?[-:|][ ]$")
_DECIDES = re.compile(
    r"(?:^|[ (-])(?:refusal(?! of (?!your|the request))|notice|decision|outcome|response|reply|answer|final|"
    r"acknowledge?ment|clarification|transfer of your|extension of time|extension$|complaint|holding|receipt|"
    r"confirmation|update|not held|cost limit)(?![a-z])|"
    r"(?:internal|your) review|reconsideration|"
    r"^review (?:under|outcome|decision|of (?:your|our|decision|request|response))|"
    r"adolygiad|penderfyniad|ymateb|hysbysiad|gwrthod|"
    r"^(?:request )?(?:refused|withheld|exempt|rejected|declined|exempted|partly|partially|part|disclosed|disclosure)"
    r"(?![a-z])|"
    r"^(?:exemption|section|sections|regulation|reg|s)\.?[ ]?(?:[0-9]|-|\()(?!.*\b(?:refusals|notices|orders|"
    r"agreements|contributions|statistics|figures|numbers|usage|decisions|enquiries)\b)"
)
"""A title that says what the letter does, and not only what the request was for."""
_SALUTATION = re.compile(r"(?:dear|hello|hi|good (?:morning|afternoon)|annwyl)\b[^.\n]{0,80}$")
_SENTENCE_ENDS = frozenset(".:,;?!")


def named_topics(words: Words, layout: Layout) -> Iterator[Span]:
    """The spans in which the letter names what the request is about."""
    yield from _titles(words.text, layout)
    yield from _in_sentences(words, layout)


def _titles(lower: str, layout: Layout) -> Iterator[Span]:
    """The topic in each title near the top; a line right below the salutation needs no mark of being one."""
    greeted, left = False, _LINES
    for index, line in enumerate(layout.lines):
        if left == 0 or line.begin > _HEAD:
            return
        if line.blank:
            continue
        left -= 1
        if line.end - line.start > _TITLE_LENGTH:
            greeted = False
            continue
        topic = _topic_of(lower, line) or (line.start if greeted and _stands_alone(lower, layout, index) else None)
        if topic is not None and not _DECIDES.search(lower[topic : line.end]) and not _says(lower, topic, line.end):
            yield topic, line.end
        greeted = _SALUTATION.match(lower, line.start, line.end) is not None
        left = min(left, _LINES_BELOW) if greeted else left


def _topic_of(lower: str, line: Line) -> int | None:
    """Where the topic begins in a line that is labelled as title, or that opens with the law or the request."""
    named = _NAMED.match(lower, line.start, line.end)
    if (
        named is not None
        and _A_LAW_OR_REQUEST.search(named[0])
        and _OF_A_NUMBER.search(named[0]) is None
        and lower[line.end - 1] not in ".:;"
    ):
        return named.end()
    labelled = _LABELLED.match(lower, line.start, line.end)
    return labelled.end() if labelled is not None else None


def _stands_alone(lower: str, layout: Layout, index: int) -> bool:
    """Whether a line is a paragraph of its own and no sentence."""
    line, following = layout.lines[index], layout.lines[min(index + 1, len(layout.lines) - 1)]
    if not following.blank or lower[line.end - 1] in _SENTENCE_ENDS:
        return False
    return _SPEAKS.search(lower, line.start, line.end) is None


_SPEAKS = re.compile(r"\b(?:we|i|our|you|your|us|please|thank|thanks)\b")


def _says(lower: str, start: int, end: int) -> bool:
    """Whether a title states something of this request: ``the report is withheld``."""
    found = _STATES.search(lower, start, end)
    return found is not None and _RELATES.search(lower, start, found.start()) is None


_STATES = re.compile(r"\b(?:we|i|is|are|has been|have been|was|were|will|cannot)\b")
_RELATES = re.compile(r"\b(?:how|what|which|that|who|where|when|whether|why)\b")

_REQUEST = "request|requests|enquiry|enquiries|query|application|e-mail|email|letter|correspondence|question|questions"
_ABOUT = (
    "about|regarding|concerning|relating_to|in_relation_to|in_respect_of|with_regard_to|with_regards_to|in_connection_"
    "with|on_the_subject_of|entitled|titled"
)
_OPENS = Phrases(
    f"{_REQUEST} [for_information] {_ABOUT}",
    f"{_REQUEST} of|dated|received|made|sent|under|which ...60 {_ABOUT}",
    "request|enquiry|application for",
    "request|enquiry -",
    "you|you've [have|had] [also|then] asked|ask|requested|request|sought|seek [for|about|to_know|to_see|to_be_told]",
    "asking|requesting [for|about|to_know|to_see]",
    "request|enquiry asks|asked|sought|seeks [for|about|to_know|to_see]",
)
_OPENED = (
    "about",
    "regarding",
    "concerning",
    " to",
    "respect of",
    "connection with",
    "subject of",
    "titled",
    " -",
)
"""Behind these words stands a topic, whatever it begins with."""
_NO_TOPIC = re.compile(
    r"[ \n]*(?:under|pursuant)\b|"
    r"[ \n]*(?:us[ \n]+)?(?:on|in|by|last|then)[ \n][^.;:]{2,40}?[ \n](?:to|for|that)[ \n]+"
    r"(?:(?:an?|the|your|our|we|us)[ \n]+){0,2}(?:internal |formal )?(?:review\w*|reconsider\w*|clarif\w+|look)\b|"
    r"[ \n]*(?:(?:an?|the|your|our|us|that|this|for|to|further|more|some|of|its)[ \n]+){0,3}(?:internal |formal )?"
    r"(?:information(?![ \n](?:about|on|regarding|withheld|refused|redacted|exempt|concerning|relating))|review|"
    r"reviewed|reconsider\w*|reconsideration|clarif\w+|payment|appeal|complain\w*|following|below|above|look)\b"
)
"""What is asked for, and is no topic: a review, or ``the following`` list, which is found on its own."""
_ASKS = re.compile(r"[ \n]*(?:(?:us|about|to know)[ \n]+)?(?:how|whether|what|when|who|whom|why|which|where|if)\b")
_LONGEST = 400
_ENDS = re.compile(
    r"[;:?!]|\.(?=[ \n]|$)|\n[ ]*\n|"
    r",[ \n](?:which|but|and (?:we|i|that|this|it|your)|we|i|under|received|dated|however|because|as|you|so|this|it|"
    r"that|though|although|while|please|our|ref|reference|section|for which|to which|relying|citing|"
    r"and (?:stat|argu|sa[iy]|wrote|claim|contend|believ))|"
    r"(?<!that)(?<!which)(?<!who)[ \n](?:is|are|was|were|has|have|had|will|would|can|cannot|could|must|should|may|"
    r"might|exceeds?|falls?|fell|does|do|did|reached|engages?|attracts?|contains|appears|seems|applies)\b|"
    r"[ \n]and[ \n](?:we|i|will|are|am|has|have|is|was|you|this|it|they|these|withhold|refuse|decline|consider|find|"
    r"decided|cannot|attach|enclose|confirm|can|regret|must|shall|would|stated?|argued?|said|say|wrote|claim|claimed|"
    r"contend|believed?)(?![a-z])|"
    r"[ \n](?:we|i|please|received (?:on|by)|dated|because|pursuant|by virtue|in accordance|to which|for which|"
    r"from which|in order|ref|reference|our)\b|(?<!ed)(?<!held)[ \n]under[ \n]|[ ]-[ ]|[ ]\("
)
"""Where the words on the topic end: with the sentence, or where the authority takes the word again."""
_QUESTION_ENDS = re.compile(
    r"[;:?!]|\.(?=[ \n]|$)|\n[ ]*\n|"
    r",[ \n](?:which|but|and (?:we|i|that|this|it|your)|we|i|however|because|please|our)\b|"
    r"[ \n]and[ \n](?:we|i|will)\b|[ ]-[ ]"
)
_SUBORDINATE = re.compile(r"\b(?:where|when|as|since|because)[ \n]$")
"""``As you asked for the same in May, we need not answer``: the next comma ends it."""
_CLAUSE = re.compile(
    r"(?:[.,;:!?(\n-][ \n]*|\b(?:in|by)[ \n]which[ \n]|\b(?:where|when|as|since|because)[ \n]|"
    r"\bin[ \n](?:your|the|this|that)[ \n](?:e-?mail|letter|request|message|enquiry)[ \n])$"
)
_YOURS = re.compile(r"\byour?\b[^.;:]{0,60}$")
_WHOSE = re.compile(r"\b(?:your|the|this|a)[ \n](?:[a-z]+[ \n]){0,3}$")


def _begins(lower: str, start: int, asked: str) -> bool:
    """Whether what was asked follows: behind ``your request``, or a ``you asked`` that opens a clause.

    ``The list you asked for is exempt`` names no topic.
    """
    if asked.startswith("you"):
        return start == 0 or _CLAUSE.search(lower, max(0, start - 20), start) is not None
    whose = _YOURS if asked.startswith(("asking", "requesting")) else _WHOSE
    return whose.search(lower, max(0, start - 80), start) is not None


def _in_sentences(words: Words, layout: Layout) -> Iterator[Span]:
    """What follows ``your request about`` and ``you asked for``."""
    lower = words.text
    done = 0
    for found in _OPENS.finditer(words):
        start = found.end()
        open_topic = found[0].endswith(_OPENED)
        if (
            start < done
            or (not open_topic and _NO_TOPIC.match(lower, start))
            or not _begins(lower, start - len(found[0]), found[0])
        ):
            continue
        limit = min(layout.paragraph(start - 1, start)[1], start + _LONGEST)
        if _SUBORDINATE.search(lower, max(0, found.start() - 9), found.start()):
            comma = lower.find(",", start, limit)
            limit = comma if comma >= 0 else limit
        ends = _QUESTION_ENDS if _ASKS.match(lower, start) else _ENDS
        end = ends.search(lower, start, limit)
        done = end.start() if end is not None else limit
        if done > start:
            yield start, done
