"""A child that does what the document tells it to: the harm that a hostile file might do to a real one."""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import NoReturn

from parsers.documents.records import DocumentText, Page
from scraper.reading.child import Pipes
from scraper.reading.frames import read_frame
from scraper.reading.jobs import Answer, Hello, Job, decode, encode
from scraper.reading.limits import Limits, allow_seconds, apply, end_seconds
from scraper.reading.seal import seal
from tests.scraper.reading.forbidden import FORBIDDEN, LIBC, MACHINE, open_place

PIPES = Pipes.take()
TICKET = ""
FILES_CLOSED = False


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


def reserve() -> NoReturn:
    ctypes.CDLL(None).malloc(ctypes.c_size_t(250 << 20))
    time.sleep(2)  # the parent looks twenty times a second
    os.abort()


def raise_error() -> NoReturn:
    raise ZeroDivisionError("the words of a letter")


def lack_library() -> NoReturn:
    raise ModuleNotFoundError("No module named 'pypdfium2'")


def flood_answer() -> None:
    PIPES.send(Answer(resident_bytes=1, ticket=TICKET))
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
    PIPES.send(Answer(resident_bytes=1, ticket=TICKET), b"\xff{")
    sleep()


def wrong_shape() -> None:
    PIPES.send(Answer(resident_bytes=1, ticket=TICKET), b'{"status": "splendid"}')
    sleep()


def deep_json() -> None:
    PIPES.send(Answer(resident_bytes=1, ticket=TICKET), b"[" * 100_000)
    sleep()


def two_answers() -> None:
    PIPES.send(Answer(resident_bytes=1, ticket=TICKET), encode(said("one")), encode(said("two")))
    sleep()


def close_pipes() -> None:
    for descriptor in range(64):
        if descriptor != 2:
            try:
                os.close(descriptor)
            except OSError:
                continue
    sleep()


def stop_clocks() -> NoReturn:
    signal.setitimer(signal.ITIMER_REAL, 0)
    for number in (signal.SIGALRM, signal.SIGXCPU, signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    sleep()


def closed_files() -> str:
    return str(FILES_CLOSED)


def die_of_a_signal_without_a_name() -> None:
    LIBC.syscall(234 if MACHINE == "x86_64" else 131, os.getpid(), os.getpid(), 40)
    sleep()


def answer_drop_by_drop() -> NoReturn:
    PIPES.send(Answer(resident_bytes=1, ticket=TICKET))
    PIPES.outbox.write((1 << 19).to_bytes(8, "big"))
    while True:
        PIPES.outbox.write(b" ")
        PIPES.outbox.flush()
        time.sleep(0.01)


def answer_for_another() -> None:
    PIPES.send(Answer(resident_bytes=1, ticket="0" * 16), encode(said("one")))
    sleep()


def answer_twice() -> str:
    """The second answer comes when the parent has long turned to something else."""
    PIPES.send(Answer(resident_bytes=1, ticket=TICKET), encode(said("one")))
    time.sleep(0.2)
    PIPES.send(Answer(resident_bytes=1, ticket=TICKET), encode(said("of another document")))
    return "three"


def long_head() -> None:
    PIPES.outbox.write((5_000).to_bytes(8, "big") + b" " * 5_000)
    PIPES.outbox.flush()
    sleep()


def impossible_pages() -> None:
    """Two pages of one number, which no archive takes."""
    page = Page(number=1, text="one", source="text_layer")
    document = DocumentText(status="read", document_type="pdf", pages=(page, page), tool="misbehaving")
    PIPES.send(Answer(resident_bytes=1, ticket=TICKET), encode(document))
    sleep()


def impossible_number() -> None:
    body = encode(said("one")).replace(b'"number":1', b'"number":%d' % (1 << 64))
    PIPES.send(Answer(resident_bytes=1, ticket=TICKET), body)
    sleep()


ACTIONS: dict[str, Callable[[], str | None]] = {
    action.__name__: action
    for action in (
        loop, sleep, segfault, abort, eat, eat_slowly, eat_natively, reserve, raise_error, lack_library,
        flood_answer, flood_errors, print_much, half_an_answer, half_and_wait, leave, no_json, wrong_shape,
        deep_json, two_answers, close_pipes, stop_clocks, closed_files, die_of_a_signal_without_a_name,
        answer_drop_by_drop, answer_for_another, answer_twice, long_head, impossible_pages, impossible_number,
        *FORBIDDEN,
    )
}  # fmt: skip


def main(start: str, argument: str) -> None:
    global TICKET, FILES_CLOSED  # noqa: PLW0603 - of the job at hand
    if start == "no_start":
        raise ImportError("a library is missing")
    limits = Limits.from_argument(argument)
    apply(limits)
    if start == "no_limit":
        PIPES.send(Hello(ready=False, missing="This system does not hold a limit."))
        return
    if start == "mute":
        sleep()
    FILES_CLOSED = seal()
    PIPES.send(Hello(ready=True, files_closed=FILES_CLOSED))
    while (job := read_frame(PIPES.inbox)) is not None:
        TICKET = decode(Job, job).ticket
        if start == "deaf":
            sleep()
        data = read_frame(PIPES.inbox)
        if start == "lack_library":
            lack_library()
        allow_seconds(limits)
        word, _, rest = (data or b"")[:400].decode("utf-8", "replace").partition(":")
        action = partial(open_place, rest) if word == "open" else ACTIONS.get(word)
        try:
            text = action() if action else f"{len(data or b'')} bytes"
        except MemoryError:
            PIPES.send(Answer(resident_bytes=0, ticket=TICKET, out_of_memory=True), b"null")
            return
        end_seconds()
        PIPES.send(Answer(resident_bytes=len(job), ticket=TICKET), encode(said(text or "")))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
