"""What a group of a rich text file inherits, and the words that change it."""

import codecs
from collections.abc import Callable
from dataclasses import dataclass, field, replace

MOST_DEPTH = 500
"""Groups in groups; Word writes some ten."""
TOO_DEEP = f"It is damaged: its groups lie more than {MOST_DEPTH} deep."
BY_DEFAULT = 25
"""A box to tick that was left as it came."""


@dataclass(frozen=True)
class State:
    """What a group inherits and forgets at its end."""

    skipped: bool = False
    hidden: bool = False
    deleted: bool = False
    raised: bool = False
    replacements: int = 1
    """How many characters stand in for one that old programs cannot show."""
    font: int = -1
    in_table: bool = False
    table_depth: int = 1
    on_new_page: bool = False

    @property
    def depth(self) -> int:
        """In how many tables the paragraph lies."""
        return min(self.table_depth, MOST_DEPTH) if self.in_table else 0


@dataclass
class Form:
    """A box to tick or a list to choose from."""

    kind: int = 0
    result: int = BY_DEFAULT
    default: int = 0
    entries: list[str] = field(default_factory=list)
    is_told: bool = False
    """Whether its group has ended, and it waits to be shown."""

    def text(self) -> str:
        """What it shows; empty for a field with a result of its own."""
        chosen = self.default if self.result == BY_DEFAULT else self.result
        if self.kind == 1:
            return "☒" if chosen else "☐"
        return self.entries[chosen] if self.kind == 2 and 0 <= chosen < len(self.entries) else ""


def code_page(number: int | None) -> str:
    """The encoding that the number of an ``ansicpg`` stands for."""
    name = {65001: "utf-8", 10000: "mac-roman"}.get(number or 0, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def _switch(name: str) -> Callable[[State, int | None], State]:
    return lambda state, number: replace(state, **{name: number != 0})


STATE_WORDS: dict[bytes, Callable[[State, int | None], State]] = {
    b"v": _switch("hidden"),
    b"deleted": _switch("deleted"),
    b"super": _switch("raised"),
    b"up": _switch("raised"),
    b"nosupersub": lambda state, _number: replace(state, raised=False),
    b"intbl": _switch("in_table"),
    b"pagebb": _switch("on_new_page"),
    b"itap": lambda state, number: replace(state, table_depth=max(number or 1, 1), in_table=bool(number)),
    b"pard": lambda state, _number: replace(state, in_table=False, table_depth=1, on_new_page=False),
    b"plain": lambda state, _number: replace(state, hidden=False, deleted=False, raised=False, font=-1),
    b"f": lambda state, number: replace(state, font=number or 0),
    b"uc": lambda state, number: replace(state, replacements=min(max(number or 0, 0), 8)),
}
FORM_WORDS = {b"fftype": "kind", b"ffres": "result", b"ffdefres": "default"}
SECTION_BREAKS = {b"sbknone": False, b"sbkcol": False, b"sbkpage": True, b"sbkodd": True, b"sbkeven": True}
