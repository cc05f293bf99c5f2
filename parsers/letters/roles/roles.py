"""What each mention of a provision does in the letter: relied on, or only mentioned, and why we think so.

The rules are tried in order and the first that speaks decides; its name is recorded. They look at the sentence of
the mention, at the clause within it where a negation must govern, and at the voice the passage speaks in.
"""

import functools
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from typing import Final

from parsers.law.table import ProvisionRow
from parsers.letters.laws.resolve import Resolved
from parsers.letters.outcomes.kinds import Stance
from parsers.letters.records import Role
from parsers.letters.roles import cues, dismissal, modality, polarity
from parsers.letters.roles.grounds import is_ground, part_of_a_ground, row_of, whole_section
from parsers.letters.roles.rulings import Ruling, outside
from parsers.letters.roles.settle import is_recalled
from parsers.letters.roles.surroundings import Surroundings, surroundings
from parsers.letters.roles.tenor import COUNT, OTHERS, USED_IN, Tenor
from parsers.letters.roles.turns import picked, turned
from parsers.letters.text.clean import Letter
from parsers.letters.text.layout import Layout
from parsers.letters.text.phrases import Words
from parsers.letters.voices.quotes import Voice, Voices

_BELOW = 240
_MOST_KNOWN = 512

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


@dataclass(frozen=True, kw_only=True)
class Reader:
    """All that a role is judged by."""

    letter: Letter
    layout: Layout
    words: Words
    own: Words
    """The words of the authority's own voice."""
    voices: Voices
    stance: Stance
    known: dict[Hashable, Ruling] = field(default_factory=dict)
    """The rulings given so far, by the words around the provision and its sort."""

    @functools.cached_property
    def tenor(self) -> Tenor:
        """What the letter says as a whole."""
        return Tenor(own=self.own, words=self.words)

    def rulings(self, resolved: Resolved) -> Iterator[Ruling]:
        """The role of each provision of one mention, in order."""
        mention = resolved.mention
        foreign = outside(resolved, self.voices.at(mention.start))
        if foreign is not None:
            yield from (foreign for _ in resolved.provisions)
            return
        around = surroundings(self.words, self.layout, mention.start, mention.label_end or mention.end)
        if around.heading and self._voice_below(around.last) == "statute":
            yield from (Ruling("statute_quotation", "heading_of_statute") for _ in resolved.provisions)
            return
        key = around.key
        many = len(resolved.provisions)
        for place, provision in enumerate(resolved.provisions):
            row = row_of(resolved.regime, provision.parts)
            sort = row and (
                whole_section(row),
                row.refusal_ground,
                row.ncnd,
                row.test,
                (row.regime, row.provision) in NOT_HELD,
            )
            chosen = picked(around, place, many) if row and is_ground(row) else None
            yield chosen or self._remembered((key, sort), around, row)

    def _remembered(self, key: Hashable, around: Surroundings, row: ProvisionRow | None) -> Ruling:
        """The ruling on a sort of provision; schedules and stamps repeat the same words many times."""
        ruling = self.known.get(key) or self._ruling(around, row)
        if len(self.known) < _MOST_KNOWN:
            self.known[key] = ruling
        return ruling

    def _ruling(self, around: Surroundings, row: ProvisionRow | None) -> Ruling:
        if row is None or not is_ground(row):
            if row is not None and part_of_a_ground(row) and around.before(cues.WITHHELD_BY, 60):
                return Ruling("relied_on", "read_with_a_ground")
            if around.says(cues.RIGHTS):
                return Ruling("boilerplate", "review_rights")
            return Ruling("procedural", "not_a_ground")
        rulings = (rule(around, row, self) for rule in _RULES)
        return next(ruling for ruling in rulings if ruling is not None)

    def _voice_below(self, position: int) -> Voice:
        """The voice of the next words after a place."""
        text = self.words.text
        blanks = len(text[position : position + _BELOW]) - len(text[position : position + _BELOW].lstrip())
        return self.voices.at(position + blanks)


Rule = Callable[[Surroundings, ProvisionRow, Reader], Ruling | None]


