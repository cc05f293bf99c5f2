"""Cases kept as directories: input, meta, expected."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest


def cases(folder: Path) -> list[Path]:
    """Every case below ``folder``: a directory that holds ``meta.json``. None at all is an error."""
    found = sorted(meta.parent for meta in folder.rglob("meta.json"))
    if not found:
        raise LookupError(f"no cases below {folder}: a suite that tests nothing must not pass")
    return found


def case_id(case: Path) -> str:
    """The name of a case in pytest's output."""
    return case.name


def as_json(value: Any) -> str:
    """A record as it is written into ``expected.json``."""
    return json.dumps(value, default=_plain, ensure_ascii=False, indent=1) + "\n"


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    raise TypeError(f"cannot write {type(value).__name__} as JSON")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Golden:
    """Compares with what is stored; with ``--update-golden`` writes, then fails all the same."""

    update: bool

    def check(self, path: Path, value: Any) -> None:
        """Fail where ``value`` is not what ``path`` holds; a missing file is a failure too."""
        actual = as_json(value)
        expected = path.read_text(encoding="utf-8") if path.exists() else ""
        if actual == expected:
            return
        if self.update:
            path.write_text(actual, encoding="utf-8")
            pytest.fail(f"wrote {path}: read it, then run again without --update-golden")
        assert json.loads(actual) == (json.loads(expected) if expected else None), path
        pytest.fail(f"{path} differs only in how it is written; run with --update-golden")
