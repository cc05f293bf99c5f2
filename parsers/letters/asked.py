"""The day on which the request was made or received, as the letter says.

Where a letter gives both, the day it was made and the day it was received, the first that it names is taken: nearly
always the day it was made. A review is not the request: the day of the original request is sought.
"""

import itertools
import re
from collections.abc import Iterator, Sequence

from parsers.letters.clean import Letter
from parsers.letters.datelabels import date_label
from parsers.letters.dates import GREETING, fact, of_a_record
from parsers.letters.days import WEEKDAY, DayInYear, PrintedDate, find_days_without_year
from parsers.letters.layout import Layout
from parsers.letters.quotes import Voices
from parsers.letters.records import DateFact


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
    rf"(?:your|an?|the|this){_G}(?:[a-z]+{_G}){{0,5}}?(?:request|e-?mail|letter|enquiry|application){_G}(?:was|"
    rf"were|arrived|reached)\b|"
    r"(?:gofynasoch|gwnaethoch|anfonasoch|ysgrifenasoch|derbyniodd|derbyniwyd|derbyniasom|cawsom)\b)"
)
_UP_TO = re.compile(rf"{_G}(?:to|until|up{_G}to|-){_G}(?:the{_G})?[0-9]|-[0-9]")
_FROM = re.compile(
    rf"(?:between|since|until){_G}(?:the{_G})?$|(?:between|from|since){_G}[^.;,]{{3,40}}?{_G}(?:and|to|until|"
    rf"-){_G}(?:the{_G})?$"
)
_IT_CAME = re.compile(
    rf"^[ \n]*(?:it|this|the e-?mail){_G}(?:(?:was|were){_G})?(?:[a-z]+{_G}){{0,2}}?(?:received|submitted|sent|"
    rf"logged|arrived|reached)"
    rf"(?:{_G}[a-z]+){{0,5}}?{_G}(?:on{_G})?(?:the{_G})?(?:{WEEKDAY})?$"
)
_INITIAL = re.compile(r"(?:^|[ \n])[a-z]\.$")
_YOUR_REQUEST = re.compile(rf"\byour{_G}(?:[a-z-]+{_G}){{0,4}}(?:request|enquiry|application)\b")
"""What only the authority says, even where its words seem to be the request that it repeats."""
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
_PAPERS = _set(
    "contract|agreement|lease|report|minutes|decision|invoice|notice|policy|permit|licence|plan|deed|order|"
    "reply|response|guidance|"
    "meeting|tender|memo|article|statement"
)
_TOPIC = _set("about|regarding|concerning|whether|how|what|who|why|if|when")
_THANKS = frozenset({"thanks", "thank"})
_CARRIERS = _set(
    "i|by|from|via|in|at|to|with|into|through|us|here|for|under|using|online|again|gan|me|as|electronically|and|this"
)
_LABELLED = 0.92
_MOST = 300
"""Days that are looked at: a letter that prints more is a table, and says before it when it was asked."""
_FIRST_HEADER = 150
"""Characters within which a header is the letter's own."""
_FULL_LINE = 50
_OBJECTS = _THINGS | _set(
    "information|the|following|some|a|an|for|this|of|freedom|certain|your|data|details|copies|foia"
)
"""What is asked, made or sent, where the day comes last: ``you requested information on``."""
_FAR = 24
_NEAR = 4
_BRACKETED = re.compile(
    r"(?:your (?:[a-z-]+ ){0,5}|information |foi |eir |foia |^(?:[a-z-]+ ){0,4}|the [a-z]+ )(?:request|requests|"
    r"e-?mail|letter|enquiry|application|foi|cais)"
    r"[ \n]{0,2}(?:\(|,[ ]|[-][ ])(?:dated[ ]|of[ ]|received[ ]|rec'd[ ])?$"
    rf"|you(?:'ve| have)? (?:asked|wrote|requested)(?: us)?[ \n]\((?:on )?(?:{WEEKDAY})?$"
    rf"|[(\n ](?:yours|your (?:e-?mail|letter|request)),?(?: of| dated|)(?: (?:yesterday|today|"
    rf"last week),?)?[ \n](?:{WEEKDAY})?$"
    r"|(?:^|\n)[ ]*(?:q|question|request|foi)[ ]\($"
)
_SUBJECT = re.compile(
    r"\nsubject:[ ]*(?![ ]|re\b|fwd?\b|aw\b)[^\n]{0,20}(?:freedom of information|foi|environmental|information) request"
)


def request_date(
    letter: Letter, layout: Layout, voices: Voices, dates: Sequence[PrintedDate], dated: DateFact | None
) -> DateFact | None:
    """The day on which the request was made or received, as the letter says; the first of the surest.

    A day without its year counts where the letter's own day gives it: the last such day before it, if recent.
    """
    best: tuple[float, PrintedDate] | None = None
    for rank, found in _candidates(letter, layout, voices, dates, dated.value if dated else ""):
        if rank > (best[0] if best else 0.0):
            best = rank, found
    return fact(letter, best[1], "request_date", best[0]) if best else None


def _candidates(
    letter: Letter, layout: Layout, voices: Voices, dates: Sequence[PrintedDate], dated: str
) -> Iterator[tuple[float, PrintedDate]]:
    for found in dates[:_MOST]:
        rank = _rank(letter, layout, voices, found)
        # A day after the letter's own is misprinted, or is no day of a request.
        yield (min(rank, 0.45) if dated and found.value > dated else rank), found
    if not dated:
        return
    for part in itertools.islice(find_days_without_year(letter), _MOST):
        rank = _rank(letter, layout, voices, part)
        whole = part.before(dated) if rank >= 0.8 else None
        if whole:
            yield 0.7, whole


