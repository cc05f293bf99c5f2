"""Datasette on a published database, as a real server on a real socket."""

import http.client
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from scraper.archive.database import Archive
from scraper.publishing.publish import publish
from scraper.publishing.serve import SITE, invocation
from tests.patience import until
from tests.scraper.publishing.archives import Seeds, refused

ADDRESS = re.compile(r"http://127\.0\.0\.1:[0-9]+")
Server = Callable[[str], str]


@pytest.fixture
def built(seeds: Seeds, archive: Archive, tmp_path: Path) -> Path:
    """A database that is not called public.db."""
    seeds.authority()
    refused(seeds)
    path = tmp_path / "elsewhere" / "my own.db"
    publish(archive, path)
    return path


def wdtk(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "scraper", *arguments]


@contextmanager
def serving(command: list[str]) -> Iterator[Server]:
    """The server that ``command`` starts; gives a function that asks it for a page."""
    server, base = _started(command)
    with server:
        assert server.stdout is not None
        try:
            yield lambda path: urllib.request.urlopen(base + path, timeout=240).read().decode()  # noqa: S310 - our own server
        finally:
            server.send_signal(signal.SIGTERM)
            server.stdout.read()
    assert server.returncode in {0, -signal.SIGTERM}


def _started(command: list[str]) -> tuple["subprocess.Popen[str]", str]:
    """The server and its address; started again where somebody takes the port before it does."""
    said = ""
    for _ in range(3):
        server = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        said, base = "", ""
        assert server.stdout is not None
        for line in server.stdout:
            said += line
            found = ADDRESS.search(line)
            base = found[0] if found else base
            if "Uvicorn running" in line:
                return server, base
        with server:
            if "already in use" not in said:
                break
    raise AssertionError(said)


def look_around(ask: Server) -> None:
    def rows(path: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(ask(f"/public/{path}&_shape=array"))
        return found

    assert rows("requests.json?slug=request_7")[0]["outcome"] == "withheld"
    assert [row["id"] for row in rows("messages.json?_search=withhold")] == ["incoming-72"]
    assert rows("messages.json?_search=qzxjkvwqqzx") == []
    assert rows("exemption_use.json?section=40")[0]["quote"] == "section 40(2)"
    assert rows("most-relied-on.json?authority=")[0]["provision"] == "FOIA 40", "canned queries come from metadata.yml"
    assert "static/site.css" in ask("/public/requests"), "templates come from the site's folder"
    assert "request_7" in ask("/request/7"), "pages come from the site's plugin"
    with pytest.raises(urllib.error.HTTPError, match="404"):
        ask("/public.db")  # allow_download is off in settings.json


def test_any_database_is_served_with_the_pages_of_the_site(built: Path) -> None:
    with serving(wdtk("serve", "--public", str(built), "--port", "0")) as ask:
        look_around(ask)


def test_plain_datasette_serves_the_folder_just_the_same(built: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(SITE, site, ignore=shutil.ignore_patterns("*.db", "__pycache__"))
    shutil.copy(built, site / "public.db")
    command = invocation(site / "public.db", host="127.0.0.1", port=0, site=site)
    assert command[1:5] == ["-m", "datasette", "serve", str(site)]
    with serving(command) as ask:
        look_around(ask)


def test_a_database_that_replaces_the_served_one_is_shown_without_being_asked(built: Path, tmp_path: Path) -> None:
    def is_new(ask: Server) -> bool:
        try:
            return "2031-01-01" in ask("/public/about.json?key=built_at&_shape=array")
        except (OSError, http.client.HTTPException):  # between the two servers
            return False

    with serving(wdtk("serve", "--public", str(built), "--port", "0")) as ask:
        assert not is_new(ask)
        other = tmp_path / "other.db"
        shutil.copy(built, other)
        with closing(sqlite3.connect(other)) as connection, connection:
            connection.execute("UPDATE about SET value = '2031-01-01T00:00:00Z' WHERE key = 'built_at'")
        other.replace(built)
        until(lambda: is_new(ask), "the old database is still shown")
        look_around(ask)


def refused_with(*arguments: str) -> str:
    done = subprocess.run(wdtk("serve", *arguments), capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def test_no_database_is_a_sentence(tmp_path: Path) -> None:
    told = refused_with("--public", str(tmp_path / "public.db"))
    assert "public.db. Run `wdtk publish` to build it" in told


def test_another_file_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "public.db"
    path.write_text("no database, but long enough to be one " * 40)
    assert "is not a database made by `wdtk publish`" in refused_with("--public", str(path))


def test_another_version_of_the_tables_is_a_sentence(built: Path) -> None:
    with sqlite3.connect(built) as connection:
        connection.execute("UPDATE about SET value = '99' WHERE key = 'schema_version'")
    connection.close()
    assert "has version 99 of the tables" in refused_with("--public", str(built))


def test_a_taken_port_is_a_sentence(built: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"Port {port} on 127.0.0.1 is taken." in refused_with("--public", str(built), "--port", str(port))


def test_an_address_that_is_not_ours_is_a_sentence(built: Path) -> None:
    assert "Cannot listen on 192.0.2.1 port 0" in refused_with(
        "--public", str(built), "--host", "192.0.2.1", "--port", "0"
    )
