"""Times as the archive writes its own."""

from datetime import UTC, datetime

FORMAT = "%Y-%m-%dT%H:%M:%SZ"


def now() -> str:
    """This moment in UTC to the second, such as ``2026-01-31T09:30:00Z``."""
    return written(datetime.now(UTC))


def written(moment: datetime) -> str:
    """A moment with an offset as ``now`` writes one."""
    return moment.astimezone(UTC).strftime(FORMAT)


def same_second(left: str | None, right: str | None) -> bool:
    """Whether two times, however printed, name the same second; False where either is no time with an offset.

    The site prints one time as ``2008-01-31T10:11:12.345+00:00`` in JSON and ``2008-01-31 10:11:12 +0000`` in CSV.
    """
    first, second = _seconds(left), _seconds(right)
    return first is not None and first == second


def _seconds(text: str | None) -> int | None:
    try:
        moment = datetime.fromisoformat((text or "").replace(" UTC", "Z").replace(" +", "+").replace(" -", "-"))
    except ValueError:
        return None
    return int(moment.timestamp()) if moment.tzinfo else None
