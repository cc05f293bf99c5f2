"""Names of Acts and instruments outside information law: listed ones in any dress, others as the letter prints them.

A listed Act is known with its year, without it (``the Mental Health Act``), by its short forms (``PACE``), and by the
abbreviation that a letter gives it (``the Burial Act 1857 ("the BA")``). An Act that is not listed keeps its printed
name, so that nothing a letter names is lost.
"""

import functools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from parsers.law.table import other_acts

_S = r"[ \n]{1,60}"
_S0 = r"[ \n]{0,60}"
_KINDS = ("act", "regulations", "regs", "rules", "order", "measure", "directions", "convention")
_KIND = re.compile(
    r"(?P<kind>act|regulations|regs|rules|order|measure|directions|convention)(?![a-z])"
    rf"(?P<region>{_S0}\((?:northern ireland|scotland|wales|ireland|n\.?i\.?)\))?"
    rf"(?:{_S0},?{_S0}(?:of{_S})?\(?(?P<year>(?:17|18|19|20)[0-9]{{2}})(?![0-9]))?"
)
_POINTS = re.compile(r"(?<![a-z])(?:the|this|that|our|an|any)[ \n(]{1,3}$")
_NAME_WORD = re.compile(
    r"[(\[\"']?(?:[A-Z](?:[^\W\d_]|[.'&/-]){0,30}|\([A-Z][A-Za-z&]{1,30}|[A-Za-z&]{1,30}\)|and|of|the|for|to|in|on|with|against|from|"
    r"by|into|etc\.?|&)[\"'\])]?,?"
)
_WELSH = re.compile(rf"(?<!\w)[dt]?deddf{_S}(?:[^\W\d_]{{2,20}}{_S}){{1,8}}(?:19|20)[0-9]{{2}}(?![0-9])")
_LEAD_IN = re.compile(
    r"(?:(?:and|of|the|for|to|in|under|by|with|from|on|see|both|as|that|this|our|your|a|an|section|sections|regulation|"
    r"schedule|part|chapter|article|paragraph|s|ss|[ivx]{1,5}|public|also|where|if|when|while|per)\b[.,]?[ \n]+){1,8}",
    re.IGNORECASE,
)
_DEFINED = re.compile(r"[ ]?\((?:the )?['\"]?(?:the )?(?P<short>[A-Z][A-Za-z&]{1,10}(?:[ ](?:19|20)[0-9]{2})?)['\"]?\)")
_INITIALS = re.compile(r"[A-Z](?:[A-Z&]|[a-z](?=[A-Z]))(?:[A-Za-z&]|\(S\)(?=A)){0,10}(?:[ ](?:19|20)[0-9]{2}(?!\w))?")
_INFORMATION_LAW = re.compile(
    r"freedom of inf[a-z]{5,9}(?: \(?scotland\)?)? act|environmental inf[a-z]{5,9}(?: \(scotland\))? reg|"
    r"data protection act|^(?:the )?(?:foi|dpa?|eir|information|gdpr|foisa)\b[a-z()/ ]{0,12}(?:act|reg)"
)
_NO_NAME = re.compile(
    r"(?:the|this|that|said|same|new|old|uk|british|scottish|welsh|english|irish|above|whole|parent|main|principal|"
    r"original|relevant|our|your|its|each|any|other|another|current|previous|these|those|such|primary)\b",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[^ \n]+")
_LAST = re.compile(r"(?:act|regulations|regs|rules|order|measure|directions)(?:[ ][0-9]{4})?$")
_NAMED_BEFORE = ("Act ", "Act\n")
_OURS = {
    "act": ("the Freedom of Information ", "the Data Protection "),
    "reg": ("the Environmental Information ",),
}
"""How the names of information law most often begin, by how their kind does: quickly seen."""
_REACH = 150
_LONGEST = 16
"""Words of the longest name of an Act."""
_MOST_SHORT = 20
"""Abbreviations that one letter may give to Acts."""


class NamedAct(NamedTuple):
    """Where an Act is named, and its code, or its name as printed."""

    start: int
    end: int
    code: str
    year: str


class _Listed(NamedTuple):
    words: tuple[str, ...]
    year: str
    code: str
    usual: bool
    """Whether the name is meant of this Act when no year is printed."""


def find_kinds(lower: str) -> tuple[re.Match[str], ...]:
    """Every word with which the name of an Act or instrument may end, with its year, in order."""
    places = sorted(place for kind in _KINDS for place in _places(lower, kind))
    return tuple(match for place in places if (match := _KIND.match(lower, place)))


def _places(lower: str, word: str) -> Iterator[int]:
    place = lower.find(word)
    while place >= 0:
        if not lower[place - 1 : place].isalpha():
            yield place
        place = lower.find(word, place + len(word))


def named_acts(text: str, lower: str, kinds: Sequence[re.Match[str]]) -> Iterator[NamedAct]:
    """Every Act named by its name, in order; ``kinds`` as ``find_kinds`` has them."""
    latest: dict[tuple[str, ...], str] = {}
    for match in kinds:
        if not match["year"] and _POINTS.search(lower, max(0, match.start() - 8), match.start()):
            continue
        found = _listed(lower, match, latest) or _fees(lower, match) or _unlisted(text, match)
        if found is not None:
            yield found
    for match in _WELSH.finditer(lower) if "deddf" in lower else ():
        name = " ".join(text[match.start() : match.end()].split())
        if not re.search("rhyddid gwybodaeth|diogelu data", name.lower()):
            yield NamedAct(match.start(), match.end(), name[0].upper() + name[1:], name[-4:])


def short_names(text: str, named: Sequence[NamedAct]) -> Iterator[NamedAct]:
    """Every listed short form, and every abbreviation that the letter itself gives to an Act."""
    given: dict[str, NamedAct] = {}
    for act in named:
        defined = _DEFINED.match(text, act.end)
        if defined and len(given) < _MOST_SHORT and sum(letter.isupper() for letter in defined["short"]) > 1:
            given.setdefault(defined["short"], act)
    for match in _INITIALS.finditer(text):
        for short in dict.fromkeys((match[0], match[0].partition(" ")[0])):
            own = given.get(short)
            code = (
                own.code if own and own.end <= match.start() else _short_forms().get(short, _initials().get(short, ""))
            )
            if code:
                break
        if code and not _inside_word(text, match.start(), match.end()):
            yield NamedAct(match.start(), match.end(), code, "")
    for short, code in _long_short_forms().items():
        yield from _occurrences(text, short, code)


def _occurrences(text: str, short: str, code: str) -> Iterator[NamedAct]:
    position = text.find(short)
    while position >= 0:
        end = position + len(short)
        if not _inside_word(text, position, end):
            yield NamedAct(position, end, code, "")
        position = text.find(short, end)


def _inside_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return before.isalnum() or before in {"@", "/", "_", "."} or after.isalnum() or after in {"@", "/", "_"}


def _listed(lower: str, match: re.Match[str], latest: dict[tuple[str, ...], str]) -> NamedAct | None:
    """The listed Act with the longest name that ends here; without a year the one last named so, or usually meant."""
    end = match.end("region") if match["region"] else match.end() if not match["year"] else match.start("year")
    tail = lower[max(0, match.start() - _REACH) : end].rstrip(" \n,(").removesuffix(" of")
    possible = _index().get(tuple(map(_bare, tail.rsplit(maxsplit=2)[-2:])), ())
    if not possible:
        return None
    words = tuple(map(_bare, tail.split()))
    fitting = [act for act in possible if words[-len(act.words) :] == act.words and match["year"] in {None, act.year}]
    if not fitting:
        return None
    longest = max(len(act.words) for act in fitting)
    fitting = [act for act in fitting if len(act.words) == longest]
    code = fitting[0].code
    if not match["year"] and len(fitting) > 1:
        usual = next((act.code for act in fitting if act.usual), "")
        code = latest.get(fitting[0].words) or usual
    if not code:
        return None
    latest[fitting[0].words] = code
    first = list(_TOKEN.finditer(tail))[-longest]
    start = max(0, match.start() - _REACH) + first.start() + max(0, first[0].rfind(fitting[0].words[0]))
    return NamedAct(start, match.end(), code, match["year"] or "")


def _fees(lower: str, match: re.Match[str]) -> NamedAct | None:
    """The fees regulations, whose long name is printed in many ways."""
    if not match[0].startswith("reg"):
        return None
    before = lower[max(0, match.start() - 90) : match.start()]
    if not re.search(r"appropriate[ \n]+limit|required[ \n]+disclosure", before):
        return None
    start = max(0, before.rfind("freedom") if "freedom" in before else before.rfind("data protection"))
    return NamedAct(
        match.start() - len(before) + start, match.end(), "SFEES2004" if "scotland" in before else "FEES2004", "2004"
    )


def _unlisted(text: str, match: re.Match[str]) -> NamedAct | None:
    """An Act that is not listed: its name as printed, from the first capital on."""
    if not text[match.start()].isupper() or not (match["year"] or match[0].startswith("act")):
        return None
    if text.endswith(_NAMED_BEFORE, 0, match.start()) or text.endswith(_OURS.get(match[0][:3], ()), 0, match.start()):
        return None
    start = _name_start(text, match.start())
    lead_in = _LEAD_IN.match(text, start, match.start())
    start = lead_in.end() if lead_in else start
    name = " ".join(text[start : match.end()].split()).replace(", (", " (").rstrip(",")
    if not name[:1].isupper() or start >= match.start() or _INFORMATION_LAW.search(name.lower()):
        return None
    if not match["year"] and _NO_NAME.match(name):
        return None
    return NamedAct(start, match.end(), _printed(name), match["year"] or "")


def _name_start(text: str, end: int) -> int:
    """Where the words before *Act* begin that can be of its name: capitals, and small words between them."""
    begin = max(0, end - _REACH)
    start = end
    bracket = False
    for at, token in islice(_tokens_back(text, begin, end), _LONGEST):
        bracket = bracket or token.rstrip(",").endswith(")")
        if at == begin or not (_NAME_WORD.fullmatch(token) or (bracket and token.isalpha())):
            break
        bracket = bracket and not token.startswith("(")
        start = at
        if text[start] in "\"'[":
            return start + 1
    return start


def _tokens_back(text: str, begin: int, end: int) -> Iterator[tuple[int, str]]:
    """The words between two places from the last to the first, and where each begins."""
    at = end
    for token in reversed(text[begin:end].replace("\n", " ").split(" ")):
        at -= len(token)
        if token:
            yield at, token
        at -= 1


def _printed(name: str) -> str:
    """``CHARITIES ACT 2011`` as ``Charities Act 2011``; brackets and words between that the provisions allow."""
    name = name.title() if name.isupper() else name
    name = re.sub(r"(?:,| of)? \(?((?:17|18|19|20)[0-9]{2})$", r" \1", name)
    return re.sub(r"[^\w ,.'&()/-]", "", name)[:140].strip()


@functools.cache
def _index() -> Mapping[tuple[str, ...], tuple[_Listed, ...]]:
    """The listed names by their last two words, the year left out."""
    found: defaultdict[tuple[str, ...], list[_Listed]] = defaultdict(list)
    for act in other_acts():
        year = act.code[-4:]
        for name in (act.name, *(form for form in act.short_forms if " " in form)):
            words = tuple(_bare(word) for word in name.lower().removeprefix("the ").removesuffix(year).split())
            usual = name in act.short_forms and not name.endswith(year)
            found[words[-2:]].append(_Listed(words, year, act.code, usual))
    return {last: tuple(acts) for last, acts in found.items()}


def _bare(word: str) -> str:
    return "and" if word == "&" else word.strip(",.;:'\"[").replace(".", "")


@functools.cache
def _initials() -> Mapping[str, str]:
    """``CJA 1987``: the code of an Act, or its initials and year where no other Act has the same."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for act in other_acts():
        letters = "".join(word[0] for word in re.findall(r"[A-Za-z'-]+", act.name) if word[0].isupper())
        found[f"{letters} {act.code[-4:]}"].append(act.code)
    unique = {initials: codes[0] for initials, codes in found.items() if len(codes) == 1}
    return unique | {f"{act.code[:-4]} {act.code[-4:]}": act.code for act in other_acts()}


@functools.cache
def _long_short_forms() -> Mapping[str, str]:
    """Those of several words."""
    return {short: code for short, code in _short_forms().items() if " " in short}


@functools.cache
def _short_forms() -> Mapping[str, str]:
    """Short forms that are looked for as they stand; those that end in *Act* are names, and stand in the index."""
    return {short: act.code for act in other_acts() for short in act.short_forms if _LAST.search(short.lower()) is None}
