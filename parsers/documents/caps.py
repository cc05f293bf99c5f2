"""How much of one document is read. What lies beyond a cap is said in the document's ``detail``."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Caps:
    """Bounds on the text of one document; the defaults are far beyond any letter."""

    pages: int = 2_000
    page_characters: int = 200_000
    characters: int = 20_000_000


CAPS = Caps()
