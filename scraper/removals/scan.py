"""Looking through database files in a process of its own (see ``scraper.removals.proof`` for why)."""

import json
import sqlite3
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scraper.errors import WdtkError
from scraper.removals import proof


@dataclass(frozen=True, kw_only=True)
class Scanned:
    """What a look through a database and the files beside it found."""

    left: dict[str, int]
    """Places that hold words and belong to no row, by what they are."""
    scrubbed: int


def scan(path: Path, *, scrub: bool = False) -> Scanned:
    """Look through a database; with ``scrub`` write noughts over what is left between its rows first.

    For ``scrub`` the caller keeps all writers out, and the write-ahead log is empty. Raises WdtkError where the file
    cannot be read or is damaged.
    """
    asked = json.dumps({"path": str(path), "scrub": scrub})
    command = [sys.executable, "-m", "scraper.removals.scan"]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=False)  # noqa: S603 - ourselves
    told: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {"error": done.stderr.strip()[-500:]}
    if "error" in told:
        raise WdtkError(f"{path} could not be looked through: {told['error']}")
    return Scanned(left=told["left"], scrubbed=told["scrubbed"])


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    path = Path(asked["path"])
    try:
        found, scrubbed = proof.scrub(path) if asked["scrub"] else (proof.leftovers(path), 0)
        left = Counter(one.what for one in found)
    except (WdtkError, OSError, sqlite3.DatabaseError) as error:
        return {"error": str(error)}
    return {"left": left, "scrubbed": scrubbed}


if __name__ == "__main__":
    print(json.dumps(_answer(json.load(sys.stdin))))  # noqa: T201 - the answer to the parent
