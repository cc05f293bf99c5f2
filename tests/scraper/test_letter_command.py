"""`wdtk letter`: readings of letters that are in no archive, and what it says of the others."""

import json
import subprocess
import sys
import zipfile
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from scraper.reading.ocr import SWITCHED_OFF
from tests import warm
from tests.parsers.documents import samples

ROOT = Path(__file__).parents[2]
LETTER = "\n".join(samples.LETTER)


def wdtk(*arguments: str, stdin: bytes = b"", cwd: Path = ROOT) -> tuple[list[dict[str, Any]], list[str], int]:
    """The readings it printed, its lines on standard error, and its exit code."""
    done = warm.run("scraper", ["letter", *arguments], cwd=cwd, timeout=240, stdin=stdin)
    errors = done.stderr.decode().splitlines()
    return [json.loads(line) for line in done.stdout.decode().splitlines()], errors, done.returncode


def jsonl(*rows: object) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def test_a_reading_has_the_fields_that_are_promised(tmp_path: Path) -> None:
    (tmp_path / "bandstand.txt").write_text(LETTER, encoding="utf-8")
    (reading,), errors, code = wdtk(str(tmp_path / "bandstand.txt"))
    assert (errors, code) == ([], 0)
    assert list(reading) == [
        "id", "kind", "letter_date", "request_date", "references", "citations", "outcome", "signals", "parser_version",
    ]  # fmt: skip
    assert (reading["id"], reading["letter_date"], reading["request_date"]) == ("bandstand", "2022-05-03", "2022-04-04")
    assert reading["references"] == ["FOI-4417"]
    (citation,) = reading["citations"]
    assert (citation["regime"], citation["provision"], citation["role"]) == ("FOIA", "40(2)", "relied_on")
    assert LETTER[citation["start"] : citation["end"]] == citation["quote"]


def test_the_same_letter_as_pdf_html_text_and_from_a_pipe_says_the_same(tmp_path: Path) -> None:
    (tmp_path / "one.pdf").write_bytes(samples.plain())
    (tmp_path / "two.txt").write_text(LETTER, encoding="utf-8")
    (tmp_path / "three.html").write_text(f"<html><pre>{LETTER}</pre></html>", encoding="utf-8")
    readings, errors, code = wdtk("one.pdf", "two.txt", "three.html", "-", stdin=LETTER.encode(), cwd=tmp_path)
    assert (errors, code) == ([], 0)
    assert [reading.pop("id") for reading in readings] == ["one", "two", "three", "stdin"]
    for reading in readings:
        for citation in reading["citations"]:
            citation.pop("page", None)
    assert readings[1:] == readings[:1] * 3


def test_lines_of_json_may_say_what_is_known_beside_the_text() -> None:
    text = "Dear requester,\n\nThe report is exempt under section 33(1)(b) of the Act and we withhold it."
    known = {"authority": "Mallow Police", "nation": "scotland", "law_used": "foi", "request_date": "2024-01-31"}
    readings, errors, code = wdtk(
        "--jsonl",
        "-",
        stdin=jsonl({"id": "alone", "text": text}, {"id": "known", "text": text, **known, "direction": None}),
    )
    assert (errors, code) == ([], 0)
    assert [reading["id"] for reading in readings] == ["alone", "known"]
    assert readings[1]["citations"][0]["regime"] == "FOISA"


def test_keys_that_are_not_used_are_told_once_for_a_file_and_cost_nothing() -> None:
    rows = [{"id": str(number), "text": "Dear Ms Roe", "labels": {}, "\x1b[2Jnation": "wales"} for number in range(3)]
    rows[0]["Nation"] = "wales"
    readings, (error,), code = wdtk("--jsonl", "-", stdin=jsonl(*rows))
    assert (len(readings), code) == (3, 0)
    assert error == (
        'standard input: not used: "labels" (on 3 lines), "\\x1b[2Jnation" (on 3 lines), "Nation" (on 1 line). '
        "What a line may tell is id, text, authority, nation, law_used, direction, request_date."
    )


def test_of_very_many_keys_that_are_not_used_only_some_are_named() -> None:
    row = {"id": "1", "text": "Dear Ms Roe", **{f"key {number}": 0 for number in range(1000)}}
    _, (error,), code = wdtk("--jsonl", "-", stdin=jsonl(row))
    assert code == 0
    assert '"key 7" (on 1 line), 992 other keys. What' in error


