"""Families of an archive of one's own: who is in them, and who leaves."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scraper.archive.database import Archive
from scraper.standin.world import World
from tests.scraper.publishing.archives import REQUESTER, Seeds
from tests.scraper.publishing.conftest import Query

Published = Callable[..., Query]
ASKED = (
    "Dear Borough of Number {body},\n\nUnder the Freedom of Information Act 2000 please tell me how much was paid into "
    "the apprenticeship levy in each of the last three financial years, how much of that expired unspent, and how many "
    "apprentices were taken on by age and by level.{more}\n\nYours faithfully,\n\n{name}"
)
WHY = (
    "We are withholding {what} under {cited}. A rival that knew these figures could undercut the supplier of the "
    "Borough, which would get worse bids when the work is next put to tender, and the public purse would suffer."
)


def ask(seeds: Seeds, number: int, body: int, *, day: str = "2025-03-03", more: str = "", **fields: Any) -> None:
    seeds.request(number, body, **fields)
    text = ASKED.format(body=body, name=REQUESTER, more=more)
    seeds.message(f"outgoing-{number}1", number, 1, text, sent_at=f"{day}T10:00:00+00:00")
    seeds.event("sent", f"outgoing-{number}1", number, created_at=f"{day}T10:00:00+00:00")


def refuse(seeds: Seeds, number: int, *, cited: str, provision: str, what: str = "the unit prices") -> None:
    text = f"Dear Sir,\n\nSection 43 - Commercial interests\n\n{WHY.format(what=what, cited=cited)}\n\nYours faithfully"
    told = seeds.message(f"incoming-{number}2", number, 2, text, sent_at="2025-04-03T10:00:00+01:00")
    seeds.event("response", told, number)
    seeds.reading(told, told, [text], number, citations=[("FOIA", provision, "relied_on", cited)])


@pytest.fixture
def bodies(seeds: Seeds) -> Seeds:
    for number in range(1, 6):
        seeds.authority(number, name=f"Borough of Number {number}")
    return seeds


def test_one_request_to_three_bodies_is_a_family_named_after_its_first(bodies: Seeds, published: Published) -> None:
    for number, body in ((12, 3), (7, 1), (9, 2)):
        ask(bodies, number, body, day=f"2025-03-{number:02}")
    ask(bodies, 14, 3, more=" I also want to know who decided on it.")
    bodies.request(15, 4)
    bodies.message("outgoing-151", 15, 1, "Dear all,\n\nHow long is the waiting list for allotments at each site here?")
    bodies.event("sent", "outgoing-151", 15)
    ask_it = published()
    assert ask_it(
        "SELECT id, kind, size, authorities, requests, first_day, last_day, title, batches FROM families"
    ) == [("round-robin-7", "round_robin", 4, 3, 4, "2025-03-03", "2025-03-12", "Costs of the car park, part 7", 0)]
    members = ask_it("SELECT id, request_id, authority_id, day, likeness, citation_id FROM family_members ORDER BY 2")
    assert [member[1:4] for member in members] == [
        (7, 1, "2025-03-07"), (9, 2, "2025-03-09"), (12, 3, "2025-03-12"), (14, 3, "2025-03-03"),
    ]  # fmt: skip
    assert [member[4] == 1 for member in members] == [True, True, True, False]
    assert ask_it("SELECT count(*) FROM families WHERE representative NOT IN (SELECT id FROM family_members)") == [(0,)]


def test_the_same_words_to_one_body_or_a_year_later_are_no_round_robin(bodies: Seeds, published: Published) -> None:
    ask(bodies, 7, 1)
    ask(bodies, 8, 1)
    ask(bodies, 9, 2, day="2023-03-03")
    assert published()("SELECT count(*) FROM families") == [(0,)]


def test_what_the_site_sent_as_one_batch_is_one_family_whatever_it_says(bodies: Seeds, published: Published) -> None:
    ask(bodies, 7, 1, batch_id=17)
    ask(bodies, 8, 2)
    for number, body in ((9, 3), (10, 4)):
        bodies.request(number, body, batch_id=17)
        bodies.message(f"outgoing-{number}1", number, 1, "Short.", sent_at="2025-03-03T10:00:00+00:00")
        bodies.event("sent", f"outgoing-{number}1", number)
    ask_it = published()
    assert ask_it("SELECT id, size, authorities, batches FROM families") == [("round-robin-7", 4, 4, 1)]
    assert ask_it("SELECT request_id, likeness FROM family_members ORDER BY 1") == [(7, 1), (8, 1), (9, 0), (10, 0)]


def test_a_paragraph_of_two_bodies_is_a_family_whatever_the_ground(bodies: Seeds, published: Published) -> None:
    for number, body in ((7, 1), (8, 2), (9, 3)):
        ask(bodies, number, body, day=f"202{body}-01-01")
    refuse(bodies, 7, cited="section 43(2)", provision="43(2)")
    refuse(bodies, 8, cited="s.41(1) of the FOIA", provision="41(1)", what="the pricing schedule")
    ask_it = published()
    assert ask_it("SELECT id, kind, size, authorities, representative FROM families") == [
        ("template-incoming-72-3", "template", 2, 2, "incoming-72/paragraph/3")
    ]
    placed = """
        SELECT f.id, substr(m.text, f.start + 1, f."end" - f.start), c.provision FROM family_members AS f
        JOIN messages AS m ON m.id = f.message_id JOIN citations AS c ON c.id = f.citation_id ORDER BY 1"""
    found = ask_it(placed)
    assert [provision for _, _, provision in found] == ["43(2)", "41(1)"]
    assert all(words.startswith("We are withholding") and words.endswith("suffer.") for _, words, _ in found)
    assert (
        found[0][1] == ask_it("SELECT title FROM families")[0][0]
        or ask_it("SELECT title FROM families")[0][0][-1] == "…"
    )


def test_withdrawn_things_leave_their_families(bodies: Seeds, published: Published) -> None:
    for number, body in ((7, 1), (8, 2), (9, 3)):
        ask(bodies, number, body)
        refuse(bodies, number, cited="section 43(2)", provision="43(2)")
    assert published()("SELECT id, size FROM families ORDER BY 1") == [
        ("round-robin-7", 3), ("template-incoming-72-3", 3),
    ]  # fmt: skip
    gone = {"state": "hidden", "first_seen_at": "2025-06-30", "last_seen_at": "2025-06-30", "looks": 1}
    bodies.insert("withdrawals", subject="request/7", request_id=7, **gone)
    bodies.insert("withdrawals", subject="incoming-82", request_id=8, **gone)
    ask_it = published()
    assert ask_it("SELECT id, size FROM families") == [("round-robin-8", 2)]
    assert ask_it("SELECT count(*) FROM family_members WHERE request_id = 7 OR message_id = 'incoming-82'") == [(0,)]


def test_no_name_comes_into_a_family(bodies: Seeds, published: Published) -> None:
    for number, body in ((7, 1), (8, 2)):
        ask(bodies, number, body, title=f"What {REQUESTER} asks")
        refuse(bodies, number, cited="section 43(2)", provision="43(2)", what=f"what {REQUESTER} asked for")
    titles = published()("SELECT title FROM families")
    assert len(titles) == 2
    assert not any("Featherstone" in title for (title,) in titles)


def test_a_message_of_a_megabyte_of_one_word_harms_nothing(
    bodies: Seeds, published: Published, archive: Archive
) -> None:
    ask(bodies, 7, 1, more=" word" * 200_000)
    ask(bodies, 8, 2)
    archive.connection.execute("UPDATE requests SET title = 'x'")
    assert published()("SELECT size FROM families") == [(2,)]


@pytest.mark.long
def test_the_round_robins_of_the_stand_in_are_found(demo: Path) -> None:
    world = World(seed=1, requests=300)
    together: dict[str, set[int]] = {}
    with sqlite3.connect(demo / "public.db") as connection:
        shown = {id_ for (id_,) in connection.execute("SELECT id FROM requests")}
        for request in world.requests:
            if request.together and request.id in shown:
                together.setdefault(request.together, set()).add(request.id)
        members: dict[str, set[int]] = {}
        rows = "SELECT family_id, request_id FROM family_members WHERE family_id LIKE 'round-robin%'"
        for family, request_id in connection.execute(rows):
            members.setdefault(family, set()).add(request_id)
    connection.close()
    planted = [one for one in together.values() if len(one) > 1]
    assert len(planted) > 3
    for one in planted:
        assert any(one <= found for found in members.values())
    strangers = sum(len(found) for found in members.values()) - sum(map(len, planted))
    assert strangers <= 10
