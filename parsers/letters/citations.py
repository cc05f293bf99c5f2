"""Find every place where a letter cites a provision, as printed and without deciding of which law.

The search goes from number to number: a number is looked at when a noun stands before it (``section``, ``s.``,
``Reg``), when it carries levels and its surroundings are those of a citation, or when it heads a line.
"""

import re
from dataclasses import dataclass, replace

from parsers.letters.clean import Letter
from parsers.letters.expand import Item, exists_anywhere
from parsers.letters.forms import (
    BARE_LEVELS,
    DASH_LABEL,
    INVERTED,
    LABEL,
    NUMBER,
    SCHEDULE_HEAD,
    SCHEDULE_IS,
    SCHEDULE_TAIL,
    normal_level,
)
from parsers.letters.items import read_list
from parsers.letters.nouns import Noun, noun_before, number_start

_DIGITS = re.compile(r"[0-9]+")
_BARE_CUE = re.compile(
    r"exempt|exception|foi|eir|\bact\b|under|virtue|pursuant|withheld|withh|redact|rel(?:y|ied)|engag|section|"
    r"regulation"
)
_INSIDE_WORD = re.compile(r"[a-z][0-9][a-z]{2}")
_NO_NOUN = Noun("none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A list of one or more provisions under one noun; offsets into ``Letter.text``."""

    noun: Noun
    items: tuple[Item, ...]
    start: int
    end: int
    label: str = ""
    """The words in brackets or after a dash that say what the provision is about, in lower case."""
    label_end: int = 0
    rule: str = "noun"


def find_citations(letter: Letter) -> tuple[Mention, ...]:
    """Every mention in order; none overlaps another."""
    lower = letter.lower
    found: list[Mention] = []
    done = 0
    for digits in _DIGITS.finditer(lower):
        if digits.start() < done or len(digits[0]) > 3:
            continue
        mention = _mention(lower, digits.start(), done)
        if mention is not None:
            found.append(mention)
            done = max(mention.end, digits.end())
    return tuple(found)


def _mention(lower: str, at: int, done: int) -> Mention | None:
    at = number_start(lower, at)
    noun, start = noun_before(lower, at)
    if noun is None:
        return _bare(lower, at)
    if _INSIDE_WORD.match(lower, at - 1) and not noun.short:
        return None
    if start < done:
        return None
    if noun.family == "schedule":
        return _schedule(lower, noun, start, at)
    items, end = read_list(lower, at, noun)
    if not items or _is_reference(lower, noun, lower[start : start + 3] + lower[start + 3 : at].strip(), items[0]):
        return None
    items, start, rule = _inverted(lower, items, start)
    label, label_end = _label(lower, end)
    return Mention(noun=noun, items=items, start=start, end=end, label=label, label_end=label_end, rule=rule)


def _is_reference(lower: str, noun: Noun, word: str, item: Item) -> bool:
    """``FOI 40-2`` and ``FOI 1306`` are references; ``FOIA 40`` and ``EIR 12(5)(b)`` cite."""
    if noun.family != "act" or item.levels:
        return False
    return word == "foi" or lower[item.end : item.end + 1] in {"-", "/"} or not exists_anywhere((item.number,))


def _inverted(lower: str, items: tuple[Item, ...], start: int) -> tuple[tuple[Item, ...], int, str]:
    """``paragraph (a) of section 31(1)``: the levels before the noun belong to the first number."""
    match = INVERTED.search(lower, max(0, start - 70), start)
    if match is None:
        return items, start, "noun"
    first, *rest = items
    inner = tuple(normal_level(level) for level in BARE_LEVELS.findall(match["levels"]))
    head = replace(first, levels=(*first.levels, *inner))
    more = [
        Item(number="", levels=(normal_level(level),), joiner="list", start=match.start(), end=first.end)
        for level in BARE_LEVELS.findall(match["more"])
    ]
    return (head, *more, *rest), match.start(), "inverted"


def _label(lower: str, end: int) -> tuple[str, int]:
    """The label of a mention, and where a label in brackets ends; one after a dash may be the rest of the sentence."""
    bracket = LABEL.match(lower, end)
    match = bracket or DASH_LABEL.match(lower, end)
    words = " ".join(match["words"].split()) if match else ""
    return words, bracket.end() if bracket else end


def _schedule(lower: str, noun: Noun, start: int, at: int) -> Mention | None:
    tail = SCHEDULE_TAIL.match(lower, at)
    if tail is None:
        return None
    head = SCHEDULE_HEAD.search(lower, max(0, start - 70), start)
    found = head if head is not None and not tail["para"] else tail
    end = tail.end()
    if not found["para"] and "condition" in lower[max(0, start - 40) : start]:
        named = SCHEDULE_IS.match(lower, end)
        found, end = (named, named.end()) if named is not None else (found, end)
    levels: list[str] = []
    part = tail["part"] or (head["part"] if head else None)
    if part:
        levels.append(f"Pt.{part.upper()}")
    if found["para"]:
        levels.append(f"para.{found['para'].upper()}")
        levels += [normal_level(level) for level in BARE_LEVELS.findall(found["levels"] or "")]
    start = head.start() if head is not None and found is head else start
    item = Item(number=f"Sch.{tail['number'].upper()}", levels=tuple(levels), joiner="first", start=start, end=end)
    return Mention(noun=noun, items=(item,), start=start, end=end, rule="schedule")


def _bare(lower: str, at: int) -> Mention | None:
    """A number with levels and no noun: at the head of a line with a label, or near the words of a refusal."""
    if at > 0 and (lower[at - 1].isalnum() or lower[at - 1] in "/-.#\u00a3$,_"):
        return None
    end = NUMBER.match(lower, at)
    if end is None or lower[end.end() : end.end() + 2].strip()[:1] not in {"(", "["}:
        return None
    items, stop = read_list(lower, at, _NO_NOUN)
    if not items or not items[0].levels or not exists_anywhere((items[0].number, *items[0].levels)):
        return None
    label, label_end = _label(lower, stop)
    rule = _bare_rule(lower, at, stop, label)
    if not rule:
        return None
    return Mention(noun=_NO_NOUN, items=items, start=at, end=stop, label=label, label_end=label_end, rule=rule)


def _bare_rule(lower: str, at: int, stop: int, label: str) -> str:
    line_start = lower.rfind("\n", 0, at) + 1
    head = lower[line_start:at].strip(" \u2022[(-")
    rest = lower[stop : stop + 80].split("\n", 1)[0]
    if not head and (label or not rest.strip(" .;:)]-")):
        return "heading"
    near = lower[max(0, at - 60) : at] + " " + lower[stop : stop + 40]
    glued = lower[at:stop].find(" (") < 0
    return "bare" if glued and _BARE_CUE.search(near) else ""
