"""The stages of an update, in their order; whether any of them needs a person."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from scraper.access import check_access
from scraper.archive import runs
from scraper.archive.database import Archive, only_one, open_archive
from scraper.config import load_config
from scraper.errors import WdtkError
from scraper.removals.erase import is_due
from scraper.watch.alarms import after_run

_ENDING_SECONDS = 20
_ERASED = "SELECT count(*) FROM withdrawals WHERE erased_at IS NOT NULL"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What an update is of: its places, and the site where that is not the one of wdtk.toml."""

    archive: Path
    public: Path
    config: Path | None = None
    site: str | None = None
    part_seconds: float = 2 * 3_600
    """So long is fetched at a time: what is sure to be removed is to be gone within four hours of the look."""

    @property
    def places(self) -> list[str]:
        """Options of the commands that read and publish."""
        config = ["--config", str(self.config)] if self.config else []
        return ["--archive", str(self.archive), *config]


@dataclass(frozen=True, kw_only=True)
class Result:
    """What came of one stage; ``note`` is what a person may want to know."""

    stage: str
    line: str
    well: bool = True
    note: str = ""


def update(plan: Plan) -> bool:
    """Run every stage and print a line for each; whether all is well and no person is needed.

    Raises WdtkError where there is no archive yet and the site may not be asked: nothing is left behind then.
    """
    if not (plan.archive / "archive.db").exists():
        config = load_config(plan.config)
        check_access(config, plan.site or config.site)
    with only_one(plan.archive, "wdtk update", create=True), open_archive(plan.archive, create=True) as archive:
        run = runs.start(archive, "update", {"site": plan.site})
        with closing(_Ending(run)) as ending:
            well = True
            for result in stages(plan, archive):
                _tell(result)
                run.counts["stages_failed"] += not result.well
                well = well and result.well
            ending.reason = "finished" if well else "failed"
        alarmed = _tell_alarms(archive, run.id, plan)
    return well and not alarmed


def stages(plan: Plan, archive: Archive) -> Iterator[Result]:
    """Each stage as it ends: what was left to be erased, fetched, erased, read, published, proved."""
    yield from _erase_early(plan, archive)
    yield from _fetch(plan, archive)
    yield _command("erase", ["erase", str(plan.archive)])
    if archive.connection.execute("SELECT 1 FROM messages LIMIT 1").fetchone() is None:
        yield Result(stage="read", line="nothing to read or publish yet.")
        return
    public = ["--public", str(plan.public)]
    yield _command("read", ["read", *plan.places])
    yield _publish(plan)
    yield _command("checks", ["verify", "--nights", "28", "--archive", str(plan.archive), *public])


class _Ending:
    """Ends the row of a run whatever happens; ``interrupted`` unless somebody says otherwise."""

    def __init__(self, run: runs.Run) -> None:
        self._run = run
        self.reason = "interrupted"

    def close(self) -> None:
        self._run.finish(self.reason)


def _publish(plan: Plan) -> Result:
    return _command("publish", ["publish", *plan.places, "--public", str(plan.public)])


def _erase_early(plan: Plan, archive: Archive) -> Iterator[Result]:
    """Erase before anything else is fetched, which may take many hours; then publish anew what lacks something."""
    waits = archive.connection.execute("SELECT 1 FROM withdrawals WHERE erased_at IS NULL LIMIT 1").fetchone()
    if waits is None and not is_due(archive):
        return
    before = archive.connection.execute(_ERASED).fetchone()
    yield _command("erase", ["erase", str(plan.archive)])
    holds = archive.connection.execute("SELECT 1 FROM messages LIMIT 1").fetchone()
    if holds and archive.connection.execute(_ERASED).fetchone() != before:
        yield _publish(plan)


def _fetch(plan: Plan, archive: Archive) -> Iterator[Result]:
    """In parts of some hours, between which what was removed is erased."""
    done: list[str] = []
    given = {"archive": str(plan.archive), "config": str(plan.config) if plan.config else None, "site": plan.site}
    asked = 0
    while True:
        part = {"done": done, "asked": asked, "seconds": plan.part_seconds}
        code, said = _child(["fetch", json.dumps(given | part)])
        parts = list(_read(said))
        yield from (Result(stage=one["stage"], line=one["line"], well=one["well"], note=one["note"]) for one in parts)
        if code:
            yield Result(stage="fetch", line=f"failed (exit code {code}); the lines above say why.", well=False)
        if code or not any(one["more"] for one in parts):
            return
        done += [one["stage"] for one in parts if not one["more"]]
        asked += sum(one["asked"] for one in parts)
        yield from _erase_early(plan, archive)


def _read(said: Iterable[str]) -> Iterator[dict[str, Any]]:
    for line in said:
        with suppress(ValueError):
            yield json.loads(line)


def _command(stage: str, arguments: list[str]) -> Result:
    code, said = _child(arguments)
    told = " ".join(line for line in said if line.strip())
    if code == 0:
        return Result(stage=stage, line=told)
    return Result(stage=stage, line=f"failed (exit code {code}); the lines above say why. {told}".strip(), well=False)


def _child(arguments: list[str]) -> tuple[int, list[str]]:
    """Exit code and lines of a stage; what it says on standard error is seen as it comes."""
    command = [sys.executable, "-m", "scraper.updating.child", str(os.getpid()), *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:  # noqa: S603 - our own command
        try:
            said, _ = child.communicate()
        except KeyboardInterrupt:
            child.terminate()  # as we were told to end, so is it, and what it was at is stored
            child.wait(timeout=_ENDING_SECONDS)
            raise
    return child.returncode, said.splitlines()


def _tell(result: Result) -> None:
    click.echo(f"{result.stage}: {result.line}")
    if result.note:
        click.echo(result.note, err=True)


def _tell_alarms(archive: Archive, run_id: int, plan: Plan) -> bool:
    """Print what needs a person; whether anything does."""
    try:
        found = after_run(archive, run_id, config=load_config(plan.config))
    except WdtkError as error:
        click.echo(f"alarms: failed. {error.message}", err=True)
        return True
    for alarm in found:
        click.echo(f"alarm: {alarm.sentence}", err=True)
    click.echo(f"alarms: {len(found) or 'none'}.")
    return bool(found)
