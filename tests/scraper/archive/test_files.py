"""Bodies by SHA-256."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scraper.archive.errors import ArchiveError
from scraper.archive.files import FileStore

ROOT = Path(__file__).parents[3]


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path)


@given(data=st.binary(max_size=3000))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_is_put_comes_back(files: FileStore, data: bytes) -> None:
    sha256 = files.put(data)
    assert sha256 == hashlib.sha256(data).hexdigest()
    assert files.get(sha256) == data
    assert sha256 in set(files.hashes())


def test_a_file_lies_below_the_first_two_digits_and_is_compressed(files: FileStore, tmp_path: Path) -> None:
    sha256 = files.put(b"The same sentence. " * 1000)
    path = tmp_path / sha256[:2] / f"{sha256[2:]}.zz"
    assert path.stat().st_size < 500
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == [path]


def test_the_same_body_is_written_once(files: FileStore) -> None:
    path = files.path(files.put(b"a body"))
    before = path.stat()
    files.put(b"a body")
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("damage", [b"", b"no zlib at all", "cut", "other"])
def test_a_damaged_file_is_never_taken_for_the_body(files: FileStore, damage: bytes | str) -> None:
    path = files.path(files.put(b"a body that matters" * 50))
    other = files.path(files.put(b"another body")).read_bytes()
    path.write_bytes({"cut": path.read_bytes()[:-9], "other": other}[damage] if isinstance(damage, str) else damage)
    with pytest.raises(ArchiveError, match="is damaged"):
        files.get(path.parent.name + path.stem)


@pytest.mark.parametrize("damage", [b"", b"no zlib at all"])
def test_putting_a_body_again_mends_a_damaged_file(files: FileStore, damage: bytes) -> None:
    sha256 = files.put(b"a body that matters")
    files.path(sha256).write_bytes(damage)
    assert files.put(b"a body that matters") == sha256
    assert files.get(sha256) == b"a body that matters"


def test_a_missing_file_is_said_to_be_missing(files: FileStore) -> None:
    assert not files.has("0" * 64)
    with pytest.raises(ArchiveError, match="is missing"):
        files.get("0" * 64)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_only_a_hash_names_a_file(files: FileStore, name: str) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        files.has(name)


FILLING = """
import os, resource, sys
from pathlib import Path
from scraper.archive.errors import ArchiveError
from scraper.archive.files import FileStore
store = FileStore(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, resource.RLIM_INFINITY))
store.put(b"short")
try:
    store.put(os.urandom(100_000))
except ArchiveError as error:
    sys.exit(error.message)
"""


def test_a_full_disk_leaves_no_part_of_a_file(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FILLING, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"The disk that holds {tmp_path} is full")
    assert [one.suffix for one in tmp_path.rglob("*") if one.is_file()] == [".zz"]
    assert list(FileStore(tmp_path).hashes()) == [hashlib.sha256(b"short").hexdigest()]
