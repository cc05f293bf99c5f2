"""The odd things of the site that a crawler must live with (alaveteli.md part 9), each a small story of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from scraper.standin.thread import Carrier, Thread


@dataclass(frozen=True, kw_only=True)
class OddPlot:
    """A request that is there for what is strange about it."""

    name: str
    things: tuple[str, ...]
    run: Callable[[Thread], None]
    authority: str | None = None
    user: str | None = None
    title: str | None = None
    start: date | None = None
    carrier: Carrier = "body"
    plot: str = "part"
    batch_id: int | None = None


ODD_PLOTS: tuple[OddPlot, ...] = ()
