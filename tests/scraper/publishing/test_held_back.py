"""What is held back is nowhere in the public database: in no table, index or page of the site, and no freed byte."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from parsers.documents.probes.probe import PROBE_VERSION
from scraper.archive.database import open_archive
from scraper.publishing.policy import Policy
from scraper.publishing.publish import publish
from scraper.reading.run import read_archive
from tests.parsers.documents import books, mails, marked
from tests.parsers.documents.containers import zipped
from tests.parsers.documents.mails import Mail
from tests.parsers.documents.probing import docx, pptx, rtf
from tests.parsers.documents.test_probe_pdf import _black_box_over, pdf
from tests.scraper.publishing.archives import Seeds, refused
from tests.scraper.publishing.test_serve import serving, wdtk

HIDDEN = "Zebedee"
"""Stands in what files hide, and in what is noted and never text."""
BESIDE = "Quillwort"
"""Stands in plain sight in files that are held back for something else."""
SHOWN = "Marshfield"
"""Stands in plain sight in a file that is shown."""
REFUSED = f"{BESIDE} is withheld under section 43(2) of the Freedom of Information Act 2000."
BUILT = "2026-12-31T00:00:00Z"


def workbook(kind: str) -> bytes:
    """A workbook that hides something, with words in plain sight beside it, one of them the name of a sheet."""
    book = books.xlsx()
    book.active.title = BESIDE
    book.active["A9"] = REFUSED
    if kind == "hidden_sheet":
        other = book.create_sheet(HIDDEN)
        other["A1"], other.sheet_state = HIDDEN, "veryHidden"
    else:
        book.active["H2"] = HIDDEN
        book.active.column_dimensions["H"].hidden = True
    return books.saved(book)


def _redacted(canvas: object) -> None:
    canvas.drawString(100, 600, REFUSED)  # type: ignore[attr-defined]  # reportlab has no types
    _black_box_over(canvas)  # type: ignore[arg-type]  # as above


def _plainly(canvas: object) -> None:
    canvas.drawString(100, 600, f"The names of {SHOWN} are withheld under section 40(2) of the Act.")  # type: ignore[attr-defined]  # as above


def _off_slide(_show: object, slide: object, box: object) -> None:
    box.text_frame.text, box.left = HIDDEN, -90_000_000  # type: ignore[attr-defined]  # python-pptx has no types
    slide.shapes.title.text = REFUSED  # type: ignore[attr-defined]  # as above


def _noted(document: object) -> None:
    document.add_paragraph(f"{SHOWN} is exempt under section 21.")  # type: ignore[attr-defined]  # python-docx has none
    document.add_paragraph("").add_run(HIDDEN).font.hidden = True  # type: ignore[attr-defined]  # as above
    document.core_properties.author = HIDDEN  # type: ignore[attr-defined]  # as above


PALE = marked.r(HIDDEN, '<w:color w:val="FFFFFF"/>')
WHITE = marked.word(f"{marked.p(REFUSED)}<w:p>{PALE}</w:p>")
FILES: Sequence[tuple[str, bytes]] = (
    ("sheet.xlsx", workbook("hidden_sheet")),
    ("columns.xlsx", workbook("hidden_columns")),
    ("redacted.pdf", pdf(_redacted)),
    ("white.docx", WHITE),
    ("slides.pptx", pptx(_off_slide)),
    ("marker.rtf", rtf(rf"{REFUSED}\par{{\cf1 {HIDDEN}}}")),
    ("page.html", f"<html><body><p>{REFUSED}</p><p style='color:#fff'>{HIDDEN}</p></body></html>".encode()),
    ("table.csv", f"ward,visits,name\n{BESIDE},1,x\nOak,2,y\n".encode()),
    ("all.zip", zipped({"white.docx": WHITE, "inner.xlsx": workbook("hidden_sheet")})),
    ("reply.eml", mails.eml(Mail(body=f"{SHOWN}: see the letters.", files=[("inner.pdf", pdf(_redacted))]))),
    ("letter.pdf", pdf(_plainly)),
    ("noted.docx", docx(_noted)),
)
KINDS = {
    "sheet.xlsx": "very_hidden_sheet", "columns.xlsx": "hidden_columns", "redacted.pdf": "covered_text",
    "white.docx": "white_text", "slides.pptx": "text_outside_page", "marker.rtf": "white_text",
    "page.html": "white_text",
}  # fmt: skip


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A public database, built over an earlier one in which all of it was shown."""
    folder = tmp_path_factory.mktemp("held")
    path = folder / "site" / "public.db"
    with open_archive(folder / "archive", create=True) as archive:
        seeds = Seeds(archive=archive)
        seeds.authority()
        refused(seeds)
        for number, (name, data) in enumerate(FILES, start=11):
            seeds.attachment(number, "incoming-72", seeds.file(data), name=name)
        read_archive(archive, workers=2)
        archive.connection.execute("CREATE TABLE kept AS SELECT * FROM findings")
        archive.connection.execute("DELETE FROM findings")
        publish(archive, path, Policy(spreadsheets_after_days=0), built_at=BUILT)
        assert HIDDEN.encode() in path.read_bytes()
        archive.connection.execute("INSERT INTO findings SELECT * FROM kept")
        publish(archive, path, built_at="2025-07-01T00:00:00Z")
    return path


