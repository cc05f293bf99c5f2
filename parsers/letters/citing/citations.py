"""Find every place where a letter cites a provision, as printed and without deciding of which law.

The search goes from number to number: a number is looked at when a noun stands before it (``section``, ``s.``,
``Reg``), when it carries levels and its surroundings are those of a citation, or when it heads a line.
"""

import re
from dataclasses import replace

from parsers.letters.citing.expand import Item, all_exist, exists_anywhere, is_ground
from parsers.letters.citing.forms import (
    BARE_DOTTED,
    BARE_LEVELS,
    DASH_LABEL,
    INVERTED,
    LABEL,
    NUMBER,
    SCHEDULE_HEAD,
    SCHEDULE_IS,
    SCHEDULE_TAIL,
    UNIT_AFTER,
    normal_level,
)
from parsers.letters.citing.items import read_list
from parsers.letters.citing.mentions import Mention
from parsers.letters.citing.nouns import Noun, noun_before, number_start
from parsers.letters.citing.principles import with_principles
from parsers.letters.text.clean import Letter

_BARE_CUE = re.compile(
    r"exempt|exception|foi|eir|\bact\b|under|virtue|pursuant|withheld|withh|redact|rel(?:y|ied)|engag|section|"
    r"regulation"
)
_MOST_DIGITS = 3
"""Digits of the longest number of a section."""
_LEVELS_FOLLOW = frozenset("([.")
_NEAR = 8
"""Characters from the first digit of a number to what its levels stand in."""
_INSIDE_WORD = re.compile(r"[a-z][0-9][a-z]{2}")
_NO_NOUN = Noun("none")


def find_citations(letter: Letter) -> tuple[Mention, ...]:
    """Every mention in order; none overlaps another."""
    lower = letter.lower
    found: list[Mention] = []
    seen: set[str] = set()
    done = 0
    for start, end in letter.words.numbers():
        if start < done or end - start > _MOST_DIGITS:
            continue
        mention = _mention(lower, start, done, seen)
        if mention is not None:
            found.append(mention)
            seen.update(item.number for item in mention.items)
            done = max(mention.end, end)
    return with_principles(lower, found)


def _mention(lower: str, at: int, done: int, seen: set[str]) -> Mention | None:
    at = number_start(lower, at)
    noun, start = noun_before(lower, at)
    if noun is None:
        return _bare(lower, at, seen)
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
    head = head if head is not None and head[0] else None
    found = head if head is not None and head["para"] and not tail["para"] else tail
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
    start = head.start() if head is not None and (found is head or part == head["part"]) else start
    item = Item(number=f"Sch.{tail['number'].upper()}", levels=tuple(levels), joiner="first", start=start, end=end)
    return Mention(noun=noun, items=(item,), start=start, end=end, rule="schedule")


def _bare(lower: str, at: int, seen: set[str]) -> Mention | None:
    """A number with levels and no noun: with two levels, of a section cited before, in a table or near a refusal."""
    if at > 0 and (lower[at - 1].isalnum() or lower[at - 1] in "/-.#\u00a3$,_"):
        return None
    if _LEVELS_FOLLOW.isdisjoint(lower[at : at + _NEAR]):
        return None
    end = NUMBER.match(lower, at)
    dotted = BARE_DOTTED.match(lower, at) is not None
    if end is None or (not dotted and lower[end.end() : end.end() + 2].strip()[:1] not in {"(", "["}):
        return None
    items, stop = read_list(lower, at, Noun("exemption") if dotted else _NO_NOUN)
    if not items or not items[0].levels or not _exists(items[0]) or _is_measure(lower, items):
        return None
    label, label_end = _label(lower, stop)
    deep = items[0].number in seen or any(len(item.levels) > 1 for item in items)
    rule = _bare_rule(lower, at, stop, items[0], label=label, deep=deep)
    if not rule:
        return None
    return Mention(noun=_NO_NOUN, items=items, start=at, end=stop, label=label, label_end=label_end, rule=rule)


