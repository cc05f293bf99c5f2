"""Which requests and which files the policy lets through."""

import pytest

from scraper.config import PublicationPolicy
from scraper.publishing.policy import Policy


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


@pytest.mark.parametrize(
    ("document_type", "name", "held_back"),
    [
        ("xlsx", "figures.pdf", "spreadsheet"),
        ("ods", "figures.ods", "spreadsheet"),
        ("zip", "figures.zip", "container"),
        ("pdf", "figures.xlsx", None),
        ("pdf", "letter.pdf", None),
        ("txt", "figures.CSV", "spreadsheet"),
        ("unknown", "figures.xls", "spreadsheet"),
        (None, "figures.xlsm", "spreadsheet"),
        (None, "letter.pdf", None),
        (None, "all.7z", "container"),
    ],
)
def test_files(document_type: str | None, name: str, held_back: str | None) -> None:
    assert Policy().held_back(document_type=document_type, names=[name]) == held_back


def test_the_defaults_are_those_of_the_configuration() -> None:
    assert Policy.from_config(PublicationPolicy()) == Policy()
    told = Policy.from_config(PublicationPolicy(requester_names=True, mask_contacts=False, backpage=True))
    assert told == Policy(requester_names=True, mask_contacts=False, backpage=True)
