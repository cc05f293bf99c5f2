"""The stages that are no command of their own: what is fetched, and what is erased."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def fetch(arguments: list[str]) -> int:
    """``fetch PLAN``: runs the spiders of a plan, and prints what came of each as a line of JSON."""
    from scraper.updating.fetch import fetched  # noqa: PLC0415 - Scrapy is slow to import
    from scraper.watch.logs import logging_of  # noqa: PLC0415 - as above

    plan: dict[str, Any] = json.loads(arguments[0])
    with logging_of(Path(plan["config"]) if plan["config"] else None):
        for told in fetched(plan):
            sys.stdout.write(json.dumps(told) + "\n")
    return 0


def erase(arguments: list[str]) -> int:
    """``erase ARCHIVE``: erases what the site has removed for sure."""
    from scraper.archive.database import open_archive  # noqa: PLC0415 - as above
    from scraper.errors import WdtkError  # noqa: PLC0415
    from scraper.removals.erase import erase_confirmed  # noqa: PLC0415
    from scraper.removals.told import erased_words  # noqa: PLC0415

    try:
        with open_archive(Path(arguments[0])) as archive:
            lines = erased_words(erase_confirmed(archive))
    except WdtkError as error:
        error.show()
        return error.exit_code
    sys.stdout.write("\n".join(lines or ["Nothing to erase."]) + "\n")
    return 0


PARTS: dict[str, Callable[[list[str]], int]] = {"fetch": fetch, "erase": erase}
