"""How pages are cited: every kind of page, in three forms, with a hash that can be checked, whatever a letter says."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from tests.data.conftest import SITE, Site, words
from tests.data.plugin import module
from tests.data.sample import BUILT_AT
from tests.data.threads import sample

KINDS = [
    "request/101", "request/110", "request/101/incoming-2", "citation/attachment-1/citation/1", "place/incoming-2",
    "place/attachment-1", "place/attachment-1/2", "place/attachment-3", "authority/ashwick_borough_council",
    "provision/FOIA/40(2)", "public/requests/101", "public/citations/attachment-1~2Fcitation~2F1", "public/requests",
    "public/requests?authority_id=1", "public/exemption_use", "public/most-relied-on", "public/relying-on?year=2023",
    "public?sql=select+1+as+one", "public", "", "search?q=wardens", "method", "dictionary", "runs",
]  # fmt: skip


def told(site: Site, address: str, form: str) -> Any:
    """The record of an address in one of its forms."""
    answer = site.get(f"/cite/{address}{'&' if '?' in address else '?'}_as={form}")
    assert answer.status_code == 200, address
    assert answer.headers["content-disposition"].startswith('attachment; filename="wdtk-archive')
    return answer


@pytest.mark.parametrize("address", KINDS)
def test_every_kind_of_page_can_be_cited(site: Site, address: str) -> None:
    page = site.page(f"/cite/{address}")
    assert words(page.cssselect("h1")[0]) == "How to cite this"
    (item,) = json.loads(told(site, address, "csl").text)
    assert item["title"]
    assert item["accessed"] == {"date-parts": [[2026, 3, 1]]}
    assert re.search(r"SHA-256 of [^:]{5,80}: [0-9a-f]{64}\.", item["note"])
    text = told(site, address, "text").text
    assert item["URL"] in text
    assert "Database built on 1 March 2026." in text
    assert item["URL"] in told(site, address, "bibtex").text.replace("\\", "")
    assert site.get(item["URL"].removeprefix("http://localhost")).status_code in {200, 302, 404}


def test_the_hash_of_a_row_is_that_of_its_json(site: Site) -> None:
    own = site.get("/public/requests/101.json?_shape=objects").json()["rows"]
    text = json.dumps(own, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    expected = hashlib.sha256(text.encode()).hexdigest()
    for address in ("request/101", "public/requests/101"):
        assert expected in told(site, address, "text").text
    told_how = site.page("/method").cssselect("#citing pre")[0].text_content()
    assert "sort_keys=True, separators=(',', ':')" in told_how


def test_the_hash_of_an_answer_is_that_of_its_csv(site: Site) -> None:
    answer = site.get("/public/relying-on.csv?year=2023&_size=max")
    assert hashlib.sha256(answer.content).hexdigest() in told(site, "public/relying-on?year=2023", "text").text


def test_no_citation_reads_a_whole_table(site: Site) -> None:
    plain, whole = (
        re.findall(r"[0-9a-f]{64}", told(site, f"public/citations{query}", "text").text)
        for query in ("", "?_stream=on")
    )
    assert plain == whole


def test_the_hash_of_a_file_is_that_of_its_bytes(site_of: Any) -> None:
    made = sample()
    made.find("attachments", id="attachment-1")["sha256"] = "ab" * 32
    site = site_of(made)
    for address in ("place/attachment-1", "place/attachment-1/2"):
        assert f"SHA-256 of the file as it was received: {'ab' * 32}." in told(site, address, "text").text


def test_a_citation_names_its_letter_its_author_and_its_day(site: Site) -> None:
    (item,) = json.loads(told(site, "citation/attachment-1/citation/1", "csl").text)
    assert item["title"] == "exempt under section 40(2)"
    assert item["author"] == [{"literal": "Ashwick Borough Council"}]
    assert item["issued"] == {"date-parts": [[2023, 4, 12]]}
    assert item["genre"] == (
        "FOIA s.40(2), relied on, in page 1 of Refusal notice.pdf, answering “Parking fines on Mill Lane”"
    )


def test_the_row_of_a_citation_leads_to_its_lasting_address_and_its_record(site: Site) -> None:
    lead = site.page("/public/citations/attachment-1~2Fcitation~2F1").cssselect(".lead a")
    assert {words(one): one.get("href") for one in lead} == {
        "Read it in the letter": "/citation/attachment-1/citation/1",
        "Cite this sentence": "/cite/citation/attachment-1/citation/1",
    }


def test_no_requester_is_named_as_an_author(site: Site) -> None:
    (item,) = json.loads(told(site, "place/outgoing-1", "csl").text)
    assert "author" not in item


def test_hostile_titles_stay_words_in_every_form(site: Site) -> None:
    page = site.page("/cite/request/110")
    assert page.cssselect("script") == []
    bibtex = told(site, "request/110", "bibtex").text
    assert bibtex.count("{") == bibtex.count("}")
    assert r"\& \ufffd" in bibtex.replace("\ufffd", r"\ufffd")
    for form in ("text", "bibtex", "csl"):
        answer = told(site, "request/110", form)
        assert "\u202e" not in answer.text
        assert "html" not in answer.headers["content-type"]
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("name", ["}\n@misc{x,", "\\input{secrets}", "a & b_c #1 100% ~x^2 $y$", '"quoted", {braced}'])
def test_bibtex_cannot_be_broken_out_of(name: str) -> None:
    citing = module("citing.forms")
    record = citing.Record(
        title=name, what=name, url="https://x.invalid/a_b?c=%20#d", here="/cite", key="k", author=name
    )
    entry = record.bibtex
    plain = re.sub(r"\\textbackslash\{\}|\\text\w{3,20}\{\}|\\[{}%#&$_]", "", entry)
    assert plain.count("{") == plain.count("}")
    assert "\\input" not in entry
    assert entry.count("@") == 1 + 2 * name.count("@") + name.count("@")


@pytest.mark.parametrize(
    "address",
    ["request/99999", "nothing", "public/no_such_table", "citation/incoming-9/citation/9", "cite/request/101",
     "-/health", "public/requests/5", "request/101/../../x", "authority/nobody", "provision/FOIA/999"],
)  # fmt: skip
def test_what_is_not_there_is_not_cited(site: Site, address: str) -> None:
    assert site.get(f"/cite/{address}").status_code == 404


def test_every_page_leads_to_its_own_record_and_to_asking_for_removal(site: Site) -> None:
    for path in ("/", "/request/101", "/public/requests", "/public/most-relied-on?year=2023", "/method", "/search?q=x"):
        foot = site.page(path).cssselect("footer")[0]
        cite = next(one.get("href") for one in foot.cssselect("a") if words(one) == "Cite this page")
        assert cite == "/cite" + path
        assert site.get(cite).status_code == 200
        assert [one for one in foot.cssselect("a") if one.get("href") == "/method#removal"]
    for path in ("/cite/request/101", "/no/such/page"):
        foot = site.runner.run(site.datasette.client.get(path)).text.partition("<footer")[2]
        assert "Cite this page" not in foot


def test_the_address_that_the_operator_names_is_the_one_cited(public: Path) -> None:
    own = Site(public=public)
    metadata = {**own.datasette._metadata_local, "plugins": {"archive-site": {"address": "https://foi.invalid/"}}}
    own.datasette = Datasette([], immutables=[str(public)], config_dir=SITE, metadata=metadata)
    own.runner.run(own.datasette.invoke_startup())
    assert "https://foi.invalid/request/101" in told(own, "request/101", "text").text
    own.runner.close()


def test_the_request_page_prints_its_citation(site: Site) -> None:
    cite = site.page("/request/101").cssselect("#cite")[0]
    assert "“Parking fines on Mill Lane”, Freedom of Information request 101 to Ashwick" in words(cite)
    assert BUILT_AT[:4] in words(cite)
    assert [one.get("href") for one in cite.cssselect(".links-line a")][:3] == [
        f"/cite/request/101?_as={form}" for form in ("text", "bibtex", "csl")
    ]
