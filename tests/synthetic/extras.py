"""What the stand-in's threads have less of than real ones: further letters both ways, and files beside the letters.

Further letters are copies of those of the stand-in's that answer nothing, such as acknowledgements; files beside a
letter hold words in which a reader finds nothing (``NOTHING`` says how that looks, and a sample is read to make sure).
Those that could be letters lie beside one that answers, so that they change nothing of what a request came to.
"""

from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING, Any

from parsers.documents.probes.probe import PROBE_VERSION
from parsers.documents.read import READER_VERSION
from parsers.letters.reading import read_letter
from parsers.letters.records import LetterContext
from tests.synthetic.days import Moment, moment
from tests.synthetic.lengths import FileSort, attached, characters, dice, exchanges, page_count, sort
from tests.synthetic.letterform import input_key
from tests.synthetic.threadform import MessageForm, ThreadForm
from tests.synthetic.vocabulary import Vocabulary

if TYPE_CHECKING:
    from tests.synthetic.copying import Copier

NOTHING: tuple[Any, ...] = ("response", None, None, None, None, "disclosed_full", None, "[]", "[]")
"""Columns of the reading of words that say nothing: they are taken for what was asked for."""
_ENDINGS = {"picture": "png", "pdf": "pdf", "scan": "pdf", "docx": "docx", "xlsx": "xlsx", "csv": "csv"}
_ICONS = {
    "png": "image/png",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}
_TOOLS = {"pdf": "pypdfium2", "scan": "pypdfium2", "docx": "lxml", "xlsx": "lxml", "csv": "csv"}
_LETTERS = frozenset({"pdf", "docx", "scan"})
_UNANSWERING = frozenset({"acknowledgement", "auto_reply", "holding", "other"})


