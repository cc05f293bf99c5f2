"""``wdtk demo``: the main job on the built-in stand-in site, ending in a page to open."""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import click

from scraper.commands.options import verbose_option
from scraper.errors import WdtkError

FOLDER = Path("data/demo")
SETTINGS = "[publication]\nspreadsheets_after_days = 0\n"
"""Nobody is named in what the stand-in sends, so its spreadsheets need not wait."""
HOST, PORT = "127.0.0.1", 8001
ENDING_SECONDS = 3


class StoppedError(click.exceptions.Exit):
    """Somebody pressed Ctrl-C while a command of the demo was running."""

    def __init__(self) -> None:
        super().__init__(130)


@click.command()
@click.option("--no-serve", is_flag=True, help="Stop when public.db is built.")
@click.option(
    "--requests", type=click.IntRange(1, 5000), default=300, show_default=True, help="How many requests the site holds."
)
@verbose_option
def command(*, no_serve: bool, requests: int) -> None:
    """Crawl, read, publish and serve the built-in stand-in site.

    Everything lives in data/demo and is made anew at each run; nothing else is touched, and nothing
    leaves this machine.

    Example: wdtk demo --no-serve
    """
    from scraper.standin import running  # noqa: PLC0415 - keeps `wdtk --help` quick

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # or what it started would outlive it
    if not no_serve:
        _check_port()
    _clear(FOLDER)
    public = FOLDER / "public.db"
    with running(requests=requests) as site:
        _step("Crawling the stand-in site", "crawl", "--site", site, "--all", "--archive", str(FOLDER / "archive"))
        _step("Reading the letters", "read", "--archive", str(FOLDER / "archive"))
        settings = FOLDER / "wdtk.toml"
        settings.write_text(SETTINGS, encoding="utf-8")
        places = ("--archive", str(FOLDER / "archive"), "--public", str(public), "--config", str(settings))
        _step("Publishing", "publish", *places)
        if no_serve:
            click.echo(f"\nBuilt {public}. Browse it with: wdtk serve --public {public}")
            return
        click.echo(_next_steps(public))
        # The stand-in goes on running beside it, so that links to the source lead somewhere.
        with suppress(StoppedError):  # Ctrl-C is how a demo ends
            _run("serve", "--public", str(public), "--host", HOST, "--port", str(PORT))


def _clear(folder: Path) -> None:
    try:
        shutil.rmtree(folder, ignore_errors=False)
    except FileNotFoundError:
        return
    except OSError as error:
        raise WdtkError(f"Cannot clear {folder} for a new demo: {error}. Remove it by hand and try again.") from error


def _step(title: str, *arguments: str) -> None:
    click.secho(f"\n{title}", bold=True)
    _run(*arguments)


def _run(*arguments: str) -> None:
    # A signal may strike before the child has a name here: then nobody but itself can end it.
    command = [sys.executable, "-m", "scraper.updating.child", str(os.getpid()), *arguments]
    with subprocess.Popen(command) as child:  # noqa: S603 - our own command
        try:
            code = child.wait()
        except KeyboardInterrupt:
            _end(child)
            raise StoppedError from None
    if code:
        raise WdtkError(f"`wdtk {' '.join(arguments)}` failed with exit code {code}; its reason is above.")


def _end(child: "subprocess.Popen[bytes]") -> None:
    """Ctrl-C reaches the child too, which then ends in order; a signal that only we were sent does not."""
    try:
        child.wait(timeout=ENDING_SECONDS)
    except subprocess.TimeoutExpired:
        child.terminate()


def _check_port() -> None:
    from scraper.publishing.serve import free_port  # noqa: PLC0415 - keeps `wdtk --help` quick

    try:
        free_port(HOST, PORT)
    except WdtkError as error:
        build, browse = "wdtk demo --no-serve", f"wdtk serve --public {FOLDER / 'public.db'} --port {PORT + 1}"
        taken = f"The demo cannot be served at http://{HOST}:{PORT}/, where something else is running."
        raise WdtkError(f"{taken} Stop that, or run `{build}` and then `{browse}`.") from error


def _next_steps(public: Path) -> str:
    return f"""
Open http://{HOST}:{PORT}/ and try:
  - search for "commercial interests" and open one of the requests
  - the query "Most relied-on exemptions": follow a figure to the sentence it rests on
  - your own SQL at http://{HOST}:{PORT}/public, or with: .venv/bin/sqlite-utils tables {public} --counts
Stop with Ctrl-C.
"""
