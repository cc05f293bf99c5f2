"""What each mention of a provision does in the letter: relied on, or only mentioned, and why we think so.

The rules are tried in order and the first that speaks decides; its name is recorded. They look at the sentence of
the mention, at the clause within it where a negation must govern, and at the voice the passage speaks in.
"""

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from parsers.law.provision import written
from parsers.law.table import ProvisionRow, lookup
from parsers.letters import cues
from parsers.letters.clean import Letter
from parsers.letters.expand import Parts
from parsers.letters.kinds import Stance
from parsers.letters.layout import Layout
from parsers.letters.phrases import Phrases, Words
from parsers.letters.quotes import Voice, Voices
from parsers.letters.records import Role
from parsers.letters.resolve import Resolved
from parsers.letters.rules import RoleRule

_CLAUSE = re.compile(
    r";|(?<![a-z])(?:but|however|although|whereas|while|though)(?![a-z])|,[ \n]+and[ \n]+(?:also[ \n]+)?(?=we |i |the )"
)
_MAX_REACH = 400
_BELOW = 240
_SUPPORTING = frozenset({"DPA1998", "DPA2018", "UKGDPR"})

NOT_HELD = frozenset({("EIR", "12(4)(a)"), ("EISR", "10(4)(a)")})
"""The exceptions that are relied on by saying that nothing is held."""

STAMP: Final = "redaction_stamp"
"""The rule of a mention that only marks where something was taken out of a released page."""

