"""What a reader typed into the search box, as an expression of SQLite's FTS5 that cannot be malformed."""

import re
from dataclasses import dataclass

LONGEST_QUERY = 300
MOST_TERMS = 16
"""Words and phrases that are looked for; each costs a look at the index."""
_TYPED = str.maketrans({"“": '"', "”": '"', "„": '"', "\0": " "})
_TERM = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Words and phrases, each in quotes as FTS5 has them: all of ``wanted`` must be there, none of ``unwanted``."""

    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    left_out: int = 0
    """Terms beyond ``MOST_TERMS``."""

    @property
    def expression(self) -> str | None:
        """The FTS5 expression; None where no word is left to look for."""
        if not self.wanted:
            return None
        return " AND ".join(self.wanted) + "".join(f" NOT {term}" for term in self.unwanted)

    @staticmethod
    def bare(term: str) -> str:
        """A term as a reader would type it: a single word needs no quotes."""
        inside = term[1:-1]
        return inside if inside.split() == [inside] and not inside.startswith("-") else term

    def typed(self, *, without: tuple[str, ...] = ()) -> str:
        """The terms as a reader would type them, without some; empty where none is left that must be there."""
        kept = [self.bare(term) for term in self.wanted if term not in without]
        return " ".join(kept + [f"-{self.bare(term)}" for term in self.unwanted]) if kept else ""

    def of(self, column: str, *, without: frozenset[str] = frozenset()) -> str | None:
        """The expression for one column; without some of the terms, None where no other is left."""
        kept = Terms(wanted=tuple(term for term in self.wanted if term not in without), unwanted=self.unwanted)
        return f"{{{column}}} : ({kept.expression})" if kept.expression else None


def terms(asked: str) -> Terms:
    """The terms of what was typed: ``"words in quotes"`` stand together, ``-word`` must not be there."""
    wanted: dict[str, str] = {}
    unwanted: dict[str, str] = {}
    left_out = 0
    for minus, phrase, word in _TERM.findall(asked[:LONGEST_QUERY].translate(_TYPED)):
        term = (phrase or word).replace('"', " ")
        if not any(character.isalnum() for character in term):
            continue
        if len(wanted) + len(unwanted) >= MOST_TERMS:
            left_out += 1
            continue
        (unwanted if minus else wanted).setdefault(term.casefold(), f'"{term}"')
    return Terms(wanted=tuple(wanted.values()), unwanted=tuple(unwanted.values()), left_out=left_out)
