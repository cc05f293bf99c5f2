"""A few of the moments of ``make kills``: killed, or with a full disk, and gone on with, the end is the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scraper.standin import running
from tests.kills.run import disk, killed, starved, undisturbed, unlike

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def standin() -> Iterator[str]:
    with running(requests=8) as base:
        yield base


@pytest.fixture(scope="module")
def whole(standin: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, float]]:
    folder = tmp_path_factory.mktemp("whole") / "work"
    return folder, undisturbed(standin, folder)


def nothing(_: str) -> None:
    """Say nothing."""


def test_killed_at_some_moment_of_each_stage_it_ends_as_if_nothing_had_been(
    standin: str, whole: tuple[Path, dict[str, float]], tmp_path: Path
) -> None:
    folder, took = whole
    report = killed(standin, tmp_path / "work", took, moments=3, seed=1, step=nothing)
    assert report.faults == []
    assert unlike(folder, tmp_path / "work") == []


def test_on_a_disk_that_fills_up_each_stage_ends_with_a_sentence_and_goes_on_when_there_is_room(
    standin: str, whole: tuple[Path, dict[str, float]], tmp_path: Path
) -> None:
    folder, _ = whole
    with disk(tmp_path / "disk", kilobytes=500, by=500) as small:
        report = starved(standin, small, step=nothing)
        assert report.faults == []
        assert report.refusals
        assert unlike(folder, small.folder / "work") == []
