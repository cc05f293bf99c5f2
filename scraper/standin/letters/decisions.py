"""Answers on exemptions and exceptions: all, some or none of the information is given."""

from scraper.standin.letters.draft import Case, Draft, Letter, PageBreak, Table
from scraper.standin.letters.grounds import Ground, choose, explain, public_interest, scope_of, statute
from scraper.standin.letters.opening import opening, rights, signature, switched_regime


def disclosed(case: Case) -> Letter:
    """Everything is given."""
    draft = Draft(case)
    opening(draft)
    switched_regime(draft)
    draft.say(
        case.dice.pick(
            (
                f"I can confirm that {case.style.body} holds this information, and it is set out below.",
                "The information you asked for is given in full in the table.",
                "We hold what you asked for and are pleased to give you a copy of all of it.",
            )
        )
    )
    _figures(draft)
    if case.dice.chance(0.25):
        draft.say(
            "Some of the figures are held in systems meant for other purposes, so please treat them with care: "
            "they count cases as they were recorded and may change as records are corrected."
        )
    if case.dice.chance(0.2):
        _considered_not_applied(draft)
    rights(draft)
    return draft.finish(kind="response", outcome="disclosed_full", signed=signature(case))


def _considered_not_applied(draft: Draft) -> None:
    """An exemption that was thought about and not used: it must never count as relied on."""
    case = draft.case
    other = choose(case, 1)[0]
    cited = draft.mention(other.provision, "considered_not_applied")
    draft.say(
        f"We considered whether {cited} might be engaged but decided that it does not apply, "
        "and nothing has been withheld from you on that account."
    )


def part(case: Case) -> Letter:
    """Some is given, some withheld on one to three grounds."""
    draft = Draft(case)
    opening(draft)
    switched_regime(draft)
    chosen = choose(case, case.dice.weighted({1: 6, 2: 3, 3: 1}))
    draft.say(
        case.dice.pick(
            (
                (
                    f"I can confirm that {case.style.body} holds information within the scope of your request. "
                    "Part of it is given below; the remainder is withheld for the reasons that follow."
                ),
                "We are able to give you some of what you asked for. Parts of it have been redacted.",
                "Some of the information is disclosed with this letter and some of it cannot be.",
            )
        )
    )
    _figures(draft)
    _refuse(draft, chosen)
    rights(draft)
    return draft.finish(kind="response", outcome="disclosed_part", signed=signature(case))


def withheld(case: Case) -> Letter:
    """Nothing is given."""
    draft = Draft(case)
    opening(draft)
    switched_regime(draft)
    chosen = choose(case, case.dice.weighted({1: 5, 2: 4}))
    notice = {"FOIA": "17", "EIR": "14", "FOISA": "16", "EISR": "13"}[case.regime]
    draft.say(
        "We hold the information but have decided not to disclose it. This letter is a refusal notice "
        "for the purposes of "
        f"{draft.mention(notice, 'procedural', full=True)}."
    )
    _refuse(draft, chosen)
    rights(draft)
    return draft.finish(kind="refusal_notice", outcome="withheld", signed=signature(case))


def accessible(case: Case) -> Letter:
    """It is public already, and the letter says where."""
    from scraper.standin.letters.grounds import grounds  # noqa: PLC0415 - beside its only use

    draft = Draft(case)
    opening(draft)
    ground = grounds(case.regime).get("accessible") or grounds(case.regime)["personal"]
    explain(draft, ground, "the information")
    draft.say("We give you the address in order to help, and no more needs to be done on your part.")
    rights(draft)
    return draft.finish(kind="response", outcome="accessible_elsewhere", signed=signature(case))


def _refuse(draft: Draft, chosen: list[Ground]) -> None:
    case = draft.case
    scopes = [scope_of(case, ground) for ground in chosen]
    if case.style.layout == "table":
        _table(draft, chosen, scopes)
    for ground, scope in zip(chosen, scopes, strict=True):
        if case.style.layout in {"headed", "annex"}:
            cited = case.style.cite(case.regime, ground.provision, with_name=False)
            draft.head(f"{cited[0].upper()}{cited[1:]} – {ground.heading}")
        explain(draft, ground, scope)
        if ground.qualified_person and case.dice.chance(0.5):
            draft.say("The opinion of the qualified person was recorded on the day before this letter.")
    if case.style.layout == "annex":
        weighed = any(ground.qualified for ground in chosen)
        draft.say(
            "The public interest is weighed in Annex A, where the wording of the law is also set out."
            if weighed
            else "The wording of the law is set out in Annex A. It calls for no public interest test."
        )
        _annex(draft, chosen)
    else:
        public_interest(draft, chosen)


def _table(draft: Draft, chosen: list[Ground], scopes: list[str]) -> None:
    case = draft.case
    column = "Exception" if case.environmental else "Exemption"
    head = ("Information", f"{column} applied", "Reason")
    cells = [
        (scope[0].upper() + scope[1:], draft.rely(ground.provision, full=False), ground.heading)
        for ground, scope in zip(chosen, scopes, strict=True)
    ]
    draft.say("The table shows what is withheld and why.")
    draft.blocks.append(Table((head, *cells)))


def _annex(draft: Draft, chosen: list[Ground]) -> None:
    rest = Draft(draft.case, cited={"any"})
    rest.blocks.append(PageBreak())
    rest.head("Annex A")
    public_interest(rest, chosen, where="in this letter")
    statute(rest, chosen)
    draft.annex = rest.blocks
    for mention in rest.mentioned:
        draft.mentioned.append(mention)


def _figures(draft: Draft) -> None:
    """Answer by question in some letters, and give a small table, as most answers do."""
    case = draft.case
    if case.dice.chance(0.4):
        _question_by_question(draft)
    last = case.asked.year
    received = [case.dice.between(12, 480) for _ in range(3)]
    columns, second = case.dice.pick(
        (
            (("Received", "Closed"), [f"{count - case.dice.between(0, 12)}" for count in received]),
            (("Number", "Cost"), [f"£{count * case.dice.between(90, 700):,}" for count in received]),
            (("Number", "Days on average"), [f"{case.dice.between(4, 90)}" for _ in received]),
        )
    )
    rows = [(str(last - 3 + place), str(received[place]), second[place]) for place in range(3)]
    draft.blocks.append(Table((("Year", *columns), *rows)))


def _question_by_question(draft: Draft) -> None:
    for number, item in enumerate(draft.case.items, 1):
        draft.say(f"Question {number} – {item}\n{_reply(draft.case, item.lower())}")


MONEY = ("cost", "spending", "sum ", "value", "payment", "price", "income", "charge", "rate paid")
COUNTS = ("number", "how many", "journeys", "incidents", "complaints", "hours", "deaths", "applications")
PAPERS = ("policy", "guidance", "register", "minutes", "plan")


def _reply(case: Case, item: str) -> str:
    """A short answer of the kind that the question calls for."""
    if any(word in item for word in COUNTS):
        return f"There were {case.dice.between(3, 640)}."
    if any(word in item for word in MONEY):
        return f"The total was £{case.dice.between(4, 960) * 250:,}."
    if any(word in item for word in PAPERS):
        return f"This is on our website, at https://{case.style.website}/policies."
    return case.dice.pick(("A copy is enclosed.", "Please see the table below."))
