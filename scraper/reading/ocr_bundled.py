"""The engine from PyPI, ``rapidocr`` on ``onnxruntime``: slower by far, for those who may not install tesseract."""

from scraper.reading.ocr import Engine


def find_bundled() -> Engine | None:
    """The engine, where its packages are installed; else ``None``."""
    return None
