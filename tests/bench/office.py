"""Letters as word processors write them, and the libraries that could read them for us."""

import io
from collections.abc import Callable, Iterator

import docx
import odfdo
from striprtf.striprtf import rtf_to_text

from parsers.documents.read import read_document
from parsers.documents.records import DocumentType
from tests.bench.figures import Figure
from tests.bench.samples import letters
from tests.bench.turns import ROUNDS, a_piece, in_turns
from tests.parsers.documents.layouts import WRITERS, Laid

LIBRARIES: dict[DocumentType, tuple[str, Callable[[bytes], object]]] = {
    "docx": ("python-docx", lambda data: [one.text for one in docx.Document(io.BytesIO(data)).paragraphs]),
    "odt": ("odfdo", lambda data: odfdo.Document(io.BytesIO(data)).get_formatted_text()),
    "rtf": ("striprtf", lambda data: rtf_to_text(data.decode("ascii"))),  # type: ignore[no-untyped-call]  # no types
}


def figures() -> Iterator[Figure]:
    """Each kind of file beside the library that reads less of it."""
    for kind, (library, read) in LIBRARIES.items():
        yield _figure(kind, library, read, laid_out(kind))


def _figure(kind: DocumentType, library: str, read: Callable[[bytes], object], sample: list[bytes]) -> Figure:
    ours, reference = in_turns(
        a_piece(lambda: len([read_document(data, document_type=kind) for data in sample])),
        a_piece(lambda: len([read(data) for data in sample])),
    )
    return Figure(
        part="office", what=f"a letter as {kind} to pages of text", unit="ms", ours=ours, reference=reference,
        beside=library, repeats=ROUNDS,
    )  # fmt: skip


def laid_out(kind: str) -> list[bytes]:
    """Letters of the stand-in site as files of this kind."""
    return [WRITERS[kind](Laid(body=tuple(text.splitlines()), header="Head", footer="Foot")) for text in letters()[:20]]
