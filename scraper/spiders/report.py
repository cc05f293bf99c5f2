"""What a crawl says at its end: counts for a reader, and a sentence for each thing that went wrong."""

from collections.abc import Iterator, Sequence

from scraper.counts import count_of
from scraper.pipelines.archive import ERROR
from scraper.spiders.running import ENDED_WELL, Outcome

_AGAIN = "Run the same command again to ask for them once more."
_REASONS = {
    "start_error": "The spider could not begin; the lines above say why.",
    "failed": "The crawl ended before it began: it was interrupted, or the lines above say why. Run it again.",
}


def summary(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Lines of counts over all spiders of the run."""
    stored, unchanged, resumed = (_count(outcomes, name) for name in ("requests_stored", "unchanged", "resumed"))
    yield f"Requests: {stored} fetched ({stored - unchanged} new or changed, {unchanged} unchanged)."
    if resumed:
        yield f"Already fetched by the crawl that was stopped, and not asked for again: {resumed}."
    if lists := _count(outcomes, "lists"):
        yield f"Lists: {count_of(_count(outcomes, 'listed'), 'request')} on {_pages(lists)}."
    if authorities := _count(outcomes, "authorities"):
        yield f"Authorities: {authorities}."
    for title, prefix in (("Files", "files/"), ("Refused or not found", "refused/")):
        if counts := _counts(outcomes, prefix):
            told = [f"{count} {name.replace('_', ' ')}" for name, count in counts.items()]
            yield f"{title}: {', '.join(told)}."


def notes(outcomes: Sequence[Outcome], aside: frozenset[str]) -> Iterator[str]:
    """Problems of spiders that ran beside what was asked for, where they did not keep it from being done."""
    for outcome in outcomes:
        if _is_aside(outcome, aside):
            yield from _problems(outcome)


def problems(outcomes: Sequence[Outcome], aside: frozenset[str] = frozenset()) -> Iterator[str]:
    """Why the run did not do all of its job; nothing where it did."""
    told = False
    for outcome in outcomes:
        for sentence in () if _is_aside(outcome, aside) else _problems(outcome):
            told = True
            yield sentence
    if not told and not any(_count(outcomes, name) for name in ("requests_stored", "resumed", "listed")):
        yield "Nothing was found: the site lists no request where you looked. Check the days, or the site's address."


def _is_aside(outcome: Outcome, aside: frozenset[str]) -> bool:
    return outcome.spider in aside and outcome.reason in ENDED_WELL


def _problems(outcome: Outcome) -> Iterator[str]:
    yield from dict.fromkeys(outcome.problems)
    if ERROR in outcome.stats:
        yield str(outcome.stats[ERROR])
    elif outcome.reason not in ENDED_WELL and not outcome.problems:
        yield _REASONS.get(outcome.reason, f"The crawl ended early ({outcome.reason}).")
    if not outcome.problems and (failed := outcome.count("refused/failed") + outcome.count("refused/too_big")):
        yield f"{_pages(failed)} could not be fetched or read: the archive's table refusals says why. {_AGAIN}"
    if files := outcome.count("files/failed") + outcome.count("files/waiting"):
        told = count_of(files, "file")
        yield f"{told} could not be had: fetch_detail in the archive's table attachments says why. {_AGAIN}"
    if lost := outcome.count("items_failed"):
        yield f"{_pages(lost)} could not be stored: the archive's table refusals says why."
    if errors := int(outcome.stats.get("spider_exceptions/count", 0)):
        yield f"{_pages(errors)} met a mistake in this program; the lines above show it. Please report it."


def _pages(count: int) -> str:
    return count_of(count, "page")


def _count(outcomes: Sequence[Outcome], name: str) -> int:
    return sum(outcome.count(name) for outcome in outcomes)


def _counts(outcomes: Sequence[Outcome], prefix: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for outcome in outcomes:
        for name, count in outcome.counts(prefix).items():
            found[name] = found.get(name, 0) + count
    return found
