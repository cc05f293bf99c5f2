"""Scrapy's responses as the parsers and the archive take them."""

from scrapy.http import Response

from parsers.records import Notice
from parsers.wdtk.notices import classify
from scraper.archive.times import now
from scraper.items import FetchItem

NOT_MODIFIED = "not_modified"
"""Flag of a response whose body is the one held here, because the site answered 304."""


def headers_of(response: Response) -> dict[str, str]:
    """Header names in lower case; several values of one name joined by a comma."""
    return {
        name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
    }


def notice_of(response: Response) -> Notice:
    """What the answer is, by its content."""
    return classify(status=response.status, headers=headers_of(response), body=response.body)


def fetch_item(response: Response, page_kind: str, *, keep: bool = True) -> FetchItem:
    """The answer as the ledger takes it, at this moment; ``keep`` is whether its body may be stored."""
    unchanged = NOT_MODIFIED in response.flags
    return FetchItem(
        url=response.url,
        fetched_at=now(),
        status=304 if unchanged else response.status,
        page_kind=page_kind,
        headers=headers_of(response),
        body=response.body if keep and not unchanged else None,
        not_modified=unchanged,
    )
