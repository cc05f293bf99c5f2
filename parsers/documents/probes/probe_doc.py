"""What an old Word document holds beside its text: changes, comments, hidden and tiny words, files inside."""

import io

import olefile

from parsers.documents.containers import OLE_FAULTS
from parsers.documents.package import UnreadableError
from parsers.documents.probes.probe_findings import Findings
from parsers.documents.probes.probe_properties import probe_ole_properties, unopened
from parsers.documents.word import doc_formats as formats
from parsers.documents.word.doc_body import Formats
from parsers.documents.word.doc_file import WordFile

INSERTED, SIZE = 0x0801, 0x4A43
TINIEST = 4
MARKS = "\x01\x07\x08\r\x0c"


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
    findings.add("embedded_file", count=max(len(inner) - 1, 0))
    findings.add("macros", count=int("Macros" in tops))
    probe_ole_properties(data, findings)


def _probe_stories(word: WordFile, findings: Findings) -> None:
    known = Formats(word)
    for name, (first, last) in word.stories().items():
        if name == "comments":
            findings.add("comments", count=int(last - first > 1))
            continue
        for _, text, properties in known.stretches(first, last):
            size = len(text.strip(MARKS + " "))
            if formats.is_set(properties, formats.DELETED) or formats.is_set(properties, INSERTED):
                findings.add("tracked_changes", name)
            elif formats.is_set(properties, formats.HIDDEN):
                findings.add("hidden_text", name, count=size)
            elif SIZE in properties and 0 < formats.number(properties, SIZE) <= TINIEST:
                findings.add("tiny_text", name, count=size)
