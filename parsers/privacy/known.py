"""Finding names that are known already: the requester's, and those that the request's letters gave away elsewhere."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from parsers.privacy.blanks import MASKED_CONTACT, MASKED_NAME
from parsers.privacy.phrases import Keep
from parsers.privacy.words import AFTER_A_NAME, BODIES, COMMON_SURNAMES, OFFICES, PLACES, STARTERS, TITLES

_LETTERS = re.compile(r"[^\W\d_](?:[^\W\d_]|['’‘\-\u2010\u2011](?=[^\W\d_]))*")
_JOINT = re.compile(r"(?:,[\s\u00a0]{1,2}|\.?[\s\u00a0]{1,3}|[.,_\-+]|%20)(?:>[ ]?)?")
_BACKWARDS = re.compile(r"(?:,[\s\u00a0]{0,2}|[ \u00a0]{1,2}|[._\-+]|%20)")
_COMMON = COMMON_SURNAMES | BODIES | OFFICES | PLACES | STARTERS
_LINE_BEFORE = re.compile(r"(?:\n|\A)[>|* \t\u00a0\-–—]{0,40}\Z")
_LINE_AFTER = re.compile(r"[.,!]?[ \t\u00a0*x]{0,10}(?:\n|\Z)")
_ASIDE = re.compile(r"[,(\[/]| [-–—] ")
_MORE_THAN_WORDS = re.compile(r"[^\w\s'’.\-]|\d|_")
_WINDOW = 80
_SHORTEST, _SHORTEST_BARE = 2, 3
_MOST_KNOWN = 400


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownName:
    """A name to look for, in lower case."""

    forenames: tuple[str, ...]
    """Empty where the surname alone is known, as from "Dear Ms Smith"."""
    surname: str
    """Empty where the name has no words of letters."""
    bare: bool
    """Whether the surname is masked where it stands alone: not where it is an ordinary word too."""
    literal: str | None
    """The name as written, where it holds more than words: ``zorro99``, ``J. Doe (Kent)``."""


def known_names(names: Iterable[str], keep: Keep) -> list[KnownName]:
    """The names as they are looked for; titles and letters after the name left out, repetitions too.

    A single word is a surname. One letter is not looked for, two only beside a forename. What follows a comma, a
    bracket or a dash is looked for only as part of the whole.
    """
    found: dict[tuple[str, ...], KnownName] = {}
    for name in names:
        literal = " ".join(lowered(name).split())
        plain = _ASIDE.split(name, maxsplit=1)[0]
        parts = tuple(word for word in map(str.lower, _LETTERS.findall(plain)) if word not in TITLES | AFTER_A_NAME)
        if _MORE_THAN_WORDS.search(literal) and len(literal) > _SHORTEST_BARE:
            found[literal,] = KnownName(forenames=(), surname="", bare=False, literal=literal)
        if parts and len(parts[-1]) >= _SHORTEST and not any(letter.isdigit() for letter in plain):
            surname = parts[-1]
            bare = len(surname) >= _SHORTEST_BARE and surname not in _COMMON and surname not in keep.words
            found[parts] = KnownName(forenames=parts[:-1], surname=surname, bare=bare, literal=None)
    return list(found.values())[:_MOST_KNOWN]


def occurrences(text: str, names: Sequence[KnownName]) -> Iterator[tuple[int, int]]:
    """Every place of one of the names: with forenames or initials before or after, or a part of it alone.

    A forename alone is taken where it stands on a line of its own. A surname alone is taken where it begins with a
    capital, is no ordinary word (in the lists, or in lower case elsewhere in the text), and has no other capitalised
    word beside it: that would be somebody else, or a place.
    """
    low = lowered(text)
    by_surname: dict[str, list[KnownName]] = {}
    for name in names:
        if name.literal:
            yield from ((start, start + len(name.literal)) for start in _places(low, name.literal))
        elif name.surname in low:
            by_surname.setdefault(name.surname, []).append(name)
    for forename in sorted({name.forenames[0] for name in names if name.forenames and name.forenames[0] in low}):
        yield from _alone_on_a_line(text, low, forename)
    for surname, bearers in by_surname.items():
        ordinary: bool | None = None
        for start in _places(low, surname):
            end = start + len(surname)
            whole = [span for name in bearers if (span := _with_forenames(text, low, start, end, name))]
            if whole:
                yield min(span[0] for span in whole), max(span[1] for span in whole)
            elif any(name.bare for name in bearers) and text[start].isupper() and not _neighbour(text, start, end):
                ordinary = _in_lower_case(text, surname) if ordinary is None else ordinary
                if not ordinary:
                    yield start, end


def _alone_on_a_line(text: str, low: str, forename: str) -> Iterator[tuple[int, int]]:
    """A line that is nothing but the forename: a signature, whatever closing phrase came before it."""
    for start in _places(low, forename) if len(forename) >= _SHORTEST else ():
        end = start + len(forename)
        if (
            text[start].isupper()
            and _LINE_BEFORE.search(low, max(0, start - _WINDOW), start)
            and _LINE_AFTER.match(low, end)
        ):
            yield start, end


def lowered(text: str) -> str:
    """``text`` in lower case with every letter in its place."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(letter if len(letter.lower()) != 1 else letter.lower() for letter in text)


