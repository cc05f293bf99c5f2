"""The page of one request: the thread as people read threads, and the lasting addresses of what is in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from datasette import Response

from archive_site.citing.cited import citer
from archive_site.links import Links, anchor_of
from archive_site.requests import thread as threads
from archive_site.requests.thread import Document, Letter, Thread
from archive_site.store import Row, row, rows
from archive_site.texts.blocks import ALONE_BYTES, ALONE_CHARACTERS, INLINE_CHARACTERS, Block, Piece, fitting, piece

LETTERS_A_PAGE = 50
DOCUMENTS_A_LETTER = 60

ONE_MESSAGE = "SELECT id, text, length(text) AS length FROM messages WHERE id = :block AND request_id = :request"
ONE_PAGE = """
SELECT p.id, p.number, p.text, length(p.text) AS length, p.source, p.confidence, p.attachment_id, a.name, a.message_id
FROM pages AS p JOIN attachments AS a ON a.id = p.attachment_id
WHERE p.id = :block AND p.request_id = :request"""
ITS_CITATIONS = """
SELECT id, source, attachment_id, page, regime, provision, role, relied_on, quote, start, "end"
FROM citations WHERE source = :source AND page = :page ORDER BY start"""
NEIGHBOURS = """
SELECT max(CASE WHEN number < :number THEN number END) AS before,
  min(CASE WHEN number > :number THEN number END) AS after