def _bare_rule(lower: str, at: int, stop: int, first: Item, *, label: str, deep: bool) -> str:
    if _is_heading(lower, at, stop, first, label=label):
        return "heading"
    if _OTHER_NOUN.search(lower, max(0, at - 20), at):
        return ""
    glued = lower.find(" (", at, first.end) < 0
    if not (glued and deep) and _is_cell(lower, at, stop, first):
        return "cell"
    if not glued:
        return ""
    denied = _DENIED.match(lower, stop) is not None and is_ground((first.number, *first.levels))
    return "bare" if deep or _cued(lower, at, stop) or _stands_in_prose(lower, at, stop, first) or denied else ""


def _is_heading(lower: str, at: int, stop: int, first: Item, *, label: str) -> bool:
    """Whether it heads a line, with a label or alone, or a sentence (``42(2): the advice ...``)."""
    rest = lower[stop : stop + 80].split("\n", 1)[0]
    if lower[at - 2 : at] in {". ", ": "} and rest[:1] in {":", ",", "."}:
        return is_ground((first.number, *first.levels))
    before = lower[max(0, at - 200) : at]
    head = before[before.rfind("\n") + 1 :].strip(" \u2022[(-")
    return not head and bool(label or not rest.strip(" .;:)]-"))


_FULL_STOP = re.compile(r"\.[ \n]")
_DENIED = re.compile(r"[ \n](?:does|did|is|was|has)(?:[ \n]not\b|n't\b)")


def _cued(lower: str, at: int, stop: int) -> bool:
    """Whether words of a refusal stand near in the same sentence."""
    before, after = _FULL_STOP.split(lower[max(0, at - 60) : at])[-1], _FULL_STOP.split(lower[stop : stop + 40])[0]
    near = f"{before} {after}"
    return _BARE_CUE.search(near) is not None


def _stands_in_prose(lower: str, at: int, stop: int, first: Item) -> bool:
    """``The first reply said 43(2).``: a ground of a number that little else has, between a word and a stop."""
    return (
        int(first.number[:2]) > 20
        and lower[at - 2 : at - 1].isalpha()
        and lower[at - 1 : at] == " "
        and lower[stop : stop + 1] in {".", ",", ";", ")"}
        and is_ground((first.number, *first.levels))
    )


def _exists(item: Item) -> bool:
    """Whether a regime has the number with all its levels, read as siblings or with other numerals if need be."""
    if not exists_anywhere((item.number,)):
        return False
    if exists_anywhere((item.number, *item.levels)):
        return True
    return any(all_exist((item,), regime) for regime in ("FOIA", "EIR", "FOISA", "EISR"))


def _is_measure(lower: str, items: tuple[Item, ...]) -> bool:
    """``12(5) months``: a count with another in brackets."""
    return len(items) == 1 and len(items[0].levels) == 1 and UNIT_AFTER.match(lower, items[0].end) is not None


def _is_cell(lower: str, at: int, stop: int, first: Item) -> bool:
    """Whether a number fills a cell of a table, of which a column is about grounds, and is itself a ground."""
    before, after = lower[max(0, at - 2) : at], lower[stop : stop + 2]
    if before not in {"  ", "| "} and "\t" not in before and after not in {"  ", " |"}:
        return False
    return _COLUMN.search(lower, max(0, at - 1500), at) is not None and is_ground((first.number, *first.levels))


_COLUMN = re.compile(r"\b(?:exemptions?|exceptions?|grounds?|provisions?|sections?|regulations?|withheld|redacted)\b")
_OTHER_NOUN = re.compile(
    r"\b(?:clauses?|paragraphs?|paras?|rules?|conditions?|items?|questions?|q|orders?|notes?|parts?|pages?|pp?|tables?|"
    r"fig(?:ure)?s?|box|appendix|annex|forms?|version|v|grade|unit|room|chapter|lots?|plots?|nos?|numbers?|cpr|steps?|"
    r"stage|phase|polic(?:y|ies)|standards?|criteri(?:on|a)|target|level|ref|refs)(?:\.?[ ]{1,2}|\n)$"
)
