"""The spider of authorities: from the list that the site makes each night, or page by page where that is missing."""

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from parsers.errors import ParseError
from parsers.wdtk.authority import parse_authority_json
from parsers.wdtk.authority_csv import parse_authorities_csv
from parsers.wdtk.listing import parse_authority_list
from scraper.items import AuthoritiesItem, PageItem
from scraper.middlewares.answers import fetch_item
from scraper.middlewares.origin import on_site
from scraper.spiders.base import REDIRECTS, Output, SiteSpider, ends_the_run, why_not

_FIRST_PAGE = "/body/list/all"


class AuthoritiesSpider(SiteSpider):
    """``scrapy crawl authorities``."""

    name = "authorities"

    def first(self) -> Output:
        """The list in one file."""
        yield Request(self.urls.authorities_csv(), callback=self.csv_came, errback=self.csv_failed)

    def csv_came(self, response: Response) -> Output:
        """Every authority at once; 204 says that tonight's file is missing."""
        if response.status == 204:
            self.logger.warning("The site has no list of authorities today; reading its pages one by one.")
            self.count("authorities_by_page")
            yield PageItem(fetch=fetch_item(response, "authorities_csv", keep=False))
            yield Request(self.urls.base + _FIRST_PAGE, callback=self.page_came, errback=self.failed)
        elif response.status != 200:
            yield from self._unread(response, "authorities_csv", None)
        else:
            try:
                authorities = parse_authorities_csv(response.body)
            except ParseError as error:
                yield from self._unread(response, "authorities_csv", error)
                return
            self.count("authorities", len(authorities))
            yield AuthoritiesItem(fetch=fetch_item(response, "authorities_csv"), authorities=authorities)

    def csv_failed(self, failure: Failure) -> Output:
        """Error callback: without the list there is nothing to go on with."""
        if not ends_the_run(failure.value):
            self.tell(f"The list of authorities was not fetched. {why_not(failure.value)[1]}")
        return self.failed(failure)

    def page_came(self, response: Response) -> Output:
        """Names alone: the id and the tags are in each authority's JSON."""
        if response.status != 200:
            yield from self._unread(response, "authority_list", None)
            return
        try:
            page = parse_authority_list(response.body)
        except ParseError as error:
            yield from self._unread(response, "authority_list", error)
            return
        yield PageItem(fetch=fetch_item(response, "authority_list"))
        for url_name, _ in page.authorities:
            yield Request(self.urls.authority_json(url_name), callback=self.json_came, errback=self.failed, priority=10)
        following = on_site(response.url, page.next_page or "", self.urls.base)
        if page.next_page and page.authorities and following:
            yield Request(following, callback=self.page_came, errback=self.failed)

    def json_came(self, response: Response) -> Output:
        """One authority."""
        if response.status in REDIRECTS and response.request is not None:
            yield from self.follow_redirect(response, response.request)
            return
        if response.status != 200:
            yield from self.unreadable(response, "authority_json")
            return
        try:
            authority = parse_authority_json(response.body)
        except ParseError as error:
            yield from self.unreadable(response, "authority_json", error)
            return
        self.count("authorities")
        yield AuthoritiesItem(fetch=fetch_item(response, "authority_json"), authorities=(authority,))

    def _unread(self, response: Response, page_kind: str, error: ParseError | None) -> Output:
        reason = str(error) if error else f"status {response.status}"
        self.tell(f"The list of authorities at {response.url} cannot be read: {reason}")
        yield from self.unreadable(response, page_kind, error)
