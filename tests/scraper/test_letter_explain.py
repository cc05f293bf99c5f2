"""`wdtk letter --explain`: the letter shown with what was made of it, on a terminal and elsewhere."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from parsers.documents.sniff import HEAD
from tests import warm
from tests.parsers.documents import samples

ROOT = Path(__file__).parents[2]
LETTER = "Dear Ms Roe\n\nThe prices are withheld under section 43(2) of the Freedom of Information Act 2000.\n"
MARKED = "    3 | The prices are withheld under section «1 43(2)» of the Freedom of Information Act 2000."
ESCAPE = "\x1b["


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "scraper", "letter", "--explain", *arguments]


def explained(*arguments: str, stdin: bytes = b"", cwd: Path = ROOT) -> tuple[list[str], list[str], int]:
    """The lines it printed, its lines on standard error, and its exit code."""
    done = warm.run("scraper", ["letter", "--explain", *arguments], cwd=cwd, timeout=240, stdin=stdin)
    return done.stdout.decode().splitlines(), done.stderr.decode().splitlines(), done.returncode


def on_a_terminal(*arguments: str, **environment: str) -> str:
    """What it shows on a terminal of its own."""
    above, below = pty.openpty()
    given = {key: value for key, value in os.environ.items() if key not in {"NO_COLOR", "COLUMNS"}}
    with subprocess.Popen(
        command(*arguments), stdout=below, stdin=subprocess.DEVNULL, cwd=ROOT, env={**given, **environment}
    ) as process:
        os.close(below)
        shown = b""
        try:
            while piece := os.read(above, 65536):
                shown += piece
        except OSError:
            pass  # how Linux says that the other side has closed
        assert process.wait(timeout=240) == 0
    os.close(above)
    return shown.decode().replace("\r\n", "\n")


def test_a_letter_is_shown_with_its_mentions_their_rules_and_what_stands(tmp_path: Path) -> None:
    (tmp_path / "prices.txt").write_text(LETTER, encoding="utf-8")
    lines, errors, code = explained("prices.txt", cwd=tmp_path)
    assert (errors, code) == ([], 0)
    assert lines[0] == "=== prices.txt ==="
    place = lines.index(MARKED)
    assert lines[place + 1].startswith("        «1» FOIA 43(2): relied on, confidence ")
    assert "[act_after]" in "".join(lines[place + 2 : place + 5])
    assert lines[lines.index("What stands for the letter, and which mention decides") + 1 :] == [
        "  relied on",
        "    FOIA 43(2): Disclosure would be likely to prejudice commercial interests of any person,",
        "        including the authority",
        "        decided by «1»",
        "",
    ]


def test_several_files_pages_and_a_pipe_are_shown_one_after_another(tmp_path: Path) -> None:
    (tmp_path / "one.pdf").write_bytes(samples.plain())
    (tmp_path / "two.txt").write_text("Dear Ms Roe\n", encoding="utf-8")
    lines, errors, code = explained("one.pdf", "missing.txt", "two.txt", "-", stdin=LETTER.encode(), cwd=tmp_path)
    titles = [line for line in lines if line.startswith("===")]
    assert titles == ["=== one.pdf ===", "=== two.txt ===", "=== standard input ==="]
    assert (errors, code) == (["missing.txt: cannot be opened (No such file or directory)."], 1)
    assert MARKED in lines


def test_each_line_of_json_is_shown_with_what_is_known_of_it() -> None:
    rows = [{"id": "a", "text": LETTER}, {"id": "b", "text": "We rely on section 38(1)(a).", "nation": "scotland"}]
    stdin = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    lines, errors, code = explained("--jsonl", "-", stdin=stdin)
    assert (errors, code) == ([], 0)
    assert lines[0] == "=== a (standard input, line 1) ==="
    second = lines[lines.index("=== b (standard input, line 2) ===") :]
    assert "  known before  nation scotland" in second
    assert [line for line in second if line.startswith("        «1» FOISA 38(1)(a): relied on")]


def test_only_a_terminal_is_given_colours_and_one_that_wants_none_is_not(tmp_path: Path) -> None:
    file = tmp_path / "prices.txt"
    file.write_text(LETTER, encoding="utf-8")
    assert ESCAPE not in "".join(explained(str(file))[0])
    coloured = on_a_terminal(str(file), TERM="xterm")
    assert f"{ESCAPE}33m{ESCAPE}1m«1 43(2)»{ESCAPE}0m" in coloured
    for plain in (
        on_a_terminal(str(file), TERM="xterm", NO_COLOR="1"),
        on_a_terminal(str(file), TERM="dumb"),
    ):
        assert ESCAPE not in plain
        assert MARKED in plain.splitlines()


def test_lines_fit_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "prices.txt"
    file.write_text(LETTER * 3, encoding="utf-8")
    shown = on_a_terminal(str(file), TERM="xterm", NO_COLOR="1", COLUMNS="60")
    assert 50 < max(map(len, shown.splitlines())) <= 60


HOSTILE = (
    "Dear Ms Roe\x1b[2J\x1b]0;owned\x07\n\n"
    "The \u202eprices are withheld under section 43(2)\x1b[8m of the FOIA.\x9b31m\n"
    "Ref: A\x1b[1m/77\n\x08\x08\x7f «9 12»\ud83d"
)
HARMLESS = "Nothing yet.\n" * (HEAD // 10)
"""So much that what follows is not looked at where the kind of a file is found out."""


@pytest.mark.parametrize("shape", ["jsonl", "text", "html"])
def test_a_letter_cannot_speak_to_the_terminal(tmp_path: Path, shape: str) -> None:
    file = tmp_path / f"hostile.{shape}"
    if shape == "jsonl":
        file.write_text(json.dumps({"id": "x\x1b[5m", "text": HOSTILE, "\x1b[4m": 1}), encoding="utf-8")
    else:
        body = f"<html><body><pre>{HARMLESS}{HOSTILE}</pre></body></html>" if shape == "html" else HARMLESS + HOSTILE
        file.write_bytes(body.encode("utf-8", "replace"))
    options = ["--jsonl"] if shape == "jsonl" else []
    lines, errors, code = explained(*options, str(file))
    assert code == 0
    assert not [each for each in "".join(lines + errors) if not (each.isprintable() or each == "\n")]
    shown = on_a_terminal(*options, str(file), TERM="xterm", NO_COLOR="1")
    assert not [each for each in shown if not (each.isprintable() or each == "\n")]
    assert "«1 43(2)" in shown
    assert "\\xab9 12\\xbb" in shown


def test_the_name_of_a_file_cannot_speak_to_the_terminal_either(tmp_path: Path) -> None:
    (tmp_path / "\x1b[2Ja.txt").write_text(LETTER, encoding="utf-8")
    (tmp_path / "\x1b[2Jb.txt").write_bytes(b"")
    lines, errors, code = explained("\x1b[2Ja.txt", "\x1b[2Jb.txt", cwd=tmp_path)
    assert (lines[0], errors, code) == ("=== \\x1b[2Ja.txt ===", ["\\x1b[2Jb.txt: It is empty."], 1)


def test_a_long_letter_may_be_closed_before_its_end(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_text(LETTER * 2000, encoding="utf-8")
    with subprocess.Popen(command(str(file)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        process.wait(timeout=240)
