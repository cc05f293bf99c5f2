"""Pictures as documents: which of their frames are pages whose words are to be recognised."""

from collections.abc import Iterator

from parsers.documents.caps import CAPS, Caps
from parsers.documents.records import DocumentText, DocumentType, Page
from parsers.documents.result import capped, document, failure
from parsers.documents.scans.frames import FAULTS, MOST_SOURCE_DOTS, Frames, is_too_large, is_too_small

TOOL = "Pillow"


def read_image(data: bytes, *, document_type: DocumentType, caps: Caps = CAPS) -> DocumentText:
    """The pages of a picture file, all of them without words as yet: nothing is unpacked."""
    try:
        with Frames(data, document_type) as frames:
            return _read(frames, document_type, caps)
    except FAULTS:
        return failure(document_type, "damaged", "It is not a picture that can be opened.", tool=TOOL)


def _read(frames: Frames, document_type: DocumentType, caps: Caps) -> DocumentText:
    width, height = frames.size(1)
    if is_too_large(width, height):
        detail = f"It is {width:,} by {height:,} dots; more than {MOST_SOURCE_DOTS:,} are not opened."
        return failure(document_type, "too_big", detail, tool=TOOL)
    if frames.count() == 1 and is_too_small(width, height):
        detail = f"It is a picture of {width} by {height} dots: too small for a page of text."
        return document(document_type, [Page(number=1, text="", source="ocr")], tool=TOOL, notes=[detail])
    pages, cuts = capped(_pages(frames), caps)
    notes = ["It moves; only the first of its pictures is read."] if frames.leaves_out() else []
    return document(document_type, pages, tool=TOOL, notes=[*notes, *cuts])


def _pages(frames: Frames) -> Iterator[Page]:
    for number in range(1, frames.count() + 1):
        yield Page(number=number, text="", source="ocr", wants_ocr="picture")
