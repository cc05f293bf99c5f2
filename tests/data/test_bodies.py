"""The pages of an authority and of a provision: every figure beside its denominator, and each leads to its sentence."""

import re
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.data.conftest import Site, words
from tests.data.plugin import module
from tests.data.sample import Sample

ASHWICK = "/authority/ashwick_borough_council"
WEIGHTS = "/authority/department_for_weights_and_measures"
HOSTILE = '<script>alert(1)</script>"\u202e & Sons'
ODD = "#7 odd/name?x=1&y<b>é\u202e%20"


def addresses(page: Any) -> list[str]:
    return [str(one.get("href")) for one in page.cssselect("main a[href]")]


def table_of(page: Any, label: str) -> list[list[str]]:
    (box,) = [one for one in page.cssselect("[role=region]") if one.get("aria-label") == label]
    return [[words(cell) for cell in row.cssselect("th, td")] for row in box.cssselect("tr")]


def test_an_authority_says_first_what_it_is_and_how_much_of_it_is_here(site: Site) -> None:
    page = site.page(ASHWICK)
    assert words(page.cssselect("h1")[0]) == "Ashwick Borough Council"
    assert words(page.cssselect("h2")[0]) == "How much of it is here"
    told = words(page.cssselect("dl.figures")[0])
    assert "of 40 that the source says it has" in told
    facts = words(page.cssselect("dl.body-facts")[0])
    assert "England" in facts
    assert "Local government" in facts
    assert "Freedom of Information Act 2000" in facts
    assert "https://source.invalid/body/ashwick_borough_council" in addresses(page)


def test_its_grounds_stand_beside_the_requests_read_and_lead_to_their_sentences(site: Site) -> None:
    page = site.page(ASHWICK)
    lines = {row[0].split(" ")[0] + " " + row[0].split(" ")[1]: row for row in table_of(page, "Grounds relied on")[1:]}
    assert re.fullmatch(r"1 of \d", lines["FOIA s.40(2)"][1])
    link = next(one for one in addresses(page) if one.startswith("/provision/FOIA/40(2)?authority="))
    quotes = site.page(link).cssselect(".quotes > li")
    assert len(quotes) == 1
    assert "exempt under section 40(2)" in words(quotes[0])
    sentence = next(
        str(a.get("href")) for a in quotes[0].cssselect("a") if words(a).startswith("Read it in the letter")
    )
    assert site.get(sentence).headers["location"].endswith("#citation-attachment-1-1")


def test_labels_stand_beside_outcomes_and_each_number_leads_to_its_requests(site: Site) -> None:
    page = site.page(ASHWICK)
    header, *lines = table_of(page, "Labels and outcomes")
    refused = next(line for line in lines if line[0] == "Refused")
    assert refused[header.index("Withheld")] == "2"
    link = next(str(a.get("href")) for a in page.cssselect(".crossing td a") if "fully_withheld" in str(a.get("href")))
    assert "2 rows" in words(site.page(link))


def test_a_number_of_a_chart_leads_to_as_many_requests(site: Site) -> None:
    page = site.page(ASHWICK)
    followed = 0
    for box in page.cssselect("#outcomes .numbers, #times .numbers"):
        for link in box.cssselect("td a"):
            rows = site.page(str(link.get("href"))).cssselect("main table tbody tr")
            assert len(rows) == int(words(link)), link.get("href")
            followed += 1
    assert followed >= 4


def test_a_number_of_reviews_leads_to_the_reviews(site: Site) -> None:
    leads = [
        one.get("href") for one in site.page(WEIGHTS).cssselect("a") if "single_reviews" in (one.get("href") or "")
    ]
    assert leads
    for address in set(leads):
        path, query = address.split("?")
        assert [row["review_id"] for row in site.get(f"{path}.json?{query}&_shape=array").json()] == [
            "request/201/review/1"
        ]


def test_its_requests_are_listed_newest_first_and_by_year(site: Site) -> None:
    def titles(path: str) -> list[str]:
        return [words(one) for one in site.page(path).cssselect(".request-list h3")]

    assert titles(ASHWICK)[-1] == "Parking fines on Mill Lane"
    assert titles(f"{ASHWICK}?year=2023") == ["All letters about drains", "Parking fines on Mill Lane"]
    assert titles(f"{ASHWICK}?year=2023&page=99") == titles(f"{ASHWICK}?year=2023")
    assert titles(f"{ASHWICK}?year=two&page=²") == titles(ASHWICK)


def test_an_authority_of_which_nothing_is_here_says_so(site_of: Any) -> None:
    made = Sample()
    made.authority(1, "Ashwick Borough Council", nation="england", regimes="", known=3)
    made.tables["requests"] = []
    page = site_of(made).page(ASHWICK)
    assert "No request to it is in this archive yet, though the source has 3" in words(page)
    assert "no access law applies to it" in words(page)


