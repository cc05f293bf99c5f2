"""What SQLite leaves between its rows is seen, and overwritten without harm."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from scraper.errors import WdtkError
from scraper.removals.proof import DamagedError, leftovers, scrub
from scraper.removals.scan import scan

CANARY = "quixotic marzipan of zebras"


def words(dice: random.Random, most: int) -> str:
    return "".join(dice.choices("abcdefgh ", k=dice.randint(1, most)))


def busy(path: Path, *, secure: bool, seed: int = 1, steps: int = 3_000) -> None:
    """A database with rows short and long, written, changed and deleted in every order."""
    dice = random.Random(seed)  # noqa: S311 - the same each time
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA secure_delete = {'ON' if secure else 'OFF'}")
        connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT) STRICT")
        connection.execute("CREATE INDEX t_a ON t(a)")
        connection.execute("CREATE TABLE u (k TEXT PRIMARY KEY, v TEXT) STRICT, WITHOUT ROWID")
        connection.execute("BEGIN")
        for step in range(steps):
            if dice.random() < 0.5:
                row = [words(dice, 60), words(dice, dice.choice([10, 100, 2_000, 9_000]))]
                connection.execute("INSERT INTO t (a, b) VALUES (?, ?)", row)
                connection.execute("INSERT OR REPLACE INTO u VALUES (?, ?)", [words(dice, 4), words(dice, 3_000)])
            elif dice.random() < 0.5:
                connection.execute("DELETE FROM t WHERE id = ?", [dice.randint(1, step + 1)])
                connection.execute("DELETE FROM u WHERE k = ?", [words(dice, 4)])
            else:
                given = [words(dice, 4_000), dice.randint(1, step + 1)]
                connection.execute("UPDATE t SET b = ? WHERE id = ?", given)
        connection.execute("INSERT INTO t (a, b) VALUES (?, ?)", [CANARY, CANARY * 500])
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def contents(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return (
            connection.execute("SELECT * FROM t ORDER BY id").fetchall()
            + connection.execute("SELECT * FROM u ORDER BY k").fetchall()
        )


@pytest.mark.parametrize("seed", range(2))
def test_scrubbing_leaves_every_row_and_nothing_else(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "a.db"
    busy(path, secure=False, seed=seed)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA secure_delete = OFF")  # some builds of SQLite have it on
        connection.execute("DELETE FROM t WHERE id % 3 = 0")
        connection.execute("DELETE FROM t WHERE a = ?", [CANARY])
    before = contents(path)
    assert CANARY.encode() in path.read_bytes(), "without secure_delete the words stay in the file"
    assert scan(path).left
    found = scan(path, scrub=True)
    assert found.left == scan(path).left == {}
    assert found.scrubbed > 0
    assert CANARY.encode() not in path.read_bytes()
    assert contents(path) == before


def test_with_secure_delete_only_moved_rows_leave_anything(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    busy(path, secure=True)
    assert {one.what for one in leftovers(path)} <= {"gap"}


def test_a_log_that_is_not_empty_is_a_leftover(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    busy(path, secure=True, steps=10)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("INSERT INTO t (a) VALUES (?)", ["more"])
        assert "write-ahead log" in {one.what for one in leftovers(path)}


@pytest.mark.parametrize("damage", [b"no database", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_file_is_told_in_a_sentence(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(damage)
    with pytest.raises(WdtkError, match=r"a\.db could not be looked through") as told:
        scan(path)
    assert "Traceback" not in str(told.value)


def test_no_damage_ends_a_walk_in_any_other_way(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    busy(path, secure=True, steps=500)
    sound, dice = path.read_bytes(), random.Random(3)  # noqa: S311 - the same each time
    refused = 0
    for _ in range(100):
        damaged = bytearray(sound)
        for place in (
            dice.randrange(100, len(sound)),
            dice.randrange(8) + 4096 * dice.randrange(1, len(sound) // 4096),
        ):
            damaged[place] = dice.randrange(256)
        path.write_bytes(damaged)
        try:
            scrub(path)
        except (DamagedError, sqlite3.DatabaseError):
            refused += 1
    assert refused > 5
