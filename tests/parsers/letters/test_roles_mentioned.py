"""Signs that a provision is only mentioned: denied, withdrawn, left open, or a matter of law and procedure."""

import pytest

from tests.parsers.letters.judged import ENVIRONMENTAL, SCOTTISH, role, standing

PART_REFUSED = "Dear Mx Roe,\n\nThe names are withheld under section 40(2) of the FOIA.\n\n"
"""The start of a letter that refuses something else, so that a bare mention is not free of reliance."""

NOT_APPLIED = [
    ("Having thought about it, we have decided not to apply section 43(2).", "43(2)"),
    ("Section 41(1) does not apply, since the letter was sent to us unasked.", "41(1)"),
    ("We looked at section 38(1)(a) and found that it was not engaged.", "38(1)(a)"),
    ("Section 36(2)(c) was considered but the qualified person was not of that opinion.", "36(2)(c)"),
    ("We do not consider section 31(1)(g) to be engaged.", "31(1)(g)"),
    ("We do not think that the exemption at section 22(1) applies to it.", "22(1)"),
    ("The report isn't exempt under section 42(1).", "42(1)"),
    ("We didn't find section 30(1)(a) engaged by the log.", "30(1)(a)"),
    ("Although section 27(1)(a) was discussed, it is not being relied upon.", "27(1)(a)"),
    ("I had considered whether section 24(1) would apply, and have decided that it does not.", "24(1)"),
    ("We also thought about section 35(1)(a) but did not see a need to use it.", "35(1)(a)"),
    ("Neither section 41(1) nor section 43(2) is engaged.", "41(1)"),
    ("Neither section 41(1) nor section 43(2) is engaged.", "43(2)"),
    ("No reliance is placed on section 14(1).", "14(1)"),
    ("This is not a refusal under section 12(1).", "12(1)"),
    ("I uphold every exemption other than section 42(1).", "42(1)"),
    ("The public interest favours disclosure of what section 43(2) covers, so you have the prices.", "43(2)"),
    (
        (
            "Section 36(2)(b)(i) is engaged by the notes. On balance, however, we find that the public interest "
            "lies in "
            "disclosing them."
        ),
        "36(2)(b)(i)",
    ),
    ("For the avoidance of doubt, 31(1)(a) is not relied on here.", "31(1)(a)"),
    ("The exemption in section 29(1)(a) is not available to us, the harm being long past.", "29(1)(a)"),
    ("We considered section 22(1). It does not apply, as there was no plan to publish.", "22(1)"),
    ("Section 31(1)(d) does not come into it.", "31(1)(d)"),
    ("There is no basis for section 37(1)(b) here.", "37(1)(b)"),
]

WITHDRAWN = [
    ("We are no longer relying on section 43(2).", "43(2)"),
    ("The exemption in section 22(1) is now lifted.", "22(1)"),
    ("I have decided to overturn the use of section 31(1)(g) and the report is attached.", "31(1)(g)"),
    ("The Council withdraws section 36(2)(c).", "36(2)(c)"),
    ("Section 41(1) should not have been cited and is withdrawn.", "41(1)"),
    ("Section 14(1) was applied in error and falls away.", "14(1)"),
    ("The application of section 12(1) is set aside.", "12(1)"),
    ("I find that section 42(1) was wrongly relied on.", "42(1)"),
]

POSSIBLE = [
    ("If you narrow it, other exemptions such as section 43(2) may then apply.", "43(2)"),
    ("We may need to consider section 41(1) before any of that could be sent.", "41(1)"),
    ("Parts of the file could well fall under section 31(1)(a).", "31(1)(a)"),
    ("Disclosure would be likely to engage section 38(1)(b) also.", "38(1)(b)"),
    ("We reserve the right to claim section 36(2)(c) later.", "36(2)(c)"),
    ("Should you submit a fresh request, section 22(1) might be used.", "22(1)"),
    ("We do not hold a copy; had we held one, section 42(1) would have covered it.", "42(1)"),
    ("Had the log been held, it would have been exempt under section 31(1)(a).", "31(1)(a)"),
    ("Were we to hold it, section 24(1) would apply.", "24(1)"),
    ("Had I not upheld section 40(2), section 35(1)(a) could have been argued.", "35(1)(a)"),
    ("A refined request may be refused under section 12(1) as well.", "12(1)"),
    ("Any further request of this sort is likely to be refused under section 14(2).", "14(2)"),
    ("In the event that you ask again, we would look at section 44(1)(a).", "44(1)(a)"),
    ("It is possible that section 27(1)(a) will apply to what the other office holds.", "27(1)(a)"),
]

