"""What a scheduler is told, so that ``wdtk update`` runs by itself: units for systemd, or a line for cron. Pure.

Paths are written so that blanks, percent signs, dollar signs, quotes and backslashes in them stay what they are
(systemd.unit(5) "Specifiers", systemd.service(5) "Command lines", systemd.syntax(7), crontab(5)).
"""

import hashlib
import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from scraper.errors import WdtkError

Every = Literal["day", "week"]
NAME = "wdtk-update"
BEGIN, END = "# wdtk-archive: begin", "# wdtk-archive: end"
_SUBJECT = "wdtk update needs a person"
_ADDRESS = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._+-]{0,63}@[A-Za-z0-9][A-Za-z0-9.-]{0,252}")
_SPREAD_MINUTES = 30
_DAY_MINUTES = 24 * 60
_LONGEST_COMMAND = 998
"""Bytes; cron cuts off what is longer without a word (crontab(5))."""
_LONGEST = {"day": 23, "week": 6 * 24}
"""Hours after which a run that does not end is ended, so that the next can begin."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to run, when, and how much of the machine it may take. Paths are absolute."""

    python: Path
    folder: Path
    """Where it runs: where wdtk.toml is."""
    archive: Path
    public: Path
    config: Path | None = None
    every: Every = "day"
    at: str = "02:30"
    """The time of day by the clock of this machine."""
    memory_gb: int = 4
    mail: str | None = None
    """Whom to write to when a run needs a person."""
    log: Path | None = None
    """The file that wdtk.toml has the update write a log to."""

    def __post_init__(self) -> None:
        for part in self._texts():
            if not part.isprintable() or part != part.strip() or part.endswith("\\"):
                raise WdtkError(f"{part!r} holds characters that no schedule can be written with. Move or rename it.")
        if self.mail is not None and not _ADDRESS.fullmatch(self.mail):
            raise WdtkError(
                f"{self.mail!r} is not an e-mail address such as you@example.org. Somebody of this machine is written "
                "to as NAME@localhost."
            )

    def _texts(self) -> list[str]:
        paths = (self.python, self.folder, self.archive, self.public, self.config or "", self.log or "")
        return [*map(str, paths), self.mail or ""]

    @property
    def writes_to(self) -> list[Path]:
        """The folders that a run writes to, its own first."""
        log = [self.log.parent] if self.log else []
        return list(dict.fromkeys((self.folder, self.archive, self.public.parent, *log)))

    @property
    def update(self) -> list[str]:
        """The command that is run."""
        return [*self._command("update"), "--public", str(self.public), *self._config]

    @property
    def status(self) -> list[str]:
        """The command that says what is wrong when it failed."""
        return [*self._command("status"), *self._config]

    def _command(self, name: str) -> list[str]:
        return [str(self.python), "-m", "scraper", name, "--archive", str(self.archive)]

    @property
    def _config(self) -> list[str]:
        return ["--config", str(self.config)] if self.config else []


def units(plan: Plan) -> dict[str, str]:
    """File names and texts: the timer, the update, and what is run where the update fails."""
    return {
        f"{NAME}.service": _service(plan),
        f"{NAME}.timer": _timer(plan),
        f"{NAME}-failed.service": _failed(plan),
    }


def cron_lines(plan: Plan) -> str:
    """Lines for a crontab, between two marks. They print nothing when all is well, so that cron sends no mail then."""
    status = _again(plan.status, plan.update)
    inner = f'out=$("$@" 2>&1) || {{ printf "%s\\n" "$out"; {status}; }} 2>&1'
    inner += f" | mail -s {shlex.quote(_SUBJECT)} {shlex.quote(plan.mail)}" if plan.mail else ""
    limits = f"ulimit -v {plan.memory_gb * 1024 * 1024}"
    locked = ["flock", "--nonblock", "--conflict-exit-code", "0", "."]
    command = f"cd {shlex.quote(str(plan.folder))} && {limits} && nice -n 10 {_line(locked)} sh -c "
    command += f"{shlex.quote(inner)} sh {_line(plan.update)}"
    # To cron a percent sign ends the command, whatever the quotes around it (crontab(5)).
    entry = f"{_cron_time(plan)} {command}".replace("%", "\\%")
    if len(command.encode()) > _LONGEST_COMMAND:
        raise WdtkError(
            f"The command is {len(command.encode()):,} bytes long, and cron takes {_LONGEST_COMMAND}. Use paths that "
            "are shorter, such as a folder in your home, or systemd in place of cron."
        )
    return "\n".join([BEGIN, entry, END, ""])


