"""Workers take files from where the operator put them, and only those that are what their names say."""

import threading
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import fsspec
import pytest

from scraper.archive.errors import ArchiveError
from scraper.archive.files import FileStore, stored_name
from scraper.errors import WdtkError
from scraper.reading.cluster import storage
from scraper.reading.cluster.storage import MissingError, SilentError, Storage
from tests.patience import PATIENCE

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


@pytest.mark.parametrize("answer", [FileNotFoundError(), OSError("no way to http://me:secret@store"), b"no zlib"])
def test_a_password_in_the_address_is_never_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: Exception | bytes
) -> None:
    def answered(_: str) -> bytes:
        if isinstance(answer, bytes):
            return answer
        raise answer

    store = Storage(str(tmp_path))
    monkeypatch.setattr(store, "_root", "http://me:secret@store/files")
    monkeypatch.setattr(store._system, "cat_file", answered)
    with pytest.raises(ArchiveError, match="//store") as told:
        store.get("ab" * 32)
    assert "secret" not in told.value.message


def test_one_of_some_samples_is_enough(tmp_path: Path, sha256: str) -> None:
    assert Storage(str(tmp_path)).first_problem(["0" * 64, sha256]) is None
    assert Storage(str(tmp_path)).first_problem([]) is None
    assert "is missing" in str(Storage(str(tmp_path)).first_problem(["0" * 64, "1" * 64]))


@pytest.mark.parametrize("url", ["nosuch://bucket/x", "nosuch://me:secret@bucket/x"])
def test_a_url_that_nothing_knows_is_a_sentence_without_its_password(url: str) -> None:
    with pytest.raises(ArchiveError, match="nosuch://bucket/x cannot be used") as raised:
        Storage(url)
    assert "secret" not in raised.value.message


class Odd:
    """Storage with failures of its own, or that says nothing."""

    def __init__(self) -> None:
        self.silence = threading.Event()

    def cat_file(self, path: str) -> NoReturn:
        if path.startswith("silent"):
            self.silence.wait(PATIENCE)
        raise LookupError(f"no credentials\x1b[31m for {path}")


@pytest.fixture
def odd(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    system = Odd()
    monkeypatch.setattr(fsspec.core, "url_to_fs", lambda url: (system, url.partition("://")[2]))
    yield
    system.silence.set()


@pytest.mark.usefixtures("odd")
def test_whatever_a_kind_of_storage_raises_is_a_sentence(sha256: str) -> None:
    told = Storage("odd://bucket").first_problem([sha256])
    assert told is not None
    assert "cannot be read: LookupError: no credentials\\x1b[31m for bucket/" in told


@pytest.mark.usefixtures("odd")
def test_storage_that_says_nothing_is_not_waited_for_again_and_again(
    sha256: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "PATIENCE_SECONDS", 0.02)
    asked = Storage("odd://silent")
    assert asked.first_problem([sha256] * 3) == "odd://silent does not answer within 0.02 seconds."
    for _ in range(2):
        with pytest.raises(SilentError):
            asked.get(sha256)
    with pytest.raises(WdtkError, match="odd://silent has failed 3 times in a row") as raised:
        asked.get(sha256)
    assert not isinstance(raised.value, ArchiveError)  # which would have the files sent, one by one


def test_what_is_missing_is_told_from_what_is_not_given(tmp_path: Path, sha256: str) -> None:
    with pytest.raises(MissingError):
        Storage(str(tmp_path)).get("0" * 64)
    (tmp_path / stored_name(sha256)).write_bytes(b"other")
    with pytest.raises(ArchiveError) as raised:
        Storage(str(tmp_path)).get(sha256)
    assert not isinstance(raised.value, MissingError)
