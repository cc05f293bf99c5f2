"""The pages of families: the same request to many authorities, and the same words in many refusals."""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from parsers.families import PARAGRAPHS, REQUESTS
from tests.data.conftest import Site, words
from tests.data.plugin import module
from tests.data.sample import Sample
from tests.data.threads import sample

family_page = module("requests.family_page")
HOSTILE = '<script>alert(1)</script>"><b onclick=x>\N{RIGHT-TO-LEFT OVERRIDE}\x07 & {{ 7*7 }}'


def without_families() -> Sample:
    """The sample as if every request were the only one of its kind."""
    made = sample()
    for table in ("families", "family_members"):
        made.tables[table] = []
    return made


def with_families(*, title: str = "Costs of parking", more: int = 0) -> Sample:
    """The sample with two families made of rows of its own."""
    made = without_families()
    requests = made.tables["requests"][:3]
    first = {
        row["request_id"]: row["id"] for row in reversed(made.tables["messages"]) if row["direction"] == "outgoing"
    }
    members = [row for row in requests if row["id"] in first]
    told = {"first_day": "2024-03-01", "last_day": "2024-03-09", "batches": 0, "requests": len(members)}
    cited = made.tables["citations"][0]
    for kind, family in (("round_robin", "round-robin-1"), ("template", "template-incoming-1-2")):
        ids = [f"{kind}/{number}" for number in range(max(len(members), more))]
        made.add(
            "families", id=family, kind=kind, size=len(ids), authorities=2, representative=ids[0], title=title, **told
        )
        for number, member in enumerate(ids):
            row = members[number % len(members)]
            made.add(
                "family_members",
                id=member,
                family_id=family,
                request_id=row["id"],
                authority_id=row["authority_id"],
                message_id=first[row["id"]],
                attachment_id=None,
                page=1,
                start=0,
                end=10,
                day="2024-03-01",
                citation_id=cited["id"] if kind == "template" else None,
                likeness=0.914,
                batch_id=None,
            )
    return made


@pytest.fixture
def told(site_of: Any) -> Site:
    made: Site = site_of(with_families())
    return made


def test_the_list_shows_both_kinds_and_leads_to_each_family(told: Site) -> None:
    page = told.page("/families")
    assert [words(head) for head in page.cssselect("main h2")] == [
        "The same request to many authorities", "The same words in many refusals",
    ]  # fmt: skip
    addresses = [str(link.get("href")) for link in page.cssselect("main tbody th a")]
    assert addresses == ["/family/round-robin-1", "/family/template-incoming-1-2"]
    for address in [*addresses, "/families?kind=template", "/families?kind=round_robin&page=99", "/families?kind=x"]:
        assert told.get(address).status_code == 200


def test_a_round_robin_has_a_line_for_each_answer_with_links_to_letter_and_sentence(told: Site) -> None:
    page = told.page("/family/round-robin-1")
    lines = page.cssselect("h2#answers + div tbody tr")
    assert len(lines) == 3
    for line in lines:
        (link,) = line.cssselect("th a")
        assert re.fullmatch(r"/request/\d+", str(link.get("href")))
    places = [str(link.get("href")) for link in page.cssselect("h2#answers + div td a[href]")]
    assert any(place.startswith("/place/") for place in places)
    assert any(place.startswith("/citation/") for place in places)
    for place in places:
        if place.startswith("/"):
            assert told.get(place).status_code in {200, 302}


def test_a_template_leads_from_each_use_to_its_sentence(told: Site) -> None:
    page = told.page("/family/template-incoming-1-2")
    assert words(page.cssselect("h1")[0]) == "The same words in 3 refusals"
    lines = page.cssselect("h2#uses + div tbody tr")
    assert len(lines) == 3
    assert all(line.cssselect("td a[href^='/citation/']") for line in lines)
    assert "91%" in words(lines[0])
    assert not page.cssselect("h2#users"), "of three uses nobody need be told who has most"


def test_rows_can_be_taken_away_as_csv_and_json(told: Site) -> None:
    for family in ("round-robin-1", "template-incoming-1-2"):
        tools = told.page(f"/family/{family}").cssselect(".tools a")
        links = {words(a).partition(":")[0]: str(a.get("href")) for a in tools}
        assert list(links) == ["SQL", "CSV", "JSON", "Cite this"]
        assert len(told.get(links["JSON"]).json()) == 3
        assert told.get(links["CSV"]).text.count("\r\n") == 4


