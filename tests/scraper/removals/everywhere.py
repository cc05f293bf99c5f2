"""Searches every byte of every file below a folder, stored bodies unpacked."""

import zlib
from pathlib import Path


def holding(folder: Path, *words: str) -> list[str]:
    """Files below ``folder`` that hold one of the words in their name or bytes, as UTF-8 or UTF-16, packed or not."""
    needles = [word.encode(coding) for word in words for coding in ("utf-8", "utf-16-le", "utf-16-be")]
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return [
        path.relative_to(folder).as_posix()
        for path in files
        if any(needle in part for needle in needles for part in _parts(path))
    ]


def _parts(path: Path) -> list[bytes]:
    data = path.read_bytes()
    packed = [zlib.decompress(data)] if path.suffix == ".zz" else []
    return [path.name.encode(), data, *packed]
