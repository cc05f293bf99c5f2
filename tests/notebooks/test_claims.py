"""What the notebooks say is what plain counting in the rows of requests, citations and reviews says."""

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

Found = Mapping[str, Mapping[str, Any]]
SCOTTISH = ("FOISA", "EISR")


@pytest.fixture(scope="module")
def grounds(public: sqlite3.Connection) -> dict[int, set[str]]:
    """The sections and exceptions that each request is refused on, by reading every mention.

    Section 39 hands a request over to the environmental regulations: it is no ground where the answer is under these.
    """
    under = {request for (request,) in public.execute("SELECT request_id FROM clocks WHERE regime IN ('EIR', 'EISR')")}
    told: dict[int, set[str]] = defaultdict(set)
    for request, law, provision in public.execute(
        "SELECT request_id, counted_regime, counted_provision FROM citations "
        "WHERE role IN ('relied_on', 'relied_on_ncnd')"
    ):
        section = provision if law in ("EIR", "EISR") else provision.partition("(")[0]
        handed_over = f"{law} {section}" == "FOIA 39" or f"{law} {provision}" == "FOISA 39(2)"
        if not (handed_over and request in under):
            told[request].add(f"{law} {section}")
    return told


@pytest.fixture(scope="module")
def requests(public: sqlite3.Connection) -> pd.DataFrame:
    """Every request with its authority."""
    return pd.read_sql_query(
        "SELECT r.*, a.name, a.nation, a.sector FROM requests AS r JOIN authorities AS a ON a.id = r.authority_id",
        public,
    ).set_index("id")


def test_grounds_are_counted_once_a_request_of_those_read_under_the_same_countrys_law(
    found: Found, grounds: dict[int, set[str]], requests: pd.DataFrame
) -> None:
    used = found["exemptions"]["used"].set_index("ground")
    assert dict(used["requests"]) == Counter(one for named in grounds.values() for one in named)
    scottish = requests.loc[requests["letters_read"] > 0, "nation"] == "scotland"
    for ground, of in used["requests_read"].items():
        assert of == (scottish if ground.startswith(SCOTTISH) else ~scottish).sum()


def test_years_sectors_and_laws_add_up_from_the_mentions(
    found: Found, grounds: dict[int, set[str]], requests: pd.DataFrame
) -> None:
    told = found["exemptions"]
    by_year = Counter((requests.loc[request, "year"], one) for request, named in grounds.items() for one in named)
    assert {key: n for *key, n in told["by_year"].itertuples(index=False) for key in [tuple(key)]} == by_year
    by_sector = Counter(
        (*requests.loc[request, ["sector", "nation"]], one) for request, named in grounds.items() for one in named
    )
    assert {tuple(row[:3]): row[3] for row in told["by_sector"].itertuples(index=False)} == by_sector
    by_law = Counter(law for named in grounds.values() for law in {one.split()[0] for one in named})
    assert dict(told["laws"].set_index("law")["requests_with_a_ground"]) == by_law


def test_combinations_are_of_requests_with_any_ground(found: Found, grounds: dict[int, set[str]]) -> None:
    together = found["exemptions"]["together"]
    counted = Counter(frozenset(named) for named in grounds.values() if len(named) > 1)
    assert {frozenset(row.grounds.split(" + ")): row.requests for row in together.itertuples()} == counted
    assert found["exemptions"]["with_a_ground"] == sum(bool(named) for named in grounds.values())


def test_authorities_are_compared_on_one_ground(
    found: Found, grounds: dict[int, set[str]], requests: pd.DataFrame
) -> None:
    told = found["exemptions"]
    on_it = requests.loc[[request for request, named in grounds.items() if told["GROUND"] in named]]
    read = requests[requests["letters_read"] > 0].groupby("name").size()
    using = pd.DataFrame({"on_it": on_it.groupby("name").size(), "read": read}).dropna().astype(int)
    expected = {name: tuple(row) for name, row in using[using["read"] >= told["FEWEST"]].iterrows()}
    rows = told["by_authority"][["authority", "requests", "requests_read"]].itertuples(index=False)
    assert {name: (n, of) for name, n, of in rows} == expected
    assert len(told["evidence"]) >= told["by_authority"]["requests"].iloc[0]


