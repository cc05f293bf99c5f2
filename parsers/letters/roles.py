"""What each mention of a provision does in the letter: relied on, or only mentioned, and why we think so.

The rules are tried in order and the first that speaks decides; its name is recorded. They look at the sentence of
the mention, at the clause within it where a negation must govern, and at the voice the passage speaks in.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.law.table import ProvisionRow, lookup
from parsers.letters.clean import Letter
from parsers.letters.expand import Parts
from parsers.letters.kinds import Stance
from parsers.letters.layout import Layout
from parsers.letters.quotes import Voices
from parsers.letters.records import Role
from parsers.letters.resolve import Resolved

_BLANKS = re.compile(r"[ \n]+")
_CLAUSE = re.compile(
    r";| but | however,? | although | whereas | while | though | nor is | and we are (?:also )?| and that |, and (?:also )?(?=we |i |the )"
)

_WITHDRAWN = re.compile(
    r"no longer (?:apply|applies|rely|relies|relying|consider|engaged|maintain|applicable)|withdraw(?:s|n|ing|al)?\b|withdrew|"
    r"exemption (?:is|was|has been) (?:now )?(?:lifted|overturned|removed)|(?:incorrectly|wrongly) (?:applied|relied|cited|withheld|engaged)|"
    r"should not have (?:been )?(?:applied|relied|withheld|cited)|was not correct|in error"
)
_NOT_BEFORE = re.compile(
    r"\b(?:not|never|neither|nor|without) (?:to )?(?:[a-z]+ ){0,3}?(?:apply|applied|applying|rely|relied|relying|engage|engaged|engaging|invoke|invoked|"
    r"invoking|use|used|using|cite|cited|claim|claimed|exempt|covered|caught|fall|falls|relevant|consider that|seek|sought)\b[^.;]{0,60}$"
)
_NOT_AFTER = re.compile(
    r"^[^.;]{0,50}?\b(?:(?:does|do|did|is|are|was|were|has|have|had|would|can|could|should) not(?: [a-z]+){0,2}? (?:apply|applied|engaged?|relied|invoked|"
    r"applicable|relevant|used|met|made out|claimed|been)|not (?:engaged|applicable|relied|applied|appl)|cannot (?:apply|be (?:applied|relied|engaged)))\b"
)
_DISCLOSES = re.compile(
    r"public interest (?:[a-z]+ ){0,6}(?:favours?|lies in|falls in favour of|is in favour of|supports?) (?:of )?(?:the )?(?:disclos|releas)"
)
_CONSIDERED = re.compile(
    r"\bconsidered (?:whether|if|applying|relying|the application of|the use of)\b[^.;]{0,80}(?:but|however|and (?:decided|concluded) (?:not|that it))"
)
_EXCEPT = re.compile(r"(?:not|no longer) exempt (?:from disclosure )?(?:under|by virtue of)[^.;]{0,30}$")

_PENDING = re.compile(
    r"(?:considering|consider|consideration of|determine|assess|decide|weigh|reached a decision)[^.;]{0,80}(?:whether|balance|public interest|if)|"
    r"(?:further|more|additional|extra|extended) time|extend(?:ed|ing)? (?:the )?(?:time|deadline|period|limit)|need(?:s)? to extend|not yet (?:reached|decided|concluded)|"
    r"public interest test (?:extension|consideration)"
)
_POSSIBLE_BEFORE = re.compile(
    r"\b(?:may|might|could)(?: well)?(?: also)?(?: then)?(?: still)? (?:be |need to be |have to be |fall |need to |have to |potentially )?(?:[a-z]+ )?"
    r"(?:exempt(?:ed)?|appl(?:y|ied)|engag(?:e|ed)|refus(?:e|ed)|withh(?:old|eld)|rely|relied|invoke|cite|covered|fall|subject|consider|redact(?:ed)?|decline)\b[^.;]{0,90}$|"
    r"reserve(?:s)? (?:the|our|its) right[^.;]{0,80}$|had (?:it|the information|this|we|they) (?:been )?held[^.;]{0,100}$|"
    r"\bif (?:it|the information|we|any information|such information) (?:were|was|is|are|did|had)[^.;]{0,100}$|would (?:also )?(?:have been|need to consider)[^.;]{0,60}$|"
    r"(?:should you|if you|were you to)[^.;]{0,160}$|(?:future|new|further|refined|revised|narrowed) (?:request|response)s?[^.;]{0,100}(?:may|might|could|would)[^.;]{0,80}$"
)
_POSSIBLE_AFTER = re.compile(
    r"^[^.;]{0,30}?\b(?:may|might|could)(?: well)?(?: also)?(?: still)? (?:be engaged|be applied|be relied|apply|be applicable|be considered|be relevant|be cited|be used|need to)|"
    r"^[^.;]{0,20}?would (?:also )?(?:be likely to )?(?:have )?(?:also )?(?:appl(?:y|ied)|been engaged|engage)\b"
)
_NCND = re.compile(
    r"(?:confirm|confirming|confirmation)(?: or|,? nor|,? and|/)? ?(?:or |nor )?(?:to )?(?:deny|denying|denial)|confirm nor deny|"
    r"duty (?:in|under|at|to|of|set out|imposed)[^.;]{0,60}(?:does not|not) (?:arise|apply)|cadarnhau na gwadu|"
    r"(?:obliged|required) to (?:say|state|confirm) whether|(?:that|whether) (?:the |any )?information (?:is|does)(?: or is)? (?:not )?(?:held|exist)|"
    r"should not be (?:taken|seen|regarded) as (?:an indication|evidence|confirmation)|reveal(?:ing)? whether (?:it|the)[^.;]{0,40}(?:exists?|held)"
)
_RELIES = re.compile(
    r"withh(?:old|eld|olding|olds)|refus(?:e|ed|es|ing|al)\b|redact(?:ed|ing|ion|ions)?\b|declin(?:e|ed|ing)|remov(?:e|ed|ing)\b|"
    r"not (?:be )?(?:provid|releas|disclos|suppl)|unable to (?:provide|release|disclose|supply|comply|answer)|cannot (?:be )?(?:provid|releas|disclos|suppl)|"
    r"exempt(?:s|ed|ing)?\b|except(?:s|ed) from|appl(?:y|ies|ied|ying|ication of)\b|engag(?:e|ed|es|ing)\b|rel(?:y|ied|ies|ying|iance)\b|"
    r"invok(?:e|ed|es|ing)|claim(?:ed|s|ing)?\b|fall(?:s|ing)? (?:within|under|into)|covered by|caught by|by virtue of|in accordance with|pursuant to|"
    r"uph(?:old|eld|olding)|maintain(?:s|ed|ing)?\b|refusal notice|excluded|omitted|blanked|not obliged|not required|exceed|vexatious|"
    r"manifestly unreasonable|outweigh|public interest|prejudice|eithr|gwrthod|dal yn \u00f4l|cited?\b|used\b|under\b"
)
_DESCRIBES = re.compile(
    r"^[^.;]{0,40}?\b(?:protects?|provides?|exempts?|states?|says|allows?|enables?|sets? out|relates? to|covers?|applies (?:to|where|when|if)|is (?:an?|one) "
    r"(?:absolute|qualified|class|prejudice)|is designed|requires?|places?|gives?|creates?|makes?|permits?|deals? with|concerns?|means)\b"
)
_GUIDANCE = re.compile(
    r"guidance|ico website|ico\.org|publication scheme|for (?:more|further) information (?:about|on)|list of exemptions|there are (?:a number of|several|[0-9]+) exemptions|"
    r"exemptions (?:in|within|under|set out in) (?:part|sections)|disclosure log|certain exemptions|may be exempt"
)
_RIGHTS = re.compile(
    r"(?:complain|complaint|appeal|appl(?:y|ication)) (?:directly )?to the|information commissioner|right (?:of appeal|to (?:complain|appeal|request|ask))|internal review|tribunal"
)
_REQUESTER = re.compile(
    r"\bmy (?:foi |information )?(?:request|questions?|application)\b|\bi (?:am (?:writing to )?request|would like to (?:request|know|ask|receive|see|have)|wish to request|"
    r"hereby request|understand that (?:under|you)|expect|believe you)|please (?:could|can|would) you|^[^a-z]*please (?:provide|supply|send|let me)|i look forward to (?:hearing|receiving)|"
    r"how i can refine"
)
_EARLIER_DECISION = re.compile(
    r"(?:original(?:ly)?|initial(?:ly)?|first|previous(?:ly)?|earlier|our) (?:response|decision|reply|refusal|request|answer|refused|withheld|applied|relied)|"
    r"you (?:have )?(?:argued?|complain(?:ed)?|challenged?|disput(?:e|ed)|say|said|state[ds]?|believe|contend|asked (?:us|for a review)|question(?:ed)?)"
)
_REVIEW_HOLDS = re.compile(
    r"uph(?:old|eld)|maintain|correct(?:ly)?|agree|confirm|continue|still|satisfied|appropriate|properly|now (?:rely|apply|withhold)|remain"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What stands around one mention, in lower case with single blanks."""

    before: str
    after: str
    clause_before: str
    clause_after: str
    heading: bool
    following: str
    """The text after the sentence, for headings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A role, the rule that gave it, and how sure it is."""

    role: Role
    rule: str
    confidence: float


