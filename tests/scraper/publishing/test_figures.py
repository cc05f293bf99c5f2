"""The totals in ``about`` are those of the tables beside them."""

from collections.abc import Callable
from typing import Any

from tests.scraper.publishing.archives import Seeds, refused

SAME = {
    "requests_read": "SELECT count(*) FROM requests WHERE letters_read > 0",
    "messages_incoming": "SELECT count(*) FROM messages WHERE direction = 'incoming'",
    "grounds_counted": "SELECT count(*) FROM exemption_use",
    "files": "SELECT sum(attachments) FROM coverage",
    "requests_met": "SELECT sum(found) FROM coverage",
    "first_asked_on": "SELECT coalesce(min(asked_on), '') FROM requests",
    "requests_known_to_the_site": "SELECT coalesce(sum(known), 0) FROM coverage",
}


def test_each_total_is_what_its_table_comes_to(seeds: Seeds, published: Callable[..., Any]) -> None:
    seeds.authority()
    refused(seeds)
    ask = published()
    told = dict(ask("SELECT key, value FROM about"))
    assert {key: told[key] for key in SAME} == {key: str(ask(question)[0][0]) for key, question in SAME.items()}
    assert int(told["messages_incoming"]) > 0
    assert told["files_waiting"].isdigit()


def test_freshness_is_counted_back_from_the_building(seeds: Seeds, published: Callable[..., Any]) -> None:
    seeds.authority()
    for number, day in enumerate(("2099-01-01T00:00:00Z", "2001-01-01T00:00:00Z"), start=7):
        refused(seeds, number, last_checked_at=day)
    told = dict(published()("SELECT key, value FROM about WHERE key LIKE 'requests\\_checked%' ESCAPE '\\'"))
    assert told == {f"requests_checked_within_{days}_days": "1" for days in (7, 30, 90, 365)}
