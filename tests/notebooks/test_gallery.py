"""The charts that the README shows are those which the notebooks draw on the demo."""

import re
from pathlib import Path

import matplotlib as mpl
import pytest

from tests.notebooks.gallery import CHARTS, GALLERY, README, with_gallery, words_of


@pytest.mark.parametrize("name", GALLERY)
def test_a_chart_of_the_readme_is_current(name: str, charts: Path) -> None:
    kept, drawn = ((folder / f"{name}.svg").read_text(encoding="utf-8") for folder in (CHARTS, charts))
    assert words_of(kept) == words_of(drawn), "run: make charts"
    if f"Matplotlib v{mpl.__version__}" in kept:
        assert kept == drawn, "run: make charts"


def test_the_readme_shows_them_with_their_words() -> None:
    text = README.read_text(encoding="utf-8")
    assert with_gallery(text, CHARTS) == text, "run: make charts"
    assert "all invented" in text.partition("<!-- charts: begin -->")[0]


@pytest.mark.parametrize("name", GALLERY)
def test_a_chart_asks_nothing_of_another_host(name: str) -> None:
    svg = (CHARTS / f"{name}.svg").read_text(encoding="utf-8")
    assert not re.search(r"(?:href|src)=\"(?!#)|<script|@import|url\((?!#)", svg)
