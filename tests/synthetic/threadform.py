"""A whole thread with gaps: what a copy of it is made of, worked out once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from parsers.letters.records import LetterContext
from scraper.publishing.became.kinds import ANSWERS
from scraper.reading.letters import Letter
from tests.synthetic.cloze import Cloze, cut
from tests.synthetic.days import ISO, Moment, moment, number_of
from tests.synthetic.forming import Maker
from tests.synthetic.lengths import dice
from tests.synthetic.letterform import LetterForm, Words
from tests.synthetic.pattern import AUTHORITY, REQUESTER, SLUG, SURNAME, TITLE, Document, Name, Pattern, Row
from tests.synthetic.site import asker
from tests.synthetic.vocabulary import Vocabulary


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageForm:
    """A message; ``text`` is as the site folds it, ``letter`` the whole of an incoming one that was read."""

    name: Name
    incoming: bool
    position: int
    prominence: str
    author: Cloze | None
    sent_at: Moment | None
    text: Cloze | None
    full: Cloze | None
    letter: LetterForm | None
    answers: bool
    """Whether it answers the request, or brings a file that does."""
    rest: tuple[str | None, ...]
    """From ``hidden_reason`` to ``shown_again_at``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FileForm:
    """An attachment; ``letter`` where each copy has a text of its own."""

    name: Name
    message: Name
    position: int
    part: int | None
    called: str | None
    size_shown: str | None
    tail: str | None
    """Its address after the number of its message."""
    rest: tuple[str | None, ...]
    """icon_type, state, reason, fetch_status, fetch_detail."""
    sha256: str | None
    document: Document | None
    letter: LetterForm | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FixedReading:
    """The reading of a file that is the same in all copies."""

    source: Name
    message: Name
    attachment: Name | None
    sha256: str | None
    text: str
    columns: tuple[Any, ...]
    references: tuple[tuple[Any, ...], ...]
    citations: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class EventForm:
    """An entry of the history; the numbers are places among the thread's."""

    event_type: str
    created_at: Moment
    states: tuple[str | None, str | None]
    last_described_at: Moment | None
    places: tuple[int | None, int | None, int | None]
    display_status: str | None


@dataclass(frozen=True, kw_only=True)
class ThreadForm:
    """A thread with gaps."""

    pattern: Pattern
    messages: tuple[MessageForm, ...]
    files: tuple[FileForm, ...]
    fixed: tuple[FixedReading, ...]
    events: tuple[EventForm, ...]
    comments: tuple[tuple[Name, int, Moment, str], ...]
    resends: tuple[tuple[Name, int, Moment], ...]
    counts: tuple[int, ...]
    """How many numbers of each kind a copy takes."""
    is_answered: bool
    unproven: int
    """Letters whose very words read otherwise now than they did: none, unless the reader has changed."""


