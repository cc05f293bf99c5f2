"""``wdtk verify``: is all of the archive whole, and is nothing left of what was erased?"""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.commands.options import archive_option, public_option, verbose_option
from scraper.counts import count_of
from scraper.errors import WdtkError
from scraper.watch.logs import log_option

if TYPE_CHECKING:
    from scraper.removals.verify import Result


class WrongError(WdtkError):
    """Something is wrong, and has been said."""

    def show(self, file: object = None) -> None:
        """Nothing more."""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object in place of lines.")
@click.option(
    "--nights",
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    metavar="N",
    help="Look at one Nth of the stored files, at least 20,000, and at the next when asked again.",
)
@archive_option
@public_option
@log_option
@verbose_option
def command(*, as_json: bool, nights: int, archive: Path, public: Path) -> None:
    """Check that everything stored is whole, and that nothing is left of what was erased.

    Looks at every stored file, every reference, the full-text indexes, the tombstones, and at each byte of archive.db,
    its log and public.db that belongs to no row; what rows that were moved have left behind in archive.db is
    overwritten first. Ends with 1 where anything is wrong. It reads everything, so it takes a while on a large
    archive, and `wdtk update` uses --nights 28; nothing else may write to the archive meanwhile.

    Example: wdtk verify --json
    """
    from scraper.archive.database import only_one, open_archive  # noqa: PLC0415 - keeps `wdtk --help` quick
    from scraper.removals.verify import verified  # noqa: PLC0415

    results = []
    with only_one(archive, "wdtk verify"), open_archive(archive) as opened:
        for result in verified(opened, public if public.exists() else None, nights=nights):
            results.append(result)
            if not as_json:
                click.echo("\n".join(_lines(result)))
    wrong = sum(bool(result.problems) for result in results)
    if as_json:
        click.echo(_as_json(results))
    if wrong:
        raise WrongError(f"{count_of(wrong, 'check')} failed.")


def _lines(result: "Result") -> list[str]:
    told = f"{result.name}: {'WRONG' if result.problems else 'ok'}"
    return [told, *(f"  {sentence}" for sentence in result.problems)]


def _as_json(results: "list[Result]") -> str:
    checks = [{"name": result.name, "ok": not result.problems, "problems": list(result.problems)} for result in results]
    told = {"ok": all(check["ok"] for check in checks), "checks": checks}
    return json.dumps(told, indent=2, ensure_ascii=False)
