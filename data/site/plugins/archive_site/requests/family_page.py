"""``/families`` and ``/family/ID``: the same request to many authorities, and the same words in many refusals."""

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from datasette import Response

from archive_site.links import Links
from archive_site.requests.request_page import missing
from archive_site.store import Row, row, rows

A_PAGE = 50
LISTED, EACH = 50, 12
"""Families on a page of one kind, and of each kind where both are shown."""
TEXT = 1_800
"""Characters of the text that a family is about."""
QUOTE = 260
KINDS = ("round_robin", "template")
LIKENESS = {"round_robin": (0.7, 0.6), "template": (0.5, 0.4)}
"""How like another member and how like the one shown each member is at least, as ``parsers.families`` has it."""

FAMILY = "SELECT * FROM families WHERE id = :family"
TEXT_OF = """
SELECT m.id, m.request_id, m.message_id, m.attachment_id, m.page, m.start, m."end", m.citation_id, a.name AS authority,
  m.day, substr(CASE WHEN m.attachment_id IS NULL THEN s.text ELSE p.text END, m.start + 1,
    min(m."end" - m.start, :most)) AS words
FROM family_members AS m JOIN authorities AS a ON a.id = m.authority_id JOIN messages AS s ON s.id = m.message_id
LEFT JOIN pages AS p ON p.attachment_id = m.attachment_id AND p.number = m.page
WHERE m.id = :member"""
ANSWERS = """
SELECT m.request_id, m.message_id, m.day, m.likeness, a.name AS authority, a.url_name, r.title, r.outcome,
  r.outcome_reading, r.outcome_message, r.display_status, r.answered_on, r.working_days_taken, r.late, r.letters_read,
  substr(o.outcome_quote, 1, :quote + 1) AS quote, s.url
FROM family_members AS m JOIN requests AS r ON r.id = m.request_id JOIN authorities AS a ON a.id = m.authority_id
JOIN messages AS s ON s.id = m.message_id LEFT JOIN readings AS o ON o.source = r.outcome_reading
WHERE m.family_id = :family ORDER BY a.name, m.day, m.id LIMIT :most OFFSET :skip"""
GROUNDS = """
SELECT c.request_id, c.id, c.counted_regime AS regime, c.counted_provision AS provision, c.role,
  substr(c.quote, 1, :quote + 1) AS quote
FROM json_each(:requests) AS e JOIN citations AS u ON u.request_id = e.value AND u.counted = 1
JOIN citations AS c ON c.id = (
  SELECT k.id FROM citations AS k WHERE k.request_id = u.request_id AND k.relied_on = 1
    AND k.counted_regime = u.counted_regime AND k.counted_provision = u.counted_provision
  ORDER BY k.role_rule = 'heading_in_a_refusal', k.counted DESC, k.id LIMIT 1)
ORDER BY c.request_id, c.counted_regime, c.counted_provision"""
OUTCOMES = """
SELECT r.outcome, count(*) AS requests FROM family_members AS m JOIN requests AS r ON r.id = m.request_id
WHERE m.family_id = :family GROUP BY r.outcome ORDER BY r.outcome IS NULL, requests DESC, r.outcome"""
TIMES = """
SELECT count(*) AS requests, count(r.working_days_taken) AS timed, min(r.working_days_taken) AS quickest,
  max(r.working_days_taken) AS slowest, sum(r.late) AS late, count(r.late) AS known
FROM family_members AS m JOIN requests AS r ON r.id = m.request_id WHERE m.family_id = :family"""
USES = """
SELECT m.request_id, m.message_id, m.attachment_id, m.page, m.day, m.likeness, m.citation_id, a.name AS authority,
  a.url_name, r.title, c.counted_regime AS regime, c.counted_provision AS provision, s.url
FROM (
  SELECT id FROM family_members WHERE family_id = :family ORDER BY day, id LIMIT :most OFFSET :skip
) AS k CROSS JOIN family_members AS m ON m.id = k.id
JOIN requests AS r ON r.id = m.request_id JOIN authorities AS a ON a.id = m.authority_id
JOIN messages AS s ON s.id = m.message_id LEFT JOIN citations AS c ON c.id = m.citation_id ORDER BY m.day, m.id"""
GROUNDS_OF_ALL = """
SELECT g.regime, g.provision, p.short_title, g.requests
FROM family_grounds AS g LEFT JOIN provisions AS p ON p.id = g.provision_id
WHERE g.family_id = :family ORDER BY g.requests DESC, g.regime, g.provision LIMIT 12"""
USERS = """
SELECT a.name AS authority, a.url_name, u.uses, u.first_day, u.last_day
FROM family_users AS u JOIN authorities AS a ON a.id = u.authority_id WHERE u.family_id = :family ORDER BY u.place"""
LIST = """
SELECT id, kind, size, authorities, requests, first_day, last_day, title, batches FROM families WHERE kind = :kind
ORDER BY authorities DESC, size DESC, id LIMIT :most OFFSET :skip"""
HOW_MANY = """
SELECT kind, count(*) AS families, sum(size) AS members, max(authorities) AS most FROM families GROUP BY kind"""


