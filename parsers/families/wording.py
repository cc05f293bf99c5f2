"""What a text says when names, days and the like are set aside, as hashes of its runs of three words."""

import hashlib
import re
import struct
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import xor

Runs = frozenset[int]
"""The 64-bit hashes of all different runs of words in a text: two texts are as alike as these sets are."""

RUN = 3
"""Words in a run. Fewer make unlike letters alike by their phrases, more make each small change cost more."""
LONGEST = 24_000
"""Characters of a text that are looked at; the rest of a longer one says nothing more about its family."""
_SEED = b"wdtk families 2"
"""Key of the hash: another would give other numbers and the same families."""
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_DAYS = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})\b(?:,? \d{{4}}\b)?|\b(?:{_MONTHS}) \d{{1,2}}(?:,? \d{{4}})?\b"
    r"|\b\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}\b"
)
_LAW = re.compile(
    r"\b(?:the )?(?:freedom of information(?: \(scotland\))?(?: act)?|environmental information(?: \(scotland\))?"
    r"(?: regulations)?|foia?(?:\(?s\)?a)?(?: act)?|eirs?|data protection act)\b(?:,? (?:19|20)\d\d\b)?"
)
_BODY = re.compile(
    r"the(?<!\wthe) (?:[a-z]{3,14} )?(?:council|trust|force|constabulary|police|department|ministry|university|college|"
    r"board|authority|agency|office|company|school|service|commission|executive|corporation|association|partnership|"
    r"health board|fund|committee|regulator|borough|commissioner)\b"
)
_PROVISION = re.compile(
    r"\b(?:(?:sub)?sections?|regulations?|articles?|regs?|arts?|ss?)\.? ?\d{1,3}[a-z]{0,2}(?: ?\(\w{1,5}\)){0,6}"
    r"(?:(?: ?,| and| or| to) ?(?:\d{1,3}[a-z]{0,2})?(?: ?\(\w{1,5}\)){1,6}){0,6}"
)
_MARKS = re.compile(r"\[(?:name|email address|telephone number)\]")
_REFERENCE = re.compile(r"\b[a-z]{1,8}+[/-]?\d{3,12}(?:[/-]\w{1,12}){0,4}|\b\d{5,14}\b|https?://\S{1,300}")
_GREETING = re.compile(
    r"^\s{0,20}(?:dear|hello|hi|to whom|good (?:morning|afternoon|day))\b[^\n]{0,160}$", re.MULTILINE
)
_FAREWELL = re.compile(
    r"^\s{0,20}(?:yours (?:faithfully|sincerely|truly)|(?:kind|best|many|with|warm) (?:kind )?regards|many thanks|"
    r"regards|sincerely|thank you)[,.]?\s{0,20}$",
    re.MULTILINE,
)
_QUOTED = re.compile(r"^\s{0,8}>[^\n]{0,2000}$", re.MULTILINE)
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def request_runs(text: str, names: Iterable[str] = ()) -> Runs:
    """The runs of the first message of a request to an authority called ``names``.

    Its greeting, what follows its farewell, and quoted mail are left out.
    """
    text = _QUOTED.sub(" ", _GREETING.sub(" ", text[:LONGEST].lower()))
    ends = [match.start() for match in _FAREWELL.finditer(text) if match.start() > len(text) // 3]
    return _runs(_words(text[: ends[0]] if ends else text, names))


def paragraph_runs(text: str, names: Iterable[str] = ()) -> Runs:
    """The runs of a paragraph of a letter from an authority called ``names``; every provision counts as one word."""
    return _runs(_words(_PROVISION.sub(" someprovision ", text[:LONGEST].lower()), names))


def fingerprint(runs: Runs) -> int:
    """A number that texts of the very same runs share; of 63 bits, as SQLite keeps them."""
    digest = hashlib.blake2b(struct.pack(f">{len(runs)}Q", *sorted(runs)), digest_size=8, key=_SEED)
    return int.from_bytes(digest.digest(), "big") >> 1


def _words(text: str, names: Iterable[str]) -> list[str]:
    present = {low for name in names if len(name) > 1 and (low := name.lower()) in text}
    for name in sorted(present, key=len, reverse=True):
        text = re.sub(rf"(?<!\w)(?:the )?{re.escape(name)}(?!\w)", " theauthority ", text)
    text = _MARKS.sub(" somebody ", text)
    has_digits = _DIGIT.search(text) is not None  # most paragraphs have none, once provisions are words
    if has_digits:
        text = _DAYS.sub(" someday ", text)
    text = _LAW.sub(" thelaw ", text)
    text = _BODY.sub(" theauthority ", text)
    if has_digits or "://" in text:
        text = _REFERENCE.sub(" somenumber ", text)
    return _WORD.findall(text)


def _runs(words: Sequence[str]) -> Runs:
    if len(words) < RUN:
        return frozenset()
    first, second, third = zip(*map(_hashes, words), strict=True)
    return frozenset(map(xor, map(xor, first, second[1:]), third[2:]))


@lru_cache(maxsize=1 << 14)
def _hashes(word: str) -> tuple[int, ...]:
    """A hash of the word for each of the ``RUN`` places that it may have in a run: a run's hash is made of its words',
    of which a language has few."""
    return struct.unpack(f">{RUN}Q", hashlib.blake2b(word.encode(), digest_size=8 * RUN, key=_SEED).digest())
