"""What an answer says of what was asked."""

from scrapy import Request
from scrapy.http import Response

from parsers.errors import ParseError
from parsers.wdtk.urls import request_reference


def asked_by(response: Response) -> Request:
    """The request that an answer is to."""
    if response.request is None:
        raise AssertionError("Scrapy sets the request of a response that it gives to a callback")
    return response.request


def slug_in(url: str) -> str | None:
    """The slug of the request that an address leads to, if to any."""
    try:
        return request_reference(url).slug
    except ParseError:
        return None
