"""Whoever recognises scans is found, is asked little, and has little power to harm."""

import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from parsers.documents.scans.dots import Raster
from scraper.errors import WdtkError
from scraper.reading.engines import find_engine
from scraper.reading.limits import MEGABYTE
from scraper.reading.ocr import OcrError
from scraper.reading.ocr_bundled import find_bundled
from scraper.reading.ocr_tesseract import LIMITS, Tesseract
from scraper.reading.pool import ReaderPool
from tests.parsers.documents import samples
from tests.patience import until

pytestmark = pytest.mark.long
bundled = pytest.mark.skipif(find_bundled() is None, reason="needs the packages of wdtk-archive[ocr-bundled]")
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the filter of system calls is Linux's")
BLANK = Raster(number=1, width=40, height=30)
DOTS = b"\xff" * 1200


def test_without_an_engine_a_scan_says_what_to_install() -> None:
    with ReaderPool(1) as pool:
        document = pool.read(samples.image(), document_type="pdf")
    assert (document.status, document.pages[0].wants_ocr) == ("no_text", "picture")
    assert document.detail is not None
    assert "apt install tesseract-ocr" in document.detail


def test_an_engine_that_is_asked_for_by_name_and_not_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(WdtkError, match=r"'tesseract'.* is not installed: install tesseract"):
        find_engine("tesseract")
    assert find_engine("off") is None


def program(folder: Path, body: str, *, cpu_seconds: int = 30, wall_seconds: float = 120) -> Tesseract:
    """A tesseract that does harm."""
    script = folder / "tesseract"
    script.write_text(f"#!{sys.executable} -I\nimport os, sys\nsys.stdin.buffer.read()\n{body}\n", encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    limits = replace(
        LIMITS, memory_bytes=400 * MEGABYTE, cpu_seconds=cpu_seconds, wall_seconds=wall_seconds, output_bytes=MEGABYTE
    )
    return Tesseract(program=str(script), name="harm 1", languages=("eng",), limits=limits)


@linux
@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("while True: pass", "it used more than 1 seconds of processor time"),
        ("import time; time.sleep(60)", "it took more than 3 seconds"),
        ("held = [bytearray(1 << 24) for _ in range(1000)]", "tesseract ended with exit code 1"),
        ("os.abort()", "tesseract ended with signal 6"),
        ("while True: os.write(1, b'x' * 65536)", "tesseract ended with exit code 1"),
        ("import socket; socket.socket()", "tesseract ended with exit code 1"),
        ("os.fork()", "tesseract ended with exit code 1"),
        ("open('left-behind', 'w')", "tesseract ended with exit code 1"),
        ("import subprocess; subprocess.run(['/bin/true'])", "tesseract ended with exit code 1"),
        ("os.kill(os.getppid(), 9)", "tesseract ended with exit code 1"),
    ],
    ids=["loops", "sleeps", "eats", "aborts", "floods", "connects", "forks", "writes", "starts", "kills"],
)
def test_a_recogniser_that_misbehaves_costs_its_page_only(tmp_path: Path, body: str, why: str) -> None:
    # Only what is to be stopped has little time: on a busy machine all takes long.
    little = {"cpu_seconds": 1} if "processor" in why else {"wall_seconds": 3} if "took" in why else {}
    engine = program(tmp_path, body, **little)
    with pytest.raises(OcrError) as error:
        engine.words(BLANK, DOTS)
    assert str(error.value) == why
    assert not engine._running
    assert {path.name for path in tmp_path.iterdir()} == {"tesseract"}


def test_closing_ends_what_is_running(tmp_path: Path) -> None:
    engine = program(tmp_path, "import time; time.sleep(600)")
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(engine.words, BLANK, DOTS)
        until(lambda: engine._running, "it is not started")
        engine.close()
        with pytest.raises(OcrError, match="stopped"):
            waiting.result(timeout=240)
    with pytest.raises(OcrError, match="stopped"):
        engine.words(BLANK, DOTS)


@bundled
def test_a_blank_page_costs_the_bundled_engine_nothing() -> None:
    engine = find_bundled()
    assert engine is not None
    with ReaderPool(engine=engine):
        assert engine.words(Raster(number=1, width=600, height=800), b"\xff" * 480_000) == []
        assert engine.words(Raster(number=1, width=600, height=800), b"\xff" * 480_000) == []
