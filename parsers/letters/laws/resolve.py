"""Decide of which law each mention is, and which provisions it stands for.

The evidence is weighed in a fixed order, and the rule that decided is recorded: an Act named beside the number, the
noun and the label, a form that exists in one regime only, the nation of the authority, the rest of the letter.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from parsers.law.table import friends_of
from parsers.letters.citing.expand import Expanded, expand, is_long_range, paths
from parsers.letters.citing.friends import (
    betrayed,
    false_friend,
    is_heading_number,
    is_list_number,
    is_too_short,
    names_document,
)
from parsers.letters.citing.mentions import Mention
from parsers.letters.laws.acts import ActMention, acts_between
from parsers.letters.laws.choose import FAMILIES, SCOTTISH, choose, exists, has_sections
from parsers.letters.laws.letterlaw import LetterLaw
from parsers.letters.laws.memory import OTHER_PREFIX, Memory, withholds
from parsers.letters.laws.pointing import GDPR_DAY, Pointer
from parsers.letters.records import Regime
from parsers.letters.rules import RegimeRule
from parsers.letters.text.clean import Letter
from parsers.letters.text.layout import Layout

_YEAR = re.compile(r"[0-9]{4}")
_AFTER = re.compile(
    r"[ \n,)\]]{0,60}(?:(?:exemptions?|exceptions?|eithriad|forms?|notices?|requests?|orders?|powers?|duty|duties|"
    r"rights?|provisions?|offences?|refusal|enquir(?:y|ies)|assessments?|search(?:es)?|agreements?|stops?)[ \n]{1,40})?"
    r"(?:(?:served|issued|made|given|granted|approved)[ \n]{1,40})?(?:-[ ]?)?\(?"
    r"(?:(?:of|under|in|from|within|to|contained in|set out in|o|o dan|as set out in|provided by|created by)"
    r"[ \n]{1,60})?(?:part[ ](?:ii|2|two)[ \n]{1,40}of[ \n]{1,40})?(?:(?:the|both|our|ddeddf|uk|that|eu)[ \n]{1,60})?"
    r"(?:(?:19|20)[0-9]{2}[ \n]{1,20})?$"
)
_BEFORE = re.compile(
    r"(?:'s)?[ \n,:;()\[\]'\"-]{0,40}(?:(?:exemptions?|exceptions?|under|at|in particular|specifically|namely|"
    r"by virtue of|via|where|in which|under which|whose)"
    r"[ \n:,]{1,40})?(?:the[ ])?[(\[]?$"
)
_SCHEDULE_BETWEEN = re.compile(r"[ \n]{1,40}(?:of|in|under|contained in|set out in)[^.;]{1,50}$")
_AND = re.compile(r"[ \n,]{0,60}and[ \n]{1,60}(?:the[ \n]{1,60})?$")
_OWN_RULES = re.compile(
    r"\b(?!environmental|information|the|these|those|our|your|of|under|and|such|eu|uk|all|any)[a-z]{3,20} regulations\b"
)
_PRIVATE_LIFE = re.compile(
    r"human rights|convention|private (?:and family )?life|freedom of expression|\bechr\b|inquest"
)
_PRINCIPLES = re.compile(r"data protection[ \n]{1,40}principle|first principle|fair processing")
_PERSONAL_DATA = re.compile(
    r"personal data|data protection|data subject|lawful basis|legitimate interest|special categor|\bgdpr\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A mention with its law. ``code`` is that of the Act where ``regime`` is OTHER."""

    mention: Mention
    regime: Regime
    code: str
    rule: RegimeRule
    candidates: tuple[str, ...]
    provisions: tuple[Expanded, ...]


def resolve(
    letter: Letter, layout: Layout, mentions: Sequence[Mention], acts: tuple[ActMention, ...], law: LetterLaw
) -> tuple[Resolved, ...]:
    """Every mention with its law; headings of documents and counts, which cite nothing, are left out."""
    resolver = _Resolver(letter, layout, acts, law)
    return tuple(found for mention in mentions if (found := resolver.resolve(mention)) is not None)


