"""Names that the policy hides are in no file that leaves the site: CSV, JSON, feeds and text to copy, of the demo."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from scraper.standin.data import table
from tests.data.canned import LOOSE, NAMES
from tests.data.conftest import Site

pytestmark = pytest.mark.long


@pytest.fixture(scope="session")
def public(demo: Path) -> Path:
    return demo / "public.db"


@pytest.fixture(scope="module")
def hidden(demo: Path) -> list[str]:
    """The names of requesters and officers that stand in the letters as they came."""
    names = table("names")
    people = [f"{first} {last}" for first in names["first"] for last in names["last"]] + list(names["officers"])
    with closing(sqlite3.connect(demo / "archive" / "archive.db")) as archive:
        came = "\n".join(text for (text,) in archive.execute("SELECT text FROM messages WHERE text IS NOT NULL"))
    found = [name for name in people if name in came]
    assert len(found) > 20
    return found


def told(site: Site, address: str) -> str:
    answer = site.get(address)
    assert answer.status_code == 200, address
    text: str = answer.text
    return text


def test_no_table_or_view_tells_them_in_csv(site: Site, hidden: list[str]) -> None:
    found = site.get("/public.json", params={
        "sql": "select name from sqlite_master where type in ('table', 'view') and name not like 'sqlite%'"
               " and instr(name, '_fts') = 0 and instr(name, '_searched') = 0",
        "_shape": "arrayfirst"}).json()  # fmt: skip
    assert len(found) > 40
    for name in found:
        text = told(site, f"/public/{name}.csv?_stream=on&_labels=on")
        assert [one for one in hidden if one in text] == [], name


@pytest.mark.parametrize("form", ["csv", "json", "atom", "copyable"])
def test_no_answer_to_a_question_tells_them(site: Site, hidden: list[str], form: str) -> None:
    loose = "&".join(f"{name}={value}" for name, value in LOOSE.items())
    for name in NAMES:
        text = told(site, f"/public/{name}.{form}?{loose}")
        assert [one for one in hidden if one in text] == [], name


def test_no_feed_of_a_table_tells_them(site: Site, hidden: list[str]) -> None:
    for address in ("/public/requests.atom?_size=max", "/public/messages.atom?_sort_desc=sent_at&_size=max"):
        text = told(site, address)
        assert [one for one in hidden if one in text] == [], address
