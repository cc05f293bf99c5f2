"""A place where a letter cites provisions, as printed and without deciding of which law."""

from dataclasses import dataclass

from parsers.letters.citing.expand import Item
from parsers.letters.citing.nouns import Noun


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A list of one or more provisions under one noun; offsets into ``Letter.text``."""

    noun: Noun
    items: tuple[Item, ...]
    start: int
    end: int
    label: str = ""
    """The words in brackets or after a dash that say what the provision is about, in lower case."""
    label_end: int = 0
    rule: str = "noun"
