"""Files that LibreOffice wrote, of invented figures: what they show is told, and what they hide is found."""

from pathlib import Path

import pytest

from parsers.documents.probes.probe import probe_document
from parsers.documents.read import read_document
from parsers.documents.sniff import sniff
from tests.golden import Golden, case_id, cases

CASES = cases(Path(__file__).parent / "libreoffice")
HIDDEN = "Hidden"
"""Begins everything that the files do not show; a CSV has no way to hide."""


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_what_it_wrote_is_read(case: Path, golden: Golden) -> None:
    (path,) = case.glob("input.*")
    data = path.read_bytes()
    kind = sniff(data)
    assert kind == path.suffix[1:]
    assert sniff(data, name="reply.docx") == kind
    document = read_document(data, document_type=kind)
    assert kind == "csv" or not any(HIDDEN in page.text for page in document.pages)
    probe = probe_document(data, document_type=kind)
    golden.check(
        case / "expected.json",
        {
            "status": document.status,
            "detail": document.detail,
            "pages": [{"title": page.title, "lines": page.text.split("\n")} for page in document.pages],
            "hidden": [[found.kind, found.place, found.count] for found in probe.findings],
        },
    )
