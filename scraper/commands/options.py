"""Options that several commands share."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from scraper.choices import CHOICES

DEFAULT_ARCHIVE = Path("data/archive")
DEFAULT_PUBLIC = Path("data/site/public.db")


class Day(click.DateTime):
    """A day, as 2026-01-31; what is none is refused in words rather than with the pattern of a programmer."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Midnight of that day."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"{value!r} is not a day such as 2026-01-31.", param, ctx)


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


def ocr_option(function: Command) -> Command:
    """``--ocr ENGINE``."""
    return click.option(
        "--ocr",
        type=click.Choice(CHOICES),
        help="What recognises words in pictures.  [default: as wdtk.toml says, or auto]",
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
