"""Answers on other footings: not held, cost, vexatious, neither confirm nor deny, passed on."""

from scraper.standin.letters.draft import Case, Draft, Letter
from scraper.standin.letters.grounds import grounds
from scraper.standin.letters.opening import opening, rights, signature

UNREASONABLE = {"EIR": "12(4)(b)", "EISR": "10(4)(b)"}
NOT_HELD = {"EIR": "12(4)(a)", "EISR": "10(4)(a)", "FOISA": "17(1)"}


def not_held(case: Case) -> Letter:
    """There is no such information."""
    draft = Draft(case)
    opening(draft)
    body = case.style.body
    draft.say(
        case.dice.pick(
            (
                (
                    f"Following a search of our paper and electronic records, I can confirm that {body} does "
                    "not hold the information you asked for."
                ),
                (
                    f"The information is not held by {body}. We asked the teams most likely to have it and "
                    "searched shared mailboxes."
                ),
                (
                    f"{body[0].upper()}{body[1:]} holds no recorded information about this. There is no duty "
                    "to create it in order to answer."
                ),
            )
        )
    )
    _not_held_provision(draft)
    if case.dice.chance(0.4):
        draft.say("You may wish to try the county archive, which holds older records of this kind.")
    rights(draft)
    return draft.finish(kind="response", outcome="not_held", signed=signature(case))


def _not_held_provision(draft: Draft) -> None:
    """FOIA names none; the Scottish Act and both sets of Regulations do."""
    provision = NOT_HELD.get(draft.case.regime)
    if draft.case.regime == "FOISA":
        draft.say(
            f"This is notice under {draft.mention('17(1)', 'procedural', full=True)} that the information is not held."
        )
    elif provision:
        draft.say(f"We therefore refuse this part of the request under {draft.rely(provision, full=True)}.")


