"""What a row of any answer becomes in a feed: which columns name it, date it and lead to its page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from archive_site.answers import feeds
from archive_site.answers.cells import PROVISION
from archive_site.answers.tables import heading
from archive_site.links import CITATION_ID, Links, web

Values = Mapping[str, Any]

NOT_HAPPENED = ("due_", "first_due_", "due", "until", "last_checked_", "first_checked_", "last_seen_", "in_force_")
"""Days of these names say when something should be, or when somebody looked: not what is new in a row."""
KEYS = frozenset({"year", "quarter", "id", "key"})
CITATIONS = ("citation", "citation_id", "first_citation")
NAMES = ("authority", "government body", "sector", "nation", "provision", "grounds", "parts_of_36", "request",
         "request_title", "title", "about", "name", "outcome", "label", "year", "quarter")  # fmt: skip
EXAMPLES = frozenset({"request", "request_title"})
"""In a row of figures the request is one of those that were counted."""
UNSAID = frozenset({"all years", "all sectors"})
HELPERS = frozenset({"id", "example", "citation", "citation_id", "first_citation", "request_id", "authority_id",
                     "family_id", "source_page", "url", "source_url"})  # fmt: skip
LONGEST_VALUE = 600
THINGS = {"requests": "request", "citations": "citation", "messages": "place", "attachments": "place", "pages": "place",
          "families": "family"}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The answer whose rows are told of."""

    address: str
    """Its page, from the site's root, with the parameters that make it another answer."""
    whole: Callable[[str], str]
    """An address with its host."""
    lasting: bool
    """Whether that host is one that the operator named."""
    source: str
    """The site that the archive is of: it tells ids from those of another archive where no host is a lasting one."""
    built_at: str
    links: Links
    table: str | None = None
    keys: Sequence[str] = ()
    """The key of ``table``."""


def entry(row: Values, asked: Asked) -> feeds.Entry:
    """The entry of one row."""
    values = {name: plain(value) for name, value in row.items()}
    labels = {name: value["label"] for name, value in row.items() if isinstance(value, dict)}
    own = thing(values, asked)
    return feeds.Entry(
        id=identity(own or f"{asked.address}#{figure_key(values)}", asked),
        title=title({**values, **labels}, counted=own is None),
        updated=happened(values, asked.built_at),
        link=asked.whole(own or page(values, asked) or asked.address),
        summary=summary({**values, **labels}),
        is_figure=own is None,
        source=next(
            (found for name in ("source_page", "url", "request_url") if (found := web(values.get(name)))), None
        ),
    )


def entries(columns: Sequence[str], found: Sequence[Any], asked: Asked) -> tuple[feeds.Entry, ...]:
    """The entries of the newest rows of an answer, as many as a feed has; where two of them have one page, the later
    bears in its id what tells them apart."""
    made: list[feeds.Entry] = []
    taken: set[str] = set()
    for row in _newest(columns, found, asked.built_at):
        values = dict(zip(columns, tuple(row), strict=True))
        one = entry(values, asked)
        if one.id in taken:
            told = feeds.digest(plain(value) for value in values.values())
            one = replace(one, id=identity(f"{thing(values, asked) or asked.address}#{told}", asked))
        taken.add(one.id)
        made.append(one)
    return tuple(made)


def _newest(columns: Sequence[str], found: Sequence[Any], built_at: str) -> list[Any]:
    """In the order of the answer; to make entries of all its rows and throw most away would take ten times as long."""
    if len(found) <= feeds.MOST:
        return list(found)
    dated = [(place, name) for place, name in enumerate(columns) if is_day(name) or name == "year"]
    days = [happened({name: plain(row[place]) for place, name in dated}, built_at) for row in found]
    places = sorted(range(len(found)), key=days.__getitem__, reverse=True)[: feeds.MOST]
    return [found[place] for place in sorted(places)]


def identity(address: str, asked: Asked) -> str:
    """The id of what stands at an address of this site, which is the same whatever host the site was asked by."""
    return asked.whole(address) if asked.lasting else feeds.named(asked.source + address)


def plain(value: Any) -> Any:
    """The value of a cell, which with labels on is an object that holds it."""
    return value.get("value") if isinstance(value, dict) else value


