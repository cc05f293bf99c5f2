"""Whether the two promises of the policy are kept, and how many requests a day it takes to keep them.

``policy`` promises that a request which is held is looked at within ``LONGEST_DELAY`` however lightly, open or closed,
and that its page and files are looked at whole within ``LONGEST_WHOLE``. Both hold only as far as the budget reaches.
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from scraper.archive.times import now, written
from scraper.due.policy import LIGHT_COST, LONGEST_DELAY, LONGEST_WHOLE, PAGE_COST

GRACE = timedelta(days=2)
"""What falls due just after a nightly update is looked at by the next: so late is not behind."""
_SAMPLE = 5_000
_LOOKED = "coalesce(looked_at, next_check_at)"
_WHOLE = f"coalesce(whole_at, whole_begun_at, {_LOOKED})"
"""One that was never looked at whole has waited since that was begun, or since it is known."""
_BEHIND = (
    f"SELECT count(*), min({_LOOKED}), min({_WHOLE}),"  # noqa: S608 - constants of this module
    f" coalesce(sum({_LOOKED} < :looked), 0), coalesce(sum({_WHOLE} < :whole), 0) FROM checks"
)
_COST = """
SELECT avg(:page
  + EXISTS (SELECT 1 FROM messages WHERE request_id = checks.request_id AND full_text IS NOT NULL)
  + (SELECT count(*) FROM messages JOIN attachments ON message_id = messages.id
     WHERE messages.request_id = checks.request_id AND state = 'file' AND url IS NOT NULL))
FROM checks WHERE request_id % :step = 0
"""


@dataclass(frozen=True, kw_only=True)
class Promise:
    """One promise and how it stands."""

    days: int
    """Each request is looked at within so many days."""
    behind: int
    """Requests of which it is not kept: more than ``GRACE`` beyond it."""
    of: int
    """Requests that it is made for: all that are held and planned."""
    oldest: str | None
    """The look that is longest ago, as the archive writes times; ``None`` where nothing is held."""

    @property
    def kept(self) -> bool:
        """Whether it is kept of every request."""
        return not self.behind


@dataclass(frozen=True, kw_only=True)
class Promised:
    """Both promises, and what keeping them takes."""

    looked: Promise
    """However lightly: the promise for what is open and closed alike."""
    whole: Promise
    """With page and every file, which change without an event."""
    needed_per_day: float
    """Requests a day for both promises alone, once the looks are spread evenly: what is new or changes comes on top."""
    budget_per_day: int | None
    """Requests a day that may be made; ``None`` for as many as one likes."""

    @property
    def kept(self) -> bool:
        """Whether both are kept."""
        return self.looked.kept and self.whole.kept

    @property
    def within_budget(self) -> bool:
        """Whether the budget is enough to keep them from now on."""
        return self.budget_per_day is None or self.needed_per_day <= self.budget_per_day


def promised(connection: sqlite3.Connection, *, at: str | None = None, budget: int | None = None) -> Promised:
    """How the promises stand at ``at`` (now, if not given); reads the table ``checks`` once, and changes nothing.

    ``budget`` is how many requests a day may be made (``scraper.access.most_per_day``). What a whole look costs is the
    mean of some 5,000 requests where more are held, so that this is quick at a million.
    """
    moment = datetime.fromisoformat(at or now())
    limits = {
        "looked": written(moment - LONGEST_DELAY - GRACE),
        "whole": written(moment - LONGEST_WHOLE - GRACE),
    }
    held, looked, whole, unlooked, unwhole = connection.execute(_BEHIND, limits).fetchone()
    return Promised(
        looked=Promise(days=LONGEST_DELAY.days, behind=unlooked, of=held, oldest=looked),
        whole=Promise(days=LONGEST_WHOLE.days, behind=unwhole, of=held, oldest=whole),
        needed_per_day=_needed(connection, held),
        budget_per_day=budget,
    )


def _needed(connection: sqlite3.Connection, held: int) -> float:
    """A whole look is a look too: between two of them so many light ones fall as the shorter promise asks for."""
    step = max(1, held // _SAMPLE)
    (cost,) = connection.execute(_COST, {"page": PAGE_COST, "step": step}).fetchone()
    whole = 1 / LONGEST_WHOLE.days
    return held * (whole * float(cost or PAGE_COST) + (1 / LONGEST_DELAY.days - whole) * LIGHT_COST)
