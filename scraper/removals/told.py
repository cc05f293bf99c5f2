"""What was erased, in sentences."""

from collections import Counter
from collections.abc import Mapping, Sequence

from scraper.counts import count_of
from scraper.removals.erase import HELD, HELD_PARTS
from scraper.removals.missing import Kind
from scraper.removals.suspects import Suspect

_PARTS: tuple[tuple[Kind, str, str], ...] = (
    ("message", "message", "messages"), ("file", "file", "files"), ("comment", "annotation", "annotations"),
)  # fmt: skip
_NOUNS = {
    "requests_erased": ("request", "requests"),
    "messages_erased": ("message", "messages"),
    "files_erased": ("file", "files"),
    "comments_erased": ("annotation", "annotations"),
    "bodies_erased": ("stored body", "stored bodies"),
    "strays_erased": ("file without a row", "files without a row"),
}


def missing_words(found: Sequence[Suspect]) -> str:
    """What the pages of requests lack, and what `wdtk forget --missing` does with it."""
    if not found:
        return "Nothing waits to be erased that pages of the site lack."
    kinds = Counter(one.kind for one in found)
    parts = [count_of(kinds[kind], one, many) for kind, one, many in _PARTS if kinds[kind]]
    requests = count_of(len({one.request_id for one in found}), "request")
    since = min(one.first for one in found)
    return (
        f"{', '.join(parts)} of {requests}, which their pages at the site lack since {since}, will be erased, here and "
        "in the published database. What the site shows again is stored again."
    )


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