STRENGTH: tuple[Role, ...] = (
    "relied_on",
    "relied_on_ncnd",
    "claimed_pending_pit",
    "withdrawn",
    "considered_not_applied",
    "possible_future",
    "unknown",
    "procedural",
    "boilerplate",
    "other_law",
    "statute_quotation",
    "requester_quotation",
)
"""Which role stands for the letter where a provision is mentioned more than once: the first of these."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A role, the rule that gave it, and how sure it is."""

    role: Role
    rule: RoleRule
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What stands around one mention: its sentence, its clause, and the words of the letter to look them up in."""

    words: Words
    first: int
    last: int
    clause_first: int
    clause_last: int
    start: int
    end: int

    def says(self, phrases: Phrases) -> bool:
        """Whether the sentence has one of the phrases."""
        return phrases.search(self.words, self.first, self.last) is not None

    def clause_says(self, phrases: Phrases) -> bool:
        """Whether the clause has one of the phrases."""
        return phrases.search(self.words, self.clause_first, self.clause_last) is not None

    def before(self, phrases: Phrases, reach: int) -> bool:
        """Whether a phrase of the clause ends at most ``reach`` characters before the mention."""
        found = phrases.last(self.words, self.clause_first, self.start)
        return found is not None and self.start - found.end() <= reach

    def after(self, phrases: Phrases, reach: int) -> re.Match[str] | None:
        """A phrase of the clause that begins at most ``reach`` characters after the mention."""
        found = phrases.search(self.words, self.end, self.clause_last)
        return found if found is not None and found.start() - self.end <= reach else None

    def goes_on(self, phrases: Phrases) -> bool:
        """Whether one of the phrases follows soon after the sentence, as below a heading."""
        return phrases.search(self.words, self.last, self.last + _BELOW) is not None

    @property
    def stamped(self) -> bool:
        """Whether the mention stands between square brackets, as on a released page where something was taken out."""
        text = self.words.text
        return text[self.start - 1 : self.start] == "[" and text[self.end : self.end + 1] == "]"

    @property
    def heading(self) -> bool:
        """Whether the mention stands almost alone on its line: a number, a name, no full stop."""
        before = self.words.text[self.first : self.start].strip(" \n\u2022(-0123456789.[")
        after = self.words.text[self.end : self.last].strip()
        return len(before) < 25 and len(after) < 80 and not after.endswith(".")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """All that a role is judged by."""

    letter: Letter
    layout: Layout
    words: Words
    voices: Voices
    stance: Stance

    def rulings(self, resolved: Resolved) -> Iterator[Ruling]:
        """The role of each provision of one mention, in order."""
        mention = resolved.mention
        outside = _outside(resolved, self.voices.at(mention.start))
        if outside is not None:
            yield from (outside for _ in resolved.provisions)
            return
        around = self._surroundings(mention.start, mention.label_end or mention.end)
        if around.heading and self._voice_below(around.last) == "statute":
            yield from (Ruling("statute_quotation", "heading_of_statute", 0.85) for _ in resolved.provisions)
            return
        alike: dict[object, Ruling] = {}
        for provision in resolved.provisions:
            row = _row(resolved.regime, provision.parts)
            sort = row and (row.refusal_ground, row.kind, row.ncnd, row.test, (row.regime, row.provision) in NOT_HELD)
            if sort not in alike:
                alike[sort] = self._ruling(around, row)
            yield alike[sort]

    def _ruling(self, around: Surroundings, row: ProvisionRow | None) -> Ruling:
        if row is None or not row.refusal_ground:
            if around.says(cues.RIGHTS):
                return Ruling("boilerplate", "review_rights", 0.95)
            return Ruling("procedural", "not_a_ground", 0.95)
        rulings = (rule(around, row, self.stance) for rule in _RULES)
        return next(ruling for ruling in rulings if ruling is not None)

    def _voice_below(self, position: int) -> Voice:
        """The voice of the next words after a place."""
        text = self.words.text
        blanks = len(text[position : position + _BELOW]) - len(text[position : position + _BELOW].lstrip())
        return self.voices.at(position + blanks)

    def _surroundings(self, start: int, end: int) -> Surroundings:
        first, last = self.layout.sentence(start, end)
        first, last = max(first, start - _MAX_REACH), min(last, end + _MAX_REACH)
        clause_first = first
        for match in _CLAUSE.finditer(self.words.text, first, start):
            clause_first = match.end()
        clause = _CLAUSE.search(self.words.text, end, last)
        return Surroundings(
            words=self.words,
            first=first,
            last=last,
            clause_first=clause_first,
            clause_last=clause.start() if clause else last,
            start=start,
            end=end,
        )


_FOREIGN_VOICES: dict[Voice, Ruling] = {
    "earlier_message": Ruling("requester_quotation", "voice_earlier_message", 0.9),
    "request": Ruling("requester_quotation", "voice_request", 0.9),
    "footer": Ruling("boilerplate", "voice_footer", 0.9),
    "rights": Ruling("boilerplate", "voice_rights", 0.9),
    "statute": Ruling("statute_quotation", "voice_statute", 0.9),
}


def _outside(resolved: Resolved, voice: Voice) -> Ruling | None:
    """Mentions that no authority makes for itself, and law that supports but is never the ground."""
    if resolved.regime == "OTHER":
        return Ruling("other_law", "other_act", 0.95)
    if voice in _FOREIGN_VOICES:
        return _FOREIGN_VOICES[voice]
    if resolved.regime in _SUPPORTING:
        return Ruling("other_law", "data_protection_supports", 0.95)
    if resolved.regime == "unknown":
        return Ruling("unknown", "no_act_named", 0.5)
    return None


@functools.lru_cache(maxsize=4096)
def _row(regime: str, parts: Parts) -> ProvisionRow | None:
    rows = (lookup(regime, written(parts[:depth])) for depth in range(len(parts), 0, -1))
    return next((row for row in rows if row is not None), None)


Rule = Callable[[Surroundings, ProvisionRow, Stance], Ruling | None]


def _asked(around: Surroundings, row: ProvisionRow, stance: Stance) -> Ruling | None:  # noqa: ARG001 - one shape for all
    return Ruling("requester_quotation", "requester_first_person", 0.85) if around.says(cues.REQUESTER) else None


def _denied(around: Surroundings, row: ProvisionRow, stance: Stance) -> Ruling | None:
    if around.clause_says(cues.WITHDRAWN):
        return Ruling("withdrawn", "withdrawn", 0.85)
    negated = around.after(cues.NOT_AFTER, 50)
    if negated is not None and cues.OTHER_SUBJECT.search(around.words, around.end, negated.end()) is None:
        return Ruling("considered_not_applied", "negated", 0.85)
    if around.before(cues.NOT_BEFORE, 60) or around.before(cues.DOUBTED, 30):
        return Ruling("considered_not_applied", "negated", 0.85)
    if around.says(cues.CONSIDERED):
        return Ruling("considered_not_applied", "considered_and_dismissed", 0.8)
    if stance.favours_disclosure and row.test == "qualified":
        return Ruling("considered_not_applied", "public_interest_for_disclosure", 0.8)
    return None


def _open(around: Surroundings, row: ProvisionRow, stance: Stance) -> Ruling | None:
    if row.regime == "FOISA" and stance.cites_section_18 and around.says(cues.HELD_WOULD_BE):
        return Ruling("relied_on_ncnd", "paired_with_section_18", 0.85)
    if stance.pending and around.says(cues.PENDING):
        return Ruling("claimed_pending_pit", "public_interest_still_open", 0.85)
    if around.before(cues.POSSIBLE_BEFORE, 90) or around.after(cues.POSSIBLE_AFTER, 30):
        return Ruling("possible_future", "possible", 0.8)
    if not row.ncnd and cues.IF_HELD.search(around.words, around.first, around.start):
        return Ruling("possible_future", "if_it_were_held", 0.75)
    if around.before(cues.POSSIBLE_IF, 160):
        return Ruling("possible_future", "if_asked_again", 0.75)
    return None


_MISTAKABLE = frozenset({"cover", "transfer", "clarification", "fees_notice", "acknowledgement"})
"""What a short answer may be taken for; a plain refusal in it outweighs that."""


def _silent(around: Surroundings, row: ProvisionRow, stance: Stance) -> Ruling | None:
    """In a letter that decides nothing yet, nothing is relied on."""
    if stance.answers or (
        stance.bearing in _MISTAKABLE and (around.says(cues.REFUSED) or around.goes_on(cues.REFUSED))
    ):
        return None
    if stance.bearing == "holding" and around.says(cues.WITHHELD_NOW):
        return None
    if stance.bearing == "holding" and row.test == "qualified" and around.says(cues.RELIES):
        return Ruling("claimed_pending_pit", "claimed_in_a_holding_letter", 0.7)
    return Ruling("possible_future", "letter_does_not_answer", 0.8)


def _neither(around: Surroundings, row: ProvisionRow, stance: Stance) -> Ruling | None:  # noqa: ARG001 - one shape for all
    if around.says(cues.NCND):
        return Ruling("relied_on_ncnd", "neither_confirm_nor_deny", 0.9)
    return None


def _general(around: Surroundings, row: ProvisionRow, stance: Stance) -> Ruling | None:
    """Guidance, and in a review the earlier decision that it restates."""
    del row
    if around.says(cues.GUIDANCE) and not around.says(cues.FIRST_PERSON):
        return Ruling("boilerplate", "guidance", 0.8)
    if stance.bearing == "review" and around.before(cues.COMPLAINT, 200):
        return Ruling("requester_quotation", "complaint_restated", 0.75)
    restates = stance.bearing == "review" and around.says(cues.EARLIER_DECISION)
    if restates and not around.says(cues.REVIEW_HOLDS):
        return Ruling("requester_quotation", "earlier_decision_restated", 0.6)
    return None


def _marked(around: Surroundings, row: ProvisionRow, stance: Stance) -> Ruling | None:
    """Stamps, headings, and the exceptions for what is not held: relied on without a verb that says so."""
    if around.stamped:
        return Ruling(_reliance(row), STAMP, 0.85)
    if (row.regime, row.provision) in NOT_HELD and stance.not_held:
        return Ruling(_reliance(row), "exception_for_what_is_not_held", 0.85)
    if around.heading and (stance.withholds or around.says(cues.REFUSED) or around.goes_on(cues.REFUSED)):
        return Ruling(_reliance(row), "heading_in_a_refusal", 0.85)
    return Ruling("boilerplate", "heading", 0.6) if around.heading else None


def _relied(around: Surroundings, row: ProvisionRow, stance: Stance) -> Ruling:
    if around.says(cues.RELIES) and not around.after(cues.DESCRIBES, 40):
        return Ruling(_reliance(row), "relies", 0.93 if around.says(cues.FIRST_PERSON) else 0.9)
    if stance.withholds:
        return Ruling(_reliance(row), "described_in_a_refusal", 0.8)
    if around.says(cues.DESCRIBES):
        return Ruling("boilerplate", "described", 0.6)
    return Ruling(_reliance(row), "named_in_an_answer", 0.6)


def _reliance(row: ProvisionRow) -> Role:
    return "relied_on_ncnd" if row.kind == "ncnd" or row.ncnd else "relied_on"


_RULES: tuple[Rule, ...] = (_asked, _denied, _open, _neither, _general, _silent, _marked, _relied)
