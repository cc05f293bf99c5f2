"""Words that were recognised in a picture are published with how sure they are, or not at all."""

from collections.abc import Callable

import pytest

from tests.scraper.publishing.archives import Seeds, refused
from tests.scraper.publishing.conftest import Query

Published = Callable[..., Query]


@pytest.fixture
def refusal(seeds: Seeds) -> Seeds:
    seeds.authority()
    refused(seeds)
    return seeds


def test_pages_of_a_scan_say_how_sure_they_are_and_bad_ones_have_no_words(refusal: Seeds, published: Published) -> None:
    sha256 = refusal.document(["A page that was recognised well.", "Tho paqe thct wos nat."])
    refusal.attachment(3, "incoming-72", sha256)
    sources = [("ocr", 0.94, 1), ("ocr_doubtful", 0.51, 2)]
    refusal.archive.connection.executemany(
        "UPDATE pages SET source = ?, confidence = ? WHERE sha256 = ? AND number = ?",
        [(source, confidence, sha256, number) for source, confidence, number in sources],
    )
    assert published()("SELECT text, source, confidence FROM pages ORDER BY number") == [
        ("A page that was recognised well.", "ocr", 0.94),
        ("", "ocr_doubtful", 0.51),
    ]
