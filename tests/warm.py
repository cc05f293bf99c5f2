"""Commands that begin with everything imported: the tests run hundreds, and most of each was importing Scrapy.

One process beside each worker of pytest imports the program once and forks for every command. The fork then has
arguments, an environment, a folder and streams of its own, and ends as any process does. ``pytest --cold``, another
system than Linux, and an environment that must be there before Python begins start a new Python instead.
"""

import atexit
import gc
import importlib
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

COLD = "WDTK_TESTS_COLD"
"""Set by ``pytest --cold``."""
_ROOT = Path(__file__).parents[1]
_EARLY = ("PYTHON", "LD_", "FAKETIME", "LC_", "LANG", "TZ", "OPENSSL", "SSL_")
_MORE = (
    "scrapy.cmdline",
    "scrapy.commands.crawl",
    "scrapy.core.downloader.contextfactory",
    "scrapy.core.downloader.handlers.http11",
    "scrapy.core.scheduler",
    "scrapy.core.scraper",
    "sqlite_utils",
    "twisted.internet.asyncioreactor",
)
_MOST = 1 << 20


def run(
    module: str,
    arguments: Sequence[str],
    *,
    cwd: Path,
    timeout: float,
    env: Mapping[str, str] | None = None,
    stdin: bytes = b"",
) -> "subprocess.CompletedProcess[bytes]":
    """``python -m module arguments`` in ``cwd``, to its end; raises as subprocess.run does when it takes too long."""
    given = dict(os.environ if env is None else env)
    if not _may_be_warm(given):
        line = [sys.executable, "-m", module, *arguments]
        return subprocess.run(line, cwd=cwd, env=given, input=stdin, capture_output=True, timeout=timeout, check=False)
    with tempfile.TemporaryFile() as put_in, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        put_in.write(stdin)
        put_in.seek(0)
        command = {"module": module, "arguments": list(arguments), "cwd": str(cwd), "env": given}
        code = _server().run(command, [put_in.fileno(), out.fileno(), err.fileno()], timeout)
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess([module, *arguments], code, out.read(), err.read())


def run_text(
    module: str, arguments: Sequence[str], *, cwd: Path, timeout: float, env: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """The same with what it says as text."""
    done = run(module, arguments, cwd=cwd, timeout=timeout, env=env)
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def own_process() -> str | None:
    """The process id of what forks for this process, if it has begun: a test that counts children leaves it out."""
    return str(_server().process.pid) if _server.cache_info().currsize else None


def _may_be_warm(given: dict[str, str]) -> bool:
    names = [name for name in given.keys() | os.environ.keys() if name.startswith(_EARLY)]
    same = all(given.get(name) == os.environ.get(name) for name in names)
    return same and sys.platform == "linux" and COLD not in os.environ


@cache
def _server() -> "_Server":
    return _Server()


class _Server:
    """The side of pytest."""

    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _MOST)
        self.process = subprocess.Popen(
            [sys.executable, __file__, str(theirs.fileno())],
            cwd=_ROOT,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # a process that forks has no second thread
            stdin=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
        )
        theirs.close()
        atexit.register(self._end)

    def run(self, command: dict[str, Any], streams: list[int], timeout: float) -> int:
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                socket.send_fds(self._socket, [json.dumps(command).encode()], [*streams, theirs.fileno()])
            with ours.makefile("r", encoding="ascii") as told:
                process = int(told.readline())  # the first one waits for all to be imported
                ours.settimeout(timeout)
                try:
                    return int(told.readline())
                except TimeoutError:
                    os.kill(process, signal.SIGKILL)
                    raise subprocess.TimeoutExpired(command["arguments"], timeout) from None

    def _end(self) -> None:
        self._socket.close()
        self.process.wait(timeout=240)


def _serve(asked: socket.socket) -> None:
    """The side of the forks; returns in each of them when it is ready, and never in the one that forks."""
    _import_all()
    awake, waker = socket.socketpair()
    waker.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(waker.fileno())
    running: dict[int, int] = {}
    while True:
        ready, _, _ = select.select([asked, awake], [], [])
        if awake in ready:
            awake.recv(1024)
            _tell_ends(running)
        if asked in ready:
            data, received, _, _ = socket.recv_fds(asked, _MOST, 4)
            if not data:
                os._exit(0)
            *streams, teller = received
            if not (process := os.fork()):
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                for opened in (asked, awake, waker):
                    opened.close()
                for other in (teller, *running.values()):
                    os.close(other)
                _become(json.loads(data), streams)
            running[process] = teller
            for stream in streams:
                os.close(stream)
            os.write(teller, b"%d\n" % process)


def _tell_ends(running: dict[int, int]) -> None:
    with suppress(ChildProcessError):
        while (found := os.waitpid(-1, os.WNOHANG))[0]:
            process, status = found
            teller = running.pop(process)
            with suppress(OSError):
                os.write(teller, b"%d\n" % os.waitstatus_to_exitcode(status))
            os.close(teller)


def _become(command: dict[str, Any], streams: list[int]) -> NoReturn:
    """Be the command, to its end."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    put_in, out = sys.stdin, sys.stdout  # encoded as Python chose when it began, in the same environment
    sys.stdin = sys.__stdin__ = os.fdopen(0, encoding=put_in.encoding, errors=put_in.errors, closefd=False)  # type: ignore[misc]
    sys.stdout = sys.__stdout__ = os.fdopen(1, "w", encoding=out.encoding, errors=out.errors, closefd=False)  # type: ignore[misc]
    sys.stderr = sys.__stderr__ = os.fdopen(2, "w", 1, errors="backslashreplace", closefd=False)  # type: ignore[misc]
    os.chdir(command["cwd"])
    os.environ.clear()
    os.environ.update(command["env"])
    sys.path[0] = command["cwd"]
    sys.argv = [command["module"], *command["arguments"]]
    runpy.run_module(command["module"], run_name="__main__", alter_sys=True)
    sys.exit()


def _import_all() -> None:
    """All of the program, and what it imports on its way; not the reactor, which Scrapy chooses at the start."""
    sys.path[0] = str(_ROOT)
    import scraper  # noqa: PLC0415 - only here, where it is to be imported once

    for found in pkgutil.walk_packages(scraper.__path__, "scraper."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    for name in _MORE:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()  # forks need not look through all this for garbage


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
