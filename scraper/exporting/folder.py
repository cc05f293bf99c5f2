"""A folder that is there whole or not at all: filled beside its place under a hidden name, then renamed."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scraper.archive.beside import is_still, lock_beside
from scraper.archive.files import sync
from scraper.errors import WdtkError

SUMS = "SHA256SUMS"
MARK = "datapackage.json"


@contextmanager
def new_folder(place: Path, *, replace: bool) -> Iterator[Path]:
    """An empty folder, which takes the place of ``place`` when all went well, and is removed when not.

    Raises WdtkError where something is there that may not be replaced: an export without ``replace``, and anything
    else in any case. What a kill left behind is cleared away by the next export to the same place.
    """
    place = Path(os.path.abspath(place))  # noqa: PTH100 - Path.absolute keeps "..", whose last part is no name
    if not place.name:
        raise WdtkError(f"{place} holds the whole disk. Name a folder in it.")
    with _told_in_words(place):
        place.parent.mkdir(parents=True, exist_ok=True)
        _mend(place)
        _check(place, replace=replace)
        folder, lock = _locked(place)
        try:
            yield folder
            _put_on_disk(folder)
            _check(place, replace=replace)
            _take_place(folder, place)
        finally:
            if is_still(lock, folder):
                shutil.rmtree(folder)
            os.close(lock)


def _check(place: Path, *, replace: bool) -> None:
    if not place.exists() and not place.is_symlink():
        return
    if not place.is_dir() or place.is_symlink():
        raise WdtkError(f"{place} is there and is no folder. Name another folder.")
    if not any(place.iterdir()):
        return
    if not _is_export(place):
        raise WdtkError(
            f"{place} holds files that are no export of wdtk-archive, or not only that, and stays as it is. "
            "Name another folder, or move these files away."
        )
    if not replace:
        raise WdtkError(f"{place} holds an export already. Name another folder, or replace it with --replace.")


def _is_export(place: Path) -> bool:
    """Whether all that lies in it is named in its own list of sums, so that nothing of somebody else's is removed."""
    try:
        lines = (place / SUMS).read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, IsADirectoryError, UnicodeDecodeError):
        return False
    named = {line.partition("  ")[2] for line in lines} | {SUMS}
    there = {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_symlink() or not path.is_dir()}
    return MARK in named and there <= named


def _before(place: Path) -> Path:
    return place.with_name(f".{place.name}.before")


def _mend(place: Path) -> None:
    """Finish what a kill between two renames left: the export that was there goes back, or is gone for good."""
    before = _before(place)
    if before.is_dir():
        if place.exists():
            shutil.rmtree(before)
        else:
            before.rename(place)


def _take_place(folder: Path, place: Path) -> None:
    before = _before(place)
    if place.exists() and any(place.iterdir()):
        place.rename(before)
    folder.rename(place)
    sync(place.parent)
    if before.is_dir():
        shutil.rmtree(before)


def _locked(place: Path) -> tuple[Path, int]:
    folder = place.with_name(f".{place.name}.exporting")
    lock = lock_beside(folder, _begin, what=f"export to {place} is at work")
    for left in folder.iterdir():
        shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()
    return folder, lock


def _begin(folder: Path) -> int:
    folder.mkdir(exist_ok=True)
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)


def _put_on_disk(folder: Path) -> None:
    for path in [*folder.rglob("*"), folder]:
        sync(path)


@contextmanager
def _told_in_words(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise WdtkError(
            f"{place} cannot be written: {error.strerror or error}. Free some space, or name another folder; nothing "
            "of this export is left behind, and an export that was there is as it was."
        ) from error