HOLDING_OPEN = [
    "We are considering whether section 35(1)(a) applies. We hope to reply by 3 June.",
    "We have not yet decided if section 35(1)(a) is engaged, and need until 3 June to do so.",
]
HOLDING_CLAIMED = [
    (
        "The information is exempt under section 35(1)(a), a qualified exemption. We must extend the time limit to "
        "weigh "
        "the public interest and will reply by 3 June."
    ),
    (
        "We hold what you ask for. Section 35(1)(a) applies to it. Under section 10(3) we need further time, until 3 "
        "June, to decide where the balance of the public interest lies."
    ),
    (
        "The exemption that we consider to be engaged is section 35(1)(a) (formulation of government policy). As it is "
        "qualified we have yet to conclude the public interest test and aim to do so by 3 June."
    ),
    (
        "I can confirm that we hold the information. The exemptions are section 35(1)(a) and (b). By virtue of section "
        "10(3) we are extending the deadline to 3 June, as the public interest test is not yet completed."
    ),
]

PROCEDURE = [
    ("You have asked under section 1(1) of the Act and we hold it.", "1(1)"),
    ("Your letter is a valid request as section 8 of the Act understands it.", "8"),
    ("Section 10(1) gives us twenty working days.", "10(1)"),
    ("Our duty under section 16 to advise you is met in the last paragraph.", "16"),
    ("We follow the section 45 code of practice. The report is attached.", "45"),
    ("As section 2(2)(b) requires, both sides of the public interest were weighed.", "2(2)(b)"),
]
PROCEDURE_EIR = [
    ("Regulation 5(1) EIR gives you the right to it.", "5(1)"),
    ("Under regulation 9 of the EIR we offer this advice.", "9"),
    ("Regulation 7(1) EIR lets us take forty days.", "7(1)"),
]


NOT_HELD_IS_NO_EXEMPTION = [
    ("We do not hold the list, therefore section 1(1)(b) of the Act does not apply.", "1(1)(b)"),
    ("As we hold nothing, the duty in section 1(1)(b) cannot arise.", "1(1)(b)"),
]

ABSENT_FROM_SCOTLAND = [
    ("As the pond is environmental information we rely on section 39(2) of FOISA and apply the EISRs.", "39(2)"),
    (
        "Section 39(2) of FOISA lets us deal with it under the Scottish Regulations. Regulation 10(4)(d) applies.",
        "39(2)",
    ),
]


@pytest.mark.parametrize("before", ["", PART_REFUSED], ids=["alone", "beside a refusal"])
@pytest.mark.parametrize(("text", "provision"), NOT_APPLIED)
def test_considered_and_not_applied(before: str, text: str, provision: str) -> None:
    assert role(before + text, provision) == "considered_not_applied"


@pytest.mark.parametrize("before", ["", PART_REFUSED], ids=["alone", "beside a refusal"])
@pytest.mark.parametrize(("text", "provision"), WITHDRAWN)
def test_withdrawn(before: str, text: str, provision: str) -> None:
    assert role(before + text, provision) in {"withdrawn", "considered_not_applied"}


@pytest.mark.parametrize("before", ["", PART_REFUSED], ids=["alone", "beside a refusal"])
@pytest.mark.parametrize(("text", "provision"), POSSIBLE)
def test_possible(before: str, text: str, provision: str) -> None:
    assert role(before + text, provision) == "possible_future"