def _cron_time(plan: Plan) -> str:
    hours, minutes = (int(part) for part in plan.at.split(":"))
    days, minute = divmod(hours * 60 + minutes + _shift(plan), _DAY_MINUTES)
    day = "*" if plan.every == "day" else str(days)  # 0 is Sunday
    return f"{minute % 60} {minute // 60} * * {day}"


def without(crontab: str) -> str:
    """A crontab without our lines; the same where it has none. WdtkError where it is not clear which lines are ours."""
    kept, ours = [], False
    for line in crontab.splitlines(keepends=True):
        mark = line.rstrip("\n")
        ours = ours or mark == BEGIN
        if not ours:
            kept.append(line)
        ours = ours and mark != END
    if ours:  # what stands behind may be anybody's
        raise WdtkError(
            f"Your crontab has the line {BEGIN!r} and no line {END!r} behind it, so nothing was changed. Take our "
            "lines out of it with `crontab -e`, then try again."
        )
    return "".join(kept)


def _service(plan: Plan) -> str:
    return f"""# Written by wdtk schedule; `wdtk schedule --remove` takes it away.
[Unit]
Description=wdtk-archive: look at what is due, read, publish
Documentation=man:systemd.timer(5)
After=network-online.target
OnFailure={NAME}-failed.service

[Service]
Type=oneshot
WorkingDirectory={_path(plan.folder)}
ExecStart={_exec(plan.update)}
TimeoutStartSec={_LONGEST[plan.every]}h
TimeoutStopSec=5min
Nice=10
IOSchedulingClass=idle
MemoryMax={plan.memory_gb}G
TasksMax=512
NoNewPrivileges=yes
LockPersonality=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
ProtectSystem=strict
PrivateTmp=yes
ReadWritePaths={" ".join(_word(f"-{path}") for path in plan.writes_to)}
"""


def _timer(plan: Plan) -> str:
    days = "*-*-*" if plan.every == "day" else "Sun *-*-*"
    return f"""# Written by wdtk schedule; `wdtk schedule --remove` takes it away.
[Unit]
Description=wdtk-archive: once a {plan.every}

[Timer]
OnCalendar={days} {plan.at}:00
RandomizedDelaySec={_SPREAD_MINUTES}min
Persistent=true

[Install]
WantedBy=timers.target
"""


def _failed(plan: Plan) -> str:
    command = _exec(plan.status)
    if plan.mail:
        script = 'subject=$1; to=$2; shift 2; "$@" 2>&1 | mail -s "$subject" "$to"'
        command = _exec(["/bin/sh", "-c", script, "sh", _SUBJECT, plan.mail, *plan.status])
    return f"""# Written by wdtk schedule; `wdtk schedule --remove` takes it away.
[Unit]
Description=wdtk-archive: an update needs a person

[Service]
Type=oneshot
WorkingDirectory={_path(plan.folder)}
ExecStart={command}
# The journal shows lines of this level on every terminal.
SyslogLevel=emerg
SyslogIdentifier=wdtk
"""


def _shift(plan: Plan) -> int:
    """Minutes to add, by the archive's place: not every archive of the world begins on the minute."""
    return int.from_bytes(hashlib.sha256(str(plan.archive).encode()).digest()[:2], "big") % _SPREAD_MINUTES


def _line(words: list[str]) -> str:
    return " ".join(shlex.quote(word) for word in words)


def _again(words: list[str], given: list[str]) -> str:
    """A line in which the paths are the parameters that the shell was given already: cron's lines have an end."""
    return " ".join(
        f'"${{{given.index(word) + 1}}}"' if word.startswith("/") and word in given else shlex.quote(word)
        for word in words
    )


def _exec(words: list[str]) -> str:
    """A command line, in which systemd reads specifiers, variables and escapes."""
    program, *arguments = words
    return " ".join([_word(program), *(_word(word.replace("$", "$$")) for word in arguments)])


def _word(text: str) -> str:
    """One word in double quotes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def _path(path: Path) -> str:
    """A path that is the whole of a setting: specifiers are read in it, and quotes are not."""
    return str(path).replace("%", "%%")