def find_role(
    letter: Letter, layout: Layout, voices: Voices, stance: Stance, resolved: Resolved, parts: Parts
) -> Ruling:
    """The role of one provision of one mention."""
    mention = resolved.mention
    voice = voices.at(mention.start)
    if resolved.regime == "OTHER":
        return Ruling(role="other_law", rule="other_act", confidence=0.95)
    if voice in {"earlier_message", "request"}:
        return Ruling(role="requester_quotation", rule=f"voice_{voice}", confidence=0.9)
    if voice in {"footer", "rights"}:
        return Ruling(role="boilerplate", rule=f"voice_{voice}", confidence=0.95)
    if resolved.regime in {"DPA1998", "DPA2018", "UKGDPR"}:
        return Ruling(role="other_law", rule="data_protection_supports", confidence=0.95)
    if resolved.regime == "unknown":
        return Ruling(role="unknown", rule="no_act_named", confidence=0.5)
    row = _row(resolved.regime, parts)
    around = surroundings(letter, layout, mention.start, mention.label_end or mention.end)
    if voice == "statute":
        return Ruling(role="statute_quotation", rule="voice_statute", confidence=0.9)
    if row is None or not row.refusal_ground:
        return _not_a_ground(around)
    return _ground(around, row, stance)


def surroundings(letter: Letter, layout: Layout, start: int, end: int) -> Surroundings:
    """The sentence of a span, its clause, and whether it is a heading."""
    first, last = layout.sentence(start, end)
    first, last = max(first, start - 400), min(last, end + 400)
    before = _BLANKS.sub(" ", letter.lower[first:start])
    after = _BLANKS.sub(" ", letter.lower[end:last])
    clause_before = _CLAUSE.split(before)[-1]
    clause_after = _CLAUSE.split(after, maxsplit=1)[0]
    heading = (
        len(before.strip(" \u2022(-0123456789.")) < 25 and len(after.strip()) < 60 and not after.rstrip().endswith(".")
    )
    return Surroundings(
        before=before,
        after=after,
        clause_before=clause_before,
        clause_after=clause_after,
        heading=heading,
        following=_BLANKS.sub(" ", letter.lower[last : last + 500]),
    )


