"""Looks for words that must be gone in every byte of an archive, and of the database that is published from it."""

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from scraper.standin.truth import Secret


def traces(secrets: Iterable[Secret], archive: Path, public: Path) -> list[str]:
    """One line for each place where a secret turned up; empty where all are gone.

    Looks into whole files, as the freed pages of a database hold what was deleted; into stored bodies, which are
    compressed; for stored bodies by their SHA-256; and into the terms of full-text indexes, which share beginnings
    and so are never whole in the bytes.
    """
    wanted = list(secrets)
    private = [one for one in wanted if not one.public_only]
    lines = list(_in_files(private, archive))
    if public.exists():
        data = public.read_bytes().lower()
        lines += [f"{_name(one)}: in {public.name}" for one in wanted if one.word.encode() in data]
        lines += _in_terms(wanted, public)
    return lines


def still_there(secret: Secret, archive: Path, database: bytes) -> bool:
    """Whether an archive holds a secret still; ``database`` are the bytes of archive.db and its log, in lower case."""
    stored = archive / "files"
    return secret.word.encode() in database or any(
        (stored / one[:2] / f"{one[2:]}.zz").exists() for one in secret.files
    )


def database_bytes(archive: Path) -> bytes:
    """archive.db with what is still in its log, in lower case."""
    return b"\n".join(path.read_bytes() for path in sorted(archive.glob("archive.db*"))).lower()


def _in_files(secrets: list[Secret], archive: Path) -> Iterator[str]:
    hashes = {sha256: one for one in secrets for sha256 in one.files}
    for path in sorted(archive.rglob("*")):
        if not path.is_file():
            continue
        data = path.read_bytes()
        if path.suffix == ".zz":
            data = zlib.decompress(data)
            sha256 = path.parent.name + path.stem
            if sha256 in hashes:
                yield f"{_name(hashes[sha256])}: its file is kept as {path.relative_to(archive)}"
        data = data.lower()
        for one in secrets:
            if one.word.encode() in data:
                yield f"{_name(one)}: in {path.relative_to(archive)}"


def _in_terms(secrets: list[Secret], database: Path) -> Iterator[str]:
    words = {one.word: one for one in secrets}
    with closing(sqlite3.connect(database)) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'"
        ).fetchall()
        for (table,) in tables:
            name = f"terms_of_{table}"
            connection.execute(f'CREATE VIRTUAL TABLE temp."{name}" USING fts5vocab(main, "{table}", row)')
            for (term,) in connection.execute(f'SELECT term FROM temp."{name}"'):  # noqa: S608 - names from the schema
                if term in words:
                    yield f"{_name(words[term])}: a term of {table}"


def _name(secret: Secret) -> str:
    return f"{secret.kind} {secret.request} ({secret.word}, since {secret.since:%Y-%m-%d %H:%M})"
