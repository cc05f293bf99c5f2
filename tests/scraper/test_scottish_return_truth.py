"""The Scottish return of the demo, beside figures worked out from what the stand-in wrote into its letters."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from scraper.publishing.returns.scottish import LINES
from tests.scraper.wrote import (
    Wrote,
    answers,
    by_quarter,
    due_on,
    extended,
    grounds,
    handled_under,
    in_time,
    letters,
    read_sources,
    returned,
    reviewed,
)

pytestmark = pytest.mark.long

NAMES = {
    "FOISA": {
        "requests": "FOISA requests", "withdrawn": "FOISA closed - withdrawn", "fees": "FOISA fees notice",
        "disclosed_full": "FOISA - full release", "disclosed_part": "FOISA - some released",
        "not_held": "FOISA - none held ", "ncnd": "FOISA - no confirm/deny", "cost_limit": "FOISA refused - cost",
        "vexatious": "FOISA - vexatious", "repeated": "FOISA - repeated", "none": "FOISA - none released",
        "reviews": "FOISA reviews ", "upheld": "FOISA review - wholly/partially upheld",
        "overturned": "FOISA review - substituted decision", "review_in_time": "FOISA review - on time",
        "review_late": "FOISA review - late response", True: "FOISA response on time", False: "FOISA response late",
    },
    "EISR": {
        "requests": "EIR requests", "withdrawn": "EIR closed - withdrawn", "fees": "EIRs fees notice",
        "extended": "EIR timescale extended", "disclosed_full": "EIRs - full release",
        "disclosed_part": "EIRs - some released", "not_held": "EIRs - none held", "ncnd": "EIRs - no confirm/deny",
        "cost_limit": "EIRs refused - cost", "unreasonable": "EIRs - manifestly unreasonable",
        "none": "EIRs - none released ", "reviews": "EIRs reviews", "upheld": "EIR review - upheld",
        "overturned": "EIR review - not upheld", "review_in_time": "EIRs review - on time",
        "review_late": "EIRs review - late response ", True: "EIRs response on time", False: "EIRs response late",
    },
}  # fmt: skip


def outcome(law: str, first: str | None, relied: set[tuple[str, str]]) -> list[str]:
    """The lines of what came of a request, by its first answer and by what it rests on."""
    if first in {"disclosed_full", "disclosed_part", "not_held", "ncnd"}:
        return [str(first)]
    if law == "EISR":
        unreasonable = [one for one in ["unreasonable"] if ("EISR", "10(4)(b)") in relied]
        if first == "cost_limit":
            return [*unreasonable, "cost_limit"]
        return unreasonable or (["none"] if first else [])
    if first == "vexatious_or_repeat":
        return ["repeated" if ("FOISA", "14(2)") in relied else "vexatious"]
    return [{"cost_limit": "cost_limit", "withheld": "none", "accessible_elsewhere": "none"}.get(str(first), "")]


def lines(request: Wrote, read: set[str]) -> Iterator[str]:
    """The lines that a request counts in, but for those of time."""
    law = handled_under(request, read)
    names, told = NAMES[law], [letter for _, letter in letters(request, read)]
    relied = grounds(request, read)
    first = next((letter["outcome"] for _, letter in answers(request, read)), None)
    if {letter["kind"] for letter in told} != {"bounce"}:
        yield names["requests"]
        if request["described_state"] == "user_withdrawn":
            yield names["withdrawn"]
        if any(letter["kind"] == "fees_notice" for letter in told):
            yield names["fees"]
        if law == "EISR" and extended(request, read, ("EISR", "7(1)"), "Scotland"):
            yield names["extended"]
    yield from (names[one] for one in outcome(law, first, relied) if one)
    for asked, decided, changed in reviewed(request, read):
        yield names["reviews"]
        if decided:
            yield names["overturned" if changed == "overturned" else "upheld"]
        if asked and decided:
            yield names["review_in_time" if decided <= due_on(asked, "Scotland") else "review_late"]
    counted = {line.name for line in LINES if line.name.startswith(("FOISA 2", "FOISA 3", "FOISA 4", "EISR 1"))}
    for name in counted:
        if any(
            f"{one} {provision}" == name or f"{one} {provision}".startswith(f"{name}(") for one, provision in relied
        ):
            yield name


@pytest.fixture(scope="module")
def read(demo: Path) -> set[str]:
    return read_sources(demo / "public.db")


@pytest.fixture(scope="module")
def groups(demo: Path) -> dict[tuple[str, str], list[Wrote]]:
    return by_quarter(demo / "public.db", {"FOISA", "EISR"})


def test_the_scottish_return_is_what_the_standin_wrote(
    demo: Path, groups: dict[tuple[str, str], list[Wrote]], read: set[str]
) -> None:
    found = returned(demo / "public.db", "scottish_return")
    wanted = {key: Counter(line for one in requests for line in lines(one, read)) for key, requests in groups.items()}
    names = sorted(
        {*NAMES["FOISA"].values(), *NAMES["EISR"].values(), *(line for one in wanted.values() for line in one)}
    )
    assert len({line for one in wanted.values() for line in one}) > 20
    assert found.keys() == wanted.keys()
    untimed = [name for name in names if "response" not in name or "review" in name]
    assert [
        (key, name, found[key][name], wanted[key][name])
        for key in wanted
        for name in untimed
        if found[key][name] != wanted[key][name]
    ] == []


def test_scottish_answers_in_time_and_late_are_what_the_standin_wrote(
    demo: Path, groups: dict[tuple[str, str], list[Wrote]], read: set[str]
) -> None:
    found = returned(demo / "public.db", "scottish_return")
    times = {key: [(handled_under(one, read), in_time(one, read, "Scotland")) for one in requests]
             for key, requests in groups.items()}  # fmt: skip
    plain = {key: Counter(NAMES[law][known] for law, known in told if known is not None)
             for key, told in times.items() if None not in [known for _, known in told]}  # fmt: skip
    assert len(plain) > 10
    names = [NAMES[law][known] for law in NAMES for known in (True, False)]
    assert [
        (key, name, found[key][name], counted[name])
        for key, counted in plain.items()
        for name in names
        if found[key][name] != counted[name]
    ] == []


def test_what_cannot_be_known_is_empty_and_never_nought(demo: Path) -> None:
    for table, empty in (
        ("official_return", "ICO Total Complaints"),
        ("official_return", "PIT uncompleted prev year 6 to 10"),
        ("scottish_return", "FOISA - fees paid"),
        ("scottish_return", "Subject Access Requests"),
    ):
        assert {row[empty] for row in returned(demo / "public.db", table).values()} == {None}
