"""The request as an answer repeats it: between quotation marks, or between a line that announces it and one that
answers; what the requester is said to have said; and an earlier answer printed below the one that replaces it."""

import re
from collections.abc import Iterator

from parsers.letters.text.clean import Letter
from parsers.letters.text.layout import Layout, Line
from parsers.letters.text.phrases import Phrases

_HEADING = re.compile(
    r"(?:[0-9]{1,2}[.)][ ])?(?:your |the |this |original |initial |full |foi |eir |information |requested |you |"
    r"details of |text of |wording of )*"
    r"(?:requests?|questions?|query|enquiry|requested|asked|information)"
    r"(?: description| details| for information| wording| made| in full)?(?:[ ]?[:-]{1,2})?$"
)
_ANNOUNCED = re.compile(
    r"\b(?:ask|asked|request|requested|requesting|wrote|sought|stated|reads|submitted|repeated|reproduced|"
    r"set out|query|enquiry)\b"
)
_OFFERS = re.compile(
    r"respon|\bconfirm|\bholds?\b|below is|provid|attach|enclos|\blink|locat|disclos|releas|answer|reasons?\b|"
    r"because|exempt|withh|ke(?:ep|pt)(?:ing)? back|refus|declin"
)
_ANSWERS = re.compile(
    r"(?:(?:our|the|my|trust|council|department(?:al)?|[a-z]{2,8})[ ]){0,2}(?:response|answer|reply|"
    r"decision)(?:[ ](?:to|is|-)|[ ]?[:.-]|$)|"
    r"(?:i|we)[ ](?:can|am able|are able|have|do|will|must|wish|apologise|enclose|attach|now|should|hold|find|consider|"
    r"rely|refuse|neither|note|believe|understand|regret|confirm|acknowledge|conclude|withhold|interpret|treat|"
    r"estimate|"
    r"would like to (?:apologise|inform|advise|confirm|explain))\b|"
    r"(?:your|this|the)[ ](?:request|enquiry|questions?)[ ](?:has|have|is|was|will)\b|what you (?:ask|request|want)|"
    r"in[ ](?:response|reply|answer|accordance|line|respect|relation|regard)\b|with regards? to|having\b|following\b|"
    r"please[ ](?:find|see|note|be advised)|"
    r"the[ ](?:[a-z']+[ ]){1,5}(?:holds?|does|do|can|has|have|is|considers?|confirms?|believes?|refuses?|neither)\b|"
    r"under[ ](?:the|section)|unfortunately|however|exemption|yours[ ](?:sincerely|faithfully)|thank you|"
    r"as[ ](?:set out|explained)|it has been|(?:section|regulation|reg|s)\.?[ ]?[0-9]{1,2}[a-z]?(?:\(|[ ]?[-:])"
)
_DECIDES = re.compile(
    r"exempt(?:ed)?[ \n]from|(?:is|are|be|been)[ ](?:being[ ])?withheld|we are withholding|excepted from|"
    r"refusal notice|decided not to|"
    r"neither confirm|does not hold|do not hold|is attached|are attached|"
    r"\byour (?:request|enquiry|e-?mail|letter|application)(?:[ ](?:of|dated|for|has|was|under|received)\b|,)|"
    r"\byou (?:have )?(?:requested|asked)\b|public interest (?:favours|test|in maintaining)|prohibited (?:by|from)"
)
"""Words that only an answer has, wherever in a line they stand."""
_CITES = r"(?:sections?|ss?\.?|regulations?|regs?\.?)[ ]?[0-9]{1,2}"
_KEEPS = (
    r"(?:exempt|caught|covered|withheld|refused|refuse|redacted|engaged|relied on|applies|withhold|removed|personal "
    r"data|excepted|"
    r"taken out|blanked|held back|confidential|names out|not held)"
)
_GROUNDS = re.compile(
    rf"\b{_KEEPS}\b[^\n]{{0,70}}\b{_CITES}|\b{_CITES}[^\n]{{0,50}}\b{_KEEPS}\b|"
    rf"(?:[ ]{{2}}|-[ ]|:[ ]|\(|=[ ]){_CITES}[^?\n]{{0,40}}$"
)
"""A ground with a word that applies it: an answer, unless it speaks to somebody or of oneself."""
_ADDRESSES = re.compile(r"\b(?:you|your|my|me)\b|(?<![(a-z0-9])i[ ']")
_ASKED_AND_ANSWERED = re.compile(
    rf"\?[ ]+(?:a(?:nswer)?[:.][ ])?(?:yes|no|none|nil|not held|exempt|withheld|refused|attached|see (?:attached|"
    rf"below)|[0-9][0-9,.]*|"
    rf"one|two|three|four|five|six|seven|eight|nine|ten|{_CITES}[^?\n]{{0,20}})(?![a-z])[^?\n]{{0,160}}$"
)
_LISTED = re.compile(r"(?:[0-9]{1,2}[.):]|\(?[a-z0-9]{1,3}\)|\u2022|-[ ]|o[ ]|q[0-9])")
_GOES_ON = re.compile(
    r"please|i[ ]|if[ ]|also|for each|could|can you|for the|where|and[ ]|or[ ]|we (?:would|are|also)|\(|\"|thank|"
    r"many thanks"
)
"""How a request goes on below its list of questions."""
_WE = re.compile(r"\b(?:we|our|us)\b")
_SET_OUT = re.compile(
    r"\b(?:your|the|this|original)[ ](?:[a-z]+[ ]){0,3}(?:request|enquiry|questions?|e-?mail|wording)s?"
    r"(?:[ ](?:of|dated|received)[ ][^.:\n]{4,30})?,?[ ](?:(?:is|was|are|as|which|has been)[ ]){0,3}(?:set out|"
    r"reproduced|copied|repeated|shown|quoted|detailed|restated|printed)(?:[ ]in full)?[ ](?:here[ ])?below[.:]$|"
    r"\byou[ ](?:have[ ])?(?:asked|requested|wrote)(?:[ ]us)?(?:[ ]for)?[ ]the[ ]following[.]$"
)
"""``We have your request as set out below.``: a sentence that announces it without a colon."""
_MAX_LINES = 80
_MAX_QUOTATION = 6000
_MAX_INLINE = 900