def cost_limit(case: Case) -> Letter:
    """It would take too long."""
    draft = Draft(case)
    opening(draft)
    if case.regime in UNREASONABLE:
        return _manifestly_unreasonable(draft)
    hours, limit, allowed = _limits(case)
    records = case.dice.between(700, 9000)
    minutes = case.dice.pick((3, 5, 6, 10, 15))
    total = max(records * minutes // 60, hours + 10)
    draft.say(
        f"The information is not recorded in a form that can be counted. To find it, an officer would have to open "
        f"each of about {records:,} files. At {minutes} minutes a file this would take some {total:,} hours."
    )
    cited = draft.rely("12(1)", full=True)
    draft.say(
        f"We estimate that the cost of complying would exceed the appropriate limit of £{limit}, which is {allowed}. "
        f"{cited[0].upper()}{cited[1:]} therefore applies, and we are not obliged to comply with the request."
    )
    advice = draft.mention("15(1)" if case.scottish else "16(1)", "procedural", full=False)
    draft.say(
        f"Under our duty to advise and assist ({advice}), we suggest that you ask for one year only, or "
        "for the totals "
        "held by the finance team, which could be given within the limit."
    )
    if case.dice.chance(0.3):
        personal = grounds(case.regime)["personal"].provision
        might = draft.mention(personal, "possible_future", full=False)
        draft.say(f"Should you send a narrower request, {might} may apply to some of what it covers.")
    rights(draft)
    return draft.finish(kind="refusal_notice", outcome="cost_limit", signed=signature(case))


def _limits(case: Case) -> tuple[int, int, str]:
    if case.scottish:
        return 40, 600, "forty hours at £15 an hour"
    if case.authority.kind in {"department", "ni"}:
        return 24, 600, "24 hours of one person's time at £25 an hour"
    return 18, 450, "18 hours of one person's time at £25 an hour"


def _manifestly_unreasonable(draft: Draft) -> Letter:
    case = draft.case
    provision = UNREASONABLE[case.regime]
    days = case.dice.between(9, 60)
    draft.say(
        f"Answering would take one officer about {days} working days, most of it spent in reading e-mails "
        "one by one. "
        "We find the request manifestly unreasonable because of that burden, and refuse it under "
        f"{draft.rely(provision, full=True)}."
    )
    draft.head("Public interest test")
    draft.say(
        "There is a public interest in information about the environment, and we start from a presumption of "
        "disclosure. The burden on a small team outweighs it here, and the exception is maintained."
    )
    advice = draft.mention("9(1)", "procedural", full=False)
    draft.say(f"In line with {advice}, we suggest that you name one site and one month, which we could answer at once.")
    rights(draft)
    return draft.finish(kind="refusal_notice", outcome="cost_limit", signed=signature(case))


def vexatious(case: Case) -> Letter:
    """The request is refused for what it is."""
    draft = Draft(case)
    if case.regime in UNREASONABLE:
        cited = draft.rely(UNREASONABLE[case.regime], full=True)
        reason = f"We find it manifestly unreasonable, in the sense that it is vexatious, and refuse it under {cited}."
    else:
        cited = draft.rely("14(1)", full=True)
        reason = f"We have decided that the request is vexatious. Under {cited} we are not obliged to comply with it."
    draft.say(
        f"I refer to your request of {case.style.day(case.asked)}, the "
        f"{case.dice.pick(('ninth', 'twelfth', 'fourteenth'))} on the same theme this year."
    )
    draft.say(reason)
    draft.say(
        "We have looked at the burden, the motive, the value of the information and the distress caused to staff. "
        "Each answer has led to further questions, and officers have been accused by name without ground."
    )
    rights(draft)
    return draft.finish(kind="refusal_notice", outcome="vexatious_or_repeat", signed=signature(case))


def repeated(case: Case) -> Letter:
    """The same was asked and answered a short time ago."""
    draft = Draft(case)
    cited = draft.rely("14(2)", full=True)
    draft.say(
        f"Your request of {case.style.day(case.asked)} is substantially similar to one that we answered eight weeks "
        f"before. {cited[0].upper()}{cited[1:]} says that we need not comply with a repeated request "
        "until a reasonable interval has passed."
    )
    rights(draft)
    return draft.finish(kind="refusal_notice", outcome="vexatious_or_repeat", signed=signature(case))


NCND_KEYS = {
    "FOIA": {"personal": 6, "law_enforcement": 3, "investigation": 3, "security": 2},
    "EIR": {"personal": 1},
    "FOISA": {"personal": 1, "law_enforcement": 1},
    "EISR": {"personal": 1},
}


def neither_confirm_nor_deny(case: Case) -> Letter:
    """Even to say whether the information is held would give it away."""
    draft = Draft(case)
    opening(draft)
    key = case.dice.weighted(NCND_KEYS[case.regime])
    cited = _ncnd_cite(draft, key)
    body = case.style.body
    draft.say(
        case.dice.pick(
            (
                (
                    f"{body[0].upper()}{body[1:]} neither confirms nor denies that it holds the information "
                    f"you asked for, by virtue of {cited}."
                ),
                f"We can neither confirm nor deny whether the information is held. We rely on {cited}.",
            )
        )
    )
    draft.say(
        "To say whether it is held would in itself disclose something about an individual, which they would not expect."
        if key == "personal"
        else "To say whether it is held would show what is known and what is not, to the benefit of offenders."
    )
    draft.say("This should not be taken as evidence that the information is or is not held.")
    if key != "personal":
        draft.say("On balance the public interest in neither confirming nor denying outweighs that in saying which.")
    rights(draft)
    return draft.finish(kind="refusal_notice", outcome="ncnd", signed=signature(case))


def _ncnd_cite(draft: Draft, key: str) -> str:
    case = draft.case
    if case.regime == "FOIA":
        personal = "40(5B)(a)(i)" if case.new_law else "40(5)(b)(i)"
        provisions = {
            "personal": (personal,),
            "law_enforcement": ("31(3)",),
            "investigation": ("30(3)",),
            "security": ("23(5)", "24(2)"),
        }[key]
    elif case.regime == "EIR":
        provisions = ("13(5A)",) if case.new_law else ("13(5)",)
    elif case.regime == "EISR":
        provisions = ("11(6)",)
    else:
        provisions = ("18(1)", grounds(case.regime)[key].provision)
    first = draft.rely(provisions[0], full=True)
    if len(provisions) == 1:
        return first
    joined = ", read with " if case.regime == "FOISA" else " and "
    return f"{first}{joined}{draft.rely(provisions[1], full=False)}"


def transferred(case: Case, *, to: str) -> Letter:
    """Another body holds it and has been sent the request."""
    draft = Draft(case)
    opening(draft)
    provision = {"EIR": "10(1)", "EISR": "14", "FOISA": None, "FOIA": None}[case.regime]
    draft.say(
        f"{case.style.body[0].upper()}{case.style.body[1:]} does not hold the information. We believe "
        f"that {to} does, "
        f"and with your leave have transferred the request to it today"
        + (f" under {draft.mention(provision, 'procedural', full=True)}." if provision else ".")
    )
    draft.say(f"{to} will answer you direct, and the time allowed runs from the day it receives the request.")
    rights(draft)
    return draft.finish(kind="transfer", outcome="transferred", signed=signature(case))
