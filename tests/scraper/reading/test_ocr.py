"""Scans are read like the letters that they are scans of."""

import io
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from parsers.documents.records import DocumentText
from parsers.documents.scans.dots import Raster
from parsers.documents.scans.recognised import Word
from parsers.letters.reading import read_letter, reading_as_json
from parsers.letters.records import LetterContext
from scraper.reading.engines import find_engine
from scraper.reading.ocr_bundled import find_bundled
from scraper.reading.ocr_tesseract import find_tesseract
from scraper.reading.pool import ReaderPool
from tests.parsers.documents import samples, scans
from tests.parsers.documents.scans import (
    CLEAN,
    LETTERS,
    ON_ITS_SIDE,
    UPSIDE_DOWN,
    WORN,
    Scanner,
    errors,
    printed,
    scanned,
)

pytestmark = pytest.mark.long

tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs tesseract: apt install tesseract-ocr")
bundled = pytest.mark.skipif(find_bundled() is None, reason="needs the packages of wdtk-archive[ocr-bundled]")
ROOT = Path(__file__).parent.parent.parent.parent


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool]:
    with ReaderPool(2, engine=find_tesseract()) as opened:
        yield opened


def said(document: DocumentText, name: str) -> dict[str, Any]:
    context = json.loads((scans.CASES / name / "meta.json").read_text(encoding="utf-8"))
    reading = read_letter([page.text for page in document.pages], context=LetterContext(**context))
    told = reading_as_json(reading, id="")
    citations, signals = told.pop("citations"), told.pop("signals")
    assert isinstance(citations, list)
    assert isinstance(signals, dict)
    return {
        **told,
        "mentions": [(one["regime"], one["provision"], one["role"]) for one in citations],
        "signals": sorted(signals),
    }


def text(document: DocumentText) -> str:
    return "\n".join(page.text for page in document.pages)


GAP = "   "
"""What the text of a PDF has between two columns."""


@tesseract
@pytest.mark.parametrize(
    ("scanner", "names", "most"),
    [
        (CLEAN, LETTERS[:8], 0.02),
        (WORN, LETTERS[8:14], 0.06),
        (ON_ITS_SIDE, LETTERS[14:16], 0.02),
        (UPSIDE_DOWN, LETTERS[17:19], 0.02),
    ],
    ids=["clean", "worn", "on its side", "upside down"],
)  # fmt: skip
def test_a_scan_reads_like_the_letter(pool: ReaderPool, scanner: Scanner, names: tuple[str, ...], most: float) -> None:
    letters = [printed(scans.words(name), font=scans.FONTS[LETTERS.index(name) % 2]) for name in names]
    scanned_letters = [scanned(letter, scanner) for letter in letters]  # here, as pypdfium2 draws in one thread only

    def both(letter: bytes, scan: bytes) -> tuple[DocumentText, DocumentText]:
        return pool.read(letter, document_type="pdf"), pool.read(scan, document_type="pdf")

    with ThreadPoolExecutor(2) as threads:
        found = [(name, *two) for name, two in zip(names, threads.map(both, letters, scanned_letters), strict=True)]
    for name, letter, scan in found:
        assert {page.source for page in scan.pages} == {"ocr"}, name
        if GAP not in text(
            letter
        ):  # a scan may tell columns one after the other, where the letter has them side by side
            assert errors(text(letter), text(scan)) < most, name
    differing = [name for name, letter, scan in found if said(letter, name) != said(scan, name)]
    assert len(differing) <= (0 if scanner is CLEAN else 1), differing


def with_wrong_table(lines: list[str]) -> bytes:
    """A letter that looks right and whose font says of each letter that it is another one."""
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))

    def draw(canvas: Any) -> None:
        canvas.setFont("Vera", 10)
        samples.write(canvas, lines)

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(samples.pdf(draw))))
    for font in writer.pages[0]["/Resources"]["/Font"].values():  # type: ignore[index]  # pypdf types every entry alike
        entry = font.get_object()
        if "/ToUnicode" in entry:
            table = StreamObject()
            table.set_data(
                b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <FF>"
                b" endcodespacerange 1 beginbfrange <21> <7E> <0041> endbfrange endcmap end end"
            )
            entry[NameObject("/ToUnicode")] = writer._add_object(table)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@tesseract
def test_a_letter_whose_text_layer_says_nothing_is_read_from_its_picture(pool: ReaderPool) -> None:
    lines = list(samples.LETTER)
    document = pool.read(with_wrong_table(lines), document_type="pdf")
    assert (document.status, document.detail, [page.source for page in document.pages]) == ("read", None, ["ocr"])
    assert errors("\n".join(lines), text(document)) < 0.02


