"""Find every place where a letter cites a provision, as printed and without deciding of which law.

The search goes from number to number: a number is looked at when a noun stands before it (``section``, ``s.``,
``Reg``), when it carries levels and its surroundings are those of a citation, or when it heads a line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from parsers.letters.clean import Letter
from parsers.letters.expand import Item, exists_anywhere
from parsers.letters.forms import (
    AGAIN,
    BARE_LEVELS,
    DASH_LABEL,
    DOTTED,
    ENDS_LIST,
    GLUED,
    INVERTED,
    LABEL,
    LEVEL,
    LEVEL_NOUN,
    NOUNS,
    NUMBER,
    OCR_DIGITS,
    OCR_NUMBER,
    OF_SECTION,
    ORDINAL,
    POSTCODE_AFTER,
    SCHEDULE_HEAD,
    SCHEDULE_TAIL,
    SEPARATOR,
    SPACED,
    TAIL_NOUN,
    UNCLOSED,
    UNIT_AFTER,
    UNOPENED,
    VIRTUE,
    Joiner,
    Noun,
    normal_level,
)

_DIGITS = re.compile(r"[0-9]+")
_BARE_CUE = re.compile(
    r"exempt|exception|foi|eir|\bact\b|under|virtue|pursuant|withheld|withh|redact|rel(?:y|ied)|engag|section|regulation"
)
_INSIDE_WORD = re.compile(r"[a-z][0-9][a-z]{2}")
_SHORT_JOINS = re.compile(r"\.?[ ]?(?:\n[ ]*)?\(?")
_MAX_ITEMS = 40
_MAX_LEVELS = 8
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
    at = _number_start(lower, at)
    noun, start = _noun_before(lower, at)
    if noun is None:
        return _bare(lower, at)
    if _INSIDE_WORD.match(lower, at - 1) and not noun.short:
        return None
    if start < done:
        return None
    if noun.family == "schedule":
        return _schedule(lower, noun, start, at)
    items, end = _items(lower, at, noun)
    if not items or _is_reference(lower, noun, lower[start : start + 3] + lower[start + 3 : at].strip(), items[0]):
        return None
    items, start, rule = _inverted(lower, items, start)
    label, label_end = _label(lower, end)
    return Mention(noun=noun, items=items, start=start, end=end, label=label, label_end=label_end, rule=rule)


def _number_start(lower: str, at: int) -> int:
    """Step back over letters that a scanner made of digits: ``l2(1)``, ``Sl2``."""
    while at > 0 and lower[at - 1] in "lo|" and (at < 2 or not lower[at - 2].isalpha()):
        at -= 1
    return at


def _noun_before(lower: str, at: int) -> tuple[Noun | None, int]:
    """The noun that ends just before a number, across blanks, one line end, a dot and an opening bracket."""
    end = at
    floor = max(0, at - 80)
    breaks = 0
    while end > floor and lower[end - 1] in " \n.([:":
        breaks += lower[end - 1] == "\n"
        end -= 1
    if breaks > 1 or end == floor:
        return None, at
    start = end
    while start > floor and (lower[start - 1].isalpha() or lower[start - 1] in "\u00a7'") and end - start < 12:
        start -= 1
    noun = NOUNS.get(lower[start:end].strip("'"))
    if noun is None:
        while start > floor and lower[start - 1].isalnum() and end - start < 10:
            start -= 1
        noun = _damaged(lower[start:end])
    if noun is None or (start > 0 and (lower[start - 1].isalnum() or noun.short and lower[start - 1] in "-/.@_")):
        return None, at
    return (noun, start) if _may_join(noun, lower[start:end], lower[end:at]) else (None, at)


def _may_join(noun: Noun, word: str, between: str) -> bool:
    """Whether what stands between noun and number joins them: a dot only abbreviates, a list starts after a colon."""
    if noun.short:
        return _SHORT_JOINS.fullmatch(between) is not None and (word != "a" or between in {"", "."})
    if "." in between and (len(word) > 5 or noun.family == "act"):
        return False
    if ":" in between and "\n" in between:
        return False
    return not ("\n" in between and noun.family in {"act", "exemption", "exception"})


def _is_reference(lower: str, noun: Noun, word: str, item: Item) -> bool:
    """``FOI 40-2`` and ``FOI 1306`` are references; ``FOIA 40`` and ``EIR 12(5)(b)`` cite."""
    return noun.family == "act" and not item.levels and (word == "foi" or lower[item.end : item.end + 1] in {"-", "/"})


def _damaged(word: str) -> Noun | None:
    """*section* as a scanner spoils it: one or two letters wrong, missing or swapped."""
    if not (5 <= len(word) <= 9 and word[0] == "s" and word[-1] in "nus"):
        return None
    for intact in ("section", "sections"):
        if _distance(word, intact) <= 2:
            return Noun("section", plural=intact.endswith("s"))
    return None


def _distance(left: str, right: str) -> int:
    """Edit distance of two short words."""
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(right, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]


def _items(lower: str, at: int, noun: Noun) -> tuple[tuple[Item, ...], int]:
    first = _item(lower, at, noun, "first")
    if first is None:
        return (), at
    items = [first]
    end = first.end
    if lower[at - 1 : at] in {"(", "["} and lower[end : end + 1] in {")", "]"}:
        end += 1
    while len(items) < _MAX_ITEMS:
        following = _following(lower, end, noun, items[-1])
        if following is None:
            break
        items.append(following)
        end = following.end
    return tuple(items), end


def _item(lower: str, at: int, noun: Noun, joiner: Joiner) -> Item | None:
    """A number with its levels; None where it is an ordinal, a measure or part of a longer number."""
    match = NUMBER.match(lower, at)
    if match is None or (match[2] or "") in ORDINAL:
        return _damaged_number(lower, at, joiner)
    number, end = match[1] + (match[2] or "").upper(), match.end()
    if match[2] and not exists_anywhere((number,)):
        if mended := _damaged_number(lower, at, joiner):
            return mended
        number = _digits_for(number)
    if number.startswith("0"):
        return None
    levels, end = _levels(lower, end, number, noun)
    if not levels and UNIT_AFTER.match(lower, end):
        return None
    if noun.short and not levels and (POSTCODE_AFTER.match(lower, end) or not ENDS_LIST.match(lower, end)):
        return None
    return Item(number=number, levels=levels, joiner=joiner, start=at, end=end)


def _damaged_number(lower: str, at: int, joiner: Joiner) -> Item | None:
    match = OCR_NUMBER.match(lower, at)
    if match is None:
        return None
    number = match[0].translate(OCR_DIGITS)
    levels, end = _brackets(lower, match.end())
    levels = levels if exists_anywhere((number, *levels)) else tuple(_undamaged(levels))
    if not levels or not exists_anywhere((number, *levels)):
        return None
    return Item(number=number, levels=levels, joiner=joiner, start=at, end=end)


def _digits_for(number: str) -> str:
    """``4L`` is 41 where a scanner took the digit for a letter."""
    digits = number.lower().translate(OCR_DIGITS)
    return digits if exists_anywhere((digits,)) else number


def _undamaged(levels: tuple[str, ...]) -> Iterator[str]:
    for depth, level in enumerate(levels):
        yield level.lower().translate(OCR_DIGITS) if depth == 0 else level


def _levels(lower: str, end: int, number: str, noun: Noun) -> tuple[tuple[str, ...], int]:
    levels, end = _brackets(lower, end)
    if noun.family == "none":
        return levels, end
    return _loose(lower, end, number, levels)


def _brackets(lower: str, end: int) -> tuple[tuple[str, ...], int]:
    levels: list[str] = []
    while len(levels) < _MAX_LEVELS:
        match = LEVEL.match(lower, end)
        if match is None:
            match = UNCLOSED.match(lower, end)
        if match is None:
            break
        levels.append(normal_level(match["x"]))
        end = match.end()
    return tuple(levels), end


def _loose(lower: str, end: int, number: str, levels: tuple[str, ...]) -> tuple[tuple[str, ...], int]:
    """Levels without brackets (``40.2``, ``33 1(b)``, ``31(1)a``) and with a noun, where the result exists."""
    while len(levels) < _MAX_LEVELS:
        match = _loose_level(lower, end, closed=bool(levels))
        if match is None:
            break
        level = normal_level(next(filter(None, match.groups())))
        if not exists_anywhere((number, *levels, level)):
            break
        more, end = _brackets(lower, match.end())
        levels = (*levels, level, *more)
    return levels, end


def _loose_level(lower: str, end: int, *, closed: bool) -> re.Match[str] | None:
    forms = (DOTTED, GLUED, LEVEL_NOUN) if closed else (DOTTED, UNOPENED, SPACED, LEVEL_NOUN)
    return next((match for form in forms if (match := form.match(lower, end))), None)


def _following(lower: str, end: int, noun: Noun, before: Item) -> Item | None:
    """The next member of the list, across a label in brackets where a separator follows it."""
    start, separator = end, SEPARATOR.match(lower, end)
    if separator is None:
        label = LABEL.match(lower, end)
        if label is not None:
            start, separator = label.end(), SEPARATOR.match(lower, label.end())
    virtue = None if separator else VIRTUE.match(lower, end)
    joint = separator or virtue
    if joint is None or _blank_line(joint[0]):
        return None
    joiner: Joiner = "range" if separator is not None and separator["range"] else "list"
    return _member(lower, joint.end(), noun, before, joiner, labelled=start != end)


def _member(lower: str, at: int, noun: Noun, before: Item, joiner: Joiner, *, labelled: bool) -> Item | None:
    again = AGAIN.match(lower, at)
    if again is not None and joiner == "list":
        named = NOUNS.get(again["noun"], NOUNS["s"])
        if named.family != noun.family:
            return None
        at = again.end() + (lower[again.end()] == "(")
        return _item(lower, at, replace(named, plural=True), joiner)
    tail = TAIL_NOUN.match(lower, at)
    at = tail.end() if tail else at
    if lower[at : at + 1] in {"(", "["}:
        return _continuation(lower, at, joiner)
    if not lower[at : at + 1].isdigit():
        return None
    item = _item(lower, at, noun, joiner)
    if item is None or item.levels:
        return item if item is None or exists_anywhere((item.number,)) else None
    return item if _plausible(lower, item, noun, before, labelled=labelled) else None


def _plausible(lower: str, item: Item, noun: Noun, before: Item, *, labelled: bool) -> bool:
    """Whether a bare number after ``and`` is a section: it exists, nothing is counted by it, and the list goes on."""
    if not exists_anywhere((item.number,)) or item.joiner == "range" and before.levels:
        return False
    if noun.plural or labelled:
        return UNIT_AFTER.match(lower, item.end) is None
    return ENDS_LIST.match(lower, item.end) is not None


def _continuation(lower: str, at: int, joiner: Joiner) -> Item | None:
    levels, end = _brackets(lower, at)
    if not levels or OF_SECTION.match(lower, end):
        return None
    return Item(number="", levels=levels, joiner=joiner, start=at, end=end)


def _blank_line(joint: str) -> bool:
    return joint.count("\n") > 1


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
    match = LABEL.match(lower, end) or DASH_LABEL.match(lower, end)
    return (" ".join(match["words"].split()), match.end()) if match else ("", end)


def _schedule(lower: str, noun: Noun, start: int, at: int) -> Mention | None:
    tail = SCHEDULE_TAIL.match(lower, at)
    if tail is None:
        return None
    head = SCHEDULE_HEAD.search(lower, max(0, start - 70), start)
    found = head if head is not None and not tail["para"] else tail
    levels: list[str] = []
    part = tail["part"] or (head["part"] if head else None)
    if part:
        levels.append(f"Pt {part.upper()}")
    if found["para"]:
        levels.append(f"para {found['para'].upper()}")
        levels += [normal_level(level) for level in BARE_LEVELS.findall(found["levels"] or "")]
    start = head.start() if head is not None and found is head else start
    item = Item(
        number=f"Sch {tail['number'].upper()}", levels=tuple(levels), joiner="first", start=start, end=tail.end()
    )
    return Mention(noun=noun, items=(item,), start=start, end=tail.end(), rule="schedule")


def _bare(lower: str, at: int) -> Mention | None:
    """A number with levels and no noun: at the head of a line with a label, or near the words of a refusal."""
    if at > 0 and (lower[at - 1].isalnum() or lower[at - 1] in "/-.#\u00a3$,_"):
        return None
    end = NUMBER.match(lower, at)
    if end is None or lower[end.end() : end.end() + 2].strip()[:1] not in {"(", "["}:
        return None
    items, stop = _items(lower, at, _NO_NOUN)
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
