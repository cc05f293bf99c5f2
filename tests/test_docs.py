"""The documents say what the program does."""

import re
import subprocess
from pathlib import Path

import pytest

from scraper.cli import COMMANDS
from scraper.commands.reference import README, renewed

ROOT = Path(__file__).parent.parent
FOREIGN = re.compile(
    r"pypi\.org|python[h]osted|registry\.npmjs|deb\.debian|(?<![\w.])/(?:home|work|root|Users)/\w+", re.IGNORECASE
)
"""Registries and places on somebody's machine: the project must build the same everywhere."""


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def test_the_command_reference_is_current() -> None:
    text = README.read_text(encoding="utf-8")
    assert renewed(text) == text, "run: make docs"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(command: str) -> None:
    assert f"Example: wdtk {command}" in README.read_text(encoding="utf-8")


def test_the_readme_names_every_command() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [command for command in COMMANDS if f"wdtk {command}" not in text] == []


def test_relative_links_in_documents_lead_somewhere() -> None:
    broken = []
    for document in [path for path in tracked() if path.suffix == ".md"]:
        targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
        broken += [
            f"{document.name}: {target}"
            for target in targets
            if "://" not in target and not (document.parent / target).exists()
        ]
    assert broken == []


def test_nothing_tracked_names_a_registry_or_a_machine() -> None:
    hits = []
    for path in tracked():
        if path == Path(__file__) or not path.is_file():
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        hits += [f"{path.relative_to(ROOT)}: {match.group()}" for match in FOREIGN.finditer(text)]
    assert hits == []
