"""Archives with letters to read, stored as a crawl stores them. All words are invented."""

from collections.abc import Sequence
from pathlib import Path

from parsers.records import Attachment, Message
from scraper.archive import runs
from scraper.archive.database import open_archive
from scraper.items import RequestItem
from scraper.storing.store import Store
from tests.parsers.documents import samples as documents
from tests.parsers.documents.containers import office
from tests.scraper.archive.samples import attachment, authority, event, fetched, message, request

REFUSAL = """Dear requester,

Reference: FOI-{number}

I can confirm that the Council holds the information you asked for. It is exempt under section 43(2) of the
Freedom of Information Act 2000 because disclosure would prejudice our commercial interests.
"""
FOLDED = "\n\n> Please send me the tender prices. I know you may cite section 40 of the Act.\n"
HTML = (
    b"<html><body><p>Dear requester,</p><p>We rely on regulation 12(4)(b) of the Environmental Information Regulations"
)
TEXT = b"Dear requester,\n\nThe names are withheld under section 40(2) of the Freedom of Information Act 2000.\n"
FILES: Sequence[tuple[str, bytes]] = (
    ("letter.pdf", documents.plain()),
    ("letter.html", HTML + b" 2004.</p></body></html>"),
    ("letter.txt", TEXT),
    ("locked.pdf", documents.encrypted()),
    ("broken.pdf", b"%PDF-1.7\n" + b"broken " * 40),
    ("scan.pdf", documents.image()),
    ("slides.pptx", office("ppt/presentation.xml")),
    ("figures.csv", b"year,section 40,section 43\n2021,4,5\n2022,5,6\n"),
)


def fill(
    folder: Path, requests: int = 1, files: Sequence[tuple[str, bytes]] = FILES, *, all_different: bool = False
) -> None:
    """An archive of so many requests, each with a question, an answer in words, and an answer in files.

    The files are the same in each request, unless they are to be ``all_different``.
    """
    with open_archive(folder, create=True) as archive, runs.run(archive, "crawl", {}) as run:
        store = Store(archive, run.id)
        for number in range(1, requests + 1):
            attachments = [
                attachment(number * 100 + place, number * 10 + 3, name=name) for place, (name, _) in enumerate(files)
            ]
            store.store(thread(number, attachments))
            for one, (_, data) in zip(attachments, files, strict=True):
                store.store(fetched(one.id, data + b"\n%% %d" % number if all_different else data, number))


def thread(number: int, attachments: Sequence[Attachment]) -> RequestItem:
    """A request, its first answer with a folded quotation, and a second one with files."""
    words = REFUSAL.format(number=number)
    return request(
        number,
        f"tender_prices_{number}",
        messages(number, words, attachments),
        events=[event(number * 10, "sent", created_at="2025-02-03T00:30:00+00:00"), event(number * 10 + 1)],
        unfolded=[message(number * 10 + 2, text=words + FOLDED)],
        record={"authority": authority(1, name="Mallowshire Council", tags=(("scotland", None),))},
    )


def messages(number: int, words: str, attachments: Sequence[Attachment]) -> list[Message]:
    return [
        message(number * 10 + 1, "outgoing", text="Please send me the tender prices, and mind section 43."),
        message(number * 10 + 2, text=words, has_folded_quote=True),
        message(number * 10 + 3, text="Please find our letters attached.", attachments=tuple(attachments)),
    ]
