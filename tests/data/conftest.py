"""The site over the sample: in this process for most tests, as a server of its own for the browser."""

import asyncio
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from lxml import html

from tests.data.sample import Sample
from tests.data.threads import sample

SITE = Path(__file__).parents[2] / "data" / "site"


class Site:
    """Datasette with the folder ``data/site`` over one database, asked without a network."""

    def __init__(self, *, public: Path) -> None:
        self.runner = asyncio.Runner()
        self.datasette = Datasette([], immutables=[str(public)], config_dir=SITE)
        self.runner.run(self.datasette.invoke_startup())

    def get(self, path: str, **more: Any) -> Any:
        """The answer, with redirects not followed."""
        return self.runner.run(self.datasette.client.get(path, follow_redirects=False, **more))

    def page(self, path: str, *, status: int = 200) -> html.HtmlElement:
        """The page that ``path`` leads to, as elements."""
        answer = self.runner.run(self.datasette.client.get(path, follow_redirects=True))
        assert answer.status_code == status, (path, answer.status_code, answer.text[-800:])
        return html.document_fromstring(answer.text)

    def rows(self, query: str, **parameters: str) -> list[dict[str, Any]]:
        """The rows that a canned query answers with."""
        answer = self.get(f"/public/{query}.json", params={"_shape": "array", **parameters})
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()
        return found


def words(element: html.HtmlElement) -> str:
    """The text of an element with its white space made plain."""
    return " ".join(element.text_content().split())


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as ``public.db``."""
    return sample().write(tmp_path_factory.mktemp("public") / "public.db")


@pytest.fixture(scope="session")
def site(public: Path) -> Iterator[Site]:
    """The site over the sample."""
    made = Site(public=public)
    yield made
    made.runner.close()


@pytest.fixture
def site_of(tmp_path: Path) -> Iterator[Any]:
    """Makes a site over a sample of the test's own."""
    made: list[Site] = []

    def make(own: Sample) -> Site:
        made.append(Site(public=own.write(tmp_path / "public.db")))
        return made[-1]

    yield make
    for one in made:
        one.runner.close()


@pytest.fixture(scope="session")
def server(public: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of plain ``datasette FOLDER`` in a process of its own, the sample beside the site's files."""
    folder = tmp_path_factory.mktemp("served") / "site"
    shutil.copytree(SITE, folder, ignore=shutil.ignore_patterns("*.db*", "__pycache__"))
    shutil.copy(public, folder / "public.db")
    command = [sys.executable, "-m", "datasette", "serve", str(folder), "--host", "127.0.0.1", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        address = _address(process)
        # What it says later must not fill the pipe and stop it.
        drain = threading.Thread(target=process.stderr.read, daemon=True)  # type: ignore[union-attr] # it is a pipe
        drain.start()
        yield address
        process.terminate()
        drain.join()


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        said.append(line)
        if found := re.search(r"running on (http://127\.0\.0\.1:\d+)", line):
            return found.group(1)
    raise AssertionError("datasette did not start: " + "".join(said))
