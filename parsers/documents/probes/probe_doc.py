"""What an old Word document holds beside its text: changes, comments, hidden, white and tiny words, files inside."""

import io

import olefile

from parsers.documents.containers import OLE_FAULTS
from parsers.documents.package import UnreadableError
from parsers.documents.probes.probe_findings import FindingKind, Findings
from parsers.documents.probes.probe_properties import probe_ole_properties, unopened
from parsers.documents.word import doc_formats as formats
from parsers.documents.word.doc_body import Formats
from parsers.documents.word.doc_file import WordFile
from parsers.documents.word.doc_formats import Properties

INSERTED, SIZE = 0x0801, 0x4A43
COLOUR, COLOUR_NUMBER, MARKER = 0x6870, 0x2A42, 0x2A0C
SHADINGS = (0xCA71, 0x4866, 0xC64D, 0x442D)
"""Of characters and of paragraphs, each in its newer and its older form."""
TINIEST = 4
MARKS = "\x01\x07\x08\r\x0c"
BLACK, WHITE = 1, 8
"""Numbers of colours."""
PAPER = b"\xff\xff\xff\0"
INKS = frozenset({b"\0\0\0\xff", b"\0\0\0\0", b""})


def probe_doc(data: bytes, findings: Findings) -> None:
    """An old Word document."""
    try:
        word = WordFile(data)
        _probe_stories(word, findings)
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            tops = {path[0] for path in ole.listdir(streams=True, storages=True)}
            inner = [path for path in ole.listdir(streams=False, storages=True) if path[0] == "ObjectPool"]
    except UnreadableError:
        raise
    except OLE_FAULTS as error:
        raise unopened() from error
    findings.add("embedded_file", count=sum(len(path) == 2 for path in inner))
    findings.add("macros", count=int("Macros" in tops))
    probe_ole_properties(data, findings)


def _probe_stories(word: WordFile, findings: Findings) -> None:
    known = Formats(word)
    for name, (first, last) in word.stories().items():
        if name == "comments":
            findings.add("comments", count=int(last - first > 1))
            continue
        for place, text, properties in known.stretches(first, last):
            size = len(text.strip(MARKS + " "))
            if formats.is_set(properties, formats.DELETED) or formats.is_set(properties, INSERTED):
                findings.add("tracked_changes", name)
            elif formats.is_set(properties, formats.HIDDEN):
                findings.add("hidden_text", name, count=size)
            elif SIZE in properties and 0 < formats.number(properties, SIZE) <= TINIEST:
                findings.add("tiny_text", name, count=size)
            elif size and (kind := _blended(properties, known.paragraph(place))) is not None:
                findings.add(kind, name, count=size)


def _blended(characters: Properties, paragraph: Properties) -> FindingKind | None:
    """Whether words have the colour of what lies behind them; in a table or on a shading that cannot be told."""
    marker = formats.number(characters, MARKER) & 0xFF
    ink = characters.get(COLOUR, b"")
    number = formats.number(characters, COLOUR_NUMBER)
    is_white = ink == PAPER if ink else number == WHITE
    if marker == BLACK and ink in INKS and number in {0, BLACK}:
        return "covered_text"
    if not is_white or formats.is_set(paragraph, formats.IN_TABLE):
        return None
    shaded = any(any(looks.get(shading, b"")) for looks in (characters, paragraph) for shading in SHADINGS)
    return "white_text" if marker in {0, WHITE} and not shaded else None
