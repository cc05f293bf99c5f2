"""``wdtk schedule``: what it prints, installs and removes, and what it refuses."""

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from scraper.cli import cli
from scraper.watch.schedule import BEGIN
from tests import warm
from tests.scraper.watch.schedulers import OTHERS, script


def schedule(folder: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, **environment}
    return warm.run_text("scraper", ["schedule", *options], cwd=folder, timeout=240, env=env)


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """``systemctl`` and ``crontab`` that note what they were asked."""
    folder = tmp_path / "tools"
    folder.mkdir()
    script(folder / "systemctl", f'#!/bin/sh\necho "$*" >> {folder}/asked\n')
    script(folder / "crontab", f'#!/bin/sh\ncd {folder}\nif [ "$1" = -l ]; then cat tab 2>/dev/null || '
           '{ echo "no crontab for me" >&2; exit 1; }; else cat > tab; fi\n')  # fmt: skip
    return folder


def test_units_are_printed_written_and_removed(tmp_path: Path, tools: Path) -> None:
    path = f"{tools}:{os.environ['PATH']}"
    config = tmp_path / "config"
    printed = schedule(tmp_path, "--at", "01:15", PATH=path)
    assert "OnCalendar=*-*-* 01:15:00" in printed.stdout
    assert not (tools / "asked").exists()
    done = schedule(tmp_path, "--at", "01:15", "--install", PATH=path, XDG_CONFIG_HOME=str(config))
    assert done.returncode == 0, done.stderr
    written = sorted((config / "systemd" / "user").iterdir())
    assert [one.name for one in written] == ["wdtk-update-failed.service", "wdtk-update.service", "wdtk-update.timer"]
    assert all(one.read_text(encoding="utf-8").strip() in printed.stdout for one in written)
    assert (tools / "asked").read_text() == "--user daemon-reload\n--user enable --now wdtk-update.timer\n"
    again = schedule(tmp_path, "--remove", PATH=path, XDG_CONFIG_HOME=str(config))
    assert again.returncode == 0, again.stderr
    assert list((config / "systemd" / "user").iterdir()) == []
    nothing = schedule(tmp_path, "--remove", PATH=path, XDG_CONFIG_HOME=str(config))
    assert nothing.stdout == "There is nothing to remove.\n"


def test_the_crontab_gets_one_entry_however_often_it_is_installed(tmp_path: Path, tools: Path) -> None:
    path = f"{tools}:{os.environ['PATH']}"
    for _ in range(2):
        done = schedule(tmp_path, "--cron", "--install", PATH=path)
        assert done.returncode == 0, done.stderr
    assert (tools / "tab").read_text().count(BEGIN) == 1
    (tools / "tab").write_text(OTHERS + (tools / "tab").read_text())
    assert schedule(tmp_path, "--cron", "--remove", PATH=path).returncode == 0
    assert (tools / "tab").read_text() == OTHERS
    assert schedule(tmp_path, "--cron", "--remove", PATH=path).stdout == "There is nothing to remove.\n"


def test_a_machine_without_the_scheduler_is_said_in_a_sentence(tmp_path: Path) -> None:
    done = schedule(tmp_path, "--install", PATH=str(tmp_path), XDG_CONFIG_HOME=str(tmp_path / "config"))
    assert done.returncode == 1
    assert "There is no systemctl on this machine" in done.stderr


def test_a_crontab_that_cannot_be_read_is_left_alone(tmp_path: Path, tools: Path) -> None:
    script(tools / "crontab", '#!/bin/sh\necho "you may not" >&2; exit 1\n')
    done = schedule(tmp_path, "--cron", "--install", PATH=f"{tools}:{os.environ['PATH']}")
    assert done.returncode == 1
    assert "you may not" in done.stderr
    assert "Nothing was changed" in done.stderr


@pytest.fixture
def london(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine stands in London, wherever it stands."""
    with monkeypatch.context() as given:
        given.setenv("TZ", "Europe/London")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--cron", "--systemd"], "--systemd and --cron: choose one"),
        (["--install", "--remove"], "--install and --remove: choose one"),
        (["--remove", "--at", "02:30"], "--at has no meaning beside it"),
        (["--remove", "--mail", "me@example.org"], "--mail has no meaning beside it"),
        (["--mail", "nonsense"], "not an e-mail address"),
        (["--at", "25:00"], "is not a time such as 02:30"),
        (["--memory", "1"], "not in the range"),
        (["--config", "none.toml"], "There is no none.toml"),
        (["--at", "12:00", "--config", "hours.toml"], "outside crawl.hours"),
        (["--config", "wrong.toml"], "wrong.toml"),
    ],
)
@pytest.mark.usefixtures("london")
def test_options_that_do_not_fit_are_refused_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "hours.toml").write_text('[crawl]\nhours = "22:00-06:00"\n', encoding="utf-8")
    (tmp_path / "wrong.toml").write_text("[crawl]\ndealy = 5\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["schedule", *options])
    assert done.exit_code != 0
    assert said in " ".join(done.output.split())
    assert "ExecStart" not in done.output


def test_a_log_elsewhere_gets_its_folder_when_the_schedule_is_installed(tmp_path: Path, tools: Path) -> None:
    (tmp_path / "wdtk.toml").write_text(f'[log]\nfile = "{tmp_path}/logs/wdtk.jsonl"\n', encoding="utf-8")
    path = f"{tools}:{os.environ['PATH']}"
    done = schedule(tmp_path, "--install", PATH=path, XDG_CONFIG_HOME=str(tmp_path / "config"))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "logs").is_dir()
    service = (tmp_path / "config" / "systemd" / "user" / "wdtk-update.service").read_text(encoding="utf-8")
    assert f'"-{tmp_path}/logs"' in service
