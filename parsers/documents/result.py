"""From pages as a reader found them to the document's record: cleaned, capped, and honest about it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

from parsers.documents.caps import Caps
from parsers.documents.records import DocumentText, DocumentType, Page, ReadStatus

REMOVED = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""Control characters and lone surrogates: no letter prints them and SQLite stores no surrogate."""


def capped(pages: Iterable[Page], caps: Caps) -> tuple[list[Page], list[str]]:
    """The pages within the caps, and a sentence for each cap that was reached.

    ``pages`` may be lazy: nothing is asked for beyond the page after the last one kept.
    """
    kept: list[Page] = []
    cut_pages, left = 0, caps.characters
    iterator = iter(pages)
    for page in islice(iterator, caps.pages):
        text = REMOVED.sub("", page.text)
        short = text[: min(caps.page_characters, left)]
        cut_pages += len(text) > caps.page_characters
        left -= len(short)
        kept.append(replace(page, text=short))
        if not left:
            break
    more = next(iterator, None) is not None
    return kept, _cuts(kept, cut_pages, left, caps, more=more)


def document(
    document_type: DocumentType, pages: Sequence[Page], *, tool: str, notes: Sequence[str] = ()
) -> DocumentText:
    """The record of a document that was opened; ``no_text`` where no page holds a word."""
    if any(page.text.strip() and not page.is_doubtful for page in pages):
        return DocumentText(
            status="read", document_type=document_type, pages=tuple(pages), detail=" ".join(notes) or None, tool=tool
        )
    why = "No page holds text." if document_type == "pdf" else "It holds no text."
    return DocumentText(
        status="no_text", document_type=document_type, pages=tuple(pages), detail=" ".join([why, *notes]), tool=tool
    )


def written(
    document_type: DocumentType, texts: Sequence[str], *, caps: Caps, tool: str, notes: Sequence[str]
) -> DocumentText:
    """The record of a word processor's file with these pages."""
    pages = (Page(number=number, text=text, source="text_layer") for number, text in enumerate(texts, start=1))
    kept, cuts = capped(pages, caps)
    return document(document_type, kept, tool=tool, notes=[*notes, *cuts])


def failure(document_type: DocumentType, status: ReadStatus, detail: str, *, tool: str = "") -> DocumentText:
    """The record of a document that gave no pages."""
    return DocumentText(status=status, document_type=document_type, pages=(), detail=detail, tool=tool)


def numbered(numbers: Sequence[int]) -> str:
    """Page numbers for a sentence: "page 3", "pages 1, 2, 5", "pages 1, 2, 3, ... (40 in all)"."""
    shown = ", ".join(str(number) for number in numbers[:8])
    if len(numbers) > 8:
        shown += f", ... ({len(numbers)} in all)"
    return f"page{'s' if len(numbers) > 1 else ''} {shown}"


def _cuts(kept: Sequence[Page], cut_pages: int, left: int, caps: Caps, *, more: bool) -> list[str]:
    cuts = []
    if cut_pages:
        cuts.append(f"{cut_pages} of its pages were cut after {caps.page_characters:,} characters.")
    if more and not left:
        cuts.append(f"Reading stopped after page {len(kept)}, at {caps.characters:,} characters in all.")
    elif more:
        cuts.append(f"Only the first {caps.pages:,} pages were read.")
    return cuts
