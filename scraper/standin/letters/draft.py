"""A letter while it is written, and when it is done."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from parsers.letters.records import LetterKind, Outcome, Role
from scraper.standin.calendar import EPOCH_OF_DATA_PROTECTION
from scraper.standin.dice import Dice
from scraper.standin.letters.styles import Style
from scraper.standin.records import LetterTruth, Regime, StandinAuthority

NOTHING_GIVEN: frozenset[Outcome] = frozenset(
    {"withheld", "not_held", "cost_limit", "vexatious_or_repeat", "ncnd", "accessible_elsewhere"}
)


@dataclass(frozen=True)
class Paragraph:
    """Running words."""

    text: str


@dataclass(frozen=True)
class Heading:
    """A line that stands over a part of the letter."""

    text: str


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of cells; the first row is the head."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Paragraph | Heading | Bullets | Table | PageBreak


@dataclass(frozen=True, kw_only=True)
class Case:
    """All that a letter writer knows: who asks whom for what, under which law, and when."""

    authority: StandinAuthority
    style: Style
    requester: str
    title: str
    subject: str
    items: tuple[str, ...]
    theme: str
    regime: Regime
    asked: date
    today: date
    """The day of the letter."""
    reference: str
    officer: str
    dice: Dice

    @property
    def new_law(self) -> bool:
        """Whether data protection is that of 2018."""
        return self.asked >= EPOCH_OF_DATA_PROTECTION

    @property
    def environmental(self) -> bool:
        """Whether regulations on environmental information apply."""
        return self.regime in {"EIR", "EISR"}

    @property
    def scottish(self) -> bool:
        """Whether it is the law of Scotland."""
        return self.regime in {"FOISA", "EISR"}


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A finished letter."""

    case: Case
    blocks: tuple[Block, ...]
    annex: tuple[Block, ...]
    """What follows the signature."""
    truth: LetterTruth
    heading: str
    signed: tuple[str, ...]
    salutation: str


@dataclass
class Draft:
    """Collects what is said and, in the same breath, what it means."""

    case: Case
    blocks: list[Block] = field(default_factory=list)
    relied: list[tuple[str, str]] = field(default_factory=list)
    supporting: list[tuple[str, str]] = field(default_factory=list)
    mentioned: list[tuple[str, str, Role]] = field(default_factory=list)
    cited: set[str] = field(default_factory=set)
    annex: list[Block] = field(default_factory=list)
    """What follows the signature."""

    def say(self, text: str) -> None:
        """Add a paragraph."""
        self.blocks.append(Paragraph(text))

    def head(self, text: str) -> None:
        """Add a heading."""
        self.blocks.append(Heading(text))

    def listing(self, items: Sequence[str], *, numbered: bool = False) -> None:
        """Add a list."""
        self.blocks.append(Bullets(tuple(items), numbered))

    def cite(self, provision: str, *, full: bool | None = None) -> str:
        """A provision of the case's law as this body prints it; the first time with the law's name."""
        with_name = (not self.cited) if full is None else full
        self.cited.add(provision)
        return self.case.style.cite(self.case.regime, provision, with_name=with_name)

    def rely(self, provision: str, *, full: bool | None = None) -> str:
        """The same for a ground the letter relies on."""
        self._once(self.relied, (self.case.regime, provision))
        return self.cite(provision, full=full)

    def support(self, regime: str, provision: str) -> None:
        """Note a condition that stands behind a ground."""
        self._once(self.supporting, (regime, provision))

    def mention(self, provision: str, role: Role, *, regime: str | None = None, full: bool | None = None) -> str:
        """The same for a provision that is only mentioned."""
        self._once(self.mentioned, (regime or self.case.regime, provision, role))
        return self.cite(provision, full=full)

    @staticmethod
    def _once(things: list, thing: tuple) -> None:  # type: ignore[type-arg]  # lists of pairs and of triples
        if thing not in things:
            things.append(thing)

    def _prints(self, words: str) -> bool:
        return any(words in block.text for block in self.blocks if isinstance(block, Paragraph))

    def finish(
        self, *, kind: LetterKind, outcome: Outcome, signed: Sequence[str], heading: str | None = None
    ) -> Letter:
        """The finished letter."""
        case = self.case
        truth = LetterTruth(
            kind="refusal_notice" if self.relied and outcome in NOTHING_GIVEN else kind,
            outcome=outcome,
            letter_date=case.today,
            request_date=case.asked if self._prints(case.style.day(case.asked)) else None,
            references=(case.reference,),
            relied_on=tuple(self.relied),
            supporting=tuple(self.supporting),
            mentioned=tuple(self.mentioned),
        )
        return Letter(
            case=case,
            blocks=tuple(self.blocks),
            annex=tuple(self.annex),
            truth=truth,
            heading=heading or case.style.subject_line(case.regime, case.title),
            signed=tuple(signed),
            salutation=case.style.salutation(case.requester),
        )