def restated_requests(letter: Letter, layout: Layout) -> Iterator[tuple[int, int]]:
    """The spans of ``Letter.text`` in which the requester's own words are repeated."""
    lines = layout.lines
    index = 0
    while index < len(lines):
        line = lines[index]
        index += 1
        if line.blank or not _announces(letter.lower, layout, line) or _runs_over(letter.lower, lines, index - 1):
            continue
        while index < len(lines) and lines[index].blank:
            index += 1
        if index == len(lines):
            return
        end = _end(letter, lines, index)
        if end > lines[index].begin:
            yield lines[index].begin, end
            index = max(index, layout.line_index(end - 1) + 1)


def _runs_over(lower: str, lines: tuple[Line, ...], index: int) -> bool:
    """Whether a line that looks like a heading only ends a long one that was broken above it."""
    line, above = lines[index], lines[index - 1]
    if index == 0 or above.blank or lower.endswith(":", line.start, line.end):
        return False
    return above.end - above.start >= _BROKEN_AT and lower[above.end - 1] not in ".:;?!"


_BROKEN_AT = 45
"""Columns from which a line may have been broken for want of room."""


def _announces(lower: str, layout: Layout, line: Line) -> bool:
    """Whether a line says that the request follows: a heading of that name, or a sentence that ends in a colon."""
    if lower.endswith((":", ":-", ": -"), line.start, line.end):
        start = layout.sentence(line.end - 1, line.end)[0]
        sentence = lower[max(start, line.end - 300) : line.end]
        if "you" in sentence and _ANNOUNCED.search(sentence):
            return not _OFFERS.search(sentence)
    if lower.endswith(("below.", "below:", "following."), line.start, line.end) and _SET_OUT.search(
        lower, max(line.start, line.end - 200), line.end
    ):
        return True
    return line.end - line.start < 50 and _HEADING.match(lower, line.start, line.end) is not None


def _end(letter: Letter, lines: tuple[Line, ...], index: int) -> int:
    first = lines[index]
    if letter.text[first.start] == '"':
        close = _closing_mark(letter.text, first.start)
        return close + 1 if close > 0 else first.next
    listed = False
    for line, above in zip(lines[index : index + _MAX_LINES], lines[max(index - 1, 0) :], strict=False):
        if line.blank:
            continue
        item = _LISTED.match(letter.lower, line.start) is not None
        if _answers(letter.lower, line) or (above.blank and not item and _is_own(letter.lower, line, listed=listed)):
            return line.begin
        listed = listed or item
    return lines[min(len(lines), index + _MAX_LINES) - 1].next


def _answers(lower: str, line: Line) -> bool:
    if _ANSWERS.match(lower, line.start, line.end) or _DECIDES.search(lower, line.start, line.end):
        return True
    if _ASKED_AND_ANSWERED.search(lower, line.start, line.end):
        return True
    return (
        _GROUNDS.search(lower, line.start, line.end) is not None
        and not _ADDRESSES.search(lower, line.start, line.end)
        and not _asks_of_refusals(lower, line)
    )