FROM pages WHERE attachment_id = :attachment"""
CITATION = "SELECT id, request_id, message_id, attachment_id, page, start FROM citations WHERE id = :id"
PLACES = (
    "SELECT request_id FROM messages WHERE id = :id",
    "SELECT request_id FROM attachments WHERE id = :id",
    "SELECT request_id FROM pages WHERE id = :id",
)


@dataclass(frozen=True, kw_only=True)
class Sheets:
    """The pages of a document in the order shown: those in full, and runs of those left out."""

    shown: tuple[tuple[Block, Piece], ...]
    left_out: tuple[Block, ...]


async def request_view(request: Any, datasette: Any) -> Response:
    """``/request/ID`` or ``/request/SLUG``."""
    key = request.url_vars["key"]
    request_id = int(key) if key.isdecimal() and len(key) < 19 else None
    thread = None if request_id is None else await threads.load(datasette, request_id)
    if thread is not None:
        return await _page(request, datasette, thread)
    found = await row(datasette, threads.BY_SLUG, slug=key)
    if found is not None:
        return Response.redirect(Links(datasette=datasette).request(found["id"]))
    return await missing(request, datasette, subject=f"request/{request_id}" if request_id is not None else None)


async def _page(request: Any, datasette: Any, thread: Thread) -> Response:
    show = request.args.get("show")
    number = _page_number(thread, show, request.args.get("page"))
    first = (number - 1) * LETTERS_A_PAGE
    letters = thread.letters[first : first + LETTERS_A_PAGE]
    pieces = fitting(_blocks(letters), show=show)
    context = {
        "thread": thread,
        "letters": letters,
        "pieces": pieces,
        "sheets": {one.row["id"]: _sheets(one, pieces) for letter in letters for one in letter.documents},
        "show": show,
        "relied": threads.uses(thread.citations, relied_on=True),
        "mentioned": threads.uses(thread.citations, relied_on=False),
        "cite": await (await citer(datasette, request)).request(str(thread.request["id"])),
        "first_number": first + 1,
        "page_number": number,
        "page_count": max(1, -(-len(thread.letters) // LETTERS_A_PAGE)),
        "most_documents": DOCUMENTS_A_LETTER,
    }
    return await _html(request, datasette, "request.html", context)


def _page_number(thread: Thread, show: str | None, asked: str | None) -> int:
    """The page of the thread that was asked for, or the one that ``show`` is on; the first otherwise."""
    last = max(1, -(-len(thread.letters) // LETTERS_A_PAGE))
    for index, letter in enumerate(thread.letters):
        if show and show in _ids(letter):
            return index // LETTERS_A_PAGE + 1
    return min(max(1, int(asked)), last) if asked and asked.isdecimal() and len(asked) < 9 else 1


def _ids(letter: Letter) -> set[str]:
    documents = {document.row["id"] for document in letter.documents}
    return {letter.row["id"]} | documents | {page.id for document in letter.documents for page in document.pages}


def _blocks(letters: Sequence[Letter]) -> list[Block]:
    found: list[Block] = []
    for letter in letters:
        found += [letter.block] if letter.block else []
        found += [page for document in letter.documents[:DOCUMENTS_A_LETTER] for page in document.pages]
    return found


def _sheets(document: Document, pieces: dict[str, Piece]) -> Sheets:
    return Sheets(
        shown=tuple((page, pieces[page.id]) for page in document.pages if page.id in pieces),
        left_out=tuple(page for page in document.pages if page.id not in pieces),
    )


async def block_view(request: Any, datasette: Any) -> Response:
    """``/request/ID/BLOCK``: one message, or one page of a document, however long."""
    request_id, name = int(request.url_vars["id"]), request.url_vars["block"]
    found = await row(datasette, ONE_PAGE, block=name, request=request_id) or await row(
        datasette, ONE_MESSAGE, block=name, request=request_id
    )
    if found is None or not found["text"]:
        return await missing(request, datasette, subject=name)
    asked = request.args.get("from") or "0"
    block = await _alone(datasette, found)
    start = int(asked) if asked.isdecimal() and len(asked) < 10 else 0
    context = {
        "thread_request": await row(datasette, threads.REQUEST, request=request_id),
        "block": block,
        "about": found,
        "piece": piece(block, start=start, characters=ALONE_CHARACTERS, octets=ALONE_BYTES),
        "neighbours": await _neighbours(datasette, found),
        "cite": await (await citer(datasette, request)).place(name),
    }
    return await _html(request, datasette, "block.html", context)


async def _alone(datasette: Any, found: Row) -> Block:
    attachment = found.get("attachment_id")
    source, page = attachment or found["id"], found.get("number", 1)
    citations = await rows(datasette, ITS_CITATIONS, source=source, page=page)
    marks = threads.marks_of(citations, Links(datasette=datasette))
    return Block(
        id=found["id"],
        number=page if attachment else 0,
        text=found["text"],
        length=found["length"],
        marks=tuple(mark for some in marks.values() for mark in some),
        source=found.get("source", "message"),
        confidence=found.get("confidence"),
    )


async def _neighbours(datasette: Any, found: Row) -> Row:
    attachment = found.get("attachment_id")
    if attachment is None:
        return {}
    return await row(datasette, NEIGHBOURS, attachment=attachment, number=found["number"]) or {}


async def citation_view(request: Any, datasette: Any) -> Response:
    """``/citation/ID``: to the sentence, wherever the request's page has it today."""
    found = await row(datasette, CITATION, id=request.url_vars["id"])
    if found is None:
        return await missing(request, datasette, subject=request.url_vars["id"].split("/citation/")[0])
    links, anchor = Links(datasette=datasette), anchor_of(found["id"])
    attachment = found["attachment_id"]
    block = f"{attachment}/{found['page']}" if attachment else found["message_id"]
    if found["start"] < INLINE_CHARACTERS // 2:
        return Response.redirect(links.request(found["request_id"], show=block, anchor=anchor))
    before = max(0, found["start"] - 1_000)
    return Response.redirect(f"{links.block(found['request_id'], block, start=before)}#{anchor}")


async def place_view(request: Any, datasette: Any) -> Response:
    """``/place/ID``: to a message, an attachment or one page of it in the request's page."""
    name = request.url_vars["id"]
    for sql in PLACES:
        found = await row(datasette, sql, id=name)
        if found is not None:
            return Response.redirect(Links(datasette=datasette).request(found["request_id"], show=name, anchor=name))
    return await missing(request, datasette, subject=name)


async def missing(request: Any, datasette: Any, *, subject: str | None) -> Response:
    """What stands where something is not, or no longer, in the archive: says which of the two, and where to go."""
    withdrawn = await row(datasette, threads.WITHDRAWN, subject=subject) if subject else None
    context = {"subject": subject, "withdrawn": withdrawn}
    return await _html(request, datasette, "missing.html", context, status=404)


async def _html(request: Any, datasette: Any, template: str, context: Row, *, status: int = 200) -> Response:
    body = await datasette.render_template(template, dict(context), request=request, view_name="archive")
    return Response.html(body, status=status)
