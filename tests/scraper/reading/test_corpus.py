"""Every sample of the corpus through the children with their limits: what they answer is what the readers give."""

from collections.abc import Iterator

import pytest

from scraper.reading.limits import MEGABYTE, Limits
from scraper.reading.pool import ReaderPool
from tests.golden import Golden
from tests.parsers.documents.corpus.sample import Sample
from tests.parsers.documents.corpus.table import CASES, SAMPLES, UNREAD, told
from tests.scraper.reading.leaks import held

LIMITS = Limits(memory_bytes=512 * MEGABYTE)


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool]:
    before = held()
    with ReaderPool(limits=LIMITS, unread=UNREAD) as one:
        yield one
    assert held().since(before) == []


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.folder)
def test_a_sample_gives_through_a_child_what_its_case_says(sample: Sample, pool: ReaderPool, golden: Golden) -> None:
    data = sample.make()
    opened = pool.open(data, document_type=sample.document_type)
    probe = pool.probe(data, document_type=sample.document_type)
    golden.check(CASES / sample.folder / "expected.json", told(opened.document, probe))
    assert [part.size for part in opened.document.parts] == [len(file) for file in opened.files]
