"""Each of the files made to do harm, read and probed by the real child; and a worker that has seen them all."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from parsers.documents.sniff import sniff
from scraper.reading.limits import MEGABYTE, Limits
from scraper.reading.pool import ReaderPool
from tests.parsers.documents import samples
from tests.patience import until
from tests.scraper.reading import hostile_pdf as hostile
from tests.scraper.reading.leaks import held

LIMITS = Limits(memory_bytes=512 * MEGABYTE, cpu_seconds=5, wall_seconds=120)
PATIENT = replace(LIMITS, cpu_seconds=Limits().cpu_seconds)
"""For what comes to its own end: the processor seconds that any document has."""
WORDS = {"read", "no_text", "damaged"}
DEAR = {"bomb", "too_slow", "crashed"}
"""Where the parser comes to the end of its memory or its time, or of its stack."""


@pytest.mark.parametrize(
    ("make", "allowed"),
    [
        (hostile.noise_for_a_font, {"read"}),
        (hostile.font_of_lies, {"read"}),
        (hostile.font_program_without_end, {"read"}),
        (hostile.compact_font_of_noise, {"read"}),
        (hostile.font_in_itself, WORDS | DEAR),
        (hostile.map_without_end, WORDS | DEAR),
        (hostile.deep_page_tree, WORDS | DEAR),
        (hostile.object_stream_in_itself, WORDS),
        (hostile.stream_in_streams, WORDS | DEAR),
        (hostile.bilevel_noise, WORDS),
        (hostile.wavelet_noise, WORDS),
        (hostile.fax_noise, WORDS | DEAR),
        (hostile.pattern_in_itself, WORDS | DEAR),
        (hostile.png_of_any_size, {"damaged", "too_big", "bomb", "no_text"}),
        (hostile.tiff_loop, WORDS),
        (hostile.gif_of_many, WORDS | DEAR | {"too_big"}),
    ],
)
def test_harm_ends_as_a_row(make: Callable[[], bytes], allowed: set[str]) -> None:
    data, before = make(), held()
    with ReaderPool(limits=LIMITS if "too_slow" in allowed else PATIENT) as pool:
        kind = pool.sniff(data)
        document = pool.read(data, document_type=kind)
        probe = pool.probe(data, document_type=kind)
        numbers = [page.number for page in document.pages][:2] or [1]
        drawn = list(pool._draw(data, kind, numbers))
        following = pool.read(samples.plain(), document_type="pdf")
    assert (kind, document.status) == (sniff(data), document.status)
    assert document.status in allowed
    assert document.status == "read" or document.detail
    assert probe.status in {"probed", "damaged", "too_big", *DEAR}
    assert [raster.number for raster, _ in drawn] == numbers
    assert following.status == "read"
    until(lambda: not held().since(before), "something is held that was not before")


def test_of_ten_thousand_pages_the_first_are_read_in_little_memory() -> None:
    with ReaderPool(limits=PATIENT) as pool:
        document = pool.read(hostile.ten_thousand_pages(), document_type="pdf")
    assert (document.status, len(document.pages)) == ("read", 2_000)
    assert document.detail == "Only the first 2,000 pages were read."
    assert {page.text for page in document.pages} == {"A page of very many."}
