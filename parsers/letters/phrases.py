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

Between slots stand blanks, a line end, or a comma. Looking up costs one dictionary access for each word of the text,
not one pattern for each character.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

_WORD = re.compile(r"(?<![a-z0-9])[a-z0-9\u00a3]{1,3}")
_KEY = 3
_FEW = 100
_DAY_END = re.compile(r"[0-9](?:st|nd|rd|th)?$")
_YEAR_NEXT = re.compile(r"[ ,\n]{1,3}(?:[0-9]{1,2},?[ ])?(?:19|20)[0-9]{2}")
_BETWEEN = r"[,;]?[ \n]{1,80}"
_WITHIN_SENTENCE = r"(?:[^.]|\.(?![ \n])|(?<=reg)\.|(?<=[ \n(]s)\.)"
"""Anything but a full stop; the dot of ``s.40`` and ``reg. 12`` is none."""
_REST_OF_WORD = r"[a-z'-]*"
_ANY_WORD = r"[^ \n.;:]{1,30}"


class Words:
    """A text in lower case, with the places where its words begin."""

    __slots__ = ("_keys", "_met", "_places", "_starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        found = [(match[0], match.start()) for match in _WORD.finditer(text)]
        if "may" in text:
            found = [(key, start) for key, start in found if key != "may" or not _is_month(text, start)]
        self._keys = [key for key, _ in found]
        self._starts = [start for _, start in found]
        self._places = _places(self._keys, self._starts)
        self._met: dict[frozenset[str], frozenset[str]] = {}

    def within(self, text: str, keep: bytes) -> "Words":
        """The words of a text that is this one with some passages blanked out: those where ``keep`` is zero stay."""
        part = Words("")
        part.text = text
        pairs = [pair for pair in zip(self._keys, self._starts, strict=True) if not keep[pair[1]]]
        part._keys = [key for key, _ in pairs]
        part._starts = [start for _, start in pairs]
        part._places = _places(part._keys, part._starts)
        return part

    def starts(self, keys: frozenset[str], start: int, end: int) -> Sequence[tuple[int, str]]:
        """Where words begin whose first letters are among ``keys``, in order, with those letters."""
        known = self._met.get(keys)
        if known is None:
            known = self._met[keys] = keys & self._places.keys()
        if not known:
            return ()
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        if last - first < _FEW:
            near = zip(self._starts[first:last], self._keys[first:last], strict=True)
            return [(place, key) for place, key in near if key in known]
        found: list[tuple[int, str]] = []
        for key in known:
            places = self._places[key]
            found += ((place, key) for place in places[bisect_left(places, start) : bisect_left(places, end)])
        return sorted(found)


def _is_month(text: str, start: int) -> bool:
    """``3 May``, ``May 2020``: the month, and not the verb that permits."""
    before = text[max(0, start - 6) : start].rstrip(" \n")
    return _DAY_END.search(before) is not None or _YEAR_NEXT.match(text, start + 3) is not None


def _places(keys: list[str], starts: list[int]) -> dict[str, list[int]]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for key, start in zip(keys, starts, strict=True):
        places[key].append(start)
    return places


class Phrases:
    """A vocabulary; see the top of this module for how phrases are written."""

    __slots__ = ("_by_key", "_keys")

    def __init__(self, *phrases: str) -> None:
        self._by_key: defaultdict[str, list[re.Pattern[str]]] = defaultdict(list)
        for phrase in phrases:
            slots = phrase.split()
            pattern = re.compile(_compiled(slots))
            for key in _first_keys(slots[0]):
                self._by_key[key].append(pattern)
        self._keys = frozenset(self._by_key)

    def finditer(self, words: Words, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Every phrase that lies between ``start`` and ``end``, in order; at each word at most one."""
        limit = len(words.text) if end is None else end
        for place, key in words.starts(self._keys, start, limit):
            for pattern in self._by_key[key]:
                match = pattern.match(words.text, place, limit)
                if match is not None:
                    yield match
                    break

    def search(self, words: Words, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first phrase between ``start`` and ``end``."""
        limit = len(words.text) if end is None else end
        for place, key in words.starts(self._keys, start, limit):
            for pattern in self._by_key[key]:
                match = pattern.match(words.text, place, limit)
                if match is not None:
                    return match
        return None

    def last(self, words: Words, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The last phrase between ``start`` and ``end``."""
        found = None
        for match in self.finditer(words, start, end):
            found = match
        return found


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


def _first_keys(slot: str) -> Iterator[str]:
    """The first letters by which a phrase is looked up; its first slot must be words."""
    for text in slot.split("|"):
        word = text.split("_")[0]
        letters = re.match(r"[a-z0-9\u00a3]+", word)
        if letters is None or (word.endswith("*") and len(letters[0]) < _KEY):
            raise ValueError(f"a phrase must begin with a word, or a stem of {_KEY} letters, not {slot!r}")
        yield letters[0][:_KEY]
