"""Where a letter names an Act or Regulations, and which."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from parsers.letters.laws.actnames import find_kinds, named_acts, short_names
from parsers.letters.text.clean import Letter
from parsers.letters.text.phrases import Phrases, Words

Named = Literal["named", "the_act", "that_act", "the_regulations"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActMention:
    """An Act as the letter names it. ``regime`` is ``OTHER`` with a ``code`` for Acts outside information law:
    that of the list of Acts, else the name as printed."""

    start: int
    end: int
    regime: str
    """A regime of the law table; ``DPA`` where the year is not printed; empty for ``the Act``."""
    code: str
    how: Named


_S = r"[ \n]{1,60}"
_S0 = r"[ \n]{0,60}"
_SCOTLAND = rf"(?:{_S0}\(?{_S0}scotland{_S0}\)?)"
_SHORT = rf"(?:{_S0}\([a-z0-9 .&'\"]{{2,16}}\))"
_YEAR = rf"(?:{_S0},?{_S0}(?:of{_S})?\(?(?:19|20)[0-9]{{2}}\)?)"
_INFORMATION = r"[il1|]nf[o0][a-z]{4,9}"
_FREEDOM = re.compile(
    rf"freed[a-z]{{1,3}}{_S}[o0]f{_S}{_INFORMATION}(?P<a>{_SCOTLAND})?{_SHORT}?(?:{_S}act(?P<b>{_SCOTLAND})?(?P<y>{_YEAR})?"
    rf"(?P<fees>{_S}and{_S}data)?|(?P<c>{_SCOTLAND}))"
)
_OF_ELSEWHERE = re.compile(rf"(?:u\.?s\.?|american|irish|australian|canadian){_S}(?:federal{_S})?$")
_WELSH_FREEDOM = re.compile(rf"(?:deddf|ddeddf|tdeddf){_S}rhyddid{_S}gwybodaeth{_SHORT}?{_YEAR}?")
_ENVIRONMENTAL = re.compile(
    rf"(?:(?P<s>scottish{_S})envir|envir)[a-z]{{4,9}}{_S}{_INFORMATION}(?P<a>{_SCOTLAND})?{_SHORT}?"
    rf"{_S}reg(?:ulation)?s?(?![a-z])(?P<b>{_SCOTLAND})?{_YEAR}?"
)
_ENVIRONMENTALS = Phrases("envir*", "scottish envir*")
"""Where the pattern may begin; so below."""
_WELSH_ENVIRONMENTAL = re.compile(rf"rheoliadau{_S}gwybodaeth{_S}amgylcheddol{_SHORT}?{_YEAR}?")
_SHORT_FORMS = re.compile(
    r"(?:scottish[ ]f|f)\.?o\.?i\.?(?:sa|a|[ ]?\(s\)[ ]?a|"
    rf"{_S}\(?scotland\)?{_S}act(?:{_YEAR})?|{_S}act{_SCOTLAND}?(?:{_YEAR})?)?(?:{_YEAR})?(?![a-z])"
)
_SHORT_FORM = Phrases("foi*|f.o.i*|f.oi*|fo.i*", "scottish foi*|f.o.i*|f.oi*|fo.i*")
_EIR = re.compile(r"ei(?:rs?|srs?|[ ]?\(s\)[ ]?rs?|rs?[ ]?\((?:s|scotland)\))(?![a-z])(?:[ ]?\(?(?:19|20)[0-9]{2}\)?)?")
_DATA_PROTECTION = re.compile(
    rf"(?:data{_S}protection{_SHORT}?{_S}act|(?:deddf|ddeddf|tdeddf){_S}diogelu{_S}data){_SHORT}?(?P<y>{_YEAR})?"
)
_DATA_PROTECTIONS = Phrases("data protection", "deddf|ddeddf|tdeddf diogelu")
_DPA = re.compile(r"dpa(?![a-z])(?P<y>[ ]?'?\(?(?:(?:19|20)?[0-9]{2})\)?)?")
_GDPR = re.compile(
    rf"(?:uk[ -]gdpr|eu[ -]gdpr|gdpr)(?![a-z])|general{_S}data{_S}protection{_S}regulations?{_SHORT}?|"
    rf"rheoliad(?:au)?{_S}(?:cyffredinol{_S}ar{_S})?diogelu{_S}data{_S}(?:cyffredinol)?"
)
_GDPRS = Phrases("gdpr|uk-gdpr|eu-gdpr|uk_gdpr|eu_gdpr", "general data", "rheoliad|rheoliadau")
_WHICH = re.compile(
    rf"(?<![\w@/.])(?P<which>the|that|this|said|our){_S}(?:same{_S}|said{_S}|above{_S}|2000{_S}|2002{_S}|2004{_S})?$"
)
_WELSH_POINTING = re.compile(
    rf"(?:y|yr|o'r|i'r|a'r){_S}(?P<what>deddf|ddeddf|rheoliadau)(?![a-z'])(?!{_S0}\(?(?:19|20)[0-9]{{2}})"
)
_BY_YEAR = re.compile(
    rf"(?:the|that|this){_S}(?P<year>(?:17|18|19|20)[0-9]{{2}}){_S}(?P<what>act|regulations|order|measure)(?![a-z])"
)
_YEARS = {
    "act": {"2000": "FOIA", "2002": "FOISA", "1998": "DPA1998", "2018": "DPA2018"},
    "regulations": {"2004": "EIR"},
}
"""What ``the 2000 Act`` is where no Act of that year has been named before."""
_ABROAD = frozenset({"1966", "1967", "1974", "1982", "1997", "2014", "2015"})
"""Years of Freedom of Information Acts of other countries, which requesters and the press quote."""


RECENT = 40
"""How many names back "the Act" may point."""


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
    kinds = find_kinds(lower)
    named = sorted((*_information_law(letter.words), *_others(letter, kinds)), key=lambda act: act.start)
    yield from named
    yield from _by_year(lower, named)
    yield from _pointing(lower, kinds)
    for match in _said(_WELSH_POINTING, lower, "deddf", "rheoliadau"):
        if _word_starts(lower, match.start()):
            how: Named = "the_regulations" if match["what"] == "rheoliadau" else "the_act"
            yield ActMention(start=match.start(), end=match.end(), regime="", code="", how=how)


def _pointing(lower: str, kinds: Sequence[re.Match[str]]) -> Iterator[ActMention]:
    """``the Act``, ``that Act``, ``the Regulations``: kinds without a year, behind a word that points."""
    for kind in kinds:
        if kind["year"] or kind["kind"] not in {"act", "regulations", "regs"}:
            continue
        which = _WHICH.search(lower, max(0, kind.start() - 90), kind.start())
        if which is None or lower[kind.end("kind") : kind.end("kind") + 1] == "'":
            continue
        how: Named = "the_regulations"
        if kind["kind"] == "act":
            how = "that_act" if which["which"] == "that" else "the_act"
        yield ActMention(start=which.start(), end=kind.end("kind"), regime="", code="", how=how)


def _information_law(words: Words) -> Iterator[ActMention]:
    lower = words.text
    for match in _FREEDOM.finditer(lower):
        plain = lower.endswith("the ", 0, match.start())
        elsewhere = None if plain else _OF_ELSEWHERE.search(lower, max(0, match.start() - 40), match.start())
        if elsewhere or (match["y"] or "").strip(" \n,()")[-4:] in _ABROAD:
            yield _abroad(lower, elsewhere.start() if elsewhere else match.start(), match.end())
        elif not match["fees"]:
            yield _act(match, "FOISA" if match["a"] or match["b"] or match["c"] else "FOIA")
    for match in _said(_WELSH_FREEDOM, lower, "rhyddid"):
        yield _act(match, "FOIA")
    for match in _ENVIRONMENTALS.tried(_ENVIRONMENTAL, words):
        yield _act(match, "EISR" if match["s"] or match["a"] or match["b"] else "EIR")
    for match in _said(_WELSH_ENVIRONMENTAL, lower, "amgylcheddol"):
        yield _act(match, "EIR")
    yield from _abbreviations(words)
    yield from _data_law(words)


def _data_law(words: Words) -> Iterator[ActMention]:
    for match in _DATA_PROTECTIONS.tried(_DATA_PROTECTION, words):
        if (match["y"] or "").strip(" \n,()")[-4:] != "1984":
            yield _act(match, _data_protection(match["y"]))
    for match in _GDPRS.tried(_GDPR, words):
        if _word_starts(words.text, match.start()):
            yield _act(match, "UKGDPR")


def _said(pattern: re.Pattern[str], lower: str, *parts: str) -> Iterator[re.Match[str]]:
    """What a pattern finds in a letter that has one of the parts without which it finds nothing."""
    return pattern.finditer(lower) if any(part in lower for part in parts) else iter(())


def _abroad(lower: str, start: int, end: int) -> ActMention:
    """A Freedom of Information Act of another country, under its name."""
    name = " ".join(lower[start:end].replace(".", "").title().replace(" Of ", " of ").split())
    name = f"US {name[3:]}" if name.startswith("Us ") else name
    return ActMention(start=start, end=end, regime="OTHER", code=name.strip("( )"), how="named")


def _others(letter: Letter, kinds: Sequence[re.Match[str]]) -> Iterator[ActMention]:
    named = list(named_acts(letter.text, letter.lower, kinds))
    for act in (*named, *short_names(letter.text, named)):
        yield ActMention(start=act.start, end=act.end, regime="OTHER", code=act.code, how="named")


def _by_year(lower: str, named: Sequence[ActMention]) -> Iterator[ActMention]:
    """``the 2003 Act``: the Act of that year named before it, else the Act on information of that year."""
    latest: dict[str, ActMention] = {}
    waiting = iter((*named, None))
    act = next(waiting)
    for match in _BY_YEAR.finditer(lower):
        while act is not None and act.end <= match.start():
            latest[_year(lower, act)] = act
            act = next(waiting)
        known, usual = latest.get(match["year"]), _YEARS.get(match["what"], {}).get(match["year"], "")
        if known is not None:
            yield replace(known, start=match.start(), end=match.end())
        elif usual:
            yield _act(match, usual)


def _year(lower: str, act: ActMention) -> str:
    digits = re.search(r"[0-9]{4}", lower[max(act.start, act.end - 6) : act.end])
    return digits[0] if digits else {"FOIA": "2000", "FOISA": "2002", "OTHER": act.code[-4:]}.get(act.regime, "")


def _abbreviations(all_words: Words) -> Iterator[ActMention]:
    lower = all_words.text
    for match in _SHORT_FORM.tried(_SHORT_FORMS, all_words):
        if _word_starts(lower, match.start()) and not _part_of_number(lower, match.end()):
            words = match[0].replace(".", "").replace(" ", "")
            scottish = "scot" in words or words.startswith(("foisa", "foi(s)"))
            yield _act(match, "FOISA" if scottish else "FOIA")
    for match in _EIR.finditer(lower):
        if _word_starts(lower, match.start()) and not _part_of_number(lower, match.end()):
            words = match[0].replace(" ", "")
            yield _act(match, "EISR" if words.startswith(("eis", "ei(s")) or "(s" in words else "EIR")
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


def acts_between(acts: tuple[ActMention, ...], start: int, end: int) -> tuple[ActMention, ...]:
    """The Acts named within a span."""
    first = bisect_left(acts, start, key=lambda act: act.start)
    last = bisect_left(acts, end, key=lambda act: act.start)
    return acts[first:last]


def acts_before(acts: tuple[ActMention, ...], position: int) -> tuple[ActMention, ...]:
    """The last Acts named before a place: as many as one may still have in mind there."""
    index = bisect_left(acts, position, key=lambda act: act.start)
    return acts[max(0, index - RECENT) : index]
