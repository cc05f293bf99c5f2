"""``python -m scraper.standin``: prints its address, then serves until it is told to end."""

import json
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Literal

import click

from scraper.parent import end_with
from scraper.standin.faults import Faults
from scraper.standin.moving import Clock, MovingSite, MovingWorld, moment_of
from scraper.standin.server import HOST, StandinServer
from scraper.standin.site import Options, Site
from scraper.standin.truth import truth_at, truth_of_all
from scraper.standin.upheaval import QUIET, Upheaval, plan_upheaval
from scraper.standin.world import World

SHARE = click.FloatRange(0, 1)


def _end_with(_context: click.Context, _option: click.Parameter, parent: int | None) -> None:
    if parent is not None:
        end_with(parent)


@click.command(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="0 takes any that is free.")
@click.option("--seed", type=int, default=1, help="The same seed makes the same world, byte for byte.")
@click.option("--requests", type=click.IntRange(1, 20000), default=300, help="How many requests the world holds.")
@click.option("--truth", is_flag=True, help="Print what the world truly holds as JSON, and serve nothing.")
@click.option(
    "--robots", type=click.Choice(["develop", "release", "deny-all"]), default="develop", help="Which robots.txt."
)
@click.option("--no-authorities-csv", is_flag=True, help="Answer 204 for the list of authorities.")
@click.option("--max-pages", type=click.IntRange(1, 1000), default=20, help="Pages of a list after which all are 404.")
@click.option(
    "--latency", type=click.FloatRange(0, 60), default=0.0, help="Seconds that an answer takes, more or less."
)
@click.option("--error-rate", type=SHARE, default=0.0, help="Share of answers that are 500, 502 or 503.")
@click.option("--rate-limit", default="0", help="Requests a second above which the answer is 429, such as 5/s.")
@click.option("--reset-rate", type=SHARE, default=0.0, help="Share of answers cut off half-way.")
@click.option(
    "--challenge-after", type=click.IntRange(0), default=0, help="Requests after which all is a challenge page."
)
@click.option("--recent", type=click.IntRange(0, 5000), default=0, help="Further requests, made in the last year.")
@click.option("--at", "moment", help="Show a site that changes with time as it was then, such as 2026-01-31T09:30.")
@click.option(
    "--follow-clock", is_flag=True, help="Show a site that changes with time as it is by this machine's clock."
)
@click.option(
    "--changes-from", help="With --at or --follow-clock: when things begin to be hidden, renamed, ... [default: never]"
)
@click.option("--changes-until", help="With --changes-from: when that ends.")
@click.option("--control", is_flag=True, help="For tests: /__standin__/at?time=... sets the site's clock.")
@click.option(
    "--parent", type=int, callback=_end_with, expose_value=False, help="End when this process, which began it, is gone."
)
@click.option("--log", type=click.Path(dir_okay=False, path_type=Path), help="Write a line of JSON for each request.")
def main(  # noqa: PLR0913 - one parameter an option
    *,
    port: int,
    seed: int,
    requests: int,
    truth: bool,
    robots: Literal["develop", "release", "deny-all"],
    no_authorities_csv: bool,
    max_pages: int,
    latency: float,
    error_rate: float,
    rate_limit: str,
    reset_rate: float,
    challenge_after: int,
    recent: int,
    moment: str | None,
    follow_clock: bool,
    changes_from: str | None,
    changes_until: str | None,
    control: bool,
    log: Path | None,
) -> None:
    """Serve the stand-in site on 127.0.0.1; its address is the first line printed."""
    world = World(seed=seed, requests=requests, recent=recent)
    moves = moment is not None or follow_clock
    if truth and not moves:
        click.echo(json.dumps(truth_of_all(world.requests), ensure_ascii=False, indent=1))
        return
    faults = Faults(
        latency=latency,
        error_rate=error_rate,
        rate_limit=_per_second(rate_limit),
        reset_rate=reset_rate,
        challenge_after=challenge_after,
    )
    options = Options(robots=robots, authorities_csv=not no_authorities_csv, max_pages=max_pages)
    site: Site | MovingSite = Site(world, options)
    if moves:
        moving = MovingWorld(world, _upheaval(world, changes_from, changes_until))
        site = MovingSite(moving, _clock(moment), options, control=control)
        if truth:
            click.echo(json.dumps(truth_at(moving, site.now()), ensure_ascii=False, indent=1))
            return
    try:
        server = StandinServer(site, port=port, faults=faults, log=log)
    except OSError as error:
        raise click.ClickException(f"Cannot listen on {HOST}, port {port}: {error.strerror}. Try --port 0.") from error
    _serve(server)


def _upheaval(world: World, first: str | None, last: str | None) -> Upheaval:
    if first is None or last is None:
        return QUIET
    return plan_upheaval(world, _moment(first), _moment(last))


def _clock(moment: str | None) -> Clock:
    if moment is None:
        return lambda: datetime.now(UTC)
    fixed = _moment(moment)
    return lambda: fixed


def _moment(text: str) -> datetime:
    try:
        return moment_of(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is no moment; write it as 2026-01-31T09:30") from None


def _per_second(text: str) -> float:
    try:
        return float(text.removesuffix("/s"))
    except ValueError:
        raise click.BadParameter(
            f"{text!r} is no rate; write requests a second, such as 5/s", param_hint="--rate-limit"
        ) from None


def _serve(server: StandinServer) -> None:
    signal.signal(signal.SIGTERM, _end)
    click.echo(server.base)
    sys.stdout.flush()
    try:
        server.serve_forever(poll_interval=0.1)
    except KeyboardInterrupt:
        click.echo("Ended.", err=True)
    finally:
        server.server_close()
        server.log.close()


def _end(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
