"""What a letter does beside citing: each signal with the words it rests on."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from parsers.letters.dates.days import PrintedDate
from parsers.letters.outcomes import signal_words as say
from parsers.letters.outcomes.bearing import Bearing
from parsers.letters.records import Signal, SignalName
from parsers.letters.roles.interest import Conclusion
from parsers.letters.text.clean import Letter
from parsers.letters.text.layout import Layout
from parsers.letters.text.phrases import Phrases, Words
from parsers.letters.voices.quotes import Voice, Voices


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The letter and what has been found in it so far."""

    letter: Letter
    layout: Layout
    voices: Voices
    words: Words
    dates: Sequence[PrintedDate]
    conclusions: Sequence[Conclusion]
    bearing: Bearing = "answer"
    refuses: bool = False
    """It relies on a ground."""


Until = tuple[tuple[int, int], str]
"""Where the words stand that put an answer off, and the ISO day until which they do."""


def find_signals(scene: Scene) -> tuple[Signal, ...]:
    """At most one of each, in the authority's own voice, at its first place."""
    return tuple(_signals(scene))


def _signals(scene: Scene) -> Iterator[Signal]:
    yield from _ncnd(scene)
    yield from _public_interest(scene)
    yield from _qualified_person(scene)
    yield from _cost(scene)
    yield from _advice(scene)
    yield from _not_held(scene)
    yield from _review_offered(scene)
    yield from _regulator(scene)
    yield from _extended(scene)
    yield from _switched(scene)


def _own(scene: Scene, phrases: Phrases, *, also: Voice = "authority") -> Iterator[re.Match[str]]:
    for match in phrases.finditer(scene.words):
        if scene.voices.at(match.start()) in {"authority", also}:
            yield match


def _signal(scene: Scene, name: SignalName, span: tuple[int, int], value: str | None = None) -> Signal:
    return Signal(name=name, value=value, evidence=scene.letter.evidence(*span))


def _around(scene: Scene, match: re.Match[str]) -> tuple[int, int]:
    """The sentence of a match, as far as it reaches."""
    start, end = scene.layout.sentence(match.start(), match.end())
    return max(start, match.start() - _FAR), min(end, match.end() + _FAR)


def _ncnd(scene: Scene) -> Iterator[Signal]:
    """Said of this request, and not as what the law allows or what was said before."""
    for match in _own(scene, say.NCND):
        start, end = _around(scene, match)
        if not _BEFORE.search(scene.letter.lower, start, match.start()) and not _IF.search(scene.words, start, end):
            yield _signal(scene, "ncnd", match.span())
            return


_BEFORE = re.compile(r"\b(?:allows?|permits?|entitles?|whether to|option to|may|might|could)\b[^.]{0,60}$")
_IF = Phrases("if_it|were_we to|authority_may|authorities")


def _public_interest(scene: Scene) -> Iterator[Signal]:
    """A public interest test carried out, with its result: as stated, or as the refusal that rests on it shows."""
    ends = [each for each in scene.conclusions if each.verdict == "withhold"] or list(scene.conclusions)
    if ends:
        yield _signal(scene, "public_interest_test", (ends[-1].start, ends[-1].end), ends[-1].verdict)
    elif scene.bearing in {"answer", "review"}:
        found = _weighed(scene) or next(_own(scene, say.TEST), None)
        if found is not None and not _is_open(scene, found):
            verdict = "withhold" if scene.refuses else None
            yield _signal(scene, "public_interest_test", _around(scene, found), verdict)


def _weighed(scene: Scene) -> re.Match[str] | None:
    """The last words of a weighing, in a letter that refuses and speaks of interests."""
    if not scene.refuses or not _INTEREST.search(scene.letter.lower):
        return None
    found = [match for match in _own(scene, say.WEIGHED) if not _is_open(scene, match)]
    found = found or [match for match in _own(scene, say.INTEREST) if not _is_open(scene, match)]
    return found[-1] if found else None


_INTEREST = re.compile(r"interest(?<=\binterest)|balanc(?<=\bbalanc)|outweigh(?<=\boutweigh)")  # quick to look for


def _is_open(scene: Scene, match: re.Match[str]) -> bool:
    """Whether the sentence asks or requires a weighing rather than makes one."""
    start, _ = _around(scene, match)
    before = say.UNWEIGHED.search(scene.words, start, match.end())
    return before is not None and not scene.letter.lower.startswith("outweigh", match.start())


