"""What a request page costs to parse, beside making a tree of it and doing nothing with it."""

from collections.abc import Iterator

import bs4
import lxml.html

from parsers.wdtk.request_page import parse_request_page
from tests.bench.figures import Figure
from tests.bench.samples import pages
from tests.bench.turns import ROUNDS, a_piece, in_turns

FEW = 20


def figures() -> Iterator[Figure]:
    """Beside the tree that we use ourselves, and the one that many use."""
    sample = pages()
    ours, tree, soup = in_turns(
        a_piece(lambda: len([parse_request_page(page) for page in sample])),
        a_piece(lambda: len([lxml.html.fromstring(page) for page in sample])),
        a_piece(lambda: len([bs4.BeautifulSoup(page, "lxml") for page in sample[:FEW]])),
    )
    for reference, library, limit in ((tree, "lxml", None), (soup, "BeautifulSoup", 1.0)):
        yield Figure(
            part="pages", what=f"a request page to records, beside {library}", unit="ms", ours=ours,
            reference=reference, beside=f"the tree of {library} alone", limit=limit, of="ratio" if limit else "ours",
            repeats=ROUNDS,
        )  # fmt: skip
