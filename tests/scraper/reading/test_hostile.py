"""Files made to do harm through the real child with its limits; those damaged by chance are in ``tests/mutate``."""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from parsers.documents.sniff import sniff
from scraper.reading.limits import MEGABYTE, Limits
from scraper.reading.pool import ReaderPool
from tests.parsers.documents import samples
from tests.patience import until
from tests.scraper.reading.leaks import held
from tests.scraper.reading.mutations import damaged

LIMITS = Limits(memory_bytes=512 * MEGABYTE, cpu_seconds=5, wall_seconds=120)
PATIENT = replace(LIMITS, cpu_seconds=Limits().cpu_seconds)
"""For what comes to its own end: the processor seconds that any document has."""
ENDS = {"read", "no_text", "encrypted", "damaged", "too_big", "too_slow", "bomb", "crashed"}


# The memory of a child is looked at now and then: on a busy machine one that dies for want of it may have "crashed".
@pytest.mark.parametrize(
    ("make", "allowed"),
    [
        (lambda: samples.bomb(4), {"bomb", "too_slow", "crashed"}),
        (samples.page_tree_loop, {"damaged"}),
        (samples.xref_loop, {"no_text", "damaged"}),
        (samples.form_loop, {"bomb", "too_slow", "no_text", "crashed"}),
        (samples.deep_nesting, {"no_text", "damaged", "crashed"}),
        (lambda: random.Random(1).randbytes(50_000), {"damaged"}),  # noqa: S311 - noise
        (lambda: b"%PDF-1.7\n" + random.Random(2).randbytes(500_000), {"damaged"}),  # noqa: S311
        (lambda: b"", {"damaged"}),
    ],
    ids=["bomb", "page tree loop", "xref loop", "form loop", "deep nesting", "noise", "noise with a header", "nothing"],
)
def test_harm_ends_as_a_row(make: Callable[[], bytes], allowed: set[str]) -> None:
    before = held()
    with ReaderPool(limits=LIMITS if "too_slow" in allowed else PATIENT) as pool:
        document = pool.read(make(), document_type="pdf")
        following = pool.read(samples.plain(), document_type="pdf")
    assert document.status in allowed
    assert document.detail
    assert following.status == "read"
    until(lambda: not held().since(before), "something is held that was not before")


def test_a_long_document_is_read_to_the_cap() -> None:
    with ReaderPool(limits=PATIENT) as pool:
        document = pool.read(samples.many_pages(2_100), document_type="pdf")
    assert (document.status, len(document.pages)) == ("read", 2_000)
    assert document.detail == "Only the first 2,000 pages were read."


def test_hostile_markup_ends_as_a_row() -> None:
    with ReaderPool(limits=LIMITS) as pool:
        deep = pool.read(b"<html>" + b"<table><tr><td>" * 60_000, document_type="html")
        wide = pool.read(b"<html><p " + b"a=1 " * 2_000_000, document_type="html")
    assert {deep.status, wide.status} <= ENDS


def test_damage_never_makes_the_sniffer_fail() -> None:
    chance = random.Random(7)  # noqa: S311 - the same damage every time
    assert all(sniff(damaged(samples.plain(), chance)) for _ in range(300))
