"""The reader beside two plainer methods, and its scores in full, as rows of Markdown tables."""

from collections.abc import Iterable, Sequence

from tests.measure.corpora import Corpus
from tests.measure.plainer import detector, plain
from tests.measure.scores import MEASURES, Method, Tally, read_all, reader, score

METHODS: tuple[tuple[str, Method, frozenset[str]], ...] = (
    ("plain pattern", plain, frozenset({"outcome"})),
    ("the site's detector", detector, frozenset({"references", "letter_date", "outcome"})),
    ("this reader", reader, frozenset()),
)
"""Name, method, and the measures that it has nothing to say of."""

COLUMNS = {
    "relied_section": "sections relied on",
    "relied_deep": "provisions relied on",
    "cited_deep": "provisions cited",
    "references": "references",
    "letter_date": "date of the letter",
    "outcome": "outcome",
}
"""The measures of the comparison, and how it calls them."""

_NAMES = {**COLUMNS, "request_date": "date of the request", "kind": "kind of letter"}

TITLES = {
    "cases": "the project's own cases",
    "stand-in": "letters of the stand-in",
    "labelled": "real replies, labelled by hand",
}
"""The corpora in the order of the tables."""

Rows = dict[str, list[str]]
"""For each corpus its rows."""


def line(cells: Iterable[str]) -> str:
    """One row of a table."""
    return f"| {' | '.join(cells)} |"


def heading(titles: Sequence[str]) -> list[str]:
    """The two lines above the rows."""
    return [line(titles), line(["---"] * len(titles))]


COMPARED = heading(["letters", "method", *COLUMNS.values()])
SCORED = heading(["letters", "measure", "precision", "recall", "found", "wrongly", "missed"])


def compare(corpora: Iterable[Corpus]) -> Rows:
    """How well each method does on every corpus: F1, and for the outcome the share of letters."""
    return {corpus.name: [_compared(corpus, *method) for method in METHODS] for corpus in corpora}


def scores(corpora: Iterable[Corpus]) -> Rows:
    """All measures of this reader on every corpus but the project's cases, which it is held to."""
    return {corpus.name: list(_scored(corpus)) for corpus in corpora if corpus.kept != "labels"}


def _compared(corpus: Corpus, name: str, method: Method, silent: frozenset[str]) -> str:
    tallies = score(corpus.letters, read_all(corpus.letters, method))
    figures = ["–" if measure in silent else _figure(measure, tallies[measure]) for measure in COLUMNS]
    return line([_name(corpus), name, *figures])


def _figure(measure: str, tally: Tally) -> str:
    return f"{tally.recall if measure == 'outcome' else tally.f1:.3f}"


def _name(corpus: Corpus) -> str:
    return f"{TITLES[corpus.name]} ({len(corpus.letters)})"


def _scored(corpus: Corpus) -> Iterable[str]:
    tallies = score(corpus.letters, read_all(corpus.letters))
    for name in (*MEASURES, "outcome", "kind"):
        one = tallies[name]
        figures = (f"{one.precision:.3f}", f"{one.recall:.3f}", *map(str, (one.hits, one.spurious, one.missed)))
        yield line([_name(corpus), _NAMES[name], *figures])
