"""What was erased, in sentences."""

from collections.abc import Mapping

from scraper.counts import count_of
from scraper.removals.erase import HELD, HELD_PARTS

_NOUNS = {
    "requests_erased": ("request", "requests"),
    "messages_erased": ("message", "messages"),
    "files_erased": ("file", "files"),
    "comments_erased": ("annotation", "annotations"),
    "bodies_erased": ("stored body", "stored bodies"),
    "strays_erased": ("file without a row", "files without a row"),
}


def erased_words(counts: Mapping[str, int], *, why: str = "as the source no longer shows it") -> list[str]:
    """A line on what was erased, and one on what is doubted; none where nothing was."""
    done = [(counts.get(key, 0), one, many) for key, (one, many) in _NOUNS.items()]
    parts = [count_of(number, one, many) for number, one, many in done if number]
    lines = [f"Erased, {why}: {', '.join(parts)}."] if parts else []
    if counts.get(HELD):
        gone = count_of(counts[HELD], "request was", "requests were")
        lines.append(
            f"{gone} gone at once, which may be an outage: that is not published, and erased only when it has lasted "
            "for days. Look at the site."
        )
    if counts.get(HELD_PARTS):
        lacked = count_of(counts[HELD_PARTS], "request")
        lines.append(
            f"{lacked} lacked messages, files or annotations at once, which may be a change of "
            "the site's pages: these are not published, and nothing of them is erased. Look at the site."
        )
    return lines
