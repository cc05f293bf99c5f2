"""The principles of the Data Protection Act 1998, which letters cite by their ordinal."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from parsers.letters.citing.expand import Item
from parsers.letters.citing.mentions import Mention
from parsers.letters.citing.nouns import Noun

_OF = r"[ \n]{1,40}(?:of|in|under|from|contained in|set out in)\b"
_PRINCIPLE = re.compile(
    r"(?<![a-z])(?:(?P<word>first|second|third|fourth|fifth|sixth|seventh|eighth|1st|2nd|3rd|4th|5th|6th|7th|8th)"
    r"[ \n]{1,40}(?:data[ \n]{1,40}protection[ \n]{1,40})?principle|"
    r"(?:data[ \n]{1,40}protection[ \n]{1,40})?principle[ ](?P<digit>[1-8])(?![0-9(]))"
    rf"(?={_OF})"
)
_PRINCIPLE_OF = re.compile(rf"principle(?:[ ][1-8])?{_OF}")
"""How every such principle ends: quickly seen."""
_SCHEDULE = re.compile(
    r"[ \n]{1,40}(?:of|in|under|contained in|set out in)[ \n]{1,40}(?:part[ ](?:i|1)[ \n]{1,40}of[ \n]{1,40})?"
    r"schedule[ ](?:1|one)(?![0-9a-z])"
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


def with_principles(lower: str, found: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions found, with each ``first data protection principle of ...`` among them, in order.

    A principle is a paragraph of Part I of Schedule 1; where that is printed behind it, the two are one mention.
    """
    if _PRINCIPLE_OF.search(lower) is None:
        return tuple(found)
    principles = list(_principles(lower))
    starts = [mention.start for mention in principles]
    kept = [mention for mention in found if not _inside(mention, principles, starts)]
    return tuple(sorted((*kept, *principles), key=lambda mention: mention.start))


def _principles(lower: str) -> Iterator[Mention]:
    for match in _PRINCIPLE.finditer(lower):
        word = match["digit"] or match["word"]
        number = int(word[0]) if word[0].isdigit() else _ORDINALS.index(word) + 1
        schedule = _SCHEDULE.match(lower, match.end())
        start, end = match.start(), schedule.end() if schedule else match.end()
        item = Item(number="Sch.1", levels=("Pt.I", f"para.{number}"), joiner="first", start=start, end=end)
        yield Mention(noun=Noun("principle"), items=(item,), start=start, end=end, rule="principle")


def _inside(mention: Mention, principles: Sequence[Mention], starts: Sequence[int]) -> bool:
    before = bisect_left(starts, mention.end) - 1
    return before >= 0 and principles[before].end > mention.start
