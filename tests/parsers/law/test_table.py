"""The table of provisions: versions, what exists, and what a provision is counted as."""

import csv
import re
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from parsers.law.provision import Provision
from parsers.law.table import (
    counted_as,
    deepest,
    exists,
    false_friends,
    lookup,
    other_acts,
    provisions,
    sections,
    versions,
)


def test_the_key_of_a_row_is_regime_provision_and_first_day() -> None:
    keys = [(row.regime, row.provision, row.in_force_from) for row in provisions()]
    assert len(set(keys)) == len(keys)


def test_versions_of_a_provision_never_overlap() -> None:
    for row in provisions():
        older = [other for other in versions(row.regime, row.provision) if other is not row]
        for other in older:
            first, second = sorted((row, other), key=lambda each: each.in_force_from or date.min)
            assert first.in_force_to is not None
            assert first.in_force_to < (second.in_force_from or date.min)


@pytest.mark.parametrize(
    ("on", "says"),
    [
        (date(2010, 1, 1), "Old list entry for s.40"),
        (date(2020, 1, 1), "s.40(1) is absolute"),
        (None, "s.40(1) is absolute"),
    ],
)
def test_lookup_takes_the_version_in_force_on_a_day(on: date | None, says: str) -> None:
    row = lookup("FOIA", "2(3)(f)", on)
    assert row is not None
    assert row.short_title == says


def test_what_was_not_in_force_on_a_day_is_still_found() -> None:
    row = lookup("FOIA", "40(3A)(a)", date(2010, 1, 1))
    assert row is not None
    assert row.in_force_from == date(2018, 5, 25)


def test_lookup_of_what_does_not_exist_is_none() -> None:
    assert lookup("FOIA", "40(2)(z)") is None
    assert lookup("EIR", "40(2)") is None


@pytest.mark.parametrize(
    ("printed", "found"),
    [("FOIA 40(2)(a)(i)", "FOIA 40(2)(a)"), ("FOIA 40(2)", "FOIA 40(2)"), ("FOIA 12(9)", "FOIA 12"), ("EIR 40", None)],
)
def test_the_deepest_existing_ancestor(printed: str, found: str | None) -> None:
    nearest = deepest(Provision.parse(printed))
    assert (str(nearest) if nearest else None) == found


@pytest.mark.parametrize(
    ("regime", "provision", "counted"),
    [
        ("FOIA", "40(3A)(a)", ("FOIA", "40(2)")),
        ("FOIA", "31(2)(c)", ("FOIA", "31(1)(g)")),
        ("EIR", "12(3)", ("EIR", "13(1)")),
        ("EIR", "12(5)(f)(i)", ("EIR", "12(5)(f)")),
        ("OTHER", "CRCA2005 s18(1)", ("FOIA", "44(1)(a)")),
        ("DPA2018", "132(1)", ("FOIA", "44(1)(a)")),
        ("FOIA", "43(2)", ("FOIA", "43(2)")),
        ("unknown", "106", ("unknown", "106")),
    ],
)
def test_one_ground_is_counted_once(regime: str, provision: str, counted: tuple[str, str]) -> None:
    assert counted_as(regime, provision) == counted


def test_what_is_counted_exists() -> None:
    for row in provisions():
        assert exists(*counted_as(row.regime, row.provision))


def test_sections_of_a_regime() -> None:
    assert {"40", "22A", "Sch.1"} <= sections("FOIA")
    assert "40" not in sections("EIR")


def test_every_act_of_the_table_has_a_name() -> None:
    codes = {act.code for act in other_acts()}
    assert {row.provision.split()[0] for row in provisions() if row.regime == "OTHER"} <= codes


def test_every_false_friend_belongs_to_a_named_act_and_has_words_that_betray_it() -> None:
    codes = {act.code for act in other_acts()}
    for friend in false_friends():
        assert friend.act in codes
        assert friend.sections
        assert friend.after or friend.near or friend.noun == "schedule"


def test_acts_have_one_code_each_and_codes_that_read_back() -> None:
    codes = [act.code for act in other_acts()]
    assert len(set(codes)) == len(codes)
    for code in codes:
        assert Provision.parse(f"{code} s1(2)", regime="OTHER").section == f"{code} s1"


@pytest.mark.real
def test_the_table_is_the_reference_data_with_schedules_in_dotted_style(shared: Path) -> None:
    def rows(text: str) -> list[dict[str, str]]:
        return list(csv.DictReader(text.splitlines()))

    ours = (resources.files("parsers.law") / "data" / "provisions.csv").read_text(encoding="utf-8")
    theirs = rows((shared / "law" / "provisions.csv").read_text(encoding="utf-8"))
    for row in theirs:
        for column in ("provision", "parent", "rolls_up_to"):
            row[column] = re.sub(r"\b(Sch|Pt|para) (?=[0-9IVX])", r"\1.", row[column])
    assert rows(ours) == theirs
