"""The child process: limits itself, then reads one document or letter after another, as its parent asks.

Run as ``python -m scraper.reading.child LIMITS``. It talks through standard input and output (see ``frames``)
and ends when its parent closes them. An error that no reader foresaw ends it; its parent makes a row of that.
"""

import os
import resource
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from parsers.documents.later import Later
from parsers.documents.probes.probe import PROBERS, probe_document
from parsers.documents.probes.probe_findings import Probe
from parsers.documents.read import OPENERS, READERS, open_document
from parsers.documents.sniff import sniff
from scraper.reading.frames import frame, read_frame
from scraper.reading.jobs import Answer, Hello, Imported, Job, Rasters, Sniffed, body_of, decode, encode
from scraper.reading.limits import Limits, MissingLimitError, allow_seconds, apply, end_seconds
from scraper.reading.seal import seal

if TYPE_CHECKING:
    from parsers.letters.explained.background import Background
    from parsers.letters.records import Reading


def main() -> int:
    """Serve until the parent closes the pipe; 1 after running out of memory."""
    limits = Limits.from_argument(sys.argv[1])
    pipes, memory = Pipes.take(), Memory()
    if not pipes.sealed(limits):
        return 0
    while _serve(pipes, limits, memory):
        pass
    return 0


def _serve(pipes: "Pipes", limits: Limits, memory: "Memory") -> bool:
    """Do one job; False when there is no more to do."""
    ticket = ""
    try:
        body, data = read_frame(pipes.inbox), read_frame(pipes.inbox)
        if body is None or data is None:
            return False
        allow_seconds(limits)
        job = decode(Job, body)
        ticket = job.ticket
        result = _work(job, data)
        end_seconds()
    except MemoryError:
        pipes.send(Answer(resident_bytes=0, ticket=ticket, out_of_memory=True), b"null")
        return False
    pipes.send(Answer(resident_bytes=memory.resident_bytes, ticket=ticket), result)
    return True


def _work(job: Job, data: bytes) -> bytes:
    if job.kind == "rasters":
        from parsers.documents.scans.raster import rasters  # noqa: PLC0415 - Pillow, which few files need

        pages, dots = rasters(
            data, document_type=job.document_type, numbers=job.numbers, turn=job.turn, smooth=job.smooth
        )
        return b"\n".join([encode(Rasters(pages=pages)), dots])
    if job.kind == "document":
        return body_of(open_document(data, document_type=job.document_type))
    return encode(_read(job, data))


def _read(job: Job, data: bytes) -> "Sniffed | Imported | Probe | Reading | Background":
    if job.kind == "sniff":
        return Sniffed(document_type=sniff(data, name=job.name))
    if job.kind == "imports":
        return Imported(modules=_imported([*READERS.values(), *OPENERS.values(), *PROBERS.values()]))
    if job.kind == "probe":
        return probe_document(data, document_type=job.document_type)
    return _said(job)


def _said(job: Job) -> "Reading | Background":
    """The rules of letters take half a second to import, which a child that opens documents only does not pay."""
    from parsers.letters.explained.background import find_background  # noqa: PLC0415 - see above
    from parsers.letters.reading import read_letter  # noqa: PLC0415 - see above

    if job.kind == "background":
        return find_background(job.pages, context=job.context)
    return read_letter(job.pages, context=job.context)


def _imported(functions: Sequence[object]) -> int:
    return len([one.function for one in functions if isinstance(one, Later)])


@dataclass(frozen=True, kw_only=True)
class Pipes:
    """Where jobs come from and answers go."""

    inbox: BinaryIO
    outbox: BinaryIO

    @classmethod
    def take(cls) -> "Pipes":
        """Keep standard output for answers alone: what a library prints goes to standard error."""
        outbox = os.fdopen(os.dup(1), "wb")
        os.dup2(2, 1)
        return cls(inbox=sys.stdin.buffer, outbox=outbox)

    def sealed(self, limits: Limits) -> bool:
        """Limit and seal this process, and say so; False where that cannot be done here and nothing may be read."""
        try:
            apply(limits)
            hello = Hello(ready=True, files_closed=seal())
        except MissingLimitError as error:
            hello = Hello(ready=False, missing=str(error))
        self.send(hello)
        return hello.ready

    def send(self, record: object, *rest: bytes) -> None:
        """A record, and what follows it, each as a message."""
        for body in (encode(record), *rest):
            self.outbox.write(frame(body))
        self.outbox.flush()


class Memory:
    """How much memory this process holds, from a file that is opened before files are closed to it."""

    def __init__(self) -> None:
        self._statm = os.open("/proc/self/statm", os.O_RDONLY) if Path("/proc/self/statm").exists() else None

    @property
    def resident_bytes(self) -> int:
        """Now; where the system does not tell, the most it ever was."""
        if self._statm is None:
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return int(os.pread(self._statm, 200, 0).split()[1]) * resource.getpagesize()


if __name__ == "__main__":
    sys.exit(main())
