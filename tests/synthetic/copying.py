"""Copies of threads, as rows of every table of the archive in the order of its columns."""

from collections import defaultdict
from random import Random
from typing import Any

from parsers.clock import nation_of
from parsers.documents.probes.probe import PROBE_VERSION
from parsers.documents.read import READER_VERSION
from parsers.letters.reading import PARSER_VERSION
from parsers.letters.records import LetterContext
from scraper.standin.slugs import slugged
from tests.synthetic.cloze import Filled
from tests.synthetic.days import ISO, number_of, utc
from tests.synthetic.extras import Extras
from tests.synthetic.ledger import CRAWL, Ledger
from tests.synthetic.lengths import characters, dice
from tests.synthetic.letterform import LetterForm, Words, context_json, input_key
from tests.synthetic.pattern import Pattern
from tests.synthetic.site import Body, Plan, asker
from tests.synthetic.threadform import FileForm, FixedReading, MessageForm, ThreadForm, gap_words
from tests.synthetic.vocabulary import Vocabulary

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]
FIRST_NUMBERS = (1_600_000, 1_400_000, 2_900_000, 90_000)
"""Of incoming and outgoing messages, files and annotations."""
FIRST_REQUEST, FIRST_EVENT = 200_000, 3_000_000
_ASKS = (
    "Under the Freedom of Information Act please could you send me the following:",
    "I would be grateful if you would let me have:",
    "Please could you tell me what you hold on this:",
    "This is a request for information. I should like to know:",
)