def test_a_provision_says_what_it_is_in_plain_words(site: Site) -> None:
    page = site.page("/provision/FOIA/36(2)(b)")
    lead = words(page.cssselect(".lead")[0])
    assert lead.startswith("FOIA s.36(2)(b) is an exemption in the Freedom of Information Act 2000. It is qualified")
    assert "It rests on harm" in lead
    assert [words(one) for one in page.cssselect(".crumbs a")] == [
        "Home",
        "Provisions",
        "FOIA",
        "FOIA s.36",
        "FOIA s.36(2)",
    ]
    assert "/provision/FOIA/36(2)(b)(i)" in addresses(page)
    assert any(one.startswith("https://www.legislation.gov.uk/") for one in addresses(page))
    assert "35% were upheld" in words(page)


def test_a_provision_is_counted_beside_the_requests_read_under_the_same_countrys_law(site: Site, public: Path) -> None:
    connection = sqlite3.connect(public)
    (read,) = connection.execute(
        "SELECT count(*) FROM requests WHERE letters_read > 0 AND regime NOT IN ('FOISA', 'EISR')"
    ).fetchone()
    connection.close()
    page = site.page("/provision/FOIA/40")
    assert f"2 of {read} requests" in words(page)
    numbers = table_of(page, "The numbers: Requests in which it is relied on, by year")
    assert numbers[0] == ["Year", "Requests", "Of those read", "Share", "Authorities"]
    assert next(row for row in numbers if row[0] == "2023")[:2] == ["2023", "2"]


def test_a_condition_says_what_it_is_counted_as_and_a_version_when_it_held(site: Site) -> None:
    page = site.page("/provision/FOIA/40(3A)(a)")
    assert "it is counted as FOIA s.40(2)" in words(page)
    supports = site.page("/provision/UKGDPR/6")
    assert "Letters rely on it by its own number in 1 request" in words(supports)
    versions = words(site.page("/provision/FOIA/40(2)(b)").cssselect("dl.body-facts")[0])
    assert versions.count("from ") >= 2


def test_sentences_are_the_newest_first_and_narrowed_by_authority_and_year(site: Site) -> None:
    def told(path: str) -> list[str]:
        return [
            words(one.cssselect("blockquote")[0])
            for one in site.page(path).cssselect(".quotes > li")
            if one.cssselect("blockquote")
        ]

    every = told("/provision/FOIA/40(2)")
    assert len(every) == 2
    assert "names under section 40(2)" in every[0]
    assert told("/provision/FOIA/40(2)?authority=ashwick_borough_council&year=2023") == every[1:]
    assert told("/provision/FOIA/40(2)?year=1999") == []
    assert told("/provision/FOIA/40(2)?page=2") == []


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/authority/weights", "Department for Weights and Measures"),
        ("/authority/" + quote(ODD, safe=""), "all authorities"),
        ("/provision/FOIA/40(99)", "FOIA s.40"),
        ("/provision/foia/40(2)", "FOIA s.40(2)"),
        ("/provision/NOTHING/1", "all provisions"),
        ("/provision/%3Cscript%3E/%3Cimg%20src=x%3E", "all provisions"),
    ],
)
def test_an_unknown_name_is_not_found_and_helped_on(site: Site, path: str, says: str) -> None:
    page = site.page(path, status=404)
    assert says in words(page)
    assert "<script>" not in site.get(path).text
    assert "<img" not in site.get(path).text


def test_hostile_names_and_odd_slugs_stay_words_and_stay_reachable(site_of: Any) -> None:
    made = Sample()
    made.authority(1, HOSTILE, nation="england", regimes="FOIA", known=None)
    made.find("authorities", id=1).update(
        url_name=ODD, short_name="<i>x</i>", home_page="javascript:alert(1)", url="javascript:alert(2)"
    )
    made.add("authority_tags", authority_id=1, name="<b>tag</b>", value="\u202e<i>")
    made.request(101, 1, HOSTILE, asked="2023-03-01", described_state="<u>odd</u>")
    made.message("outgoing-1", 101, "x", sent="2023-03-01T09:00:00+00:00")
    made.message(
        "incoming-2", 101, "<script>x</script> exempt under section 40(2) \u202e", sent="2023-03-02T09:00:00+00:00"
    )
    made.reading("incoming-2", kind="refusal_notice", outcome="withheld")
    made.cite("incoming-2", "exempt under section 40(2)", "FOIA 40(2)", "relied_on")
    site = site_of(made)
    own = f"/authority/{quote(ODD, safe='')}"
    lists = ("/authorities", "/authorities?q=alert", "/authorities?tag=%3Cb%3Etag%3C/b%3E")
    for path in (own, *lists, "/provision/FOIA/40(2)", f"/provision/FOIA/40(2)?authority={quote(ODD, safe='')}"):
        answer = site.get(path)
        assert answer.status_code == 200, path
        for bad in ("<script>", "<i>x", "<b>tag", "<u>odd", "\u202e", 'href="javascript'):
            assert bad not in answer.text, (path, bad)
    assert own in addresses(site.page("/authorities"))
    assert len(site.page(f"/provision/FOIA/40(2)?authority={quote(ODD, safe='')}").cssselect(".quotes blockquote")) == 1


