"""Grounds for withholding: which a case runs into, and the words for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from scraper.standin.data import table
from scraper.standin.letters.draft import Case, Draft

LEFT_THE_UNION = date(2021, 1, 1)
"""Before this day the regulation was not yet the UK's own."""


@dataclass(frozen=True, kw_only=True)
class Support:
    """The condition of data-protection law that stands behind a personal-information ground."""

    condition: str
    law: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Ground:
    """One exemption or exception of one law, with an authority's words for it."""

    key: str
    regime: str
    provision: str
    also: str | None
    heading: str
    qualified: bool
    qualified_person: bool
    scopes: tuple[str, ...]
    scopes_for: dict[str, tuple[str, ...]]
    """What it covers in requests on a theme, where that is not the usual."""
    why: tuple[str, ...]
    factors_for: tuple[str, ...]
    factors_against: tuple[str, ...]
    quote: str
    other: str
    """Another Act that forbids disclosure, as letters name it."""
    other_provision: str
    old: Support | None
    new: Support | None

    @property
    def provisions(self) -> tuple[str, ...]:
        """The provision and, where two limbs go together, the second."""
        return (self.provision,) if self.also is None else (self.provision, self.also)


@cache
def grounds(regime: str) -> dict[str, Ground]:
    """Every ground of one law, by key."""
    return {row["key"]: _ground(row) for row in table("grounds")["ground"] if row["regime"] == regime}


def _ground(row: dict[str, object]) -> Ground:
    return Ground(
        key=str(row["key"]),
        regime=str(row["regime"]),
        provision=str(row["provision"]),
        also=str(row["also"]) if "also" in row else None,
        heading=str(row["heading"]),
        qualified=bool(row.get("qualified")),
        qualified_person=bool(row.get("qualified_person")),
        scopes=_strings(row["scopes"]),
        scopes_for=_by_theme(row.get("scopes_for", {})),
        why=_strings(row["why"]),
        factors_for=_strings(row.get("for", ())),
        factors_against=_strings(row.get("against", ())),
        quote=str(row["quote"]),
        other=str(row.get("other", "")),
        other_provision=str(row.get("other_provision", "")),
        old=_support(row.get("old")),
        new=_support(row.get("new")),
    )


def _strings(value: object) -> tuple[str, ...]:
    assert isinstance(value, list | tuple)  # noqa: S101 - the table is ours
    return tuple(map(str, value))


def _by_theme(value: object) -> dict[str, tuple[str, ...]]:
    assert isinstance(value, dict)  # noqa: S101 - the table is ours
    return {str(theme): _strings(scopes) for theme, scopes in value.items()}


def scope_of(case: Case, ground: Ground) -> str:
    """What the ground is used for in this letter: a kind of detail, or all that one question asks."""
    if ground.key != "personal" and case.dice.chance(0.4):
        return f"the information sought in question {case.dice.between(1, len(case.items))}"
    return fill(case, case.dice.pick(ground.scopes_for.get(case.theme, ground.scopes)))


def _support(value: object) -> Support | None:
    if not isinstance(value, dict):
        return None
    return Support(condition=str(value["condition"]), law=str(value["law"]), words=str(value["support"]))


def choose(case: Case, count: int) -> list[Ground]:
    """So many different grounds as such information runs into, most likely first."""
    available = grounds(case.regime)
    weights = {key: weight for key, weight in table("grounds")["themes"][case.theme].items() if key in available}
    weights = weights or {"personal": 1}
    chosen: list[Ground] = []
    while weights and len(chosen) < count:
        key = case.dice.weighted(weights)
        del weights[key]
        chosen.append(available[key])
    return chosen


def fill(case: Case, text: str, ground: Ground | None = None) -> str:
    """Put the case's own names into a wording."""
    body = case.style.body
    return text.format_map(
        {
            "body": body,
            "Body": body[0].upper() + body[1:],
            "subject": case.subject,
            "link": f"https://{case.style.website}/{case.authority.url_name[:12]}/{case.dice.between(2, 9)}",
            "month": case.dice.pick(("March", "June", "September", "December")),
            "officer_title": case.dice.pick(
                ("The Monitoring Officer", "The Chief Executive", "The Permanent Secretary")
            ),
            "other": ground.other if ground else "",
        }
    )