def thing(values: Values, asked: Asked) -> str | None:
    """The lasting page of what the row is of: a sentence, a request, a row of a table; None for a row of figures."""
    links = asked.links
    if asked.table is not None and asked.keys:
        return _row(values, asked)
    for name in CITATIONS:
        if isinstance(found := values.get(name), str) and CITATION_ID.fullmatch(found):
            return links.citation(found)
    number = values.get("request_id")
    return links.request(number) if isinstance(number, int) and "requests" not in values else None


def _row(values: Values, asked: Asked) -> str:
    links, key = asked.links, [str(values.get(name)) for name in asked.keys]
    kind, table = THINGS.get(asked.table or ""), asked.table or ""
    if kind == "request":
        return links.request(int(key[0]))
    if kind:
        return {"citation": links.citation, "place": links.place, "family": links.family}[kind](key[0])
    return links.authority_of(int(key[0])) if table == "authorities" else links.row(table, *key)


def page(values: Values, asked: Asked) -> str | None:
    """Where a row of figures leads: to its provision, its authority or its family; None where it has none of them."""
    links, provision, authority = asked.links, values.get("provision"), values.get("authority_id")
    if isinstance(provision, str) and PROVISION.fullmatch(provision):
        return links.provision(*provision.split(" ", 1))
    if isinstance(authority, int):
        return links.authority_of(authority)
    family = values.get("family_id")
    return links.family(family) if isinstance(family, str) else None


def happened(values: Values, built_at: str) -> str:
    """The latest day or time of the row that is past; of a row of figures the end of its year, so that it stays in its
    place from one building to the next, and the time of building where its year is not over or it has none."""
    latest = feeds.moment(built_at) or "1970-01-01T00:00:00Z"
    days = {name: feeds.moment(value) for name, value in values.items() if is_day(name)}
    for names in ([name for name in days if not name.startswith(NOT_HAPPENED)], list(days)):
        if past := [day for name in names if (day := days[name]) and day <= latest]:
            return max(past)
    end = feeds.moment(f"{values.get('year')}-12-31")
    return end if end and end <= latest else latest


def is_day(name: str) -> bool:
    """Whether a column of this name holds days or times."""
    return name.endswith(("_on", "_at")) or name in {"day", "until", "last_day", "letter_date"}


def figure_key(values: Values) -> str:
    """A name for a row of figures: by its key, or by what it is of, and its first count, so that a new count is new."""
    if isinstance(values.get("id"), str | int):
        told = [values["id"]]
    else:
        told = [value for name, value in values.items() if name.lower() in KEYS or _names(name, value)]
    return feeds.digest([*told, count_of(values)[1]])


def _names(name: str, value: Any) -> bool:
    told = name not in HELPERS and name not in {"title", "about", "quote", "sentence", "request", "period"}
    return told and (value is None or isinstance(value, str))


def count_of(values: Values) -> tuple[str, Any]:
    """The count that the row is about: ``requests``, or the first number that is no key."""
    numbers = {
        name: value
        for name, value in values.items()
        if isinstance(value, int | float) and name.lower() not in KEYS and not name.endswith("_id")
    }
    if "requests" in numbers:
        return "requests", numbers["requests"]
    return next(iter(numbers.items()), ("", None))


def title(values: Values, *, counted: bool = False) -> str:
    """What the row is of, in a line; for a row of figures with its first count."""
    names = {name.lower(): name for name in values}
    told = [values[names[name]] for name in NAMES if name in names and not (counted and name in EXAMPLES)]
    parts = [str(value) for value in told if value not in (None, "") and value not in UNSAID]
    if not parts:
        parts = [str(value) for value in values.values() if isinstance(value, str)][:2]
    name, count = count_of(values) if counted else ("", None)
    return " · ".join(part[:120] for part in parts) + (f" – {heading(name)}: {count:,}" if name else "")


def summary(values: Values) -> str:
    """The row as lines of ``column: value``, without what is there for links alone and what is empty."""
    unsaid = HELPERS | ({"quote"} if "sentence" in values else set())
    shown = ((name, value) for name, value in values.items() if name not in unsaid)
    return "\n".join(f"{heading(name)}: {_short(value)}" for name, value in shown if value not in (None, ""))


def _short(value: Any) -> str:
    told = "(binary)" if isinstance(value, bytes) else str(value)
    return told if len(told) <= LONGEST_VALUE else told[:LONGEST_VALUE] + "…"
