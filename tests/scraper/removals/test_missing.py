"""What a site drops for good is erased when a person says that it is gone; the alarm until then says how."""

from datetime import datetime

import click.testing

from scraper.archive.database import Archive
from scraper.cli import cli
from scraper.removals.erase import erase_confirmed
from scraper.watch.alarms import alarms
from scraper.watch.facts import gather
from tests.scraper.removals.test_suspects import at, held, look, made, rows, withdrawn

__all__ = ["held", "made"]
EVERY = range(1, 11)


def told(archive: Archive, hours: float) -> dict[str, str]:
    facts = gather(archive.connection, now=datetime.fromisoformat(at(hours)))
    return {alarm.kind: alarm.do for alarm in alarms(facts) if alarm.kind in {"bulk_removals", "removals_wait"}}


def forget(archive: Archive, *arguments: str) -> click.testing.Result:
    folder = archive.path.parent
    places = ["--archive", str(folder), "--public", str(folder / "public.db")]
    return click.testing.CliRunner().invoke(cli, ["forget", *arguments, *places])


def test_what_every_page_lacks_for_good_is_erased_when_a_person_believes_it(held: Archive) -> None:
    for hours in (24, 100, 500):
        look(held, hours, EVERY, ["comment"])
        erase_confirmed(held)
    assert rows(held) == [10, 10, 10]
    assert "`wdtk forget --missing` erases them" in told(held, 501)["bulk_removals"]
    asked = forget(held, "--missing")
    assert "10 annotations of 10 requests, which their pages at the site lack since 2025-05-02" in asked.output
    assert rows(held) == [10, 10, 10]
    done = forget(held, "--missing", "--yes")
    assert done.exit_code == 0, done.output
    assert rows(held) == [10, 10, 0]
    assert told(held, 501) == {}
    look(held, 600, EVERY, ["comment"])
    assert erase_confirmed(held) == {}
    assert told(held, 601) == {}
    look(held, 700, EVERY)
    assert (rows(held), withdrawn(held)) == ([10, 10, 10], [])


def test_what_one_page_after_another_lacked_is_erased_likewise(held: Archive) -> None:
    for number in EVERY:
        for hours in (24 * number, 24 * number + 5):
            look(held, hours, [number], ["comment"])
            erase_confirmed(held)
    assert rows(held)[2] > 5
    assert "`wdtk forget --missing` erases them" in told(held, 600)["removals_wait"]
    forget(held, "--missing", "--yes")
    assert rows(held) == [10, 10, 0]
    assert told(held, 600) == {}


def test_nothing_named_is_a_mistake_and_nothing_missing_is_none(held: Archive) -> None:
    assert forget(held).exit_code == 2
    done = forget(held, "--missing", "--yes")
    assert (done.exit_code, rows(held)) == (0, [10, 10, 10])
    assert "Nothing waits to be erased" in done.output