@pytest.mark.parametrize(
    ("known", "section", "read_as"),
    [
        ({"nation": "scotland"}, "section 38(1)(a)", "FOISA"),
        ({"nation": "wales"}, "section 38(1)(a)", "FOIA"),
        ({"law_used": "eir", "nation": "scotland"}, "regulation 10(4)(e)", "EISR"),
        ({"request_date": "2015-03-01"}, "section 7 of the Data Protection Act", "DPA1998"),
        ({"request_date": "20210301"}, "section 7 of the Data Protection Act", "DPA2018"),
        ({"authority": "Mallow Police"}, "section 40(2)", "FOIA"),
    ],
)
def test_each_thing_that_is_known_may_be_told_alone(known: dict[str, str], section: str, read_as: str) -> None:
    row = {"id": "1", "text": f"We rely on {section} here.", **known}
    (reading,), errors, code = wdtk("--jsonl", "-", stdin=jsonl(row))
    assert (errors, code) == ([], 0)
    assert reading["citations"][0]["regime"] == read_as


def test_a_message_that_goes_out_relies_on_nothing() -> None:
    row = {"id": "1", "text": "You withheld it under section 43(2) of the FOIA.", "direction": "outgoing"}
    (reading,), _, _ = wdtk("--jsonl", "-", stdin=jsonl(row))
    assert [citation["role"] for citation in reading["citations"]] == ["requester_quotation"]


def test_lines_without_a_letter_are_told() -> None:
    assert wdtk("--jsonl", "-", stdin=b"\n \n") == ([], ["standard input: it has no line with a letter."], 1)


def test_a_wrong_line_is_named_and_costs_no_other() -> None:
    good = {"id": "good", "text": LETTER}
    lines = [
        json.dumps(good).encode(),
        b"",
        b"not json",
        b'["id", "text"]',
        b'{"id": "a"}',
        b'{"text": "no id"}',
        b'{"id": 7, "text": "a number"}',
        b'{"id": "b", "text": ["words"]}',
        b'{"id": "c", "text": "words", "nation": "france"}',
        b'{"id": "d", "text": "words", "request_date": "last May"}',
        b'{"id": "e", "text": "words", "authority": 5}',
        b'{"id": "f", "text": "caf\xe9"}',
        b"[" * 100_000,
        b'{"id": "g", "text": ' + b"9" * 5_000 + b"}",
        json.dumps(good).encode(),
    ]
    readings, errors, code = wdtk("--jsonl", "-", stdin=b"\n".join(lines))
    assert code == 1
    assert [reading["id"] for reading in readings] == ["good", "good"]
    assert [error.removeprefix("standard input, ") for error in errors] == [
        "line 3: it is not JSON (Expecting value at character 1).",
        'line 4: it is not an object with "id" and "text", but ["id", "text"].',
        'line 5: its "text" is missing.',
        'line 6: its "id" is missing.',
        'line 7: its "id" is not text.',
        'line 8: its "text" is not text.',
        "line 9: nation is none of england, scotland, wales, northern_ireland, uk.",
        "line 10: request_date is not a day such as 2026-01-31, but 'last May'.",
        "line 11: authority is not text.",
        "line 12: byte 25 is not UTF-8; save the file as UTF-8.",
        "line 13: its JSON is nested too deeply.",
        "line 14: one of its numbers has too many digits.",
    ]


def test_half_a_surrogate_is_no_trap() -> None:
    (reading,), errors, code = wdtk(
        "--jsonl", "-", stdin=b'{"id": "\\udc80", "text": "\\ud83d Section 40(2) applies."}'
    )
    assert (errors, code) == ([], 0)
    assert reading["id"] == "?"


def test_files_that_cannot_be_read_are_named_and_cost_no_other(tmp_path: Path) -> None:
    for name, data in {
        "locked.pdf": samples.encrypted(),
        "broken.pdf": b"%PDF-1.7 broken",
        "noise.pdf": bytes(range(256)) * 9,
        "scan.pdf": samples.image(),
        "bomb.pdf": samples.bomb(4),
        "letter.docx": b"PK\x05\x06" + bytes(18),
        "empty.txt": b"",
        "letter.pdf": samples.plain(),
    }.items():
        (tmp_path / name).write_bytes(data)
    names = sorted(path.name for path in tmp_path.iterdir())
    readings, errors, code = wdtk("--ocr", "off", *names, "missing.pdf", ".", cwd=tmp_path)
    assert code == 1
    assert [reading["id"] for reading in readings] == ["letter"]
    assert errors == [
        "bomb.pdf: It needs more than 1024 MB of memory to open.",
        "broken.pdf: It is not a PDF that can be opened.",
        "empty.txt: It is empty.",
        "letter.docx: It holds nothing.",
        "locked.pdf: It needs a password to open.",
        "noise.pdf: Its bytes are of no kind of file that is known here.",
        f"scan.pdf: No page holds text. Its words are a picture on page 1: {SWITCHED_OFF}.",
        "missing.pdf: cannot be opened (No such file or directory).",
        ".: it is a folder. Name the files in it, such as ./*.",
    ]


