"""Looking through database files in a process of its own (see ``scraper.removals.proof`` for why)."""

import json
import struct
import subprocess
import sys
from collections import Counter
from collections.abc import Collection
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
    held: tuple[str, ...]
    """Those of the texts asked for that stand anywhere in it, as UTF-8 or UTF-16."""
    scrubbed: int


def scan(path: Path, texts: Collection[str] = (), *, scrub: bool = False) -> Scanned:
    """Look through a database; with ``scrub`` write noughts over what is left between its rows first.

    For ``scrub`` the caller keeps all writers out, and the write-ahead log is empty. Raises WdtkError where the file
    cannot be read or is damaged.
    """
    asked = json.dumps({"path": str(path), "texts": sorted(texts), "scrub": scrub})
    command = [sys.executable, "-m", "scraper.removals.scan"]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=False)  # noqa: S603 - ourselves
    told: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {"error": done.stderr.strip()[-500:]}
    if "error" in told:
        raise WdtkError(f"{path} could not be looked through: {told['error']}")
    return Scanned(left=told["left"], held=tuple(told["held"]), scrubbed=told["scrubbed"])


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    path = Path(asked["path"])
    try:
        found, scrubbed = proof.scrub(path) if asked["scrub"] else (proof.leftovers(path), 0)
        left = Counter(one.what for one in found)
        held = [text for text in asked["texts"] if _is_held(path, text)]
    except (WdtkError, OSError, IndexError, struct.error) as error:
        return {"error": str(error)}
    return {"left": left, "held": held, "scrubbed": scrubbed}


def _is_held(path: Path, text: str) -> bool:
    needles = [text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be")]
    return any(proof.holds(one, needles) for one in proof.database_files(path))


if __name__ == "__main__":
    print(json.dumps(_answer(json.load(sys.stdin))))  # noqa: T201 - the answer to the parent
