"""How letters begin and how they end."""

from scraper.standin.letters.draft import Case, Draft
from scraper.standin.letters.styles import LAWS


def opening(draft: Draft) -> None:
    """Thank for the request, say when it came, and (in most letters) repeat it."""
    case = draft.case
    asked = case.style.day(case.asked)
    law = LAWS[case.regime][0]
    draft.say(
        case.dice.pick(
            (
                f"Thank you for your request for information dated {asked}, which we have handled under the {law}.",
                f"I write in answer to your e-mail of {asked} about {case.subject}.",
                (
                    f"Your request of {asked} was received by {case.style.body} on the same day and has now "
                    f"been considered under the {law}."
                ),
                (
                    f"Further to your request of {asked}, {case.style.body} has now finished its search for "
                    "the information."
                ),
            )
        )
    )
    if case.dice.chance(0.65):
        draft.say(
            case.dice.pick(
                ("You asked for:", "Your request was as follows:", "You asked us for the following information:")
            )
        )
        draft.listing(case.items, numbered=True)


def switched_regime(draft: Draft) -> None:
    """Explain, in a part of environmental letters, why other rules apply than those the requester named."""
    case = draft.case
    if not case.environmental or not case.dice.chance(0.5):
        return
    regime, provision = ("FOISA", "39(2)") if case.scottish else ("FOIA", "39(1)(a)")
    cited = case.style.cite(regime, provision, with_name=True)
    draft.support(regime, provision)
    definition = draft.mention("2(1)", "procedural")
    draft.say(
        f"What you ask for is environmental information as defined in {definition}. It falls outside the general "
        f"right of access because of {cited}, and we have answered under the Regulations instead."
    )


def rights(draft: Draft, *, after_review: bool = False) -> None:
    """Say how to complain; none of the provisions named here is a ground."""
    case = draft.case
    draft.head(case.dice.pick(("Your right to complain", "If you are not satisfied", "Right of review", "Complaints")))
    if case.scottish:
        _scottish_rights(draft, after_review=after_review)
    else:
        _commissioner_rights(draft, after_review=after_review)


def _scottish_rights(draft: Draft, *, after_review: bool) -> None:
    if not after_review:
        review = (
            _boilerplate(draft, "FOISA", "20(1)")
            if draft.case.regime == "FOISA"
            else _boilerplate(draft, "EISR", "16(1)")
        )
        draft.say(
            f"You may ask us to review this decision within 40 working days of receiving it ({review}). "
            "We will answer within 20 working days."
        )
    appeal = _boilerplate(draft, "FOISA", "47(1)")
    draft.say(
        "If you remain unhappy you may apply to the Scottish Information Commissioner for a decision "
        f"({appeal}) within six months: Kinburn Castle, Doubledykes Road, St Andrews, KY16 9DS."
    )


def _commissioner_rights(draft: Draft, *, after_review: bool) -> None:
    case = draft.case
    if not after_review:
        by = f" ({_boilerplate(draft, 'EIR', '11')})" if case.regime == "EIR" else ""
        draft.say(
            f"If you are unhappy with the way your request was handled, you may ask for an internal review{by} "
            f"within 40 working days of this letter, quoting {case.reference}."
        )
    under = f" under {_boilerplate(draft, 'FOIA', '50')}" if case.dice.chance(0.5) else ""
    draft.say(
        f"If you are still not content you may complain to the Information Commissioner{under} at Wycliffe House, "
        "Water Lane, Wilmslow, Cheshire SK9 5AF, or at https://ico.org.uk/make-a-complaint/."
    )


def _boilerplate(draft: Draft, regime: str, provision: str) -> str:
    entry = (regime, provision, "boilerplate")
    if entry not in draft.mentioned:
        draft.mentioned.append((regime, provision, "boilerplate"))
    return draft.case.style.cite(regime, provision, with_name=True)


def signature(case: Case, *, name: str | None = None, role: str | None = None) -> tuple[str, ...]:
    """Who signs: a name, a post, the body."""
    roles = case.dice.pick(
        (
            "Information Governance Officer",
            "Freedom of Information Officer",
            "Information Rights Team",
            "Senior Information Adviser",
        )
    )
    return (name or case.officer, role or roles, case.authority.name)
