"""What of one request may be of a family, as numbers: they say which texts to compare, and need no second reading.

A renewed database keeps those of the requests that are as they were, so that the texts of the others alone are read.
"""

import base64
import struct
from collections.abc import Iterator, Mapping, Sequence
from itertools import count, groupby
from typing import Any

from parsers.families import Mention, Runs, band_keys, fingerprint, reasons
from scraper.publishing.families.texts import RULES, Kind, Text, runs_of

KINDS: tuple[Kind, ...] = ("round_robin", "template")
_KIND, _REQUEST = 1 << 20, 1 << 21
"""A text's number is made of its request's, its kind, and its place among the request's texts of that kind, so that
numbers are in the order of requests, and within one in the order of its letters."""
_MOST = (1 << 63) // _REQUEST
"""A request with a number from here on, as only a page that was made up claims one, is of no family."""
Row = dict[str, Any]
Tables = Mapping[str, Sequence[Row]]


def likened_rows(tables: Tables, names: Sequence[str]) -> list[Row]:
    """The rows of ``family_texts`` for the request with these rows, of an authority called ``names``."""
    rows: list[Row] = []
    (request,) = tables["requests"]
    if request["id"] >= _MOST:
        return rows
    for kind, texts in zip(KINDS, (_requests(tables, request), _paragraphs(tables, request)), strict=True):
        numbers = count(request["id"] * _REQUEST + KINDS.index(kind) * _KIND)
        for text, words in texts:
            row = _row(kind, text, runs_of(kind, words, names))
            rows += [{"number": next(numbers), **row}] if row else []
    return rows


def of_kind(kind: Kind) -> str:
    """The condition for the numbers of texts of that kind."""
    return f"number & {_KIND} = {KINDS.index(kind) * _KIND}"


def bands(told: str) -> tuple[int, ...]:
    """The bands of a text's signature, as ``family_texts`` has them."""
    packed = base64.b64decode(told)
    return struct.unpack(f">{len(packed) // 8}Q", packed)


def _row(kind: Kind, text: Text, runs: Runs) -> Row | None:
    rule = RULES[kind]
    if len(runs) < rule.fewest and text.batch_id is None:
        return None
    keys = band_keys(runs, rows=rule.rows) if len(runs) >= rule.fewest else ()
    return {
        "request_id": text.request_id,
        # What the site sent as one batch is one text, whatever its copies look like.
        "wording": fingerprint(runs) if text.batch_id is None else -text.batch_id,
        "place": text.told(),
        "bands": base64.b64encode(struct.pack(f">{len(keys)}Q", *keys)).decode(),
    }


def _requests(tables: Tables, request: Row) -> Iterator[tuple[Text, str]]:
    for row in tables["messages"]:
        if row["kind"] == "initial_request" and row["text"]:
            words = row["text"]
            yield (
                Text(
                    id=row["id"],
                    request_id=request["id"],
                    authority_id=request["authority_id"],
                    message_id=row["id"],
                    attachment_id=None,
                    page=1,
                    start=0,
                    end=len(words),
                    day=request["asked_on"] or _day(row["sent_at"]),
                    batch_id=request["batch_id"],
                ),
                words,
            )
            return


def _day(moment: str | None) -> str | None:
    return None if moment is None else moment[:10]


def _paragraphs(tables: Tables, request: Row) -> Iterator[tuple[Text, str]]:
    for _, group in groupby(tables["citations"], key=lambda row: (row["source"], row["page"])):
        rows = list(group)
        if any(row["relied_on"] for row in rows):
            yield from _reasons(tables, request, rows)


def _reasons(tables: Tables, request: Row, rows: list[Row]) -> Iterator[tuple[Text, str]]:
    page, message, attachment = rows[0]["page"], rows[0]["message_id"], rows[0]["attachment_id"]
    sent = next(row for row in tables["messages"] if row["id"] == message)
    block, words = message, sent["text"]
    if attachment:
        block = f"{attachment}/{page}"
        words = next(row["text"] for row in tables["pages"] if row["id"] == block)
    mentions = [
        Mention(
            id=row["id"],
            start=row["start"],
            relied_on=bool(row["relied_on"]),
            statute=row["role"] == "statute_quotation",
        )
        for row in rows
    ]
    for one in reasons(words, mentions):
        yield (
            Text(
                id=f"{block}/paragraph/{one.number}",
                request_id=request["id"],
                authority_id=request["authority_id"],
                message_id=message,
                attachment_id=attachment,
                page=page,
                start=one.start,
                end=one.end,
                day=_day(sent["sent_at"]),
                citation_id=one.mention,
            ),
            words[one.start : one.end],
        )
