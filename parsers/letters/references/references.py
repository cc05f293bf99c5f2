"""The authority's own number for the request, as printed and without its label."""

import re
from collections.abc import Iterator, Sequence

from parsers.letters.confidence import of_ranked
from parsers.letters.dates.dates import greeting_of
from parsers.letters.dates.days import PrintedDate
from parsers.letters.records import Evidence, Reference
from parsers.letters.references.reflabels import FoundNumber, is_of_another_request, labelled
from parsers.letters.references.refvalues import begins_capitals, is_reference, joined_values, stands_alone, value_at
from parsers.letters.text.clean import Letter
from parsers.letters.text.layout import Layout
from parsers.letters.voices.quotes import Voices

_REQUEST_NUMBER = re.compile(
    r"(?:freedom of information|environmental information|\bfoi(?:\(s\)a|sa|a)?|\beir|information|"
    r"subject access)(?:[ ](?:\(foia?\)|act|regulations?)(?:[ ]2000|[ ]2004)?(?:[ ]\(foia?\))?)?"
    r"[ ](?:\(foi\)[ ])?(?:request|report|response|review|enquiry|reply|application|log|"
    r"case)s?[ ]{0,2}[-:]?[ ]{0,2}(?:response[ ]?-[ ]?|(?:ref|no|number|id)[.:]?[ ]?)?"
    r"(?=#?[a-z(]{0,6}[ _/-]{0,3}[0-9a-z/_-]{0,20}[0-9])"
    r"|(?:^|\n)[ ]*(?:your )?request:?[ ](?=[a-z]{0,4}[/-]?[0-9]{5,})"
    r"|freedom of information[ ]?-[ ]?(?:response|request|reply)[ ]?-[ ]?(?=[0-9])"
    r"|\brequest (?=[a-z]{2,4}[-/]?[0-9]{2,8}(?![a-z0-9]))"
    r"|(?:freedom of information|environmental information)[ ]?/[ ]?(?=[a-z]{2,6}[-/]?[0-9]{3,})"
    r"|(?:^|\n|[-:|][ ])[ ]*(?:outcome of )?(?:internal )?(?:case|review|file|enquiry|request)(?: created|"
    r" closed)?:?[ ](?=[a-z0-9/.-]{0,8}[0-9][0-9a-z]{0,6}[/.-]|[a-z]{1,6}[/-])"
)
_CODED = re.compile(
    r"(?<![A-Za-z0-9/@#._-])(?:(?:FOI|EIR|FOIA|FoI|Foi|IR)[ ]?[-/_:]?[ ]?(?:[A-Z]{2,6}[/-])?[0-9][0-9A-Za-z/_.-]{2,20}|"
    r"[A-Z]{2,6}[/-](?:FOI|EIR)?[/-]?[0-9]{2,8}(?:[/-][0-9A-Za-z]{1,8}){0,3})(?![A-Za-z0-9])"
)
_REF_BEFORE = re.compile(r"ref(?:erence)?(?: no| number)?[ ]?[:.]?[ ]{0,3}$")
_PREFIX = re.compile(r"(?:^|[ \n|])(?P<word>[A-Z]{2,6})[ ]$")
_SITE = re.compile(r"#[0-9]{6,}|whatdotheyknow")
_SITES_NUMBER = re.compile(r"request-([0-9]{4,8})-")
_PIECE = re.compile(
    r"(?:[A-Z]{2,6}(?:[/-][A-Z]{1,6})?[ ])?[A-Za-z0-9]{1,12}(?:[ ]?[/._-][ ]?[A-Za-z0-9]{1,12}){0,6}(?:[ ][A-Z]{2,4})?"
)
_BETWEEN = re.compile(r"[ ]{2,}|[ ]?\|[ ]?|[ ]-[ ]|,[ ]|:[ ]|\.[ ]|\n|[ ]\(|\)|[ ](?:&|and|/)[ ]")
_FIRST_LINES = 8


def find_references(
    letter: Letter, layout: Layout, voices: Voices, dates: Sequence[PrintedDate]
) -> tuple[Reference, ...]:
    """The numbers that the letter calls its reference, the surest first and each once.

    A number in the head of the letter counts before one in its text, a labelled one before one that only looks like
    a reference, and those of earlier messages only where the letter itself has none.
    """
    dated = {date.start for date in dates}
    head = _head_end(letter, layout)
    sites = frozenset(_SITES_NUMBER.findall(letter.lower))
    for sought in (labelled(letter, layout, head, dated), _unlabelled(letter, layout, head, dated)):
        found = [each for each in sought if each.start not in dated and _is_not_the_sites(letter, each, sites)]
        own = [each for each in found if voices.at(each.start) not in {"earlier_message", "request", "statute"}]
        if found:
            return _kept(letter, own or found)
    return ()


def _is_not_the_sites(letter: Letter, found: FoundNumber, sites: frozenset[str]) -> bool:
    """Whether a number is not the one that the site's address for the request has."""
    return not sites or re.sub("[^0-9]", "", letter.text[found.start : found.end]) not in sites


