"""Files as browsers and crawlers make them, from the small pages of the tests."""

import email.mime.multipart
import email.mime.text
import gzip
import io
import os
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click.testing
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from scraper.archive.compare import Contents, contents
from scraper.archive.database import open_archive
from scraper.cli import cli
from tests.scraper.pages import Reply, request_json, text, thread_page

SITE = "https://foi.example"
EARLY, LATE = "2024-05-01T10:00:00Z", "2025-06-01T10:00:00Z"
LETTER = b"%PDF-1.4 a letter"


def json_reply(slug: str = "drains", number: int = 7) -> Reply:
    return text(request_json(slug, number), "application/json; charset=utf-8")


def record(
    writer: WARCWriter, path: str, reply: Reply, *, at: str = LATE, kind: str = "response", **extra: str
) -> None:
    """One capture of ``SITE/path``."""
    url = path if "://" in path else SITE + path
    head = StatusAndHeaders(f"{reply.status} Whatever", list(reply.headers.items()), protocol="HTTP/1.1")
    headers = {"WARC-Date": at, **{name.replace("_", "-"): value for name, value in extra.items()}}
    made = writer.create_warc_record(
        url,
        kind,
        payload=io.BytesIO(reply.body),
        length=len(reply.body),
        http_headers=head,
        warc_headers_dict=headers,
    )
    writer.write_record(made)


def warc(path: Path, *captures: tuple[str, Reply, str], packed: bool = True, version: str = "1.1") -> Path:
    """A WARC of captures, each ``(path, reply, time)``."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=packed, warc_version=version)
        for where, reply, at in captures:
            record(writer, where, reply, at=at)
    return path


def request(slug: str = "drains", number: int = 7, *names: str, at: str = LATE) -> list[tuple[str, Reply, str]]:
    """The JSON and the page of a request whose reply has these files."""
    return [
        (f"/request/{slug}.json", json_reply(slug, number), at),
        (f"/request/{slug}", thread_page(slug, number, list(names)), at),
    ]


def saved(path: Path, body: bytes, at: str = LATE) -> Path:
    """A file as it lies on the disk since ``at``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    seconds = datetime.fromisoformat(at).astimezone(UTC).timestamp()
    os.utime(path, (seconds, seconds))
    return path


def page_file(folder: Path, slug: str = "drains", number: int = 7, names: tuple[str, ...] = (), at: str = LATE) -> Path:
    """A page as "Web page, complete" leaves it."""
    body = thread_page(slug, number, list(names)).body
    address = f"{SITE}/request/{slug}"
    mark = f"<!-- saved from url=({len(address):04d}){address} -->\n".encode()
    return saved(folder / f"{slug}.html", body.replace(b"<html", mark + b"<html"), at)


def json_file(folder: Path, slug: str = "drains", number: int = 7, at: str = LATE) -> Path:
    return saved(folder / f"{slug}.json", request_json(slug, number).encode(), at)


def mhtml_file(path: Path, slug: str, number: int, names: tuple[str, ...], *, date: str) -> Path:
    """As Chromium saves it: the page, a style, and a part for each file whose address the page names."""
    address = f"{SITE}/request/{slug}"
    whole = email.mime.multipart.MIMEMultipart("related", type="text/html")
    whole["Snapshot-Content-Location"], whole["Subject"], whole["Date"] = address, "A page", date
    page = email.mime.text.MIMEText(thread_page(slug, number, list(names)).body.decode(), "html", "utf-8")
    page["Content-Location"] = address
    style = email.mime.text.MIMEText("p {}", "css", "utf-8")
    style["Content-Location"] = f"{SITE}/assets/style.css"
    whole.attach(page)
    whole.attach(style)
    return saved(path, whole.as_bytes())


def zip_file(path: Path, members: dict[str, bytes], at: str = LATE) -> Path:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, body in members.items():
            opened.writestr(name, body)
    return saved(path, made.getvalue(), at)


def bring(archive: Path, *paths: Path, site: str = SITE) -> click.testing.Result:
    """``wdtk import`` in this process."""
    arguments = ["import", "--archive", str(archive), "--site", site, *map(str, paths)]
    return click.testing.CliRunner().invoke(cli, arguments)


def held(archive: Path) -> Contents:
    with open_archive(archive) as opened:
        return contents(opened)


def ask(archive: Path, query: str, *values: str) -> list[tuple[object, ...]]:
    with open_archive(archive) as opened, closing(opened.connection.execute(query, values)) as rows:
        return rows.fetchall()


def as_one_gzip(path: Path) -> Path:
    """The same WARC in one gzip around all records."""
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes())))
    return path
