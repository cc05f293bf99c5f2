"""Office files made to do harm, and office files damaged by chance, through the real child with its limits."""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from parsers.documents.sniff import sniff
from scraper.reading.limits import MEGABYTE, Limits
from scraper.reading.pool import ReaderPool
from tests.parsers.documents import hostile_office as hostile
from tests.parsers.documents.layouts import WRITERS, Laid
from tests.parsers.documents.marked import field, p, word
from tests.scraper.reading.leaks import held
from tests.scraper.reading.mutations import Damage, damaged, damaged_inside, damaged_numbers

LIMITS = Limits(memory_bytes=512 * MEGABYTE, cpu_seconds=5, wall_seconds=20)
ENDS = {"read", "no_text", "encrypted", "damaged", "too_big", "unsupported"}
LETTER = Laid(
    body=("Dear requester", ((("Document",), ("Why",)), (("Minutes",), ("section 36", "section 40(2)"))), "Yours"),
    header="Brackenfold",
    footer="Page 1",
    box=("Civic Way", "Town"),
)


@pytest.mark.parametrize(
    ("make", "allowed"),
    [
        (hostile.zip_bomb, {"bomb"}),
        (hostile.many_parts, {"bomb"}),
        (hostile.entities, {"bomb"}),
        (hostile.outside_entity, {"bomb"}),
        (hostile.deep, {"no_text", "damaged"}),
        (hostile.wide, {"read", "too_slow"}),
        (hostile.fields, {"read"}),
        (lambda: b"{\\rtf1" + b"{\\b " * 500_000, {"damaged"}),
        (lambda: b"{\\rtf1 " + b"\\cell" * 2_000_000, {"too_slow", "no_text"}),
    ],
    ids=["zip bomb", "parts", "entities", "outside entity", "deep", "wide", "fields", "groups", "cells"],
)
def test_harm_ends_as_a_row(make: Callable[[], bytes], allowed: set[str]) -> None:
    data, before = make(), held()
    with ReaderPool(limits=LIMITS) as pool:
        document = pool.read(data, document_type=sniff(data))
        following = pool.read(WRITERS["docx"](LETTER), document_type="docx")
    assert document.status in allowed
    assert document.status == "read" or document.detail
    assert following.status == "read"
    assert held() == before


def files(count: int, seed: int) -> Iterator[bytes]:
    """Damaged letters of every format."""
    chance = random.Random(seed)  # noqa: S311 - the same damage every time
    whole = {kind: write(LETTER) for kind, write in WRITERS.items()}
    marked = word(p("x") + f"<w:p>{field('DATE', '3 May 2022')}</w:p>", styles="<w:style/>", numbering="<w:num/>")
    ways: list[tuple[bytes, Damage]] = [
        (whole["docx"], damaged), (whole["docx"], damaged_inside), (marked, damaged_inside), (whole["odt"], damaged),
        (whole["odt"], damaged_inside), (whole["rtf"], damaged), (whole["doc"], damaged),
        (whole["doc"], damaged_numbers),
    ]  # fmt: skip
    for number in range(count):
        data, damage = ways[number % len(ways)]
        yield damage(data, chance)


def test_four_hundred_damaged_letters_hang_leak_and_lose_nothing() -> None:
    before = held()
    with ReaderPool(2, LIMITS) as pool, ThreadPoolExecutor(2) as threads:
        done = list(threads.map(lambda data: pool.read(data, document_type=sniff(data)), files(400, 20220503)))
    assert held() == before
    assert len(done) == 400
    assert {document.status for document in done} <= ENDS
    assert all(document.detail for document in done if document.status != "read")
