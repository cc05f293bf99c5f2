"""A page that was read from a picture says so, and one that could not be read shows no words."""

from typing import Any

from tests.data.conftest import words
from tests.data.threads import sample


def test_a_page_from_a_picture_says_how_sure_its_words_are(site_of: Any) -> None:
    made = sample()
    made.message("incoming-50", 103, "See the file.", sent="2024-02-08T11:00:00+00:00")
    made.attachment("attachment-50", "incoming-50", ["The library opens at nine.", ""])
    made.find("pages", id="attachment-50/1").update(source="ocr", confidence=0.94)
    made.find("pages", id="attachment-50/2").update(source="ocr_doubtful", confidence=0.51)
    page = site_of(made).page("/request/103")
    assert [words(summary) for summary in page.cssselect(".leaf summary")] == [
        "Page 1, read from an image (94% sure of the characters)",
        "Page 2: a picture that could not be read with confidence",
    ]
    assert "The library opens at nine." in words(page.cssselect(".leaf")[0])
    assert "This page could not be read with confidence (only 51% sure of the characters)" in words(
        page.cssselect(".leaf")[1]
    )
