"""What the source says of a request at a time, and by the true rates how likely that is to have changed since."""

import numpy as np

from tests.bench.site_of_a_million import (
    DUE,
    EDITED_A_YEAR,
    HIDDEN_A_YEAR,
    HIDDEN_YOUNG,
    IN_JSON,
    LABEL_LATER,
    LABEL_SOON,
    LATER_DAYS,
    LATER_FROM,
    LISTED,
    LONG_DUE,
    MADE_A_YEAR,
    SOON_DAYS,
    YOUNG_DAYS,
    Floats,
    Site,
    hidden_old_a_year,
    morning_after,
)


class State:
    """What the source says of a request at a time, and how likely that is to have changed since it was seen."""

    def __init__(self, site: Site) -> None:
        self._when = site.when
        self._columns = np.stack([site.when[kind] for kind in (*LISTED, *IN_JSON)])
        n = site.size
        self._label_from = np.full(n, np.nan)
        self._awaits = np.zeros(n, bool)
        self._hidden = np.zeros(n, bool)
        for one in np.flatnonzero(site.when["sent"] < 0):
            self.seen(int(one), 0.0)

    def quiet_since(self, one: int, at: float) -> float:
        """The day of the newest event."""
        days = self._columns[:, one]
        return float(days[days <= at].max(initial=self._when["sent"][one]))

    def status(self, one: int, at: float) -> str:
        """As the site works it out."""
        when = {kind: days[one] for kind, days in self._when.items() if days[one] <= at}
        if "outcome" in when:
            return "successful" if "outcome_label" in when else "waiting_classification"
        if "follow" in when:
            return "internal_review"
        if "reply" in when:
            return "successful" if "label" in when else "waiting_classification"
        late = "waiting_response_very_overdue" if "long_overdue" in when else "waiting_response_overdue"
        return late if "overdue" in when else "waiting_response"

    def seen(self, one: int, at: float) -> None:
        """Keep for the oracle what a look showed."""
        status = self.status(one, at)
        replied = self._when["outcome"][one] if self._when["outcome"][one] <= at else self._when["reply"][one]
        self._label_from[one] = replied if status == "waiting_classification" else np.nan
        self._awaits[one] = status.startswith("waiting_response")
        self._hidden[one] = self._when["hide"][one] <= at

    def worth(self, looked: Floats, at: float) -> Floats:
        """Days of staleness that a look at each request is expected to end, by the true rates."""
        sent = self._when["sent"]
        age_then, age_now = np.maximum(looked - sent, 0), at - sent
        gone = (EDITED_A_YEAR + hidden_old_a_year()) / 365 * (at - looked)
        young = HIDDEN_YOUNG * HIDDEN_A_YEAR / MADE_A_YEAR
        gone = gone + young * (np.exp(-age_then / YOUNG_DAYS) - np.exp(-age_now / YOUNG_DAYS))
        labels = np.nan_to_num(_hazard(at - self._label_from) - _hazard(looked - self._label_from))
        clock = self._awaits & (self._over(DUE, looked, at) | self._over(LONG_DUE, looked, at))
        expected = np.where(self._hidden, 0.0, gone + labels) + np.where(clock & ~self._hidden, 3.0, 0.0)
        with np.errstate(invalid="ignore", divide="ignore"):
            worth = (at - looked) * (1 - (1 + expected) * np.exp(-expected)) / expected
        found: Floats = np.nan_to_num(worth, nan=0.0, posinf=0.0)
        return found

    def _over(self, days: float, looked: Floats, at: float) -> np.ndarray:
        morning = morning_after(self._when["sent"], days)
        return (looked < morning) & (morning <= at)


def _hazard(days: Floats) -> Floats:
    """The rate at which a reply comes to be described, added up over the days since it came."""
    soon = LABEL_SOON * np.exp(-np.maximum(days, 0) / SOON_DAYS)
    later = LABEL_LATER * np.exp(-np.maximum(days - LATER_FROM, 0) / LATER_DAYS)
    left: Floats = -np.log(soon + later + (1 - LABEL_SOON - LABEL_LATER))
    return left
