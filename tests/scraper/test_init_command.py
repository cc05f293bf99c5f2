"""``wdtk init`` writes a file that ``wdtk crawl`` can read, or says what is wrong."""

import os
import pty
import re
import select
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scraper.access import check_access
from scraper.cli import cli
from scraper.config import load_config
from tests.patience import PATIENCE

RECORD = (
    "--contact", "crawler@example.org", "--purpose", 'A "study"\\ of refusals', "--permission-from", "Jö Keeper",
    "--granted-on", "2026-01-31", "--until", "2026-12-31",
)  # fmt: skip


def init(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["init", "--config", str(folder / "wdtk.toml"), *arguments])


def test_options_alone_make_a_record_that_lets_the_site_be_crawled(tmp_path: Path) -> None:
    done = init(tmp_path, "--site", "https://foi.example.org/", *RECORD, "--delay", "7.5", "--budget", "100",
                "--run-budget", "40", "--hours", "22:00-06:00")  # fmt: skip
    assert done.exit_code == 0, done.output
    config = load_config(tmp_path / "wdtk.toml")
    assert config.site == "https://foi.example.org"
    assert config.access.purpose == 'A "study"\\ of refusals'
    assert config.access.permission_from == "Jö Keeper"
    assert (config.delay, config.daily_budget, config.run_budget, str(config.hours)) == (7.5, 100, 40, "22:00-06:00")
    assert not config.keep_requester_names
    check_access(config, "https://foi.example.org", today=date(2026, 6, 1))


def test_a_site_on_this_machine_needs_no_record(tmp_path: Path) -> None:
    assert init(tmp_path, "--site", "http://127.0.0.1:8099").exit_code == 0
    config = load_config(tmp_path / "wdtk.toml")
    assert (config.site, config.contact, config.delay) == ("http://127.0.0.1:8099", None, 0)


def test_gaps_are_named_where_nobody_can_be_asked(tmp_path: Path) -> None:
    done = init(tmp_path, "--contact", "crawler@example.org")
    assert done.exit_code == 2
    assert "--purpose, --permission-from, --granted-on, --until" in done.output
    assert not (tmp_path / "wdtk.toml").exists()


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "wdtk.toml").write_text("# mine\n", encoding="utf-8")
    done = init(tmp_path, *RECORD)
    assert done.exit_code == 1
    assert "was left as it is" in done.output
    assert (tmp_path / "wdtk.toml").read_text(encoding="utf-8") == "# mine\n"
    assert init(tmp_path, "--force", *RECORD).exit_code == 0
    assert load_config(tmp_path / "wdtk.toml").contact == "crawler@example.org"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--site", "whatdotheyknow", *RECORD), "is not the address of a site"),
        ((*RECORD, "--delay", "2"), "at least 5 s"),
        ((*RECORD, "--contact", "call me"), "contact must be an e-mail address"),
        ((*RECORD, "--purpose", "two\nlines"), "access.purpose must be one line"),
        ((*RECORD, "--purpose", "a\x7fb"), "holds a character that wdtk.toml cannot"),
        ((*RECORD, "--until", "2026-01-01"), "would end before it begins"),
    ],
)
def test_what_crawl_would_refuse_is_refused_here(tmp_path: Path, arguments: tuple[str, ...], sentence: str) -> None:
    done = init(tmp_path, *arguments)
    assert done.exit_code == 1
    assert sentence in done.output
    assert not (tmp_path / "wdtk.toml").exists()


def test_hours_that_are_none_are_refused(tmp_path: Path) -> None:
    done = init(tmp_path, *RECORD, "--hours", "at night")
    assert done.exit_code == 2
    assert "'at night' is not a part of the day such as 22:00-06:00." in done.output


def test_a_terminal_is_asked_one_by_one(tmp_path: Path) -> None:
    answers = ["", "crawler@example.org", "A study", "Jo Keeper", "", "next year", "2999-12-31", "", "250"]
    answers += ["many", "", "at night", "23:30-05:00"]
    shown = on_a_terminal(tmp_path, answers)
    config = load_config(tmp_path / "wdtk.toml")
    assert "'next year' is not a day." in shown
    assert config.site == "https://www.whatdotheyknow.com"
    assert (config.access.purpose, config.access.until) == ("A study", date(2999, 12, 31))
    assert (config.delay, config.daily_budget, config.run_budget, str(config.hours)) == (5, 250, None, "23:30-05:00")
    assert "'at night' is neither such a part of the day nor all." in shown


def test_an_answer_that_will_not_do_is_asked_for_again_at_once(tmp_path: Path) -> None:
    answers = ["nowhere", "https://foi.example.org", "me", "me@example.org", "A study", "Jo Keeper", "2026-02-01"]
    answers += ["2026-01-01", "2999-12-31", "2", "nan", "6", "0", "100", "-1", "", ""]
    shown = on_a_terminal(tmp_path, answers)
    config = load_config(tmp_path / "wdtk.toml")
    assert (config.site, config.contact, config.delay) == ("https://foi.example.org", "me@example.org", 6)
    assert (config.access.until, config.daily_budget, config.run_budget) == (date(2999, 12, 31), 100, None)
    assert "contact must be an e-mail address" in shown
    assert "would end before it begins" in shown
    assert shown.count("It must be 5 seconds or more") == 2


def on_a_terminal(folder: Path, answers: list[str]) -> str:
    """What ``wdtk init`` shows to somebody who types ``answers``, each after a question."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "scraper", "init"]
    process = subprocess.Popen(command, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    try:
        shown = ""
        for number, answer in enumerate(answers, start=1):
            shown = read_until(ours, shown, number)
            os.write(ours, f"{answer}\n".encode())
        assert process.wait(timeout=240) == 0
        return shown
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def read_until(terminal: int, shown: str, questions: int) -> str:
    """What is shown once so many questions stand there; a question ends in a colon and a space."""
    deadline = time.monotonic() + PATIENCE
    while len(re.findall(r"[\]\w]: $|[\]\w]: (?!\w+ down)", shown)) < questions:
        assert time.monotonic() < deadline, shown
        if select.select([terminal], [], [], 0.2)[0]:
            shown += os.read(terminal, 4096).decode()
    return shown
