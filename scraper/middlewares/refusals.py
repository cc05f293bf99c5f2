"""Why a page was not fetched. Spiders meet these in their error callbacks and record each as a refusal."""

from typing import ClassVar

from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response


class Refused(IgnoreRequest):
    """A page we did not ask for, or whose answer we must not use; the text says why in a sentence."""

    reason: ClassVar[str] = "refused"
    stops: ClassVar[bool] = False
    """Whether the whole run ends here, with ``reason`` as its finish reason."""


class OffSite(Refused):
    """The address is not of the site that this run crawls."""

    reason = "off_site"


class RobotsRefused(Refused):
    """robots.txt refuses the address, or could not be read, which counts as a refusal for now (RFC 9309, 2.3.1.4)."""

    reason = "robots"


class RobotsUnreachable(RobotsRefused):
    """robots.txt could not be had, which may pass."""

    reason = "robots_unreachable"
    stops = True


class RobotsUnreadable(RobotsRefused):
    """In place of robots.txt there is something that is no robots.txt, which a person should look at."""

    reason = "robots_unreadable"
    stops = True


class RobotsRefuseAll(RobotsRefused):
    """robots.txt refuses every page that this crawler reads."""

    reason = "robots_refuse_all"
    stops = True


class Unreachable(Refused):
    """The site does not answer, or only with errors."""

    reason = "unreachable"
    stops = True


class BudgetSpent(Refused):
    """As many requests as one day, or one run, allows have been made."""

    reason = "budget"
    stops = True


class OutOfHours(Refused):
    """The access record lets the crawl run at other hours of the day."""

    reason = "hours"
    stops = True


class NotTrusted(Refused):
    """The site's certificate is not good, so nothing it says can be taken for the site's."""

    reason = "certificate"
    stops = True


class AskedToWait(Refused):
    """The site's Retry-After is longer than a run should wait."""

    reason = "asked_to_wait"
    stops = True


class Stopping(Refused):
    """The run is ending, and would have waited; nothing is wrong with the page."""

    reason = "shutdown"
    stops = True


class Challenged(Refused):
    """The answer is a challenge page of a bot wall; nothing tries to get round it."""

    reason = "challenge"
    stops = True

    def __init__(self, sentence: str, response: Response) -> None:
        super().__init__(sentence)
        self.response = response