@dataclass(frozen=True, kw_only=True)
class Page:
    """Which part of a long list is shown."""

    number: int
    count: int
    size: int

    @property
    def skip(self) -> int:
        """How many rows come before it."""
        return (self.number - 1) * self.size


def page_of(asked: str | None, total: int, size: int) -> Page:
    """The page asked for, kept within those that there are."""
    count = max(1, -(-total // size))
    number = int(asked) if asked and asked.isascii() and asked.isdecimal() and len(asked) < 9 else 1
    return Page(number=min(max(1, number), count), count=count, size=size)


async def families_view(request: Any, datasette: Any) -> Response:
    """``/families``, and with ``?kind=`` all of one kind, the largest first."""
    counts = {one["kind"]: one for one in await rows(datasette, HOW_MANY)}
    kind = request.args.get("kind")
    kind = kind if kind in KINDS else None
    total = counts[kind]["families"] if kind in counts else 0
    page = page_of(request.args.get("page"), total, LISTED)
    lists = {}
    for one in [kind] if kind else KINDS:
        most, skip = (LISTED, page.skip) if kind else (EACH, 0)
        lists[one] = await rows(datasette, LIST, kind=one, most=most, skip=skip)
    sources = {one: Links(datasette=datasette).sources(LIST, kind=one, most=1_000, skip=0) for one in lists}
    context = {"counts": counts, "kind": kind, "lists": lists, "page": page, "sources": sources}
    return await _html(request, datasette, "families.html", context)


async def family_view(request: Any, datasette: Any) -> Response:
    """``/family/ID``."""
    family = await row(datasette, FAMILY, family=request.url_vars["id"])
    if family is None:
        return await missing(request, datasette, subject=None)
    page = page_of(request.args.get("page"), family["size"], A_PAGE)
    told = await (_answers if family["kind"] == "round_robin" else _uses)(datasette, family, page)
    text = await row(datasette, TEXT_OF, member=family["representative"], most=TEXT)
    place = f"{text['attachment_id']}/{text['page']}" if text and text["attachment_id"] else text and text["message_id"]
    context = {"family": family, "text": text, "place": place, "page": page, **told}
    context["alike"], context["kept"] = LIKENESS[family["kind"]]
    return await _html(request, datasette, "family.html", context)


async def _answers(datasette: Any, family: Row, page: Page) -> Row:
    """A round robin: what each authority answered."""
    key = family["id"]
    found = await rows(datasette, ANSWERS, family=key, most=A_PAGE, skip=page.skip, quote=QUOTE)
    requests = json.dumps([one["request_id"] for one in found])
    grounds: dict[int, list[Row]] = defaultdict(list)
    for ground in await rows(datasette, GROUNDS, requests=requests, quote=QUOTE):
        grounds[ground["request_id"]].append(ground)
    return {
        "members": [_member(one, grounds[one["request_id"]]) for one in found],
        "outcomes": await rows(datasette, OUTCOMES, family=key),
        "times": await row(datasette, TIMES, family=key),
        "grounds": await rows(datasette, GROUNDS_OF_ALL, family=key),
        "sources": Links(datasette=datasette).sources(ANSWERS, family=key, most=2_000, skip=0, quote=QUOTE),
    }


def _member(answer: Row, grounds: list[Row]) -> Row:
    """An answer with its grounds, and what it says of one of them; of an answer with none, what it says was done."""
    said = max((ground["quote"] for ground in grounds), key=len, default=answer["quote"])
    return {**answer, "quote": shortened(said), "grounds": grounds}


async def _uses(datasette: Any, family: Row, page: Page) -> Row:
    """A template: who used it, when, on what ground."""
    key = family["id"]
    return {
        "members": await rows(datasette, USES, family=key, most=A_PAGE, skip=page.skip),
        "grounds": await rows(datasette, GROUNDS_OF_ALL, family=key),
        "users": await rows(datasette, USERS, family=key),
        "sources": Links(datasette=datasette).sources(USES, family=key, most=2_000, skip=0),
    }


def shortened(text: str | None, most: int = QUOTE) -> str:
    """Words on one line, cut at a word where they are too many."""
    words = " ".join((text or "").split())
    return words if len(words) <= most else f"{words[:most].rpartition(' ')[0] or words[:most]} …"


async def _html(request: Any, datasette: Any, template: str, context: Row) -> Response:
    body = await datasette.render_template(template, dict(context), request=request, view_name="archive")
    return Response.html(body)


ROUTES = [(r"^/families$", families_view), (r"^/family/(?P<id>[\w.-]{1,120})$", family_view)]