def strongest_role(roles: Sequence[Role]) -> Role:
    """The role that stands for the letter: relied on before considered, considered before mentioned."""
    return min(roles, key=STRENGTH.index)


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


def _row(regime: str, parts: Parts) -> ProvisionRow | None:
    for depth in range(len(parts), 0, -1):
        printed = parts[0] + "".join(f"({part})" for part in parts[1:depth])
        row = lookup(regime, printed)
        if row is not None:
            return row
    return None


def _not_a_ground(around: Surroundings) -> Ruling:
    if _RIGHTS.search(around.before + around.after):
        return Ruling(role="boilerplate", rule="review_rights", confidence=0.95)
    return Ruling(role="procedural", rule="not_a_ground", confidence=0.95)


def _ground(around: Surroundings, row: ProvisionRow, stance: Stance) -> Ruling:
    sentence = around.before + " \u00a7 " + around.after
    if _REQUESTER.search(sentence):
        return Ruling(role="requester_quotation", rule="requester_first_person", confidence=0.85)
    ruling = _denied(around) or _open(around, stance)
    if ruling is not None:
        return ruling
    if stance.favours_disclosure and row.test == "qualified":
        return Ruling(role="considered_not_applied", rule="public_interest_concluded_for_disclosure", confidence=0.8)
    if _NCND.search(sentence):
        return Ruling(role="relied_on_ncnd", rule="neither_confirm_nor_deny", confidence=0.9)
    if _GUIDANCE.search(sentence) and not _first_person(sentence):
        return Ruling(role="boilerplate", rule="guidance", confidence=0.8)
    if not stance.answers:
        return Ruling(role="possible_future", rule="letter_does_not_answer", confidence=0.8)
    if stance.bearing == "review" and _EARLIER_DECISION.search(sentence) and not _REVIEW_HOLDS.search(sentence):
        return Ruling(role="requester_quotation", rule="earlier_decision_restated", confidence=0.6)
    if around.heading:
        return _heading(around, stance)
    if _RELIES.search(sentence) and not _DESCRIBES.search(around.after):
        role: Role = "relied_on_ncnd" if row.ncnd and row.kind == "ncnd" else "relied_on"
        return Ruling(role=role, rule="relies", confidence=0.93 if _first_person(sentence) else 0.9)
    if stance.withholds:
        return Ruling(role="relied_on", rule="described_in_a_refusal", confidence=0.8)
    return Ruling(role="boilerplate", rule="described", confidence=0.6)


