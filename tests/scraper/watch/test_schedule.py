"""What schedulers are told means what was meant, whatever the paths are called."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.errors import WdtkError
from scraper.watch.schedule import BEGIN, END, Plan, cron_lines, units, without
from tests.scraper.watch.schedulers import OTHERS, script

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
