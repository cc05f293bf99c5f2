"""Workers take files from where the operator put them, and only those that are what their names say."""

import zlib
from pathlib import Path

import fsspec
import pytest

from scraper.archive.errors import ArchiveError
from scraper.archive.files import FileStore, stored_name
from scraper.reading.cluster import storage
from scraper.reading.cluster.storage import Storage

DATA = b"Dear requester, " * 1_000


@pytest.fixture
def sha256(tmp_path: Path) -> str:
    return FileStore(tmp_path).put(DATA)


def test_a_path_a_url_and_another_kind_of_store_give_the_same_bytes(tmp_path: Path, sha256: str) -> None:
    memory = fsspec.filesystem("memory")
    memory.pipe_file(f"/bucket/archive/{stored_name(sha256)}", (tmp_path / stored_name(sha256)).read_bytes())
    for url in (str(tmp_path), f"{tmp_path}/", tmp_path.as_uri(), "memory://bucket/archive"):
        assert Storage(url).get(sha256) == DATA


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (None, "is missing"),
        (b"no zlib", "is damaged"),
        (zlib.compress(b"other words"), "its bytes are not those of its name"),
        (zlib.compress(DATA)[:-9], "it is cut off"),
        (zlib.compress(bytes(1 << 20)), "it is more than"),
    ],
)
def test_what_is_not_whole_is_said_to_be_so(
    tmp_path: Path, sha256: str, body: bytes | None, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "LARGEST", 1 << 16)
    place = tmp_path / stored_name(sha256)
    place.unlink()
    if body is not None:
        place.write_bytes(body)
    with pytest.raises(ArchiveError, match=sentence):
        Storage(str(tmp_path)).get(sha256)


def test_one_of_some_samples_is_enough(tmp_path: Path, sha256: str) -> None:
    assert Storage(str(tmp_path)).first_problem(["0" * 64, sha256]) is None
    assert Storage(str(tmp_path)).first_problem([]) is None
    assert "is missing" in str(Storage(str(tmp_path)).first_problem(["0" * 64, "1" * 64]))


@pytest.mark.parametrize("url", ["nosuch://bucket/x", "nosuch://me:secret@bucket/x"])
def test_a_url_that_nothing_knows_is_a_sentence_without_its_password(url: str) -> None:
    with pytest.raises(ArchiveError, match="nosuch://bucket/x cannot be used") as raised:
        Storage(url)
    assert "secret" not in raised.value.message
