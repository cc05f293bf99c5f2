"""What a sentence says of a day in it: that the request was made or received on it, or something else."""

import re
from collections.abc import Sequence

from parsers.letters.dates.days import WEEKDAY


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split("|"))


_G = r"[ \n]{1,60}"
_LEADS = re.compile(
    rf"(?:^|[ \n(])(?:on|ar|by (?:e-?mail|letter)(?: of| dated| on)?|in (?:an e-?mail|a letter)(?: of| dated|"
    rf" on)){_G}(?:the{_G})?(?:{WEEKDAY}|dydd[ ][a-z]{{3,8}}[ ])?$"
)
_SENT = "asked|requested|made|submitted|wrote|sent|contacted|e-?mailed|applied|enquired|sought|raised|put"
_CLOCK = r"(?:(?:at[ ])?[0-9]{1,2}[:.][0-9]{2}[ ]?(?:am|pm|hrs|hours)?[ ,]{1,2})?"
_THEN_ASKED = re.compile(
    rf"[ \n,]{{0,4}}{_CLOCK}(?:you(?:'ve)?{_G}(?:(?:have|then|also|again|first|kindly){_G}){{0,2}}(?:{_SENT})\b|"
    rf"(?:(?:the{_G})?[a-z]+{_G}){{1,5}}?received{_G}(?:from{_G}you{_G})?(?:your|an?|the|this)\b|"
    rf"(?:your|an?|the|this){_G}(?:[a-z]+{_G}){{0,5}}?(?:request|e-?mail|letter|enquiry|"
    rf"application){_G}(?:for{_G}information{_G})?(?:was|"
    rf"were|arrived|reached)\b|"
    r"(?:gofynasoch|gwnaethoch|anfonasoch|ysgrifenasoch|derbyniodd|derbyniwyd|derbyniasom|cawsom)\b)"
)
_UP_TO = re.compile(rf"{_G}(?:to|until|up{_G}to|-){_G}(?:the{_G})?[0-9]|-[0-9]")
_FROM = re.compile(
    rf"(?:between|since|until){_G}(?:the{_G})?$|(?:between|from|since){_G}[^.;,]{{3,40}}?{_G}(?:and|to|until|"
    rf"-){_G}(?:the{_G})?$"
)
_TIME_OF_DAY = re.compile(r"(?:the )?(?:morning|afternoon|evening|night) of $")
_NOUN_AFTER = re.compile(
    r"[ \n]{1,4}(?:(?:foi|foia|eir|freedom of information|information|written|e-?mailed)[ \n]){0,2}(?:request|"
    r"e-?mail|letter|enquiry|query|application|"
    r"message|correspondence)s?(?![a-z])"
)
_YOUR_BEFORE = re.compile(rf"\b(?:your|the)[ \n](?:(?:original|initial|first|recent)[ \n])?(?:{WEEKDAY})?$")
_ABOUT_REVIEW = re.compile(
    r"review|complain(?!ts)|appeal|clarif|deadline|\bdue\b|dissatisf|adolygiad|\bnarrow|refin|expressing"
)
_ANSWERED = re.compile(
    r"acknowledged\b|our acknowledg|acknowledgement (?:e-?mail|letter)|responded|replied|answered|wrote to you|"
    r"sent you|"
    r"\b(?:our|my) (?:[a-z-]+ )?(?:e-?mail|letter|response|reply)(?: (?:dated|of|from|sent|on))?$|"
    r"\b(?:response|reply|decision)(?: (?:dated|of|from|sent|on|was|is|made|to you))*$"
)
"""What the authority did on a day; before ``your request`` it says nothing of the day behind."""
_ORIGINAL = re.compile(
    r"\b(?:original|initial|first|gwreiddiol) (?:[a-z]+ ){0,3}(?:request|enquiry|e-?mail|cais)|\bcais gwreiddiol"
)
_REVIEW_AFTER = re.compile(
    r"[ \n,]{0,3}[^.;,]{0,60}?(?:internal[ \n]review|to[ \n]review|review[ \n](?:of[ \n])?(?:our|"
    r"the[ \n](?:decision|response|reply|answer|handling))|a[ \n]review|adolygiad|to[ \n]complain|"
    r"you[ \n](?:have[ \n])?complain|complaining|"
    r"(?:your|this)[ \n]complaint|complaint[ \n]about[ \n](?:the[ \n]handling|our|how|the[ \n]way)|"
    r"you[ \n](?:have[ \n])?clarified|(?<!and[ \n])(?<!your[ \n])clarif(?!ied)|dissatisf|unhappy)"
)
_WORD = re.compile(r"[a-z0-9'/-]+")
_FILLERS = frozenset(
    ["on", "the", "ar", "dydd", "llun", "mercher", "iau", "gwener", "sadwrn", "sul"]
    + [form for day in ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun") for form in (f"{day}day", day[:3])]
)
_THINGS = _set(
    "request|requests|email|e-mail|emails|e-mails|letter|letters|correspondence|enquiry|enquiries|query|"
    "communication|message|"
    "application|question|questions|submission|foi|cais|e-bost|ebost|lythyr|llythyr|fax|note|form|yours|rfi"
)
_VERBS = _set(
    "dated|received|rec'd|recd|sent|submitted|made|emailed|e-mailed|asked|requested|wrote|contacted|contacting|writing|"
    "logged|posted|lodged|dyddiedig|dyddiedig|derbyniwyd|gofynasoch|anfonwyd|arrived|registered|faxed|enquired|"
    "raised|completed|"
    "dderbyniwyd|ddaeth|touch|emailing|e-mailing|sought|applied|reached"
)
_ADDRESSING = frozenset(
    {
        "wrote",
        "contacted",
        "contacting",
        "writing",
        "reached",
        "emailed",
        "e-mailed",
        "emailing",
        "e-mailing",
        "asked",
        "applied",
    }
)
"""Verbs that name whom they address: ``contacting the council on``."""
_DEALT_WITH = _set(
    "closed|refused|transferred|passed|forwarded|escalated|extended|considered|discussed|completed|withdrawn|"
    "upheld|chased|processed"
)
"""What is done to a request on another day."""
_SPANS = _set("between|from|since|until|till|after|before|during|to|for|ending|by|period")
"""Before a day that begins or ends what is asked for."""
_OF_A_PAPER = re.compile(
    r"(?:contract|agreement|lease|report|minutes|decision|invoice|notice|policy|permit|licence|plan|deed|order|"
    r"reply|response|"
    r"guidance|meeting|tender|memo|article|statement)(?:[ ][a-z0-9/-]*[0-9][a-z0-9/-]*)?[ ](?:dated|made|signed|issued)"
    r"(?:[ ]on)?(?:[ ]the)?[ ]$"
)
_IS_ANSWER = re.compile(
    r"\bto your (?:(?!which |that )[a-z-]+ ){0,5}(?:was|were|has been|have been) (?:sent|posted|e-?mailed|issued)\b"
)
_TOPIC = _set("about|regarding|concerning|whether|how|what|who|why|if|when")
_STRONG = _set("request|requests|foi|cais|enquiry|enquiries|rfi|query|yours")
"""Things that are the request whoever's they are said to be."""
_ASKS = _set("asked|requested|asks|wish|wished|ask")
_THANKS = frozenset({"thanks", "thank"})
_CARRIERS = _set(
    "i|by|from|via|in|at|to|with|into|through|us|here|for|under|using|online|again|gan|me|as|electronically|and|this"
)
_OBJECTS = _THINGS | _set(
    "information|the|following|some|a|an|for|this|of|freedom|certain|your|data|details|copies|foia"
)
"""What is asked, made or sent, where the day comes last: ``you requested information on``."""
_FAR = 24
_NEAR = 4
_BRACKETED = re.compile(
    r"(?:your (?:[a-z-]+ ){0,5}|information |foi |eir |foia |^(?:[a-z-]+ ){0,4}|the [a-z]+ )(?:request|requests|"
    r"e-?mail|letter|enquiry|query|correspondence|message|application|foi|cais)"
    r"[ \n]{0,2}(?:\(|,[ ]|[-][ ])(?:dated[ ]|of[ ]|received[ ]|rec'd[ ])?$"
    rf"|you(?:'ve| have)? (?:asked|wrote|requested)(?: us)?[ \n]\((?:on )?(?:{WEEKDAY})?$"
    rf"|[(\n ](?:yours|your (?:e-?mail|letter|request)),?(?: of| dated|)(?: (?:yesterday|today|"
    rf"last week),?)?[ \n](?:{WEEKDAY})?$"
    r"|[(](?:your )?(?:e-?mail|letter|request|enquiry)[ ](?:dated|of|received)[ ](?:on )?$"
    r"|(?:^|\n)[ ]*(?:q|question|request|foi)[ ]\($"
)


def said_asked(before: str, after: str) -> float:
    """How surely a sentence says that the request was made on the day between ``before`` and ``after``, lower case."""
    before = _TIME_OF_DAY.sub("", before)
    around = _around(before, after)
    if around is not None:
        return around
    words = _WORD.findall(before)
    bare = len(words)
    while words and words[-1] in _FILLERS:
        words.pop()
    led = len(words) < bare
    by_noun = _by_noun(words, led=led)
    score = max(_by_verb(words, led=led), by_noun)
    if not score and _BRACKETED.search(before) and not _ABOUT_REVIEW.search(before[-80:]):
        return 0.88
    if not score or before.rstrip().endswith(":"):
        return 0.0
    return score if _is_first_request(words, after, by_noun=bool(by_noun)) else _as_original(words)


def about_review(after: str) -> bool:
    """Whether what follows a day says that a review, a complaint or a clarification came on it."""
    return _REVIEW_AFTER.match(after) is not None


def _as_original(words: Sequence[str]) -> float:
    return 0.5 if _ORIGINAL.search(" ".join(words[-10:])) else 0.0


def _is_first_request(words: Sequence[str], after: str, *, by_noun: bool) -> bool:
    """Whether the words before a day tell of the request itself, and of no review, complaint or answer."""
    if about_review(after):
        return False
    reach = words[-_NEAR - 2 :] if by_noun else words[-_FAR:]
    own = _from_your(reach)
    dated = words[-1] in _DATED
    answered = own if dated or not by_noun else reach
    if _ANSWERED.search(" ".join(answered)):
        return False
    reviewed = own if own is not reach and {"request", "foi", "enquiry"} & set(own) and dated else reach
    return _ABOUT_REVIEW.search(" ".join(reviewed)) is None


_DATED = _set("of|from|dated|received|submitted|made")


def _from_your(words: Sequence[str]) -> Sequence[str]:
    """The words from the last ``your`` on that what was sent follows."""
    at = next((i for i in range(len(words) - 1, -1, -1) if words[i] == "your"), 0)
    return words[at:] if _THINGS & set(words[at:]) else words


def _around(before: str, after: str) -> float | None:
    """``On ... you asked`` and ``your ... request``, told by what stands on both sides; 0 at the end of a span."""
    if _UP_TO.match(after) or _FROM.search(before) or _OF_A_PAPER.search(before) or _IS_ANSWER.search(before):
        return 0.0
    for leads, follows, rank in ((_LEADS, _THEN_ASKED, 0.93), (_YOUR_BEFORE, _NOUN_AFTER, 0.9)):
        if leads.search(before) and follows.match(after):
            return 0.0 if about_review(after) else rank
    return None


def _by_verb(words: Sequence[str], *, led: bool) -> float:
    """``... request ... received by us on``: the last verb, right before the day or followed by who received it."""
    at = next((i for i in range(len(words) - 1, max(-1, len(words) - _FAR), -1) if words[i] in _VERBS), -1)
    if at < 0 or (words[-1] in _SPANS and not led):
        return 0.0
    distance = len(words) - 1 - at
    addressed = led and words[at] in _ADDRESSING and distance <= _NEAR and not _TOPIC & set(words[at + 1 :])
    context = words[max(0, at - _FAR) :] if words[at] == "received" else words[max(0, at - _FAR) : at]
    if distance and not addressed and not _leads_to_day(words, at, led=led):
        return 0.0
    if not (_is_requesters(context) or (addressed and _THANKS & set(context))):
        return 0.0
    return 0.95 if distance <= _NEAR else 0.85


def _leads_to_day(words: Sequence[str], at: int, *, led: bool) -> bool:
    """Whether the words between a verb and the day name who received it, or what was asked, made or received."""
    between = set(words[at + 1 :])
    if words[at + 1] in _CARRIERS or (len(words) - at <= _NEAR + 1 and between <= _OBJECTS):
        return True
    return led and words[at] == "received" and words[at + 1] in {"your", "a", "an", "the"} and bool(_STRONG & between)


def _is_requesters(context: Sequence[str]) -> bool:
    """Whether the words before a verb make it the requester who did it, or the request to which it was done."""
    known = set(context)
    if _ASKS & known and not {"your", "eich"} & known and not {"you", "which", "that"} & set(context[-3:]):
        return False
    return bool({"you", "your", "eich"} & known or _STRONG & known)


def _by_noun(words: Sequence[str], *, led: bool) -> float:
    """``your request of``, ``your letter on``: the thing sent, at most a few words before the day."""
    if not words or not (led or words[-1] in {"of", "from"}):
        return 0.0
    near = words[-_NEAR - 1 :]
    if words[-1] not in {"of", "from"} and _DEALT_WITH & set(words[-_NEAR - 4 :]):
        return 0.0
    own = _from_your(words[-_NEAR - 6 :])
    addressed = own[:1] == ["your"] and own[2:3] == ["to"] and own[1] in _THINGS
    ours = "your" in words[-_FAR:] or {"request", "yours", "eich"} & set(near)
    return 0.95 if addressed or (ours and _THINGS & set(near)) else 0.0
