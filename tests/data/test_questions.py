"""Each of the ten questions is answered by one query of the site, at the address that the document gives."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.data.conftest import SITE, Site, words

QUESTIONS = (SITE.parent / "QUESTIONS.md").read_text(encoding="utf-8")
ADDRESSES = re.findall(r"\((http://127\.0\.0\.1:8001/[^)]+)\)", QUESTIONS)


@pytest.fixture(scope="session")
def public(demo: Path) -> Path:
    return demo / "public.db"


def test_every_question_leads_to_a_query() -> None:
    asked = QUESTIONS.split("\n## ")[1:11]
    assert [part for part in asked if "http://127.0.0.1:8001/public/" not in part] == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_query_answers_in_one_page(site: Site, address: str) -> None:
    parts = urlsplit(address)
    answer = site.get(f"{parts.path}?{parts.query}")
    assert len(answer.content) < 200_000
    page = site.page(f"{parts.path}?{parts.query}")
    assert page.cssselect("tbody tr")
    assert "error" not in words(page.cssselect("main")[0]).lower()
