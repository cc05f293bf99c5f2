"""Troubles come when they are asked for, at the rate that was asked for."""

import http.client
import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from parsers.wdtk.notices import classify
from scraper.standin import running
from tests.patience import until

from .conftest import get_from


def test_a_share_of_answers_are_errors() -> None:
    with running(requests=2, error_rate=0.5) as base:
        get = get_from(base)
        answers = [get("/list") for _ in range(60)]
    statuses = Counter(answer.status for answer in answers)
    assert set(statuses) == {200, 500, 502, 503}
    assert 15 < statuses[200] < 45
    retries = [answer.headers.get("retry-after") for answer in answers if answer.status == 503]
    assert "1" in retries
    assert None in retries


def test_errors_come_in_the_same_order_from_the_same_seed() -> None:
    def run() -> list[int]:
        with running(requests=2, error_rate=0.5, seed=7) as base:
            get = get_from(base)
            return [get("/list").status for _ in range(25)]

    assert run() == run()


def test_too_many_requests_are_told_to_wait() -> None:
    with running(requests=2, rate_limit="5/s") as base:
        get = get_from(base)
        began, passed = time.monotonic(), 0
        while (answer := get("/robots.txt")).status == 200:
            passed += 1
        assert 5 <= passed <= 5 * (1 + time.monotonic() - began)
        assert (answer.status, answer.headers["retry-after"]) == (429, "1")
        until(lambda: get("/robots.txt").status == 200, "it refuses for ever")


def test_connections_are_cut_half_way() -> None:
    with running(requests=2, reset_rate=1) as base:
        connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=240)
        connection.request("GET", "/list")
        answer = connection.getresponse()
        with answer, pytest.raises((http.client.IncompleteRead, ConnectionResetError)):
            answer.read()
        connection.close()


def test_after_so_many_requests_all_is_a_challenge() -> None:
    with running(requests=2, challenge_after=3) as base:
        get = get_from(base)
        assert [get("/list").status for _ in range(3)] == [200, 200, 200]
        answer = get("/list")
        assert (answer.status, answer.headers["cf-mitigated"]) == (403, "challenge")
        assert classify(status=403, headers=answer.headers, body=answer.body).kind == "challenge"
        assert get("/robots.txt").status == 403


def test_answers_can_be_slow() -> None:
    with running(requests=2, latency=0.2) as base:
        started = time.monotonic()
        get_from(base)("/robots.txt")
        assert time.monotonic() - started >= 0.1


def test_the_log_has_a_line_for_each_request(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    with running(requests=2, log=log) as base:
        get = get_from(base)
        get("/list?page=2", User_Agent="tester (contact@example.org)")
        get("/nowhere")
        lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [(line["method"], line["path"], line["status"]) for line in lines] == [
        ("GET", "/list?page=2", 200),
        ("GET", "/nowhere", 404),
    ]
    assert lines[0]["user_agent"] == "tester (contact@example.org)"


def test_a_bad_option_is_said_in_a_sentence() -> None:
    with pytest.raises(RuntimeError, match=r"(?s)did not start: .*is no rate"), running(requests=2, rate_limit="many"):
        pass


def test_it_ends_when_told_and_leaves_no_process() -> None:
    with running(requests=2) as base:
        assert get_from(base)("/robots.txt").status == 200
    with pytest.raises(ConnectionRefusedError):
        get_from(base)("/robots.txt")


def test_a_port_in_use_is_an_error_and_no_silence() -> None:
    with running(requests=2) as base:
        port = str(urlsplit(base).port)
        command = [sys.executable, "-m", "scraper.standin", "--requests", "2", "--port", port]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode != 0
    assert f"port {port}" in done.stderr
    assert "Traceback" not in done.stderr
