"""What schedulers are told means what was meant, whatever the paths are called."""

import os
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.cli import cli
from scraper.errors import WdtkError
from scraper.watch.schedule import BEGIN, END, Plan, cron_lines, units, without
from tests import warm

ODD = 'a b 100% "q" $HOME ${x} \\n it\'s `id` ; # *'
SHOW = '#!/bin/sh\nfor one in "$@"; do printf "%s\\n" "$one"; done\nexit {code}\n'


def plan_in(folder: Path, **fields: object) -> Plan:
    given = {"python": Path(sys.executable), "folder": folder, "archive": folder / "arch ive",
             "public": folder / "site" / "public.db", **fields}  # fmt: skip
    return Plan(**given)  # type: ignore[arg-type]  # fields of a test


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    folder = tmp_path / ODD
    (folder / "arch ive").mkdir(parents=True)
    return folder


def script(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.mark.parametrize("fields", [{}, {"mail": "me@example.org"}, {"every": "week", "at": "23:05"}])
def test_systemd_finds_no_fault(odd: Path, tmp_path: Path, fields: dict[str, object]) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed, so that units cannot be checked")
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    written = tmp_path / "units"
    written.mkdir()
    for name, text in units(plan_in(odd, **fields)).items():
        (written / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--user", "--man=no", *map(str, sorted(written.iterdir()))],
        capture_output=True, text=True, check=False,
        env={**os.environ, "XDG_RUNTIME_DIR": str(runtime), "SYSTEMD_UNIT_PATH": f"{written}:"},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def systemd_words(line: str) -> list[str]:
    """A command line as systemd.service(5) says that it is read: quotes, escapes, specifiers, variables."""
    words: list[str] = []
    rest = line
    while rest:
        assert rest[0] == '"'
        end, word = 1, ""
        while rest[end] != '"':
            if rest[end] == "\\":
                end += 1
                assert rest[end] in '\\"'
            word += rest[end]
            end += 1
        assert "%" not in word.replace("%%", "")
        word = word.replace("%%", "%")
        if words:
            assert "$" not in word.replace("$$", "")
            word = word.replace("$$", "$")
        words.append(word)
        rest = rest[end + 1 :].lstrip(" ")
    return words


NAMES = st.text(st.characters(blacklist_categories=("C", "Z"), blacklist_characters="/"), min_size=1, max_size=20)


@settings(max_examples=200, deadline=None)
@given(NAMES.filter(lambda name: not name.endswith("\\")))
def test_a_path_of_any_name_reaches_the_command_as_it_is(name: str) -> None:
    plan = plan_in(Path("/") / name)
    service = units(plan)["wdtk-update.service"]
    (line,) = (line for line in service.splitlines() if line.startswith("ExecStart="))
    assert systemd_words(line.removeprefix("ExecStart=")) == plan.update
    (where,) = (line for line in service.splitlines() if line.startswith("WorkingDirectory="))
    assert where.removeprefix("WorkingDirectory=").replace("%%", "%") == str(plan.folder)


@pytest.mark.parametrize("name", ["two\nlines", "nought\0", "tab\t", "back\\", "blank "])
def test_a_path_that_cannot_be_written_is_refused(name: str) -> None:
    with pytest.raises(WdtkError, match="no schedule can be written"):
        plan_in(Path("/") / name)


@pytest.mark.parametrize("mail", ["-s@example.org", "me; id", "a b@example.org", "", "nonsense", "a@b@c", "a@", "a@-b"])
def test_an_address_that_is_none_is_refused(mail: str) -> None:
    with pytest.raises(WdtkError, match="not an e-mail address"):
        plan_in(Path("/a"), mail=mail)


def cron_runs(line: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command of a line of a crontab as cron runs it (crontab(5)): a bare percent sign would end it."""
    command = line.split(" ", 5)[5]
    assert "%" not in command.replace("\\%", "")
    env = {"PATH": "/usr/bin:/bin", "HOME": "/nowhere", **environment}
    return subprocess.run(["/bin/sh", "-c", command.replace("\\%", "%")], capture_output=True, text=True,
                          check=False, env=env)  # fmt: skip


def entry(plan: Plan) -> str:
    begin, line, end, rest = cron_lines(plan).split("\n")
    assert (begin, end, rest) == (BEGIN, END, "")
    return line


def test_cron_runs_the_update_in_its_folder_and_says_nothing_when_all_is_well(odd: Path) -> None:
    python = script(odd / "py thon", SHOW.format(code=0))
    python.write_text('#!/bin/sh\npwd > seen; for one in "$@"; do printf "%s\\n" "$one" >> seen; done\n')
    plan = plan_in(odd, python=python)
    done = cron_runs(entry(plan))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (odd / "seen").read_text().splitlines() == [str(odd), *plan.update[1:]]


def test_cron_says_what_the_update_said_and_how_things_stand_when_it_failed(odd: Path) -> None:
    plan = plan_in(odd, python=script(odd / "py thon", SHOW.format(code=1)))
    done = cron_runs(entry(plan))
    assert done.returncode != 0
    assert done.stdout.splitlines() == [*plan.update[1:], *plan.status[1:]]


def test_with_an_address_the_failure_goes_there_by_mail(odd: Path, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    script(tools / "mail", '#!/bin/sh\nprintf "%s|" "$@" > "$MAILED"; cat >> "$MAILED"\n')
    plan = plan_in(odd, python=script(odd / "py thon", SHOW.format(code=1)), mail="me@example.org")
    done = cron_runs(entry(plan), PATH=f"{tools}:/usr/bin:/bin", MAILED=str(tmp_path / "mailed"))
    assert done.stdout == ""
    told = (tmp_path / "mailed").read_text()
    assert told.startswith("-s|wdtk update needs a person|me@example.org|")
    assert "update\n" in told
    assert "status\n" in told


def test_a_second_run_of_cron_beside_the_first_ends_quietly(odd: Path) -> None:
    plan = plan_in(odd, python=script(odd / "py thon", SHOW.format(code=1)))
    with subprocess.Popen(["flock", str(odd), "sh", "-c", "echo held; read line"], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, text=True) as holder:  # fmt: skip
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        done = cron_runs(entry(plan))
        holder.communicate("\n")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_command_that_cron_would_cut_off_is_refused() -> None:
    with pytest.raises(WdtkError, match="cron takes 998"):
        cron_lines(plan_in(Path("/srv") / ("é" * 120)))


@pytest.mark.parametrize(
    ("at", "every", "first"),
    [("02:30", "day", (150, "*")), ("02:59", "day", (179, "*")), ("23:59", "day", (1439, "*")),
     ("02:30", "week", (150, "0")), ("23:59", "week", (1439, "0"))],
)  # fmt: skip
def test_cron_begins_within_half_an_hour_of_the_time_given_and_never_before(
    at: str, every: str, first: tuple[int, str]
) -> None:
    for number in range(40):
        folder = Path("/srv") / str(number)
        minute, hour, _, _, day = entry(plan_in(folder, at=at, every=every)).split(" ")[:5]
        over = (int(hour) * 60 + int(minute) - first[0]) % 1440
        past_midnight = first[0] + over >= 1440
        assert over < 30
        assert day == ("1" if past_midnight and first[1] == "0" else first[1])


def test_the_folder_of_the_log_may_be_written_to() -> None:
    service = units(plan_in(Path("/a"), log=Path("/var/log/wdtk/wdtk.jsonl")))["wdtk-update.service"]
    assert 'ReadWritePaths="-/a" "-/a/arch ive" "-/a/site" "-/var/log/wdtk"\n' in service


OTHERS = "# mine\nMAILTO=me\n5 * * * * true\n"


def test_the_lines_of_others_stay_as_they_are() -> None:
    ours = cron_lines(plan_in(Path("/a")))
    assert without(OTHERS + ours) == OTHERS
    assert without(ours + OTHERS) == OTHERS
    assert without(OTHERS) == OTHERS
    assert without("") == ""


def test_a_crontab_in_which_our_end_is_missing_is_left_alone() -> None:
    ours = cron_lines(plan_in(Path("/a"))).replace(END + "\n", "")
    with pytest.raises(WdtkError, match="nothing was changed"):
        without(ours + OTHERS)


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
