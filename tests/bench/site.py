"""How long the site takes over a public database: every kind of page, canned query and search, cold and warm.

Each answer comes from ``wdtk serve`` over a socket that is kept open. Beside it, in turns, stands a plain SELECT: the
very statements that the page asked, run by ``sqlite3`` on the same file. Warm is processor time, so that other work on
the machine does not count; cold is the clock, in a new process, with nothing of the file in memory.

``python -m tests.bench.site public.db`` prints a line for each kind, and which of its addresses is the slowest.
"""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from tests.bench.figures import Figure, How, Part
from tests.bench.site_addresses import Kind, kinds
from tests.bench.site_select import Statement, pages, plain, selected
from tests.bench.site_server import Server, Took, forget, served

ROUNDS = 3
COLD = 2
"""Addresses of each kind that are asked cold."""
LARGEST = 200_000
"""Bytes that no page may have."""
BESIDE = "the same statements, plain SELECT"
_TURNS = 3


@dataclass(frozen=True, kw_only=True)
class Timed:
    """One address of a kind: each answer and, beside it, milliseconds of processor of its statements."""

    address: str
    took: tuple[Took, ...]
    plain: tuple[float, ...]

    @property
    def processor(self) -> float:
        """Its median."""
        return statistics.median(one.processor for one in self.took)


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A kind, warm and cold."""

    kind: Kind
    warm: tuple[Timed, ...]
    cold: tuple[tuple[Took, float], ...] = ()
    """Each answer, with the milliseconds of its statements as coldly."""

    def processor(self, share: float) -> float:
        """Warm: milliseconds of processor within which that share of the answers came."""
        return within([took.processor for one in self.warm for took in one.took], share)

    def clock(self, share: float) -> float:
        """The same by the clock."""
        return within([took.clock for one in self.warm for took in one.took], share)

    def plain(self, share: float) -> float:
        """The same of the statements alone, by the processor."""
        return within([took for one in self.warm for took in one.plain], share)

    @property
    def slowest(self) -> Timed:
        """The slowest of its addresses."""
        return max(self.warm, key=lambda one: one.processor)


def within(found: Sequence[float], share: float) -> float:
    """The least of ``found`` that is no less than that share of them."""
    return sorted(found)[max(0, -(-int(len(found) * share * 1000) // 1000) - 1)] if found else 0.0


def figures(public: Path, size: int) -> Iterator[Figure]:
    """The figures of every kind over a database of ``size`` requests."""
    for measured in measure(public):
        yield from _figures(measured, size)


def _figures(measured: Measured, size: int) -> Iterator[Figure]:
    kind = measured.kind
    part: Part = "search" if kind.is_search else "site"
    repeats = sum(len(one.took) for one in measured.warm)
    warm: tuple[tuple[How, float, float | None], ...] = (
        ("warm, median", 0.5, None),
        ("warm, 95th percentile", 0.95, kind.limit),
    )
    cold: tuple[tuple[How, float], ...] = (("cold, median", 0.5), ("cold, 95th percentile", 0.95))
    for how, share, limit in warm:
        yield Figure(
            part=part, what=kind.name, how=how, size=size, unit="ms", ours=measured.processor(share),
            reference=measured.plain(share), beside=BESIDE, limit=limit, repeats=repeats,
        )  # fmt: skip
    for how, share in cold if measured.cold else ():
        yield Figure(
            part=part, what=kind.name, how=how, size=size, unit="ms",
            ours=within([took.clock for took, _ in measured.cold], share),
            reference=within([plain for _, plain in measured.cold], share), beside=BESIDE,
            repeats=len(measured.cold),
        )  # fmt: skip


def measure(public: Path, *, only: str = "", cold: bool = True, rounds: int = ROUNDS) -> Iterator[Measured]:
    """Every kind whose name holds ``only``, in turn."""
    found = [kind for kind in kinds(public) if only in kind.name]
    with pages(public) as asked, served(public) as server:
        for kind in found:
            told = {address: asked.statements(address) for address in kind.addresses}
            warm = _warm(server, public, told, rounds)
            yield Measured(kind=kind, warm=warm, cold=tuple(_cold(public, told)) if cold else ())


def _warm(server: Server, public: Path, told: dict[str, tuple[Statement, ...]], rounds: int) -> tuple[Timed, ...]:
    connection = plain(public)
    found = []
    for address, statements in told.items():
        _checked(address, server.ask(address))
        selected(connection, statements)
        turns = [(server.ask(address), selected(connection, statements)[1]) for _ in range(rounds)]
        found.append(
            Timed(address=address, took=tuple(ours for ours, _ in turns), plain=tuple(beside for _, beside in turns))
        )
    connection.close()
    return tuple(found)


def _cold(public: Path, told: dict[str, tuple[Statement, ...]]) -> Iterator[tuple[Took, float]]:
    addresses = list(told)
    for address in addresses[:: max(1, len(addresses) // COLD)][:COLD]:
        with served(public) as server:
            forget(public)
            took = _checked(address, server.ask(address))
        forget(public)
        connection = plain(public)
        yield took, selected(connection, told[address])[0]
        connection.close()


def _checked(address: str, took: Took) -> Took:
    """The answer; ValueError where it is none that a reader could use."""
    if took.status >= 500:
        raise ValueError(f"{address} was answered with {took.status}")
    if took.kind == "text/html" and took.size > LARGEST:
        raise ValueError(f"{address} has {took.size:,} bytes, more than a page may have")
    return took


@click.command()
@click.argument("public", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--only", default="", help="Kinds whose name holds this.")
@click.option("--cold/--warm", default=False, help="Measure in new processes too.")
@click.option("--rounds", default=ROUNDS, show_default=True)
@click.option("--each", is_flag=True, help="A line for each address.")
def main(public: Path, only: str, cold: bool, rounds: int, each: bool) -> None:
    """Measure and print."""
    head = ("kind", "asked", "median", "p95", "clock", "p95", "select", "p95", "ratio", "cold")
    click.echo(f"{head[0]:34}" + "".join(f"{one:>8}" for one in head[1:]) + "  slowest")
    for one in measure(public, only=only, cold=cold, rounds=rounds):
        click.echo(_line(one))
        for address in sorted(one.warm, key=lambda timed: -timed.processor) if each else ():
            plain = statistics.median(address.plain)
            last = address.took[-1]
            click.echo(f"    {address.processor:8.1f}{plain:8.1f}{last.status:5}{last.size:9}  {address.address[:150]}")


def _line(one: Measured) -> str:
    median, slow = one.processor(0.5), one.processor(0.95)
    plain = one.plain(0.5)
    numbers = [median, slow, one.clock(0.5), one.clock(0.95), plain, one.plain(0.95), median / plain if plain else 0]
    numbers.append(within([took.clock for took, _ in one.cold], 0.95))
    mark = " MISSED" if one.kind.limit is not None and slow > one.kind.limit else ""
    told = "".join(f"{number:8.1f}" for number in numbers)
    return f"{one.kind.name:34}{len(one.warm):8}{told}  {one.slowest.processor:.0f} {one.slowest.address[:90]}{mark}"


if __name__ == "__main__":
    main()
