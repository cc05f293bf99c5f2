"""The alarm about clocks. Pure: facts in, alarms out."""

from collections.abc import Iterator
from datetime import timedelta

from scraper.counts import count_of
from scraper.watch.model import Alarm, Facts, moment

_DIFFER = timedelta(hours=1)
_BY_THE_NEW_CLOCK = 4
"""Rounds looked back upon: so long a clock that was wrong and has been set is told of."""


def clock(facts: Facts) -> Iterator[Alarm]:
    """This machine's clock cannot be right: the site's says something else, or the archive has runs of later than now.

    A clock that was wrong and was set is told until some runs have begun by the right one.
    """
    last = facts.sessions[-1:]
    ahead = [one for one in facts.sessions[-_BY_THE_NEW_CLOCK:] if moment(one.started_at) > facts.now + _DIFFER]
    if last and last[0].counts.get("clocks_apart"):
        what = "This machine's clock and the site's are an hour or more apart."
    elif ahead:
        what = f"{count_of(len(ahead), 'run')} began later than it is now, so this machine's clock is wrong, or was."
    else:
        return
    yield Alarm(
        kind="clock_wrong",
        what=what,
        since=None,
        do="Set it, and let the network keep it (`timedatectl set-ntp true`): what is due, and what may be asked, hang "
        "on the day that it is.",
    )