def _asked(around: Surroundings, row: ProvisionRow, reader: Reader) -> Ruling | None:  # noqa: ARG001 - one shape for all
    if around.says(cues.REQUESTER):
        return Ruling("requester_quotation", "requester_first_person")
    if around.before(cues.ARGUES, 160) or around.before(cues.NAMES, 20):
        return Ruling("requester_quotation", "requester_argues")
    return None


def _counted(around: Surroundings, row: ProvisionRow, reader: Reader) -> Ruling | None:  # noqa: ARG001 - one shape for all
    """How often a ground was used in answering requests is what is told, and no ground for refusing this one."""
    told = OTHERS.search(around.sentence_before) or (USED_IN.match(around.sentence_after) and around.says(cues.TIMES))
    if told or (COUNT.match(around.words.text, around.end) and reader.tenor.counts):
        return Ruling("boilerplate", "other_requests_counted")
    return None


def _turned(around: Surroundings, row: ProvisionRow, reader: Reader) -> Ruling | None:
    review = reader.stance.bearing == "review" or reader.tenor.revisits
    return turned(around, row, review=review, undecided=not reader.stance.answers or reader.tenor.waits)


def _denied(around: Surroundings, row: ProvisionRow, reader: Reader) -> Ruling | None:
    before, after = around.clause_before, around.clause_after
    if polarity.withdrawn(before, after):
        return Ruling("withdrawn", "withdrawn")
    if polarity.denied(before, after):
        return Ruling("considered_not_applied", "negated")
    if dismissal.dismissed(around.sentence_before, around.sentence_after, around.following):
        return Ruling("considered_not_applied", "considered_and_dismissed")
    if (around.heading or around.alone) and (
        dismissal.denied_below(around.following) or dismissal.released_below(around.below)
    ):
        return Ruling("considered_not_applied", "denied_below_heading")
    favours = reader.stance.favours_disclosure and row.test == "qualified" and not around.says(cues.WITHHELD_NOW)
    if favours or around.says(cues.FOR_DISCLOSURE):
        return Ruling("considered_not_applied", "public_interest_for_disclosure")
    return None


def _open(around: Surroundings, row: ProvisionRow, reader: Reader) -> Ruling | None:
    if row.regime == "FOISA" and reader.stance.cites_section_18 and around.says(cues.HELD_WOULD_BE):
        return Ruling("relied_on_ncnd", "paired_with_section_18")
    if around.says(cues.USUAL) and not around.says(cues.FIRST_PERSON):
        return Ruling("boilerplate", "guidance")
    if row.test == "qualified" and _still_weighed(around, reader):
        return Ruling("claimed_pending_pit", "public_interest_still_open")
    return _supposed(around, row)


def _supposed(around: Surroundings, row: ProvisionRow) -> Ruling | None:
    """What may come to apply: perhaps, if something were held, or if the request were made again."""
    if around.clause_before.endswith("had"):
        return None
    possible = modality.possible(around.clause_before, around.clause_after, around.sentence_before)
    if (
        (possible and not row.ncnd)
        or modality.had_it_been(around.clause_after)
        or around.before(cues.POSSIBLE_BEFORE, 90)
        or around.after(cues.POSSIBLE_AFTER, 30)
    ):
        return Ruling("possible_future", "possible")
    if not row.ncnd and cues.IF_HELD.search(around.words, around.first, around.start):
        return Ruling("possible_future", "if_it_were_held")
    if around.before(cues.POSSIBLE_IF, 160):
        return Ruling("possible_future", "if_asked_again")
    return None


def _still_weighed(around: Surroundings, reader: Reader) -> bool:
    """Whether the exemption is claimed, and only the public interest in it not yet decided."""
    if reader.stance.pending and around.says(cues.PENDING):
        return True
    return reader.tenor.weighing and not around.says(cues.WITHHELD_NOW)


_MISTAKABLE = frozenset({"cover", "transfer", "clarification", "fees_notice", "acknowledgement"})
"""What a short answer may be taken for; a plain refusal in it outweighs that."""


