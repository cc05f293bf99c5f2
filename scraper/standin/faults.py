"""Troubles on purpose: slowness, errors, refusals, cut connections, a challenge. Seeded, so that a run "
"can be repeated."""

import time
from dataclasses import dataclass
from threading import Lock

from scraper.standin.answers import HTML, Answer
from scraper.standin.dice import Dice

CHALLENGE = """<!DOCTYPE html>
<html lang="en-US"><head><title>Just a moment...</title>
<meta name="robots" content="noindex,nofollow"><meta http-equiv="refresh" content="360"></head>
<body><div class="main-wrapper" role="main"><h1>stand-in</h1>
<h2 id="challenge-running">Checking that you are not a robot</h2>
<script>(function(){window._cf_chl_opt={cvId:'3',cType:'managed'};}());</script></div></body></html>
"""


@dataclass(frozen=True, kw_only=True)
class Faults:
    """Which troubles, and how often."""

    latency: float = 0.0
    """Seconds; an answer takes 0.5 to 1.5 times as long."""
    error_rate: float = 0.0
    """Share of answers that are 500, 502 or 503."""
    rate_limit: float = 0.0
    """Requests a second above which the answer is 429; 0 for none."""
    reset_rate: float = 0.0
    """Share of answers that stop half-way."""
    challenge_after: int = 0
    """After so many requests everything is a challenge page; 0 for never."""


class Trouble:
    """Decides, for one request after another, what goes wrong."""

    def __init__(self, faults: Faults, *, seed: int) -> None:
        self.faults = faults
        self._dice = Dice(seed, "faults")
        self._lock = Lock()
        self._count = 0
        self._tokens = max(faults.rate_limit, 1.0)
        self._last = time.monotonic()

    def before(self) -> Answer | None:
        """Wait as long as the faults say; then an answer in place of the right one, or ``None``."""
        faults = self.faults
        with self._lock:
            self._count += 1
            pause = faults.latency * (0.5 + self._dice.fraction()) if faults.latency else 0.0
            challenged = bool(faults.challenge_after) and self._count > faults.challenge_after
            limited = bool(faults.rate_limit) and not self._token()
            broken = bool(faults.error_rate) and self._dice.chance(faults.error_rate)
            status, retry = self._dice.pick((500, 502, 503)), self._dice.chance(0.5)
        if pause:
            time.sleep(pause)
        if challenged:
            return Answer(
                403, {"Content-Type": HTML, "cf-mitigated": "challenge", "Server": "cloudflare"}, CHALLENGE.encode()
            )
        if limited:
            return Answer(429, {"Content-Type": HTML, "Retry-After": "1"}, b"<h1>Too many requests</h1>")
        return _broken(status, retry=retry) if broken else None

    def cut(self) -> bool:
        """Whether this answer stops half-way."""
        with self._lock:
            return bool(self.faults.reset_rate) and self._dice.chance(self.faults.reset_rate)

    def _token(self) -> bool:
        now = time.monotonic()
        limit = self.faults.rate_limit
        self._tokens = min(max(limit, 1.0), self._tokens + (now - self._last) * limit)
        self._last = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True


def _broken(status: int, *, retry: bool) -> Answer:
    headers = {"Content-Type": HTML}
    if status == 503 and retry:
        headers["Retry-After"] = "1"
    return Answer(status, headers, f"<html><body><h1>{status}</h1></body></html>".encode())