class _Resolver:
    def __init__(self, letter: Letter, layout: Layout, acts: tuple[ActMention, ...], law: LetterLaw) -> None:
        self.letter = letter
        self.layout = layout
        self.acts = acts
        self.law = law
        self.pointer = Pointer(letter, layout, acts, law)
        self.memory = Memory(letter, layout, acts, law)

    def resolve(self, mention: Mention) -> Resolved | None:
        act, rule = self._act_beside(mention)
        if mention.noun.family == "principle":
            return self._principle(mention, act, rule)
        if act is not None and not (rule == "act_before" and betrayed(self.letter.lower, mention)):
            return self._by_act(mention, act, rule)
        friend = false_friend(self.letter.lower, self.layout, mention)
        if self._is_none(mention) and not (friend and mention.noun.family == "regulation"):
            return None
        if friend is not None:
            return self._other(mention, friend, "false_friend")
        told = self.memory.code(mention)
        if not told and mention.noun.family == "regulation" and self._of_own_rules(mention):
            return self._other(mention, "", "not_in_information_law")
        return self._other(mention, told, "named_before") if told else self._without_act(mention)

    def _is_none(self, mention: Mention) -> bool:
        """Whether it is a place in a document, a label or the number of a list."""
        lower = self.letter.lower
        return (
            names_document(lower, mention)
            or is_too_short(lower, mention)
            or is_list_number(mention)
            or is_heading_number(lower, self.layout, mention)
        )

    def _act_beside(self, mention: Mention) -> tuple[ActMention | None, RegimeRule]:
        """The Act named right after the list (or its label), else right before it, else that its noun names."""
        lower = self.letter.lower
        for end in dict.fromkeys((mention.end, mention.label_end or mention.end)):
            for act in acts_between(self.acts, end, end + 120)[:1]:
                between = lower[end : act.start]
                if _AFTER.match(between) or (_AND.match(between) and self._shares(mention, act)):
                    return act, "act_after"
        before = acts_between(self.acts, mention.start - 120, mention.start + 1)
        last = before[-1] if before and before[-1].end <= mention.start else None
        if last and last.how == "named" and _BEFORE.match(lower[last.end : mention.start]):
            return last, "act_before"
        return None, "no_act_named"

    def _shares(self, mention: Mention, act: ActMention) -> bool:
        """``sections 7 and the Act``: what stands behind ``and`` may be the Act of the number, if it has it."""
        return act.regime not in {"DPA", "DPA1998", "DPA2018", "UKGDPR", "OTHER"} and (
            act.how != "named" or has_sections(mention, act.regime)
        )

    def _by_act(self, mention: Mention, act: ActMention, rule: RegimeRule) -> Resolved:
        if act.how != "named":
            rule = act.how
            act = self.pointer.act(mention, act)
        if act.regime == "OTHER":
            return self._other(mention, act.code, rule)
        regime = self.pointer.dated(act.regime, mention)
        home = SCOTTISH.get(regime, "")
        if home and self._slips_home(mention, act, regime, home):
            doubtful = exists(mention, regime) and home not in self.law.names
            return self._made(mention, home, rule, (home, regime) if doubtful else ())
        if not has_sections(mention, regime):
            return self._slip(mention, regime)
        nameless = not self.law.nation_known and regime not in self.law.names and rule in {"the_act", "the_regulations"}
        return self._made(mention, regime, rule, (regime, home) if nameless and home and exists(mention, home) else ())

    def _slips_home(self, mention: Mention, act: ActMention, regime: str, home: str) -> bool:
        """Whether a Scottish letter that says ``FOI Act`` without a year means its own Act."""
        if not self.law.scottish or _YEAR.search(self.letter.lower, act.start, act.end):
            return False
        return has_sections(mention, home) and (exists(mention, home) or not exists(mention, regime))

    def _without_act(self, mention: Mention) -> Resolved | None:
        family = FAMILIES[mention.noun.family]
        if mention.noun.family == "act":
            return self._named_by_noun(mention)
        if mention.noun.family == "schedule":
            return self._schedule(mention)
        if mention.noun.family == "article":
            return self._article(mention)
        before = self.memory.regime(mention) if mention.noun.family == "none" else ""
        if before:
            return self._made(mention, before, "named_before")
        existing = [regime for regime in family if has_sections(mention, regime)]
        if not existing:
            return self._slip(mention, family[0])
        return self._made(mention, *choose(mention, existing, self.law))

    def _of_own_rules(self, mention: Mention) -> bool:
        """``the parking regulations are attached; regulation 9``, in a letter that names no environmental law."""
        if self.law.environmental or self.law.names & {"EIR", "EISR"} or mention.items[0].levels:
            return False
        lower = self.letter.lower
        return _OWN_RULES.search(lower, max(0, mention.start - 160), mention.start) is not None and not withholds(
            self.letter, self.layout, mention
        )

    def _named_by_noun(self, mention: Mention) -> Resolved:
        regime = mention.noun.regime
        if self.law.scottish and regime in SCOTTISH:
            regime = SCOTTISH[regime]
        if not has_sections(mention, regime):
            return self._slip(mention, regime)
        return self._made(mention, regime, "noun_names_regime")

    def _schedule(self, mention: Mention) -> Resolved | None:
        """Schedules are cited of the Data Protection Acts; with no such Act or principle near, of some document."""
        if friends_of("schedule", mention.items[0].number.removeprefix("Sch.")):
            return self._other(
                mention, friends_of("schedule", mention.items[0].number.removeprefix("Sch."))[0].act, "false_friend"
            )
        if not self.law.names & {"DPA", "DPA1998", "DPA2018"}:
            lower = self.letter.lower
            condition = "condition" in lower[mention.start : mention.end]
            numbered = condition or _PRINCIPLES.search(lower, max(0, mention.start - 200), mention.end + 100)
            numbered = numbered if self.law.day < GDPR_DAY else None
            return self._made(mention, "DPA1998", "schedule_of_data_protection_act") if numbered else None
        return self._made(mention, self.pointer.dated("DPA", mention), "schedule_of_data_protection_act")

    def _principle(self, mention: Mention, act: ActMention | None, rule: RegimeRule) -> Resolved | None:
        """A data protection principle by its number, where the Act of 1998 is named beside it."""
        lower = self.letter.lower
        near = next(iter(acts_between(self.acts, mention.end, mention.end + 60)), None)
        if act is None and near and _SCHEDULE_BETWEEN.match(lower[mention.end : near.start]):
            act, rule = near, "act_after"
        undated = act is not None and act.regime == "DPA" and not self.law.day
        if act is None or undated or self.pointer.dated(act.regime, mention) != "DPA1998":
            return None
        return self._made(mention, "DPA1998", rule)

    def _article(self, mention: Mention) -> Resolved:
        near = max(0, mention.start - 120), mention.end + 120
        lawful = mention.items[0].levels and exists(mention, "UKGDPR")
        if not lawful and _PRIVATE_LIFE.search(self.letter.lower, *near):
            return self._other(mention, "ECHR1950", "human_rights_near")
        likely = "UKGDPR" in self.law.names or _PERSONAL_DATA.search(self.letter.lower, *near) is not None
        if lawful or (likely and _has_article(mention)):
            return self._made(mention, "UKGDPR", "article")
        return self._other(mention, "", "not_in_information_law")

    def _slip(self, mention: Mention, expected: str) -> Resolved:
        """The number is not in the law that noun or words point to: another regime that has it, else unknown."""
        order = ("FOISA", "EISR", "FOIA", "EIR") if self.law.scottish else ("FOIA", "EIR", "FOISA", "EISR")
        wrong_noun = mention.noun.family != "section" and withholds(self.letter, self.layout, mention)
        if wrong_noun or any(item.levels for item in mention.items):
            for regime in order:
                if regime != expected and exists(mention, regime):
                    return self._made(mention, regime, "noun_slip")
        return self._unknown(mention)

    def _made(self, mention: Mention, regime: str, rule: RegimeRule, candidates: tuple[str, ...] = ()) -> Resolved:
        self.memory.note_law(mention, regime)
        provisions = () if is_long_range(mention.items) else expand(mention.items, regime)
        return Resolved(
            mention=mention,
            regime=cast("Regime", regime),
            code="",
            rule=rule,
            candidates=candidates,
            provisions=provisions or _as_printed(mention),
        )

    def _other(self, mention: Mention, code: str, rule: RegimeRule) -> Resolved:
        if mention.noun.family == "article" and code == "HRA1998":
            code = "ECHR1950"
        if code == "FEES2004" and self.law.scottish:
            code = "SFEES2004"
        prefix = OTHER_PREFIX.get(mention.noun.family, "s")
        items = tuple(
            replace(
                item, number=f"{code} {item.number if item.number.startswith('Sch') else prefix + item.number}".strip()
            )
            if item.number
            else item
            for item in mention.items
        )
        self.memory.note_act(mention, code)
        return Resolved(
            mention=mention, regime="OTHER", code=code, rule=rule, candidates=(), provisions=expand(items, "OTHER")
        )

    def _unknown(self, mention: Mention) -> Resolved:
        """A number that no information law has is of some other Act; one that several have stays undecided."""
        family = FAMILIES[mention.noun.family]
        if not any((item.number,) in paths(regime) for regime in family for item in mention.items):
            return self._other(mention, "", "not_in_information_law")
        candidates = tuple(r for r in ("FOIA", "EIR", "FOISA", "EISR") if has_sections(mention, r))
        return Resolved(
            mention=mention,
            regime="unknown",
            code="",
            rule="no_act_named",
            candidates=candidates,
            provisions=_as_printed(mention),
        )


def _has_article(mention: Mention) -> bool:
    """Whether the UK GDPR has every article of the list."""
    return all((item.number,) in paths("UKGDPR") for item in mention.items if item.number)


def _as_printed(mention: Mention) -> tuple[Expanded, ...]:
    """What no table has, in the canonical manner of writing."""
    if is_long_range(mention.items):
        first, last = mention.items[0], mention.items[-1]
        return (Expanded((f"{first.number}-{last.number}",), exact=False, item=first),)
    return tuple(Expanded((item.number, *item.levels), exact=False, item=item) for item in mention.items if item.number)
