"""What a crawl knows of one request while it reads it."""

from dataclasses import dataclass

from parsers.records import RequestPage, RequestRecord
from scraper.items import FetchItem


@dataclass(frozen=True, kw_only=True)
class Thread:
    """One request as far as it has been read."""

    slug: str
    named: str | None = None
    """What the person wrote who named it; ``None`` where a list gave it."""
    since: str | None = None
    """Where a stopped crawl is taken up: when it began."""
    second: bool = False
    """Whether it was not found just before, and is asked for once more to be sure."""
    controls: tuple[str, ...] = ()
    """Requests still to be asked for before that: where one of them comes, the site is well."""
    hidden: str | None = None
    """What its address said where it is hidden, while its number is asked for."""
    by_id: int | None = None
    """Set once its number has been asked for, so that a slug that fails is not asked for again."""
    held: int | None = None
    """Number of the request held here whose JSON is enough, as long as it says what it said before."""
    whole: bool = True
    """Whether every file is asked for, or only those that are not held as the page has them."""
    most_files: int | None = None
    """So many files at most are asked for; the next look goes on with the others."""
    fetches: tuple[FetchItem, ...] = ()
    record: RequestRecord | None = None
    page: RequestPage | None = None
