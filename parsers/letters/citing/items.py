"""Read a list of provisions from its first number on: numbers, levels, separators, ranges and continuations."""

import re
from collections.abc import Iterator
from dataclasses import replace

from parsers.law.table import friends_of
from parsers.letters.citing.expand import Item, exists_anywhere
from parsers.letters.citing.forms import (
    AGAIN,
    DOTTED,
    ENDS_LIST,
    GLUED,
    INSIDE,
    LABEL,
    LAST_OPEN,
    LEVEL,
    LEVEL_NOUN,
    NEW_PARAGRAPH,
    NEXT_SECTION,
    NUMBER,
    OCR_DIGITS,
    OCR_NUMBER,
    OF_SECTION,
    OPEN_LIST,
    ORDINAL,
    POSTCODE_AFTER,
    SEPARATOR,
    SPACED,
    SPLIT_NUMBER,
    TAIL_NOUN,
    UNCLOSED,
    UNIT_AFTER,
    UNOPENED,
    VIRTUE,
    Joiner,
    normal_level,
)
from parsers.letters.citing.nouns import NOUNS, Noun

_MAX_ITEMS = 40
_GLUED = frozenset({"of", "or", "is"})
"""Words that a lost blank joins to the number before them."""
_MAX_LEVELS = 8


def read_list(lower: str, at: int, noun: Noun) -> tuple[tuple[Item, ...], int]:
    """The members of the list whose first number stands at a place, and where the list ends; empty where none does."""
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
    if noun.family != "none" and (split := _split_number(lower, at, joiner)):
        return split
    match = NUMBER.match(lower, at)
    if match is None or (match[2] or "") in ORDINAL:
        return _damaged_number(lower, at, joiner)
    number, end = match[1] + (match[2] or "").upper(), match.end()
    if match[2] in _GLUED:
        number, end = match[1], match.end(1)
    elif match[2] and not exists_anywhere((number,)):
        if mended := _damaged_number(lower, at, joiner):
            return mended
        number = _digits_for(number)
    if number.startswith("0"):
        return None
    levels, end = _levels(lower, end, number, noun)
    if _is_measure(lower, at, end, noun, levels):
        return None
    return Item(number=number, levels=levels, joiner=joiner, start=at, end=end, inside=_is_open(lower, end))


def _is_measure(lower: str, at: int, end: int, noun: Noun, levels: tuple[str, ...]) -> bool:
    """``section 12.5 hours``, ``S10 2TN``: what follows makes the number a measure or a part of a postcode."""
    if (not levels or lower[end - 1] != ")") and UNIT_AFTER.match(lower, end):
        return True
    if not noun.short or levels:
        return False
    dotted = lower[at - 1] == "." or lower[at - 2 : at] == ". "
    known = dotted or (end - at > 2 and friends_of("section", lower[at:end])) or ENDS_LIST.match(lower, end)
    return not known or POSTCODE_AFTER.match(lower, end) is not None


def _is_open(lower: str, end: int) -> bool:
    """Whether a level ends before its bracket does, because a list goes on inside it."""
    last = LAST_OPEN.search(lower, max(0, end - 8), end)
    return last is not None and OPEN_LIST.match(lower, last.start()) is not None


def _split_number(lower: str, at: int, joiner: Joiner) -> Item | None:
    match = SPLIT_NUMBER.match(lower, at)
    if match is None:
        return None
    number = match[1] + match[2]
    levels, end = _brackets(lower, match.end())
    if not levels or not exists_anywhere((number, *levels)):
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
        glued = GLUED.match(lower, end) if levels and lower[end - 1] == ")" else None
        if glued and glued["x"] and exists_anywhere((number, *levels, glued["x"])):
            return (*levels, glued["x"]), glued.end()
        return levels, end
    return _loose(lower, end, number, levels)


def _brackets(lower: str, end: int) -> tuple[tuple[str, ...], int]:
    levels: list[str] = []
    while len(levels) < _MAX_LEVELS:
        match = None if NEW_PARAGRAPH.match(lower, end) else LEVEL.match(lower, end)
        open_list = None if match else OPEN_LIST.match(lower, end)
        match = match or open_list or UNCLOSED.match(lower, end)
        if match is None:
            break
        levels.append(normal_level(match["x"]))
        end = match.end()
        if open_list:
            break
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
    if before.inside and (inner := INSIDE.match(lower, end)):
        return Item(
            number="",
            levels=(normal_level(inner["x"]),),
            joiner="range" if inner["range"] else "list",
            start=inner.start("x"),
            end=inner.end(),
            inside=not inner["close"],
        )
    start, separator = end, SEPARATOR.match(lower, end)
    if separator is None:
        label = LABEL.match(lower, end)
        if label is not None:
            start, separator = label.end(), SEPARATOR.match(lower, label.end())
    virtue = None if separator else VIRTUE.match(lower, end)
    joint = separator or virtue
    if joint is None or _blank_line(joint[0]):
        return None
    if "\n" in joint[0] and NEW_PARAGRAPH.match(lower, joint.start() + joint[0].index("\n")):
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
    if not exists_anywhere((item.number,)) or (item.joiner == "range" and (before.levels or labelled)):
        return False
    if NEXT_SECTION.match(lower, item.end):
        return False
    if noun.plural or labelled:
        return UNIT_AFTER.match(lower, item.end) is None
    return ENDS_LIST.match(lower, item.end) is not None


def _continuation(lower: str, at: int, joiner: Joiner) -> Item | None:
    levels, end = _brackets(lower, at)
    if not levels or OF_SECTION.match(lower, end) or NEXT_SECTION.match(lower, end):
        return None
    return Item(number="", levels=levels, joiner=joiner, start=at, end=end)


def _blank_line(joint: str) -> bool:
    return joint.count("\n") > 1
