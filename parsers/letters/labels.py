"""Which law a citation is of, as the words beside its number say: ``40(2) - Personal information``."""

import re

from parsers.law.table import lookup
from parsers.letters.mentions import Mention


def by_label(mention: Mention, regimes: list[str]) -> str | None:
    """The one regime whose heading of the section shares a telling word with the label."""
    words = {word for word in re.findall(r"[a-z]{5,}", mention.label) if word not in _COMMON}
    if not words:
        return None
    fitting = [regime for regime in regimes if words & _title_words(regime, mention.items[0].number)]
    return fitting[0] if len(fitting) == 1 else None


_COMMON = frozenset(
    {"information", "exemption", "exempt", "prejudice", "relating", "under", "public", "which", "freedom"}
)


def _title_words(regime: str, number: str) -> frozenset[str]:
    row = lookup(regime, number)
    return frozenset(re.findall(r"[a-z]{5,}", row.short_title.lower()) if row else ()) - _COMMON
