"""``wdtk schedule``: has the machine run ``wdtk update`` by itself."""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.commands.options import archive_option, public_option, verbose_option
from scraper.errors import WdtkError

if TYPE_CHECKING:
    from scraper.watch.schedule import Every, Plan

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
@click.option("--systemd", "kind", flag_value="systemd", default="systemd", help="Units of your user.  [default]")
@click.option("--cron", "kind", flag_value="cron", help="A line of your crontab instead.")
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
def command(  # noqa: PLR0913 - one for each option
    *,
    kind: str,
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
    from scraper.watch.schedule import Plan, cron_lines, units  # noqa: PLC0415 - keeps `wdtk --help` quick

    if install and remove:
        raise click.UsageError("--install and --remove: choose one.")
    plan = Plan(
        python=Path(sys.executable), folder=Path.cwd(), archive=archive.resolve(), public=public.resolve(),
        config=config.resolve() if config else None, every=every, at=at, memory_gb=memory, mail=mail,
    )  # fmt: skip
    if remove:
        _remove(kind)
    elif install:
        for folder in (plan.archive, plan.public.parent):
            folder.mkdir(mode=0o700 if folder == plan.archive else 0o777, parents=True, exist_ok=True)
        _install_cron(plan) if kind == "cron" else _install_units(plan)
    elif kind == "cron":
        click.echo(cron_lines(plan), nl=False)
    else:
        for name, text in units(plan).items():
            click.echo(f"# --- {name}\n{text}")


def _install_units(plan: "Plan") -> None:
    from scraper.watch.schedule import NAME, units  # noqa: PLC0415 - as above

    folder = _unit_folder()
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in units(plan).items():
        (folder / name).write_text(text, encoding="utf-8")
        click.echo(f"Written: {folder / name}")
    _systemctl("daemon-reload")
    _systemctl("enable", "--now", f"{NAME}.timer")
    click.echo(
        "Switched on. `systemctl --user list-timers` shows when it runs next; `loginctl enable-linger` lets it run "
        "while you are not logged in."
    )


def _install_cron(plan: "Plan") -> None:
    from scraper.watch.schedule import cron_lines, without  # noqa: PLC0415 - as above

    kept = without(_crontab())
    if kept and not kept.endswith("\n"):
        kept += "\n"
    _run(["crontab", "-"], text=kept + cron_lines(plan))
    click.echo("Your crontab has the line now; `crontab -l` shows it.")


def _remove(kind: str) -> None:
    from scraper.watch.schedule import NAME, without  # noqa: PLC0415 - as above

    if kind == "cron":
        _run(["crontab", "-"], text=without(_crontab()))
        click.echo("Your crontab has no line of wdtk-archive.")
        return
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
