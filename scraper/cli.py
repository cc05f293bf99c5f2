"""``wdtk``: one command with a subcommand for each job. Modules are imported when their command runs."""

import signal
import threading
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

from scraper.errors import StoppedBySignalError, StoppedError, stop

COMMANDS = {
    "demo": "Crawl, read, publish and serve the built-in stand-in site.",
    "init": "Write wdtk.toml: the site, your contact, the access record, the budget.",
    "crawl": "Fetch authorities, requests and their attachments into the archive.",
    "import": "Take saved pages, JSON, zips of requests and WARC files into the archive.",
    "update": "Bring the archive and public.db up to date: what a timer runs.",
    "read": "Turn stored documents into text, and text into readings.",
    "letter": "Read letters that are in no archive: what they say as JSON, or shown with the reasons.",
    "publish": "Build public.db from the archive, checked before it replaces the last one.",
    "export": "Write the public tables as Parquet or CSV, or the raw records as WARC, for other tools.",
    "status": "Say how the archive stands, and what needs a person.",
    "schedule": "Have the machine run `wdtk update` by itself.",
    "forget": "Erase a request, a message or a file for good, here and in public.db.",
    "verify": "Check that everything stored is whole and nothing is left of what was erased.",
    "serve": "Serve public.db with Datasette.",
}


class LazyGroup(click.Group):
    """Imports a command's module only when that command runs, so that ``--help`` answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Names in the order of a first use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, or ``None`` for click to complain about."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(_module(cmd_name)).command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; Ctrl-C and SIGTERM end it with a sentence and the exit codes of shells, 130 and 143."""
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, stop)
        try:
            return super().invoke(ctx)
        except StoppedBySignalError as stopped:
            raise StoppedError(stopped.number) from None
        except (KeyboardInterrupt, click.Abort):
            raise StoppedError from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _module(name: str) -> str:
    """The module of a command; Python keeps some names for itself."""
    return f"scraper.commands.{name}_" if iskeyword(name) else f"scraper.commands.{name}"


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="wdtk-archive", prog_name="wdtk")
def cli() -> None:
    """Gather, read and publish public Freedom of Information correspondence.

    Start with `wdtk demo`: it needs no network and ends in a page to open.
    """
