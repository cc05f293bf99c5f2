"""A worker that is used again reads each document as a fresh one would: nothing of one is left for the next."""

import random

import pytest

from parsers.documents.records import DocumentType
from scraper.reading.limits import Limits
from scraper.reading.pool import ReaderPool
from tests.parsers.documents import books, mails, samples
from tests.parsers.documents.layouts import WRITERS, Laid
from tests.parsers.documents.mails import Mail
from tests.scraper.reading.leaks import started_from_now
from tests.scraper.reading.mutations import damaged

WORDS = ("Umberley", "Quenby", "Thrushcombe")
"""One for each writer of letters: none is to be found in what the others wrote."""


def letters(word: str) -> list[tuple[DocumentType, bytes]]:
    body = ("Dear requester,", f"The ledger of {word} is exempt under section 43(2).")
    plain = "\n\n".join(body)
    made: list[tuple[DocumentType, bytes]] = [
        ("pdf", samples.pdf(lambda canvas: samples.write(canvas, body))),
        ("eml", mails.eml(Mail(body=plain, html=mails.as_html(plain)))),
        ("msg", mails.msg(Mail(body=plain))),
        ("html", f"<html><p>{plain}</p>".encode()),
        ("txt", plain.encode()),
        ("xls", books.xls({"Ledger": [[word, 1]]})),
        ("ods", books.ods(rows=[[word, 1]])),
        ("docx", WRITERS["docx"](Laid(body=body))),
        ("odt", WRITERS["odt"](Laid(body=body))),
        ("rtf", WRITERS["rtf"](Laid(body=body))),
        ("doc", WRITERS["doc"](Laid(body=body))),
    ]
    return made


def test_no_word_of_a_document_is_found_in_that_of_another() -> None:
    chance = random.Random(11)  # noqa: S311 - the same order every time
    work = [(word, kind, data) for word in WORDS for kind, data in letters(word)]
    work += [(word, kind, damaged(data, chance)) for word, kind, data in work]
    chance.shuffle(work)
    started = started_from_now()
    with ReaderPool(limits=Limits(jobs=10_000)) as pool:
        pool.read(samples.plain(), document_type="pdf")
        first = started()
        used = [pool.open(data, document_type=kind) for _, kind, data in work]
        survived = started() == first
    for (word, _, _), found in zip(work, used, strict=True):
        text = " ".join(page.text for page in found.document.pages)
        assert not [other for other in WORDS if other != word and other in text]
    assert survived, "a worker that has died is no test of one that is used again"
    for (_, kind, data), found in list(zip(work, used, strict=True))[:: len(work) // 6]:
        with ReaderPool() as pool:
            assert pool.open(data, document_type=kind) == found


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_documents_changes_nothing(order: int) -> None:
    work = letters(WORDS[0])
    with ReaderPool() as pool:
        found = {kind: pool.open(data, document_type=kind) for kind, data in work[::order]}
        again = {kind: pool.open(data, document_type=kind) for kind, data in work}
    assert found == again
    assert all(WORDS[0] in one.document.pages[0].text for one in found.values())
