"""The samples that are damaged, and the ways in which each of them is: the same files for the same seed."""

import random
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from parsers.documents.records import DocumentType
from parsers.documents.sniff import sniff
from tests.parsers.documents.corpus.sample import steady
from tests.parsers.documents.corpus.table import SAMPLES
from tests.scraper.reading import mutations
from tests.scraper.reading.mutations import Damage

DOCUMENTS = Path(__file__).parent.parent / "parsers" / "documents"
ENDINGS = frozenset({
    "pdf", "docx", "doc", "docm", "odt", "rtf", "xlsx", "xls", "xlsb", "ods", "csv", "pptx", "html", "eml", "msg",
    "dat", "zip", "tar", "gz", "mbox", "png", "jpg", "tiff", "gif",
})  # fmt: skip
SMALL = 200_000
"""Bytes. Larger samples, and those that were made to cost time, cost seconds each: they have their turn more seldom."""
SELDOM = 0.2
PLAIN: tuple[Damage, ...] = (
    mutations.damaged, mutations.damaged, mutations.cut, mutations.repeated, mutations.lying, mutations.damaged_numbers,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Whole:
    """A file before it is damaged."""

    label: str
    document_type: DocumentType
    name: str | None
    data: bytes
    weight: float


@dataclass(frozen=True, kw_only=True)
class Mutated:
    """A damaged file: which one it is, of which sample, and how it is taken."""

    number: int
    whole: Whole
    damage: str
    data: bytes
    document_type: DocumentType


def wholes() -> list[Whole]:
    """Every sample of the corpus, and every document that lies among the cases of the readers."""
    made = [(one.folder, one.document_type, one.name, one.make(), one.kind == "hostile") for one in SAMPLES]
    for path in sorted(DOCUMENTS.rglob("*")):
        if path.suffix[1:] in ENDINGS:
            data = path.read_bytes()
            label = path.relative_to(DOCUMENTS).as_posix()
            made.append((label, sniff(data, name=path.name), path.name, data, False))
    return [
        Whole(
            label=label,
            document_type=kind,
            name=name,
            data=steady(data),
            weight=SELDOM if hostile or len(data) > SMALL else 1.0,
        )
        for label, kind, name, data, hostile in made
        if data
    ]


def mutated(number: int, seed: int, among: Sequence[Whole]) -> Mutated:
    """The damaged file of that number; the same one whenever it is asked for."""
    chance = random.Random(f"{seed} {number}")  # noqa: S311 - damage, not a secret
    (whole,) = chance.choices(among, [one.weight for one in among])
    damage = chance.choice([*PLAIN, mutations.spliced([one.data for one in chance.choices(among, k=3)])])
    inside = _inside(whole.data, chance, damage)
    # What is packed is mostly damaged inside: outside, its packing alone would be tried.
    if inside is not None and chance.random() < 0.7:
        label, data = inside
    else:
        label, data = damage.__name__, damage(whole.data, chance)
    told = sniff(data, name=whole.name)
    kind = whole.document_type if chance.random() < 0.5 else told
    return Mutated(number=number, whole=whole, damage=label, data=data, document_type=kind)


def _inside(data: bytes, chance: random.Random, damage: Damage) -> tuple[str, bytes] | None:
    """The file with damage to what is packed in it, where something is."""
    ways: dict[bytes, tuple[Damage, ...]] = {
        b"PK\x03\x04": (partial(mutations.damaged_inside, damage=damage), mutations.other_parts),
        b"\xd0\xcf\x11\xe0": (partial(mutations.damaged_stream, damage=damage),),
        b"\x1f\x8b\x08": (partial(mutations.damaged_packed, damage=damage),),
        b"%PDF": (partial(mutations.damaged_pdf_stream, damage=damage),),
    }
    way = chance.choice(ways.get(data[:4]) or ways.get(data[:3]) or (None,))
    if way is None:
        return None
    try:
        return f"{damage.__name__} inside", steady(way(data, chance))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, LookupError, RuntimeError, TypeError):
        return None  # a sample that is damaged already cannot be unpacked
