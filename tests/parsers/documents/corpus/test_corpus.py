"""Every sample of the corpus gives what its case says, and every type of file has its samples."""

import pytest

from parsers.documents.probes.probe import probe_document
from parsers.documents.read import open_document
from parsers.documents.scans.settled import settled
from parsers.documents.sniff import sniff
from tests.golden import Golden
from tests.parsers.documents.corpus.sample import SECRET, Sample
from tests.parsers.documents.corpus.table import CASES, SAMPLES, UNREAD, WITHOUT, lacking, told

READ_OPENLY = [sample for sample in SAMPLES if not sample.limited]


def folder(sample: Sample) -> str:
    return sample.folder


def test_every_type_has_a_sample_of_each_kind_or_a_reason_for_none() -> None:
    assert list(lacking()) == []
    assert not set(WITHOUT) & {(sample.document_type, sample.kind) for sample in SAMPLES}


def test_every_sample_has_a_case_of_its_own_and_every_case_a_sample() -> None:
    folders = [sample.folder for sample in SAMPLES]
    assert len(set(folders)) == len(folders)
    assert {case.parent.name for case in CASES.glob("*/expected.json")} == set(folders)


@pytest.mark.parametrize("sample", SAMPLES, ids=folder)
def test_a_sample_is_known_by_its_bytes(sample: Sample) -> None:
    assert sniff(sample.make(), name=sample.name) == sample.document_type


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
@pytest.mark.parametrize("sample", READ_OPENLY, ids=folder)
def test_a_sample_gives_what_its_case_says(sample: Sample, golden: Golden) -> None:
    data = sample.make()
    opened = open_document(data, document_type=sample.document_type)
    assert [part.size for part in opened.document.parts] == [len(file) for file in opened.files]
    probe = probe_document(data, document_type=sample.document_type)
    golden.check(CASES / sample.folder / "expected.json", told(settled(opened.document, {}, unread=UNREAD), probe))


@pytest.mark.parametrize("sample", [one for one in READ_OPENLY if one.kind == "hidden"], ids=folder)
def test_what_is_hidden_is_never_told_unless_it_is_held_back(sample: Sample) -> None:
    data = sample.make()
    probe = probe_document(data, document_type=sample.document_type)
    document = open_document(data, document_type=sample.document_type).document
    held_back = any(finding.severity == "holds_back" for finding in probe.findings)
    assert SECRET not in repr(probe)
    assert held_back or not any(SECRET in page.text for page in document.pages)
