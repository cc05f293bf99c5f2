"""Where a letter names an Act or Regulations, and which."""

import functools
import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from parsers.law.table import other_acts
from parsers.letters.clean import Letter

Named = Literal["named", "the_act", "that_act", "the_regulations"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActMention:
    """An Act as the letter names it. ``regime`` is ``OTHER`` with a ``code`` for Acts outside information law."""

    start: int
    end: int
    regime: str
    """A regime of the law table; ``DPA`` where the year is not printed; empty for ``the Act``."""
    code: str
    how: Named


_S = r"[ \n]{1,60}"
_S0 = r"[ \n]{0,60}"
_SCOTLAND = rf"(?:{_S0}\({_S0}scotland{_S0}\)?)"
_SHORT = rf"(?:{_S0}\([a-z0-9 .&'\"]{{2,16}}\))"
_YEAR = rf"(?:{_S0},?{_S0}(?:of{_S})?\(?(?:19|20)[0-9]{{2}}\)?)"
_FREEDOM = re.compile(
    rf"freedom{_S}of{_S}information(?P<a>{_SCOTLAND})?{_SHORT}?(?:{_S}act(?P<b>{_SCOTLAND})?{_YEAR}?"
    rf"(?P<fees>{_S}and{_S}data)?|(?P<c>{_SCOTLAND}))"
)
_ENVIRONMENTAL = re.compile(
    rf"environmental{_S}information(?P<a>{_SCOTLAND})?{_SHORT}?{_S}regulations?(?P<b>{_SCOTLAND})?{_YEAR}?"
)
_SHORT_FORMS = re.compile(
    r"foi(?:sa|a|\(s\)a|"
    rf"{_S}\(?scotland\)?{_S}act(?:{_YEAR})?|{_S}act{_SCOTLAND}?(?:{_YEAR})?)?(?:{_YEAR})?(?![a-z])"
)
_EIR = re.compile(r"ei(?:rs?|srs?|\(s\)rs?)(?![a-z])(?:[ ]?\(?(?:19|20)[0-9]{2}\)?)?")
_DATA_PROTECTION = re.compile(rf"data{_S}protection{_SHORT}?{_S}act{_SHORT}?(?P<y>{_YEAR})?")
_DPA = re.compile(r"dpa(?![a-z])(?P<y>[ ]?'?\(?(?:(?:19|20)?[0-9]{2})\)?)?")
_GDPR = re.compile(rf"(?:uk[ -])?gdpr(?![a-z])|general{_S}data{_S}protection{_S}regulations?{_SHORT}?")
_DATED = re.compile(rf"(?:act|regulations|order|measure|rules){_S0}(?:of{_S})?\(?((?:17|18|19|20)[0-9]{{2}})(?![0-9])")
_POINTING = re.compile(
    rf"(?P<which>the|that){_S}(?:same{_S}|said{_S}|2000{_S}|2002{_S}|2004{_S})?(?P<what>act|regulations)(?![a-z])(?!{_S0}\(?(?:19|20)[0-9]{{2}})"
)
_BY_YEAR = re.compile(
    rf"the{_S}(?!200[024])(?P<year>(?:17|18|19|20)[0-9]{{2}}){_S}(?:act|regulations|order|measure)(?![a-z])"
)
_NAME = re.compile(
    r"(?<![A-Za-z0-9])(?:(?:[A-Z][A-Za-z'&-]*|\([A-Z][A-Za-z ]{2,40}\)|and|of|the|for|to|in),?[ \n]{1,40}){1,14}$"
)
_HEAD = re.compile(
    r"(?:(?:and|of|the|for|to|in|under|by|see|both|as|that|this|our|your|section|regulation|schedule)\b,?[ \n]+){1,6}",
    re.IGNORECASE,
)


def find_acts(letter: Letter) -> tuple[ActMention, ...]:
    """Every Act the letter names, in order; where two names overlap, the longer one."""
    kept: list[ActMention] = []
    for act in sorted(_candidates(letter), key=lambda act: (act.start, -act.end)):
        if not kept or act.start >= kept[-1].end:
            kept.append(act)
        elif act.end > kept[-1].end and act.how == "named" and act.code:
            kept[-1] = act
    return tuple(kept)


def _candidates(letter: Letter) -> Iterator[ActMention]:
    lower = letter.lower
    for match in _FREEDOM.finditer(lower):
        if not match["fees"]:
            yield _act(match, "FOISA" if match["a"] or match["b"] or match["c"] else "FOIA")
    for match in _ENVIRONMENTAL.finditer(lower):
        yield _act(match, "EISR" if match["a"] or match["b"] else "EIR")
    yield from _abbreviations(lower)
    for match in _DATA_PROTECTION.finditer(lower):
        yield _act(match, _data_protection(match["y"]))
    for match in _GDPR.finditer(lower):
        if _word_starts(lower, match.start()):
            yield _act(match, "UKGDPR")
    others = sorted(_other(letter), key=lambda act: act.start)
    yield from others
    yield from _by_year(lower, others)
    for match in _POINTING.finditer(lower):
        if _word_starts(lower, match.start()):
            how: Named = "the_regulations"
            if match["what"] == "act":
                how = "that_act" if match["which"] == "that" else "the_act"
            yield ActMention(start=match.start(), end=match.end(), regime="", code="", how=how)


def _by_year(lower: str, others: Sequence[ActMention]) -> Iterator[ActMention]:
    """``the 2003 Act``: the Act of that year named before it."""
    latest: dict[str, ActMention] = {}
    waiting = deque(others)
    for match in _BY_YEAR.finditer(lower):
        while waiting and waiting[0].end <= match.start():
            named = waiting.popleft()
            latest[lower[max(named.start, named.end - 4) : named.end]] = named
        known = latest.get(match["year"])
        if known is not None and _word_starts(lower, match.start()):
            yield replace(known, start=match.start(), end=match.end())


def _abbreviations(lower: str) -> Iterator[ActMention]:
    for match in _SHORT_FORMS.finditer(lower):
        if _word_starts(lower, match.start()) and not _part_of_number(lower, match.end()):
            words = match[0]
            yield _act(match, "FOISA" if "scotland" in words or words.startswith(("foisa", "foi(s)")) else "FOIA")
    for match in _EIR.finditer(lower):
        if _word_starts(lower, match.start()) and not _part_of_number(lower, match.end()):
            yield _act(match, "EISR" if match[0].startswith(("eis", "ei(s")) else "EIR")
    for match in _DPA.finditer(lower):
        if _word_starts(lower, match.start()):
            yield _act(match, _data_protection(match["y"]))


def _act(match: re.Match[str], regime: str) -> ActMention:
    return ActMention(start=match.start(), end=match.end(), regime=regime, code="", how="named")


def _data_protection(year: str | None) -> str:
    digits = re.sub(r"[^0-9]", "", year or "")
    return {"98": "DPA1998", "18": "DPA2018"}.get(digits[-2:], "DPA")


def _word_starts(lower: str, position: int) -> bool:
    return position == 0 or not (lower[position - 1].isalnum() or lower[position - 1] in "@/_.")


def _part_of_number(lower: str, end: int) -> bool:
    """``FOI/2021/12`` and ``eir-1234`` are references, ``foi@`` is an address."""
    return lower[end : end + 1] in {"@", "/", "_"} or (
        lower[end : end + 1] in {"-", "."} and lower[end + 1 : end + 2].isalnum()
    )


def _other(letter: Letter) -> Iterator[ActMention]:
    """Acts outside information law: by name and year, and by the short forms that the list of Acts has."""
    for match in _DATED.finditer(letter.lower):
        named = _NAME.search(letter.text, max(0, match.start() - 110), match.start())
        if named is None:
            continue
        start = named.start()
        skip = _HEAD.match(letter.text, start, match.start())
        start = skip.end() if skip else start
        name = " ".join(letter.text[start : match.end()].split())
        if _is_information_law(name):
            continue
        yield ActMention(start=start, end=match.end(), regime="OTHER", code=act_code(name), how="named")
    for words, code in _short_forms().items():
        yield from _short_form(letter.text, words, code)


def _short_form(text: str, words: str, code: str) -> Iterator[ActMention]:
    position = text.find(words)
    while position >= 0:
        end = position + len(words)
        if _word_starts(text, position) and not text[end : end + 1].isalnum():
            yield ActMention(start=position, end=end, regime="OTHER", code=code, how="named")
        position = text.find(words, end)


def _is_information_law(name: str) -> bool:
    low = name.lower()
    if "fees" in low or "protection of freedom" in low:
        return False
    return any(words in low for words in ("freedom of information", "environmental information", "data protection act"))


def act_code(name: str) -> str:
    """The code of an Act outside information law: from the list, else its initials and year."""
    low = name.lower().removeprefix("the ")
    known = _codes().get(low)
    if known is not None:
        return known
    if "appropriate limit" in low or low.startswith("freedom of information (fees"):
        return "SFEES2004" if "scotland" in low else "FEES2004"
    words = re.findall(r"[A-Za-z][A-Za-z'-]*", name)
    initials = "".join(word[0] for word in words if word[0].isupper() and word != "The")[:9]
    return (initials or "Act") + name[-4:]


@functools.cache
def _codes() -> Mapping[str, str]:
    return {act.name.lower(): act.code for act in other_acts()}


@functools.cache
def _short_forms() -> Mapping[str, str]:
    return {words: act.code for act in other_acts() for words in act.short_forms}


def acts_between(acts: tuple[ActMention, ...], start: int, end: int) -> tuple[ActMention, ...]:
    """The Acts named within a span."""
    first = bisect_left(acts, start, key=lambda act: act.start)
    last = bisect_left(acts, end, key=lambda act: act.start)
    return acts[first:last]