@pytest.mark.parametrize("text", HOLDING_OPEN)
def test_a_holding_letter_leaves_open(text: str) -> None:
    assert role(text, "35(1)(a)") in {"possible_future", "claimed_pending_pit"}


@pytest.mark.parametrize("text", HOLDING_CLAIMED)
def test_a_holding_letter_claims(text: str) -> None:
    assert role(text, "35(1)(a)") == "claimed_pending_pit"


@pytest.mark.parametrize(("text", "provision"), PROCEDURE)
def test_procedure(text: str, provision: str) -> None:
    assert role(text, provision) == "procedural"


@pytest.mark.parametrize(("text", "provision"), PROCEDURE_EIR)
def test_procedure_of_the_regulations(text: str, provision: str) -> None:
    assert role(text, provision, ENVIRONMENTAL) == "procedural"


@pytest.mark.parametrize(("text", "provision"), NOT_HELD_IS_NO_EXEMPTION)
def test_what_is_not_held_is_not_exempt(text: str, provision: str) -> None:
    assert role(text, provision) == "procedural"


@pytest.mark.parametrize(("text", "provision"), ABSENT_FROM_SCOTLAND)
def test_the_hand_over_to_the_regulations_is_relied_on_technically(text: str, provision: str) -> None:
    assert role(text, provision, SCOTTISH) == "relied_on"


def test_two_opposite_roles_in_one_sentence() -> None:
    text = "Section 43(2) applies to the rates, although we do not apply section 41(1) to the letters."
    assert (role(text, "43(2)"), role(text, "41(1)")) == ("relied_on", "considered_not_applied")
    text = "While section 22(1) is not engaged, section 36(2)(c) is."
    assert (role(text, "22(1)"), role(text, "36(2)(c)")) == ("considered_not_applied", "relied_on")
    text = "We withdraw section 41(1) but maintain section 43(2) for the annex."
    assert (role(text, "41(1)"), role(text, "43(2)")) == ("withdrawn", "relied_on")
    text = "Section 12(1) is relied on, and section 14(1) is not."
    assert (role(text, "12(1)"), role(text, "14(1)")) == ("relied_on", "considered_not_applied")


def test_with_an_exception() -> None:
    text = "Everything is enclosed except for the names, which are exempt under section 40(2)."
    assert role(text, "40(2)") == "relied_on"
    text = "All pages are attached, with the exception of page 4, withheld under section 42(1)."
    assert role(text, "42(1)") == "relied_on"
    text = "Other than section 40(2), no exemption is relied on."
    assert role(text, "40(2)") == "relied_on"


def test_advice_about_a_smaller_request() -> None:
    text = (
        "Your request is refused under section 12(1). Under section 16 we suggest that you ask for one year only. "
        "Please note that section 40(2) may apply to some of that."
    )
    assert (role(text, "12(1)"), role(text, "16"), role(text, "40(2)")) == (
        "relied_on",
        "procedural",
        "possible_future",
    )
    text = (
        "We refuse it (s.12(1) FOIA). If you cut it down to 2019, we could probably answer, although the same "
        "exemption, section 43(2), would apply to the prices as before."
    )
    assert (role(text, "12(1)"), role(text, "43(2)")) == ("relied_on", "possible_future")


def test_the_named_act_decides_under_section_44() -> None:
    text = "It is exempt under section 44(1)(a) because section 18(1) of the Revenue and Customs Act 2005 forbids it."
    assert standing(text, "44(1)(a)") == "relied_on"
    text = "Section 44 applies: section 348 of the Financial Services and Markets Act 2000 makes it a crime to tell."
    assert standing(text, "44") == "relied_on"


def test_the_fees_regulations_behind_section_12() -> None:
    text = (
        "Section 12(1) applies. Regulation 4(3) of the Freedom of Information and Data Protection (Appropriate Limit "
        "and Fees) Regulations 2004 says what may be counted."
    )
    assert standing(text, "12(1)") == "relied_on"
    assert standing(text, "FEES2004 reg4(3)") in {"procedural", "other_law"}
