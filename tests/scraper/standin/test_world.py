"""The world is the same for ever, lifelike, and true to the law's table."""

import csv
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from parsers.letters.records import LetterKind, Outcome
from scraper.standin.calendar import EPOCH_OF_DATA_PROTECTION, TODAY
from scraper.standin.letters.grounds import grounds
from scraper.standin.records import LetterTruth
from scraper.standin.states import LABELS
from scraper.standin.truth import truth_of_all
from scraper.standin.world import World

ROOT = Path(__file__).parent.parent.parent.parent
ODD_THINGS = [
    "hidden_incoming",
    "requester_only_incoming",
    "hidden_outgoing",
    "hidden_comment",
    "hidden_attachment",
    "requester_only_attachment",
    "erased_attachment",
    "hidden_main_part",
    "hidden_request",
    "requester_only_request",
    "embargoed",
    "backpage",
    "renamed",
    "external_requester",
    "anonymous_requester",
    "erased_user",
    "suspended_user",
    "batch",
    "eir_only",
    "resent_block",
    "moved",
    "send_error",
    "redaction_marks",
    "odd_date_header",
    "closed",
    "authority_only",
    "tor_authority",
    "slug_denied_by_robots",
    "defunct_body",
    "not_subject_body",
    "renamed_body",
    "title_collision",
    "title_like_a_suffix",
    "title_of_digits",
    "markup_in_title",
    "unknown_event",
    "administrators_events",
    "corrected_label",
    "folded_quote",
    "several_folds",
    "first_attachment_1",
    "first_attachment_2",
    "first_attachment_3",
    "no_main_part",
    "attachment_gaps",
    "same_names",
    "zero_size",
    "jpeg_octet_stream",
    "csv_cors",
    "masked_once",
    "nested_mail",
    "wait_page",
    "scanned_letter",
    "misnamed_file",
    "broken_file",
    "octet_stream",
    "welsh_letter",
    "state_waiting_response_in_time",
    "state_waiting_response_overdue",
    "state_waiting_response_very_overdue",
    "state_waiting_classification",
]
STATES = set(LABELS) - {"waiting_response_overdue", "waiting_response_very_overdue", "waiting_classification"}


def letters(world: World) -> list[LetterTruth]:
    return [letter for _, letter in placed(world)]


def placed(world: World) -> list[tuple[str, LetterTruth]]:
    """Each letter with the law of its request."""
    return [
        (request.regime, truth)
        for request in world.requests
        for message in request.messages
        for truth in (message.truth, *(file.truth for file in message.files))
        if truth is not None
    ]


def truth_in_a_process(hash_seed: str, *, seed: int = 1) -> bytes:
    command = [sys.executable, "-m", "scraper.standin", "--truth", "--requests", "90", "--seed", str(seed)]
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=True).stdout


def test_the_same_seed_gives_the_same_bytes_in_any_process() -> None:
    """The truth holds every text and the hash of every file, so it is enough to compare that."""
    first = truth_in_a_process("1")
    assert first == truth_in_a_process("2")
    assert b'"sha256"' in first
    assert first != truth_in_a_process("1", seed=2)


def test_the_default_world_is_of_the_size_promised(world: World) -> None:
    assert len(world.requests) == 300
    assert len(world.authorities) > 55
    assert len({request.title for request in world.requests}) > 260
    years = Counter(request.created_at.year for request in world.requests)
    assert min(years) <= 2013
    assert max(years) == 2026


@pytest.mark.parametrize("thing", ODD_THINGS)
def test_every_odd_thing_is_there(world: World, thing: str) -> None:
    assert any(thing in request.odd for request in world.requests)


def test_no_odd_thing_goes_unnamed(world: World) -> None:
    named = {thing for request in world.requests for thing in request.odd}
    assert {thing for thing in named if not thing.startswith("state_")} <= set(ODD_THINGS)


def test_every_state_of_the_site_is_there(world: World) -> None:
    assert {request.described_state for request in world.requests} == STATES
    assert {request.calculated_status for request in world.requests} == set(LABELS)


def test_every_outcome_and_kind_of_letter_is_there(world: World) -> None:
    assert {letter.outcome for letter in letters(world)} == set(get_args(Outcome))
    assert {letter.kind for letter in letters(world)} == set(get_args(LetterKind))


@pytest.mark.parametrize("regime", ["FOIA", "EIR", "FOISA", "EISR"])
def test_every_law_has_refusals_of_the_common_kinds(world: World, regime: str) -> None:
    outcomes = {letter.outcome for law, letter in placed(world) if law == regime}
    assert {"disclosed_part", "withheld", "not_held", "cost_limit"} <= outcomes
    assert {provision for _, letter in placed(world) for law, provision in letter.relied_on if law == regime}


