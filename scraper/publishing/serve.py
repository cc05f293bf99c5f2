"""Serving the public database with Datasette and the pages of ``data/site``."""

import errno
import json
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click

from scraper.errors import WdtkError
from scraper.publishing.schema.whole import SCHEMA_VERSION

SITE = Path(__file__).parents[2] / "data" / "site"
NAME = "public.db"
"""Pages and queries name the database ``public``, so a file of another name is served under this one."""

LOOKED_AT_EVERY = 2.0
"""Seconds between two looks whether the database was replaced."""


def serve(public: Path, *, host: str, port: int, site: Path = SITE) -> None:
    """Run Datasette until it is stopped, and anew whenever the database is replaced, as publishing does.

    Datasette keeps open the file that it was started with, so that it would go on showing what has been taken down.
    WdtkError where there is no database, another than these pages are for, or the port is taken.
    """
    check_database(public)
    if not (site / "settings.json").is_file():
        raise WdtkError(f"The pages of the site are not in {site}. Run this from a checkout of wdtk-archive.")
    port = free_port(host, port)
    with _under_its_name(public) as path:
        command = invocation(path, host=host, port=port, site=site)
        click.echo(f"Serving {public} at http://{host}:{port}/ - stop with Ctrl-C.")
        while _replaced_while_served(command, public):
            check_database(public)
            click.echo(f"{public} was replaced: starting Datasette again, on the new one.")


def invocation(path: Path, *, host: str, port: int, site: Path = SITE) -> list[str]:
    """The command that serves the database at ``path`` as ``datasette data/site`` serves its own.

    ``datasette data/site --immutable FILE`` would also serve the database in ``data/site``, so the parts of that
    folder are named one by one.
    """
    if path.resolve() == (site / NAME).resolve():
        arguments = [str(site)]
    else:
        settings = json.loads((site / "settings.json").read_text(encoding="utf-8"))
        named = [("--metadata", site / "metadata.yml"), ("--template-dir", site / "templates")]
        named += [("--plugins-dir", site / "plugins")]
        arguments = [
            "--immutable",
            str(path),
            *(str(part) for pair in named for part in pair),
            "--static",
            f"static:{site / 'static'}",
        ]
        for name, value in settings.items():
            arguments += ["--setting", name, _setting(value)]
    return [sys.executable, "-m", "datasette", "serve", *arguments, "--host", host, "--port", str(port)]


def check_database(public: Path) -> None:
    """WdtkError where ``public`` is missing, is no database of ours, or is of another version."""
    if not public.is_file():
        raise WdtkError(f"There is no {public}. Run `wdtk publish` to build it, or name another file with --public.")
    try:
        with closing(sqlite3.connect(f"{public.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            row = connection.execute("SELECT value FROM about WHERE key = 'schema_version'").fetchone()
    except sqlite3.DatabaseError as error:
        raise WdtkError(f"{public} is not a database made by `wdtk publish` ({error}).") from error
    if row is None or row[0] != SCHEMA_VERSION:
        found = row[0] if row else "unknown"
        raise WdtkError(
            f"{public} has version {found} of the tables, and these pages are for version {SCHEMA_VERSION}. "
            "Run `wdtk publish` to build it again."
        )


def _setting(value: object) -> str:
    return ("on" if value else "off") if isinstance(value, bool) else str(value)


def free_port(host: str, port: int) -> int:
    """The port where nobody listens; a free one for 0. WdtkError where it is taken or not ours to take."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            raise WdtkError(_unbound(host, port, error)) from error
        return int(listener.getsockname()[1])


def _unbound(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is taken. Choose another, such as --port {port + 1 if port < 65535 else 0}."
    return f"Cannot listen on {host} port {port}: {error.strerror or error}. Choose others with --host and --port."


@contextmanager
def _under_its_name(public: Path) -> Iterator[Path]:
    if public.name == NAME:
        yield public
        return
    with tempfile.TemporaryDirectory(prefix="wdtk-serve-") as folder:
        link = Path(folder) / NAME
        link.symlink_to(public.resolve())
        yield link


def _replaced_while_served(command: list[str], public: Path) -> bool:
    """Run the server as a child that ends with us, by Ctrl-C or by SIGTERM; True where it ended for a new database."""
    served, stopped = _stamp(public), False

    def stop(*_: object) -> None:
        nonlocal stopped
        stopped = True
        server.terminate()

    with subprocess.Popen(command) as server:  # noqa: S603 - our own command
        before = signal.signal(signal.SIGTERM, stop)
        try:
            replaced = _until_replaced(server, public, served)
            code = server.wait()
        except KeyboardInterrupt:
            replaced, code = False, server.wait()
        finally:
            signal.signal(signal.SIGTERM, before)
    if code not in {0, -signal.SIGINT, -signal.SIGTERM, 128 + signal.SIGINT}:
        raise WdtkError(f"Datasette stopped with exit code {code}; its reason is above.")
    return replaced and not stopped


def _until_replaced(server: subprocess.Popen[bytes], public: Path, served: object) -> bool:
    """Wait until the server ends (False), or until there is another file and the server was told to end (True)."""
    while True:
        try:
            server.wait(timeout=LOOKED_AT_EVERY)
        except subprocess.TimeoutExpired:
            if _stamp(public) not in {served, None}:
                server.terminate()
                return True
        else:
            return False


def _stamp(public: Path) -> tuple[int, int, int] | None:
    """What tells one file from that which replaces it; None while there is none."""
    try:
        found = public.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
