"""HTML files to text: one page, blocks on lines of their own, the cells of a row side by side."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from parsers.documents.caps import CAPS, Caps
from parsers.documents.charsets import MARKS, decoded_or_not
from parsers.documents.html_hidden import unseen
from parsers.documents.pdf.layout import WIDE_GAP
from parsers.documents.raised import raised
from parsers.documents.records import DocumentText, Page
from parsers.documents.result import capped, document
from parsers.documents.text import decode

UNSEEN = frozenset({"script", "style", "head", "template", "noscript", "title", "svg", "object", "iframe", "comment"})
PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote", "pre", "hr", "dl"})
BLOCKS = PARAGRAPHS | frozenset({
    "address", "article", "aside", "body", "caption", "center", "dd", "details", "div", "dt", "fieldset", "figure",
    "footer", "form", "header", "html", "li", "main", "nav", "option", "section", "summary", "tbody", "tfoot", "thead",
    "tr",
})  # fmt: skip
CELLS = frozenset({"td", "th"})
DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
SPACES = re.compile(r"[ \t\r\n\f]+")
LONGEST_STYLE = 4_000
HIDING = re.compile(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|mso-hide:all|opacity:0?(?:\.0{1,4})?(?![.\d])"
    r"|font-size:[01](?:\.\d{1,4})?(?:px|pt)?(?![.\d%a-z]))"
)
"""What keeps words from being seen; of letters of a point there is a line at most."""
BLANK_LINES = re.compile(r"\n{3,}")


def read_html(data: bytes, *, caps: Caps = CAPS) -> DocumentText:
    """The words that a reader of the page would see, as one page of text."""
    markup, note = markup_of(data)
    text = html_text(markup)
    pages, cuts = capped([Page(number=1, text=text, source="html")], caps)
    return document("html", pages, tool="beautifulsoup4", notes=[note, *cuts] if note else cuts)


def html_text(markup: str) -> str:
    """The words of the markup that are shown: no scripts, no comments, nothing marked as hidden."""
    soup = BeautifulSoup(f"<!DOCTYPE html>{markup}", "lxml")
    pieces: list[str] = []
    before = _Place()
    for words, place in _shown(soup):
        pieces.append(_between(before, place) if pieces else "")
        pieces.append(raised(words) if place.raised else words)
        before = place
    lines = "".join(pieces).split("\n")
    return BLANK_LINES.sub("\n\n", "\n".join(line.strip(" ") for line in lines)).strip("\n")


@dataclass(frozen=True)
class _Place:
    """Where a string stands: the nearest element of each kind around it, by ``id``; 0 for none."""

    paragraph: int = 0
    block: int = 0
    table: int = 0
    row: int = 0
    cell: int = 0
    breaks: int = 0
    """How many ``br`` came before it."""
    preformatted: bool = False
    raised: bool = False
    hidden: bool = False


def _shown(soup: BeautifulSoup) -> Iterator[tuple[str, _Place]]:
    places: dict[int, _Place] = {id(soup): _Place()}
    elsewhere = unseen(soup, hides)
    breaks = 0
    for node in soup.descendants:
        around = places[id(node.parent)]
        if isinstance(node, Tag):
            breaks += node.name == "br"
            places[id(node)] = _inside(node, around, hidden=id(node) in elsewhere)
        elif type(node) is NavigableString and not around.hidden:
            words = str(node) if around.preformatted else SPACES.sub(" ", node)
            if words.strip() or (words and not around.paragraph and around.block):
                yield words, replace(around, breaks=breaks)


def _inside(tag: Tag, around: _Place, *, hidden: bool) -> _Place:
    name, own = tag.name, id(tag)
    return _Place(
        paragraph=own if name in PARAGRAPHS else around.paragraph,
        block=own if name in BLOCKS else around.block,
        table=own if name == "table" else around.table,
        row=own if name == "tr" else around.row,
        cell=own if name in CELLS else around.cell,
        preformatted=around.preformatted or name == "pre",
        raised=around.raised or name == "sup" or "vertical-align:super" in style_of(tag),
        hidden=around.hidden or hidden or name in UNSEEN or is_hidden(tag),
    )


def is_hidden(tag: Tag) -> bool:
    """Whether a mark of its own keeps what it holds from being seen."""
    return tag.has_attr("hidden") or hides(style_of(tag))


def hides(style: str) -> bool:
    """Whether a style in small letters without spaces keeps what has it from being seen."""
    return HIDING.search(style) is not None


def style_of(tag: Tag) -> str:
    """The tag's own style in small letters, without spaces."""
    return "".join(str(tag.get("style", ""))[:LONGEST_STYLE].lower().split())


def _between(before: _Place, place: _Place) -> str:
    if place.row and place.row == before.row and place.cell != before.cell:
        return WIDE_GAP
    if place.row and place.row != before.row and place.table == before.table:
        return "\n"
    if place.paragraph != before.paragraph:
        return "\n\n"
    return "\n" * max(place.breaks - before.breaks, int(place.block != before.block))


def markup_of(data: bytes) -> tuple[str, str | None]:
    """The markup as text, by its mark, then by the encoding it declares, then by what its bytes are."""
    declared = DECLARED.search(data[:2048])
    if declared is None or data.startswith(MARKS):
        return decode(data)
    name = declared[1].decode("ascii")
    text, is_true = decoded_or_not(data, name)
    return text, None if is_true else f"It is not in the encoding it declares ({name})."
