"""What a letter does beside citing: each signal with the words it rests on."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.letters.clean import Letter
from parsers.letters.interest import Conclusion
from parsers.letters.layout import Layout
from parsers.letters.quotes import Voices
from parsers.letters.records import Signal, SignalName


@dataclass(frozen=True, slots=True)
class _Pattern:
    name: SignalName
    needles: tuple[str, ...]
    """Words one of which must occur before the pattern is tried at all."""
    pattern: re.Pattern[str]
    value: str | None = None


_G = r"[ \n]+"
_PATTERNS = (
    _Pattern(
        "ncnd",
        ("confirm", "cadarnhau"),
        re.compile(
            rf"(?:neither{_G}confirm{_G}(?:n?or){_G}den(?:y|ies)|(?:can|could|will|would)?(?:not|{_G}neither)?{_G}?confirm{_G}n?or{_G}deny{_G}(?:whether|that|if|the)|cadarnhau{_G}na{_G}gwadu)"
        ),
    ),
    _Pattern(
        "public_interest_test",
        ("public interest",),
        re.compile(
            rf"public{_G}interest(?:{_G}test)?(?:{_G}[a-z()]+){{0,9}}?{_G}(?P<value>outweighs?|favours?|lies|weighted|withholding|maintaining|disclosure)|(?P<test>public{_G}interest{_G}test)"
        ),
    ),
    _Pattern("qualified_person", ("qualified person",), re.compile(rf"qualified{_G}person")),
    _Pattern(
        "cost_estimate",
        ("hours", "\u00a3"),
        re.compile(
            rf"(?:estimat|exceed|take|cost|approximat|limit)[^.\n]{{0,160}}?(?P<value>(?:[0-9][0-9,.]*{_G}(?:[a-z-]+{_G})?hours?|\u00a3[ ]?[0-9][0-9,.]*))"
        ),
    ),
    _Pattern(
        "advice_offered",
        ("advice and assistance", "refine", "narrow"),
        re.compile(
            rf"(?:advice{_G}and{_G}assistance|(?:refin(?:e|ing)|narrow(?:ing)?){_G}(?:down{_G})?(?:the{_G}|your{_G})?(?:scope{_G}of{_G}(?:your{_G}|the{_G})?)?request)"
        ),
    ),
    _Pattern(
        "not_held",
        (
            "not hold",
            "not held",
            "hold no",
            "no information",
            "no recorded",
            "n't hold",
            "does not have",
            "do not have",
            "not record",
        ),
        re.compile(
            rf"(?:do(?:es)?{_G}not{_G}(?:currently{_G}|actually{_G})?hold|(?:is|are|was|were){_G}not{_G}(?:currently{_G})?held|hold(?:s)?{_G}no{_G}|no{_G}(?:recorded{_G})?information{_G}(?:is{_G})?held|do(?:es)?n't{_G}hold|do(?:es)?{_G}not{_G}record)"
        ),
    ),
    _Pattern(
        "review_offered",
        ("internal review", "review", "adolygiad"),
        re.compile(
            rf"(?:internal{_G}review|(?:request|ask{_G}for|require|seek|carry{_G}out){_G}(?:an?{_G}|us{_G}to{_G})?(?:[a-z]+{_G})?review|adolygiad{_G}mewnol)"
        ),
    ),
    _Pattern(
        "regulator_named",
        ("information commissioner", "ico", "comisiynydd"),
        re.compile(
            rf"(?P<value>(?:scottish{_G})?information{_G}commissioner|comisiynydd{_G}gwybodaeth|(?<![a-z])ico(?![a-z]))"
        ),
    ),
    _Pattern(
        "extended_until",
        ("extend", "extension", "further time", "hope to", "new deadline"),
        re.compile(
            rf"(?:exten(?:d|ded|ding|sion)|further{_G}time|hope{_G}to|new{_G}deadline|aim{_G}to)[^.]{{0,240}}?(?:by|until|to){_G}(?P<value>[0-9]{{1,2}}(?:st|nd|rd|th)?[ ](?:[a-z]{{3,9}})[ ][0-9]{{4}}|[0-9]{{1,2}}/[0-9]{{1,2}}/[0-9]{{2,4}})"
        ),
    ),
    _Pattern(
        "regime_switched",
        ("environmental information",),
        re.compile(
            rf"(?:(?:handled|dealt{_G}with|processed|considered|logged|treated|treating|handling){_G}(?:[a-z]+{_G}){{0,8}}?(?:under|as){_G}(?:[a-z]+{_G}){{0,4}}?environmental{_G}information{_G}regulations?{_G}[^.]{{0,60}}?(?:rather{_G}than|instead|not{_G}the))"
        ),
    ),
)


def find_signals(
    letter: Letter, layout: Layout, voices: Voices, conclusions: Sequence[Conclusion]
) -> tuple[Signal, ...]:
    """At most one of each, in the authority's own voice, at its first and most telling place."""
    return tuple(_signals(letter, layout, voices))


def _signals(letter: Letter, layout: Layout, voices: Voices) -> Iterator[Signal]:
    for pattern in _PATTERNS:
        if not any(needle in letter.lower for needle in pattern.needles):
            continue
        for match in pattern.pattern.finditer(letter.lower):
            if voices.at(match.start()) != "authority":
                continue
            value = _value(letter, match)
            yield Signal(name=pattern.name, value=value, evidence=letter.evidence(match.start(), match.end()))
            break


def _value(letter: Letter, match: re.Match[str]) -> str | None:
    if "value" not in match.re.groupindex or match["value"] is None:
        return None
    return " ".join(letter.text[match.start("value") : match.end("value")].split())