def _places(low: str, word: str) -> Iterator[int]:
    start = low.find(word)
    while start >= 0:
        if not low[start - 1 : start].isalpha() and not low[start + len(word) : start + len(word) + 1].isalpha():
            yield start
        start = low.find(word, start + 1)


def _with_forenames(text: str, low: str, start: int, end: int, name: KnownName) -> tuple[int, int] | None:
    """The span with the forename or its initial, before the surname (up to two names between) or after it."""
    if not name.forenames:
        return None
    before = _chain(low, max(0, start - _WINDOW), start)
    whole = before[: len(name.forenames)]
    if tuple(word for _, word in reversed(whole)) == name.forenames:
        return whole[-1][0], end
    for begin, word in before[:3]:
        if _is_first(word, text[begin], name):
            return begin, end
        if not text[begin].isupper():
            break
    joint = _BACKWARDS.match(low, end)
    # Bounded, since a letter may join one name to the next without an end.
    following = _LETTERS.match(low, joint.end(), joint.end() + _WINDOW) if joint else None
    if following and (following[0] in name.forenames or _is_first(following[0], text[following.start()], name)):
        return start, following.end()
    return None


def _is_first(word: str, letter: str, name: KnownName) -> bool:
    return word == name.forenames[0] or (len(word) == 1 and letter.isupper() and name.forenames[0].startswith(word))


def _chain(low: str, start: int, end: int) -> list[tuple[int, str]]:
    """The words that lead up to ``end`` with nothing but a joint between them, the nearest first."""
    chain: list[tuple[int, str]] = []
    for word in reversed(list(_LETTERS.finditer(low, start, end))):
        joint = _JOINT.fullmatch(low, word.end(), end)
        if joint is None or (chain and joint[0].startswith(". ") and len(word[0]) > 1):
            break
        chain.append((word.start(), word[0]))
        end = word.start()
    return chain


def _neighbour(text: str, start: int, end: int) -> bool:
    """Whether a capitalised word that begins no sentence, or a mask, stands directly beside."""
    before = re.search(r"(?:([^\W\d_]+)['’]?|([\0\1]))[ \u00a0]$", text[max(0, start - 40) : start])
    if before and (before[2] or (before[1][0].isupper() and before[1].lower() not in STARTERS | TITLES)):
        return True
    after = text[end + 1 : end + 2]
    return text[end : end + 1] in {" ", "\u00a0", "-", "’", "'"} and (
        after.isupper() or after in {MASKED_CONTACT, MASKED_NAME}
    )


def _in_lower_case(text: str, surname: str) -> bool:
    return next(_places(text, surname), None) is not None
