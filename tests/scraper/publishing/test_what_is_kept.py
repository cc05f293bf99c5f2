"""What does not get across: names, what is hidden or was taken down, and files that nothing has cleared."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from scraper.archive.database import Archive
from scraper.publishing.policy import Policy
from scraper.publishing.publish import publish
from scraper.publishing.schema.whole import FULL_TEXT
from tests.scraper.publishing.archives import AUTHORITY, CHECKED, REFUSAL, Seeds, everything, refused
from tests.scraper.publishing.conftest import Query

Published = Callable[..., Query]
INDEXES = {f"{table}_fts_data" for table in FULL_TEXT}
NAMES = ("Featherstone", "Zed", "Jane", "Doe", "wychwold.example", "567890")


@pytest.mark.usefixtures("refusal")
def test_no_name_is_anywhere_in_the_database(published: Published, public: Path) -> None:
    published()
    words = str({name: rows for name, rows in everything(public).items() if name not in {"provisions", *INDEXES}})
    assert [name for name in NAMES if name in words] == []
    assert AUTHORITY in words


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
def test_the_policy_may_leave_names_in_the_text(published: Published) -> None:
    ask = published(Policy(requester_names=True, mask_contacts=False))
    assert ask("SELECT text FROM messages WHERE id = 'incoming-72'") == [(REFUSAL,)]
    only_requester = published(Policy(mask_contacts=False))
    (text,) = only_requester("SELECT text FROM messages WHERE id = 'incoming-72'")[0]
    assert text == REFUSAL.replace("Featherstone", "[name]")
