"""The guard around every answer, what is closed, and what tables do with hostile cells."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from lxml import html

from tests.data.conftest import SITE, Site, words
from tests.data.sample import Sample

PAGES = (
    *("/", "/search?q=section", "/request/101", "/public", "/public/requests", "/public/requests/101", "/nothing"),
    *("/public/most-relied-on", "/public.json?sql=select+1", "/public/requests.csv", "/static/site.css", "/robots.txt"),
    *(
        "/request/999",
        "/public/most-relied-on.atom",
        "/public.csv?sql=select+1",
        "/public.csv?sql=select",
        "/citation/x",
    ),
    *("/public.json?sql=select", "/public?sql=delete+from+requests", "/public/requests.csv?_stream=on", "/-/health"),
    *(
        "/citation/attachment-1/citation/1",
        "/place/incoming-2",
        "/authority/id/1",
        "/public/nothing.atom",
        "/-/patterns",
    ),
    *(
        "/public/requests.copyable",
        "/public.db",
        "/static/nothing.css",
        "/public/",
        "/cite/request/101?_as=csl",
        "/%00",
    ),
    *("/favicon.ico", "/public/requests/101.json", "/public/requests?_sort=nothing"),
)


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_bears_the_headers(site: Site, path: str) -> None:
    headers = site.get(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert "script-src" not in policy
    assert "unsafe" not in headers["content-security-policy"]
    assert set(policy["style-src"].split()) == {"'self'"}
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert {"noindex", "nofollow"} <= set(headers["x-robots-tag"].split(", "))
    assert "camera=()" in headers["permissions-policy"]
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "set-cookie" not in headers


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_nothing_but_reading_is_answered(site: Site, method: str) -> None:
    answer = site.runner.run(site.datasette.client.request(method, "/public/requests"))
    assert answer.status_code == 405
    assert answer.headers["x-frame-options"] == "DENY"


ODD = (
    *("/public/requests?_size=x", "/public/requests?_next=x", "/public/requests?_next=1,2,3", "/%00", "/%ff"),
    *("/public/single_reviews?_next=x", "/public/single_reviews.csv?_next=x", "/public/single_reviews.json?_next="),
    *(f"/public.atom?sql=select+{told}+as+requests,+1+as+request_id" for told in ("null", "'x'", "x'00'", "1e400")),
    *("/public/requests?_where=1=(", "/public/requests?_search=%22"),
    *("/public/requests?title__like=" + "%25a" * 200, "/public?sql=select&_timelimit=x", "/public/requests?_ttl=-1"),
    *("/public?sql=select+:x&x=" + "9" * 40, "/public/most-relied-on?year=" + "9" * 40, "/public/requests/" + "9" * 40),
    *(
        "/public/requests?_sort_desc=a&_sort=b",
        "/public/requests?_sort_desc=id&_sort=id",
        "/public/requests?_col=nothing",
    ),
    *("/public/requests.json?_shape=nothing", "/public/requests?_json=title", "/public/requests.json?_json=title"),
    *("/public?sql=select+1&_size=-1", "/public/requests.atom?_size=0", "/public.jsono?sql=select+1"),
    *("/public/requests.blob?_blob_column=title", "/public/requests/101.blob?_blob_column=nothing"),
    "/public.copyable?sql=select+1&_table_format=nothing",
    *(f"/public/requests?_through={told}" for told in ("x", "1", "{}", "[]")),
    *("/public/requests?id__in=[", "/public/requests.csv?id__notin=["),
    *(f"/static/{'x' * 300}", f"/-/static/{'x' * 300}", f"/static/{'%C3%A9' * 200}.css"),
)


@pytest.mark.parametrize("path", ODD)
def test_an_odd_question_is_no_fault_of_the_site(site: Site, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code < 500, answer.text[-600:]
    assert "Traceback" not in answer.text
    assert "site-packages" not in answer.text


@pytest.mark.filterwarnings("ignore:.*was never awaited:RuntimeWarning")  # Datasette leaves what it had begun
@pytest.mark.filterwarnings("ignore:.*was never awaited:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("facet", ["_facet={", '_facet={"column":1}', '_facet={"x":1}', "_facet_array={"])
def test_a_facet_that_cannot_be_read_is_no_fault_of_the_site(site: Site, facet: str) -> None:
    answer = site.get(f"/public/requests.json?{facet}")
    assert answer.status_code == 400
    assert "JSON" in answer.json()["error"]


@pytest.mark.parametrize("path", ["/", "/search.atom?q=fees", "/public/requests.json?_size=1", "/cite/request/101"])
def test_what_names_the_host_that_was_asked_is_not_kept_for_another(site: Site, path: str) -> None:
    answer = site.get(path, headers={"host": "elsewhere.invalid"})
    assert "elsewhere.invalid" in answer.text + str(answer.headers)
    assert "Host" in answer.headers["vary"].split(", ")


def test_robots_are_sent_away(site: Site) -> None:
    assert site.get("/robots.txt").text.split("\n")[:2] == ["User-agent: *", "Disallow: /"]


def test_pages_are_compressed(site: Site) -> None:
    assert site.get("/", headers={"accept-encoding": "gzip"}).headers["content-encoding"] == "gzip"


def test_a_stylesheet_may_be_kept_as_long_as_its_address_names_its_version(site: Site) -> None:
    address = site.page("/").cssselect("link[rel=stylesheet]")[0].get("href")
    assert "immutable" in site.get(address).headers["cache-control"]
    assert "immutable" not in site.get("/static/site.css").headers.get("cache-control", "")


@pytest.mark.parametrize("path", ["/-/databases.json", "/-/threads", "/-/permissions", "/-/patterns", "/-/allow-debug",
                                  "/-/messages", "/public.db"])  # fmt: skip
def test_pages_for_developers_and_the_file_itself_are_closed(site: Site, path: str) -> None:
    assert site.get(path).status_code in {403, 404}


def test_no_answer_says_where_files_lie(site: Site) -> None:
    for path in ("/-/metadata.json", "/-/settings.json", "/-/versions.json", "/-/plugins.json", "/.json"):
        assert str(SITE) not in site.get(path).text
        assert "public.db" not in site.get(path).text


def test_sql_can_only_read_and_only_for_so_long(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for sql in ("delete from requests", "attach database 'x' as y", "pragma writable_schema = 1", "vacuum"):
        assert site.get("/public.json", params={"sql": sql}).status_code == 400
    monkeypatch.setattr(site.datasette, "sql_time_limit_ms", 50)
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
    answer = site.get("/public", params={"sql": endless})
    assert answer.status_code == 400
    assert "interrupted" in answer.text.lower()


def test_settings_are_those_that_the_readme_explains() -> None:
    explained = (SITE.parent / "README.md").read_text(encoding="utf-8")
    for name in json.loads((SITE / "settings.json").read_text(encoding="utf-8")):
        assert f"`{name}`" in explained, name


@pytest.mark.parametrize("path", ["/public/requests", "/public/requests/110", "/public/messages", "/public/attachments",
                                  "/public/citations", "/public/messages/incoming-21", "/public/requests.copyable",
                                  "/public?sql=select+title,text+from+requests,messages+limit+20"])  # fmt: skip
def test_hostile_cells_stay_words(site: Site, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 200
    assert "<script" not in answer.text
    assert "<img" not in answer.text
    assert 'href="javascript' not in answer.text


def test_an_error_page_repeats_nothing_unescaped(site: Site) -> None:
    for path in ("/<script>alert(1)</script>", "/public/<script>", "/public?sql=select+'<script>'+from+<script>",
                 "/public/requests?_where=<script>", "/search?q=<script>", "/request/<script>"):  # fmt: skip
        assert "<script" not in site.get(path).text


def test_ids_in_cells_lead_to_what_they_name(site: Site) -> None:
    def address(path: str, text: str) -> str:
        return str(next(one.get("href") for one in site.page(path).cssselect("td a, dd a") if words(one) == text))

    assert address("/public/citations/attachment-1~2Fcitation~2F1", "101") == "/request/101"
    assert address("/public/citations/attachment-1~2Fcitation~2F1", "incoming-2") == "/place/incoming-2"
    assert address("/public/citations/attachment-1~2Fcitation~2F1", "FOIA 40(2)") == "/provision/FOIA/40(2)"
    assert address("/public/citations", "Parking fines on Mill Lane") == "/request/101"
    assert address("/public/exemption_use", "read it in the letter").startswith("/citation/")
    assert words(site.page("/public/provisions/FOIA+40~282~29").cssselect("h1")[0]) == "provisions: FOIA 40(2)"
    assert address("/public/response-times?min_requests=1", "1").startswith("/public/requests?authority_id=")


def test_a_row_leads_to_its_thread(site: Site) -> None:
    for path, text in (("/public/requests/101", "Read the thread of this request"),
                       ("/public/citations/attachment-1~2Fcitation~2F1", "Read it in the letter"),
                       ("/public/pages/attachment-1~2F2", "Read it in the thread of its request")):  # fmt: skip
        onward = next(one for one in site.page(path).cssselect("p.lead a") if words(one) == text)
        assert site.page(onward.get("href")).cssselect("article.message")


def test_tables_and_answers_of_any_size_stay_below_the_size_of_a_page(site: Site, site_of: Any) -> None:
    made = Sample()
    made.authority(1, "Ashwick Borough Council", nation="england", regimes="FOIA", known=None)
    for number in range(1, 1500):
        made.request(number, 1, "Ä long title that says the same thing again and again " * 12, asked="2024-01-01")
    site = site_of(made)
    for path in ("/public/requests?_size=max", "/public/requests", "/public?sql=select+*+from+requests"):
        answer = site.get(path)
        assert len(answer.content) < 200_000, path
    page = site.page("/public?sql=select+*+from+requests")
    assert "1,499 rows" in words(page)
    assert "are shown here; the CSV has them all" in words(page)
    assert site.get("/public.csv?sql=select+id+from+requests").text.count("\n") == 1500


def test_a_site_without_a_database_says_how_to_make_one() -> None:
    with asyncio.Runner() as runner:
        datasette = Datasette([], config_dir=SITE.parent / "nowhere", memory=True, plugins_dir=str(SITE / "plugins"),
                              template_dir=str(SITE / "templates"))  # fmt: skip
        runner.run(datasette.invoke_startup())
        answer = runner.run(datasette.client.get("/"))
    assert answer.status_code == 200
    assert "wdtk publish" in answer.text


def test_the_site_may_stand_below_another_address(public: Path) -> None:
    with asyncio.Runner() as runner:
        datasette = Datasette([], immutables=[str(public)], config_dir=SITE, settings={"base_url": "/foi/"})
        runner.run(datasette.invoke_startup())
        for path in ("/", "/search?q=section", "/request/101", "/public", "/public/most-relied-on", "/nothing"):
            page = html.document_fromstring(runner.run(datasette.client.get(path)).text)
            addresses = [str(one.get("href")) for one in page.cssselect("a[href], link[href]")]
            addresses += [str(one.get("action")) for one in page.cssselect("form")]
            assert [one for one in addresses if one.startswith("/") and not one.startswith("/foi/")] == [], path
        moved = runner.run(datasette.client.get("/citation/attachment-1/citation/1"))
        assert moved.headers["location"].startswith("/foi/request/101?")


@pytest.mark.parametrize(
    "table",
    ["messages_fts", "messages_fts_data", "pages_fts_idx", "messages_searched", "sqlite_stat1", "messages~5Ffts"],
)
def test_the_insides_of_search_have_no_page(site: Site, table: str) -> None:
    for path in (table, f"{table}.json", f"{table}.csv", f"{table}/1"):
        answer = site.get(f"/public/{path}")
        assert answer.status_code == 404, path
        assert "section" not in answer.text
    assert site.get("/public.json?sql=select+count(*)+as+n+from+messages_fts&_shape=array").json()[0]["n"]
    assert table not in site.get("/public.json").text
