"""Decide of which law each mention is, and which provisions it stands for.

The evidence is weighed in a fixed order, and the rule that decided is recorded: an Act named beside the number, the
noun and the label, a form that exists in one regime only, the nation of the authority, the rest of the letter.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from parsers.letters.acts import ActMention, acts_between
from parsers.letters.citations import Mention
from parsers.letters.clean import Letter
from parsers.letters.expand import Expanded, expand, is_long_range, paths
from parsers.letters.friends import WITHHOLDS, betrayed, false_friend, is_heading_number, is_too_short, names_document
from parsers.letters.labels import by_label
from parsers.letters.layout import Layout
from parsers.letters.letterlaw import LetterLaw
from parsers.letters.records import Regime
from parsers.letters.rules import RegimeRule

GDPR_DAY = "2018-05-25"
"""When the Data Protection Act 2018 and the GDPR replaced the Act of 1998."""

_FAMILIES: dict[str, tuple[str, ...]] = {
    "section": ("FOIA", "FOISA"),
    "regulation": ("EIR", "EISR"),
    "article": ("UKGDPR",),
    "schedule": ("DPA2018", "DPA1998"),
    "exemption": ("FOIA", "FOISA"),
    "exception": ("EIR", "EISR"),
    "act": ("FOIA", "FOISA", "EIR", "EISR"),
    "none": ("FOIA", "EIR", "FOISA", "EISR"),
}
_SCOTTISH = {"FOIA": "FOISA", "EIR": "EISR"}
_BRITISH = {"FOISA": "FOIA", "EISR": "EIR"}
_NEAR = 300
_RECENT = 40
"""How many names back "the Act" may point."""
_OTHER_PREFIX = {"regulation": "reg", "article": "art", "exception": "reg"}
_MADE_UNDER = re.compile(r"\b(?:regulations?|rules|order)\b")
"""What is made under an Act, and is none."""
_AFTER = re.compile(
    r"[ \n,)\]]{0,60}(?:(?:exemptions?|exceptions?)[ \n]{1,40})?(?:-[ ]?)?\(?(?:(?:of|under|in|from|within|to|"
    r"and|contained in|set out in|o|as set out in)"
    r"[ \n]{1,60})?(?:part[ ](?:ii|2|two)[ \n]{1,40}of[ \n]{1,40})?(?:(?:the|both|our|ddeddf|uk|that)[ \n]{1,60})?$"
)
_BEFORE = re.compile(
    r"(?:'s)?[ \n,:;()\[\]'\"-]{0,40}(?:(?:exemptions?|exceptions?|under|at|in particular|specifically|namely|"
    r"by virtue of|via)"
    r"[ \n:,]{1,40})?(?:the[ ])?[(\[]?$"
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

    def resolve(self, mention: Mention) -> Resolved | None:
        act, rule = self._act_beside(mention)
        if act is not None and not (rule == "act_before" and betrayed(self.letter.lower, mention)):
            return self._by_act(mention, act, rule)
        lower = self.letter.lower
        if names_document(lower, mention) or is_too_short(lower, mention):
            return None
        if is_heading_number(lower, self.layout, mention):
            return None
        friend = false_friend(lower, self.layout, mention)
        if friend is not None:
            return self._other(mention, friend, "false_friend")
        return self._without_act(mention)

    def _act_beside(self, mention: Mention) -> tuple[ActMention | None, RegimeRule]:
        """The Act named right after the list (or its label), else right before it, else that its noun names."""
        for end in dict.fromkeys((mention.end, mention.label_end or mention.end)):
            for act in acts_between(self.acts, end, end + 120):
                if _AFTER.match(self.letter.lower[end : act.start]):
                    return act, "act_after"
                break
        before = acts_between(self.acts, mention.start - 120, mention.start + 1)
        last = before[-1] if before and before[-1].end <= mention.start else None
        if last and last.how == "named" and _BEFORE.match(self.letter.lower[last.end : mention.start]):
            return last, "act_before"
        return None, "no_act_named"

    def _by_act(self, mention: Mention, act: ActMention, rule: RegimeRule) -> Resolved:
        if act.how != "named":
            rule = act.how
            act = self._pointed_at(mention, act)
        if act.regime == "OTHER":
            return self._other(mention, act.code, rule)
        regime = self._dated(act.regime, mention)
        if regime in {"FOIA", "EIR"} and self.law.scottish and "foi" in self.letter.lower[act.start : act.start + 5]:
            regime = (
                _SCOTTISH[regime] if not _exists(mention, regime) and _exists(mention, _SCOTTISH[regime]) else regime
            )
        if not _has_sections(mention, regime):
            return self._slip(mention, regime)
        return self._made(mention, regime, rule)

    def _pointed_at(self, mention: Mention, act: ActMention) -> ActMention:
        """What "the Act" points at: the Act so defined, else the one named last that has the provision."""
        regulations = act.how == "the_regulations"
        kind = {"EIR", "EISR", "OTHER"} if regulations else {"FOIA", "FOISA", "DPA", "DPA1998", "DPA2018", "OTHER"}
        earlier = acts_between(self.acts, 0, act.start)[-_RECENT:]
        named = [a for a in earlier if self._fits(a, kind, regulations=regulations)]
        if act.how == "that_act" and named:
            return replace(named[-1], start=act.start, end=act.end)
        if act.how == "the_act" and self.law.defined_act:
            return replace(act, regime=self.law.defined_act, how="named")
        for last in reversed(named):
            if last.regime == "OTHER" or _has_sections(mention, self._dated(last.regime, mention)):
                if last.regime == "OTHER" and any(_has_sections(mention, a.regime) for a in named):
                    continue
                return replace(last, start=act.start, end=act.end)
        base = "EIR" if regulations else "FOIA"
        return replace(act, regime=_SCOTTISH[base] if self.law.scottish else base, how="named")

    def _fits(self, act: ActMention, kind: set[str], *, regulations: bool) -> bool:
        """Whether what is named can be meant by ``the Regulations``, or else by ``the Act``."""
        if act.how != "named" or act.regime not in kind:
            return False
        made_under = _MADE_UNDER.search(self.letter.lower, act.start, act.end) is not None
        return act.regime != "OTHER" or made_under == regulations

    def _dated(self, regime: str, mention: Mention) -> str:
        """The Data Protection Act that was in force, where the letter does not print its year."""
        if regime != "DPA":
            return regime
        if self.law.day:
            return "DPA1998" if self.law.day < GDPR_DAY else "DPA2018"
        return "DPA1998" if "DPA1998" in self.law.names or not _has_sections(mention, "DPA2018") else "DPA2018"

    def _without_act(self, mention: Mention) -> Resolved | None:
        family = _FAMILIES[mention.noun.family]
        if mention.noun.family == "act":
            return self._named_by_noun(mention)
        if mention.noun.family == "schedule":
            return self._schedule(mention)
        if mention.noun.family == "article":
            return self._article(mention)
        existing = [regime for regime in family if _has_sections(mention, regime)]
        if not existing:
            return self._slip(mention, family[0])
        return self._choose(mention, existing)

    def _named_by_noun(self, mention: Mention) -> Resolved:
        regime = mention.noun.regime
        if self.law.scottish and regime in _SCOTTISH:
            regime = _SCOTTISH[regime]
        if not _has_sections(mention, regime):
            return self._slip(mention, regime)
        return self._made(mention, regime, "noun_names_regime")

    def _schedule(self, mention: Mention) -> Resolved | None:
        """Schedules are cited of the Data Protection Acts; with no such Act named they are of some document."""
        if not self.law.names & {"DPA", "DPA1998", "DPA2018"}:
            return None
        return self._made(mention, self._dated("DPA", mention), "schedule_of_data_protection_act")

    def _article(self, mention: Mention) -> Resolved | None:
        lower = self.letter.lower
        if "human rights" in lower[max(0, mention.start - 100) : mention.end + 100]:
            return self._other(mention, "ECHR1950", "human_rights_near")
        if "UKGDPR" in self.law.names or (mention.items[0].levels and _exists(mention, "UKGDPR")):
            return self._made(mention, "UKGDPR", "article")
        return None

    def _choose(self, mention: Mention, existing: list[str]) -> Resolved:
        """Between the regimes that have the numbers: the label, the form, the nation, the rest of the letter."""
        labelled = by_label(mention, existing)
        if labelled is not None:
            return self._made(mention, labelled, "label")
        exact = [regime for regime in existing if _exists(mention, regime)]
        if not exact and mention.items[0].levels:
            wider = [regime for regime in ("FOIA", "EIR", "FOISA", "EISR") if _exists(mention, regime)]
            exact = wider or exact
        if (len(exact) == 1 and len(existing) > 1) or (exact and exact[0] not in existing):
            return self._made(mention, self._at_home(exact), "form")
        return self._made(mention, self._at_home(exact or existing), "nation" if self.law.scottish else "letter")

    def _at_home(self, regimes: list[str]) -> str:
        scots = [regime for regime in regimes if regime in _BRITISH]
        british = [regime for regime in regimes if regime in _SCOTTISH]
        home = (scots or british) if self.law.scottish else (british or scots)
        if len(home) > 1:
            return home[1] if self.law.environmental else home[0]
        return (home or regimes)[0]

    def _slip(self, mention: Mention, expected: str) -> Resolved:
        """The number is not in the law that noun or words point to: another regime that has it, else unknown."""
        order = ("FOISA", "EISR", "FOIA", "EIR") if self.law.scottish else ("FOIA", "EIR", "FOISA", "EISR")
        if any(item.levels for item in mention.items) or self._withholds(mention):
            for regime in order:
                if regime != expected and _exists(mention, regime):
                    return self._made(mention, regime, "noun_slip")
        return self._unknown(mention)

    def _withholds(self, mention: Mention) -> bool:
        start, end = self.layout.sentence(mention.start, mention.end)
        start, end = max(start, mention.start - _NEAR), min(end, mention.end + _NEAR)
        return mention.noun.family != "section" and WITHHOLDS.search(self.letter.lower, start, end) is not None

    def _made(self, mention: Mention, regime: str, rule: RegimeRule) -> Resolved:
        home = {"FOIA": "FOISA", "EIR": "EISR", "FOISA": "FOIA", "EISR": "EIR"}.get(regime, "")
        settled = regime in self.law.names and home not in self.law.names
        doubtful = rule in {"nation", "letter"} and home and not settled and _exists(mention, home)
        provisions = () if is_long_range(mention.items) else expand(mention.items, regime)
        return Resolved(
            mention=mention,
            regime=cast("Regime", regime),
            code="",
            rule=rule,
            candidates=(regime, home) if doubtful else (),
            provisions=provisions or _as_printed(mention),
        )

    def _other(self, mention: Mention, code: str, rule: RegimeRule) -> Resolved:
        prefix = _OTHER_PREFIX.get(mention.noun.family, "s")
        items = tuple(
            replace(
                item, number=f"{code} {item.number if item.number.startswith('Sch') else prefix + item.number}".strip()
            )
            if item.number
            else item
            for item in mention.items
        )
        return Resolved(
            mention=mention, regime="OTHER", code=code, rule=rule, candidates=(), provisions=expand(items, "OTHER")
        )

    def _unknown(self, mention: Mention) -> Resolved:
        """A number that no information law has is of some other Act; one that several have stays undecided."""
        family = _FAMILIES[mention.noun.family]
        if not any((item.number,) in paths(regime) for regime in family for item in mention.items):
            return self._other(mention, "", "not_in_information_law")
        candidates = tuple(r for r in ("FOIA", "EIR", "FOISA", "EISR") if _has_sections(mention, r))
        return Resolved(
            mention=mention,
            regime="unknown",
            code="",
            rule="no_act_named",
            candidates=candidates,
            provisions=_as_printed(mention),
        )


def _exists(mention: Mention, regime: str) -> bool:
    """Whether a regime has every provision of the list as printed."""
    return all(found.exact for found in expand(mention.items, regime))


def _has_sections(mention: Mention, regime: str) -> bool:
    """Whether a regime has the section of every number of the list."""
    if mention.noun.family == "schedule" or regime in {"DPA", "DPA2018", "DPA1998", "UKGDPR"}:
        return any((item.number,) in paths(regime) for item in mention.items if item.number) or regime != "FOIA"
    return all((item.number,) in paths(regime) for item in mention.items if item.number)


def _as_printed(mention: Mention) -> tuple[Expanded, ...]:
    """What no table has, in the canonical manner of writing."""
    if is_long_range(mention.items):
        first, last = mention.items[0], mention.items[-1]
        return (Expanded((f"{first.number}-{last.number}",), exact=False, item=first),)
    return tuple(Expanded((item.number, *item.levels), exact=False, item=item) for item in mention.items if item.number)
