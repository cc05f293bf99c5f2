"""Search in messages, in the pages of documents and in titles, best matches first."""

import re
import secrets
from dataclasses import dataclass
from typing import Any, Literal

from datasette import Response
from datasette.database import QueryInterrupted
from markupsafe import Markup

from archive_site import suggest
from archive_site.marks import safe
from archive_site.store import Row, rows

PAGE_SIZE = 20
LAST_PAGE = 50
COUNTED = 1_000
"""Matches are counted up to here; counting all of a common word takes longer than finding the best."""
LONGEST_QUERY = 300

Where = Literal["all", "titles", "messages", "documents"]
WHERE: dict[str, str] = {
    "all": "Everywhere",
    "documents": "Attached letters",
    "messages": "Messages",
    "titles": "Titles of requests",
}
_TYPED = str.maketrans({"“": '"', "”": '"', "„": '"', "\0": " "})
_WORD = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')

_MATCHES = {
    "titles": """
      SELECT 'titles' AS found_in, f.rowid AS key, f.rank * 2 AS score,
        snippet(requests_fts, 0, :opened, :closed, '…', 48) AS snippet
      FROM requests_fts AS f WHERE requests_fts MATCH :match ORDER BY f.rank LIMIT :most""",
    "messages": """
      SELECT 'messages' AS found_in, f.rowid AS key, f.rank AS score,
        snippet(messages_fts, 0, :opened, :closed, '…', 48) AS snippet
      FROM messages_fts AS f WHERE messages_fts MATCH :match ORDER BY f.rank LIMIT :most""",
    "documents": """
      SELECT 'documents' AS found_in, f.rowid AS key, f.rank AS score,
        snippet(pages_fts, 0, :opened, :closed, '…', 48) AS snippet
      FROM pages_fts AS f WHERE pages_fts MATCH :match ORDER BY f.rank LIMIT :most""",
}
_BEST = """
SELECT m.found_in, m.snippet, r.id AS request_id, r.title, r.asked_on, r.outcome, a.name AS authority, a.url_name,
  e.id AS message_id, e.direction, e.sent_at, p.id AS page_id, p.number, d.name AS document, d.page_count
FROM (SELECT * FROM ({matches}) ORDER BY score, found_in, key LIMIT :size OFFSET :skip) AS m
LEFT JOIN pages AS p ON m.found_in = 'documents' AND p.rowid = m.key
LEFT JOIN attachments AS d ON d.id = p.attachment_id
LEFT JOIN messages AS e ON (m.found_in = 'messages' AND e.rowid = m.key) OR e.id = d.message_id
JOIN requests AS r ON r.id = CASE m.found_in WHEN 'titles' THEN m.key ELSE coalesce(p.request_id, e.request_id) END
JOIN authorities AS a ON a.id = r.authority_id
ORDER BY m.score, m.found_in, m.key"""
_COUNTS = """
SELECT (SELECT count(*) FROM (SELECT 1 FROM requests_fts WHERE requests_fts MATCH :match LIMIT :most)) AS titles,
  (SELECT count(*) FROM (SELECT 1 FROM messages_fts WHERE messages_fts MATCH :match LIMIT :most)) AS messages,
  (SELECT count(*) FROM (SELECT 1 FROM pages_fts WHERE pages_fts MATCH :match LIMIT :most)) AS documents"""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One match: where it is, and the words around it."""

    row: Row
    snippet: Markup


def match_expression(asked: str) -> str | None:
    """What a reader typed, as an FTS5 expression that cannot be malformed; None where no word is left.

    Every word must be there; ``"words in quotes"`` must stand together; ``-word`` must not be there.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, phrase, word in _WORD.findall(asked[:LONGEST_QUERY].translate(_TYPED)):
        term = (phrase or word).replace('"', " ")
        if any(character.isalnum() for character in term):
            (unwanted if minus else wanted).append(f'"{term}"')
    if not wanted:
        return None
    return " AND ".join(wanted) + "".join(f" NOT {term}" for term in unwanted)


async def search_view(request: Any, datasette: Any) -> Response:
    """``/search?q=``: the best matches, 20 on a page."""
    asked = (request.args.get("q") or "").strip()
    where = request.args.get("in") if request.args.get("in") in WHERE else "all"
    page = _page(request.args.get("page"))
    context: dict[str, Any] = {"q": asked[:LONGEST_QUERY], "where": where, "wheres": WHERE, "page_number": page}
    match = match_expression(asked)
    if match is not None:
        try:
            context |= await _answer(datasette, match, where, page)
            context["authorities"] = await suggest.authorities(datasette, asked)
            context["provisions"] = await suggest.provisions(datasette, asked)
        except QueryInterrupted:
            context["too_slow"] = True
    body = await datasette.render_template("search.html", context, request=request, view_name="archive")
    return Response.html(body)


def _page(asked: str | None) -> int:
    return min(max(1, int(asked)), LAST_PAGE) if asked and asked.isdecimal() and len(asked) < 9 else 1


async def _answer(datasette: Any, match: str, where: str, page: int) -> dict[str, Any]:
    counts = (await rows(datasette, _COUNTS, match=match, most=COUNTED + 1))[0]
    hits = await best(datasette, match, where=where, page=page)
    total = sum(counts.values()) if where == "all" else counts[where]
    return {
        "counts": counts,
        "total": total,
        "counted": COUNTED,
        "hits": hits[:PAGE_SIZE],
        "has_more": len(hits) > PAGE_SIZE and page < LAST_PAGE,
    }


async def best(datasette: Any, match: str, *, where: str, page: int) -> list[Hit]:
    """The matches of one page, and one more where there is a next page."""
    kinds = list(_MATCHES) if where == "all" else [where]
    matches = " UNION ALL ".join(f"SELECT * FROM ({_MATCHES[kind]})" for kind in kinds)  # noqa: S608 - no data in it
    skip, token = (page - 1) * PAGE_SIZE, secrets.token_hex(8)
    opened, closed = f"<{token}>", f"</{token}>"
    found = await rows(
        datasette,
        _BEST.format(matches=matches),
        match=match,
        opened=opened,
        closed=closed,
        most=skip + PAGE_SIZE + 1,
        size=PAGE_SIZE + 1,
        skip=skip,
    )
    return [Hit(row=one, snippet=snippet(one["snippet"], opened, closed)) for one in found]


def snippet(text: str, opened: str, closed: str) -> Markup:
    """The words around a match; ``opened`` and ``closed`` were made for this answer, so no letter can hold them."""
    first, *others = text.split(opened)
    pieces = [safe(first)]
    for other in others:
        inside, _, after = other.partition(closed)
        pieces += [Markup("<mark>{}</mark>").format(safe(inside)), safe(after)]
    return Markup("").join(pieces)