def _qualified_person(scene: Scene) -> Iterator[Signal]:
    """The opinion of a qualified person, with the office of the person where it is named beside it."""
    match = next((each for each in _own(scene, say.QUALIFIED_PERSON) if not _lacking(scene, each)), None)
    if match is None:
        return
    start, end = _around(scene, match)
    named = list(say.WHO.finditer(scene.letter.lower, start, end))
    named = named or list(say.WHO.finditer(scene.letter.lower, end, end + _FAR // 2))[:1]
    nearest = min(
        named, key=lambda each: min(abs(each.end() - match.start()), abs(each.start() - match.end())), default=None
    )
    who = " ".join(scene.letter.text[nearest.start() : nearest.end()].split()) if nearest else None
    yield _signal(scene, "qualified_person", match.span(), who)


def _not_held(scene: Scene) -> Iterator[Signal]:
    """Said outright, not as the half of ``whether or not it is held``."""
    for match in _own(scene, say.NOT_HELD):
        before = scene.letter.lower[max(0, match.start() - 40) : match.start()].rstrip()
        told = not before.endswith((" or", "whether", " if")) and not (
            match[0].startswith("not ") and before.endswith(_IS)
        )
        if told and not _OWN_RIGHT.match(scene.letter.lower, match.end()):
            yield _signal(scene, "not_held", match.span())
            return


def _lacking(scene: Scene, match: re.Match[str]) -> bool:
    return say.NO_OPINION.search(scene.letter.lower, max(0, match.start() - 60), match.start()) is not None


_IS = (" is", " are", " was", " were", " be", " if", "nor")
_OWN_RIGHT = re.compile(r"[^.\n]{0,30}\bin our own right")


def _cost(scene: Scene) -> Iterator[Signal]:
    """An estimate of cost, with its hours or pounds as printed; the legal limit only where no estimate is given."""
    if scene.bearing not in _COUNTING or not say.COSTLY.search(scene.words):
        return
    limit: Signal | None = None
    for amount in islice(say.AMOUNT.finditer(scene.letter.lower), _AMOUNTS):
        words = _costed(scene, amount) if scene.voices.at(amount.start()) == "authority" else None
        if words is None:
            continue
        span = min(words[0], amount.start()), max(words[1], amount.end())
        found = _signal(scene, "cost_estimate", span, " ".join(amount[0].split()))
        if not say.LIMITS.match(scene.letter.lower, amount.start()):
            yield found
            return
        limit = limit or found
    if limit is not None:
        yield limit


_COUNTING = frozenset({"answer", "review", "fees_notice", "clarification"})
_AMOUNTS = 200
"""Amounts of a letter that are looked at: a table of payments has thousands, and none of them is an estimate."""


def _costed(scene: Scene, amount: re.Match[str]) -> tuple[int, int] | None:
    """The words of its sentence by which an amount is what an answer would cost."""
    start, end = _around(scene, amount)
    vocabulary = say.POUNDS if amount[0].startswith("\u00a3") or amount[0].endswith("pounds") else say.HOURS
    found = vocabulary.search(scene.words, start, end)
    return found.span() if found and not _GENERAL.search(scene.letter.lower, start, amount.start()) else None


_GENERAL = re.compile(r"\b(?:requests? (?:that|which)|any request|if (?:it|a request|we|your))\b")


def _advice(scene: Scene) -> Iterator[Signal]:
    """Advice on how to ask, in a letter that answers or asks back."""
    if scene.bearing not in {"acknowledgement", "auto_reply", "bounce", "cover"}:
        match = next(_own(scene, say.ADVICE), None)
        if match is not None:
            yield _signal(scene, "advice_offered", match.span())


def _review_offered(scene: Scene) -> Iterator[Signal]:
    """In the paragraph on rights, or in a sentence that says what the requester may do; not a review carried out."""
    for match in _own(scene, say.REVIEW, also="rights"):
        if _ASKED_FOR.search(scene.letter.lower, max(0, match.start() - 90), match.start()):
            continue
        if scene.voices.at(match.start()) == "rights" or _YOU_MAY.search(scene.words, *_around(scene, match)):
            yield _signal(scene, "review_offered", match.span())
            return


_ASKED_FOR = re.compile(r"\byour (?:e-mail|email|letter|message) (?:of|dated)\b[^.]{0,60}$")
_YOU_MAY = Phrases(
    "you may|can|have|wish|are|should|would|could",
    "to request|ask|seek",
    "if you",
    "write|ask|apply|contact|within|working_days|months|by",
    "any internal",
    "we have|do|offer an internal_review",
    "right to make|request|ask|require|seek",
    "cewch|gallwch|gellir",
)


def _regulator(scene: Scene) -> Iterator[Signal]:
    match = next(_own(scene, say.REGULATOR, also="rights"), None)
    match = match or next(
        (each for each in _own(scene, say.A_REGULATOR, also="rights") if _on_rights(scene, each)), None
    )
    if match is not None:
        scottish = match[0].startswith("scottish") or "scottish information commissioner" in scene.letter.lower
        name = "Scottish Information Commissioner" if scottish else "Information Commissioner"
        yield _signal(scene, "regulator_named", match.span(), name)


def _on_rights(scene: Scene, match: re.Match[str]) -> bool:
    before = scene.letter.lower[max(0, match.start() - 60) : match.start()]
    return scene.voices.at(match.start()) == "rights" or _APPEALS.search(before) is not None


_APPEALS = re.compile(r"\b(?:complain|appeal|apply|application|turn|then|or)\b")


def _extended(scene: Scene) -> Iterator[Signal]:
    """The day until which the answer is put off: the first day named after the words that put it off."""
    if scene.bearing in {"acknowledgement", "auto_reply"}:
        return
    if found := _put_off(scene) or (_promised(scene) if scene.bearing == "holding" else None):
        span, day = found
        yield _signal(scene, "extended_until", span, day)


def _promised(scene: Scene) -> Until | None:
    """In a letter that puts an answer off, the first day by which its own voice promises one."""
    for date in scene.dates[:_DAYS]:
        start, end = scene.layout.sentence(date.start, date.end)
        start, end = max(start, date.start - _FAR), min(end, date.end + _FAR)
        until = _UNTIL.search(scene.letter.lower, max(0, date.start - 16), date.start)
        past = _WROTE.search(scene.letter.lower, max(0, date.start - 40), date.start)
        if until and not past and scene.voices.at(date.start) == "authority":
            ahead = _AHEAD.search(scene.words, start, end)
            if ahead is not None:
                return (min(ahead.start(), date.start), max(ahead.end(), date.end)), date.value
    return None


_WROTE = re.compile(r"\b(?:wrote|asked|dated|received|sent|requested)\b[^.\n]{0,30}$")
_DAYS = 40
"""Days of a letter that are looked at for the one by which an answer is promised."""
_AHEAD = Phrases(
    "will|you'll|we'll|shall|hope|hopes|expect|expects|aim|aims|should|estimate|until|deadline|intend|anticipate|plan|now"
)


def _put_off(scene: Scene) -> Until | None:
    """The first day named after words that put an answer off."""
    for match in _own(scene, say.EXTENDED):
        end = min(scene.layout.sentence(match.start(), match.end())[1], match.end() + _FAR)
        first = bisect_left(scene.dates, match.end(), key=lambda date: date.start)
        for date in scene.dates[first : first + 5]:
            if date.start < end and _UNTIL.search(scene.letter.lower, max(0, date.start - 16), date.start):
                return (match.start(), date.end), date.value
    return None


_FAR = 300
"""Characters between the words that put an answer off and the day until which they do."""
_UNTIL = re.compile(r"(?:by|until|to|before|on|than|is)[ \n]+(?:the[ \n]+)?$")


def _switched(scene: Scene) -> Iterator[Signal]:
    """The answer is given under the environmental regulations, whatever the request asked under."""
    match = next((each for each in _own(scene, say.SWITCHED) if not _of_others(scene, each)), None)
    if match is not None:
        scottish = "eisr" in match[0] or _OF_SCOTLAND.search(scene.letter.lower) is not None
        yield _signal(scene, "regime_switched", match.span(), "EISR" if scottish else "EIR")


def _of_others(scene: Scene, match: re.Match[str]) -> bool:
    """Whether a sentence tells under which law other requests are dealt with."""
    start, _ = _around(scene, match)
    either = " or the environmental" in " ".join(match[0].split())
    return either or _SOME_REQUESTS.search(scene.letter.lower, start, match.start()) is not None


_OF_SCOTLAND = re.compile(r"environmental\s+information\s+\(scotland")
_SOME_REQUESTS = re.compile(r"\b(?:some|many|most|other)[ \n]requests\b")
