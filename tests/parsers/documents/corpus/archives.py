"""Archives and mailboxes of the corpus, beside zip."""

import gzip
import io
import tarfile
from collections.abc import Mapping

from tests.parsers.documents import mails
from tests.parsers.documents.corpus.carriers import FILES, MAIL, SIMPLE, TEXT
from tests.parsers.documents.corpus.sample import SECRET, Sample, half, maker

BEGIN = b"From records@brackenfold.example Tue Mar  5 10:00:00 2024\n"
ROOM = tarfile.BLOCKSIZE


def _tarred(files: Mapping[str, bytes], *more: tarfile.TarInfo) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
        for entry in more:
            archive.addfile(entry)
    return out.getvalue()


def _leading_out() -> bytes:
    """A tar archive of names and links that lead to the files of whoever unpacks it."""
    link, device = tarfile.TarInfo("letter.txt"), tarfile.TarInfo("null")
    link.type, link.linkname, device.type = tarfile.SYMTYPE, "/etc/passwd", tarfile.CHRTYPE
    return _tarred({"../../etc/cron.d/job": b"x", "/etc/hosts": b"y"}, link, device)


def _tar_of_lies() -> bytes:
    """A tar archive whose first file says that it is of eight thousand million bytes."""
    entry = tarfile.TarInfo("huge.txt")
    entry.size = 8_000_000_000
    return entry.tobuf(tarfile.GNU_FORMAT) + bytes(4 * ROOM)


def _slack_tar() -> bytes:
    return _tarred({"__MACOSX/._letter.txt": SECRET.encode(), "letter.txt": TEXT.encode()})


def _packed(data: bytes, name: str = "letter.txt") -> bytes:
    out = io.BytesIO()
    with gzip.GzipFile(name, "wb", fileobj=out, mtime=0) as file:
        file.write(data)
    return out.getvalue()


def _mailbox(*letters: bytes) -> bytes:
    return b"\n".join(BEGIN + letter for letter in letters)


mbox, tar, gz = maker("mbox"), maker("tar"), maker("gz")
SAMPLES: tuple[Sample, ...] = (
    mbox("plain", lambda: _mailbox(mails.eml(MAIL), mails.eml(SIMPLE))),
    mbox("empty", lambda: BEGIN + b"\n"),
    mbox("damaged", lambda: half(_mailbox(mails.eml(SIMPLE), mails.eml(SIMPLE)), 0.7)),
    mbox("hostile", lambda: (BEGIN + b"Subject: x\n\n\n") * 20_000, "twenty thousand mails"),
    tar("plain", lambda: _tarred(FILES)),
    tar("empty", lambda: _tarred({"folder/__MACOSX/._a": b""})),
    tar("damaged", lambda: half(_tarred(FILES), 0.2)),
    tar("hidden", _slack_tar),
    tar("hostile", _leading_out, "names and links"),
    tar("hostile", _tar_of_lies, "lengths"),
    gz("plain", lambda: _packed(TEXT.encode())),
    gz("plain", lambda: _packed(_tarred(FILES), "files.tgz"), "tar"),
    gz("empty", lambda: _packed(b"")),
    gz("damaged", lambda: half(_packed(TEXT.encode()))),
    gz("hostile", lambda: _packed(bytes(80 << 20)), "bomb"),
)