@tesseract
def test_pictures_are_read_and_only_pages_that_need_it(pool: ReaderPool) -> None:
    page = scans.pictures(printed(scans.words("eir_refusal")))[0]
    out = io.BytesIO()
    page.save(out, "JPEG", quality=80)
    photograph = pool.read(out.getvalue(), document_type="jpg")
    assert errors("\n".join(scans.words("eir_refusal")), text(photograph)) < 0.02
    letter = pool.read(samples.plain(), document_type="pdf")
    assert (letter.tool, {one.source for one in letter.pages}) == ("pypdfium2", {"text_layer"})


@tesseract
def test_a_page_of_no_words_is_not_passed_off_as_text(pool: ReaderPool) -> None:
    noise = Image.effect_noise((1200, 1600), 120).convert("L")
    out = io.BytesIO()
    noise.save(out, "PNG")
    document = pool.read(out.getvalue(), document_type="png")
    assert document.status == "no_text"
    assert {page.source for page in document.pages} <= {"ocr", "ocr_doubtful"}


@bundled
def test_the_bundled_engine_reads_a_scan_too() -> None:
    with ReaderPool(1, engine=find_engine("bundled")) as pool:
        document = pool.read(scanned(printed(scans.words("eir_refusal")), WORN), document_type="pdf")
    assert document.tool.startswith("pypdfium2, rapidocr ")
    assert errors("\n".join(scans.words("eir_refusal")), text(document)) < 0.02


@dataclass
class Scripted:
    """An engine that says what it is told, and what it was asked."""

    confidences: dict[tuple[int, bool], float]
    """By the turn of the page, and whether it was smoothed."""
    name: str = "scripted 1"
    languages: Sequence[str] = ("eng",)

    def __post_init__(self) -> None:
        self.asked: list[tuple[int, bool]] = []

    def words(self, raster: Raster, dots: bytes, *, language: str = "eng") -> list[Word]:
        assert len(dots) == raster.width * raster.height, language
        self.asked.append((raster.turned, raster.smoothed))
        sure = self.confidences.get(self.asked[-1], 0.3)
        places = [{"left": 100 * n, "right": 100 * n + 80, "top": 0, "bottom": raster.height} for n in range(20)]
        return [Word(text=f"word{n}", line=(1,), confidence=sure, **place) for n, place in enumerate(places)]

    def close(self) -> None:
        """Nothing runs."""


@pytest.mark.parametrize(
    ("confidences", "asked", "confidence"),
    [
        ({(0, False): 0.95}, [(0, False)], 0.95),
        ({(0, False): 0.85, (0, True): 0.9}, [(0, False), (0, True)], 0.9),
        ({(180, True): 0.95}, [(0, False), (0, True), (180, True)], 0.95),
        ({}, [(0, False), (0, True), (180, True), (90, True), (270, True)], 0.3),
    ],
    ids=["good", "grain", "upside down", "hopeless"],
)
def test_a_page_is_tried_in_other_ways_only_where_its_words_make_no_sense(
    confidences: dict[tuple[int, bool], float], asked: list[tuple[int, bool]], confidence: float
) -> None:
    engine = Scripted(confidences)
    with ReaderPool(1, engine=engine) as pool:
        document = pool.read(scanned(printed(scans.words("eir_refusal"))), document_type="pdf")
    assert engine.asked == asked
    assert (document.pages[0].confidence, document.pages[0].is_doubtful) == (confidence, confidence < 0.8)


@tesseract
@pytest.mark.parametrize(("share", "status"), [(0.6, "read"), (0.01, "damaged")])
def test_of_a_picture_that_is_cut_the_whole_part_is_read(pool: ReaderPool, share: float, status: str) -> None:
    out = io.BytesIO()
    scans.pictures(printed(scans.words(LETTERS[0])))[0].save(out, "JPEG", dpi=(200, 200))
    data = out.getvalue()
    document = pool.read(data[: int(len(data) * share)], document_type="jpg")
    assert document.status == status
    assert "It is damaged: a part of the picture on page 1 is missing." in str(document.detail)
    assert bool(text(document).strip()) == (status == "read")


@tesseract
def test_a_scan_is_a_letter_to_the_command(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(scanned(samples.plain(), WORN))
    ran = subprocess.run(
        [sys.executable, "-m", "scraper", "letter", str(tmp_path / "scan.pdf")],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    (citation,) = json.loads(ran.stdout)["citations"]
    typed = reading_as_json(read_letter("\n".join(samples.LETTER)), id="")["citations"]
    assert isinstance(typed, list)
    assert (citation["provision"], citation["role"]) == ("40(2)", "relied_on")
    assert 0.5 < citation["confidence"] < typed[0]["confidence"]
    assert ran.stderr == b""
