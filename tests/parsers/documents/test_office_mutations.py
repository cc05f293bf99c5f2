"""Damaged on purpose: whatever bytes change, a table, a slide or a probe ends with a record and never with an error."""

import random
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from parsers.documents.probes.probe import probe_document
from parsers.documents.read import read_document
from parsers.documents.records import DocumentType
from tests.parsers.documents import books
from tests.parsers.documents.test_probe import docx, odt, pptx, rtf
from tests.parsers.documents.test_probe_pdf import _black_box_over, pdf

ROUNDS = 40
SAMPLES: dict[DocumentType, Callable[[], bytes]] = {
    "xlsx": lambda: books.xlsx_that_hides("hidden_columns"),
    "xls": lambda: books.xls(hidden_rows=[1], hidden_columns=[1]),
    "xlsb": lambda: books.xlsb(hidden_rows=[1], hidden_columns=[1]),
    "ods": lambda: books.ods(hidden="hidden_rows"),
    "pptx": pptx,
    "csv": lambda: b'name;"a ""quoted"" value";3\r\n' * 20,
    "docx": docx,
    "odt": odt,
    "rtf": lambda: rtf(r"{\v hidden}{\cf1 white}{\*\annotation note}"),
    "pdf": lambda: pdf(_black_box_over),
}


def mutated(data: bytes, dice: random.Random) -> bytes:
    """The bytes with some changed, cut out, doubled or cut off; in a zip also inside a part."""
    if data.startswith(b"PK") and dice.random() < 0.7:
        return _mutated_part(data, dice)
    return _changed(data, dice)


def _changed(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.randint(1, 12)):
        place = dice.randrange(len(changed)) if changed else 0
        match dice.randrange(5):
            case 0 | 1:
                changed[place : place + 1] = bytes([dice.randrange(256)])
            case 2:
                del changed[place : place + dice.randrange(1, 40)]
            case 3:
                changed[place:place] = changed[place : place + dice.randrange(1, 40)]
            case _:
                changed[place : place + 4] = dice.choice([b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f"])
    return bytes(changed[: dice.randrange(len(changed) + 1)] if dice.random() < 0.1 else changed)


def _mutated_part(data: bytes, dice: random.Random) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        victim = dice.choice([name for name in old.namelist() if old.read(name)])
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, _changed(body, dice) if name == victim else body)
    return out.getvalue()


def tried(kind: DocumentType, seed: int) -> None:
    """Read and probe one mutated sample."""
    dice = random.Random(f"{kind} {seed}")  # noqa: S311 - damage, not secrets
    data = mutated(SAMPLES[kind](), dice)
    document = read_document(data, document_type=kind)
    assert document.status in {"read", "no_text", "encrypted", "damaged", "too_big", "bomb"}
    probe = probe_document(data, document_type=kind)
    assert probe.status in {"probed", "encrypted", "damaged", "too_big", "bomb"}
    assert probe.status == "probed" or (probe.detail and not probe.findings)


@pytest.mark.parametrize("kind", SAMPLES)
def test_damaged_files_end_with_a_record(kind: DocumentType) -> None:
    for seed in range(ROUNDS):
        tried(kind, seed)