def test_reviews_go_both_ways_and_letters_neither_confirm_nor_deny(world: World) -> None:
    by_outcome = Counter(letter.outcome for letter in letters(world))
    assert by_outcome["review_upheld"] > 3
    assert by_outcome["review_overturned"] >= 2
    assert {law for law, letter in placed(world) if letter.outcome == "ncnd"} >= {"FOIA", "FOISA"}


def test_exemptions_are_as_common_as_in_life(world: World) -> None:
    used = Counter(pair for letter in letters(world) for pair in set(letter.relied_on))
    ranked = [pair for pair, _ in used.most_common(4)]
    assert ranked[0] == ("FOIA", "40(2)")
    assert ("FOIA", "12(1)") in ranked
    assert len(used) > 35


def test_some_bodies_have_many_requests_and_most_have_few(world: World) -> None:
    counts = sorted((len(requests) for requests in world.by_authority.values()), reverse=True)
    assert counts[0] >= 15
    assert sum(counts[:10]) > 100
    assert sum(count <= 4 for count in counts) > 20


def test_letters_travel_in_bodies_and_in_files(world: World) -> None:
    files = [file for request in world.requests for message in request.messages for file in message.files if file.truth]
    kinds = {"response", "refusal_notice", "internal_review_outcome"}
    bodies = [m for request in world.requests for m in request.messages if m.truth and m.truth.kind in kinds]
    assert len(files) > 60
    assert len(bodies) > 60


def test_provisions_of_the_world_are_provisions_of_the_law(world: World) -> None:
    path = ROOT / "parsers" / "law" / "data" / "provisions.csv"
    with path.open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    known = {(row["regime"], row["provision"]) for row in rows}
    said = {pair for letter in letters(world) for pair in (*letter.relied_on, *letter.supporting)}
    said |= {(regime, provision) for letter in letters(world) for regime, provision, _ in letter.mentioned}
    every = {
        (regime, provision)
        for regime in ("FOIA", "EIR", "FOISA", "EISR")
        for ground in grounds(regime).values()
        for provision in ground.provisions
    }
    assert said | every <= known


def test_data_protection_is_that_of_the_day(world: World) -> None:
    for request in world.requests:
        old = request.created_at.date() < EPOCH_OF_DATA_PROTECTION
        for message in request.messages:
            for truth in (message.truth, *(file.truth for file in message.files)):
                laws = {law for law, _ in truth.supporting} if truth else set()
                assert ("UKGDPR" if old else "DPA1998") not in laws


def test_time_runs_forward_and_never_beyond_today(world: World) -> None:
    for request in world.requests:
        moments = [event.created_at for event in request.events]
        assert moments == sorted(moments)
        assert moments[-1].date() <= TODAY
    starts = [request.created_at for request in world.requests]
    assert [start.date() for start in starts] == sorted(start.date() for start in starts)


def test_numbers_and_slugs_are_used_once(world: World) -> None:
    slugs = [request.slug for request in world.requests]
    events = [event.id for request in world.requests for event in request.events]
    messages = [message.anchor for request in world.requests for message in request.messages]
    files = [file.id for request in world.requests for message in request.messages for file in message.files]
    for numbers in (slugs, events, messages, files):
        assert len(numbers) == len(set(numbers))


def test_slugs_are_made_as_the_site_makes_them(world: World) -> None:
    slugs = {request.title: request.slug for request in world.requests}
    assert {"gritting_routes", "gritting_routes_2"} <= {request.slug for request in world.requests}
    assert slugs["2023"] == "request"
    assert slugs["Capital budget 2"] == "capital_budget_2"
    assert all(len(slug) <= 32 or slug.rpartition("_")[2].isdigit() for slug in slugs.values())


@pytest.mark.parametrize("size", [1, 2, 12, 35])
def test_small_worlds_work(size: int) -> None:
    world = World(requests=size)
    assert len(world.requests) == size
    assert truth_of_all(world.requests)


def test_a_dozen_requests_are_enough_for_the_main_things() -> None:
    world = World(requests=12)
    assert {request.regime for request in world.requests} == {"FOIA", "EIR", "FOISA", "EISR"}
    odd = {thing for request in world.requests for thing in request.odd}
    assert {"hidden_incoming", "hidden_request", "renamed", "folded_quote", "first_attachment_3", "backpage"} <= odd
