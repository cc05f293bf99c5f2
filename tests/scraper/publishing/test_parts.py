"""What is published of files inside files: each judged by itself, under the file that it lies in."""

from collections.abc import Callable
from typing import Any

import pytest

from scraper.archive.parts import MOST_DEPTH
from scraper.publishing.policy import Policy
from tests.scraper.publishing.archives import REFUSAL, REQUESTER, Seeds, refused

Query = Callable[..., list[tuple[Any, ...]]]
MAIL = f"From: Jane Doe <jane.doe@wychwold.example>\nTo: {REQUESTER}\nSubject: Your request\n\nPlease see the letter."
FILES = "SELECT id, parent_id, position, name, document_type, read_status, held_back, page_count FROM attachments"


@pytest.fixture
def mail(seeds: Seeds) -> str:
    """A mail with a letter, a table, a locked file and an archive, which holds the letter again."""
    seeds.authority()
    refused(seeds)
    letter, table = seeds.document([REFUSAL]), seeds.document(["1 | 2"], "xlsx")
    archive, sent = seeds.document([], "zip"), seeds.document([MAIL], "eml")
    seeds.part(sent, 1, letter, "Decision.pdf")
    seeds.part(sent, 2, table, "Costs.xlsx")
    seeds.part(sent, 3, None, "locked.zip", problem="encrypted", detail="It needs a password to open.")
    seeds.part(sent, 4, archive, f"For {REQUESTER}.zip")
    seeds.part(archive, 1, letter, "in/Decision.pdf")
    seeds.attachment(3, "incoming-72", sent, name="Reply.eml")
    return sent


@pytest.mark.usefixtures("mail")
def test_each_file_inside_is_judged_by_itself(published: Callable[..., Query]) -> None:
    ask = published()
    assert ask(f"{FILES} ORDER BY id") == [
        ("attachment-3", None, 3, "Reply.eml", "eml", "read", None, 1),
        ("attachment-3.1", "attachment-3", 1, "Decision.pdf", "pdf", "read", None, 1),
        ("attachment-3.2", "attachment-3", 2, "Costs.xlsx", "xlsx", "read", "spreadsheet", None),
        ("attachment-3.3", "attachment-3", 3, "locked.zip", None, "encrypted", None, None),
        ("attachment-3.4", "attachment-3", 4, "For [name].zip", "zip", "read", None, None),
        ("attachment-3.4.1", "attachment-3.4", 1, "in/Decision.pdf", "pdf", "read", None, 1),
    ]
    pages: dict[str, str] = dict(ask("SELECT id, text FROM pages"))
    assert pages.keys() == {"attachment-3/1", "attachment-3.1/1", "attachment-3.4.1/1"}
    words = " ".join(pages.values())
    assert "Please see the letter." in words
    assert not any(name in words for name in ("Jane", "Doe", "Featherstone", "wychwold.example"))
    assert len({url for (url,) in ask("SELECT url FROM attachments")}) == 1
    assert ask("SELECT attachments, read FROM coverage") == [(1, 1)]


@pytest.mark.usefixtures("mail")
def test_a_table_inside_is_shown_when_its_days_are_over(published: Callable[..., Query]) -> None:
    ask = published(Policy(spreadsheets_after_days=0))
    assert ask("SELECT text FROM pages WHERE attachment_id = 'attachment-3.2'") == [("1 | 2",)]


@pytest.mark.usefixtures("mail")
def test_a_file_inside_that_hides_something_is_held_back_alone(seeds: Seeds, published: Callable[..., Query]) -> None:
    seeds.finding(seeds.document([REFUSAL]), "covered_text")
    ask = published()
    assert ask("SELECT attachment_id FROM pages") == [("attachment-3",)]
    assert ask("SELECT attachment_id FROM findings ORDER BY 1") == [("attachment-3.1",), ("attachment-3.4.1",)]


@pytest.mark.usefixtures("mail")
def test_a_letter_inside_is_cited_where_it_stands(seeds: Seeds, published: Callable[..., Query]) -> None:
    quote = "section 40(2)"
    told: dict[str, Any] = {"attachment_id": "attachment-3", "citations": [("FOIA", "40(2)", "relied_on", quote)]}
    seeds.reading("attachment-3.1", "incoming-72", [REFUSAL], **told)
    ask = published()
    found = ask(
        "SELECT c.id, c.attachment_id, substr(p.text, c.start + 1, c.end - c.start) FROM citations AS c "
        "JOIN pages AS p ON p.attachment_id = c.attachment_id AND p.number = c.page"
    )
    assert found == [("attachment-3.1/citation/1", "attachment-3.1", quote)]


@pytest.mark.parametrize("change", ["state = 'hidden'", "fetch_status = 'missing'", "fetch_status = 'erased'"])
@pytest.mark.usefixtures("mail")
def test_nothing_is_told_of_what_lies_in_a_file_that_is_not_shown(
    seeds: Seeds, published: Callable[..., Query], change: str
) -> None:
    seeds.archive.connection.execute(f"UPDATE attachments SET {change}")  # noqa: S608 - words of this test
    ask = published()
    assert ask("SELECT id FROM attachments") == [("attachment-3",)]
    assert ask("SELECT * FROM pages") == []


def test_a_file_that_lies_in_itself_and_one_too_deep_are_rows_and_nothing_more(
    seeds: Seeds, published: Callable[..., Query]
) -> None:
    seeds.authority()
    refused(seeds)
    chain = [seeds.document([], "zip", probe="probed" if level else None) for level in range(1)]
    for level in range(MOST_DEPTH + 3):
        inner = seeds.document([f"Level {level}"], "zip")
        seeds.part(chain[-1], 1, inner, f"{level}.zip")
        chain.append(inner)
    seeds.part(chain[1], 2, chain[0], "again.zip")
    seeds.attachment(3, "incoming-72", chain[1], name="all.zip")
    ask = published()
    found: dict[str, str] = dict(ask("SELECT id, read_status FROM attachments"))
    assert max(identity.count(".") for identity in found) == MOST_DEPTH + 1
    assert {identity for identity, status in found.items() if status == "bomb"} == {
        "attachment-3" + ".1" * (MOST_DEPTH + 1),
        "attachment-3.2.1",
    }