def test_what_a_file_holds_beside_what_it_shows_is_said(tmp_path: Path) -> None:
    hidden = r"{\v secret}{\*\annotation a note}{\info{\author somebody}}"
    (tmp_path / "letter.rtf").write_text(rf"{{\rtf1\ansi We rely on section 40(2).{hidden}}}", encoding="ascii")
    (reading,), errors, code = wdtk("letter.rtf", cwd=tmp_path)
    assert (errors, code) == (["letter.rtf: it holds more than it shows: hidden text, comments."], 0)
    assert "secret" not in str(reading)


def test_an_old_encoding_is_read_and_said(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes("The council’s answer: section 40(2) applies.".encode("cp1252"))
    (reading,), errors, code = wdtk("old.txt", cwd=tmp_path)
    assert (errors, code) == (["old.txt: It is not UTF-8; read as Windows-1252."], 0)
    assert reading["citations"][0]["quote"].startswith("The council’s answer")


def test_each_letter_is_printed_before_the_next_is_given() -> None:
    command = [sys.executable, "-m", "scraper", "letter", "--jsonl", "-"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            process.stdin.write(jsonl({"id": str(number), "text": "Dear requester"}))
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == str(number)
        process.stdin.close()
        assert process.wait(timeout=240) == 0


def test_without_files_it_says_how_it_is_used() -> None:
    _, errors, code = wdtk()
    assert code == 2
    assert "Missing argument 'FILE...'" in "\n".join(errors)


@pytest.mark.real
def test_every_labelled_letter_is_read(shared: Path) -> None:
    readings, errors, code = wdtk("--jsonl", str(shared / "gold" / "dev.jsonl"))
    assert (len(readings), code) == (64, 0)
    assert len(errors) == 1
    assert '"labels" (on 64 lines)' in errors[0]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_disk_below_the_output_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(LETTER, encoding="utf-8")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "scraper", "letter", str(tmp_path / "one.txt")],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == (
        "Error: The output cannot be written: No space left on device. "
        "Free some space, or send it elsewhere, and run the command again.\n"
    )


def test_a_mail_and_an_archive_give_a_reading_for_each_letter_in_them(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Brackenfold <foi@brackenfold.example>", "Your request"
    mail["Message-ID"], mail["Date"] = "<1@brackenfold.example>", "Tue, 05 Mar 2024 10:00:00 +0000"
    mail.set_content(LETTER)
    mail.add_attachment(samples.plain(), maintype="application", subtype="pdf", filename="Decision.pdf")
    mail.add_attachment(b"a,b,c\n1,2,3\n", maintype="text", subtype="csv", filename="Costs.csv")
    (tmp_path / "reply.eml").write_bytes(mail.as_bytes())
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(tmp_path / "reply.eml", "sent/reply.eml")
        archive.writestr("letter.txt", LETTER)
        archive.writestr("letter.txt.copy/", "")
        archive.writestr("broken.pdf", b"%PDF-1.7 broken")
    readings, errors, code = wdtk("reply.eml", "all.zip", cwd=tmp_path)
    assert code == 1
    assert errors == [
        "reply.eml/Costs.csv: not read as a letter (csv).",
        "all.zip: 1 entry was left out: folders and what systems put beside files.",
        "all.zip/sent/reply.eml/Costs.csv: not read as a letter (csv).",
        "all.zip/broken.pdf: It is not a PDF that can be opened.",
    ]
    assert [reading["id"] for reading in readings] == [
        "reply", "reply/Decision.pdf", "all/sent/reply.eml", "all/sent/reply.eml/Decision.pdf", "all/letter.txt",
    ]  # fmt: skip
    assert {reading["outcome"] for reading in readings} == {readings[0]["outcome"]}
    assert {one["provision"] for reading in readings for one in reading["citations"]} == {"40(2)"}


ENDLESS = """
import resource, sys
from scraper.commands import letter, letter_given
letter_given.MOST_BYTES = 2**20
resource.setrlimit(resource.RLIMIT_AS, (3 * 2**30, resource.RLIM_INFINITY))
letter.command(sys.argv[1:])
"""


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no file without an end")
@pytest.mark.parametrize("options", [[], ["--jsonl"]])
def test_a_file_without_an_end_does_not_fill_the_memory(options: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ENDLESS, *options, "/dev/zero"],
        capture_output=True, text=True, check=False, cwd=ROOT, timeout=240,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("/dev/zero")
    assert "is not opened." in done.stderr
