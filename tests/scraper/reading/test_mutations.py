"""Two hundred of the files of ``make mutate``: none hangs, leaks or is lost, and the same seed damages alike."""

from collections import Counter

import pytest

from parsers.documents.read import READABLE
from tests.mutate.files import Whole, mutated, wholes
from tests.mutate.run import run
from tests.parsers.documents.corpus.table import SAMPLES

pytestmark = pytest.mark.long

FILES = 200


@pytest.fixture(scope="module")
def among() -> list[Whole]:
    return wholes()


def test_damaged_files_hang_leak_and_lose_nothing(among: list[Whole]) -> None:
    report = run(FILES, seed=7, among=among)
    assert report.faults == []
    assert len(report.outcomes) == FILES
    # What needs more memory than there is ends as a crash where its death went unseen.
    bombs = {one.folder for one in SAMPLES if one.limited}
    assert {one.sample for one in report.outcomes if one.detail} <= bombs


def test_the_same_seed_damages_alike_and_every_type_has_its_turn(among: list[Whole]) -> None:
    again = wholes()
    files = [mutated(number, 7, among) for number in range(FILES)]
    same = sum(one.data == mutated(one.number, 7, again).data for one in files)
    assert same > 0.9 * FILES, "only what is locked is made anew each time"
    turns = Counter(one.whole.document_type for one in files)
    assert len(READABLE - set(turns)) <= 2
    assert sum(one.damage.endswith("inside") for one in files) > FILES / 4
