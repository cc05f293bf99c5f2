"""One stand-in of the usual size for the tests of its surface, and a client that follows no redirect."""

import http.client
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import pytest

from scraper.standin import running
from scraper.standin.records import StandinFile, StandinMessage, StandinRequest
from scraper.standin.world import World


@dataclass(frozen=True)
class Got:
    """One answer; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def path(self) -> str:
        """Where a redirect leads, without the host."""
        parts = urlsplit(self.headers["location"])
        found = (
            parts.path + (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
        )
        return found or "/"


Get = Callable[..., Got]


def get_from(base: str) -> Get:
    address = urlsplit(base).netloc

    def get(path: str, *, method: str = "GET", **headers: str) -> Got:
        connection = http.client.HTTPConnection(address, timeout=240)
        try:
            connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            named = {name.lower(): value for name, value in answer.getheaders()}
            return Got(answer.status, named, answer.read())
        finally:
            connection.close()

    return get


@pytest.fixture(scope="session")
def world() -> World:
    return World()


@pytest.fixture(scope="session")
def base() -> Iterator[str]:
    with running() as address:
        yield address


@pytest.fixture(scope="session")
def get(base: str) -> Get:
    return get_from(base)


@pytest.fixture(scope="session")
def client() -> Callable[[str], Get]:
    """For tests that start a stand-in of their own."""
    return get_from


@pytest.fixture(scope="session")
def odd(world: World) -> Callable[[str], StandinRequest]:
    """The first request that has that odd thing."""

    def find(thing: str) -> StandinRequest:
        return next(request for request in world.requests if thing in request.odd)

    return find


@pytest.fixture(scope="session")
def file_path() -> Callable[[StandinRequest, StandinMessage, StandinFile], str]:
    def path(request: StandinRequest, message: StandinMessage, file: StandinFile) -> str:
        return f"/request/{request.slug}/response/{message.id}/attach/{file.part}/{quote(file.name)}"

    return path
