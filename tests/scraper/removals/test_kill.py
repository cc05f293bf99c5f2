"""Killed at any moment of an erasure, a thing is erased or still to be erased, and the next run ends it."""

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

from scraper.archive import runs
from scraper.archive.database import open_archive
from scraper.removals.erase import erase_confirmed
from scraper.removals.verify import verify
from scraper.storing.store import Store
from tests.scraper.archive.samples import attachment, fetched, hidden_attachment, message, refusal, request
from tests.scraper.removals.everywhere import holding
from tests.scraper.scripted import ROOT

KILLS = 8
CANARIES = ("quixotic_marzipan", "Bergamot wainscot", "Xylophone letter")
ERASE = """
import sys
from pathlib import Path
from scraper.archive.database import open_archive
from scraper.removals.erase import erase_confirmed
import scraper.archive.runs, scraper.removals.scan
with open_archive(Path(sys.argv[1])) as archive:
    print("ready", flush=True)
    erase_confirmed(archive)
"""


def prepare(folder: Path) -> None:
    """Five requests, of which three are hidden and one has a hidden file."""
    with open_archive(folder, create=True) as archive, runs.run(archive, "crawl", {}) as run:
        store = Store(archive, run.id)
        for number in range(1, 6):
            file = attachment(number, number, name=f"Xylophone letter {number}.txt")
            words = f"Bergamot wainscot {number}. " * 300 if number < 4 else "Plain words."
            shown = [message(number, text=words, attachments=(file,) if number < 5 else ())]
            store.store(request(number, f"quixotic_marzipan_{number}" if number < 4 else f"plain_{number}", shown))
            if number < 5:
                store.store(fetched(file.id, f"Bergamot wainscot file {number}".encode(), number))
        store.store(request(4, "plain_4", [message(4, text="Plain words.", attachments=(hidden_attachment(4),))]))
        for number in range(1, 4):
            slug = f"quixotic_marzipan_{number}"
            store.store(refusal(f"/request/{slug}", "hidden", slug=slug))


def test_a_kill_at_any_moment_of_an_erasure_is_made_good(tmp_path: Path) -> None:
    prepare(tmp_path / "prepared")
    assert all(holding(tmp_path / "prepared", canary) for canary in CANARIES)
    dice = random.Random()  # noqa: S311 - another moment each time; printed where it fails
    for number in range(KILLS):
        folder = tmp_path / str(number)
        shutil.copytree(tmp_path / "prepared", folder)
        pause = dice.uniform(0, 0.4)
        print("killed after", pause)  # noqa: T201
        command = [sys.executable, "-c", ERASE, str(folder)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(pause)
            process.kill()
        with open_archive(folder) as archive:
            erase_confirmed(archive)
            left = archive.connection.execute("SELECT id FROM requests ORDER BY id").fetchall()
            wrong = [one for one in verify(archive, None) if one.problems]
        assert (left, wrong) == ([(4,), (5,)], [])
        assert holding(folder, *CANARIES) == []
        shutil.rmtree(folder)