def _denied(around: Surroundings) -> Ruling | None:
    clause = around.clause_before + " \u00a7 " + around.clause_after
    if _WITHDRAWN.search(clause):
        return Ruling(role="withdrawn", rule="withdrawn", confidence=0.85)
    if _EXCEPT.search(around.clause_before) or _NOT_AFTER.search(around.clause_after):
        return Ruling(role="considered_not_applied", rule="negated", confidence=0.85)
    if _NOT_BEFORE.search(around.clause_before):
        return Ruling(role="considered_not_applied", rule="negated", confidence=0.85)
    if _DISCLOSES.search(around.after) or _CONSIDERED.search(around.before + around.after):
        return Ruling(role="considered_not_applied", rule="public_interest_favours_disclosure", confidence=0.8)
    return None


def _open(around: Surroundings, stance: Stance) -> Ruling | None:
    clause = around.before + " \u00a7 " + around.after
    if stance.pending and _PENDING.search(clause):
        return Ruling(role="claimed_pending_pit", rule="public_interest_still_open", confidence=0.85)
    if _POSSIBLE_BEFORE.search(around.clause_before) or _POSSIBLE_AFTER.search(around.clause_after):
        return Ruling(role="possible_future", rule="possible", confidence=0.8)
    return None


def _heading(around: Surroundings, stance: Stance) -> Ruling:
    if stance.withholds:
        return Ruling(role="relied_on", rule="heading_in_a_refusal", confidence=0.85)
    return Ruling(role="boilerplate", rule="heading", confidence=0.6)


def _first_person(sentence: str) -> bool:
    return (
        re.search(r"\b(?:we|i|our|us|the (?:council|trust|department|force|authority|university))\b", sentence)
        is not None
    )
