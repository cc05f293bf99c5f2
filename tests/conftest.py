"""Fixtures that any test may use."""

import os
import signal
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from tests.golden import Golden
from tests.warm import COLD

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
"""Captured pages and labelled letters that are not ours to publish, when they lie beside the checkout."""

NO_SHARED = "no folder ../shared with captured pages and labelled letters"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write expected files that differ, and fail so that you read them"
    )
    parser.addoption(
        "--cold", action="store_true", help="start a new Python for every command under test, which takes twice as long"
    )
    parser.addoption("--no-skips", action="store_true", help="a test that is skipped for want of a tool fails instead")


def pytest_configure(config: pytest.Config) -> None:
    """Let the commands under test be interrupted even where a shell started all this in the background.

    Such a shell has Ctrl-C ignored, and what is ignored stays so in every child. What one process has compiled is
    kept for the hundreds that follow, whatever the environment says.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    settings.register_profile("busy", deadline=None)  # other work on the machine makes an example slow, not a fault
    settings.load_profile("busy")
    if config.getoption("--cold"):
        os.environ[COLD] = "yes"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: a test waits for the commands it runs about a third of its time."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put files with ``pytestmark = pytest.mark.long`` before all others, and give them the time of a slow machine.

    So does the demo take, which whoever asks for it first makes while others wait.
    """
    for item in items:
        takes_long = item.get_closest_marker("long") or "demo" in getattr(item, "fixturenames", ())
        if takes_long and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(1200))
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With ``--no-skips`` only a missing ``../shared`` excuses a test."""
    report = yield
    if report.skipped and item.config.getoption("--no-skips") and call.excinfo is not None:
        reason = str(call.excinfo.value)
        if NO_SHARED not in reason:
            report.outcome = "failed"
            report.longrepr = f"skipped where nothing may be: {reason}"
    return report


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare a value with a stored one: ``golden.check(case / "expected.json", value)``."""
    return Golden(update=bool(request.config.getoption("--update-golden")))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of captured pages and labelled letters; skips where it is not."""
    if not SHARED.is_dir():
        pytest.skip(NO_SHARED)
    return SHARED


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that ``wdtk demo --no-serve`` leaves: ``archive/`` and ``public.db``; made once for all workers."""
    base = tmp_path_factory.getbasetemp()
    root = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "wdtk-demo"
    with FileLock(f"{root}.lock"):
        if not (root / "made").exists():
            root.mkdir(exist_ok=True)
            command = [sys.executable, "-m", "scraper", "demo", "--no-serve"]
            made = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
            assert made.returncode == 0, made.stdout + made.stderr
            (root / "made").touch()
    return root / "data" / "demo"
