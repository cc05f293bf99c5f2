"""The child process: limits itself, then reads one document or letter after another, as its parent asks.

Run as ``python -m scraper.reading.child LIMITS``. It talks through standard input and output (see ``frames``)
and ends when its parent closes them. An error that no reader foresaw ends it; its parent makes a row of that.
"""

import os
import resource
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from parsers.documents.probes.probe import probe_document
from parsers.documents.probes.probe_findings import Probe
from parsers.documents.read import open_document
from parsers.letters.explained.background import Background, find_background
from parsers.letters.reading import read_letter
from parsers.letters.records import Reading
from scraper.reading.frames import frame, read_frame
from scraper.reading.jobs import Answer, Hello, Job, Rasters, decode, encode
from scraper.reading.limits import Limits, MissingLimitError, allow_seconds, apply, end_seconds
from scraper.reading.seal import seal


def main() -> int:
    """Serve until the parent closes the pipe; 1 after running out of memory."""
    limits = Limits.from_argument(sys.argv[1])
    pipes = Pipes.take()
    try:
        apply(limits)
    except MissingLimitError as error:
        pipes.send(Hello(ready=False, missing=str(error)))
        return 0
    pipes.send(Hello(ready=True, sealed=seal()))
    while _serve(pipes, limits):
        pass
    return 0


def _serve(pipes: "Pipes", limits: Limits) -> bool:
    """Do one job; False when there is no more to do."""
    try:
        body, data = read_frame(pipes.inbox), read_frame(pipes.inbox)
        if body is None or data is None:
            return False
        allow_seconds(limits)
        result = _work(decode(Job, body), data)
        end_seconds()
    except MemoryError:
        pipes.send(Answer(resident_bytes=0, out_of_memory=True), b"null")
        return False
    pipes.send(Answer(resident_bytes=_resident_bytes()), result)
    return True


def _work(job: Job, data: bytes) -> bytes:
    if job.kind == "rasters":
        from parsers.documents.scans.raster import rasters  # noqa: PLC0415 - Pillow, which few files need

        pages, dots = rasters(
            data, document_type=job.document_type, numbers=job.numbers, turn=job.turn, smooth=job.smooth
        )
        return b"\n".join([encode(Rasters(pages=pages)), dots])
    if job.kind == "document":
        opened = open_document(data, document_type=job.document_type)
        return b"".join([encode(opened.document), b"\n", *opened.files])
    return encode(_read(job, data))


def _read(job: Job, data: bytes) -> Probe | Reading | Background:
    if job.kind == "probe":
        return probe_document(data, document_type=job.document_type)
    if job.kind == "background":
        return find_background(job.pages, context=job.context)
    return read_letter(job.pages, context=job.context)


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

    def send(self, record: object, *rest: bytes) -> None:
        """A record, and what follows it, each as a message."""
        for body in (encode(record), *rest):
            self.outbox.write(frame(body))
        self.outbox.flush()


def _resident_bytes() -> int:
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text(encoding="ascii").split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    sys.exit(main())
