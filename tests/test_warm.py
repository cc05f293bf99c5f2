"""A command that a warm process becomes is as one that a new Python runs."""

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests import warm
from tests.patience import at_some_pace, until

REFUSAL = b"The prices are withheld under section 43(2) of the Freedom of Information Act 2000."


def both(
    monkeypatch: pytest.MonkeyPatch, *arguments: str, module: str = "scraper", **more: Any
) -> tuple["subprocess.CompletedProcess[bytes]", "subprocess.CompletedProcess[bytes]"]:
    first = warm.run(module, arguments, timeout=240, **more)
    monkeypatch.setenv(warm.COLD, "yes")
    return first, warm.run(module, arguments, timeout=240, **more)


@pytest.mark.parametrize(
    ("line", "stdin"),
    [
        (["--version"], b""),
        (["crawl", "--help"], b""),
        (["crawl"], b""),
        (["nothing"], b""),
        (["status", "--archive", "none"], b""),
        (["letter", "-"], REFUSAL),
    ],
)
def test_it_says_the_same_and_ends_alike(
    line: list[str], stdin: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = both(monkeypatch, *line, cwd=tmp_path, stdin=stdin)
    assert (ours.returncode, ours.stdout, ours.stderr) == (theirs.returncode, theirs.stdout, theirs.stderr)
    assert ours.stdout or ours.stderr


def test_it_has_the_folder_and_the_environment_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tell.py").write_text(
        "import os, sys\nprint(os.getcwd(), sys.argv[1:], sorted(os.environ))\n"
        "print(*((one.encoding.lower(), one.errors) for one in (sys.stdin, sys.stdout, sys.stderr)))"
    )
    given = {**os.environ, "WDTK_TOLD": "yes"}
    ours, theirs = both(monkeypatch, "a", "b c", module="tell", cwd=tmp_path, env=given)
    assert ours.stdout == theirs.stdout.replace(f"'{warm.COLD}', ".encode(), b"")
    assert b"'WDTK_TOLD'" in ours.stdout


def test_one_that_is_killed_says_by_what(tmp_path: Path) -> None:
    (tmp_path / "die.py").write_text("import os\nos.kill(os.getpid(), 9)")
    assert warm.run("die", [], cwd=tmp_path, timeout=240).returncode == -9


def test_one_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    (tmp_path / "wait.py").write_text("import os, time\nopen('pid', 'w').write(str(os.getpid()))\ntime.sleep(600)")

    def attempt(scale: int) -> None:
        with pytest.raises(subprocess.TimeoutExpired):
            warm.run("wait", [], cwd=tmp_path, timeout=1.5 * scale)
        assert (tmp_path / "pid").exists(), "it was ended before it had begun"

    at_some_pace(attempt)
    process = (tmp_path / "pid").read_text()
    assert warm.run("scraper", ["--version"], cwd=tmp_path, timeout=240).returncode == 0
    until(lambda: not Path("/proc", process).exists(), "it is still there")
