"""PDFs of a great many pages, through the real child with its limits: read in part rather than lost."""

from collections.abc import Iterator

import pytest

from scraper.reading.pool import ReaderPool
from tests.parsers.documents import samples


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool]:
    with ReaderPool() as pool:
        yield pool


def test_of_ten_thousand_pages_those_up_to_the_cap_are_read_and_none_is_cleared(pool: ReaderPool) -> None:
    data = samples.many_pages(10_000)
    document = pool.read(data, document_type="pdf")
    assert (document.status, document.detail) == ("read", "Only the first 2,000 pages were read.")
    assert [page.text for page in document.pages] == [f"This is page {number}." for number in range(1, 2_001)]
    probe = pool.probe(data, document_type="pdf")
    assert (probe.status, probe.detail) == ("too_big", "It has more than 2,000 pages.")


def test_a_thousand_pages_that_need_the_slow_reader_are_read_within_the_time_of_one_document(pool: ReaderPool) -> None:
    document = pool.read(samples.shuffled(1_000), document_type="pdf")
    assert (document.status, len(document.pages)) == ("read", 1_000)
    assert document.detail == "On 900 of its pages the lines stand in the order in which they were painted."