class Former:
    """Makes the form of one thread."""

    def __init__(self, pattern: Pattern, letters: Mapping[str, Letter], vocabulary: Vocabulary) -> None:
        self._pattern, self._letters = pattern, letters
        self._readings = {row["source"]: row for row in pattern.readings}
        self._answers = {row["message_id"] for row in pattern.readings if row["kind"] in ANSWERS}
        samples = [_sample(pattern, vocabulary, length) for length in (200, 2_500)]
        context = next((one.context for one in letters.values()), LetterContext())
        self._maker = Maker(pattern, samples, _moved(context, samples[0]))
        self.unproven = 0

    def form(self) -> ThreadForm:
        """All of it."""
        pattern = self._pattern
        messages = tuple(map(self._message, pattern.messages))
        files = tuple(map(self._file, pattern.attachments))
        free = {one.name for one in files if one.letter} | {one.name for one in messages}
        fixed = [row for row in pattern.readings if pattern.name(row["source"]) not in free]
        return ThreadForm(
            pattern=pattern,
            messages=messages,
            files=files,
            fixed=tuple(map(self._fixed, fixed)),
            events=tuple(map(self._event, pattern.events)),
            comments=tuple(
                (pattern.name(row["id"]), row["position"], moment(row["created_at"]), row["text"])
                for row in pattern.comments
            ),
            resends=tuple(
                (pattern.name(row["message_id"]), row["position"], moment(row["sent_at"])) for row in pattern.resends
            ),
            counts=tuple(len(places) for places in pattern.places),
            is_answered=any(message.letter for message in messages),
            unproven=self.unproven,
        )

    def _message(self, row: Row) -> MessageForm:
        pattern = self._pattern
        reading = self._readings.get(row["id"])
        letter = self._formed(reading, [row["full_text"] or row["text"]]) if reading else None
        gaps = pattern.gaps if letter is None or any(len(page.pieces) > 1 for page in letter.pages) else {}
        read_whole = letter is not None and row["full_text"] is not None
        folded = cut(row["text"], gaps, [], None)[0] if row["text"] else None
        return MessageForm(
            name=pattern.name(row["id"]),
            incoming=row["direction"] == "incoming",
            position=row["position"],
            prominence=row["prominence"],
            author=cut(row["author"], pattern.gaps, [], None)[0] if row["author"] else None,
            sent_at=moment(row["sent_at"]) if row["sent_at"] else None,
            text=letter.pages[0] if letter and not read_whole else folded,
            full=letter.pages[0] if letter and read_whole else None,
            letter=letter,
            answers=row["id"] in self._answers,
            rest=(row["hidden_reason"], row["note"], row["delivery_status"], row["shown_again_at"]),
        )

    def _file(self, row: Row) -> FileForm:
        pattern = self._pattern
        document = pattern.documents.get(row["sha256"])
        reading = self._readings.get(row["id"])
        free = document if document and document.varied and reading else None
        return FileForm(
            name=pattern.name(row["id"]),
            message=pattern.name(row["message_id"]),
            position=row["position"],
            part=row["part"],
            called=row["name"],
            size_shown=row["size_shown"],
            tail=row["url"].partition("/response/")[2].partition("/")[2] if row["url"] else None,
            rest=(row["icon_type"], row["state"], row["reason"], row["fetch_status"], row["fetch_detail"]),
            sha256=row["sha256"],
            document=free,
            letter=self._formed(reading, [page["text"] for page in free.pages]) if free and reading else None,
        )

    def _formed(self, reading: Row, texts: Sequence[str]) -> LetterForm:
        form, proven = self._maker.form(reading, texts)
        self.unproven += not proven
        return form

    def _fixed(self, row: Row) -> FixedReading:
        pattern, letter = self._pattern, self._letters[row["source"]]
        dated = (row["letter_date"], row["letter_date_evidence"], row["request_date"], row["request_date_evidence"])
        references, citations = pattern.facts[row["source"]]
        return FixedReading(
            source=pattern.name(row["source"]),
            message=pattern.name(row["message_id"]),
            attachment=pattern.name(row["attachment_id"]) if row["attachment_id"] else None,
            sha256=letter.sha256,
            text=letter.text,
            columns=(row["kind"], *dated, row["outcome"], row["outcome_evidence"], row["signals"], row["notes"]),
            references=tuple(tuple(one.values())[1:] for one in references),
            citations=tuple(tuple(one.values())[1:] for one in citations),
        )

    def _event(self, row: Row) -> EventForm:
        columns = ((0, "incoming_message_id"), (1, "outgoing_message_id"), (3, "comment_id"))
        places = [None if row[name] is None else self._pattern.places[kind][row[name]] for kind, name in columns]
        return EventForm(
            event_type=row["event_type"],
            created_at=moment(row["created_at"]),
            states=(row["described_state"], row["calculated_state"]),
            last_described_at=moment(row["last_described_at"]) if row["last_described_at"] else None,
            places=(places[0], places[1], places[2]),
            display_status=row["display_status"],
        )


def gap_words(
    pattern: Pattern, random: Random, *, authority: str, requester: str, title: str, slug: str, days: int
) -> Words:
    """What fills the gaps of one copy; the filler is put in text by text."""
    words = [""] * pattern.width
    words[AUTHORITY], words[REQUESTER], words[TITLE], words[SLUG] = authority, requester, title, slug
    words[SURNAME] = requester.rpartition(" ")[2]
    place = SLUG + 1
    for day in pattern.days:
        words[place] = day.moved(days)
        place += 1
    for number in pattern.numbers:
        words[place] = f"{number[:-4]}{int(random.random() * 10_000):04d}"
        place += 1
    return Words(words, days)


def _sample(pattern: Pattern, vocabulary: Vocabulary, length: int) -> Words:
    random = dice("sample", pattern.id)
    sample = gap_words(
        pattern, random, authority="Glimmerford District Council", requester=asker(pattern.id),
        title="Lamps along the tow path, Yarrowham", slug="lamps_along_the_tow_path_17", days=-70,
    )  # fmt: skip
    sample.words[0] = vocabulary.text(random, length) + "\n\n"
    return sample


def _moved(context: LetterContext, sample: Words) -> LetterContext:
    """The context of the sample."""
    asked = context.request_date
    return replace(
        context, authority=sample.words[AUTHORITY], request_date=asked and ISO[number_of(asked) + sample.days]
    )
