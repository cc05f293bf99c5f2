"""What was measured, kept in ``recorded.json``: each figure with the run it comes from, and the machine of that run.

A part that was measured anew takes the place of what was known of it at that size; of one that failed, what it gave
before it failed takes the place of the same figures, and the others stay, each with its own run.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.figures import PARTS, Figure, Part, Unmeasured

RECORD = Path(__file__).with_name("recorded.json")


@dataclass(frozen=True, kw_only=True)
class Run:
    """When, of which commit and on what something was measured."""

    date: str
    commit: str
    machine: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Row:
    """A figure, or what is missing; ``by`` is the part that was asked for, which may give figures of others too."""

    by: Part
    run: Run
    told: Figure | Unmeasured


@dataclass(kw_only=True)
class Record:
    """All that is known."""

    rows: list[Row] = field(default_factory=list)

    def take(self, by: Part, size: int | None, run: Run, told: Iterable[Figure | Unmeasured]) -> None:
        """Merge what one part gave at one size."""
        new = [Row(by=by, run=run, told=one) for one in told]
        failed = any(isinstance(row.told, Unmeasured) and row.told.failed for row in new)
        measured = {row.told.name for row in new if isinstance(row.told, Figure)}
        kept = [row for row in self.rows if not (isinstance(row.told, Figure) and row.told.name in measured)]
        self.rows = [row for row in kept if not _replaced(row, by, size, failed=failed)] + new

    @property
    def figures(self) -> list[Figure]:
        """In the order of parts, sizes and of being measured."""
        found = [row.told for row in self.rows if isinstance(row.told, Figure)]
        return sorted(found, key=lambda one: (PARTS.index(one.part), one.size or 0))

    @property
    def unmeasured(self) -> list[Unmeasured]:
        """What is missing."""
        found = [row.told for row in self.rows if isinstance(row.told, Unmeasured)]
        return sorted(found, key=lambda one: (PARTS.index(one.part), one.size or 0))

    @property
    def runs(self) -> list[Run]:
        """All of which something is kept, the earliest first."""
        found: list[Run] = []
        for row in self.rows:
            if row.run not in found:
                found.append(row.run)
        return sorted(found, key=lambda run: (run.date, run.commit))


def load(path: Path = RECORD) -> Record:
    """What is kept at ``path``; nothing where there is no such file. ValueError where it is something else."""
    if not path.exists():
        return Record()
    kept = json.loads(path.read_text(encoding="utf-8"))
    runs = [Run(**{**run, "machine": kept["machines"][run["machine"]]}) for run in kept["runs"]]
    return Record(rows=[_row(row, runs) for row in kept["rows"]])


def save(record: Record, path: Path = RECORD) -> None:
    """Keep it, a row a line, so that a change is read as one; whole or not at all."""
    runs = record.runs
    machines: list[dict[str, str]] = []
    for run in runs:
        if run.machine not in machines:
            machines.append(run.machine)
    told = [{"date": run.date, "commit": run.commit, "machine": machines.index(run.machine)} for run in runs]
    rows = sorted(record.rows, key=lambda row: (PARTS.index(row.by), row.told.size or 0))
    parts = [_listed("machines", machines), _listed("runs", told), _listed("rows", [_kept(row, runs) for row in rows])]
    unfinished = path.with_suffix(".tmp")
    unfinished.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")
    unfinished.replace(path)


def _replaced(row: Row, by: Part, size: int | None, *, failed: bool) -> bool:
    return (row.by, row.told.size) == (by, size) and not (failed and isinstance(row.told, Figure))


def _kept(row: Row, runs: list[Run]) -> dict[str, Any]:
    kind = "figure" if isinstance(row.told, Figure) else "unmeasured"
    return {"by": row.by, "run": runs.index(row.run), kind: row.told.to_json()}


def _row(kept: dict[str, Any], runs: list[Run]) -> Row:
    told = Figure(**kept["figure"]) if "figure" in kept else Unmeasured(**kept["unmeasured"])
    return Row(by=kept["by"], run=runs[kept["run"]], told=told)


def _listed(name: str, values: list[dict[str, Any]]) -> str:
    lines = ",\n".join(f"  {json.dumps(value, ensure_ascii=False)}" for value in values)
    return f'"{name}": [\n{lines}\n]'
