"""A child that does what the document tells it to: the harm that a hostile file might do to a real one."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from parsers.documents.records import DocumentText, Page
from scraper.reading.child import Pipes
from scraper.reading.frames import read_frame
from scraper.reading.jobs import Answer, Hello, encode
from scraper.reading.limits import Limits, allow_seconds, apply, end_seconds
from scraper.reading.seal import seal

PIPES = Pipes.take()


def said(text: str) -> DocumentText:
    page = Page(number=1, text=text, source="text_layer")
    return DocumentText(status="read", document_type="pdf", pages=(page,), tool="misbehaving")


def loop() -> NoReturn:
    while True:
        pass


def sleep() -> NoReturn:
    while True:
        time.sleep(60)


def segfault() -> None:
    ctypes.string_at(0)


def abort() -> None:
    os.abort()


def eat() -> str:
    return str(len(b"x" * (1 << 40)))


def eat_slowly() -> None:
    held = []
    while True:
        held.append(bytearray(1 << 24))


def eat_natively() -> None:
    """As native code does: it fills its memory, then aborts where it gets no more."""
    libc = ctypes.CDLL(None)
    libc.malloc.restype = ctypes.c_void_p
    while place := libc.malloc(ctypes.c_size_t(1 << 24)):
        ctypes.memset(place, 1, 1 << 24)
    os.abort()


def raise_error() -> NoReturn:
    raise ZeroDivisionError("the words of a letter")


def lack_library() -> NoReturn:
    raise ModuleNotFoundError("No module named 'pypdfium2'")


def flood_answer() -> None:
    PIPES.outbox.write((1 << 50).to_bytes(8, "big"))
    while True:
        PIPES.outbox.write(b"x" * 65536)


def flood_errors() -> str:
    for _ in range(200):
        os.write(2, b"e" * 65536)
    return "said much"


def print_much() -> str:
    print("x" * 1_000_000)  # noqa: T201 - what a chatty library does
    return "printed"


def half_an_answer() -> NoReturn:
    PIPES.outbox.write(b"\0\0\0\0\0\0\1\0half")
    PIPES.outbox.flush()
    sys.exit(0)


def half_and_wait() -> None:
    PIPES.outbox.write(b"\0\0\0\0\0\0\1\0half")
    PIPES.outbox.flush()
    sleep()


def leave() -> NoReturn:
    sys.exit(0)


def no_json() -> None:
    PIPES.send(Answer(resident_bytes=1), b"\xff{")
    sleep()


def wrong_shape() -> None:
    PIPES.send(Answer(resident_bytes=1), b'{"status": "splendid"}')
    sleep()


def deep_json() -> None:
    PIPES.send(Answer(resident_bytes=1), b"[" * 100_000)
    sleep()


def two_answers() -> None:
    PIPES.send(Answer(resident_bytes=1), encode(said("one")), encode(said("two")))
    sleep()


def close_pipes() -> None:
    for descriptor in range(64):
        if descriptor != 2:
            try:
                os.close(descriptor)
            except OSError:
                continue
    sleep()


def connect() -> str:
    try:
        socket.create_connection(("127.0.0.1", 9), timeout=2)
    except PermissionError:
        return "not permitted"
    except OSError as error:
        return f"reached the network: {error}"
    return "reached the network"


def run_program() -> str:
    try:
        subprocess.run(["/bin/true"], check=True)
    except PermissionError:
        return "not permitted"
    return "ran a program"


def write_file() -> str:
    try:
        Path("left-behind").write_bytes(b"x")
    except PermissionError:
        return "not permitted"
    return "wrote a file"


def remove_file() -> str:
    try:
        Path(sys.executable).with_name("no-such-file").unlink()
    except PermissionError:
        return "not permitted"
    return "could have removed a file"


def kill_parent() -> str:
    try:
        os.kill(os.getppid(), signal.SIGUSR1)
    except PermissionError:
        return "not permitted"
    return "signalled its parent"


def open_many() -> str:
    descriptors = []
    try:
        while True:
            descriptors.append(os.open("/dev/null", os.O_RDONLY))
    except OSError:
        for descriptor in descriptors:
            os.close(descriptor)
    return str(len(descriptors))


def tell_environment() -> str:
    return ",".join(sorted(os.environ))


def dump() -> str:
    import resource  # noqa: PLC0415 - of this action alone

    return str(resource.getrlimit(resource.RLIMIT_CORE))


ACTIONS: dict[str, Callable[[], str | None]] = {
    action.__name__: action
    for action in (
        loop, sleep, segfault, abort, eat, eat_slowly, eat_natively, raise_error, lack_library,
        flood_answer, flood_errors, print_much, half_an_answer, half_and_wait, leave, no_json, wrong_shape,
        deep_json, two_answers, close_pipes, connect, run_program, write_file, remove_file, kill_parent,
        open_many, tell_environment, dump,
    )
}  # fmt: skip


def main(start: str, argument: str) -> None:
    if start == "no_start":
        raise ImportError("a library is missing")
    limits = Limits.from_argument(argument)
    apply(limits)
    if start == "no_limit":
        PIPES.send(Hello(ready=False, missing="This system does not hold a limit."))
        return
    if start == "mute":
        sleep()
    PIPES.send(Hello(ready=True, files_closed=seal()))
    while (job := read_frame(PIPES.inbox)) is not None:
        if start == "deaf":
            sleep()
        data = read_frame(PIPES.inbox)
        allow_seconds(limits)
        action = ACTIONS.get((data or b"")[:40].decode("utf-8", "replace"))
        try:
            text = action() if action else f"{len(data or b'')} bytes"
        except MemoryError:
            PIPES.send(Answer(resident_bytes=0, out_of_memory=True), b"null")
            return
        end_seconds()
        PIPES.send(Answer(resident_bytes=len(job)), encode(said(text or "")))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
