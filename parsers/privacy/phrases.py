"""Runs of capitalised words, and whether one is a person's name."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from parsers.privacy.blanks import MASKED_NAME
from parsers.privacy.forenames import FORENAMES
from parsers.privacy.words import (
    AFTER_A_NAME,
    BODIES,
    COMMON_SURNAMES,
    MONTHS_AND_FORENAMES,
    NOT_AFTER_A_TITLE,
    OFFICES,
    PARTICLES,
    PLACES,
    STARTERS,
    TITLES,
)

_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|['’‘\-\u2010\u2011](?=[^\W\d_])){0,40}")
_GAP = re.compile(r"\.?[ \t\u00a0]{1,3}|\.(?=[A-Z])")
_POSSESSIVES = ("'s", "’s", "'S", "’S")
_NOT_A_NAME = OFFICES | BODIES | PLACES | STARTERS
_BEFORE_A_MARK = re.compile(rf"\.?[ \t\u00a0]{{1,3}}{MASKED_NAME}")
"""What was not taken for a name when the words after it could be seen is not taken for one now."""
_YEAR = re.compile(r"[ \t]{0,3}[0-9]")
_OF = re.compile(r"[ \t]{1,3}(?:(?:of|for)\b|&)")
_MOST_TOKENS = 8
_MOST_NAMES, _MOST_AFTER_A_TITLE = 4, 3
_LONGEST_ACRONYM = 5


class Token(NamedTuple):
    """One word and its place; a tuple, as every letter is full of them."""

    start: int
    end: int
    word: str
    low: str
    """The word in lower case."""


class Person(NamedTuple):
    """The words of a name, without title, and where they stand."""

    start: int
    end: int
    words: tuple[str, ...]
    titled: bool
    """Whether a title such as Ms stands before it."""


class Keep:
    """Names that are never a person's: those of the authority."""

    def __init__(self, names: Iterable[str]) -> None:
        self.phrases = frozenset(_plain(name) for name in names if name)
        self.words = frozenset(word for phrase in self.phrases for word in phrase.split())


def read_phrase(text: str, start: int, end: int | None = None) -> list[Token]:
    """The capitalised words, initials and particles from ``start`` on, on one line; at most eight."""
    tokens: list[Token] = []
    position = start
    while len(tokens) < _MOST_TOKENS:
        match = _TOKEN.match(text, position, len(text) if end is None else end)
        word = match[0] if match else ""
        if match is None or not (word[0].isupper() or (tokens and word in PARTICLES)):
            break
        low = word.lower()
        if tokens and low in TITLES:
            break
        bare = word[:-2] if word.endswith(_POSSESSIVES) else word
        tokens.append(Token(match.start(), match.start() + len(bare), bare, bare.lower()))
        gap = _GAP.match(text, match.end()) if bare is word else None
        if gap is None or (gap[0].startswith(".") and len(word) > 1 and low not in TITLES):
            break
        position = gap.end()
    while tokens and tokens[-1].word in PARTICLES:
        tokens.pop()
    return tokens


def person_at(text: str, start: int, keep: Keep, end: int | None = None) -> Person | None:
    """The person whose name begins at ``start``, title or not; None where an office, a body or prose begins there."""
    tokens = read_phrase(text, start, end)
    titled = bool(tokens) and tokens[0].low in TITLES
    names = tokens[1:] if titled else tokens
    if not names or (titled and _no_bearer(names[0])) or _BEFORE_A_MARK.match(text, names[-1].end):
        return None
    lead = _leading_names(names, titled=titled)
    if not lead or (not titled and not _is_person(text, lead, names, keep)):
        return None
    if len(lead) == 1 and lead[0].low in MONTHS_AND_FORENAMES and _YEAR.match(text, lead[0].end):
        return None
    return Person(start=lead[0].start, end=lead[-1].end, words=tuple(token.word for token in lead), titled=titled)


def _no_bearer(token: Token) -> bool:
    """Whether what follows a title shows that it is no person's: Mr Speaker, Dr NHS."""
    return token.low in NOT_AFTER_A_TITLE or (_acronym(token) and token.low in BODIES | OFFICES)


def _leading_names(tokens: Sequence[Token], *, titled: bool) -> list[Token]:
    lead: list[Token] = []
    for token in tokens:
        if len(lead) == (_MOST_AFTER_A_TITLE if titled else _MOST_NAMES) or (lead and _follows_a_name(token, lead)):
            break
        if _stops(token) and not _bears_a_name(token, lead, titled=titled):
            break
        lead.append(token)
    while lead and lead[-1].word in {"I", "A"}:
        lead.pop()
    return lead


def _follows_a_name(token: Token, lead: Sequence[Token]) -> bool:
    return token.low in AFTER_A_NAME or (len(lead) > 1 and _acronym(token) and not _acronym(lead[0]))


def _bears_a_name(token: Token, lead: Sequence[Token], *, titled: bool) -> bool:
    """Whether an ordinary word is a name here: after a title, as a forename, or as the surname after one."""
    if not lead:
        return titled or token.low in FORENAMES
    before = lead[-1]
    return (len(before.word) == 1 and titled) or (
        token.low in COMMON_SURNAMES and (len(before.word) == 1 or before.low in FORENAMES)
    )


def _stops(token: Token) -> bool:
    return len(token.word) > 1 and token.low in _NOT_A_NAME


def _is_person(text: str, lead: list[Token], whole: Sequence[Token], keep: Keep) -> bool:
    words = [token.low for token in lead]
    if _plain(" ".join(words)) in keep.phrases or _plain(" ".join(token.low for token in whole)) in keep.phrases:
        return False
    known = words[0] in FORENAMES or (len(words) > 1 and words[-1] in FORENAMES)
    if not known and keep.words.issuperset(words):
        return False
    if len(whole) > len(lead) and whole[len(lead)].low in OFFICES | BODIES | PLACES:
        # "Tower Hamlets Council", but "Jane Doe Information Officer".
        return words[0] in FORENAMES and len(words) > 1
    if not known and _OF.match(text, lead[-1].end):
        return False
    long = [token for token in lead if len(token.word) > 1 and token.low not in PARTICLES]
    if not long:
        return False
    return known or not any(_acronym(token) for token in long) or (len(long) > 1 and _all_capitals_name(long))


def _acronym(token: Token) -> bool:
    return len(token.word) > 1 and token.word.isupper() and len(token.word) <= _LONGEST_ACRONYM


def _all_capitals_name(tokens: Sequence[Token]) -> bool:
    """JANE DOE, where capitals tell nothing: every word needs a vowel and three letters."""
    return all(
        token.word.isupper() and len(token.word) > 2 and not set(token.low).isdisjoint("aeiouy") for token in tokens
    )


def _plain(name: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", name.lower()))
