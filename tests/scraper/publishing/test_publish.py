"""What gets across, what does not, and that a reader never sees half of it."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from scraper.archive.database import Archive
from scraper.errors import WdtkError
from scraper.publishing.making.checks import Finished
from scraper.publishing.policy import Policy
from scraper.publishing.publish import publish
from scraper.publishing.schema.whole import FULL_TEXT
from tests.scraper.publishing.archives import AUTHORITY, CHECKED, REFUSAL, REQUESTER, Seeds, refused
from tests.scraper.publishing.conftest import BUILT, Query

Published = Callable[..., Query]
INDEXES = {f"{table}_fts_data" for table in FULL_TEXT}
NAMES = ("Featherstone", "Zed", "Jane", "Doe", "wychwold.example", "567890")


@pytest.fixture
def refusal(seeds: Seeds) -> Seeds:
    seeds.authority()
    refused(seeds)
    return seeds


def everything(public: Path) -> dict[str, list[tuple[object, ...]]]:
    connection = sqlite3.connect(public)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}  # noqa: S608 - its own tables
    connection.close()
    return found


@pytest.mark.usefixtures("refusal")
def test_a_refusal_comes_out_with_its_words_and_without_its_people(published: Published) -> None:
    ask = published()
    (text,) = ask("SELECT text FROM messages WHERE id = 'incoming-72'")[0]
    assert text == (
        "Dear Mr [name]\n\n"
        "Our ref: FOI-2025-0117\n\n"
        "We are withholding the names under section 40(2) of the Act. "
        "Section 43(2) was considered but does not apply.\n"
        "Ring [name] on [telephone number] or write to [email address].\n\n"
        "Yours sincerely\n\n[name]\nInformation Officer\n"
    )
    assert ask("SELECT id, sender, kind FROM messages ORDER BY position") == [
        ("outgoing-71", "requester", "initial_request"),
        ("incoming-72", AUTHORITY, "refusal_notice"),
    ]


@pytest.mark.usefixtures("refusal")
def test_no_name_is_anywhere_in_the_database(published: Published, public: Path) -> None:
    published()
    words = str({name: rows for name, rows in everything(public).items() if name not in {"provisions", *INDEXES}})
    assert [name for name in NAMES if name in words] == []
    assert AUTHORITY in words


@pytest.mark.usefixtures("refusal")
def test_every_fact_stands_where_it_says_in_the_published_text(published: Published) -> None:
    ask = published()
    (text,) = ask("SELECT text FROM messages WHERE id = 'incoming-72'")[0]
    for table in ("citations", "letter_references", "signals"):
        found = ask(f'SELECT quote, start, "end" FROM {table}')  # noqa: S608 - names of this test
        assert found
        assert all(text[start:end] == quote for quote, start, end in found)
    assert [quote for quote, *_ in ask("SELECT quote FROM citations ORDER BY start")] == [
        "section 40(2)",
        "Section 43(2)",
    ]
    assert text.index("section 40(2)") != REFUSAL.index("section 40(2)"), "masking has moved it"


def test_a_quote_with_a_name_in_it_is_widened_to_the_mask(seeds: Seeds, published: Published) -> None:
    seeds.authority()
    seeds.request()
    text = "Ms Doe says section 40(2) applies."
    seeds.message("incoming-1", text=text)
    seeds.reading(
        "incoming-1", "incoming-1", [text], citations=[("FOIA", "40(2)", "relied_on", "oe says section 40(2) applies")]
    )
    assert published()('SELECT quote, start, "end" FROM citations') == [("[name] says section 40(2) applies", 3, 36)]


@pytest.mark.usefixtures("refusal")
def test_a_request_says_what_became_of_it(published: Published) -> None:
    row = published()(
        "SELECT regime, asked_on, year, answered_on, due_on, working_days_taken, late, outcome, outcome_source,"
        " outcome_reading, letters_read, described_state FROM requests"
    )
    assert row == [
        (
            "FOIA",
            "2025-03-03",
            2025,
            "2025-04-03",
            "2025-04-01",
            22,
            1,
            "withheld",
            "reading",
            "incoming-72",
            1,
            "rejected",
        )
    ]


def test_links_lead_to_the_source(refusal: Seeds, published: Published) -> None:
    refusal.insert("runs", id=1, command="crawl", started_at=CHECKED, arguments="{}")
    fetch = {"url": "http://127.0.0.1:8099/request/request_7?unfold=1", "status": 200, "page_kind": "request"}
    refusal.insert("fetches", run_id=1, fetched_at=CHECKED, headers="{}", **fetch)
    ask = published()
    assert ask("SELECT url FROM requests") == [("http://127.0.0.1:8099/request/request_7",)]
    assert ask("SELECT url FROM messages WHERE position = 2") == [
        ("http://127.0.0.1:8099/request/request_7#incoming-72",)
    ]
    assert published(Policy(site="https://example.org"))("SELECT url FROM authorities") == [
        ("https://example.org/body/body_1",)
    ]


def test_pages_of_a_letter_are_published_and_its_citations_placed_in_them(refusal: Seeds, published: Published) -> None:
    pages = ["Dear Mr Featherstone\n\nWe hold it.", "It is exempt under section 36(2)(b)(i).\n\nRegards\nJane Doe"]
    refusal.attachment(3, "incoming-72", refusal.document(pages), name="Letter to Zed Featherstone.pdf")
    refusal.reading(
        "attachment-3", "incoming-72", pages, citations=[("FOIA", "36(2)(b)(i)", "relied_on", "section 36(2)(b)(i)")]
    )
    ask = published()
    assert ask("SELECT id, text FROM pages") == [
        ("attachment-3/1", "Dear Mr [name]\n\nWe hold it."),
        ("attachment-3/2", "It is exempt under section 36(2)(b)(i).\n\nRegards\n[name]"),
    ]
    assert ask("SELECT name, read_status, page_count, url FROM attachments") == [
        ("Letter to [name].pdf", "read", 2, "https://www.whatdotheyknow.com/request/request_7#incoming-72")
    ]
    assert ask('SELECT id, page, section, start, "end" FROM citations WHERE attachment_id IS NOT NULL') == [
        ("attachment-3/citation/1", 2, "36", 19, 38)
    ]


def test_spreadsheets_and_what_may_hold_one_are_held_back(refusal: Seeds, published: Published) -> None:
    for number, (kind, name) in enumerate(
        [("csv", "pay.csv"), ("unknown", "all.7z"), ("txt", "pay.csv"), ("txt", "note.txt")], start=1
    ):
        refusal.attachment(number, "incoming-72", refusal.document([f"{kind} of {name}"], kind), name=name)
    ask = published()
    assert ask("SELECT name, held_back FROM attachments ORDER BY position") == [
        ("pay.csv", "spreadsheet"),
        ("all.7z", "container"),
        ("pay.csv", "spreadsheet"),
        ("note.txt", None),
    ]
    assert ask("SELECT text FROM pages") == [("txt of note.txt",)]
    assert ask("SELECT attachments, read, held_back FROM coverage") == [(4, 1, 3)]


def test_what_a_file_hides_holds_all_its_text_back_and_only_the_kind_is_told(
    refusal: Seeds, published: Published
) -> None:
    sheet, letter, noted = (
        refusal.document(["A1: 17 | B1: ward seven"], "csv"),
        refusal.document(["A page of words.", "Another page."]),
        refusal.document(["A letter with a comment that is not read."], "docx"),
    )
    refusal.finding(sheet, "hidden_columns")
    refusal.finding(sheet, "hidden_sheet")
    refusal.finding(letter, "covered_text")
    refusal.finding(letter, "comments", "note")
    refusal.finding(noted, "comments", "note")
    for number, sha256 in enumerate([sheet, letter, noted], start=1):
        refusal.attachment(number, "incoming-72", sha256)
    ask = published(Policy(spreadsheets_after_days=0))
    assert ask("SELECT id, held_back, page_count FROM attachments ORDER BY position") == [
        ("attachment-1", "hidden_content", None),
        ("attachment-2", "hidden_content", None),
        ("attachment-3", None, 1),
    ]
    assert ask("SELECT text FROM pages") == [("A letter with a comment that is not read.",)]
    assert ask("SELECT id, kind FROM findings ORDER BY id") == [
        ("attachment-1/hidden_columns", "hidden_columns"),
        ("attachment-1/hidden_sheet", "hidden_sheet"),
        ("attachment-2/covered_text", "covered_text"),
    ]


def test_a_spreadsheet_that_hides_nothing_is_shown_after_its_days_sheet_by_sheet(
    refusal: Seeds, published: Published
) -> None:
    sha256 = refusal.document(["A1: Ward | B1: Cost", "A1: notes"], "xlsx")
    for number, title in ((1, "Costs, by Zed Featherstone"), (2, None)):
        refusal.archive.connection.execute("UPDATE pages SET title = ? WHERE number = ?", [title, number])
    refusal.attachment(1, "incoming-72", sha256)
    seen = date.fromisoformat(CHECKED[:10])
    for days, shown in ((89, 0), (90, 2)):
        ask = published(built_at=f"{seen + timedelta(days=days)}T00:00:00Z")
        assert ask("SELECT count(*) FROM pages") == [(shown,)]
    assert ask("SELECT title, text FROM pages ORDER BY number") == [
        ("Costs, by [name]", "A1: Ward | B1: Cost"),
        (None, "A1: notes"),
    ]


@pytest.mark.parametrize("probe", [None, "crashed", "too_slow"])
def test_what_no_probe_has_cleared_is_not_shown(probe: str | None, refusal: Seeds, published: Published) -> None:
    refusal.attachment(1, "incoming-72", refusal.document(["Words."], probe=probe))
    ask = published()
    assert ask("SELECT held_back FROM attachments") == [("not_probed",)]
    assert ask("SELECT * FROM pages") == []


def test_what_is_hidden_at_the_source_leaves_a_row_without_words(refusal: Seeds, published: Published) -> None:
    refusal.message("incoming-73", 7, 3, None, prominence="hidden", hidden_reason="Hidden at the wish of Jane Doe.")
    sha256 = refusal.document(["secret words"])
    refusal.attachment(1, "incoming-72", sha256, state="hidden", name=None, url=None, fetch_status="hidden")
    refusal.attachment(2, "incoming-72", sha256, fetch_status="hidden", name="Secret name.pdf")
    refusal.attachment(3, "incoming-72", sha256, fetch_status="missing")
    ask = published()
    assert ask("SELECT prominence, text, hidden_reason FROM messages WHERE id = 'incoming-73'") == [
        ("hidden", None, "Hidden at the wish of [name].")
    ]
    assert ask("SELECT state, name, sha256, read_status FROM attachments ORDER BY position") == [
        ("hidden", None, None, "hidden"),
        ("hidden", None, None, "hidden"),
        ("file", "Reply 3.pdf", sha256, "missing"),
    ]
    assert ask("SELECT count(*) FROM pages") == [(0,)]
    assert ask("SELECT attachments, refused FROM coverage") == [(3, 3)]


def test_what_was_withdrawn_leaves_a_tombstone(refusal: Seeds, published: Published) -> None:
    refused(refusal, 8, title="A secret title")
    refusal.attachment(1, "incoming-72", refusal.document(["secret words"]))
    for subject, request, state in [("request/8", 8, "hidden"), ("incoming-72", 7, "forgotten")]:
        times = {"first_seen_at": CHECKED, "last_seen_at": CHECKED}
        refusal.insert("withdrawals", subject=subject, request_id=request, state=state, **times)
    ask = published()
    assert ask("SELECT id FROM requests") == [(7,)]
    assert ask("SELECT text, prominence FROM messages WHERE id = 'incoming-72'") == [(None, "hidden")]
    assert ask("SELECT state, name FROM attachments") == [("hidden", None)]
    assert ask("SELECT count(*) FROM readings") == [(0,)]
    assert ask("SELECT subject, state FROM withdrawals") == [("incoming-72", "forgotten"), ("request/8", "hidden")]
    assert ask("SELECT value FROM about WHERE key = 'requests_taken_down'") == [("1",)]


def test_whether_the_promised_looks_were_made_is_told(refusal: Seeds, published: Published) -> None:
    looked = {"looked_at": "2025-01-01T00:00:00Z", "whole_at": "2025-01-01T00:00:00Z"}
    refusal.insert("checks", request_id=7, next_check_at=CHECKED, why="waiting", weight=0.5, **looked)
    told: dict[str, str] = dict(
        published(built_at="2025-06-30T00:00:00Z")("SELECT key, value FROM about WHERE key LIKE '%looks_%'")
    )
    assert told == {
        "looks_promised_within_days": "90",
        "looks_behind": "1",
        "whole_looks_promised_within_days": "360",
        "whole_looks_behind": "0",
    }


@pytest.mark.parametrize("shown", [{"prominence": "backpage"}, {"noindex": 1}, {"prominence": "a new word"}])
def test_what_is_kept_out_of_search_engines_is_counted_and_not_published(
    refusal: Seeds, published: Published, shown: dict[str, object]
) -> None:
    refused(refusal, 8, **shown)
    ask = published()
    assert ask("SELECT id FROM requests") == [(7,)]
    assert ask("SELECT value FROM about WHERE key = 'requests_kept_out_of_search_engines'") == [("1",)]


@pytest.mark.parametrize(
    ("slug", "title"),
    [
        ("records_about_zed_featherstone", "Records about Zed Featherstone"),
        ("zed_featherstones_file", "Zed Featherstone’s file"),
        ("file_of_zed_featherstone", "My file, by another title"),
        ("e_mails_of_mr_doe", "E-mails of Mr Doe"),
    ],
)
def test_a_name_in_the_title_is_not_told_by_the_address(
    seeds: Seeds, published: Published, public: Path, slug: str, title: str
) -> None:
    seeds.authority()
    refused(seeds, slug=slug, title=title)
    letter = seeds.document(["Nothing to say."])
    seeds.attachment(1, "incoming-72", letter, name="Reply.pdf", url=f"/request/{slug}/response/72/attach/3/Reply.pdf")
    base = "https://www.whatdotheyknow.com/request"
    times = {"first_seen_at": CHECKED, "last_seen_at": CHECKED}
    seeds.insert("refusals", url=f"{base}/{slug}?unfold=1", reason="failed", **times)
    ask = published()
    assert ask("SELECT slug, url FROM requests") == [("#7", f"{base}/7")]
    assert ask("SELECT url FROM attachments") == [(f"{base}/7#incoming-72",)]
    assert ask("SELECT url FROM messages ORDER BY position") == [
        (f"{base}/7#outgoing-71",),
        (f"{base}/7#incoming-72",),
    ]
    assert ask("SELECT url FROM refusals") == [(None,)]
    words = str({name: rows for name, rows in everything(public).items() if name not in {"provisions", *INDEXES}})
    assert [name for name in (slug, "eatherstone", "Doe") if name in words] == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("ZedFeatherstone_reply.pdf", "[name].pdf"),
        ("response-featherstone.docx", "[name].docx"),
        ("Featherstone.pdf", "[name].pdf"),
        ("Reply to Zed Featherstone 12.pdf", "Reply to [name] 12.pdf"),
        ("Stones and feathers.pdf", "Stones and feathers.pdf"),
    ],
)
def test_the_name_of_a_file_tells_no_name(refusal: Seeds, published: Published, name: str, shown: str) -> None:
    refusal.attachment(1, "incoming-72", name=name)
    ((told, url),) = published()("SELECT name, url FROM attachments")
    assert told == shown
    assert (shown == name) is ("/attach/" in url)


def test_a_file_whose_address_is_none_is_linked_by_its_message(refusal: Seeds, published: Published) -> None:
    refusal.attachment(1, "incoming-72", url="/request/request_7/response/72/attach/3/a b.pdf")
    assert published()("SELECT url FROM attachments") == [
        ("https://www.whatdotheyknow.com/request/request_7#incoming-72",)
    ]


def test_addresses_of_what_was_taken_down_are_not_told(refusal: Seeds, published: Published) -> None:
    refused(refusal, 8, prominence="backpage", slug="a_secret_title")
    times = {"first_seen_at": CHECKED, "last_seen_at": CHECKED}
    base = "https://www.whatdotheyknow.com"
    for path, reason in [
        ("/request/another_secret", "hidden"),
        ("/request/a_secret_title", "failed"),
        ("/request/8", "failed"),
        ("/request/request_7/response/72/attach/3/Letter%20to%20Zed.pdf", "too_big"),
        ("/body/torbay_council", "robots"),
    ]:
        refusal.insert("refusals", url=base + path, reason=reason, **times)
    assert published()("SELECT url, reason FROM refusals WHERE url IS NOT NULL ORDER BY reason") == [
        (f"{base}/body/torbay_council", "robots"),
        (f"{base}/request/request_7#incoming-72", "too_big"),
    ]


def test_a_request_whose_requester_cannot_be_known_is_left_out(refusal: Seeds, archive: Archive, public: Path) -> None:
    refused(refusal, 8, json_sha256=refusal.file(b"to be lost"))
    archive.files.path(refusal.file(b"to be lost")).unlink()
    counts = publish(archive, public)
    assert (counts["requests"], counts["requests_with_a_damaged_file"]) == (1, 1)


@pytest.mark.usefixtures("refusal")
def test_a_reading_of_words_that_have_changed_is_left_out(archive: Archive, public: Path) -> None:
    archive.connection.execute("UPDATE citations SET start = start + 1")
    counts = publish(archive, public)
    assert (counts["readings"], counts["citations"], counts["readings_out_of_date"]) == (0, 0, 1)


def test_a_letter_over_which_the_reader_was_lost_is_no_reading(refusal: Seeds, published: Published) -> None:
    refusal.archive.connection.execute("""UPDATE readings SET notes = '["Not read (crashed): it crashed."]'""")
    assert published()("SELECT letters_read, outcome, outcome_source, late FROM requests") == [
        (0, None, "message", None)
    ]


def test_the_full_text_with_its_quotes_is_what_was_read(seeds: Seeds, published: Published) -> None:
    seeds.authority()
    seeds.request()
    whole = f"Thank you.\n\n> From: {REQUESTER}\n> What did it cost?"
    seeds.message("incoming-1", text="Thank you.", full_text=whole)
    assert published()("SELECT text FROM messages") == [("Thank you.\n\n> From: [name]\n> What did it cost?",)]


@pytest.mark.usefixtures("refusal")
def test_the_policy_may_leave_names_in_the_text(published: Published) -> None:
    ask = published(Policy(requester_names=True, mask_contacts=False))
    assert ask("SELECT text FROM messages WHERE id = 'incoming-72'") == [(REFUSAL,)]
    only_requester = published(Policy(mask_contacts=False))
    (text,) = only_requester("SELECT text FROM messages WHERE id = 'incoming-72'")[0]
    assert text == REFUSAL.replace("Featherstone", "[name]")


@pytest.mark.usefixtures("refusal")
def test_the_same_archive_gives_the_same_database(archive: Archive, tmp_path: Path) -> None:
    one, two = tmp_path / "one.db", tmp_path / "two.db"
    for path in (one, two):
        publish(archive, path, built_at=BUILT)
    assert everything(one) == everything(two)


def test_an_empty_archive_is_refused(archive: Archive, public: Path) -> None:
    with pytest.raises(WdtkError, match=r"holds no requests to publish\. Run `wdtk crawl` first\."):
        publish(archive, public)
    assert not public.parent.exists()


def test_a_check_that_fails_leaves_the_last_database_and_says_which(
    refusal: Seeds, archive: Archive, public: Path
) -> None:
    def moon_phase(_: Finished) -> Iterator[str]:
        yield "the moon is full"

    publish(archive, public)
    before = public.read_bytes()
    refused(refusal, 8)
    with pytest.raises(WdtkError, match="fails a check of its own: moon phase: the moon is full"):
        publish(archive, public, checks=(moon_phase,))
    assert public.read_bytes() == before
    assert list(public.parent.iterdir()) == [public]


def test_a_new_database_takes_the_place_of_the_last_while_it_is_read(
    refusal: Seeds, archive: Archive, public: Path
) -> None:
    publish(archive, public)
    with sqlite3.connect(public) as reader:
        refused(refusal, 8)
        publish(archive, public)
        assert reader.execute("SELECT count(*) FROM requests").fetchone() == (1,)
    reader.close()
    with sqlite3.connect(public) as reader:
        assert reader.execute("SELECT count(*) FROM requests").fetchone() == (2,)
    reader.close()
    assert list(public.parent.iterdir()) == [public]


@pytest.mark.usefixtures("refusal")
def test_left_overs_of_a_killed_publish_are_no_hindrance(archive: Archive, public: Path) -> None:
    public.parent.mkdir()
    (public.parent / ".public.db.building").write_bytes(b"half a database" * 1000)
    publish(archive, public)
    assert list(public.parent.iterdir()) == [public]


@pytest.mark.usefixtures("refusal")
def test_two_publishes_at_once_are_kept_apart(archive: Archive, public: Path) -> None:
    def another(_: Finished) -> Iterator[str]:
        done = run("publish", "--archive", str(archive.folder), "--public", str(public))
        yield f"{done.returncode} {done.stderr}"

    with pytest.raises(WdtkError, match=r"1 Error: Another publish is building .*public\.db"):
        publish(archive, public, checks=(another,))
    assert not public.exists()


LIMITED = (
    "import resource, sys; from scraper.cli import cli;"
    "resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000)); cli(sys.argv[1:], prog_name='wdtk')"
)
"""Python ignores the signal, so that a write beyond the limit fails as on a full disk."""


def run(*arguments: str, limited: bool = False) -> subprocess.CompletedProcess[str]:
    how = ["-c", LIMITED] if limited else ["-m", "scraper"]
    return subprocess.run([sys.executable, *how, *arguments], capture_output=True, text=True, check=False)


@pytest.mark.usefixtures("refusal")
def test_the_command_says_what_it_published(seeds: Seeds, archive: Archive, public: Path) -> None:
    archive.connection.execute("UPDATE citations SET start = start + 1")
    seeds.attachment(3, "incoming-72", seeds.document(["It is in a workbook."], probe=None))
    done = run("publish", "--archive", str(archive.folder), "--public", str(public))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "Published 1 request, 2 messages, 1 attachment, 0 pages, 0 citations.\n"
        "1 reading left out: the letter has changed since. Run `wdtk read`, then publish again.\n"
        "1 file held back by the policy: shown without text. `held_back` in the table attachments says of each why; "
        "data/README.md, People, says for how long.\n"
        f"Database: {public}\n"
    )
    assert archive.connection.execute("SELECT command, finish_reason FROM runs").fetchall() == [("publish", "finished")]


@pytest.mark.usefixtures("refusal")
def test_the_command_says_when_nothing_was_read(archive: Archive, public: Path) -> None:
    for table in ("citations", "letter_references", "readings"):
        archive.connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names from the line above
    done = run("publish", "--archive", str(archive.folder), "--public", str(public))
    assert (done.returncode, done.stderr) == (0, "")
    assert "No letter in it has been read, so it counts no exemption. Run `wdtk read`" in done.stdout


@pytest.mark.usefixtures("refusal")
def test_a_full_disk_is_a_sentence_and_the_last_database_stays(archive: Archive, public: Path) -> None:
    publish(archive, public)
    before = public.read_bytes()
    archive.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the archive's own files must stay below the limit
    done = run("publish", "--archive", str(archive.folder), "--public", str(public), limited=True)
    assert done.returncode == 1
    assert "public.db cannot be written" in done.stderr
    assert "the last one is as it was" in done.stderr
    assert public.read_bytes() == before


@pytest.mark.usefixtures("refusal")
def test_a_place_that_is_no_folder_is_a_sentence(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run("publish", "--archive", str(archive.folder), "--public", str(tmp_path / "file" / "public.db"))
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_archive_is_a_sentence(tmp_path: Path) -> None:
    done = run("publish", "--archive", str(tmp_path / "nowhere"), "--public", str(tmp_path / "public.db"))
    assert done.returncode == 1
    assert "There is no archive in" in done.stderr
