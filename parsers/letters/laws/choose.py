"""Choose between the laws that have a number where no Act is named beside it.

The evidence in its order: the noun and the words beside the number, a form that exists in one law only, the nation of
the authority, the rest of the letter. Where two laws remain, both are named.
"""

from typing import NamedTuple

from parsers.letters.citing.expand import all_exist, paths
from parsers.letters.citing.labels import by_label
from parsers.letters.citing.mentions import Mention
from parsers.letters.laws.letterlaw import LetterLaw
from parsers.letters.rules import RegimeRule

FAMILIES: dict[str, tuple[str, ...]] = {
    "section": ("FOIA", "FOISA"),
    "regulation": ("EIR", "EISR"),
    "article": ("UKGDPR",),
    "schedule": ("DPA2018", "DPA1998"),
    "exemption": ("FOIA", "FOISA"),
    "exception": ("EIR", "EISR"),
    "act": ("FOIA", "FOISA", "EIR", "EISR"),
    "none": ("FOIA", "EIR", "FOISA", "EISR"),
}
"""The laws that a noun may stand for."""
SCOTTISH = {"FOIA": "FOISA", "EIR": "EISR"}
BRITISH = {"FOISA": "FOIA", "EISR": "EIR"}
_ALL = ("FOIA", "EIR", "FOISA", "EISR")


class Choice(NamedTuple):
    """A law, the rule that chose it, and between which laws it remains in doubt."""

    regime: str
    rule: RegimeRule
    candidates: tuple[str, ...] = ()


def choose(mention: Mention, existing: list[str], law: LetterLaw) -> Choice:
    """The law of a mention, out of those that have all its numbers; at least one must."""
    exact = [regime for regime in existing if exists(mention, regime)]
    labelled = by_label(mention, existing)
    if labelled is not None and (labelled in exact or not exact):
        return Choice(labelled, "label")
    if _environmental_slip(mention, law):
        regime = SCOTTISH["EIR"] if law.scottish else "EIR"
        return Choice(regime, "letter", _in_doubt(regime, (regime, *exact)))
    if not exact and mention.items[0].levels:
        exact = [regime for regime in _ALL if exists(mention, regime)]
    if law.scottish and mention.items[0].levels and not set(exact) & BRITISH.keys():
        exact = [*exact, *(regime for regime in BRITISH if exists(mention, regime))]
    if (len(exact) == 1 and len(existing) > 1) or (exact and exact[0] not in existing):
        return Choice(at_home(exact, law), "form")
    possible = exact or existing
    regime = at_home(possible, law)
    rivals = [other for other in possible if _rivals(regime, other, law)]
    return Choice(regime, "nation" if law.scottish else "letter", _in_doubt(regime, (regime, *rivals)))


def exists(mention: Mention, regime: str) -> bool:
    """Whether a regime has every provision of the list as printed."""
    return all_exist(mention.items, regime)


def has_sections(mention: Mention, regime: str) -> bool:
    """Whether a regime has the section of every number of the list; of data protection law any number may be."""
    if mention.noun.family == "schedule" or regime in {"DPA", "DPA2018", "DPA1998", "UKGDPR"}:
        return any((item.number,) in paths(regime) for item in mention.items if item.number) or regime != "FOIA"
    return all((item.number,) in paths(regime) for item in mention.items if item.number)


def at_home(regimes: list[str], law: LetterLaw) -> str:
    """Of several laws the one of the authority's nation, environmental where the letter is."""
    scots = [regime for regime in regimes if regime in BRITISH]
    british = [regime for regime in regimes if regime in SCOTTISH]
    home = (scots or british) if law.scottish else (british or scots)
    if len(home) > 1:
        return home[1] if law.environmental else home[0]
    return (home or regimes)[0]


def _environmental_slip(mention: Mention, law: LetterLaw) -> bool:
    """``section 12(4)(b)`` in a letter that is under the environmental regulations and names no other Act."""
    regime = "EISR" if law.scottish else "EIR"
    return (
        mention.noun.family == "section"
        and law.environmental
        and not law.names & {"FOIA", "FOISA"}
        and len(mention.items[0].levels) > 1
        and exists(mention, regime)
    )


def _rivals(regime: str, other: str, law: LetterLaw) -> bool:
    """Whether another law that has the number remains possible beside the one chosen."""
    if other == regime:
        return False
    if regime in law.names and other not in law.names:
        return False
    if SCOTTISH.get(regime, BRITISH.get(regime)) == other:
        return other in law.names or not law.nation_known
    same_nation = (regime in SCOTTISH) == (other in SCOTTISH)
    return same_nation and not law.handled_under


def _in_doubt(regime: str, possible: tuple[str, ...]) -> tuple[str, ...]:
    several = tuple(dict.fromkeys(possible))
    return several if len(several) > 1 and several[0] == regime else ()
