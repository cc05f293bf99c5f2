"""The answer to a search for programs: JSON, CSV, and an Atom feed of the newest, by which one hears of new letters."""

import hashlib
from typing import Any

from datasette import Response

from archive_site.answers import feeds, spreadsheet
from archive_site.links import Links
from archive_site.search.index import COUNTED
from archive_site.store import about
from archive_site.wording import labels

SIZE = 100
COLUMNS = ("found_in", "request_id", "title", "authority", "authority_name_in_addresses", "said_on", "outcome",
           "message_id", "document", "page", "words", "address", "source")  # fmt: skip
FOUND_IN = {"titles": "title", "messages": "message", "documents": "document"}


async def response(form: str, request: Any, datasette: Any, asked: Any, answer: Any) -> Response:
    """A hundred matches in ``form``: json, csv or atom; status 400 where a filter is not understood."""
    links = Links(datasette=datasette)
    told = [_told(hit, links, request) for hit in answer.hits] if answer else []
    if asked.filters.problems or asked.filters.offered:
        said = asked.filters.problems or (f"Several authorities are called {asked.filters.given['authority']}.",)
        return Response.text("\n".join(said) + "\n", status=400)
    if form == "csv":
        return _csv(told)
    if form == "atom":
        return await _atom(request, datasette, asked, told)
    return Response.json(
        {
            "q": asked.q,
            "filters": dict(asked.filters.given),
            "sort": answer.found.sort if answer else asked.sort,
            "counts": answer.found.counts if answer else {},
            "counted_up_to": COUNTED,
            "page": asked.page,
            "has_more": bool(answer and answer.found.has_more),
            "results": told,
        }
    )


def place(row: Any, links: Links) -> str:
    """The page of a match, at its place."""
    if row["found_in"] == "titles":
        return links.request(row["request_id"])
    block = row["page_id"] if row["found_in"] == "documents" else row["message_id"]
    return links.request(row["request_id"], show=block, anchor=block)


def _told(hit: Any, links: Links, request: Any) -> dict[str, Any]:
    row = hit.row
    return {
        "found_in": FOUND_IN[row["found_in"]],
        "request_id": row["request_id"],
        "title": row["title"],
        "authority": row["authority"],
        "authority_name_in_addresses": row["url_name"],
        "said_on": row["said_on"],
        "outcome": row["outcome_class"],
        "message_id": row["message_id"],
        "document": row["document"],
        "page": row["number"],
        "words": " ".join(hit.words.split()),
        "address": links.whole(request, place(row, links)),
        "source": row["url"],
    }


def _csv(told: list[dict[str, Any]]) -> Response:
    """A table that a spreadsheet shows and does not run."""
    lines = [COLUMNS, *([one[column] for column in COLUMNS] for one in told)]
    headers = {"Content-Disposition": 'attachment; filename="search.csv"'}
    text = spreadsheet.MARK + "".join(map(spreadsheet.row, lines))
    return Response(text, headers=headers, content_type="text/csv; charset=utf-8")


async def _atom(request: Any, datasette: Any, asked: Any, told: list[dict[str, Any]]) -> Response:
    links = Links(datasette=datasette)
    facts = await about(datasette)
    built = feeds.moment(facts.get("built_at")) or "1970-01-01T00:00:00Z"
    here = links.search(**asked.parameters(sort=None))
    page = links.whole(request, links.search(**asked.parameters(sort="newest")))
    text = feeds.feed(
        feeds.Feed(
            id=links.whole(request, here) if links.address else feeds.named(facts.get("source", "") + here),
            title=f"Search: {title(asked)}",
            subtitle="Letters, messages and requests that match, the newest first.",
            here=links.whole(request, links.search_as("atom", **asked.parameters(sort=None))),
            page=page,
            updated=built,
            entries=tuple(_entry(one, built, _identity(one, links, facts)) for one in told),
        )
    )
    headers = {"ETag": f'W/"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'}
    return Response(text, headers=headers, content_type=feeds.CONTENT_TYPE)


def _identity(one: dict[str, Any], links: Links, facts: dict[str, str]) -> str:
    """The same whatever host the site is asked by."""
    if links.address:
        return str(one["address"])
    return feeds.named(facts.get("source", "") + "/".join(str(one[part]) for part in _KEY))


_KEY = ("found_in", "request_id", "message_id", "document", "page")


def _entry(one: dict[str, Any], built: str, identity: str) -> feeds.Entry:
    kind = {"title": "Request to", "message": "Message, request to", "document": "Letter from"}[one["found_in"]]
    return feeds.Entry(
        id=identity,
        title=f"{one['title']} · {one['authority']}",
        updated=min(feeds.moment(one["said_on"]) or built, built),
        link=one["address"],
        summary=f"{kind} {one['authority']}, {labels.day(one['said_on'])}\n{one['words']}",
        source=one["source"],
    )


def title(asked: Any) -> str:
    """A search in a line: its words, then its filters."""
    return " · ".join([*filter(None, [asked.q]), *(f"{chip.name}: {chip.value}" for chip in asked.filters.chips)])
