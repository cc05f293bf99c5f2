"""Pages and documents as a visitor has them: what is shown to the signed in alone is no matter of the archive.

The site hides a message, or a whole request, from all but its requester and its staff (alaveteli.md 2.7). A page that
one of them saved shows it all the same.
"""

from parsers.errors import ParseError
from parsers.records import RequestPage, RequestRecord
from parsers.wdtk.request_json import parse_request_json
from parsers.wdtk.request_page import parse_request_page

_NOT_FOR_VISITORS = frozenset({"hidden", "requester_only"})
_SIGN_OUT = "so it was saved by somebody who is signed in: sign out, save it again and import that"


def page_of_visitor(body: bytes) -> RequestPage:
    """The page of a request; ParseError where it shows what the site hides from visitors too."""
    page = parse_request_page(body)
    shown = (one for one in page.messages if one.text is not None or one.attachments)
    if any(one.prominence in _NOT_FOR_VISITORS for one in shown):
        raise ParseError(f"it shows a message that the site hides, {_SIGN_OUT}")
    return page


def record_of_visitor(body: bytes) -> RequestRecord:
    """The JSON of a request; ParseError where it is of one that the site hides from visitors."""
    record = parse_request_json(body)
    if record.prominence in _NOT_FOR_VISITORS:
        raise ParseError(f"it is of a request that the site hides, {_SIGN_OUT}")
    return record
