"""The lists: every authority, by letter, nation, sector, tag or name; every provision, by law."""

import string
from typing import Any

from datasette import Response

from archive_site.links import Links
from archive_site.store import rows
from archive_site.wording import body_words

PAGE_SIZE = 100
LAST_PAGE = 1000
LETTERS = (*string.ascii_uppercase, "#")
"""``#`` for names that begin with none of them."""
LONGEST = 100

_LETTER = "CASE WHEN upper(substr(a.name, 1, 1)) BETWEEN 'A' AND 'Z' THEN upper(substr(a.name, 1, 1)) ELSE '#' END"
_CHOSEN = """
FROM authorities AS a
WHERE (:q = '' OR instr(lower(a.name), lower(:q)) OR instr(lower(a.short_name), lower(:q)))
  AND (:nation = '' OR a.nation = :nation) AND (:sector = '' OR a.sector = :sector)
  AND (:tag = '' OR EXISTS (SELECT 1 FROM authority_tags AS t WHERE t.authority_id = a.id AND t.name = :tag))"""
AUTHORITIES = f"""
SELECT a.id, a.url_name, a.name, a.short_name, a.nation, a.sector, a.regimes, a.request_count,
  (SELECT v.known FROM coverage AS v WHERE v.authority_id = a.id) AS known{_CHOSEN}
  AND (:letter = '' OR {_LETTER} = :letter)
ORDER BY a.name COLLATE NOCASE, a.id LIMIT :size OFFSET :skip"""  # noqa: S608 - words of this module
INITIALS = f"SELECT {_LETTER} AS letter, count(*) AS authorities {_CHOSEN} GROUP BY 1"
NATIONS = "SELECT nation, count(*) AS authorities FROM authorities GROUP BY nation ORDER BY nation"
SECTORS = "SELECT sector, count(*) AS authorities FROM authorities GROUP BY sector ORDER BY sector"
LAWS = "SELECT regime, count(DISTINCT provision) AS provisions FROM provisions GROUP BY regime"
PROVISIONS = """
SELECT p.provision, p.section, p.short_title, p.kind, p.test, p.refusal_ground, p.rolls_up_to,
  max(coalesce(p.in_force_to, '') = '') AS in_force, u.requests, u.named
FROM provisions AS p
LEFT JOIN (
  SELECT provision, sum(requests) AS requests, sum(named) AS named FROM provision_use
  WHERE regime = :law GROUP BY provision
) AS u ON u.provision = p.provision
WHERE p.regime = :law AND (
  :every = 'yes' OR p.refusal_ground = 'yes' AND (coalesce(p.parent, '') = '' OR u.named > 0 OR u.requests > 0)
)
GROUP BY p.provision ORDER BY min(p.rowid) LIMIT 700"""
MAIN_LAWS = ("FOIA", "EIR", "FOISA", "EISR")


async def authorities_view(request: Any, datasette: Any) -> Response:
    """``/authorities``."""
    chosen = {
        name: (request.args.get(name) or "").strip()[:LONGEST] for name in ("q", "letter", "nation", "sector", "tag")
    }
    chosen["letter"] = chosen["letter"].upper() if chosen["letter"].upper() in LETTERS else ""
    narrowing = {name: value for name, value in chosen.items() if name != "letter"}
    initials = {one["letter"]: one["authorities"] for one in await rows(datasette, INITIALS, **narrowing)}
    total = initials.get(chosen["letter"], 0) if chosen["letter"] else sum(initials.values())
    last = min(max(1, -(-total // PAGE_SIZE)), LAST_PAGE)
    page = min(_whole(request.args.get("page")), last)
    context = {
        **chosen,
        "chosen": chosen,
        "initials": initials,
        "letters": LETTERS,
        "total": total,
        "page_number": page,
        "page_count": last,
        "authorities": await rows(datasette, AUTHORITIES, size=PAGE_SIZE, skip=(page - 1) * PAGE_SIZE, **chosen),
        "nations": await rows(datasette, NATIONS),
        "sectors": await rows(datasette, SECTORS),
        "sources": Links(datasette=datasette).sources(AUTHORITIES, size=2000, skip=0, **chosen),
    }
    body = await datasette.render_template("authorities.html", context, request=request, view_name="archive")
    return Response.html(body)


def _whole(asked: str | None) -> int:
    return max(1, int(asked)) if asked and asked.isascii() and asked.isdecimal() and len(asked) < 8 else 1


async def provisions_view(request: Any, datasette: Any) -> Response:
    """``/provisions``."""
    counts = {one["regime"]: one["provisions"] for one in await rows(datasette, LAWS)}
    laws = [law for law in body_words.FULL_LAWS if law in counts]
    laws += sorted(set(counts).difference(laws))
    asked = (request.args.get("law") or "").upper()
    law = asked if asked in counts else laws[0] if laws else ""
    every = "yes" if request.args.get("every") == "yes" or law not in MAIN_LAWS else ""
    found = await rows(datasette, PROVISIONS, law=law, every=every)
    context = {
        "laws": laws,
        "law": law,
        "every": every,
        "is_main": law in MAIN_LAWS,
        "provisions": [{**one, "level": min(one["provision"].count("("), 5)} for one in found],
        "most": max((one["requests"] or 0 for one in found), default=0),
        "sources": Links(datasette=datasette).sources(PROVISIONS, law=law, every=every),
    }
    body = await datasette.render_template("provisions.html", context, request=request, view_name="archive")
    return Response.html(body)
