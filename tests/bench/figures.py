"""What a measurement gives: a figure, beside a reference of the same run where there is one, and whether it is kept.

Every part of the bench yields figures, and nothing else; what is printed, kept and drawn is made of them alone.
"""

import math
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, Self, get_args

Part = Literal[
    "pages", "letters", "pdfs", "office", "scans", "files", "crawl", "freshness", "cluster",
    "writes", "publishing", "site", "search", "export", "memory",
]  # fmt: skip
"""What is measured, in the order in which it is shown; ``SIZED`` are those of an archive of some size."""
PARTS: tuple[Part, ...] = get_args(Part)
SIZED: tuple[Part, ...] = ("writes", "publishing", "site", "search", "export", "memory")
Unit = Literal["ms", "s", "us", "MB", "kB", "bytes", "a second", "a day", "%", "times", "F1", "in 100 pages", "rows"]
How = Literal["", "cold, median", "cold, 95th percentile", "warm, median", "warm, 95th percentile"]
"""Which of several readings of one thing; a thing that is read in one way alone has the empty one."""
Bound = Literal["most", "least"]
Of = Literal["ours", "ratio"]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure. ``what`` and ``how`` name it within its part, and are the same at every size and run.

    ``ours`` and ``reference`` are in ``unit``, and taken in turns; ``beside`` says what the reference is. ``limit``
    bounds ``ours``, or the ratio of the two where ``of`` says so, from above or, with ``bound="least"``, from below.
    ``size`` is the requests of the archive; None where it has none to do with it. ``repeats`` is how often each of the
    two was measured.
    """

    part: Part
    what: str
    how: How = ""
    size: int | None = None
    unit: Unit
    ours: float
    reference: float | None = None
    beside: str = ""
    limit: float | None = None
    bound: Bound = "most"
    of: Of = "ours"
    repeats: int = 1

    def __post_init__(self) -> None:
        if self.of == "ratio" and not self.reference:
            raise ValueError(f"{self.what}: a limit of the ratio needs a reference")
        if (self.reference is None) != (not self.beside):
            raise ValueError(f"{self.what}: a reference and what it is belong together")

    @property
    def ratio(self) -> float | None:
        """How many times the reference; None where there is none."""
        return self.ours / self.reference if self.reference else None

    @property
    def kept(self) -> bool | None:
        """Whether the limit is kept; None where there is none. What is not a number keeps none."""
        if self.limit is None:
            return None
        measured = self.ratio if self.of == "ratio" and self.ratio is not None else self.ours
        return measured <= self.limit if self.bound == "most" else measured >= self.limit

    @property
    def name(self) -> tuple[str, str, str, int]:
        """What is measured: of two figures with one name, the later takes the place of the earlier."""
        return self.part, self.what, self.how, self.size or 0

    def to_json(self) -> dict[str, Any]:
        """As it is kept: numbers with four digits that count, and nothing that is as it is anyway."""
        usual = {one.name: one.default for one in fields(self)}
        return {key: _short(value) for key, value in asdict(self).items() if value != usual[key]}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """What ``to_json`` made; TypeError or ValueError where it is something else."""
        return cls(**kept)


@dataclass(frozen=True, kw_only=True)
class Unmeasured:
    """What was not measured, and why: a part that failed, or what there was no room or time for."""

    part: Part
    what: str = ""
    size: int | None = None
    why: str
    failed: bool = False

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        usual = {one.name: one.default for one in fields(self)}
        return {key: value for key, value in asdict(self).items() if value != usual[key]}


def _short(value: object) -> object:
    if not isinstance(value, float) or not math.isfinite(value) or not value:
        return value
    return round(value, 3 - math.floor(math.log10(abs(value))))
