"""``wdtk schedule``: has the machine run ``wdtk update`` by itself."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from scraper.commands.options import archive_option, public_option, verbose_option
from scraper.errors import WdtkError

if TYPE_CHECKING:
    from scraper.hours import Hours
    from scraper.watch.schedule import Every, Plan

_OF_A_PLAN = ("every", "at", "memory", "mail", "archive", "public", "config")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


class Time(click.ParamType[str]):
    """A time of day, as 02:30."""

    name = "time"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The same text, if it is one."""
        if not _TIME.fullmatch(value):
            self.fail(f"{value!r} is not a time such as 02:30.", param, ctx)
        return value


@click.command()
@click.option("--systemd", is_flag=True, help="Units of your user.  [default]")
@click.option("--cron", is_flag=True, help="A line of your crontab instead.")
@click.option("--every", type=click.Choice(["day", "week"]), default="day", show_default=True)
@click.option("--at", type=Time(), metavar="HH:MM", default="02:30", show_default=True, help="When it begins.")
@click.option("--memory", type=click.IntRange(2), metavar="GB", default=4, show_default=True, help="Most memory.")
@click.option("--mail", metavar="ADDRESS", help="Whom to write to when a run needs a person.")
@click.option("--install", is_flag=True, help="Write it where the system looks for it, and switch it on.")
@click.option("--remove", is_flag=True, help="Switch it off and take it away.")
@archive_option
@public_option
@click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="In place of wdtk.toml in this folder.")
@verbose_option
@click.pass_context
def command(  # noqa: PLR0913 - one for each option
    context: click.Context,
    *,
    systemd: bool,
    cron: bool,
    every: "Every",
    at: str,
    memory: int,
    mail: str | None,
    install: bool,
    remove: bool,
    archive: Path,
    public: Path,
    config: Path | None,
) -> None:
    """Print what has the machine run `wdtk update` by itself; with --install, write it and switch it on.

    It runs in this folder, one run at a time, behind other work, within the memory given. When all is well it says
    nothing. When a run needs a person, systemd starts a unit that says why on every terminal and in the journal, or
    by mail with --mail; cron sends what the run said by mail.

    Example: wdtk schedule --at 01:15 --install
    """
    from scraper.config import load_config  # noqa: PLC0415 - keeps `wdtk --help` quick
    from scraper.watch.schedule import Plan, cron_lines, units  # noqa: PLC0415

    _refuse_what_does_not_fit(context, systemd=systemd, cron=cron, install=install, remove=remove)
    if remove:
        _remove_cron() if cron else _remove_units()
        return
    loaded = load_config(config)  # what is wrong in wdtk.toml is told now, not by each run
    _refuse_time_outside(loaded.hours, at)
    log = loaded.log.file
    plan = Plan(
        python=Path(sys.executable), folder=Path.cwd(), archive=archive.resolve(), public=public.resolve(),
        config=config.resolve() if config else None, every=every, at=at, memory_gb=memory, mail=mail,
        log=log.absolute() if log else None,
    )  # fmt: skip
    if install:
        _install(plan, cron=cron)
    elif cron:
        click.echo(cron_lines(plan), nl=False)
    else:
        for name, text in units(plan).items():
            click.echo(f"# --- {name}\n{text}")


def _refuse_what_does_not_fit(
    context: click.Context, *, systemd: bool, cron: bool, install: bool, remove: bool
) -> None:
    """UsageError where one option says what another takes back, or would do nothing."""
    if install and remove:
        raise click.UsageError("--install and --remove: choose one.")
    if systemd and cron:
        raise click.UsageError("--systemd and --cron: choose one.")
    given = [name for name in _OF_A_PLAN if context.get_parameter_source(name) is ParameterSource.COMMANDLINE]
    if remove and given:
        raise click.UsageError(f"--remove takes away what there is, so --{given[0]} has no meaning beside it.")


def _refuse_time_outside(hours: "Hours | None", at: str) -> None:
    begins = datetime.combine(datetime.now().astimezone(), time.fromisoformat(at)).astimezone()
    if hours is not None and not hours.hold(begins):
        raise WdtkError(
            f"A run that begins at {at} is outside crawl.hours in wdtk.toml ({hours} by UK time), so it would fetch "
            "nothing. Choose another time with --at."
        )


def _install(plan: "Plan", *, cron: bool) -> None:
    from scraper.watch.schedule import cron_lines, units  # noqa: PLC0415 - as above

    lines, files = (cron_lines(plan), {}) if cron else ("", units(plan))
    for folder in plan.writes_to:
        folder.mkdir(mode=0o700 if folder == plan.archive else 0o777, parents=True, exist_ok=True)
    _install_cron(lines) if cron else _install_units(files)


def _install_units(files: Mapping[str, str]) -> None:
    from scraper.watch.schedule import NAME  # noqa: PLC0415 - as above

    folder = _unit_folder()
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
        click.echo(f"Written: {folder / name}")
    _systemctl("daemon-reload")
    _systemctl("enable", "--now", f"{NAME}.timer")
    click.echo(
        "Switched on. `systemctl --user list-timers` shows when it runs next; `loginctl enable-linger` lets it run "
        "while you are not logged in."
    )


def _install_cron(lines: str) -> None:
    from scraper.watch.schedule import without  # noqa: PLC0415 - as above

    kept = without(_crontab())
    if kept and not kept.endswith("\n"):
        kept += "\n"
    _run(["crontab", "-"], text=kept + lines)
    click.echo("Your crontab has the line now; `crontab -l` shows it.")


def _remove_cron() -> None:
    from scraper.watch.schedule import without  # noqa: PLC0415 - as above

    before = _crontab()
    after = without(before)
    if after == before:
        click.echo("There is nothing to remove.")
        return
    _run(["crontab", "-"], text=after)
    click.echo("Your crontab has no line of wdtk-archive any more.")


def _remove_units() -> None:
    from scraper.watch.schedule import NAME  # noqa: PLC0415 - as above

    here = [path for path in sorted(_unit_folder().glob(f"{NAME}*")) if path.is_file()]
    if here:
        _systemctl("disable", "--now", f"{NAME}.timer")
    for path in here:
        path.unlink()
        click.echo(f"Removed: {path}")
    if here:
        _systemctl("daemon-reload")
    else:
        click.echo("There is nothing to remove.")


def _unit_folder() -> Path:
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd" / "user"


def _systemctl(*arguments: str) -> None:
    _run(["systemctl", "--user", *arguments])


def _crontab() -> str:
    """The user's crontab; empty where there is none yet, which crontab calls an error."""
    done = _started(["crontab", "-l"], text=None)
    if done.returncode and "no crontab" not in done.stderr.lower():
        raise WdtkError(f"`crontab -l` failed: {done.stderr.strip()}. Nothing was changed.")
    return done.stdout if done.returncode == 0 else ""


def _run(command: Sequence[str], *, text: str | None = None) -> None:
    done = _started(command, text=text)
    if done.returncode:
        said = (done.stderr or done.stdout).strip() or f"exit code {done.returncode}"
        raise WdtkError(
            f"`{' '.join(command)}` failed: {said}. Run it by hand, or print the schedule without --install."
        )


def _started(command: Sequence[str], *, text: str | None) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(command, input=text, capture_output=True, text=True, check=False)  # noqa: S603 - words of this module
    except FileNotFoundError as error:
        raise WdtkError(f"There is no {command[0]} on this machine, so nothing can be switched on or off.") from error
