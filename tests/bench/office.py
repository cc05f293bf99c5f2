"""Letters as word processors write them, and the libraries that could read them for us."""

import io
from collections.abc import Callable

import docx
import odfdo
from striprtf.striprtf import rtf_to_text

from tests.bench.samples import letters
from tests.parsers.documents.layouts import WRITERS, Laid

LIBRARIES: dict[str, tuple[str, Callable[[bytes], object]]] = {
    "docx": ("python-docx", lambda data: [one.text for one in docx.Document(io.BytesIO(data)).paragraphs]),
    "odt": ("odfdo", lambda data: odfdo.Document(io.BytesIO(data)).get_formatted_text()),
    "rtf": ("striprtf", lambda data: rtf_to_text(data.decode("ascii"))),  # type: ignore[no-untyped-call]  # no types
}


def laid_out(kind: str) -> list[bytes]:
    """Letters of the stand-in site as files of this kind."""
    return [WRITERS[kind](Laid(body=tuple(text.splitlines()), header="Head", footer="Foot")) for text in letters()[:20]]
