"""What a reader who typed the name of an authority or of a provision is perhaps looking for."""

import re
from typing import Any

from archive_site.store import Row, rows

_PROVISION = re.compile(
    r"(?P<law>FOIA|FOISA|EIR|EISR)?\s{0,3}(?P<sign>sections?|regulations?|regs?|s)?\.?\s{0,3}"
    r"(?P<number>\d{1,2}[A-Z]?(?:\(\w{1,4}\)){0,4})",
    re.IGNORECASE,
)
_ACTS, _REGULATIONS = ("FOIA", "FOISA"), ("EIR", "EISR")

AUTHORITIES = """
SELECT id, name, request_count FROM authorities
WHERE request_count > 0 AND (instr(lower(name), lower(:asked)) OR lower(short_name) = lower(:asked))
ORDER BY request_count DESC, name LIMIT 5"""
PROVISIONS = """
SELECT regime, provision, short_title FROM provisions
WHERE regime = :regime AND provision = :provision COLLATE NOCASE AND refusal_ground = 'yes'
ORDER BY in_force_from DESC LIMIT 1"""


async def authorities(datasette: Any, asked: str) -> list[Row]:
    """Authorities whose name holds what was typed; none for fewer than three letters."""
    words = asked.strip().strip('"“”')
    return await rows(datasette, AUTHORITIES, asked=words) if len(words) > 2 else []


async def provisions(datasette: Any, asked: str) -> list[Row]:
    """The grounds for refusing that were perhaps meant by ``section 40(2)``, ``s.12``, ``EIR 12(5)(e)``."""
    found = []
    for regime, provision in named(asked):
        found += await rows(datasette, PROVISIONS, regime=regime, provision=provision)
    return found


def named(asked: str, *, bare: bool = False) -> list[tuple[str, str]]:
    """The provisions that the words may name: a section may be of either Act, a regulation of either set.

    With ``bare`` a number alone, ``40(2)``, is taken for a section.
    """
    match = _PROVISION.fullmatch(asked.strip().strip('"“”'))
    if match is None or not (match["law"] or match["sign"] or bare):
        return []
    if match["law"]:
        return [(match["law"].upper(), match["number"])]
    laws = _REGULATIONS if (match["sign"] or "s").lower().startswith("r") else _ACTS
    return [(law, match["number"]) for law in laws]
