"""The limits of a child, set in a process that may be spoilt."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from scraper.reading import limits
from scraper.reading.limits import MEGABYTE, Limits, MissingLimitError
from scraper.reading.progress import Progress

ROOT = Path(__file__).parents[3]


def child(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, timeout=240
    )


def test_limits_pass_through_a_command_line() -> None:
    given = Limits(memory_bytes=123 * MEGABYTE, cpu_seconds=4, wall_seconds=2.5)
    assert Limits.from_argument(given.as_argument()) == given


def test_a_system_that_does_not_hold_the_memory_limit_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_lower", lambda _what, _most: None)  # as where setting it has no effect
    with pytest.raises(MissingLimitError, match="does not hold a limit on a process's memory"):
        limits.apply(Limits(memory_bytes=64 * MEGABYTE))


def test_no_file_can_grow_even_without_the_filter() -> None:
    done = child(
        "from scraper.reading.limits import Limits, apply\n"
        "import tempfile\n"
        "file = tempfile.TemporaryFile()\n"
        "apply(Limits())\n"
        "try: file.write(b'x' * 10**6); file.flush()\n"
        "except OSError as error: print(error.strerror)\n"
    )
    assert done.stdout == "File too large\n", done.stderr


def test_each_document_has_its_own_processor_seconds() -> None:
    done = child(
        "import time\n"
        "from scraper.reading.limits import Limits, apply, allow_seconds, end_seconds\n"
        "limits = Limits(cpu_seconds=1)\n"
        "for document in range(5):\n"
        "    allow_seconds(limits)\n"
        "    until = time.process_time() + 0.55\n"  # whole ticks are counted: far from exact on a busy machine
        "    while time.process_time() < until: pass\n"
        "    end_seconds()\n"
        "print('five', flush=True)\n"
        "allow_seconds(limits)\n"
        "while True: pass\n"
    )
    assert (done.stdout, done.returncode) == ("five\n", -signal.SIGXCPU)


def test_a_child_whose_parent_is_gone_ends_by_its_own_alarm() -> None:
    done = child(
        "import time\n"
        "from scraper.reading.limits import Limits, allow_seconds\n"
        "allow_seconds(Limits(wall_seconds=-4))\n"
        "time.sleep(50)\n"
    )
    assert done.returncode == -signal.SIGALRM


class Stream:
    def __init__(self, *, live: bool) -> None:
        self.live, self.written = live, ""

    def isatty(self) -> bool:
        return self.live

    def write(self, text: str) -> int:
        self.written += text
        return len(text)

    def flush(self) -> None:
        pass


@pytest.mark.parametrize(
    ("live", "seconds", "lines"),
    [
        (True, 0.2, "Letters: 3 of 4 [######################........]"),
        (False, 0.2, ""),
        (False, 61.0, "Letters: 3 of 4 1.0/min, 0:01:01 left\n"),
    ],
)
def test_progress_is_a_bar_on_a_terminal_and_a_line_a_minute_elsewhere(
    live: bool, seconds: float, lines: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    stream = Stream(live=live)
    progress = Progress(stream)  # type: ignore[arg-type]  # all that is used of a stream
    progress.begin("Letters", 4)
    for _ in range(3):
        clock[0] += seconds
        progress.step()
    assert lines in stream.written
    assert bool(stream.written) == bool(lines)
    progress.end()
    assert stream.written.endswith("\r\033[K") is live
