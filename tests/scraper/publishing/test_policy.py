"""Which requests and which files the policy lets through."""

from datetime import date, timedelta

import pytest

from scraper.config import PublicationPolicy
from scraper.publishing.policy import FileKnown, Policy


@pytest.mark.parametrize(
    ("prominence", "noindex", "backpage", "published"),
    [
        ("normal", False, False, True),
        ("normal", True, False, False),
        ("backpage", False, False, False),
        ("backpage", True, True, True),
        ("normal", True, True, True),
        ("hidden", False, True, False),
        ("requester_only", False, True, False),
        ("a new word", False, True, False),
    ],
)
def test_requests(prominence: str, noindex: bool, backpage: bool, published: bool) -> None:
    assert Policy(backpage=backpage).publishes(prominence=prominence, noindex=noindex) is published


SEEN = date(2025, 3, 1)


@pytest.mark.parametrize(
    ("document_type", "name", "held_back"),
    [
        ("xlsx", "figures.pdf", "spreadsheet"),
        ("ods", "figures.ods", "spreadsheet"),
        ("zip", "figures.zip", None),
        ("tnef", "winmail.dat", None),
        ("mbox", "figures.mbox", None),
        ("pdf", "figures.xlsx", None),
        ("pdf", "letter.pdf", None),
        ("pptx", "slides.pptx", None),
        ("txt", "figures.CSV", "spreadsheet"),
    ],
)
def test_files_that_were_read_and_hide_nothing(document_type: str, name: str, held_back: str | None) -> None:
    known = FileKnown(
        document_type=document_type, name=name, read_status="read", probe_status="probed", first_seen_on=SEEN
    )
    assert Policy().held_back(known, on=SEEN) == held_back


@pytest.mark.parametrize(
    ("document_type", "name", "held_back"),
    [
        ("unknown", "figures.xls", "spreadsheet"),
        (None, "figures.xlsm", "spreadsheet"),
        (None, "letter.pdf", None),
        (None, "all.7z", "container"),
        ("zip", "all.zip", "container"),
        ("mbox", "all", "container"),
        ("unknown", "all.rar", "container"),
        ("rar", "all.rar", "container"),
        ("officexml", "figures.xls", "spreadsheet"),
        ("tar", "all.tar", "container"),
    ],
)
def test_files_not_read_go_by_their_names(document_type: str | None, name: str, held_back: str | None) -> None:
    known = FileKnown(document_type=document_type, name=name, first_seen_on=SEEN)
    assert Policy().held_back(known, on=SEEN + timedelta(days=900)) == held_back


@pytest.mark.parametrize(
    ("days", "has_findings", "probe_status", "held_back"),
    [
        (89, False, "probed", "spreadsheet"),
        (90, False, "probed", None),
        (9000, True, "probed", "hidden_content"),
        (0, True, "probed", "hidden_content"),
        (9000, False, "crashed", "not_probed"),
        (9000, False, None, "not_probed"),
    ],
)
def test_a_spreadsheet_waits_its_days_and_one_that_hides_something_for_ever(
    days: int, has_findings: bool, probe_status: str | None, held_back: str | None
) -> None:
    known = FileKnown(
        document_type="xls",
        read_status="read",
        probe_status=probe_status,
        has_findings=has_findings,
        first_seen_on=SEEN,
    )
    assert Policy().held_back(known, on=SEEN + timedelta(days=days)) == held_back


def test_a_spreadsheet_may_be_let_through_at_once() -> None:
    known = FileKnown(document_type="xls", read_status="read", probe_status="probed", first_seen_on=SEEN)
    assert Policy(spreadsheets_after_days=0).held_back(known, on=SEEN) is None


@pytest.mark.parametrize("status", ["encrypted", "damaged", "no_text"])
def test_what_has_no_text_is_not_held_back_but_says_why_it_was_not_read(status: str) -> None:
    assert Policy().held_back(FileKnown(document_type="xlsx", read_status=status), on=SEEN) is None


@pytest.mark.parametrize("probe_status", [None, "crashed", "too_slow", "damaged"])
def test_a_letter_whose_probe_failed_is_held_back(probe_status: str | None) -> None:
    known = FileKnown(document_type="pdf", read_status="read", probe_status=probe_status, first_seen_on=SEEN)
    assert Policy().held_back(known, on=SEEN + timedelta(days=9000)) == "not_probed"


def test_the_defaults_are_those_of_the_configuration() -> None:
    assert Policy.from_config(PublicationPolicy()) == Policy()
    told = Policy.from_config(
        PublicationPolicy(requester_names=True, mask_contacts=False, backpage=True, spreadsheets_after_days=7)
    )
    assert told == Policy(requester_names=True, mask_contacts=False, backpage=True, spreadsheets_after_days=7)
