"""Outcomes of internal reviews: the first decision stands, falls or is changed in part."""

from scraper.standin.letters.draft import Case, Draft, Letter
from scraper.standin.letters.grounds import explain, fill, grounds, public_interest
from scraper.standin.letters.opening import rights, signature
from scraper.standin.records import LetterTruth


def upheld(case: Case, first: LetterTruth, reviewer: str) -> Letter:
    """The reviewer agrees with the first decision."""
    draft = Draft(case)
    _restate(draft)
    if not first.relied_on:
        draft.say(
            "I asked for the searches to be made again. They found nothing, and I uphold the finding "
            "that the information is not held."
        )
    for regime, provision in first.relied_on:
        if regime == case.regime:
            cited = draft.rely(provision)
            draft.say(
                case.dice.pick(
                    (
                        f"I have looked at the matter afresh and uphold the decision to rely on {cited}.",
                        f"In my view {cited} was rightly applied, and I uphold that part of the decision.",
                        f"I am satisfied that {cited} is engaged and maintain the refusal.",
                    )
                )
            )
    _weigh_again(draft, first)
    rights(draft, after_review=True)
    return draft.finish(kind="internal_review_outcome", outcome="review_upheld", signed=signature(case, role=reviewer))


def overturned(case: Case, first: LetterTruth, reviewer: str) -> Letter:
    """The reviewer sets the first decision aside, and now and then puts a smaller one in its place."""
    draft = Draft(case)
    _restate(draft)
    for regime, provision in first.relied_on:
        if regime == case.regime:
            draft.say(
                f"I no longer think that {draft.mention(provision, 'withdrawn')} applies. The refusal on "
                "that ground is withdrawn."
            )
    if not first.relied_on:
        draft.say(
            "A further search of an archived mailbox found the information after all, and I am sorry "
            "that it was missed."
        )
    draft.say("I have therefore overturned the first decision, and the information is sent with this letter.")
    keep = grounds(case.regime)["personal"]
    if case.dice.chance(0.4) and keep.provision not in {p for _, p in first.relied_on}:
        draft.say("The names of junior staff have been removed from the copies.")
        explain(draft, keep, fill(case, "the names of junior staff"))
    rights(draft, after_review=True)
    return draft.finish(
        kind="internal_review_outcome", outcome="review_overturned", signed=signature(case, role=reviewer)
    )


def _restate(draft: Draft) -> None:
    case = draft.case
    draft.say(
        f"I refer to your request for an internal review. I had no part in the first decision. You asked on "
        f"{case.style.day(case.asked)} for information about {case.subject}, and you complained that the "
        "answer was wrong."
    )


def _weigh_again(draft: Draft, first: LetterTruth) -> None:
    by_provision = {ground.provision: ground for ground in grounds(draft.case.regime).values()}
    again = [by_provision[provision] for _, provision in first.relied_on if provision in by_provision]
    if draft.case.dice.chance(0.4):
        public_interest(draft, again)
