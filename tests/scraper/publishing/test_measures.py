"""The accuracy that the site shows is the one that ``data/README.md`` prints."""

from pathlib import Path

import pytest

from scraper.errors import WdtkError
from scraper.publishing.measures import FILE, measures, measures_json

DATA = Path(__file__).parents[3] / "data"


def test_the_site_shows_what_the_document_prints_today() -> None:
    written = (DATA / "site" / FILE).read_text(encoding="utf-8")
    assert written == measures_json(DATA / "README.md"), "run: python -m scraper.publishing.metadata"


def test_a_measured_table_is_taken_over_cell_by_cell() -> None:
    readme = (
        "<!-- scores: begin -->\n| letters | found |\n| --- | --- |\n| real (2) | 7 |\n<!-- scores: end -->\n"
        "<!-- confidence: begin -->\nJudged: 3 things.\n\n| said | of |\n| --- | --- |\n| 0.9 | 3 |\n"
        "<!-- confidence: end -->\n"
    )
    assert measures(readme) == {
        "scores": {"told": "", "heading": ["letters", "found"], "rows": [["real (2)", "7"]]},
        "confidence": {"told": "Judged: 3 things.", "heading": ["said", "of"], "rows": [["0.9", "3"]]},
    }


@pytest.mark.parametrize(
    "readme",
    ["", "<!-- scores: begin -->\n<!-- scores: end -->\n", "<!-- scores: begin -->\n| a |\n| - |\n| b | c |\n"],
)
def test_a_document_whose_measures_cannot_be_read_is_refused(readme: str) -> None:
    with pytest.raises(WdtkError, match=r"data/README\.md"):
        measures(readme)
