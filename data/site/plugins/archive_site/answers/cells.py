"""Cells of tables and of query results: ids become links to the sentence, the thread or the table they stand for."""

import re
from collections.abc import Callable, Iterable
from typing import Any, Protocol

from markupsafe import Markup

from archive_site.about.runs_page import all_counted
from archive_site.links import BLOCK_ID, CITATION_ID, Links, web
from archive_site.texts.marks import safe
from archive_site.wording import labels

PROVISION = re.compile(r"[A-Z][A-Z0-9]{1,9} \d[\w()]{0,30}")

_CODE = re.compile(r"[a-z]{1,30}(?:_[a-z0-9]{1,30}){1,8}")
"""One of our own words, such as central_government, which may be parted at its lines where a column is narrow."""
IN_THE_LETTER = "read it in the letter"


class Row(Protocol):
    """A row as Datasette hands it over: read by column; a column that is not there is an error."""

    def __getitem__(self, column: str) -> Any:
        """The value of a column."""

    def keys(self) -> Iterable[str]:
        """The columns."""


def cell(value: Any, *, column: str, table: str | None, row: Row, links: Links) -> Markup | None:
    """A cell as HTML, or None where Datasette's own way of showing it will do; answers hold thousands of them."""
    if isinstance(value, bytes):
        return None
    if isinstance(value, dict):
        return _labelled(value, column, table, links)
    if isinstance(value, str):
        return _text(value, column, row, links)
    return _number(value, column, table, row, links)


_SENTENCE, _ONE_WORD = Markup(' class="key wraps"'), Markup(' class="key"')


def _link(address: str, words: str, *, key: bool = False) -> Markup:
    kind = (_SENTENCE if words == IN_THE_LETTER else _ONE_WORD) if key else ""
    return Markup('<a{} href="{}">{}</a>').format(kind, address, safe(words))


def _labelled(value: dict[str, Any], column: str, table: str | None, links: Links) -> Markup | None:
    """A foreign key with the label of its row: to the page of what it names where there is one, else to the row."""
    number, label = value.get("value"), str(value.get("label") or value.get("value"))
    if table is not None and isinstance(number, int) and column in {"request_id", "authority_id"}:
        return _link(links.request(number) if column == "request_id" else links.authority_of(number), label)
    if column in {"attachment_id", "message_id"} and isinstance(number, str):
        return _link(links.place(number), label)
    if column == "provision_id" and isinstance(number, str):
        return _law(number, links)
    if column == "family_id" and isinstance(number, str):
        return _link(links.family(number), label)
    return None


def _text(value: str, column: str, row: Row, links: Links) -> Markup | None:
    if value.startswith(_KEYS) and column != "id":
        return _key(value, column, links)
    if column in _BY_NAME:
        return _BY_NAME[column](value, row, links)
    if value.startswith(_WEB) and web(value) and not any(character.isspace() for character in value):
        words = "source" if column in {"source_page", "url", "request_url"} else _short(value)
        return Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(value, safe(words))
    return parted(value) if _CODE.fullmatch(value) else None


def parted(words: str) -> Markup:
    """The words, which where they are a code of ours may be parted at its lines."""
    return Markup("_<wbr>").join(words.split("_")) if _CODE.fullmatch(words) else safe(words)


def _key(value: str, column: str, links: Links) -> Markup | None:
    if CITATION_ID.fullmatch(value):
        return _link(links.citation(value), IN_THE_LETTER, key=True)
    if BLOCK_ID.fullmatch(value):
        return _link(links.place(value), IN_THE_LETTER if column == "example" else value, key=True)
    return None


def _beside(row: Row, column: str) -> Any:
    return row[column] if column in row.keys() else None  # noqa: SIM118 - rows of SQLite iterate over values


def _sentence(value: str, row: Row, _: Links) -> Markup:
    """Words in full, where other cells are cut; of words with others around them, the quoted ones are marked."""
    quote = _beside(row, "quote")
    words = " ".join(quote.split()) if isinstance(quote, str) else ""
    before, found, after = value.partition(words) if words else (value, "", "")
    if not (before or after):
        return safe(found)
    return safe(before) + Markup('<mark class="cite relied">{}</mark>').format(safe(found)) + safe(after)


def _provision(value: str, row: Row, links: Links) -> Markup | None:
    """The sentences behind a figure: the query for its provision, narrowed to the row's year and authority."""
    if not PROVISION.fullmatch(value):
        regime = _beside(row, "regime")
        return _link(links.provision(regime, value), value) if regime in labels.LAWS else None
    narrowed = {key: found for key in ("year", "authority") if not str(found := _beside(row, key)).startswith("all ")}
    # Of the environmental regulations each exception is counted by itself, so that its parts are not behind its figure.
    exactly = "yes" if value.startswith(("EIR ", "EISR ")) else None
    address = links.query("relying-on", provision=value, exactly=exactly, **narrowed)
    return _link(address, labels.provision(*value.split(" ", 1)), key=True)


def _role(value: str, _: Row, __: Links) -> Markup:
    return safe(labels.words(value, labels.ROLES))


def _counts(value: str, _: Row, __: Links) -> Markup | None:
    """What a run counted, kept as JSON; a query may call anything else so."""
    return safe(all_counted(value)) or None


def _family(value: str, _: Row, links: Links) -> Markup:
    return _link(links.family(value), value)


def _law_row(value: str, _: Row, links: Links) -> Markup:
    return _law(value, links)


def _law(value: str, links: Links) -> Markup:
    """The key of a row of the law table: ``FOIA 40(2)``, with its first day behind an @ where there are several."""
    regime, _, provision = value.partition(" @")[0].partition(" ")
    return _link(links.provision(regime, provision), value)


def _title(value: str, row: Row, links: Links) -> Markup | None:
    """The title of a request beside its number leads to its thread."""
    number = _beside(row, "id" if _beside(row, "slug") else "request_id")
    return _link(links.request(number), value) if isinstance(number, int) else None


def _authority(value: str, row: Row, links: Links) -> Markup | None:
    number = _beside(row, "authority_id")
    if isinstance(number, dict):  # with the label of its row
        number = number.get("value")
    return _link(links.authority_of(number), value) if isinstance(number, int) else None


def _number(value: Any, column: str, table: str | None, row: Row, links: Links) -> Markup | None:
    if not isinstance(value, int):
        return None
    if column == "request_id":
        return _link(links.request(value), str(value))
    if column == "authority_id":
        return _link(links.authority_of(value), str(value))
    if table is not None:
        return None
    authority = _beside(row, "authority_id")
    if column in {"late", "answered"} and value and isinstance(authority, int):
        filters: dict[str, str | int] = {"authority_id": authority}
        filters |= {"year": year} if str(year := _beside(row, "year")).isdecimal() else {}
        filters |= {"late": 1} if column == "late" else {"answered_on__notblank": 1}
        return _link(links.table("requests", **filters), labels.number(value))
    return None


def _short(address: str, *, most: int = 36) -> str:
    shown = re.sub(r"^https?://", "", address)
    return shown if len(shown) <= most else shown[: most - 1] + "…"


_KEYS = ("incoming-", "outgoing-", "attachment-")
_WEB = ("http://", "https://")
_BY_NAME: dict[str, Callable[[str, Row, Links], Markup | None]] = {
    "authority": _authority,
    "counts": _counts,
    "family_id": _family,
    "provision": _provision,
    "provision_id": _law_row,
    "request": _title,
    "request_title": _title,
    "role": _role,
    "sentence": _sentence,
    "title": _title,
}
