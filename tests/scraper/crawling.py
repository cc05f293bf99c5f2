"""``wdtk crawl`` of a scripted site, and how its runs ended."""

import subprocess
from pathlib import Path

from tests.scraper.scripted import ScriptedSite, rows, wdtk


def crawl(site: ScriptedSite, folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return wdtk("crawl", "--site", site.base, "--archive", "a", *arguments, cwd=folder)


def ended(archive: Path) -> list[str]:
    return [reason for (reason,) in rows(archive, "SELECT finish_reason FROM runs ORDER BY id")]
