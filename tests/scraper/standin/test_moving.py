"""The stand-in that changes with time: what had happened by a moment, what was taken away, and when it is down."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from parsers.wdtk.request_json import parse_request_json
from parsers.wdtk.request_page import parse_request_page
from scraper.standin import running
from scraper.standin.calendar import TODAY, at
from scraper.standin.changes import CHANGE_KINDS, Change, ChangeKind
from scraper.standin.moving import CONTROL, MovingSite, MovingWorld
from scraper.standin.past import as_it_was
from scraper.standin.truth import secrets_at, visible_of
from scraper.standin.upheaval import plan_upheaval
from scraper.standin.world import Holding, World

from .conftest import get_from

FIRST, LAST = datetime(2025, 5, 1, 3, tzinfo=UTC), datetime(2026, 5, 1, 3, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)
BASE = "http://127.0.0.1:9"


@pytest.fixture(scope="module")
def moving() -> MovingWorld:
    world = World(requests=120, recent=180)
    return MovingWorld(world, plan_upheaval(world, FIRST, LAST))


def test_on_its_last_day_the_world_is_as_it_always_was() -> None:
    world = World(requests=300)
    evening = at(TODAY, 23, 59)
    assert [as_it_was(request, evening) for request in world.requests] == list(world.requests)


def test_a_world_without_changes_only_grows() -> None:
    world = World(requests=60, recent=60)
    before: set[int] = set()
    for day in range(0, 400, 40):
        now = {request.id for request in MovingWorld(world).at(FIRST + timedelta(days=day)).requests}
        assert before <= now
        before = now
    assert len(before) > len(MovingWorld(world).at(FIRST).requests) + 20


def test_the_clock_alone_makes_a_request_overdue() -> None:
    world = World(requests=60, recent=60)
    silent = next(one for one in world.requests if len(one.events) == 1 and one.created_at < LAST and not one.embargoed)
    told = []
    for days in (0, 1, 40):
        then = as_it_was(silent, at(silent.due_on, 12) + timedelta(days=days))
        assert then is not None
        told.append((then.calculated_status, len(then.events)))
    assert told == [
        ("waiting_response", 1),
        ("waiting_response_overdue", 1),
        ("waiting_response_very_overdue", 1),
    ]


def test_an_answer_is_not_described_before_somebody_has_done_so() -> None:
    world = World(requests=60)
    request = next(one for one in world.requests if any(event.event_type == "status_update" for event in one.events))
    update = next(event for event in request.events if event.event_type == "status_update")
    then = as_it_was(request, update.created_at - A_MINUTE)
    assert then is not None
    answer = next(event for event in reversed(then.events) if event.event_type == "response")
    assert (then.awaiting_description, answer.calculated_state, answer.last_described_at) == (True, None, None)


def test_every_kind_of_change_is_in_a_year_and_takes_its_secret_away(moving: MovingWorld) -> None:
    """What the page, the JSON and the lists show just before and just after, as a visitor gets them."""
    assert {change.kind for change in moving.upheaval.changes} == set(CHANGE_KINDS)
    for change in moving.upheaval.changes:
        before, after = _shown(moving, change, -A_MINUTE), _shown(moving, change, A_MINUTE)
        if change.kind in {"moved", "reparsed", "file_scanned", "file_back", "file_replaced", "file_censored"}:
            assert before != after, change
        elif change.kind == "shown_again":
            assert (change.secret or "") in after
        elif change.kind == "backpage":
            assert "noindex" in after
            assert "noindex" not in before
        elif not change.kind.startswith("file_") or change.kind == "file_renamed":
            assert (change.secret or "?") in before, change
            assert (change.secret or "?") not in after, change


def _shown(moving: MovingWorld, change: Change, away: timedelta) -> str:
    """The page and the JSON of the request, and the hashes of its files."""
    world = moving.at(change.at + away)
    site = MovingSite(moving, lambda: change.at + away)
    request = world.by_id.get(change.request)
    found = [visible_of(request) or {} if request else {}]
    slug = request.slug if request else change.slug
    pages = [site.answer(f"/request/{slug}{ending}", base=BASE).body.decode() for ending in ("", ".json")]
    return f"{found}\n{''.join(pages)}".lower()


@pytest.mark.parametrize(
    ("kind", "status"),
    [("hidden", 403), ("requester_only", 403), ("embargoed", 404), ("deleted", 404), ("backpage", 200)],
)
def test_what_is_taken_down_answers_as_the_real_site_does(moving: MovingWorld, kind: ChangeKind, status: int) -> None:
    change = next(change for change in moving.upheaval.changes if change.kind == kind)
    slug = moving.at(change.at - A_MINUTE).by_id[change.request].slug
    assert _answer(moving, change.at - A_MINUTE, f"/request/{slug}") == 200
    assert _answer(moving, change.at + A_MINUTE, f"/request/{slug}") == status
    assert _answer(moving, change.at + A_MINUTE, f"/request/{change.request}") == (301 if status == 200 else 404)


def test_an_old_slug_leads_nowhere_and_the_number_leads_on(moving: MovingWorld) -> None:
    change = next(change for change in moving.upheaval.changes if change.kind == "retitled")
    old = moving.at(change.at - A_MINUTE).by_id[change.request].slug
    after = change.at + A_MINUTE
    assert old != change.slug
    assert _answer(moving, after, f"/request/{old}") == 404
    answer = MovingSite(moving, lambda: after).answer(f"/request/{change.request}", base=BASE)
    assert answer.headers["Location"] == f"{BASE}/request/{change.slug}"


def _answer(moving: MovingWorld, moment: datetime, target: str) -> int:
    return MovingSite(moving, lambda: moment).answer(target, base=BASE).status


def test_secrets_are_known_from_their_moment_until_they_are_shown_again(moving: MovingWorld) -> None:
    again = next(change for change in moving.upheaval.changes if change.kind == "shown_again")
    hidden = next(one for one in moving.upheaval.changes if one.request == again.request and one.kind == "hidden")

    def words(moment: datetime) -> set[str]:
        return {one.word for one in secrets_at(moving.requests, moving.upheaval.changes, moment)}

    assert hidden.secret not in words(hidden.at - A_MINUTE)
    assert hidden.secret in words(hidden.at)
    assert hidden.secret not in words(again.at)


def test_bodies_come_and_go_and_are_renamed(moving: MovingWorld) -> None:
    changes = {change.kind: change for change in moving.upheaval.bodies}
    assert set(changes) == {"new", "renamed", "defunct", "merged"}

    def body(kind: str, away: timedelta) -> tuple[Holding, object]:
        world = moving.at(changes[kind].at + away)  # type: ignore[index]  # the kinds of above
        return world, next((one for one in world.authorities if one.id == changes[kind].body), None)  # type: ignore[index]

    assert body("new", -A_MINUTE)[1] is None
    assert body("new", A_MINUTE)[1] is not None
    _, old = body("renamed", -A_MINUTE)
    world, new = body("renamed", A_MINUTE)
    assert world.former_bodies[old.url_name] == new  # type: ignore[attr-defined]
    assert _answer(moving, changes["renamed"].at + A_MINUTE, f"/body/{old.url_name}") == 302  # type: ignore[attr-defined]
    world, merged = body("merged", A_MINUTE)
    assert not world.by_authority[merged.url_name]  # type: ignore[attr-defined]
    assert ("defunct", None) in merged.tags  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("kind", "status"),
    [("bad_gateway", 502), ("unavailable", 503), ("maintenance", 200), ("challenge", 403), ("slow", 200)],
)
def test_outages_are_for_every_address_and_end(moving: MovingWorld, kind: str, status: int) -> None:
    outage = next(outage for outage in moving.upheaval.outages if outage.kind == kind)
    during = MovingSite(moving, lambda: outage.begins + A_MINUTE)
    assert during.answer("/list", base=BASE).status == status
    assert (b"maintenance" in during.answer("/list", base=BASE).body) == (kind == "maintenance")
    assert _answer(moving, outage.ends, "/list") == 200


def test_every_page_of_every_season_is_explained_by_the_parsers(moving: MovingWorld) -> None:
    for days in (0, 120, 365):
        moment = FIRST + timedelta(days=days)
        site = MovingSite(MovingWorld(moving.world, moving.upheaval), lambda moment=moment: moment)  # type: ignore[misc]
        for request in moving.at(moment).requests[::4]:
            if request.readable and site.answer("/", base=BASE).status == 200:
                record = parse_request_json(site.answer(f"/request/{request.slug}.json", base=BASE).body)
                page = parse_request_page(site.answer(f"/request/{request.slug}", base=BASE).body)
                assert (record.unexplained, page.unexplained, record.id) == ((), (), request.id)


def test_its_clock_is_set_from_outside_only_where_that_was_asked_for() -> None:
    options: dict[str, object] = {"requests": 12, "recent": 12, "at": "2025-01-01T00:00"}
    later = f"{CONTROL}?time=2026-06-30T12:00"
    with running(**options, control=True) as base:  # type: ignore[arg-type]  # passed on
        get = get_from(base)
        before = get("/list").text
        assert (get(later).status, get(f"{CONTROL}?time=noon").status) == (200, 400)
        assert get("/list").headers["date"] == "Tue, 30 Jun 2026 11:00:00 GMT"
        assert get("/list").text != before
    with running(**options) as base:  # type: ignore[arg-type]  # passed on
        assert get_from(base)(later).status == 404


def test_it_tells_what_may_be_seen_at_a_moment() -> None:
    def asked(moment: str) -> dict[str, list[str]]:
        span = ["--changes-from", "2025-01-01", "--changes-until", "2025-12-31"]
        command = [sys.executable, "-m", "scraper.standin", "--requests", "20", "--truth", "--at", moment, *span]
        told: dict[str, list[str]] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        return told

    assert asked("2024-12-31T12:00")["secrets"] == []
    assert len(asked("2026-06-30T12:00")["secrets"]) > 3
    assert len(asked("2015-01-01T12:00")["requests"]) < len(asked("2026-06-30T12:00")["requests"])