def test_kinds_of_refusal_are_apart(
    found: Found, grounds: dict[int, set[str]], requests: pd.DataFrame, public: sqlite3.Connection
) -> None:
    told = found["refusals"]
    kinds = told["kinds"].iloc[0]
    assert kinds["cost_limit"] == sum(bool({"FOIA 12", "FOISA 12"} & named) for named in grounds.values())
    assert kinds["any_ground"] == len(grounds)
    assert kinds["requests_read"] == (requests["letters_read"] > 0).sum()
    (not_held,) = public.execute(
        "SELECT count(*) FROM requests WHERE outcome = 'not_held' OR id IN (SELECT request_id FROM citations "
        "WHERE counted = 1 AND counted_regime || ' ' || counted_provision IN ('EIR 12(4)(a)', 'EISR 10(4)(a)'))"
    ).fetchone()
    assert kinds["not_held"] == not_held
    assert (told["sectors"][list(told["KINDS"])].sum() == kinds[list(told["KINDS"])]).all()
    assert (told["by_year"][list(told["KINDS"])].sum() == kinds[list(told["KINDS"])]).all()
    assert told["cost"]["refused_on_cost"].sum() == kinds["cost_limit"]
    assert len(told["opinions"]) == sum("FOIA 36" in named for named in grounds.values())


def test_time_is_told_of_every_request(found: Found, requests: pd.DataFrame) -> None:
    told = found["timeliness"]
    lines = told["by_year"][list(told["TIMES"])].stack()
    expected = requests.groupby([requests["year"].astype(str), "timing"]).size()
    assert {key: n for key, n in lines.items() if n} == dict(expected)
    days = requests["working_days_taken"].dropna()
    assert list(told["days"]) == [((days > step * 5) & (days <= step * 5 + 5)).sum() for step in range(12)] + [
        (days > 60).sum()
    ]
    assert told["days"].sum() == requests["answered_on"].notna().sum()


def test_authorities_are_compared_on_lateness_where_it_can_be_said(found: Found, requests: pd.DataFrame) -> None:
    told = found["timeliness"]
    said = requests.dropna(subset=["late"]).groupby("name")["late"].agg(["sum", "count"])
    said = said[said["count"] >= told["FEWEST"]].astype(int)
    rows = told["late"].set_index("authority")
    assert {name: tuple(row) for name, row in rows[["late", "decided"]].iterrows()} == {
        name: tuple(row) for name, row in said.iterrows()
    }


def test_more_time_for_the_public_interest_is_in_the_official_steps(found: Found, public: sqlite3.Connection) -> None:
    waits = [days for (days,) in public.execute(
        "SELECT extension_working_days FROM clocks WHERE extension = 'public_interest' AND answered_on IS NOT NULL"
    )]  # fmt: skip
    edges = [5, 10, 15, 20, 30, 40, 60, 80, 100, 10**6]
    steps = Counter(next(place for place, edge in enumerate(edges) if days <= edge) for days in waits)
    assert list(found["timeliness"]["delays"]) == [steps[place] for place in range(10)]


def test_reviews_are_counted_one_by_one(found: Found, public: sqlite3.Connection, grounds: dict[int, set[str]]) -> None:
    told, rows = (
        found["reviews"],
        public.execute("SELECT regime, request_id, outcome, working_days FROM reviews").fetchall(),
    )
    by_law = Counter((law, outcome) for law, _, outcome, _ in rows)
    said = told["by_law"][list(told["CHANGES"])].stack()
    assert {key: n for key, n in said.items() if n} == by_law
    assert told["waits"].sum() == sum(days is not None for *_, days in rows)
    assert told["by_authority"]["reviews"].sum() == len(rows)
    known = {request for _, request, outcome, _ in rows if outcome in ("upheld", "upheld_in_part", "overturned")}
    changed = {request for _, request, outcome, _ in rows if outcome in ("upheld_in_part", "overturned")}
    for row in told["fares"].itertuples():
        on_it = {request for request, named in grounds.items() if row.ground in named}
        assert (row.requests, row.reviewed, row.changed) == (len(on_it), len(on_it & known), len(on_it & changed))