def _rank(letter: Letter, layout: Layout, voices: Voices, found: PrintedDate | DayInYear) -> float:
    lower = letter.lower
    voice = voices.at(found.start)
    before = lower[max(_clause_start(letter, layout, found.start), found.start - 340) : found.start]
    after = lower[found.end : min(layout.sentence(found.start, found.end)[1], found.end + 90)]
    if _IT_CAME.match(before) and "request" in lower[layout.paragraph(found.start, found.start + 1)[0] : found.start]:
        before = "your request, " + before
    said = _said(before, after) if voice != "footer" else 0.0
    if voice == "request":
        said = min(said, 0.8) if _YOUR_REQUEST.search(before) else 0.0
    if voice == "earlier_message":
        said *= 0.6
    if not said and (voice == "earlier_message" or found.start > _FIRST_HEADER):
        said = _sent_header(lower, found.start, found.end) * (1.0 if voice == "earlier_message" else 0.6)
    if said >= _LABELLED or date_label(letter, layout, found.start) != "request" or _REVIEW_AFTER.match(after):
        return said
    return said if of_a_record(letter, found.start) and GREETING.search(lower, 0, found.start) else _LABELLED


def _clause_start(letter: Letter, layout: Layout, at: int) -> int:
    """Where the sentence before a place begins, over line ends that look meant but follow no stop."""
    start, first = layout.sentence(at, at + 1)[0], layout.paragraph(at, at + 1)[0]
    for _ in range(3):
        above = letter.lower[max(first, start - 120) : start].rstrip(" \n")
        if start > first and _INITIAL.search(above):
            start = layout.sentence(start - 2, start - 1)[0]
            continue
        if start <= first or len(above.rpartition("\n")[2]) < _FULL_LINE or above[-1] in ".:;!?)":
            break
        start = layout.sentence(start - 2, start - 1)[0]
    return start


def _said(before: str, after: str) -> float:
    """How surely a sentence says that the request was made on the day between ``before`` and ``after``."""
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
    reach = _NEAR + 2 if by_noun else _FAR
    of_review = _ABOUT_REVIEW.search(" ".join(words[-reach:])) or _REVIEW_AFTER.match(after)
    if of_review or _ANSWERED.search(" ".join(_from_your(words[-reach:]))):
        return 0.5 if _ORIGINAL.search(" ".join(words[-10:])) else 0.0
    return score


def _from_your(words: Sequence[str]) -> Sequence[str]:
    """The words from the last ``your`` on that what was sent follows."""
    at = next((i for i in range(len(words) - 1, -1, -1) if words[i] == "your"), 0)
    return words[at:] if _THINGS & set(words[at:]) else words


def _around(before: str, after: str) -> float | None:
    """``On ... you asked`` and ``your ... request``, told by what stands on both sides; 0 at the end of a span."""
    if _UP_TO.match(after) or _FROM.search(before):
        return 0.0
    for leads, follows, rank in ((_LEADS, _THEN_ASKED, 0.93), (_YOUR_BEFORE, _NOUN_AFTER, 0.9)):
        if leads.search(before) and follows.match(after):
            return 0.0 if _REVIEW_AFTER.match(after) else rank
    return None


def _by_verb(words: Sequence[str], *, led: bool) -> float:
    """``... request ... received by us on``: the last verb, right before the day or followed by who received it."""
    at = next((i for i in range(len(words) - 1, max(-1, len(words) - _FAR), -1) if words[i] in _VERBS), -1)
    if at < 0:
        return 0.0
    distance = len(words) - 1 - at
    addressed = led and words[at] in _ADDRESSING and distance <= _NEAR and not _TOPIC & set(words[at + 1 :])
    between = set(words[at + 1 :])
    if (
        distance
        and not addressed
        and words[at + 1] not in _CARRIERS
        and not (distance <= _NEAR and between <= _OBJECTS)
    ):
        return 0.0
    if (words[-1] in _SPANS and not led) or _PAPERS & set(words[max(0, at - 3) : at]):
        return 0.0
    context = words[max(0, at - _FAR) : at]
    if not ("you" in context or "your" in context or _THINGS & set(context) or (addressed and _THANKS & set(context))):
        return 0.0
    return 0.95 if distance <= _NEAR else 0.85


def _by_noun(words: Sequence[str], *, led: bool) -> float:
    """``your request of``, ``your letter on``: the thing sent, at most a few words before the day."""
    if not words or not (led or words[-1] in {"of", "from"}):
        return 0.0
    near = words[-_NEAR - 1 :]
    if words[-1] not in {"of", "from"} and _DEALT_WITH & set(words[-_NEAR - 4 :]):
        return 0.0
    ours = "your" in words[-_FAR:] or {"request", "yours", "eich"} & set(near)
    return 0.95 if ours and _THINGS & set(near) else 0.0


def _sent_header(lower: str, start: int, end: int) -> float:
    """The day in the header of the requester's own first message, quoted below the answer."""
    head = lower[max(0, start - 60) : start]
    subject = _SUBJECT.search(lower, end, end + 300)
    return 0.5 if subject and re.search(r"\nsent:[^\n]{0,30}$", head) else 0.0
