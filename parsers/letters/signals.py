"""What a letter does beside citing: each signal with the words it rests on."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.letters.clean import Letter
from parsers.letters.days import PrintedDate
from parsers.letters.interest import Conclusion
from parsers.letters.layout import Layout
from parsers.letters.phrases import Phrases, Words
from parsers.letters.quotes import Voice, Voices
from parsers.letters.records import Signal, SignalName

_NCND = Phrases(
    "neither confirm|confirms|confirming nor|or deny|denies|denying",
    "confirm nor deny",
    "not confirm or deny",
    "cadarnhau na gwadu",
)
_TEST = Phrases(
    "carried|carry out {3} public interest test",
    "conducted|undertaken|applied|completed|considered|performed {2} public interest",
    "public interest test {4} carried_out|conducted|undertaken|applied|completed|considered|performed",
    "balance of the public interest",
    "prawf budd|lles y cyhoedd",
)
_QUALIFIED_PERSON = Phrases("qualified person", "qualified person's")
_COST = Phrases(
    "estimate|estimated|estimates|exceed|exceeds|take|approximately|limit|equates|equivalent ...90 # hours|hour|hrs",
    "estimate|estimated|estimates|exceed|exceeds|limit|threshold ...90 #",
)
_AMOUNT = re.compile(r"[0-9][0-9,.]*[ \n]+(?:hours?|hrs|pounds)|\u00a3[ ]?[0-9][0-9,.]*[0-9]|\u00a3[0-9]")
_ADVICE = Phrases(
    "advice and assistance",
    "advise and assist",
    "refine|refining|narrow|narrowing|reduce|"
    "reducing [down] [the|your|this] [scope|timeframe|period] [of] [the|your|this] request",
    "cyngor a chymorth",
)
_NOT_HELD = Phrases(
    "do|does|did not {1} hold",
    "don't|doesn't hold",
    "is|are|was|were not [currently] held",
    "hold|holds no",
    "no [recorded|relevant] information|records|data [is|are] held",
    "do|does not record",
    "nid yw|ydym|oes ...40 dal|ddal|cadw|gadw",
)
_REVIEW = Phrases(
    "internal review",
    "request|require|seek|ask_for|asking_for|want|independent [a|an|us_to] {1} review",
    "review|reviewed of_our|of_this|of_the|our|this {2} decision|response|handling",
    "have this reviewed",
    "make representations",
    "adolygiad mewnol",
)
_REGULATOR = Phrases(
    "scottish information commissioner|commissioner's",
    "information commissioner|commissioner's",
    "comisiynydd gwybodaeth",
    "ico",
)
_EXTENDED = Phrases(
    "extend|extended|extending|extension",
    "further|more|additional time",
    "new deadline|target",
    "hope|aim|expect|endeavour|intend {2} to respond|reply|provide|send|write|issue|let_you_have|"
    "be_able|reach|have_reached|conclude|decide",
    "now expect|aim|hope|respond|reply",
)
_SWITCHED = Phrases(
    "handled|dealt_with|processed|considered|logged|treated|treating|handling|dealing_with|responding|"
    "answered {10} environmental "
    "information",
    "falls|fall {4} under|within {3} environmental information",
    "is|are|constitutes {2} environmental information",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The letter and what has been found in it so far."""

    letter: Letter
    layout: Layout
    voices: Voices
    words: Words
    dates: Sequence[PrintedDate]
    conclusions: Sequence[Conclusion]


def find_signals(scene: Scene) -> tuple[Signal, ...]:
    """At most one of each, in the authority's own voice, at its first place."""
    return tuple(_signals(scene))


def _signals(scene: Scene) -> Iterator[Signal]:
    yield from _plain(scene, "ncnd", _NCND)
    yield from _public_interest(scene)
    yield from _plain(scene, "qualified_person", _QUALIFIED_PERSON)
    yield from _cost(scene)
    yield from _plain(scene, "advice_offered", _ADVICE)
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


def _plain(scene: Scene, name: SignalName, phrases: Phrases, *, also: Voice = "authority") -> Iterator[Signal]:
    match = next(_own(scene, phrases, also=also), None)
    if match is not None:
        yield _signal(scene, name, match.span())


def _not_held(scene: Scene) -> Iterator[Signal]:
    """Said outright, not as the half of ``whether or not it is held``."""
    for match in _own(scene, _NOT_HELD):
        if not scene.letter.lower[: match.start()].rstrip().endswith((" or", "whether", " if")):
            yield _signal(scene, "not_held", match.span())
            return


def _public_interest(scene: Scene) -> Iterator[Signal]:
    """A public interest test carried out, with its result where the letter states one."""
    if scene.conclusions:
        last = scene.conclusions[-1]
        yield _signal(scene, "public_interest_test", (last.start, last.end), last.verdict)
    else:
        yield from _plain(scene, "public_interest_test", _TEST)


def _cost(scene: Scene) -> Iterator[Signal]:
    """An estimate of cost, with its hours or pounds as printed."""
    for match in _own(scene, _COST):
        amount = _AMOUNT.search(scene.letter.lower, match.start(), match.end() + 10)
        if amount is not None:
            yield _signal(scene, "cost_estimate", match.span(), " ".join(amount[0].split()))
            return


def _review_offered(scene: Scene) -> Iterator[Signal]:
    """In the paragraph on rights, or in a sentence that says what the requester may do; not a review carried out."""
    for match in _own(scene, _REVIEW, also="rights"):
        start, end = scene.layout.sentence(match.start(), match.end())
        start, end = max(start, match.start() - _FAR), min(end, match.end() + _FAR)
        if scene.voices.at(match.start()) == "rights" or _YOU_MAY.search(scene.words, start, end):
            yield _signal(scene, "review_offered", match.span())
            return


_YOU_MAY = Phrases(
    "you may|can|have|wish|are|should|would|could", "to request|ask|seek", "if you", "cewch|gallwch|gellir"
)


def _regulator(scene: Scene) -> Iterator[Signal]:
    match = next(_own(scene, _REGULATOR, also="rights"), None)
    if match is not None:
        scottish = match[0].startswith("scottish") or "scottish information commissioner" in scene.letter.lower
        name = "Scottish Information Commissioner" if scottish else "Information Commissioner"
        yield _signal(scene, "regulator_named", match.span(), name)


def _extended(scene: Scene) -> Iterator[Signal]:
    """The day until which the answer is put off: the first day named after the words that put it off."""
    for match in _own(scene, _EXTENDED):
        end = min(scene.layout.sentence(match.start(), match.end())[1], match.end() + _FAR)
        first = bisect_left(scene.dates, match.end(), key=lambda date: date.start)
        for date in scene.dates[first : first + 5]:
            if date.start < end and _UNTIL.search(scene.letter.lower, max(0, date.start - 16), date.start):
                yield _signal(scene, "extended_until", (match.start(), date.end), date.value)
                return


_FAR = 300
"""Characters between the words that put an answer off and the day until which they do."""
_UNTIL = re.compile(r"(?:by|until|to|before|on|than|is)[ \n]+(?:the[ \n]+)?$")


def _switched(scene: Scene) -> Iterator[Signal]:
    """The answer is given under the environmental regulations, whatever the request asked under."""
    match = next(_own(scene, _SWITCHED), None)
    if match is not None:
        scottish = "environmental information (scotland" in " ".join(scene.letter.lower.split())
        yield _signal(scene, "regime_switched", match.span(), "EISR" if scottish else "EIR")
