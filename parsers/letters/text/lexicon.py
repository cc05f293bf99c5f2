"""A text taken apart into its words, once, so that nothing has to look through it again."""

import re
from collections import defaultdict
from itertools import accumulate
from typing import NamedTuple

WORD = re.compile(r"([a-z0-9\u00a3][a-z0-9]*)")
"""Letters and digits without anything between them; a pound sign in front belongs to them."""
KEY = 3
"""Letters by which beginnings of words are looked up."""
_DIGITS = re.compile(r"[0-9]+")
_MONTH = "may."
"""What stands among the words for the month, so that it is not taken for the verb that permits."""
_DAY_END = re.compile(r"[0-9](?:st|nd|rd|th)?$")
_YEAR_NEXT = re.compile(r"[ ,\n]{1,3}(?:[0-9]{1,2},?[ ])?(?:19|20)[0-9]{2}")


class Lexicon(NamedTuple):
    """The words of a text, by their order and by themselves."""

    words: list[str]
    """In order, and an empty one at the end, so that every word has one behind it."""
    starts: list[int]
    places: dict[str, list[int]]
    """For each word its indices in ``words``."""
    by_key: dict[str, list[str]]
    """The different words that begin with the same letters."""


def take_apart(text: str) -> Lexicon:
    """The words of a text in lower case; the month of May is none that permits."""
    pieces = WORD.split(text)
    # What stands between words comes before each of them, so that every other end of a piece is their start.
    words, starts = pieces[1::2], list(accumulate(map(len, pieces)))[:-1:2]
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index, word in enumerate(words):
        places[word].append(index)
    months = {index for index in places.get("may", ()) if _is_month(text, starts[index])}
    if months:
        places["may"] = [index for index in places["may"] if index not in months]
        for index in months:
            words[index] = _MONTH
    by_key: defaultdict[str, list[str]] = defaultdict(list)
    for word in places:
        by_key[word[:KEY]].append(word)
    words.append("")
    return Lexicon(words, starts, places, by_key)


def find_numbers(lexicon: Lexicon) -> list[tuple[int, int]]:
    """Where the runs of digits of the text begin and end, in order."""
    words, starts, places, _ = lexicon
    found: list[tuple[int, int]] = []
    for index in sorted([index for word, at in places.items() if not word.isalpha() for index in at]):
        word, start = words[index], starts[index]
        if word.isdigit():
            found.append((start, start + len(word)))
        else:
            found += [(start + digits.start(), start + digits.end()) for digits in _DIGITS.finditer(word)]
    return found


def _is_month(text: str, start: int) -> bool:
    """``3 May``, ``May 2020``: the month, and not the verb that permits."""
    before = text[max(0, start - 6) : start].rstrip(" \n")
    return _DAY_END.search(before) is not None or _YEAR_NEXT.match(text, start + 3) is not None