def _kept(letter: Letter, found: Sequence[FoundNumber]) -> tuple[Reference, ...]:
    """The surest of the numbers, each once."""
    found = [each for each in found if each.ours or not each.inline] or found
    surest = max(each.rank for each in found)
    kept: dict[str, Reference] = {}
    for each in (each for each in found if each.rank == surest):
        value, evidence = _printed(letter, each)
        key = reference_key(value)
        if key and key not in kept:
            kept[key] = Reference(
                value=value, evidence=evidence, confidence=of_ranked("reference", surest), rank=surest
            )
    return tuple(kept.values())


def _printed(letter: Letter, found: FoundNumber) -> tuple[str, Evidence]:
    """A number as printed, blanks between its parts made single, and its words."""
    if found.below is None:
        evidence = letter.evidence(found.start, found.end)
        return " ".join(evidence.quote.split()), evidence
    parts = letter.text[found.start : found.end + (letter.text[found.end - 1] not in "/-")]
    return parts + letter.text[slice(*found.below)], letter.evidence(found.start, found.below[1])


def _head_end(letter: Letter, layout: Layout) -> int:
    """Where the head of a letter ends: a few lines below the greeting, or below its first lines."""
    greeting = greeting_of(letter)
    lines = [line for line in layout.lines if not line.blank and (greeting is None or line.start > greeting.start())]
    few = 5 if greeting is not None else 24
    return lines[min(len(lines), few) - 1].end if lines else len(letter.text)


def reference_key(value: str) -> str:
    """What two ways of printing one number have in common: ``FOI 2021-315`` and ``FOIA/2021/315`` are one."""
    bare = re.sub(r"[^0-9a-z]", "", value.lower())
    return re.sub(r"^(?:foia|foi|eir|ref|no)+", "", bare)


def _unlabelled(letter: Letter, layout: Layout, head: int, dated: set[int]) -> Iterator[FoundNumber]:
    """In the head, numbers after the words for the request, codes of the usual make, and codes that stand alone."""
    lines: set[int] = set()
    for match in _REQUEST_NUMBER.finditer(letter.lower, 0, head):
        value = value_at(letter.text, match.end(), dated)
        if value is not None and not is_of_another_request(letter.lower, match.start()):
            lines.add(layout.line_index(value[0]))
            yield FoundNumber(start=value[0], end=value[1], rank=0.8)
            for more in joined_values(letter.text, value[1], dated):
                yield FoundNumber(start=more[0], end=more[1], rank=0.8)
    for start, end in _codes(letter, head):
        yield FoundNumber(start=start, end=end, rank=0.8 if layout.line_index(start) in lines else 0.75)
    yield from _standing_alone(letter, layout, dated)


def _codes(letter: Letter, head: int) -> Iterator[tuple[int, int]]:
    """Codes of the usual make, with capitals before them that belong to them."""
    for match in _CODED.finditer(letter.text, 0, head):
        start = match.start()
        labelled_before = _REF_BEFORE.search(letter.lower, max(0, start - 24), start)
        if labelled_before or not is_reference(match[0]) or is_of_another_request(letter.lower, start):
            continue
        digits = sum(letter.isdigit() for letter in match[0])
        if digits >= 3 and not _SITE.search(letter.lower, max(0, start - 8), match.end()):
            yield _prefix_start(letter.text, start), start + len(match[0].rstrip("._/-"))


def _prefix_start(text: str, start: int) -> int:
    """Where capitals right before a code begin, that belong to it: ``NCHT FOI 21-349``."""
    before = _PREFIX.search(text, max(0, start - 8), start)
    return before.start("word") if before and begins_capitals(before["word"]) else start


def _standing_alone(letter: Letter, layout: Layout, dated: set[int]) -> Iterator[FoundNumber]:
    """Codes that fill a line of the letterhead, a column of it, or a part between commas or dashes."""
    greeting = greeting_of(letter)
    lines = [line for line in layout.lines if not line.blank]
    if greeting is None:
        near = lines[:_FIRST_LINES]
    else:
        near = [line for line in lines if line.start <= greeting.end()]
        near += lines[len(near) : len(near) + 2]
    for line in near[:40]:
        start = line.start
        for gap in [*_BETWEEN.finditer(letter.text, line.start, line.end), None]:
            end = gap.start() if gap else line.end
            if (
                _is_code(letter.text[start:end].rstrip(". "))
                and start not in dated
                and not _under_other_label(letter, start)
            ):
                yield FoundNumber(start=start, end=start + len(letter.text[start:end].rstrip(". ")), rank=0.7)
            start = gap.end() if gap else end


def _is_code(piece: str) -> bool:
    if len(piece) > 30 or not _PIECE.fullmatch(piece) or not stands_alone(piece):
        return False
    prefix, blank, _ = piece.partition(" ")
    return not blank or all(begins_capitals(word) for word in re.split("[/-]", prefix))


_OTHER_LABEL = re.compile(
    r"(?<![a-z])(?:tel|telephone|phone|ph|t|f|fax|m|mob|mobile|ff[o\u00f4]n|ffacs|ext|extension|dx|vat|charity|"
    r"company|no|number|your ref|yr ref|dial|line|switchboard|minicom|"
    r"textphone|text|ref|reference|box|ico|helpdesk|call|ico case|your reference|y/r|to|pq|invoice|"
    r"version)[ .]{0,2}[:(]?[ ]{0,40}\Z"
)


def _under_other_label(letter: Letter, start: int) -> bool:
    return _OTHER_LABEL.search(letter.lower, max(0, start - 60), start) is not None
