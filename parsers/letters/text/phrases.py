"""Vocabularies of phrases, written almost as they read, and looked up word by word.

A phrase is a row of slots: ``unable|not_able to {2} provide|disclose|supply``.

============  ====================================================================
``a|b_c``     one of several; an underscore is a blank within one of them
``stem*``     a word with any ending
``[slot]``    may be left out
``{3}``       up to three words, whatever they are
``...``       anything of the same sentence, up to 120 characters; ``...40`` up to 40
``#``         a number
============  ====================================================================

Between slots stand blanks, a line end, or a comma. A text is taken apart into words once. A phrase is then tried only
where its first word stands, and most often only where its second stands next: nearly all places fall away before any
pattern is tried.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from parsers.letters.text.lexicon import KEY, WORD, Lexicon, find_numbers, take_apart

_NUMBER = tuple("0123456789\u00a3")
_BETWEEN = r"[,;]?[ \n]{1,80}"
_WITHIN_SENTENCE = r"(?:[^.]|\.(?![ \n])|(?<=reg)\.|(?<=[ \n(]s)\.)"
"""Anything but a full stop; the dot of ``s.40`` and ``reg. 12`` is none."""
_REST_OF_WORD = r"[a-z'-]*"
_ANY_WORD = r"[^ \n.;:]{1,30}"

Patterns = tuple[re.Pattern[str], ...]
Place = tuple[int, Patterns]
"""Where a phrase may begin, and the patterns of those that may."""


class Words:
    """A text in lower case, with its words: letters and digits without anything between them."""

    __slots__ = ("_keep", "_lexicon", "_met", "_numbers", "text")

    def __init__(self, text: str, keep: bytes = b"", lexicon: Lexicon | None = None) -> None:
        self.text = text
        self._keep = keep
        self._lexicon = lexicon or take_apart(text)
        self._met: dict[Phrases, list[Place]] = {}
        self._numbers: list[tuple[int, int]] | None = None

    def within(self, text: str, keep: bytes) -> "Words":
        """The words of a text that is this one with some passages blanked out: those where ``keep`` is zero stay."""
        return Words(text, keep, self._lexicon)

    def numbers(self) -> list[tuple[int, int]]:
        """Where the runs of digits begin and end, in order, those that are blanked out among them; kept."""
        if self._numbers is None:
            self._numbers = find_numbers(self._lexicon)
        return self._numbers

    def places(self, phrases: "Phrases") -> list[Place]:
        """Where phrases of a vocabulary may begin, in order; kept, since many are looked up sentence by sentence."""
        found = self._met.get(phrases)
        if found is None:
            found = _begun(self._lexicon, phrases)
            if self._keep and found:
                found = [place for place in found if not self._keep[place[0]]]
            found.sort()
            self._met[phrases] = found
        return found


def _begun(lexicon: Lexicon, phrases: "Phrases") -> list[Place]:
    """The words with which phrases begin, where one of the words that must follow stands next."""
    words, starts, places, by_key = lexicon
    found: list[Place] = []
    for word in phrases.heads.keys() & places.keys():
        patterns, seconds, stems = phrases.heads[word]
        for i in places[word]:
            if seconds is None or words[i + 1] in seconds or (stems and words[i + 1].startswith(stems)):
                found.append((starts[i], patterns))  # noqa: PERF401 - a comprehension for each word costs more
    for key in phrases.stems.keys() & by_key.keys() if phrases.stems else ():
        patterns, _, stems = phrases.stems[key]
        for word in by_key[key]:
            if word.startswith(stems) and word not in phrases.heads:
                found += [(starts[i], patterns) for i in places[word]]
    return found


class Head(NamedTuple):
    """The phrases that begin with one word, and the words that must stand next for any of them to match."""

    patterns: Patterns
    seconds: frozenset[str] | None
    """None where any word may stand next."""
    stems: tuple[str, ...]
    """Beginnings of words that may stand next; for a stem, those of the word itself."""


class Phrases:
    """A vocabulary; see the top of this module for how phrases are written."""

    __slots__ = ("heads", "stems")

    def __init__(self, *phrases: str) -> None:
        compiled = [(phrase.split(), re.compile(_compiled(phrase.split()))) for phrase in phrases]
        firsts = [(first, slots, pattern) for slots, pattern in compiled for first in _firsts(slots[0])]
        self.heads = {word: _head(word, firsts) for word in {first.word for first, _, _ in firsts if not first.stem}}
        self.stems = {key: _stem(key, firsts) for key in {first.word[:KEY] for first, _, _ in firsts if first.stem}}

    def finditer(self, words: Words, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Every phrase that lies between ``start`` and ``end``, in order; at each word at most one."""
        text = words.text
        limit = len(text) if end is None else end
        for place, patterns in _between(words.places(self), start, limit):
            for pattern in patterns:
                match = pattern.match(text, place, limit)
                if match is not None:
                    yield match
                    break

    def search(self, words: Words, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first phrase between ``start`` and ``end``."""
        limit = len(words.text) if end is None else end
        for place, patterns in _between(words.places(self), start, limit):
            for pattern in patterns:
                match = pattern.match(words.text, place, limit)
                if match is not None:
                    return match
        return None

    def tried(self, pattern: re.Pattern[str], words: Words) -> Iterator[re.Match[str]]:
        """What a pattern finds that can begin only where a phrase does; none overlaps another.

        A pattern with many beginnings, or with ``\\b`` in front, is slow to look for at every character.
        """
        done = 0
        for place in self.finditer(words):
            match = pattern.match(words.text, place.start()) if place.start() >= done else None
            if match is not None:
                yield match
                done = match.end()

    def last(self, words: Words, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The last phrase between ``start`` and ``end``."""
        found = None
        for match in self.finditer(words, start, end):
            found = match
        return found


def _between(places: list[Place], start: int, end: int) -> list[Place]:
    if not places or (places[0][0] >= start and places[-1][0] < end):
        return places
    if places[-1][0] < start or places[0][0] >= end:
        return []
    return places[bisect_left(places, (start,)) : bisect_left(places, (end,))]


def _compiled(slots: list[str]) -> str:
    pattern = _slot(slots[0])
    after_gap = False
    for slot in slots[1:]:
        if slot.startswith("..."):
            pattern += rf"{_WITHIN_SENTENCE}{{0,{slot[3:] or 120}}}?"
        elif slot.startswith("{"):
            pattern += rf"(?:{_BETWEEN}{_ANY_WORD}){{0,{slot[1:-1]}}}?"
        elif slot.startswith("["):
            pattern += rf"(?:{_BETWEEN}{_slot(slot[1:-1])})?"
        else:
            pattern += (r"(?<![a-z0-9])" if after_gap else _BETWEEN) + _slot(slot)
        after_gap = slot.startswith("...")
    return pattern


def _slot(slot: str) -> str:
    return "(?:" + "|".join(_alternative(text) for text in slot.split("|")) + ")"


def _alternative(text: str) -> str:
    if text == "#":
        return r"\u00a3?[0-9][0-9,.]*"
    pattern = _BETWEEN.join(re.escape(word) for word in text.split("_"))
    if pattern.endswith(r"\*"):
        return pattern[:-2] + _REST_OF_WORD
    return pattern + (r"(?![a-z0-9])" if text[-1].isalnum() else "")


class _First(NamedTuple):
    """The first word of one way to begin a phrase."""

    word: str
    stem: bool
    rest: tuple[str, ...]
    """Its other words."""


def _firsts(slot: str) -> Iterator[_First]:
    """How a phrase may begin; its first slot must be words, by which it is looked up."""
    for text in slot.split("|"):
        words = WORD.findall(text)
        stem = len(words) == 1 and text.endswith("*")
        if not words or not text.startswith(words[0]) or (stem and len(words[0]) < KEY):
            raise ValueError(f"a phrase must begin with a word, or a stem of {KEY} letters, not {slot!r}")
        yield _First(words[0], stem, tuple(words[1:]))


_Begun = Sequence[tuple[_First, list[str], re.Pattern[str]]]
"""Each way in which a phrase begins, its slots and its pattern, in the order of the vocabulary."""


def _head(word: str, firsts: _Begun) -> Head:
    """What is looked for where a word stands: the phrases that begin with it, and with a stem of it."""
    mine = [each for each in firsts if word == each[0].word or (each[0].stem and word.startswith(each[0].word))]
    patterns = tuple(dict.fromkeys(pattern for _, _, pattern in mine))
    seconds: set[str] = set()
    stems: set[str] = set()
    for first, slots, _ in mine:
        following = None if first.stem else _following(first, slots)
        if following is None:
            return Head(patterns, None, ())
        seconds |= following[0]
        stems |= following[1]
    return Head(patterns, frozenset(seconds), tuple(stems))


def _stem(key: str, firsts: _Begun) -> Head:
    """What is looked for where a word begins with a stem that begins with ``key``."""
    mine = [each for each in firsts if each[0].stem and each[0].word[:KEY] == key]
    return Head(
        tuple(dict.fromkeys(pattern for _, _, pattern in mine)), None, tuple({first.word for first, _, _ in mine})
    )


_Following = tuple[set[str], set[str]] | None
"""Words, and beginnings of words; None for any."""


def _following(first: _First, slots: list[str]) -> _Following:
    """What may stand right behind the first word of a phrase."""
    if not first.rest:
        return _next(slots[1:])
    whole = any(first.rest == tuple(WORD.findall(text))[1:] and not text.endswith("*") for text in slots[0].split("|"))
    return ({first.rest[0]}, set()) if len(first.rest) > 1 or whole else (set(), {first.rest[0]})


def _next(slots: list[str]) -> _Following:
    """With what words the rest of a phrase may begin; None where that may be any, or nothing."""
    if not slots or slots[0].startswith(("...", "{")):
        return None
    words: set[str] = set()
    stems: set[str] = set()
    for text in slots[0].strip("[]").split("|"):
        found = WORD.findall(text)
        if text == "#":
            stems.update(_NUMBER)
        elif not found:
            return None
        elif text.endswith("*") and len(found) == 1:
            stems.add(found[0])
        else:
            words.add(found[0])
    if slots[0].startswith("["):
        more = _next(slots[1:])
        return None if more is None else (words | more[0], stems | more[1])
    return words, stems
