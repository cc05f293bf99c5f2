"""Fixtures that any test may use."""

from pathlib import Path

import pytest

from tests.golden import Golden

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
"""Captured pages and labelled letters that are not ours to publish, when they lie beside the checkout."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write expected files that differ, and fail so that you read them"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare a value with a stored one: ``golden.check(case / "expected.json", value)``."""
    return Golden(update=bool(request.config.getoption("--update-golden")))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of captured pages and labelled letters; skips where it is not."""
    if not SHARED.is_dir():
        pytest.skip("no folder ../shared with captured pages and labelled letters")
    return SHARED