@pytest.fixture
def ask(public: Path) -> Iterator[Callable[..., list[tuple[object, ...]]]]:
    connection = sqlite3.connect(public)
    yield lambda statement: connection.execute(statement).fetchall()
    connection.close()


def _forms(word: str) -> list[bytes]:
    return [form.encode(code) for form in (word, word.lower(), word.upper()) for code in ("utf-8", "utf-16-le")]


@pytest.mark.parametrize("word", [HIDDEN, BESIDE])
def test_no_byte_of_it_is_in_the_folder_of_the_public_database(public: Path, word: str) -> None:
    for path in public.parent.rglob("*"):
        held = path.read_bytes() if path.is_file() else b""
        assert not [form for form in _forms(word) if form in held], path


@pytest.mark.usefixtures("public")
def test_what_is_held_back_says_why_and_what_is_noted_is_shown(ask: Callable[..., list[tuple[object, ...]]]) -> None:
    listed = ask("SELECT name, held_back FROM attachments WHERE parent_id IS NULL AND document_type IS NOT NULL")
    found = {str(name): why for name, why in listed}
    expected = dict.fromkeys(KINDS, "hidden_content") | {"table.csv": "spreadsheet"}
    assert found == {name: expected.get(name) for name, _ in FILES}
    told = ask(
        "SELECT a.name, f.kind FROM findings f JOIN attachments a ON a.id = f.attachment_id WHERE parent_id IS NULL"
    )
    assert {str(name): kind for name, kind in told} == KINDS
    assert not ask("SELECT 1 FROM pages p JOIN attachments a ON a.id = p.attachment_id WHERE a.held_back IS NOT NULL")
    assert {quote for (quote,) in ask("SELECT quote FROM citations WHERE attachment_id IS NOT NULL")}
    shown = ask(
        "SELECT a.name FROM pages p JOIN attachments a ON a.id = p.attachment_id WHERE p.text LIKE '%Marshfield%'"
    )
    assert {name for (name,) in shown} == {"letter.pdf", "noted.docx", "reply.eml"}


def test_no_page_of_the_site_gives_it_away(public: Path) -> None:
    (attachments,) = sqlite3.connect(public).execute("SELECT group_concat(id, ' ') FROM attachments").fetchone()
    paths = [
        "/request/7", "/public/attachments.csv?_stream=on", "/public/attachments.json?_shape=array",
        "/public/findings.json?_shape=array", "/public/pages.csv?_stream=on", "/public/citations.csv?_stream=on",
        "/public/readings.csv?_stream=on", "/public/signals.csv?_stream=on", "/public/letter_references.csv?_stream=on",
        "/public.json?sql=select+*+from+pages_fts&_shape=array",
        *(f"/public/attachments/{identity.replace('.', '~2E')}" for identity in attachments.split()),
    ]  # fmt: skip
    with serving(wdtk("serve", "--public", str(public), "--port", "0")) as get:
        for path in paths:
            page = get(path)
            assert HIDDEN not in page, path
            assert "is withheld under section 43(2)" not in page, path
        for word in (HIDDEN, BESIDE):
            assert "attachment-" not in get(f"/search?q={word}")
        assert "attachment-" in get(f"/search?q={SHOWN}")
        assert "words in the colour of the paper" in get("/request/7")


def test_what_an_older_program_looked_at_is_not_shown(public: Path, tmp_path: Path) -> None:
    with open_archive(public.parent.parent / "archive") as archive:
        archive.connection.execute("UPDATE probes SET probe_version = 'older'")
        publish(archive, tmp_path / "older.db", built_at=BUILT)
        archive.connection.execute("UPDATE probes SET probe_version = ?", [PROBE_VERSION])
    with closing(sqlite3.connect(tmp_path / "older.db")) as connection:
        assert connection.execute("SELECT count(*) FROM pages").fetchone() == (0,)
        told = connection.execute("SELECT DISTINCT held_back FROM attachments WHERE document_type <> 'zip'").fetchall()
        assert {why for (why,) in told} == {"hidden_content", "not_probed"}
