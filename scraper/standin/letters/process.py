"""Letters that are no answer yet: acknowledgement, holding letter, clarification, fees; and what machines send."""

from scraper.standin.calendar import add_working_days
from scraper.standin.letters.draft import Case, Draft, Letter
from scraper.standin.letters.grounds import choose
from scraper.standin.letters.opening import rights, signature
from scraper.standin.letters.styles import LAWS


def acknowledgement(case: Case) -> Letter:
    """The request has come."""
    draft = Draft(case)
    due = case.style.day(add_working_days(case.asked, 20))
    law = LAWS[case.regime][0]
    draft.say(
        f"Thank you for your request, which we received on {case.style.day(case.asked)} and are handling "
        f"under the {law}."
    )
    draft.say(f"We will answer as soon as we can and in any event by {due}.")
    if case.dice.chance(0.4):
        fees = "Some information may be exempt, and where it is we will tell you which exemption applies and why."
        draft.say(fees)
    draft.say(f"Please quote {case.reference} if you write to us about it.")
    return draft.finish(kind="acknowledgement", outcome="acknowledgement", signed=signature(case))


def holding(case: Case) -> Letter:
    """More time is taken: for the public interest test under FOIA, for volume under the Regulations."""
    draft = Draft(case)
    until = case.style.day(add_working_days(case.today, 20))
    if case.regime in {"EIR", "EISR"}:
        cited = draft.mention("7(1)", "procedural", full=True)
        draft.say(
            f"Your request of {case.style.day(case.asked)} is both complex and voluminous. Under {cited} we are "
            f"extending the time for our answer by 20 working days, to {until}."
        )
    elif case.regime == "FOIA":
        _public_interest_extension(draft, until)
    else:
        draft.say(
            f"I am sorry that you have not yet had an answer to your request of {case.style.day(case.asked)}. "
            f"We hope to send it by {until}. You may ask for a review because of the delay."
        )
    rights(draft)
    return draft.finish(kind="holding", outcome="other", signed=signature(case))


def _public_interest_extension(draft: Draft, until: str) -> None:
    case = draft.case
    qualified = next((ground for ground in choose(case, 4) if ground.qualified), None)
    provision = qualified.provision if qualified else "36(2)(c)"
    cited = draft.mention(provision, "claimed_pending_pit", full=True)
    extra = draft.mention("10(3)", "procedural", full=False)
    draft.say(
        f"We hold information within the scope of your request of {case.style.day(case.asked)}. It falls "
        f"under {cited}, "
        f"which calls for a public interest test, and we need more time for it, as {extra} allows."
    )
    draft.say(f"We aim to reach a decision by {until}, and no decision to withhold has yet been made.")


def clarification(case: Case) -> Letter:
    """The request cannot be answered as it stands."""
    draft = Draft(case)
    provision = {"FOIA": "1(3)", "EIR": "9(2)", "FOISA": "1(3)", "EISR": "9(1)"}[case.regime]
    draft.say(f"Thank you for your request of {case.style.day(case.asked)} about {case.subject}.")
    draft.say("Before we can look for the information we need to know more about what you want:")
    draft.listing(
        case.dice.some(
            (
                "Which years, calendar or financial, does it cover?",
                "Do you want figures for the whole area or for one part of it?",
                "By 'cost', do you mean what was budgeted or what was spent?",
                "Which service or department do you have in mind?",
            ),
            2,
        )
    )
    draft.say(
        f"Under {draft.mention(provision, 'procedural', full=True)} the time for our answer begins when "
        "we hear from you."
    )
    return draft.finish(kind="clarification", outcome="clarification", signed=signature(case))


def fees_notice(case: Case) -> Letter:
    """A charge is asked for before the information is sent."""
    draft = Draft(case)
    provision = {"FOIA": "9(1)", "EIR": "8(1)", "FOISA": "9(1)", "EISR": "8"}[case.regime]
    fee = case.dice.between(12, 95)
    draft.say(
        f"We hold what you asked for. The charge for copies and postage is £{fee}.00, and this is a fees notice "
        f"under {draft.mention(provision, 'procedural', full=True)}."
    )
    draft.say("If the fee is not paid within three months we will take it that you no longer want the information.")
    rights(draft)
    return draft.finish(kind="fees_notice", outcome="other", signed=signature(case))


def postal(case: Case) -> Letter:
    """The answer goes by post."""
    draft = Draft(case)
    draft.say(
        f"The papers that answer your request of {case.style.day(case.asked)} are too large to send by e-mail. "
        "Please tell us a postal address and we will send copies."
    )
    return draft.finish(kind="other", outcome="other", signed=signature(case))


AUTO_REPLIES = (
    (
        "Thank you for your e-mail. This mailbox is read on working days only. Requests under the Freedom of "
        "Information Act 2000 are answered within 20 working days. Please do not reply to this message."
    ),
    (
        "This is an automatic reply. Your e-mail has reached {name}. If it is about parking, council tax or bins, "
        "please use the forms on our website, where you will have an answer sooner."
    ),
    (
        "I am out of the office until Monday with no access to e-mail. If your message is urgent, please telephone "
        "{phone} and ask for the duty officer."
    ),
)


def auto_reply(case: Case) -> str:
    """What a mailbox sends by itself."""
    text = case.dice.pick(AUTO_REPLIES)
    return text.format(name=case.authority.name, phone=case.style.phone)


def bounce(case: Case) -> str:
    """What a mail server sends when it cannot deliver."""
    return (
        "This message was created automatically by mail delivery software.\n\n"
        "A message that you sent could not be delivered to one or more of its recipients. This is a permanent error. "
        f"The following address failed:\n\n  foi@{case.authority.domain}.example\n    550 5.1.1 unknown user"
    )
