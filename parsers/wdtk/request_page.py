"""``/request/SLUG``: the page a visitor reads, folded or with ``?unfold=1`` (alaveteli.md part 3)."""

from parsers.errors import ParseError
from parsers.records import RequestPage
from parsers.select import Node, css
from parsers.wdtk.header import read_head, read_header
from parsers.wdtk.leftovers import Leftovers
from parsers.wdtk.markup import read_page
from parsers.wdtk.thread import read_thread

_COLUMN = css("#left_column", what="the column of messages")
_FOLD = css("span.unfold_link a[href*='?#']", what="the link that hides quoted parts")
_KNOWN_BESIDE = frozenset(
    {"#left_column", "#right_column", "#hidden_request", ".request-header", ".describe_state_form", ".sidebar"}
)


def parse_request_page(body: bytes) -> RequestPage:
    """Everything on the page of a request, in the order of the page.

    Reads the templates since 0.21 and pages saved from a browser. :class:`parsers.errors.ParseError` where the body
    is no whole page of a request: cut off, another page of the site, or without what every request has.
    ``unexplained`` names every block that no rule reads; none is dropped in silence.
    """
    page = read_page(body)
    leftovers = Leftovers()
    column = _COLUMN.one(page)
    header = read_header(page, leftovers)
    head = read_head(page)
    thread = read_thread(column, leftovers)
    if not thread.messages:
        raise ParseError("expected at least one message on the page of a request, found none")
    _report_beside(column, leftovers)
    return RequestPage(
        title=header.title,
        authority_name=header.authority_name,
        authority_slug=header.authority_slug,
        requester_kind=header.requester_kind,
        requester_name=header.requester_name,
        requester_slug=header.requester_slug,
        law_named=header.law_named,
        status=header.status,
        due_on=header.due_on,
        replies=header.replies,
        not_subject=header.not_subject,
        batch_id=header.batch_id,
        noindex=head.noindex,
        published_at=head.published_at,
        modified_at=head.modified_at,
        unfolded=head.requested_unfolded or bool(_FOLD.all(column)),
        messages=tuple(thread.messages.values()),
        resends=tuple(thread.resends),
        comments=tuple(thread.comments),
        unexplained=leftovers.found,
        slug=head.slug,
        law_note=header.law_note,
        notes=thread.notes,
    )


def _report_beside(column: Node, leftovers: Leftovers) -> None:
    around = column.getparent()
    if around is not None:
        leftovers.children("the page of a request", around, _KNOWN_BESIDE)
