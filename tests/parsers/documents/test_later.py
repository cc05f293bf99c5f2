"""What the tables of readers and probes name is there, and takes and gives what its table says."""

import inspect
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_type_hints

import pytest

from parsers.documents.caps import CAPS
from parsers.documents.later import Later
from parsers.documents.probes.probe import PROBERS, SHOWS_ALL
from parsers.documents.probes.probe_findings import Findings
from parsers.documents.read import OPENERS, READABLE, READERS
from parsers.documents.records import DocumentText, Opened

ROOT = Path(__file__).parents[3]
HEAVY = ("PIL", "bs4", "lxml", "olefile", "pdfplumber", "pypdfium2")


def named() -> Iterator[tuple[str, Callable[..., object], object, dict[str, object]]]:
    """Each line of the tables, with what its function is to give and how it is called."""
    for table, gives in ((READERS, DocumentText), (OPENERS, Opened)):
        for kind, function in table.items():
            yield kind, function, gives, {"caps": CAPS}
    for kind, prober in PROBERS.items():
        yield f"probe of {kind}", prober, type(None), {"findings": Findings(kind)}


@pytest.mark.parametrize(("function", "gives", "given"), [one[1:] for one in named()], ids=[one[0] for one in named()])
def test_each_line_names_a_function_that_fits(
    function: Callable[..., object], gives: object, given: dict[str, object]
) -> None:
    assert isinstance(function, Later)
    more = {} if function.document_type is None else {"document_type": function.document_type}
    inspect.signature(function.function).bind(b"", **given, **more)
    assert get_type_hints(function.function)["return"] is gives


def test_each_type_is_read_by_one_reader_and_probed_or_shown_whole() -> None:
    assert not set(READERS) & set(OPENERS)
    assert set(PROBERS) | SHOWS_ALL == READABLE
    assert not set(PROBERS) & SHOWS_ALL


def test_nothing_heavy_is_loaded_before_it_is_needed() -> None:
    code = "import sys, parsers.documents.read, parsers.documents.probes.probe_findings; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not set(HEAVY) & set(done.stdout.split())
