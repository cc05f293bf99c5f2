"""How progress looks, whoever tells it: how much is done, how fast, and what remains."""

from scraper.logs import event

ELSEWHERE_SECONDS = 60.0
"""Between two lines where nobody sees them change."""
TERMINAL_SECONDS = 0.1
WIDTH = 30
CLEAR = "\r\033[K"


def line(label: str, done: int, total: int | None, seconds: float, *, bar: bool, more: str = "") -> str:
    """Such as ``Letters: 3 of 4 [######################........] 0.2/s, 0:00:05 left``; ``total`` may not be known."""
    counted = f"{label}: {done:,}" + (f" of {max(total, done):,}" if total else "")
    parts = [counted, f"[{_filled(done, total)}]" if bar and total else "", _pace(done, total, seconds), more]
    return " ".join(part for part in parts if part)


def told(label: str, done: int, total: int | None, seconds: float) -> None:
    """The same as an event of the log."""
    event("progress", what=label.lower(), done=done, total=total, seconds=round(seconds, 1))


def clock(seconds: float) -> str:
    """``1:02:03``."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"


def _filled(done: int, total: int) -> str:
    full = WIDTH * done // max(total, done, 1)
    return "#" * full + "." * (WIDTH - full)


def _pace(done: int, total: int | None, seconds: float) -> str:
    if not done or seconds <= 0:
        return ""
    pace = done / seconds
    said = f"{pace:,.0f}/s" if pace >= 10 else f"{pace:.1f}/s" if pace >= 0.1 else f"{pace * 60:.1f}/min"
    left = f", {clock((total - done) / pace)} left" if total and total > done else ""
    return f"{said}{left}"
