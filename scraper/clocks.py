"""The site's clock beside ours: its answers tell the time, and nobody here can set it. Pure."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

FAR_APART = 3_600.0
"""Seconds; pages from a cache may be some minutes old without saying so."""


def site_time(date: str | None, age: str | None) -> datetime | None:
    """When a site gave an answer, by its headers Date and Age (RFC 9110, 6.6.1; RFC 9111, 5.1), if they say."""
    held = int(age) if age and age.isascii() and age.isdigit() and len(age) < 9 else 0
    try:
        moment = parsedate_to_datetime(date or "")
        return moment.replace(tzinfo=moment.tzinfo or UTC) + timedelta(seconds=held)
    except (ValueError, OverflowError):
        return None


def apart(ahead: float | None) -> str | None:
    """A sentence where our clock is so many seconds ahead of the site's that one of them must be wrong."""
    if ahead is None or abs(ahead) < FAR_APART:
        return None
    hours = abs(ahead) / 3_600
    span = f"{hours / 24:.0f} days" if hours >= 48 else f"{hours:.0f} hours" if hours >= 1.5 else "an hour"
    return f"This machine's clock is {span} {'ahead of' if ahead > 0 else 'behind'} the site's."
