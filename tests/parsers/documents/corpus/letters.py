"""Letters of the corpus: PDF, Word, OpenDocument text, rich text."""

import io
from collections.abc import Callable

import docx
from docx.shared import RGBColor
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.parsers.documents import books, hostile_office, layouts, marked, samples, word97
from tests.parsers.documents.containers import ole_file
from tests.parsers.documents.corpus.sample import LETTER, SECRET, Sample, half
from tests.parsers.documents.layouts import Laid

LAID = Laid(
    body=(
        *LETTER[3:5],
        ((("Invoice",), ("Paid",)), (("Piers",), ("£41,000",)), (("Deck",), ("£12,500",))),
        *LETTER[5:],
    ),
    header=LETTER[0],
    footer=LETTER[1],
    box=("Town Hall", "Mill Lane"),
)
LOCKED = {"EncryptedPackage": b"\x07" * 5_000, "EncryptionInfo": b"\x04\0\x04\0\x40\0\0\0<encryption/>"}
"""What Office writes of a file with a password; the file itself is in the first, and no reader comes that far."""
MANIFEST = (
    '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry '
    'm:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>'
)
MACROS = {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0 no macros, but their place"}


def locked_office() -> bytes:
    """An office file behind a password; its bytes do not tell of which kind."""
    return ole_file(LOCKED)


def _letter(canvas: Canvas) -> None:
    samples.write(canvas, LETTER)


def _covered(canvas: Canvas) -> None:
    _letter(canvas)
    canvas.drawString(60, 500, f"The engineer was {SECRET}.")
    canvas.rect(58, 496, 260, 16, stroke=0, fill=1)


def _scan(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("L", (300, 420), 220)), 0, 0, *samples.A4)


def _docx(change: Callable[["docx.document.Document"], object] | None = None) -> bytes:
    document = docx.Document()
    if change:
        change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _hide_in_docx(document: "docx.document.Document") -> None:
    for line in LETTER:
        document.add_paragraph(line)
    document.paragraphs[3].add_run(SECRET).font.hidden = True
    document.add_paragraph("").add_run("in white").font.color.rgb = RGBColor(255, 255, 255)
    document.add_comment(document.paragraphs[0].runs, text=SECRET, author=SECRET, initials="Q")
    document.core_properties.author = SECRET


def _with_macros(data: bytes) -> bytes:
    return books.with_parts(data, MACROS)


def _hidden_odt() -> bytes:
    style = '<style:style style:name="H" style:family="paragraph"><style:text-properties text:display="none"/>'
    return marked.odt(
        f'<text:p>{LETTER[4]}</text:p><text:p text:style-name="H">{SECRET}</text:p>'
        f"<text:p><office:annotation><text:p>{SECRET}</text:p></office:annotation>{LETTER[5]}</text:p>",
        automatic=f"{style}</style:style>",
    )


def _deep_odt() -> bytes:
    return marked.odt("<text:section>" * 50_000 + "<text:p>end</text:p>")


def _hidden_doc() -> bytes:
    body = word97.Story().paragraph(LETTER[4])
    body.say(LETTER[5] + " ").say(SECRET, word97.HIDDEN).say(SECRET, word97.DELETED).end()
    return word97.Word97(body).bytes()


def _doc_that_leads_nowhere() -> bytes:
    """The tables of an old Word document, all of them saying that they are of four thousand million bytes."""
    data = bytearray(layouts.as_doc(LAID))
    start = data.find(b"\xec\xa5")
    for place in range(start + 0x9A + 4, start + 0x9A + 8 * 93, 8):
        data[place : place + 4] = b"\xff\xff\xff\xff"
    return bytes(data)


def _doc_of_circles() -> bytes:
    """A compound file whose table of sectors leads each back to itself."""
    data = bytearray(layouts.as_doc(LAID))
    for number in range(128):
        data[512 + 4 * number : 516 + 4 * number] = number.to_bytes(4, "little")
    return bytes(data)


def _rtf(words: str) -> bytes:
    colours = r"{\colortbl;\red255\green255\blue255;\red0\green0\blue0;}"
    return rf"{{\rtf1\ansi{colours}\pard {words}\par}}".encode("ascii")


