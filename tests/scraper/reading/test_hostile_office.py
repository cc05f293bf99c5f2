"""Office files made to do harm through the real child with its limits."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from parsers.documents.sniff import sniff
from scraper.reading.limits import MEGABYTE, Limits
from scraper.reading.pool import ReaderPool
from tests.parsers.documents import hostile_office as hostile
from tests.parsers.documents.layouts import WRITERS, Laid
from tests.patience import until
from tests.scraper.reading.leaks import held

LIMITS = Limits(memory_bytes=512 * MEGABYTE, cpu_seconds=5, wall_seconds=120)
PATIENT = replace(LIMITS, cpu_seconds=Limits().cpu_seconds)
"""For what comes to its own end: the processor seconds that any document has."""
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
    with ReaderPool(limits=LIMITS if "too_slow" in allowed else PATIENT) as pool:
        document = pool.read(data, document_type=sniff(data))
        following = pool.read(WRITERS["docx"](LETTER), document_type="docx")
    assert document.status in allowed
    assert document.status == "read" or document.detail
    assert following.status == "read"
    until(lambda: not held().since(before), "something is held that was not before")
