"""A few of the moments of ``make kills``: killed, or with a full disk, and gone on with, the end is the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scraper.standin import running
from tests.kills.disk import starved
from tests.kills.run import killed
from tests.kills.stages import Undisturbed

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def standin() -> Iterator[str]:
    with running(requests=8) as base:
        yield base


@pytest.fixture(scope="module")
def whole(standin: str, tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    return Undisturbed(standin, tmp_path_factory.mktemp("whole") / "each")


def nothing(_: str) -> None:
    """Say nothing."""


def test_killed_at_some_moment_of_each_stage_it_ends_as_if_nothing_had_been(
    standin: str, whole: Undisturbed, tmp_path: Path
) -> None:
    report = killed(standin, tmp_path / "work", whole, moments=3, seed=1, step=nothing)
    assert report.faults == []
    assert report.kills == 4


def test_on_a_disk_that_fills_up_each_stage_ends_with_a_sentence_and_goes_on_when_there_is_room(
    standin: str, whole: Undisturbed, tmp_path: Path
) -> None:
    refusals, report = starved(standin, tmp_path, whole, by=1_000, step=nothing)
    assert report.faults == []
    assert refusals >= 3
