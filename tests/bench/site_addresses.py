"""The addresses that each kind of page is measured at: the hugest, the middling and the rare of what is there.

A kind's addresses are drawn the same way from every database, so that figures of one size are beside those of another.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from tests.bench.site_questions import IN_SQL, queries, searches
from tests.bench.site_tables import rows, tables

PAGE, SEARCH = 150.0, 300.0
"""Milliseconds within which 95 of 100 answers of a kind are to be there."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of page."""

    name: str
    addresses: tuple[str, ...]
    limit: float | None = PAGE
    """None for what is neither a page nor a question of the site's own: its time limit of five seconds holds it."""
    is_search: bool = False


def kinds(public: Path) -> Iterator[Kind]:
    """Every kind of page, each with the addresses to ask for."""
    connection = sqlite3.connect(f"{public.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        sample = drawn(connection)
        for name, addresses in _pages(connection, sample).items():
            yield Kind(name=name, addresses=tuple(dict.fromkeys(addresses)))
        for name, addresses in (tables(connection) | rows(connection, sample.requests)).items():
            yield Kind(name=name, addresses=tuple(dict.fromkeys(addresses)))
        for name, addresses in queries(sample.names, sample.years, sample.grounds).items():
            limit = None if name == IN_SQL else PAGE
            yield Kind(name=name, addresses=tuple(dict.fromkeys(addresses)), limit=limit)
        for name, addresses in searches(sample.names, sample.years, sample.grounds).items():
            yield Kind(name=name, addresses=tuple(dict.fromkeys(addresses)), limit=SEARCH, is_search=True)
    finally:
        connection.close()


@dataclass(frozen=True, kw_only=True)
class Sample:
    """What the addresses are about."""

    authorities: tuple[str, ...]
    """Names in addresses: the three with the most requests, three in the middle, three with few, one with none."""
    names: tuple[str, ...]
    """The names of the first, of one in the middle and of one with few."""
    requests: tuple[int, ...]
    """The longest threads, those with the most pages, and six spread over all."""
    years: tuple[str, ...]
    grounds: tuple[str, ...]
    """Law and provision: much used, less used, and one that was used once."""
    families: tuple[str, ...]


def drawn(connection: sqlite3.Connection) -> Sample:
    """The sample of a database."""
    found = connection.execute("SELECT url_name, name, request_count FROM authorities ORDER BY request_count DESC, id")
    bodies = found.fetchall()
    asked = [one for one in bodies if one[2]]
    middle, few = len(asked) // 2, len(asked) - 3
    chosen = [*asked[:3], *asked[middle : middle + 3], *asked[few:], *bodies[len(asked) : len(asked) + 1]]
    used = connection.execute("SELECT regime || ' ' || provision FROM provision_use ORDER BY requests LIMIT 1")
    return Sample(
        authorities=tuple(one[0] for one in chosen),
        names=(asked[0][1], asked[middle][1], asked[-1][1]),
        requests=tuple(_requests(connection)),
        years=("2016", "2024"),
        grounds=(
            "FOIA 40(2)",
            "FOIA 40",
            "FOIA 12",
            "FOIA 14(1)",
            "FOIA 36(2)(b)(i)",
            "EIR 12(5)(e)",
            *used.fetchone(),
        ),
        families=tuple(_families(connection)),
    )


def _requests(connection: sqlite3.Connection) -> Iterator[int]:
    for table in ("messages", "pages"):
        most = f"SELECT request_id FROM {table} GROUP BY request_id ORDER BY count(*) DESC LIMIT 3"  # noqa: S608 - ours
        yield from (one for (one,) in connection.execute(most))
    (last,) = connection.execute("SELECT max(id) FROM requests").fetchone()
    for part in range(1, 7):
        yield connection.execute("SELECT id FROM requests WHERE id >= ? LIMIT 1", [last * part // 7]).fetchone()[0]


def _families(connection: sqlite3.Connection) -> Iterator[str]:
    for kind in ("round_robin", "template"):
        listed = "SELECT id FROM families WHERE kind = ? ORDER BY size DESC"
        found = [one for (one,) in connection.execute(listed, [kind])]
        yield from [found[0], found[len(found) // 2], found[-1]] if found else []


def _pages(connection: sqlite3.Connection, sample: Sample) -> dict[str, list[str]]:
    huge, middling = quote(sample.authorities[0]), quote(sample.authorities[3])
    provisions = ["/provision/" + "/".join(quote(part, safe="()") for part in one.split(" ")) for one in sample.grounds]
    message, page, citation = _inside(connection, sample.requests[0])
    narrow = [
        {"authority": sample.authorities[0]},
        {"year": "2024"},
        {"authority": sample.authorities[3]},
        {"page": "9"},
    ]
    return {
        "home": ["/"],
        "search without words": ["/search"],
        "list of authorities": [
            *("/authorities", "/authorities?q=council", "/authorities?letter=L", "/authorities?sector=health&page=3"),
            *("/authorities?q=nothing+is+called+this", "/authorities?nation=scotland", "/authorities?tag=scotland"),
        ],
        "authority": [f"/authority/{quote(one)}" for one in sample.authorities],
        "authority, one year or a later page": [
            f"/authority/{name}?{chosen}" for name in (huge, middling) for chosen in ("year=2024", "page=3", "page=40")
        ],
        "list of provisions": ["/provisions", "/provisions?law=EIR", "/provisions?law=FOISA&every=yes"],
        "provision": provisions,
        "provision, narrowed": [f"{one}?{urlencode(given)}" for one in provisions[:3] for given in narrow],
        "request": [f"/request/{one}" for one in sample.requests],
        "request, one message or page": [
            f"/request/{sample.requests[0]}/{one}" for one in (message, page) if one
        ],
        "citation and place": [f"/citation/{citation}", f"/place/{message}"],
        "list of families": ["/families", "/families?kind=round_robin", "/families?kind=template&page=2"],
        "family": [f"/family/{quote(one)}{page}" for one in sample.families for page in ("", "?page=2")],
        "how to cite": [
            *(f"/cite/request/{one}" for one in sample.requests[:4]),
            *(f"/cite/citation/{citation}", "/cite/public/most-relied-on", f"/cite/authority/{huge}"),
            *("/cite/provision/FOIA/40", f"/cite/request/{sample.requests[0]}?_as=csl", "/cite/public/requests"),
        ],
        "runs": ["/runs"],
        "coverage": ["/public/coverage", "/public/coverage?_sort_desc=known"],
        "method": ["/method"],
        "dictionary": ["/dictionary"],
        "health": ["/-/health"],
        "not there": ["/request/999999999", "/authority/nothing_of_that_name", "/public/nothing", "/provision/FOIA/99"],
    }  # fmt: skip


def _inside(connection: sqlite3.Connection, request: int) -> tuple[str, str | None, str]:
    """A message and a page of the request, and a citation of the archive."""
    shown = "SELECT id FROM messages WHERE request_id = ? ORDER BY length(text) DESC LIMIT 1"
    (message,) = connection.execute(shown, [request]).fetchone()
    page = connection.execute("SELECT id FROM pages WHERE request_id = ? AND text <> '' LIMIT 1", [request]).fetchone()
    (citation,) = connection.execute("SELECT citation_id FROM provision_replies LIMIT 1").fetchone()
    return message, page and page[0], citation