RTF_HIDDEN = (
    rf"{LETTER[4]}{{\v {SECRET}}}{{\deleted {SECRET}}}{{\cf1 in white}}{{\*\annotation {SECRET}}}"
    rf"{{\info{{\author {SECRET}}}}}"
)
SAMPLES = (
    Sample(document_type="pdf", kind="plain", make=samples.plain),
    Sample(document_type="pdf", kind="plain", label="letterhead", make=samples.letterhead),
    Sample(document_type="pdf", kind="plain", label="table", make=samples.table),
    Sample(document_type="pdf", kind="plain", label="turned", make=lambda: samples.turned(90)),
    Sample(document_type="pdf", kind="plain", label="locked against changes", make=samples.locked_against_changes),
    Sample(document_type="pdf", kind="plain", label="not packed", make=lambda: samples.pdf(_letter, compress=False)),
    Sample(document_type="pdf", kind="empty", make=samples.empty_page),
    Sample(document_type="pdf", kind="empty", label="scan", make=lambda: samples.pdf(_scan)),
    Sample(document_type="pdf", kind="empty", label="codes without meaning", make=samples.meaningless),
    Sample(document_type="pdf", kind="encrypted", make=samples.encrypted),
    Sample(document_type="pdf", kind="damaged", make=lambda: half(samples.plain())),
    Sample(document_type="pdf", kind="damaged", label="places lost",
           make=lambda: samples.plain().replace(b"xref", b"xfer")),
    Sample(document_type="pdf", kind="hidden", make=lambda: samples.pdf(_covered)),
    Sample(document_type="pdf", kind="hostile", label="page tree loop", make=samples.page_tree_loop),
    Sample(document_type="pdf", kind="hostile", label="xref loop", make=samples.xref_loop),
    Sample(document_type="pdf", kind="hostile", label="form loop", make=samples.form_loop, limited=True),
    Sample(document_type="pdf", kind="hostile", label="bomb", make=lambda: samples.bomb(4), limited=True),
    Sample(document_type="docx", kind="plain", make=lambda: layouts.as_docx(LAID)),
    Sample(document_type="docx", kind="empty", make=_docx),
    Sample(document_type="docx", kind="encrypted", make=locked_office),
    Sample(document_type="docx", kind="damaged", make=lambda: half(layouts.as_docx(LAID))),
    Sample(document_type="docx", kind="damaged", label="inside",
           make=lambda: hostile_office.repacked(marked.word(marked.p(LETTER[4]) + marked.p(LETTER[5])),
                                                "word/document.xml", marked_half())),
    Sample(document_type="docx", kind="hidden", make=lambda: _docx(_hide_in_docx)),
    Sample(document_type="docx", kind="hostile", label="bomb", make=hostile_office.zip_bomb),
    Sample(document_type="docx", kind="hostile", label="entities", make=hostile_office.entities),
    Sample(document_type="docx", kind="hostile", label="deep", make=hostile_office.deep),
    Sample(document_type="docm", kind="plain", make=lambda: _with_macros(layouts.as_docx(LAID))),
    Sample(document_type="docm", kind="empty", make=lambda: _with_macros(_docx())),
    Sample(document_type="docm", kind="encrypted", name="letter.docm", make=locked_office),
    Sample(document_type="docm", kind="damaged",
           make=lambda: hostile_office.repacked(_with_macros(marked.word("")), "word/document.xml", marked_half())),
    Sample(document_type="docm", kind="hidden", make=lambda: _with_macros(_docx(_hide_in_docx))),
    Sample(document_type="docm", kind="hostile", make=lambda: _with_macros(hostile_office.entities())),
    Sample(document_type="odt", kind="plain", make=lambda: layouts.as_odt(LAID)),
    Sample(document_type="odt", kind="empty", make=lambda: marked.odt("")),
    Sample(document_type="odt", kind="encrypted",
           make=lambda: marked.odt("<text:p>x</text:p>", more={"META-INF/manifest.xml": MANIFEST})),
    Sample(document_type="odt", kind="damaged", make=lambda: half(layouts.as_odt(LAID))),
    Sample(document_type="odt", kind="hidden", make=_hidden_odt),
    Sample(document_type="odt", kind="hostile", label="outside entity", make=hostile_office.outside_entity),
    Sample(document_type="odt", kind="hostile", label="deep", make=_deep_odt),
    Sample(document_type="doc", kind="plain", make=lambda: layouts.as_doc(LAID)),
    Sample(document_type="doc", kind="empty", make=lambda: word97.Word97(word97.story("")).bytes()),
    Sample(document_type="doc", kind="encrypted", make=lambda: word97.Word97(word97.story("x"), flags=0x100).bytes()),
    Sample(document_type="doc", kind="damaged", make=lambda: half(layouts.as_doc(LAID), 0.3)),
    Sample(document_type="doc", kind="hidden", make=_hidden_doc),
    Sample(document_type="doc", kind="hostile", label="lengths", make=_doc_that_leads_nowhere),
    Sample(document_type="doc", kind="hostile", label="circles", make=_doc_of_circles),
    Sample(document_type="rtf", kind="plain", make=lambda: layouts.as_rtf(LAID)),
    Sample(document_type="rtf", kind="empty", make=lambda: _rtf("")),
    Sample(document_type="rtf", kind="damaged", make=lambda: half(layouts.as_rtf(LAID))),
    Sample(document_type="rtf", kind="hidden", make=lambda: _rtf(RTF_HIDDEN)),
    Sample(document_type="rtf", kind="hostile", label="deep", make=lambda: b"{\\rtf1" + b"{\\b " * 500_000),
    Sample(document_type="rtf", kind="hostile", label="numbers",
           make=lambda: _rtf(r"\u99999999999?\bin4294967295 \'zz\trowd\cellx-1\cell\row" * 2_000)),
)  # fmt: skip


def marked_half() -> bytes:
    """The text of a Word document that breaks off in its second paragraph."""
    whole = f"<w:document {marked.SPACES}><w:body>{marked.p(LETTER[4])}{marked.p(LETTER[5])}".encode()
    return whole[:-30]
