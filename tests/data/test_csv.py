"""CSV of any address: a spreadsheet shows every cell and runs none, and all rows of a table come in one file."""

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.data.conftest import Site
from tests.data.plugin import module
from tests.data.sample import Sample

spreadsheet = module("answers.spreadsheet")
RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
FORMULAS = (
    '=HYPERLINK("http://evil.example","x")',
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    " =1+1",
    "\n=1",
    "\uff1d1",
    "\ufeff=1+1",
    "\u200b=1+1",
)


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.fixture
def hostile(site_of: Any) -> Site:
    made = Sample()
    made.authority(1, "Ashwick Borough Council", nation="england", regimes="FOIA", known=None)
    for number, title in enumerate((*FORMULAS, "a;=1+1", 'say "yes"', "two\r\nlines", "turn \u202ethis\x07", "plain")):
        made.request(number + 1, 1, title, asked="2024-01-01")
    site: Site = site_of(made)
    return site


@pytest.mark.parametrize("address", ["/public/requests.csv", "/public/requests.csv?_stream=on&_size=2",
                                     "/public/requests/1.csv",
                                     "/public.csv?sql=select+title+from+requests"])  # fmt: skip
def test_no_cell_can_be_run(hostile: Site, address: str) -> None:
    answer = hostile.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert answer.text.startswith("\ufeff")
    found = cells(answer.text)
    assert len({len(row) for row in found}) == 1
    for row in found:
        assert not [cell for cell in row if cell.startswith(RUN)]
        assert not [cell for cell in row if cell.lstrip().startswith("=")]
        assert not [cell for cell in row if set(cell) & set("\u202e\x07\r")]
    for line in answer.text.splitlines():
        assert ";=1" not in line or '"a;=1' in line, "a text is quoted, so that no other separator begins a cell"


def test_what_is_harmless_stays_as_it_is(hostile: Site) -> None:
    titles = [row[0] for row in cells(hostile.get("/public.csv?sql=select+title+from+requests+order+by+id").text)[1:]]
    assert titles[: len(FORMULAS)] == ["\ufffd=1" if title == "\r=1" else "'" + title for title in FORMULAS]
    assert titles[len(FORMULAS) :] == ["a;=1+1", 'say "yes"', "two\nlines", "turn \ufffdthis\ufffd", "plain"]
    told = hostile.get(
        "/public.csv?sql=select+-3+as+a,+-2.5+as+b,+'-3'+as+c,+null+as+d,+''+as+e,+x'00ff'+as+f&_bom=off"
    )
    assert told.text == '"a","b","c","d","e","f"\r\n-3,-2.5,"\'-3",,"","AP8="\r\n'


def test_json_is_as_the_letters_have_it(hostile: Site) -> None:
    rows = hostile.get("/public/requests.json?_shape=array&_size=max").json()
    assert set(FORMULAS) <= {row["title"] for row in rows}


def test_text_to_copy_into_a_spreadsheet_is_harmless_too(hostile: Site) -> None:
    told = hostile.get("/public/requests.copyable?_raw=1&_labels=on").text
    assert "'=HYPERLINK" in told
    assert "\t=HYPERLINK" not in told
    assert "Ashwick Borough Council" in told


def test_a_label_stands_beside_its_key(site: Site) -> None:
    found = cells(site.get("/public/requests.csv?_labels=on&_size=1").text)
    at = found[0].index("authority_id")
    assert found[0][at + 1] == "authority_id_label"
    assert (found[1][at].isdecimal(), found[1][at + 1].isdecimal()) == (True, False)


def test_all_rows_of_a_table_come_page_by_page(site: Site) -> None:
    whole = site.get("/public/citations.csv?_size=max").text
    assert site.get("/public/citations.csv").text == whole
    assert site.get("/public/citations.csv?_stream=on&_size=2").text == whole
    some = site.get("/public/citations.csv?_size=2").text
    assert len(cells(some)) == 3
    assert whole.startswith(some)
    assert site.get("/public/exemption_use.csv?_stream=on&_size=1").text == site.get("/public/exemption_use.csv").text
    assert cells(site.get("/public/citations.csv?_header=off").text) == cells(whole)[1:]


def test_pages_of_long_texts_are_made_smaller_and_none_is_lost(site_of: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Sample()
    made.authority(1, "Ashwick Borough Council", nation="england", regimes="FOIA", known=None)
    for number in range(1, 12):
        made.request(number, 1, f"{number:05}" * 100, asked="2024-01-01")
    site = site_of(made)
    every = cells(site.get("/public/requests.csv?_stream=on&_size=2").text)
    assert [int(row[0]) for row in every[1:]] == list(range(1, 12))
    asked = cells(site.get("/public/requests.csv?_stream=on&_sort_desc=title").text)
    assert asked == every, "all rows come in the order of their keys"
    monkeypatch.setattr(module("limits.bounds"), "LARGEST_ANSWER", 4_000)
    found = cells(site.get("/public/requests.csv?_stream=on").text)
    assert sorted(int(row[0]) for row in found[1:]) == list(range(1, 12))
    assert site.get("/public.csv?sql=select+*+from+requests").status_code == 400


@pytest.mark.parametrize(("address", "status"), [
    ("/public/nothing.csv", 404), ("/nowhere.csv", 404), ("/public/requests/987.csv", 404), ("/method.csv", 404),
    ("/public.csv?sql=delete+from+requests", 400), ("/public.csv?sql=select+nothing", 400),
    ("/public/requests.csv?_size=x", 400),
    ("/public.csv", 404), ("/public/requests.csv?_where=nothing", 400), ("/public/requests.csv?_next=x", 200),
])  # fmt: skip
def test_what_has_no_csv_says_so_in_words(site: Site, address: str, status: int) -> None:
    answer = site.get(address)
    assert answer.status_code == status, answer.text
    assert status == 200 or answer.headers["content-type"].startswith("text/plain")
    assert "Traceback" not in answer.text


@given(st.lists(st.one_of(st.none(), st.integers(), st.text()), min_size=1))
def test_any_row_is_one_line_that_reads_back_and_runs_nothing(values: list[Any]) -> None:
    line = spreadsheet.row(values)
    (found,) = csv.reader(io.StringIO(line, newline=""))
    assert len(found) == len(values)
    for cell, value in zip(found, values, strict=True):
        if isinstance(value, str):
            assert not cell.startswith(RUN)
            assert cell in {spreadsheet.plain(value), "'" + cell[1:]}


def test_numbers_without_end_and_octets_are_cells_that_a_spreadsheet_takes(site: Site) -> None:
    sql = "select 9e999 as more, -9e999 as less, 1.5 as some, x'ff00' as octets, null as none, 'inf' as word"
    assert cells(site.get("/public.csv", params={"sql": sql}).text)[1] == ["", "", "1.5", "/wA=", "", "inf"]