def explain(draft: Draft, ground: Ground, scope: str) -> None:
    """Say that the ground is relied on, for what, and why."""
    case = draft.case
    cited = _cited(draft, ground)
    kind = "excepted from disclosure" if case.environmental else "exempt from disclosure"
    opening = case.dice.pick(
        (
            f"{scope[0].upper()}{scope[1:]} {_is(scope)} {kind} under {cited} ({ground.heading.lower()}).",
            f"We are withholding {scope} under {cited}.",
            f"We consider that {scope} {_is(scope)} {kind} by virtue of {cited}.",
            f"{cited[0].upper()}{cited[1:]} applies to {scope}, which we have therefore removed.",
        )
    )
    draft.say(f"{opening} {fill(case, case.dice.pick(ground.why), ground)}")
    if ground.other:
        draft.support("OTHER", ground.other_provision)
    _data_protection(draft, ground)


def _cited(draft: Draft, ground: Ground) -> str:
    cited = draft.rely(ground.provision)
    if ground.also is None:
        return cited
    draft.rely(ground.also)
    last = ground.also[ground.also.rindex("(") :]
    return cited.replace(ground.provision, f"{ground.provision} and {last}", 1) if ground.provision in cited else cited


def _is(scope: str) -> str:
    words = scope.split()
    plural = any(word.endswith("s") for word in words[:4]) or " and " in scope
    return "are" if plural else "is"


def _data_protection(draft: Draft, ground: Ground) -> None:
    support = ground.new if draft.case.new_law else ground.old
    if support is None:
        return
    draft.support(draft.case.regime, support.condition)
    in_union = draft.case.asked < LEFT_THE_UNION
    words = support.words.replace("the UK General", "the General") if in_union else support.words
    draft.support(support.law, "5(1)(a)" if support.law == "UKGDPR" else "Sch.1 Pt.I para.1")
    if draft.case.dice.chance(0.7):
        condition = draft.case.style.cite(draft.case.regime, support.condition, with_name=False)
        draft.say(f"The condition in {condition} is met, because disclosure would contravene {words}.")
    else:
        draft.say(f"Disclosure would contravene {words}.")


def public_interest(draft: Draft, chosen: Sequence[Ground], *, where: str = "above") -> None:
    """Weigh the public interest for each qualified ground; nothing where all are absolute."""
    qualified = [ground for ground in chosen if ground.qualified]
    if not qualified:
        return
    case = draft.case
    draft.head("Public interest test")
    for ground in qualified:
        name = case.style.cite(case.regime, ground.provision, with_name=False)
        draft.say(f"Factors in favour of disclosure ({name}):" if len(qualified) > 1 else "In favour of disclosure:")
        draft.listing([fill(case, factor) for factor in ground.factors_for])
        kind = "exception" if case.environmental else "exemption"
        draft.say(f"In favour of maintaining the {kind}:")
        draft.listing([fill(case, factor) for factor in ground.factors_against])
    kinds = "exception" if case.environmental else "exemption"
    plural = "s" if len(qualified) > 1 else ""
    draft.say(
        f"On balance we find that the public interest in maintaining the {kinds}{plural} named {where} "
        "outweighs the public interest in disclosure."
    )


def statute(draft: Draft, chosen: Sequence[Ground]) -> None:
    """Quote each provision, as letters do in an annex: a quotation, not one more ground."""
    case = draft.case
    for ground in chosen:
        noun = "Regulation" if case.environmental else "Section"
        draft.head(f"{noun} {ground.provision.split('(')[0]} – {ground.heading}")
        draft.mention(ground.provision.partition("(")[0], "statute_quotation")
        draft.say(f"({ground.provision.split('(')[1][:1]}) {ground.quote}" if "(" in ground.provision else ground.quote)
