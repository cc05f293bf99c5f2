"""Stores the same invented crawl into an archive, as fast as it goes, and prints the number of each stored item.

python -m tests.scraper.archive.writer ARCHIVE
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path

from scraper.archive import runs
from scraper.archive.database import open_archive
from scraper.items import Item
from scraper.storing.store import Store
from tests.scraper.archive.samples import attachment, comment, event, fetched, message, request

REQUESTS = 250
ITEMS = 3 * REQUESTS
MESSAGES = 4
EVENTS = 6


def crawl() -> Iterator[Item]:
    """Requests with messages, events, a comment and two files each; a few slugs wander between requests."""
    dice = random.Random(20250501)  # noqa: S311 - the same crawl every time
    for number in range(REQUESTS):
        first = number * 10
        files = (attachment(first, first + 3), attachment(first + 1, first + 3))
        yield request(
            number,
            f"slug_{number - number % 7 // 6}",
            [
                *(message(first + place) for place in range(MESSAGES - 1)),
                message(first + 3, attachments=files),
            ],
            events=[event(first + place) for place in range(EVENTS)],
            comments=[comment(first)],
        )
        for file in files:
            yield fetched(file.id, dice.randbytes(20_000), number)


def main() -> None:
    with open_archive(Path(sys.argv[1]), create=True) as archive, runs.run(archive, "crawl", {}) as run:
        store = Store(archive, run.id)
        for number, item in enumerate(crawl()):
            store.store(item)
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
