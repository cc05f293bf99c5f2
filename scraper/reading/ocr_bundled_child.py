"""The child process of the bundled engine: limits itself, loads the models, seals itself, and recognises pages.

Run as ``python -m scraper.reading.ocr_bundled_child LIMITS``; it talks like ``scraper.reading.child``. A page is a
``Raster`` and its dots, the answer its words.
"""

import os
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
from rapidocr import RapidOCR

from parsers.documents.scans.dots import Raster
from parsers.documents.scans.recognised import Word
from scraper.reading.child import Pipes
from scraper.reading.frames import read_frame
from scraper.reading.jobs import RecognisedWords, decode
from scraper.reading.limits import Limits, allow_seconds, end_seconds

LONGEST_SIDE = 6000
"""Dots: as large as our own pages come, so that none is shrunk."""
THREADS = min(4, os.cpu_count() or 1)
SETTINGS = {
    "Global.max_side_len": LONGEST_SIDE,
    "Global.text_score": 0.0,
    "Global.use_cls": False,
    "Global.log_level": "error",
    "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}
"""No line is left out for its score, as we weigh that; pages are upright, so lines need not be turned one by one."""


def main() -> int:
    """Serve until the parent closes the pipe."""
    limits = Limits.from_argument(sys.argv[1])
    pipes = Pipes.take()
    if not pipes.sealed(limits):
        return 0
    engine = RapidOCR(params=SETTINGS)
    while (head := read_frame(pipes.inbox)) is not None and (dots := read_frame(pipes.inbox)) is not None:
        allow_seconds(limits)
        words = RecognisedWords(words=tuple(_words(engine, decode(Raster, head), dots)))
        end_seconds()
        pipes.send(words)
    return 0


def _words(engine: Any, raster: Raster, dots: bytes) -> Iterator[Word]:
    grey = np.frombuffer(dots, dtype=np.uint8).reshape(raster.height, raster.width)
    found = engine(np.repeat(grey[:, :, None], 3, axis=2), return_word_box=True)
    if not found.scores:
        return  # of a blank page it gives no scores, and a line without words
    for number, (score, line) in enumerate(zip(found.scores, found.word_results, strict=True)):
        for text, confidence, box in line:
            if box is not None and text.strip():
                yield _word(text, number, box, min(float(confidence), float(score)))


def _word(text: str, line: int, box: Any, confidence: float) -> Word:
    across, down = [int(corner[0]) for corner in box], [int(corner[1]) for corner in box]
    return Word(
        text="".join(text.split()),
        line=(line,),
        left=min(across),
        top=min(down),
        right=max(across),
        bottom=max(down),
        confidence=confidence,
    )


if __name__ == "__main__":
    sys.exit(main())
