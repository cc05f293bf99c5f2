"""The site over the sample: in this process for most tests, as a server of its own for the browser."""

import asyncio
import json
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from lxml import html

from tests.data.sample import Sample
from tests.data.threads import sample

SITE = Path(__file__).parents[2] / "data" / "site"


PATIENT = {"sql_time_limit_ms": 60_000, "facet_time_limit_ms": 60_000}
"""A machine that stands still for a moment ends no question and leaves out no facet."""


class Loop:
    """An event loop in a thread of its own: in that of the tests a browser may have one."""

    def __init__(self) -> None:
        self._runner, self._thread = asyncio.Runner(), ThreadPoolExecutor(1)

    def run(self, wanted: Coroutine[Any, Any, Any]) -> Any:
        """What the coroutine answers."""
        return self._thread.submit(self._runner.run, wanted).result()

    def close(self) -> None:
        """End the loop and its thread."""
        self._thread.submit(self._runner.close).result()
        self._thread.shutdown()


class Site:
    """Datasette with the folder ``data/site`` over one database, asked without a network."""

    def __init__(self, *, public: Path) -> None:
        self.runner = Loop()
        self.datasette = Datasette([], immutables=[str(public)], config_dir=SITE)
        self.datasette._settings.update(PATIENT)
        self.datasette.sql_time_limit_ms = PATIENT["sql_time_limit_ms"]
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
def site_over() -> Iterator[Callable[[Path], Site]]:
    """The site over a database, begun once for each."""
    with ExitStack() as opened:

        @cache
        def over(public: Path) -> Site:
            made = Site(public=public)
            opened.callback(made.runner.close)
            return made

        yield over


@pytest.fixture(scope="module")
def site(public: Path, site_over: Callable[[Path], Site]) -> Site:
    """The site over the sample, or over the ``public`` that a module has in its place.

    Of the whole session it would be over the first ``public`` asked for, whichever module asks next.
    """
    return site_over(public)


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
def server_over(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], str]]:
    """The address of plain ``datasette FOLDER`` in a process of its own over a database, begun once for each."""
    with ExitStack() as opened:

        @cache
        def over(public: Path) -> str:
            return opened.enter_context(_served(public, tmp_path_factory.mktemp("served") / "site"))

        yield over


@pytest.fixture(scope="module")
def server(public: Path, server_over: Callable[[Path], str]) -> str:
    """The address of a server over the sample, or over the ``public`` that a module has in its place."""
    return server_over(public)


@contextmanager
def _served(public: Path, folder: Path) -> Iterator[str]:
    shutil.copytree(SITE, folder, ignore=shutil.ignore_patterns("*.db*", "__pycache__"))
    shutil.copy(public, folder / "public.db")
    settings = json.loads((SITE / "settings.json").read_text(encoding="utf-8"))
    (folder / "settings.json").write_text(json.dumps(settings | PATIENT), encoding="utf-8")
    command = [sys.executable, "-m", "datasette", "serve", str(folder), "--host", "127.0.0.1", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        try:
            address = _address(process)
            # What it says later must not fill the pipe and stop it.
            drain = threading.Thread(target=process.stderr.read, daemon=True)  # type: ignore[union-attr] # it is a pipe
            drain.start()
            yield address
        finally:
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