class Copier:
    """Makes the rows of one copy after the other; ``rows`` takes them, and the caller empties it."""

    def __init__(self, seed: int, forms: list[ThreadForm], vocabulary: Vocabulary, ledger: Ledger) -> None:
        self.rows: Rows = defaultdict(list)
        self._seed, self._forms, self._vocabulary, self._ledger = seed, forms, vocabulary, ledger
        ledger.rows = self.rows
        self._random = dice("copies", seed)
        self._bases = list(FIRST_NUMBERS)
        self._event = FIRST_EVENT
        self._nations = {form.pattern.authority["id"]: _nation(form) for form in forms}
        self._extras = Extras(self, forms)

    # What a copy and its extras share.

    @property
    def random(self) -> Random:
        """The throws of this copy."""
        return self._random

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of this archive."""
        return self._vocabulary

    @property
    def ledger(self) -> Ledger:
        """What was asked of the site."""
        return self._ledger

    def copy(self, plan: Plan) -> None:
        """The rows of one request."""
        self.begin(plan)
        form = self.form
        for message in form.messages:
            self._message(message)
        for file in form.files:
            self._file(file)
        for fixed in form.fixed:
            self._fixed(fixed)
        for event in form.events:
            self._add_event(event)
        self._annotations()
        self._bases = [base + count for base, count in zip(self._bases, form.counts, strict=True)]
        self._extras.add()
        self._request()

    def begin(self, plan: Plan) -> None:
        """Settle what is the same in all rows of a copy."""
        self.plan, self.form = plan, self._forms[plan.pattern]
        pattern = self.form.pattern
        self.id = FIRST_REQUEST + plan.number
        self.slug = f"{slugged(plan.title)}_{plan.number}"
        self.requester = asker(plan.asker)
        self.words = self.words_for(pattern, plan.days)
        self.checked_at = self._ledger.begin(self)
        self.context = self._context(plan.body)
        self.last_event = ""
        self.incoming: list[tuple[str, bool]] = []
        """Its messages from the authority, and whether each holds or carries an answer."""
        self.first_file = len(self.rows["attachments"])

    def words_for(self, pattern: Pattern, days: int) -> Words:
        """What fills the gaps of a thread in this copy."""
        return gap_words(
            pattern, self._random, authority=self.plan.body.name, requester=self.requester, title=self.plan.title,
            slug=self.slug, days=days,
        )  # fmt: skip

    def _context(self, body: Body) -> str:
        events = self.form.events
        sent = min((event.created_at.day for event in events if event.event_type == "sent"), default=None)
        return context_json(
            LetterContext(
                authority=body.name,
                nation=self._nations[body.base],
                law_used=self.form.pattern.request["law_used"],
                direction="incoming",
                request_date=None if sent is None else ISO[sent + self.plan.days],
            )
        )

    def number(self, kind: int) -> int:
        """The next number of that kind, for what is no copy."""
        self._bases[kind] += 1
        return self._bases[kind] - 1

    def add_event(self, event_type: str, created_at: str, states: Row, places: Row, display: str | None) -> None:
        """An entry of the history; ``states`` are described, calculated and when, ``places`` three numbers."""
        self._event += 1
        self.last_event = max(self.last_event, created_at)
        row = (self._event, self.id, event_type, created_at, *states, *places, display)
        self.rows["events"].append(row)

    def add_reading(self, source: str, message: str, attachment: str | None, columns: Row, key: str) -> None:
        """What was read in a letter; ``columns`` are those from kind to notes."""
        read_at = self._ledger.read_at
        self.rows["readings"].append((source, self.id, message, attachment, *columns, PARSER_VERSION, key, read_at))

    # The parts of a copy.

    def filled(self, form: LetterForm, words: Words, median: float) -> list[Filled]:
        """The pages of a letter, with further words of about that length."""
        if form.filled:
            length = characters(self._random, median, 0.9, 12_000)
            words.words[0] = self._vocabulary.text(self._random, length) + "\n\n"
        return [page.fill(words.words) for page in form.pages]

    def add_letter(self, letter: LetterForm, name: str, pages: list[Filled], words: Words) -> None:
        """What was read in a message."""
        key = input_key(None, pages[0].text, self.context)
        self.add_reading(name, name, None, letter.reading(pages, words), key)
        self._facts(letter, name, pages, words)

    def _message(self, form: MessageForm) -> None:
        name, words = form.name.of(self._bases), self.words.words
        text = full = None
        if form.letter is not None:
            pages = self.filled(form.letter, self.words, 800)
            whole = pages[0].text
            text, full = (form.text.word(words) if form.text else None, whole) if form.full else (whole, None)
            self.add_letter(form.letter, name, pages, self.words)
        elif form.text is not None:
            text = self._asked() if form.position == 1 and not form.incoming else form.text.word(words)
        author = form.author.word(words) if form.author else None
        sent_at = form.sent_at.moved(self.plan.days) if form.sent_at else None
        if form.letter is not None:
            self.incoming.append((name, form.answers))
        head = (name, self.id, form.position, "incoming" if form.incoming else "outgoing", form.prominence)
        self.rows["messages"].append((*head, author, sent_at, text, full, *form.rest))

    def _asked(self) -> str:
        """The first message: in the same words for all that were sent together."""
        plan = self.plan
        random = self._random if plan.wave is None else dice(self._seed, "wave", plan.wave)
        ask = _ASKS[int(random.random() * len(_ASKS))]
        text = self._vocabulary.text(random, characters(random, 800, 0.7, 9_000))
        return f"Dear {plan.body.name},\n\n{ask}\n\n{text}\n\nYours faithfully,\n\n{self.requester}"

    def _facts(self, letter: LetterForm, source: str, pages: list[Filled], words: Words) -> None:
        if letter.references:
            self.rows["letter_references"] += letter.reference_rows(source, pages, words)
        if letter.citations:
            self.rows["citations"] += letter.citation_rows(source, pages)

    def _file(self, form: FileForm) -> None:
        name, message = form.name.of(self._bases), form.message.of(self._bases)
        url = None
        if form.tail is not None:
            url = f"/request/{self.slug}/response/{message.partition('-')[2]}/attach/{form.tail}"
        sha256 = form.sha256
        if form.letter is not None and form.document is not None:
            pages = self.filled(form.letter, self.words, 500)
            sha256 = self._ledger.document(form.document.row["document_type"])
            self.add_document(sha256, form, pages)
            tool = f"{READER_VERSION} {form.document.row['tool']}"
            self.add_reading(
                name, message, name, form.letter.reading(pages, self.words), input_key(sha256, tool, self.context)
            )
            self._facts(form.letter, name, pages, self.words)
        elif sha256 is not None:
            self._ledger.uses(sha256)
        checked_at = self.checked_at if form.rest[3] == "fetched" else None
        head = (name, message, form.position, form.part, form.called, form.size_shown, url)
        self.rows["attachments"].append((*head, *form.rest, sha256, checked_at))
        if checked_at and url and sha256:
            self._ledger.fetched_file(url, sha256)

    def add_document(self, sha256: str, form: FileForm, pages: list[Filled]) -> None:
        """A letter's file as ``wdtk read`` leaves it."""
        document = form.document
        assert document is not None
        row, read_at = document.row, self._ledger.read_at
        head = (sha256, row["document_type"], row["status"], None, row["tool"])
        self.rows["documents"].append((*head, row["page_count"], READER_VERSION, read_at, 0))
        for page, filled in zip(document.pages, pages, strict=True):
            told = (filled.text, page["source"], page["confidence"], page["words"], page["title"])
            self.rows["pages"].append((sha256, page["number"], *told))
        if document.probe:
            probe = document.probe
            self.rows["probes"].append((sha256, row["document_type"], probe["status"], None, PROBE_VERSION, read_at))
            for finding in document.findings:
                self.rows["findings"].append((sha256, *list(finding.values())[1:]))

    def _fixed(self, fixed: FixedReading) -> None:
        source, message = fixed.source.of(self._bases), fixed.message.of(self._bases)
        attachment = fixed.attachment.of(self._bases) if fixed.attachment else None
        key = input_key(fixed.sha256, fixed.text, self.context)
        self.add_reading(source, message, attachment, fixed.columns, key)
        self.rows["letter_references"] += [(source, *row) for row in fixed.references]
        self.rows["citations"] += [(source, *row) for row in fixed.citations]

    def _add_event(self, event: Any) -> None:
        bases, (incoming, outgoing, comment) = self._bases, event.places
        described_at = event.last_described_at.moved(self.plan.days) if event.last_described_at else None
        places = (
            None if incoming is None else bases[0] + incoming,
            None if outgoing is None else bases[1] + outgoing,
            None if comment is None else bases[3] + comment,
        )
        created_at = event.created_at.moved(self.plan.days)
        self.add_event(event.event_type, created_at, (*event.states, described_at), places, event.display_status)

    def _annotations(self) -> None:
        days = self.plan.days
        for name, position, created_at, text in self.form.comments:
            row = (name.of(self._bases), self.id, position, None, created_at.moved(days), text)
            self.rows["comments"].append(row)
        for name, position, sent_at in self.form.resends:
            self.rows["resends"].append((name.of(self._bases), self.id, position, sent_at.moved(days)))
        for tag in self.form.pattern.tags:
            self.rows["request_tags"].append((self.id, tag["name"], tag["value"]))

    def _request(self) -> None:
        row, plan = self.form.pattern.request, self.plan
        due_on = ISO[number_of(row["due_on"]) + plan.days] if row["due_on"] else None
        json_sha256, page_sha256 = self._ledger.request(self)
        states = [row[name] for name in ("described_state", "display_status", "calculated_status")]
        shown = [row[name] for name in ("awaiting_description", "prominence", "noindex")]
        batch = 5_000 + plan.wave if plan.wave is not None and plan.is_batch else None
        kept = [row[name] for name in ("requester_kind", "requester_name", "law_note", "notes", "unexplained")]
        times = (self.form.events[0].created_at.moved(plan.days), self.last_event, due_on)
        head = (self.id, self.slug, plan.title, plan.body.id, row["law_used"], *states, *shown, *times)
        self.rows["requests"].append(
            (*head, row["replies"], row["not_subject"], batch, *kept, json_sha256, page_sha256, self.checked_at)
        )
        utc_event = utc(self.last_event)
        self.rows["listed"].append(
            (self.slug, plan.body.url_name, self.id, utc_event, CRAWL, self.checked_at, self.checked_at)
        )


def _nation(form: ThreadForm) -> Any:
    told = form.pattern.told["public_body"]["tags"]
    return nation_of([(name, value or "") for name, value in told])
