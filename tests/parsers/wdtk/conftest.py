"""The captured pages, read once for every test of them."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from parsers.wdtk.request_json import parse_request_json
from parsers.wdtk.request_page import parse_request_page
from tests.parsers.wdtk.capture import Answer, Thread, read_answers


@pytest.fixture(scope="session")
def answers(shared: Path) -> tuple[Answer, ...]:
    return tuple(read_answers(shared / "site" / "dev.warc.gz"))


@pytest.fixture(scope="session")
def by_path(answers: tuple[Answer, ...]) -> dict[str, Answer]:
    return {answer.path: answer for answer in answers}


@pytest.fixture(scope="session")
def truth(shared: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((shared / "site" / "truth.json").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="session")
def threads(by_path: dict[str, Answer], truth: dict[str, Any]) -> tuple[Thread, ...]:
    return tuple(
        Thread(
            slug=request["url_title"],
            truth=request,
            record=parse_request_json(by_path[f"/request/{request['url_title']}.json"].body),
            folded=parse_request_page(by_path[f"/request/{request['url_title']}"].body),
            unfolded=parse_request_page(by_path[f"/request/{request['url_title']}?unfold=1"].body),
        )
        for request in truth["requests"]
        if request["visitor"]["status"] == 200
    )


@pytest.fixture(scope="session")
def replay(shared: Path) -> Iterator[str]:
    """The address at which the capture, and lists made from its rows, are served."""
    site = shared / "site"
    command = [sys.executable, str(site / "replay.py"), str(site / "dev.warc.gz"), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()
