"""A year of runs as they come to be when all is well, and the same with something wrong from a day on."""

import dataclasses
import math
import random
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from scraper.watch.model import Facts, Session, Stage

BEGIN = datetime(2025, 1, 1, 3, 0, tzinfo=UTC)
HOLIDAYS = {date(2025, 4, 18), date(2025, 4, 21), date(2025, 5, 5), date(2025, 12, 25), date(2025, 12, 26)}


def text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


class Year:
    """Makes the round of each day. ``wrong`` may change a round's counts and measures before they are kept."""

    def __init__(self, seed: int, *, size: int = 40_000, budget: int = 4_000, every: int = 1) -> None:
        self._random = random.Random(seed)  # noqa: S311 - invented days, no secrets
        self._held, self._budget, self._every = size, budget, every
        self._free = 400_000_000_000.0
        self.sessions: list[Session] = []
        self.batches: list[tuple[str, Mapping[str, int]]] = []

    def _poisson(self, mean: float) -> int:
        return max(0, round(self._random.gauss(mean, math.sqrt(mean)))) if mean > 0 else 0

    def _part(self, of: int, share: float, spread: float) -> int:
        """A share that itself varies from day to day."""
        return min(of, self._poisson(of * min(0.99, max(0.01, self._random.gauss(share, spread)))))

    def round(self, day: int, wrong: Callable[[int, dict[str, Any]], None] | None = None) -> None:
        start = BEGIN + timedelta(days=day, minutes=self._random.randint(0, 60))
        quiet = start.weekday() >= 5 or start.date() in HOLIDAYS or (start.month == 12 and start.day > 22)
        new = self._poisson((60 if quiet else 350) * self._held / 40_000 * self._every)
        looked = min(self._budget // 3, new + self._poisson(self._held / 60 * self._every))
        self._held += new // 4
        self._free -= self._random.gauss(80e6, 400e6) * self._every
        spent = self._random.random() < 0.1 and not quiet
        values: dict[str, Any] = {
            "start": start,
            "end": start + timedelta(hours=self._random.uniform(1, 9)),
            "reasons": {"finished", "budget"} if spent else {"finished"},
            "asked": looked * 3 + 40,
            "changed": self._part(new, 0.9, 0.05),
            "found": looked + 40,
            "unknown_values": self._random.choices([0, 1, 2, 3], [97, 1, 1, 1])[0],
            "unexplained_in_requests": self._random.choices([0, 1, 4], [97, 2, 1])[0],
            "looked": looked,
            "failed_pages": self._part(looked, 0.01, 0.01),
            "unexplained": self._part(looked, 0.01, 0.005),
            "with_messages": min(looked, looked - self._poisson(looked * 0.005)),
            "with_attachments": self._part(looked, 0.45, 0.06),
            "with_readings": self._part(looked, 0.7, 0.06),
            "with_citations": self._part(looked, 0.3, 0.05),
            "withdrawn": self._poisson(looked * 0.003),
            "due": self._poisson((400 if quiet else 150) * min(1, self._held / 40_000)),
            "listed_missing": self._poisson(20),
            "late": self._poisson(60 if quiet else 20),
            "unread": self._poisson(30 if quiet else 300),
            "unfetched": self._poisson(80),
            "disk_free": int(self._free),
            "documents": self._poisson(looked * 0.4),
            "unreadable_share": self._random.gauss(0.06, 0.015),
        }
        if self._random.random() < 0.01:  # an hour of outage
            values |= {"reasons": {"finished", "unreachable"}}
        if wrong:
            wrong(day, values)
        self._keep(values)

    def _keep(self, values: Mapping[str, Any]) -> None:
        counts = ("asked", "changed", "unknown_values", "unexplained_in_requests")
        measured = ("looked", "failed_pages", "unexplained", "with_messages", "with_attachments", "with_readings",
                    "with_citations", "withdrawn", "due", "listed_missing", "late", "unread", "unfetched",
                    "disk_free")  # fmt: skip
        self.sessions.append(
            Session(
                run_id=len(self.sessions) + 1,
                started_at=text(values["start"]),
                ended_at=text(values["end"]),
                reasons=frozenset(values["reasons"]),
                counts={name: values[name] for name in counts},
                found=values["found"],
                measures={name: values[name] for name in measured},
            )
        )
        bad = self._part(values["documents"], max(0.001, values["unreadable_share"]), 0.0)
        batch = {"read": values["documents"] - bad, "damaged": bad}
        self.batches.append((text(values["end"]), batch))

    def facts(self, **fields: Any) -> Facts:
        """As they stand an hour after the last round ended."""
        last = datetime.fromisoformat(self.sessions[-1].ended_at or "")
        made = Facts(
            now=last + timedelta(hours=1),
            sessions=tuple(self.sessions[-60:]),
            stages=(
                Stage(command="update", runs=tuple((one.started_at, "finished") for one in self.sessions[:-11:-1])),
            ),
            read_batches=tuple(self.batches[-60:]),
            published_at=text(last - timedelta(minutes=5)),
            access_until=date(2027, 1, 1),
            disk_free=self.sessions[-1].measures["disk_free"],
            archive_bytes=20_000_000_000,
        )
        return dataclasses.replace(made, **fields)
