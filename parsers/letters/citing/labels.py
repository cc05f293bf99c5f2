"""Which law a citation is of, as the words beside its number say: ``40(2) - Personal information``."""

import functools
import re

from parsers.law.table import lookup
from parsers.letters.citing.mentions import Mention


def in_title(mention: Mention, regime: str) -> bool:
    """Whether the label shares a telling word with the title of the section in a regime."""
    return bool(_words(mention.label) & _title_words(regime, mention.items[0].number))


def by_label(mention: Mention, regimes: list[str]) -> str | None:
    """The one regime whose heading of the section that is labelled, the last of a list, shares a telling word."""
    words = _words(mention.label)
    if not words:
        return None
    labelled = next(item.number for item in reversed(mention.items) if item.number)
    fitting = [regime for regime in regimes if words & _title_words(regime, labelled)]
    return fitting[0] if len(fitting) == 1 else None


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]{5,}", text)) - _COMMON


_COMMON = frozenset(
    {"information", "exemption", "exempt", "prejudice", "relating", "under", "public", "which", "freedom"}
)


@functools.lru_cache(maxsize=512)
def _title_words(regime: str, number: str) -> frozenset[str]:
    row = lookup(regime, number)
    return _words(row.short_title.lower()) if row else frozenset()
