"""A site as it changes: when each request of it is asked, answered, described, edited, hidden.

What is known is taken from published figures: 2,500 new requests a week; of 109,653 made in a year 1,381 hidden in it,
the year before 822 hidden and 196 redacted. An answer is due within 20 working days, here 28 days, and late after; a
review takes 20 to 40 working days. Everything else is an assumption and says so here: seven in ten of what is hidden
goes in its first weeks; 55 % of requests are answered in time, 25 % late, 20 % never; half of the answers are described
within days, a third after three weeks, when others than the requester may do it, the rest never; one request in ten
goes to review. As many files are replaced in silence as texts are redacted.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DAYS = 365
"""Days of the year that is looked at; requests made before it have negative days."""
A_WEEK = 2_500
HIDDEN_A_YEAR, MADE_A_YEAR, REDACTED_A_YEAR = 1_381, 109_653, 196
MILLION = 1_000_000
IN_TIME, LATE = 0.55, 0.25
DUE, LONG_DUE = 28.0, 56.0
HIDDEN_YOUNG, YOUNG_DAYS = 0.7, 20.0
LABEL_SOON, LABEL_LATER, SOON_DAYS, LATER_FROM, LATER_DAYS = 0.5, 0.35, 2.0, 21.0, 10.0
REVIEWED = 0.1
EDITED_A_YEAR = 0.005
"""Of requests of any age, the share whose title, state or tags the site's staff change in a year."""
NOTED_A_YEAR = 0.01
"""And of those that somebody annotates."""

LISTED = ("sent", "first", "reply", "follow", "outcome", "note")
"""What the lists show on the day."""
IN_JSON = ("overdue", "long_overdue", "label", "outcome_label", "edit", "hide")
"""What only the request's JSON shows."""
SILENT = ("silent",)
"""What only the page or the files show."""
KINDS = LISTED + IN_JSON + SILENT


@dataclass(frozen=True, kw_only=True)
class Site:
    """``when[kind]`` is the day of that change of each request; infinite where there is none."""

    when: dict[str, Floats]

    @property
    def size(self) -> int:
        """Requests that there are at the end of the year."""
        return len(self.when["sent"])


def made(requests: int, *, seed: int = 5) -> Site:
    """A site that holds ``requests`` on the first day of the year, and whatever is asked in it."""
    dice = np.random.default_rng(seed)
    new = round(requests * A_WEEK / MILLION * DAYS / 7)
    past = -np.sort(dice.triangular(0, 0, 2 * requests / (A_WEEK * requests / MILLION) * 7, requests))[::-1]
    sent = np.concatenate([past, np.sort(dice.uniform(0, DAYS, new))])
    n = len(sent)
    none = np.full(n, np.inf)
    kind = dice.random(n)
    in_time, late = sent + dice.triangular(1, 24, DUE, n), sent + DUE + dice.exponential(30, n)
    reply = np.where(kind < IN_TIME, in_time, np.where(kind < IN_TIME + LATE, late, none))
    follow = np.where(dice.random(n) < REVIEWED, np.minimum(reply, sent + LONG_DUE) + dice.exponential(10, n), none)
    outcome = np.where(dice.random(n) < 0.7, follow + dice.uniform(DUE, LONG_DUE, n), none)
    when = {
        "sent": sent,
        "first": np.where(dice.random(n) < 0.6, sent + dice.exponential(3, n), none),
        "reply": reply,
        "follow": follow,
        "outcome": outcome,
        "overdue": np.where(reply > morning_after(sent, DUE), morning_after(sent, DUE), none),
        "long_overdue": np.where(reply > morning_after(sent, LONG_DUE), morning_after(sent, LONG_DUE), none),
        "label": _label(dice, reply),
        "outcome_label": _label(dice, outcome),
        "note": _seldom(dice, sent, NOTED_A_YEAR),
        "edit": _seldom(dice, sent, EDITED_A_YEAR),
        "hide": _hidden(dice, sent),
        "silent": _seldom(dice, sent, 2 * REDACTED_A_YEAR / MILLION),
    }
    when["first"] = np.where(when["first"] < reply, when["first"], none)
    return Site(when=when)


def morning_after(sent: Floats, days: float) -> Floats:
    """When the site writes that the time for an answer is over: at five on the next day."""
    morning: Floats = np.floor(sent + days) + 1.2
    return morning


def _label(dice: np.random.Generator, reply: Floats) -> Floats:
    """When somebody describes a reply."""
    kind, n = dice.random(len(reply)), len(reply)
    soon, later = reply + dice.exponential(SOON_DAYS, n), reply + LATER_FROM + dice.exponential(LATER_DAYS, n)
    return np.where(kind < LABEL_SOON, soon, np.where(kind < LABEL_SOON + LABEL_LATER, later, np.inf))


def _hidden(dice: np.random.Generator, sent: Floats) -> Floats:
    n = len(sent)
    young = dice.random(n) < HIDDEN_YOUNG * HIDDEN_A_YEAR / MADE_A_YEAR
    return np.where(young, sent + dice.exponential(YOUNG_DAYS, n), _seldom(dice, sent, hidden_old_a_year()))


def hidden_old_a_year() -> float:
    """The share of requests of any age that are hidden in a year."""
    return (1 - HIDDEN_YOUNG) * HIDDEN_A_YEAR / MILLION


def _seldom(dice: np.random.Generator, sent: Floats, a_year: float) -> Floats:
    """The first change within the year of a kind that comes at any age, in that share of requests."""
    begins = np.maximum(sent, 0)
    return begins + dice.exponential(365 / a_year, len(sent))
