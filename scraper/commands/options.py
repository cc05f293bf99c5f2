"""Options that several commands share."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

DEFAULT_ARCHIVE = Path("data/archive")
DEFAULT_PUBLIC = Path("data/site/public.db")

Command = Callable[..., Any]


def archive_option(function: Command) -> Command:
    """``--archive DIR``."""
    return click.option(
        "--archive",
        type=click.Path(file_okay=False, path_type=Path),
        default=DEFAULT_ARCHIVE,
        show_default=True,
        help="The private archive: archive.db and files/.",
    )(function)


def public_option(function: Command) -> Command:
    """``--public FILE``."""
    return click.option(
        "--public",
        type=click.Path(dir_okay=False, path_type=Path),
        default=DEFAULT_PUBLIC,
        show_default=True,
        help="The database that may be shown.",
    )(function)


def verbose_option(function: Command) -> Command:
    """``-v``: say more on standard error; sets up logging before the command runs."""
    return click.option(
        "-v", "--verbose", is_flag=True, expose_value=False, callback=_set_up_logging, help="Say more while working."
    )(function)


def _set_up_logging(_ctx: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001
    logging.basicConfig(
        level=logging.INFO if value else logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
