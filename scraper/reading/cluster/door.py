"""From an address to a client of the scheduler there, or to a sentence on what is there instead."""

import asyncio
import concurrent.futures
import logging
import re
import socket
import warnings
from typing import Any

import dask
from distributed import Client
from distributed.client import ClosedClientError
from distributed.core import rpc
from distributed.security import Security

from scraper.errors import WdtkError

ADDRESS = re.compile(r"(?:(tcp|tls)://)?(\[[0-9A-Fa-f:.%]{2,60}\]|[A-Za-z0-9._-]{1,253}):(\d{1,5})")
CONNECT_SECONDS = 20.0
GONE = (OSError, TimeoutError, asyncio.CancelledError, concurrent.futures.CancelledError, ClosedClientError)
"""What Dask raises where the scheduler does not answer."""
log = logging.getLogger(__name__)


def connected(address: str) -> Client:
    """A client of the scheduler at this address; ``WdtkError`` where there is none."""
    parts = ADDRESS.fullmatch(address)
    if parts is None:
        raise WdtkError(
            f"{address[:200]!r} is no address of a Dask scheduler. It is printed when `dask scheduler` starts, such as "
            "tcp://10.0.0.5:8786 or tls://10.0.0.5:8786."
        )
    scheme, host, port = parts[1] or "tcp", parts[2], int(parts[3])
    whole, security = f"{scheme}://{host}:{port}", Security()
    security_given = security.get_connection_args("client")
    if scheme == "tls" and security_given["ssl_context"] is None:
        raise WdtkError(
            f"{address} asks for TLS, and Dask has no certificates to use: name them in its configuration "
            "(distributed.comm.tls; data/README.md shows how)."
        )
    _try_port(address, host.strip("[]"), port)
    _hush()
    _try_scheduler(address, whole, security_given)
    large = {"distributed.admin.large-graph-warning-threshold": "1 GiB"}
    with warnings.catch_warnings(), dask.config.set(large):
        warnings.simplefilter("ignore")  # of versions that differ, which every worker is asked for anyway
        try:
            return Client(whole, timeout=CONNECT_SECONDS, set_as_default=False, security=security)
        except GONE as error:
            raise WdtkError(f"The Dask scheduler at {address} answers, and then does not: {error}.") from error


def _try_port(address: str, host: str, port: int) -> None:
    """Dask tries for long, and says of everything that it took too long."""
    try:
        socket.create_connection((host, port), timeout=CONNECT_SECONDS).close()
    except (OSError, OverflowError) as error:
        raise WdtkError(
            f"No Dask scheduler answers at {address}: {error}. Start one with `dask scheduler`, or give the address "
            "that it prints."
        ) from error


def _try_scheduler(address: str, whole: str, security: dict[str, Any]) -> None:
    """A client that could not begin would take long to end."""
    try:
        found = asyncio.run(_identity(whole, security))
    except (*GONE, ValueError, TypeError, RuntimeError) as error:
        raise WdtkError(
            f"What answers at {address} is no Dask scheduler that can be talked to ({type(error).__name__}: {error}). "
            "Give the address that `dask scheduler` prints; with TLS it begins with tls://."
        ) from error
    if found != "Scheduler":
        raise WdtkError(f"What answers at {address} is a {found} of Dask: give the address of its scheduler.")


async def _identity(whole: str, security: dict[str, Any]) -> str:
    async with rpc(whole, timeout=CONNECT_SECONDS, connection_args=security) as there:
        told = await asyncio.wait_for(there.identity(), CONNECT_SECONDS)
    return str(told.get("type"))[:100] if isinstance(told, dict) else "stranger"


def _hush() -> None:
    """What Dask says in its log is said here in a sentence; with -v both are."""
    if not log.isEnabledFor(logging.INFO):
        for name in ["distributed", *logging.Logger.manager.loggerDict]:
            if name.partition(".")[0] == "distributed":
                logging.getLogger(name).setLevel(logging.CRITICAL)
