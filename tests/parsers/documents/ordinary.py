"""Twenty invented letters, each with a table of what was decided, and what is read of them. All words are invented."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from json import loads
from pathlib import Path
from typing import Any

from parsers.letters.reading import read_letter, strongest
from parsers.letters.records import LetterContext
from tests.golden import cases

Table = tuple[tuple[str, ...], ...]
FOLDER = Path(__file__).parent / "letters"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """Its parts in their order: who writes, date and reference, and paragraphs with a table among them."""

    name: str
    head: tuple[str, ...]
    facts: tuple[str, ...]
    body: tuple[str | Table, ...]
    """A paragraph may hold line ends; the first row of a table heads its columns."""
    context: LetterContext
    expected: dict[str, Any]

    @property
    def day(self) -> str:
        """When it is sent by mail: on the day that it bears."""
        (day,) = (fact.removeprefix("Date: ") for fact in self.facts if fact.startswith("Date: "))
        return format_datetime(datetime.strptime(f"{day} +0000", "%d %B %Y %z").replace(hour=10))

    def typed(self, between: str = ": ") -> str:
        """As somebody types it who has no tables: a line for each row."""
        blocks = [each if isinstance(each, str) else in_lines(each, between) for each in self.body]
        return "\n\n".join(["\n".join(self.head), "\n".join(self.facts), *blocks])


def in_lines(table: Table, between: str) -> str:
    """A line for each row, with that between the cells that hold something."""
    return "\n".join(between.join(filter(None, row)) for row in table)


def letters() -> list[Letter]:
    """All twenty, by name."""
    return [_letter(case) for case in cases(FOLDER)]


def _letter(case: Path) -> Letter:
    head, facts, *blocks = (case / "input.txt").read_text(encoding="utf-8").strip("\n").split("\n\n")
    stored = case / "expected.json"
    return Letter(
        name=case.name,
        head=tuple(head.split("\n")),
        facts=tuple(facts.split("\n")),
        body=tuple(_table(block) if block.startswith("|") else block for block in blocks),
        context=LetterContext(**loads((case / "meta.json").read_text(encoding="utf-8"))),
        expected=loads(stored.read_text(encoding="utf-8")) if stored.exists() else {},
    )


def _table(block: str) -> Table:
    return tuple(tuple(cell.strip() for cell in row.strip("|").split("|")) for row in block.split("\n"))


def said(pages: Sequence[str], context: LetterContext) -> dict[str, Any]:
    """What the reading says of a letter, without the places of its words, which its layout moves.

    Of each provision the role that stands for the letter: how often it is named is a matter of layout too, where the
    head of a table is printed again on its next page.
    """
    reading = read_letter(pages, context=context)
    return {
        "kind": reading.kind,
        "outcome": reading.outcome,
        "letter_date": reading.letter_date.value if reading.letter_date else None,
        "request_date": reading.request_date.value if reading.request_date else None,
        "references": [reference.value for reference in reading.references],
        "citations": sorted(
            [regime, provision, one.role] for (regime, provision), one in strongest(reading.citations).items()
        ),
        "signals": sorted({signal.name for signal in reading.signals}),
    }
