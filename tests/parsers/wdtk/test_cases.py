"""Pages written for the reader, one trap each: what goes in, and the record that comes out."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from parsers.wdtk.authority import parse_authority_json, parse_authority_page
from parsers.wdtk.authority_csv import parse_authorities_csv
from parsers.wdtk.listing import parse_authority_list, parse_listing
from parsers.wdtk.notices import classify
from parsers.wdtk.request_json import parse_request_json
from parsers.wdtk.request_page import parse_request_page
from parsers.wdtk.vocabulary import EVENT_TYPES
from tests.golden import Golden, case_id, cases

CASES = Path(__file__).parent / "cases"
PARSERS: dict[str, Callable[[bytes], Any]] = {
    "authorities_csv": parse_authorities_csv,
    "authority_json": parse_authority_json,
    "authority_list": parse_authority_list,
    "authority_page": parse_authority_page,
    "listing": parse_listing,
    "request_json": parse_request_json,
    "request_page": parse_request_page,
}
TRAPS = frozenset({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 19, 20})
"""Of the twenty traps of alaveteli.md part 8 all but 17, which is about robots.txt."""


def _meta(case: Path) -> dict[str, Any]:
    meta: dict[str, Any] = json.loads((case / "meta.json").read_text(encoding="utf-8"))
    return meta


def _input(case: Path) -> bytes:
    (found,) = case.glob("input.*")
    return found.read_bytes()


def _read(case: Path) -> Any:
    if case.parent.name == "notice":
        meta = _meta(case)
        return classify(status=meta["status"], headers=meta["headers"], body=_input(case))
    return PARSERS[case.parent.name](_input(case))


@pytest.mark.parametrize("case", cases(CASES), ids=lambda case: f"{case.parent.name}/{case_id(case)}")
def test_case(case: Path, golden: Golden) -> None:
    golden.check(case / "expected.json", _read(case))


def test_every_trap_that_concerns_reading_has_a_case() -> None:
    assert {_meta(case).get("trap") for case in cases(CASES)} - {None} == TRAPS


def test_every_type_of_event_has_a_case() -> None:
    record = parse_request_json(_input(CASES / "request_json" / "every-type-of-event"))
    assert {event.event_type for event in record.events} == EVENT_TYPES