def _asks_of_refusals(lower: str, line: Line) -> bool:
    """Whether a line asks about grounds, as requests about other requests do, and does not apply one."""
    return (
        _COUNTS_OR_ASKS.match(lower, line.start, line.end) is not None
        and _APPLIES.search(lower, line.start, line.end) is None
    )


_COUNTS_OR_ASKS = re.compile(
    r"(?:\(?[0-9]{1,2}[.):]|\(?[a-z][.)]|\u2022|-|q[0-9]{1,2}[.:)]?)?[ ]?(?:how many|how often|what|which|when|the|a|"
    r"any|all|total|please)?[ ]?(?:total |full )?(?:numbers?|lists?|cop(?:y|ies)|breakdowns?|proportion|percentage|"
    r"details|(?:foi |information |eir )?requests|refusals|exemptions|exceptions|how many|how often|which)\b"
)
_APPLIES = re.compile(
    r"(?:[ ]{2}|:[ ]|[ ]-[ ]|\||=)[^\n]{0,60}(?:exempt|withh|refus|section|regulation|not held)|"
    r"[a-z][ ](?:is|are|has been|have been)[ ](?:exempt|withheld|refused|being withheld|redacted|not held)"
)


def _is_own(lower: str, line: Line, *, listed: bool) -> bool:
    """Whether a paragraph that begins with this line is the authority's: it comes after a list of questions and does
    not go on with them, or it speaks of ``we``."""
    if _GOES_ON.match(lower, line.start, line.end):
        return False
    return listed or (_WE.search(lower, line.start, line.end) is not None and lower.find("?", line.start, line.end) < 0)


def _closing_mark(text: str, start: int) -> int:
    """The quotation mark that closes: followed by no letter, within a few pages."""
    limit = start + _MAX_QUOTATION
    close = text.find('"', start + 1, limit)
    while close >= 0 and text[close + 1 : close + 2].isalnum():
        close = text.find('"', close + 1, limit)
    return close


_SPOKE = re.compile(
    r"\b(?:you|your|requester|requestor|applicant|complainant|he|she)\b[^.]{0,160}?\b(?:(?:argu\w+|say|says|said|"
    r"write|wrote|written|"
    r"writing|ask|asks|asked|asking|claim|claims|claimed|contend\w*|state|states|stated|put it|assert\w*|complain\w*|"
    r"submi\w+|suggest\w*|told us|remark\w*|alleg\w+|requested)\b(?:(?!exempt|withh|refus|redact|under|relied|caught|"
    r"cover)[^.]){0,120}|"
    r"(?:letter|e-mail|email|words|request|question|point|view|argument)\b[^.]{0,25})$"
)
"""The requester speaks, and what stands between that and the quotation marks does not answer."""
_WE_SPOKE = re.compile(
    r"\b(?:we|i|our|my) (?:\w+ )?(?:said|wrote|told|replied|answered|stated|cited|response|reply|answer|"
    r"decision)\b[^\"]*$"
)
_BEFORE_QUOTATION = 240
_SHORTEST = 12


def quoted_words(letter: Letter, layout: Layout) -> Iterator[tuple[int, int]]:
    """The spans between quotation marks in sentences that tell what the requester said."""
    text, lower = letter.text, letter.lower
    opening = text.find('"')
    while opening >= 0:
        close = text.find('"', opening + 1, opening + _MAX_INLINE)
        if close < 0:
            opening = text.find('"', opening + 1)
            continue
        start = max(layout.sentence(opening, opening + 1)[0], opening - _BEFORE_QUOTATION)
        if (
            close - opening > _SHORTEST
            and _SPOKE.search(lower, start, opening)
            and not _WE_SPOKE.search(lower, start, opening)
        ):
            yield opening, close + 1
        opening = text.find('"', close + 1)


_REPLACES = re.compile(
    r"\b(?:replaces|supersedes|in place of|substitutes?|instead of)\b[^.\n]{0,60}\b(?:letter|response|reply|e-?mail|"
    r"answer)\b"
)
_REPLACING = Phrases("replaces|supersedes|in_place_of|substitute|substitutes|instead_of")
_REPLACED = re.compile(
    r"\n[ -]*(?:our |my |the )?(?:original |earlier |first |previous |initial |superseded )?(?:letter|response|reply|"
    r"e-?mail|answer)"
    r"(?:[ ](?:of|dated|sent on)[ ][^\n]{4,30})?(?:[ ]?\([^)\n]{3,40}\))?:?[ ]*\n"
)


def replaced_answers(letter: Letter) -> Iterator[tuple[int, int]]:
    """An answer printed again below one that says it replaces it, from its heading on."""
    replaces = next(_REPLACING.tried(_REPLACES, letter.words), None)
    heading = _REPLACED.search(letter.lower, replaces.end()) if replaces else None
    if heading is not None:
        yield heading.start() + 1, len(letter.text)
