"""OpenDocument texts (odt) to text by page.

The parts are read here and not through odfdo, which the tests have as a second opinion: its text of a document has no
headers and footers and no numbers of lists, and prints hidden text among the rest.

Pages are those that the writer began, by a break or by a change of the page's layout. Headers stand before the text,
notes and footers after it. Comments, deleted and hidden text are not read.
"""

from collections.abc import Iterator

from lxml import etree

from parsers.documents.caps import CAPS, Caps
from parsers.documents.package import Package, UnreadableError
from parsers.documents.raised import note_mark
from parsers.documents.records import DocumentText
from parsers.documents.result import written
from parsers.documents.word.flow import Flow
from parsers.documents.word.odt_body import BodyReader
from parsers.documents.word.odt_styles import LOEXT, OFFICE, STYLE, TEXT, Styles

TOOL = "lxml"
MANIFEST = "META-INF/manifest.xml"
ENCRYPTION = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}encryption-data"
HEADERS = (f"{STYLE}header-first", f"{LOEXT}header-first", f"{STYLE}header", f"{STYLE}header-left")
FOOTERS = (f"{STYLE}footer-first", f"{LOEXT}footer-first", f"{STYLE}footer", f"{STYLE}footer-left")
MOST_NOTES = 2_000


def read_odt(data: bytes, *, caps: Caps = CAPS) -> DocumentText:
    """The text of an OpenDocument text as it is shown. Macros, links and pictures are never opened."""
    try:
        package = Package(data)
        texts = _pages(package)
    except UnreadableError as error:
        return error.record("odt", tool=TOOL)
    notes = ["It is damaged in places, so that something may be missing."] if package.is_broken else []
    if not any(texts) and any(name.startswith("Pictures/") for name in package.names):
        notes.append("It holds a picture.")
    return written("odt", texts, caps=caps, tool=TOOL, notes=notes)


def refuse_locked(package: Package) -> None:
    """Raise ``UnreadableError`` where the parts of the file are locked, as its list of them says."""
    manifest = package.xml(MANIFEST)
    if manifest is not None and next(manifest.iter(ENCRYPTION), None) is not None:
        raise UnreadableError("encrypted", "It needs a password to open.")


def _pages(package: Package) -> list[str]:
    refuse_locked(package)
    content = package.required("content.xml")
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise UnreadableError("damaged", "It is damaged: it has no body.")
    styles = Styles(content, package.xml("styles.xml"))
    flow = Flow()
    reader = BodyReader(flow, styles)
    notes: dict[str, list[tuple[str, etree._Element]]] = {"footnote": [], "endnote": []}
    reader.on_note = lambda note: _meet(flow, notes, note)
    masters = list(_masters(body, styles))
    for text in _margins(masters, HEADERS, styles):
        flow.margin(text)
    reader.read(body)
    for mark, note in (*notes["footnote"], *notes["endnote"]):
        flow.block(f"{mark} {_text(note, styles)}")
    for text in _margins(masters, FOOTERS, styles):
        flow.margin(text)
    return flow.pages()


def _meet(flow: Flow, notes: dict[str, list[tuple[str, etree._Element]]], note: etree._Element) -> None:
    kind = "endnote" if note.get(f"{TEXT}note-class") == "endnote" else "footnote"
    body = note.find(f"{TEXT}note-body")
    if body is not None and len(notes[kind]) < MOST_NOTES:
        mark = note_mark(len(notes[kind]) + 1)
        flow.words(mark)
        notes[kind].append((mark, body))


def _text(part: etree._Element, styles: Styles) -> str:
    flow = Flow()
    BodyReader(flow, styles).read(part)
    return flow.text()


def _masters(body: etree._Element, styles: Styles) -> Iterator[etree._Element]:
    """The page layouts that the text uses, each once, in the order of its paragraphs."""
    names: list[str] = []
    for paragraph in body.iter(f"{TEXT}p", f"{TEXT}h"):
        name = styles.master(paragraph.get(f"{TEXT}style-name", ""))
        names += [name] if name else [] if names else ["Standard"]
    for name in dict.fromkeys(names or ["Standard"]):
        master = styles.masters.get(name)
        if master is not None:
            yield master
            following = styles.masters.get(master.get(f"{STYLE}next-style-name", ""))
            if following is not None:
                yield following


def _margins(masters: list[etree._Element], kinds: tuple[str, ...], styles: Styles) -> list[str]:
    """The headers or footers of these layouts, each distinct one once."""
    texts: dict[str, None] = {}
    for master in masters:
        for kind in kinds:
            part = master.find(kind)
            if part is not None and part.get(f"{STYLE}display") != "false":
                texts[_text(part, styles)] = None
    return [text for text in texts if text]