def test_a_published_rate_of_appeals_stands_beside_its_source(found: Found, charts: Path) -> None:
    published = found["reviews"]["fares"].dropna(subset=["percent_upheld"])
    assert published[["period", "published_by", "source_url"]].notna().all(axis=None)
    words = " ".join(re.sub(r"<[^>]*>", " ", (charts / "reviews-appeals.svg").read_text(encoding="utf-8")).split())
    assert "Martin Rosenbaum" in words
    assert "Not of this archive" in words


def test_answers_to_the_same_request_are_those_of_its_members(
    found: Found, public: sqlite3.Connection, requests: pd.DataFrame
) -> None:
    told = found["same_request"]
    families: dict[str, list[str]] = defaultdict(list)
    for family, request in public.execute(
        "SELECT m.family_id, m.request_id FROM family_members AS m JOIN families AS f ON f.id = m.family_id "
        "WHERE f.kind = 'round_robin'"
    ):
        families[family].append(requests.loc[request, "outcome_class"])
    assert {family: sorted(part["outcome"]) for family, part in told["answers"].groupby("family_id")} == {
        family: sorted(outcomes) for family, outcomes in families.items()
    }
    clear = [[one for one in outcomes if one in list(told["OUTCOMES"])[:4]] for outcomes in families.values()]
    assert told["differing"] == sum(len(set(outcomes)) > 1 for outcomes in clear)
    assert len(told["compared"]) == sum(len(outcomes) > 1 for outcomes in clear)
    assert int(told["counts"].sum().sum()) == sum(map(len, families.values()))


def test_templates_are_counted_by_authorities(found: Found, public: sqlite3.Connection) -> None:
    for row in found["same_request"]["templates"].itertuples():
        members = public.execute("SELECT authority_id FROM family_members WHERE family_id = ?", [row.id]).fetchall()
        assert (row.authorities, row.letters_or_paragraphs) == (len(set(members)), len(members))


def test_outcomes_and_labels_are_those_of_the_requests(found: Found, requests: pd.DataFrame) -> None:
    told = found["outcomes"]
    shown = requests["outcome_class"].where(requests["outcome_class"].isin(told["OUTCOMES"]), "other")
    expected = Counter(zip(requests["year"].astype(str), shown, strict=True))
    said = Counter({(row.year, row.outcome): 0 for row in told["by_year"].itertuples()})
    for row in told["by_year"].itertuples():
        said[row.year, row.outcome] += row.requests
    assert said == expected
    compared = requests.dropna(subset=["label_agrees"])
    assert (told["compared"], told["agreed"]) == (len(compared), compared["label_agrees"].sum())
    assert told["here"] == len(requests)


def test_the_returns_take_each_line_of_the_published_columns(found: Found, public: sqlite3.Connection) -> None:
    told = found["outcomes"]
    for name, frame, table, where in [
        ("FIRST_OUTCOMES", "returned", "official_return", "sector = 'central_government'"),
        ("SCOTTISH", "scottish", "scottish_return", "1"),
    ]:
        for column in told[name]:
            quoted = column.replace('"', '""')
            (expected,) = public.execute(f'SELECT sum("{quoted}") FROM {table} WHERE {where}').fetchone()  # noqa: S608 - names of our own
            assert told[frame][column].sum() == expected
    resolvable = told["returned"]['Total "resolvable" requests'].sum()
    assert told["returned"][list(told["FIRST_OUTCOMES"])].sum().sum() == resolvable > 0
