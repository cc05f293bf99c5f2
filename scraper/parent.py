"""Ending with the process that started this one, however that one ended."""

import os
import signal
import threading
import time

_SECONDS = 0.5


def end_with(parent: int) -> None:
    """From now on, end this process at once when ``parent``, which started it, is gone."""
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)
