"""Names in addresses, as the site makes them (alaveteli.md 1.1)."""

import re
import unicodedata
from collections import Counter

LIMIT = 32


def simplified(name: str) -> str:
    """Lower-case ASCII letters, digits and single underscores."""
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    kept = re.sub(r"[^a-z0-9_]", "", re.sub(r"[\s_-]+", "_", ascii_only))
    return re.sub(r"_+", "_", kept).strip("_")


def slugged(title: str, *, fallback: str = "request") -> str:
    """The same, cut to 32 characters; never empty and never all digits."""
    slug = simplified(title)[:LIMIT].rstrip("_")
    return fallback if not slug or slug.isdigit() else slug


class SlugBook:
    """Hands out slugs: the first holder has no suffix, then ``_2`` and so on."""

    def __init__(self) -> None:
        self._holders: Counter[str] = Counter()
        self._taken: set[str] = set()

    def take(self, title: str) -> str:
        """A slug that nobody has."""
        slug = slugged(title)
        self._holders[slug] += 1
        number = self._holders[slug]
        taken = slug if number == 1 else f"{slug}_{number}"
        while taken in self._taken:
            self._holders[slug] += 1
            taken = f"{slug}_{self._holders[slug]}"
        self._taken.add(taken)
        return taken
