"""A stage of an update or of a demo: ``python -m scraper.updating.child PARENT COMMAND ...``.

The command is one of ``wdtk`` or a part. It ends when its parent is gone: two writers at once are what the lock of the
parent is there to prevent.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

from scraper.errors import StoppedBySignalError, WdtkError
from scraper.parent import end_with
from scraper.updating import parts

_PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    """Run one stage; exits with its code."""
    parent, name, *rest = arguments
    die_with(int(parent))
    part = parts.PARTS.get(name)
    if part is not None:
        sys.exit(_ended(part, rest))
    from scraper.cli import cli  # noqa: PLC0415 - parts do not need it

    cli([name, *rest], prog_name="wdtk")


def _ended(part: Callable[[list[str]], int], rest: list[str]) -> int:
    try:
        return part(rest)
    except WdtkError as error:
        error.show()
        return error.exit_code
    except StoppedBySignalError as stopped:  # the parent, which was stopped too, says it
        return 128 + stopped.number


def die_with(parent: int) -> None:
    """End this process at once when ``parent``, which started it, is gone."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    end_with(parent)
    if os.getppid() != parent:  # it went before anything was set
        os._exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
