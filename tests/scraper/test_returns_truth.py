"""The official returns of the demo, beside figures worked out from what the stand-in wrote into its letters."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scraper.publishing.returns.official import EXCEPTIONS, SECTIONS
from tests.scraper.wrote import (
    WITHHELD,
    answers,
    by_quarter,
    grounds,
    handled_under,
    in_time,
    letters,
    pit_lines,
    read_sources,
    review_lines,
    section,
)
from tests.scraper.wrote import returned as rows_of

pytestmark = pytest.mark.long

CLASSES = {
    "disclosed_full": "Initial Outcome Granted in full",
    "disclosed_part": "Initial Outcome  Partially withheld",
    "not_held": "Requests where information not held",
}
TIMELY = {True: "20-day deadline met", False: "Late response (i.e. 20-day deadline missed)"}


def only_21(request: dict[str, Any], read: set[str]) -> bool:
    """Whether it is refused under section 21 and under nothing else, named or not."""
    found = grounds(request, read)
    if found:
        return all((regime, section(provision)) == ("FOIA", "21") for regime, provision in found)
    return any(letter["outcome"] == "accessible_elsewhere" for _, letter in answers(request, read)[:1])


def lines(request: dict[str, Any], read: set[str]) -> Iterator[str]:
    """The lines of the return that a request counts in, by the words of statistics.md and nothing else."""
    yield from pit_lines(request, read)
    yield from review_lines(request, read)
    found = grounds(request, read)
    first = next((letter["outcome"] for _, letter in answers(request, read)), None)
    if only_21(request, read):
        yield "Total Section 21 exemptions used"
        yield "S21 Partly Exempt" if first == "disclosed_part" else "S21 Fully Exempt"
        return
    if {letter["kind"] for _, letter in letters(request, read)} == {"bounce"}:
        return
    yield "Total requests received"
    if handled_under(request, read) == "EIR":
        yield "Requests handled under EIRs"
    if first in CLASSES:
        yield CLASSES[first]
    if first in WITHHELD:
        yield "Initial Outcome  Fully withheld"
        yield f"Fully refused - {route(request, first, found)}"
    claimed = first == "disclosed_part" or (first in WITHHELD and route(request, first, found) == "exemption")
    if claimed:
        yield "Number of requests where an exemption was claimed"
    used = {section(provision) for regime, provision in found if regime == "FOIA"}
    yield from (f"S({one}) - {SECTIONS[one]}" for one in used & SECTIONS.keys() if claimed and one != "39")
    for regime, provision in found:
        code = "3(a)" if section(provision) == "13" else provision.removeprefix("12(").replace(")", "", 1)
        if regime == "EIR" and code in EXCEPTIONS and (claimed or code == "4(a)"):
            yield f"{code} - {EXCEPTIONS[code]}"


def timing(request: dict[str, Any], read: set[str]) -> str | None:
    """The line of a request whose clock nothing stopped; None for one that it is not so of, or that has no answer."""
    known = in_time(request, read, "UK")
    if known is None:
        return None
    return ("S21 " if only_21(request, read) else "") + TIMELY[known]


def route(request: dict[str, Any], outcome: str, grounds: set[tuple[str, str]]) -> str:
    if request["regime"] == "EIR" or outcome in {"withheld", "ncnd"}:
        return "exemption"
    if outcome == "cost_limit":
        return "cost limit"
    return "repeated" if ("FOIA", "14(2)") in grounds else "vexatious"


@pytest.fixture(scope="module")
def read(demo: Path) -> set[str]:
    return read_sources(demo / "public.db")


@pytest.fixture(scope="module")
def groups(demo: Path) -> dict[tuple[str, str], list[dict[str, Any]]]:
    return by_quarter(demo / "public.db", {"FOIA", "EIR"})


@pytest.fixture(scope="module")
def returned(demo: Path) -> dict[tuple[str, str], dict[str, Any]]:
    return rows_of(demo / "public.db", "official_return")


def test_the_official_return_is_what_the_standin_wrote(
    groups: dict[tuple[str, str], list[dict[str, Any]]],
    returned: dict[tuple[str, str], dict[str, Any]],
    read: set[str],
) -> None:
    wanted = {key: Counter(line for one in requests for line in lines(one, read)) for key, requests in groups.items()}
    names = sorted({line for counted in wanted.values() for line in counted})
    assert len(names) > 45
    assert {"PIT 16 to 20", "IR number upheld in part", "IR number overturned", "Requests handled under EIRs"} <= {
        *names
    }
    assert returned.keys() == wanted.keys()
    wrong = {(key, name) for key in wanted for name in names if returned[key][name] != wanted[key][name]}
    assert wrong == set()


def test_answers_in_time_and_late_are_what_the_standin_wrote(
    groups: dict[tuple[str, str], list[dict[str, Any]]],
    returned: dict[tuple[str, str], dict[str, Any]],
    read: set[str],
) -> None:
    known = {key: [timing(one, read) for one in requests] for key, requests in groups.items()}
    plain = {key: Counter(lines) for key, lines in known.items() if None not in lines}
    assert len(plain) > 100
    names = [prefix + name for prefix in ("", "S21 ") for name in TIMELY.values()]
    wrong = [
        (key, name, returned[key][name], counted[name])
        for key, counted in plain.items()
        for name in names
        if returned[key][name] != counted[name]
    ]
    assert wrong == []
