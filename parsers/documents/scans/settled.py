"""From a document as its file gave it, and what was recognised in its pictures, to what may be said of it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from parsers.documents.records import DocumentText, Page
from parsers.documents.result import document as record
from parsers.documents.result import numbered
from parsers.documents.scans.dots import UNDRAWN
from parsers.documents.scans.recognised import LEAST_CONFIDENCE, Recognised

NOTHING = ("No page holds text.", "It holds no text.")
RICHER = 1.5
"""A text layer beside a picture gives way to what was recognised where that has so many times its letters."""


def settled(
    document: DocumentText,
    found: Mapping[int, Recognised],
    *,
    tool: str = "",
    unread: str = "",
    failed: Mapping[int, str] | None = None,
    cut: Collection[int] = (),
) -> DocumentText:
    """The document with the words that were recognised on its pages, and sentences on those that have none.

    ``found`` is by page number; ``unread`` says why pages that want it have nothing there and what to do; ``failed``
    says it of single pages. Both are the ends of sentences. ``cut`` are pages of which only a part could be drawn. A
    document without a word is ``damaged`` where that is why.
    """
    if not any(page.wants_ocr for page in document.pages):
        return document
    failed = failed or {}
    pages = [_page(page, found.get(page.number), failed=page.number in failed) for page in document.pages]
    used = [tool] if tool and found else []
    notes = [*_rest(document), *_notes(document.pages, pages, failed, unread)]
    if cut:
        notes.append(f"It is damaged: a part of the picture on {numbered(sorted(cut))} is missing.")
    settled_one = record(document.document_type, pages, tool=", ".join([document.tool, *used]), notes=notes)
    is_damaged = cut or UNDRAWN in failed.values()
    return replace(settled_one, status="damaged") if is_damaged and settled_one.status == "no_text" else settled_one


def _rest(document: DocumentText) -> list[str]:
    """What was said of the document besides that it has no text, which may be so no more."""
    detail = document.detail or ""
    for beginning in NOTHING:
        detail = detail.removeprefix(beginning)
    return [detail.strip()] if detail.strip() else []


def _page(page: Page, found: Recognised | None, *, failed: bool) -> Page:
    if page.wants_ocr is None or (found is None and not failed):
        return page
    if found is None or not found.text:
        return replace(page, wants_ocr=None)
    doubtful = found.confidence < LEAST_CONFIDENCE
    layer, seen = (sum(map(str.isalnum, text)) for text in (page.text, found.text))
    if layer and (doubtful or seen < RICHER * layer):
        return replace(page, wants_ocr=None)
    return replace(
        page,
        text=found.text,
        source="ocr_doubtful" if doubtful else "ocr",
        confidence=found.confidence,
        words=found.words,
        wants_ocr=None,
    )


def _notes(before: Sequence[Page], after: Sequence[Page], failed: Mapping[int, str], unread: str) -> Iterator[str]:
    left = [page.number for page in after if page.wants_ocr]
    for cause, sentence in (
        ("picture", "Its words are a picture on {}"),
        ("nonsense", "The text layer holds codes without meaning on {}"),
    ):
        if pages := [page.number for page in before if page.wants_ocr == cause and page.number in left]:
            yield sentence.format(numbered(pages)) + (f": {unread}." if unread else ".")
    if doubtful := [page.number for page in after if page.is_doubtful]:
        yield f"The words on {numbered(doubtful)} could not be recognised with confidence and are not shown."
    for why in dict.fromkeys(failed.values()):
        pages = [number for number, one in failed.items() if one == why]
        yield f"The words on {numbered(pages)} were not recognised: {why}."