def test_a_large_family_is_shown_in_pages_below_the_size_of_one(site_of: Any) -> None:
    site = site_of(with_families(more=250))
    for family in ("round-robin-1", "template-incoming-1-2"):
        shown = 0
        for number in range(1, 6):
            answer = site.get(f"/family/{family}?page={number}")
            assert len(answer.content) < 200_000
            shown += len(site.page(f"/family/{family}?page={number}").cssselect("table.stacked tbody tr"))
        assert shown == 250
        assert site.page(f"/family/{family}?page=5").cssselect("a[rel=prev]")


def test_who_uses_a_paragraph_most_and_on_what_ground_is_counted_once_for_all_pages(site_of: Any) -> None:
    site = site_of(with_families(more=40))
    for number in (1, 99):
        page = site.page(f"/family/template-incoming-1-2?page={number}")
        uses = [int(words(row.cssselect("td.number")[0])) for row in page.cssselect("h2#users + div tbody tr")]
        assert uses == sorted(uses, reverse=True)
        assert sum(uses) == 40
        (ground,) = page.cssselect("h2#grounds + div tbody tr")
        assert words(ground.cssselect("td.number")[0]) == "3 of 3"


@pytest.mark.parametrize("asked", ["-1", "0", "x", "9" * 400, "²", "1e9", "<b>"])
def test_no_page_that_is_asked_for_harms_anything(told: Site, asked: str) -> None:
    assert told.get("/family/round-robin-1", params={"page": asked}).status_code == 200
    assert told.get("/families", params={"kind": "template", "page": asked}).status_code == 200


def test_what_a_stranger_wrote_is_text(site_of: Any) -> None:
    made = with_families(title=HOSTILE)
    for table, column in (("requests", "title"), ("messages", "text"), ("authorities", "name")):
        for row in made.tables[table]:
            row[column] = HOSTILE if table != "authorities" else f"{row['id']} {HOSTILE}"
    made.tables["citations"].clear()
    for row in made.tables["family_members"]:
        row["citation_id"], row["end"] = None, len(HOSTILE)
    site = site_of(made)
    for address in ("/families", "/families?kind=template", "/family/round-robin-1", "/family/template-incoming-1-2"):
        answer = site.get(address)
        assert answer.status_code == 200
        assert "<script" not in answer.text
        assert "onclick=x>" not in answer.text.replace("onclick=x&gt;", "")
        assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in answer.text
        assert "49" not in re.findall(r"\{\{ (.*?) \}\}", answer.text)
        assert "7*7" in answer.text


def test_a_family_that_is_not_here_is_not_found(told: Site) -> None:
    told.page("/family/round-robin-2", status=404)
    assert told.get("/family/" + "a" * 200).status_code == 404


def test_an_archive_without_families_says_so(site_of: Any) -> None:
    assert words(site_of(without_families()).page("/families")).count("None was found in this archive.") == 2


def test_the_page_tells_the_thresholds_that_are_used() -> None:
    rules = {"round_robin": REQUESTS, "template": PARAGRAPHS}
    assert {kind: (rule.alike, rule.kept) for kind, rule in rules.items()} == family_page.LIKENESS


def test_pages_find_their_rows_by_indexes(told: Site) -> None:
    """No table is gone through as a whole, however many requests there are."""
    given = {"family": "round-robin-1", "most": 9, "skip": 0, "quote": 9, "requests": "[1]", "member": "round_robin/1"}
    for name in ("FAMILY", "TEXT_OF", "ANSWERS", "GROUNDS", "OUTCOMES", "TIMES", "GROUNDS_OF_ALL", "USES", "USERS",
                 "LIST"):  # fmt: skip
        sql = f"EXPLAIN QUERY PLAN {getattr(family_page, name)}"
        plan = told.runner.run(told.datasette.get_database("public").execute(sql, {**given, "kind": "template"}))
        for line in plan.rows:
            assert not re.match(r"SCAN (?!e\b|k\b)", line["detail"]), (name, line["detail"])


def test_an_answer_is_quoted_by_a_sentence_and_not_by_the_heading_above_it(tmp_path: Path) -> None:
    made = sample()
    cited = [row for row in made.tables["citations"] if row["source"] == "attachment-1" and row["relied_on"]]
    heading, sentence = (row for row in cited if row["provision"] == "40(2)")
    heading |= {"role_rule": "heading_in_a_refusal"}
    with closing(sqlite3.connect(made.write(tmp_path / "public.db"))) as public:
        told = {"requests": json.dumps([heading["request_id"]]), "quote": 200}
        grounds = {row[3]: row[1] for row in public.execute(family_page.GROUNDS, told)}
    assert (heading["counted"], grounds["40(2)"]) == (1, sentence["id"])