def _silent(around: Surroundings, row: ProvisionRow, reader: Reader) -> Ruling | None:
    """In a letter that decides nothing yet, nothing is relied on."""
    if reader.stance.answers or (
        reader.stance.bearing in _MISTAKABLE and (around.says(cues.REFUSED) or around.goes_on(cues.REFUSED))
    ):
        return None
    if reader.stance.bearing == "holding" and (around.says(cues.WITHHELD_NOW) or reader.tenor.refuses):
        return None
    if reader.stance.bearing == "holding" and row.test == "qualified" and around.says(cues.RELIES):
        return Ruling("claimed_pending_pit", "claimed_in_a_holding_letter")
    return Ruling("possible_future", "letter_does_not_answer")


def _neither(around: Surroundings, row: ProvisionRow, reader: Reader) -> Ruling | None:  # noqa: ARG001 - one shape for all
    if around.says(cues.NCND):
        return Ruling("relied_on_ncnd", "neither_confirm_nor_deny")
    return None


def _general(around: Surroundings, row: ProvisionRow, reader: Reader) -> Ruling | None:  # noqa: ARG001 - one shape for all
    if around.says(cues.GUIDANCE) and not around.says(cues.FIRST_PERSON):
        return Ruling("boilerplate", "guidance")
    return None


def _recalled(around: Surroundings, row: ProvisionRow, reader: Reader) -> Ruling | None:  # noqa: ARG001 - one shape for all
    """What a regulator found, and how something was answered at another time."""
    if around.before(cues.HISTORY, 160) and not reader.tenor.notice:
        return Ruling("boilerplate", "regulator_recalled")
    if reader.stance.bearing != "review" and is_recalled(around.sentence_before + around.sentence_after):
        return Ruling("requester_quotation", "earlier_answer_recalled")
    return None


def _restated(around: Surroundings, row: ProvisionRow, reader: Reader) -> Ruling | None:
    """In a review: the complaint, and the earlier decision that it upholds or not."""
    review = reader.stance.bearing == "review"
    if review and around.before(cues.COMPLAINT, 200):
        return Ruling("requester_quotation", "complaint_restated")
    restates = around.says(cues.EARLIER_DECISION) and not around.says(cues.REVIEW_HOLDS)
    if not restates or not (review or reader.tenor.revisits):
        return None
    if reader.tenor.upholds:
        return Ruling(_reliance(row), "earlier_decision_upheld")
    if reader.tenor.overturns:
        return Ruling("withdrawn", "earlier_decision_overturned")
    return Ruling("requester_quotation", "earlier_decision_restated")


def _marked(around: Surroundings, row: ProvisionRow, reader: Reader) -> Ruling | None:
    """Stamps, headings, and the exceptions for what is not held: relied on without a verb that says so."""
    if around.stamped:
        return Ruling(_reliance(row), STAMP)
    if (row.regime, row.provision) in NOT_HELD and reader.stance.not_held:
        return Ruling(_reliance(row), "exception_for_what_is_not_held")
    if not around.heading:
        return None
    refuses = (
        around.beside
        or around.led_in(cues.RELIES)
        or reader.stance.withholds
        or reader.tenor.keeps
        or around.says(cues.REFUSED)
    )
    if refuses or around.goes_on(cues.REFUSED) or around.goes_on(cues.USED_FOR) or around.led_in(cues.LEGEND):
        return Ruling(_reliance(row), "heading_in_a_refusal")
    return Ruling("boilerplate", "heading")


def _relied(around: Surroundings, row: ProvisionRow, reader: Reader) -> Ruling:
    if around.says(cues.RELIES) and not around.after(cues.DESCRIBES, 40):
        return Ruling(_reliance(row), "relies")
    if reader.stance.withholds or reader.tenor.keeps:
        return Ruling(_reliance(row), "described_in_a_refusal")
    if around.says(cues.DESCRIBES) and not around.says(cues.OURS):
        return Ruling("boilerplate", "described")
    return Ruling(_reliance(row), "named_in_an_answer")


def _reliance(row: ProvisionRow) -> Role:
    return "relied_on_ncnd" if row.kind == "ncnd" or row.ncnd else "relied_on"


_RULES: tuple[Rule, ...] = (
    _asked,
    _counted,
    _turned,
    _denied,
    _open,
    _recalled,
    _restated,
    _neither,
    _general,
    _silent,
    _marked,
    _relied,
)