class Extras:
    """Adds to the copy that the copier is at."""

    def __init__(self, copier: "Copier", forms: Sequence[ThreadForm]) -> None:
        self._copier = copier
        self._letters_of: dict[object, list[tuple[ThreadForm, MessageForm]]] = {}
        for form in forms:
            for message in form.messages:
                if message.letter is not None and message.letter.kind in _UNANSWERING and message.full is None:
                    for key in (form.pattern.authority["id"], None):
                        self._letters_of.setdefault(key, []).append((form, message))

    def add(self) -> None:
        """Files to the messages that the copy has, then further letters, with files too."""
        copier = self._copier
        taken: dict[str, int] = {}
        for row in copier.rows["attachments"][copier.first_file :]:
            taken[row[1]] = max(taken.get(row[1], 0), row[2])
        for name, answers in copier.incoming:
            self._files(name, taken.get(name, 0), may_be_letters=answers)
        if copier.form.is_answered:
            self._letters(exchanges(copier.random))

    def _letters(self, number: int) -> None:
        copier = self._copier
        random = copier.random
        at = moment(copier.last_event)
        position = len(copier.form.messages) + len(copier.form.comments) + len(copier.form.resends)
        for _ in range(number):
            asked = Moment(at.day + 1 + int(random.random() * 20), f"T{10 + int(random.random() * 8)}:20:11.000")
            self._outgoing(position + 1, asked)
            at = Moment(asked.day + 1 + int(random.random() * 15), f"T{10 + int(random.random() * 7)}:41:05.000")
            self._incoming(position + 2, at)
            position += 2

    def _outgoing(self, position: int, at: Moment) -> None:
        copier = self._copier
        text = f"Dear {copier.plan.body.name},\n\n{self._text(400)}\n\nYours sincerely,\n\n{copier.requester}"
        number, sent_at = copier.number(1), at.moved(0)
        head = (f"outgoing-{number}", copier.id, position, "outgoing", "normal", None)
        copier.rows["messages"].append((*head, _seconds(sent_at), text, None, None, None, "delivered", "[]"))
        copier.add_event("followup_sent", sent_at, (None, None, None), (None, number, None), None)

    def _incoming(self, position: int, at: Moment) -> None:
        copier = self._copier
        known = self._letters_of.get(copier.plan.body.base) or self._letters_of.get(None)
        if not known:
            return
        form, message = known[int(copier.random.random() * len(known))]
        letter = message.letter
        assert letter is not None
        words = copier.words_for(form.pattern, at.day - form.pattern.start - 3)
        pages = copier.filled(letter, words, 800)
        number, sent_at = copier.number(0), at.moved(0)
        name = f"incoming-{number}"
        head = (name, copier.id, position, "incoming", "normal", copier.plan.body.name)
        copier.rows["messages"].append((*head, _seconds(sent_at), pages[0].text, None, None, None, None, "[]"))
        copier.add_event("response", sent_at, (None, None, None), (number, None, None), None)
        copier.add_letter(letter, name, pages, words)
        self._files(name, 0, may_be_letters=False)

    def _text(self, median: float) -> str:
        random = self._copier.random
        return self._copier.vocabulary.text(random, characters(random, median, 0.9, 12_000))

    def _files(self, message: str, taken: int, *, may_be_letters: bool) -> None:
        for position in range(taken + 1, taken + 1 + attached(self._copier.random)):
            self._file(message, position, may_be_letters=may_be_letters)

    def _file(self, message: str, position: int, *, may_be_letters: bool) -> None:
        copier = self._copier
        kind = sort(copier.random)
        if kind in _LETTERS and not may_be_letters:
            kind = "picture"
        ending = _ENDINGS[kind]
        called = f"{'image00' if kind == 'picture' else copier.vocabulary.fresh(copier.random)}{position}.{ending}"
        name = f"attachment-{copier.number(2)}"
        if kind == "picture":
            sha256 = copier.ledger.picture(copier.random)
        else:
            sha256 = copier.ledger.document(ending)
            self._document(sha256, kind, ending)
        if kind in _LETTERS:
            key = input_key(sha256, f"{READER_VERSION} {_TOOLS[kind]}", copier.context)
            copier.add_reading(name, message, name, NOTHING, key)
        url = f"/request/{copier.slug}/response/{message[9:]}/attach/{position + 1}/{called}"
        head = (name, message, position, position + 1, called, f"{20 + position}K", url, _ICONS[ending], "file", None)
        copier.rows["attachments"].append((*head, "fetched", None, sha256, copier.checked_at))
        copier.ledger.fetched_file(url, sha256)

    def _document(self, sha256: str, kind: FileSort, ending: str) -> None:
        copier = self._copier
        random, read_at, rows = copier.random, copier.ledger.read_at, copier.rows
        number = 1 if kind == "csv" else page_count(random)
        rows["documents"].append((sha256, ending, "read", None, _TOOLS[kind], number, READER_VERSION, read_at, 0))
        rows["probes"].append((sha256, ending, "probed", None, PROBE_VERSION, read_at))
        for page in range(1, number + 1):
            length = characters(random, 1_300, 0.6, 6_000)
            if kind in _LETTERS:
                text = copier.vocabulary.text(random, length)
            else:
                text = copier.vocabulary.rows(random, length)
            rows["pages"].append((sha256, page, text, *_source(random, kind, text), _title(kind, page)))


def _source(random: Random, kind: FileSort, text: str) -> tuple[str, float | None, str | None]:
    if kind != "scan":
        return "text_layer", None, None
    sure = 80 + int(random.random() * 19)
    return "ocr", sure / 100, f"[{','.join([str(sure)] * len(text.split()))}]"


def _title(kind: FileSort, page: int) -> str | None:
    return f"Sheet {page}" if kind == "xlsx" else None


def _seconds(time: str) -> str:
    """As pages print it: without the thousandths of JSON."""
    return time.replace(".000", "")


def surely_nothing(vocabulary: Vocabulary, *, tries: int = 40) -> bool:
    """Whether a sample of such words is read as ``NOTHING`` says."""
    random = dice("nothing")
    context = LetterContext(authority="Glimmerford Council", nation="england", law_used="foi", direction="incoming")
    for number in range(tries):
        pages = [vocabulary.text(random, 900) for _ in range(1 + number % 3)]
        reading = read_letter(pages, context=context)
        facts = (reading.letter_date, reading.request_date, reading.outcome_evidence)
        several = (*reading.references, *reading.citations, *reading.signals, *reading.notes)
        if (reading.kind, reading.outcome) != (NOTHING[0], NOTHING[5]) or any(facts) or several:
            return False
    return True