def test_every_number_can_be_taken_away_as_csv_and_json_and_as_sql(site: Site) -> None:
    for path in (ASHWICK, "/provision/FOIA/40(2)", "/authorities", "/provisions"):
        forms = [
            one for one in addresses(site.page(path)) if one.startswith(("/public?sql", "/public.csv", "/public.json"))
        ]
        assert len(forms) >= 3, path
        for address in forms:
            assert site.get(address).status_code == 200, address
    assert site.get(
        next(one for one in addresses(site.page(ASHWICK)) if one.startswith("/public.csv"))
    ).text.startswith('\ufeff"year",')


def test_a_page_says_how_to_cite_it_and_a_number_leads_to_its_authority(site: Site) -> None:
    for path in (ASHWICK, "/provision/FOIA/40(2)"):
        (link,) = [one for one in addresses(site.page(path)) if one.startswith("/cite/") and "sql=" not in one]
        assert link == f"/cite{path}"
        assert words(site.page(path).cssselect("title")[0]).split(" – ")[0] in words(site.page(link))
    assert site.get("/authority/id/1").headers["location"] == ASHWICK
    assert site.get("/authority/id/999").status_code == 404


def test_the_lists_narrow_by_letter_name_nation_and_sector(site: Site) -> None:
    def listed(query: str) -> list[str]:
        return [words(one) for one in site.page(f"/authorities?{query}").cssselect("tbody th a")]

    assert len(listed("")) == 4
    assert listed("letter=g") == ["Glenmarrow Council"]
    assert listed("q=WEIGHTS") == ["Department for Weights and Measures"]
    assert listed("nation=scotland&sector=local_government") == ["Glenmarrow Council"]
    assert listed("q=nobody") == []
    assert len(listed("letter=;drop&page=-4")) == 4


def test_the_law_lists_what_is_relied_on_and_on_request_all_of_it(site: Site) -> None:
    def listed(query: str) -> list[str]:
        return [words(one) for one in site.page(f"/provisions?{query}").cssselect("tbody th a")]

    few, every = listed("law=FOIA"), listed("law=FOIA&every=yes")
    assert "FOIA s.40(2)" in few
    assert "FOIA s.8(1)(a)" not in few
    assert "FOIA s.8(1)(a)" in every
    assert listed("law=nothing") == few
    assert "UKGDPR art.6" in listed("law=UKGDPR")


def test_pages_hold_no_style_and_no_script_and_stay_small(site: Site) -> None:
    for path in (
        ASHWICK,
        WEIGHTS,
        "/provision/FOIA/40",
        "/provision/EIR/12",
        "/authorities",
        "/provisions?law=FOIA&every=yes",
    ):
        text = site.get(path).text
        assert not re.search(r"<script|\sstyle=|\son\w+=", text), path
        assert len(text.encode()) < 200_000, path


SMALL = {"wanted", "l", "law_years", "up", "constant", "authorities"}
"""What may be gone through: what was asked for, years, the levels above a provision, and names where none is found."""


@pytest.mark.parametrize("name", ["authority_page", "provision_page"])
def test_no_page_goes_through_a_whole_table(public: Path, name: str) -> None:
    page = module(f"bodies.{name}")
    every = [
        sql
        for key, sql in vars(page).items()
        if key.isupper() and isinstance(sql, str) and "SELECT" in sql and "{" not in sql
    ]
    every += page.REPLIES.values() if name == "provision_page" else []
    assert len(every) >= 8
    connection = sqlite3.connect(public)
    for sql in every:
        holes = dict.fromkeys(re.findall(r":(\w+)", sql), 1) | {"requests": "[]", "citations": "[]"}
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", holes)]
        names = dict(re.findall(r"(?:FROM|JOIN) (\w+) AS (\w+)", sql))
        aliases = {alias: table for table, alias in names.items()}
        for step in plan:
            if scanned := re.match(r"SCAN (\w+)", step):
                table = aliases.get(scanned[1], scanned[1])
                assert table in SMALL, (sql, plan)
    for sql in page.REPLIES.values() if name == "provision_page" else [page.REQUESTS]:
        holes = dict.fromkeys(re.findall(r":(\w+)", sql), 1)
        steps = " ".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", holes))
        assert "TEMP B-TREE" not in steps or ":year" in sql, (sql, steps)
    connection.close()
