"""Turns of speech that say the opposite of their plainest words, or whose verdict stands in the next sentence."""

import pytest

from tests.parsers.letters.judged import role, standing

REVIEW = "Dear Mr Vale\n\nInternal review\n\nI have carried out the review that you asked for.\n\n"

RELIED = [
    ("We can find no good reason not to use section 42(1) for the advice.", "42(1)"),
    ("It is not right that section 31(1)(a) does not apply to the rota, which stays with us.", "31(1)(a)"),
    ("I do not accept that section 38(1)(b) is not engaged by the map. It is kept from you.", "38(1)(b)"),
    ("The bids are sensitive, and section 43(2) shields them from publication.", "43(2)"),
    (
        REVIEW + "The board was entitled to rely on section 22(1). It was an error to go further.",
        "22(1)",
    ),
    (
        REVIEW + "I am unable to agree in respect of section 41(1): the notes were given in confidence.",
        "41(1)",
    ),
    ("We looked at section 27(1)(a) and section 24(1). The latter applies; the former does not.", "24(1)"),
    ("We thought about sections 22, 31(1)(a) and 42(1). Only the last of them is engaged.", "42(1)"),
]
NOT_APPLIED = [
    (
        "The landlord feels that section 41(1) and section 43(2) ought to be cited. We disagree and attach the lease.",
        "41(1)",
    ),
    (
        "The landlord feels that section 41(1) and section 43(2) ought to be cited. We disagree and attach the lease.",
        "43(2)",
    ),
    ("The bidder argues for section 43(2), but we are not persuaded by that, and the score is attached.", "43(2)"),
    (
        (
            "The exemption in section 36(2)(c) is engaged, but on balance openness counts for more in the public "
            "interest and the note is enclosed."
        ),
        "36(2)(c)",
    ),
    (
        (
            "Section 31(1)(a) is engaged by the rota. Nevertheless, the public interest in learning how few were on "
            "duty is the weightier and we publish it."
        ),
        "31(1)(a)",
    ),
    ("We looked at section 27(1)(a) and section 24(1). The latter applies; the former does not.", "27(1)(a)"),
    ("We thought about sections 22, 31(1)(a) and 42(1). Only the last of them is engaged.", "22"),
    ("We thought about sections 22, 31(1)(a) and 42(1). Only the last of them is engaged.", "31(1)(a)"),
    ("The letters are with this. No names have been blacked out under section 40(2).", "40(2)"),
    ("The plan is enclosed. No lines have been struck out under section 43(2).", "43(2)"),
    ("The map is exempt under section 24(1). Section 38(1)(a) is not in issue.", "38(1)(a)"),
    ("The question is whether the minute was confidential (section 41(1)): it was not, and we attach it.", "41(1)"),
    ("The author objected and cited section 41(1). We came to a different view and attach the piece.", "41(1)"),
    ("The memo falls within section 35(1)(a) but the public interest tips to candour, so we attach it.", "35(1)(a)"),
    ("We tested section 22(1) and section 36(2)(c). In the end neither was found to be met.", "36(2)(c)"),
    ("Ystyriwyd adran 31(1)(a) ond nid oedd yn berthnasol, ac amgaeir y rhestr.", "31(1)(a)"),
]
GIVEN_UP = [
    (
        "The plan was withheld under section 22(1). Having asked again, I find that the exemption is not made out.",
        "22(1)",
    ),
    (
        (
            "In our letter of 8 June we relied on section 22(1). On reflection this ground cannot be upheld, and the "
            "plan is attached."
        ),
        "22(1)",
    ),
    (
        (
            "Your request was rejected in May under section 14(1). I do not think that it was made to annoy, and that "
            "decision is now reversed."
        ),
        "14(1)",
    ),
    (
        (
            REVIEW + "I accept your argument as to section 43(2), and the rates are enclosed. The names stay out "
            "under section 40(2)."
        ),
        "43(2)",
    ),
    (
        (
            REVIEW + "The trust was correct to withhold it under section 42(1). It was wrong to add section 36(2)(c), "
            "which I discard."
        ),
        "36(2)(c)",
    ),
]
LATER = [
    "Your request came on 3 May. Where the limit on costs in section 12(1) applies, we will write to you.",
    "Thank you for your request. We will answer by 4 May. If section 12(1) applies we shall let you know.",
    (
        "We need to know which of the two depots you mean. As presently worded the request might well go beyond the "
        "limit in section 12(1). If we do not hear by 4 May it will be closed."
    ),
]
ONLY_TOLD = [
    ("When you asked before (our ref 88) we relied on section 22(1). It has since come out and is attached.", "22(1)"),
    ("18 refusals rested on section 21, and 7 on section 22. Two were changed on review.", "22"),
    ("In reply to your previous request (no. 318) we used section 22(1). That report is out and enclosed.", "22(1)"),
    ("Arrests under the Public Order Act 1986: 4.\nSection 43 stop notices served: 17", "43"),
]
RELIED_ALL_THE_SAME = [
    ("Mae adran 31(1)(a) yn gymwys i'r rhestr, ac nid ydym yn ei rhannu.", "31(1)(a)"),
    (
        "The firm said that section 43(2) applies to both. We do not agree that the sum is secret and give that.",
        "43(2)",
    ),
    ("Section 43(2) is engaged by the bids. However, we are giving the totals in the public interest.", "43(2)"),
    ("The supplier believes that section 43(2) applies. We agree, and the rates are withheld.", "43(2)"),
    (
        "Section 43(2) is engaged, but in the public interest we are releasing the totals and withholding the rest.",
        "43(2)",
    ),
    ("We rely on section 31(1)(a) and section 40(2). The latter is absolute.", "31(1)(a)"),
    ("We refused your earlier request under section 14(1). Section 14(1) applies again today.", "14(1)"),
    ("We withheld the note under section 42(1). The exemption in section 22(1) is not needed.", "42(1)"),
    ("Nothing else was removed. The names were taken out under section 40(2).", "40(2)"),
]


@pytest.mark.parametrize(("text", "provision"), RELIED)
def test_two_negations_and_a_verdict_that_follows_rely_on_it(text: str, provision: str) -> None:
    assert standing(text, provision) == "relied_on"


@pytest.mark.parametrize(("text", "provision"), NOT_APPLIED)
def test_what_is_raised_and_left_is_not_applied(text: str, provision: str) -> None:
    assert standing(text, provision) == "considered_not_applied"


@pytest.mark.parametrize(("text", "provision"), GIVEN_UP)
def test_what_the_next_sentence_gives_up_is_withdrawn(text: str, provision: str) -> None:
    assert standing(text, provision) == "withdrawn"


@pytest.mark.parametrize("text", LATER)
def test_what_will_be_told_later_is_not_relied_on(text: str) -> None:
    assert standing(text, "12(1)") == "possible_future"


@pytest.mark.parametrize(("text", "provision"), ONLY_TOLD)
def test_other_requests_and_other_figures_are_only_told_of(text: str, provision: str) -> None:
    assert role(text, provision) in {"boilerplate", "requester_quotation", "other_law", "unknown", "not cited"}


@pytest.mark.parametrize(("text", "provision"), RELIED_ALL_THE_SAME)
def test_words_like_them_that_turn_nothing(text: str, provision: str) -> None:
    assert standing(text, provision) == "relied_on"
